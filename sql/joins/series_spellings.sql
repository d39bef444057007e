/*
summary = "How each spelling of a series is read: as a code, or as a month and a year."
reads = ["incoming_results", "incoming_components", "incoming_entries", "incoming_boundaries", "incoming_files", "incoming_file_centres", "incoming_options", "file_names"]
order = ["series_as_sent"]

[columns]
series_as_sent = "VARCHAR: the series as a file or a row spells it"
code = "VARCHAR: the four-character code, where it is one (6E26)"
month = "INTEGER: the month it names, 1 to 12"
year = "INTEGER: the calendar year it names; of an annual series the year it began"
*/
WITH spelled AS (
    SELECT series_as_sent FROM incoming_results
    UNION SELECT series_as_sent FROM incoming_components
    UNION SELECT series_as_sent FROM incoming_entries
    UNION SELECT series_as_sent FROM incoming_boundaries
    UNION SELECT series_as_sent FROM incoming_files
    UNION SELECT series_as_sent FROM incoming_file_centres
    UNION SELECT series_as_sent FROM incoming_options
    UNION SELECT name_series AS series_as_sent FROM file_names
),

folded AS (
    SELECT
        series_as_sent,
        upper(trim(series_as_sent)) AS spelling,
        -- the board prints a series five ways; a separator never carries meaning
        lower(translate(series_as_sent, ' -/.,_''', '')) AS squeezed
    FROM spelled
    WHERE series_as_sent IS NOT NULL
),

cut AS (
    SELECT
        series_as_sent,
        regexp_extract(spelling, '^([1-9ABC][0-9A-Z][0-9][0-9])$', 1) AS code,
        regexp_extract(squeezed, '^([a-z]{3})[a-z]*[0-9]+$', 1) AS month_name,
        regexp_extract(squeezed, '^[a-z]{3,9}(20[0-9]{2}|[0-9]{2})$', 1) AS named_year,
        regexp_extract(series_as_sent, '^ *(0?[1-9]|1[0-2])[-/ ](20[0-9]{2}|[0-9]{2}) *$', 1) AS month_figure,
        regexp_extract(series_as_sent, '^ *(0?[1-9]|1[0-2])[-/ ](20[0-9]{2}|[0-9]{2}) *$', 2) AS figured_year
    FROM folded
),

counted AS (
    SELECT
        series_as_sent,
        code,
        CASE
            WHEN code <> '' THEN
                CASE substr(code, 1, 1)
                    WHEN 'A' THEN 10 WHEN 'B' THEN 11 WHEN 'C' THEN 12
                    ELSE CAST(substr(code, 1, 1) AS INTEGER)
                END
            WHEN month_figure <> '' THEN CAST(month_figure AS INTEGER)
            ELSE CASE month_name
                WHEN 'jan' THEN 1 WHEN 'feb' THEN 2 WHEN 'mar' THEN 3 WHEN 'apr' THEN 4
                WHEN 'may' THEN 5 WHEN 'jun' THEN 6 WHEN 'jul' THEN 7 WHEN 'aug' THEN 8
                WHEN 'sep' THEN 9 WHEN 'oct' THEN 10 WHEN 'nov' THEN 11 WHEN 'dec' THEN 12
                WHEN 'sum' THEN 6
            END
        END AS month,
        CASE
            WHEN code <> '' THEN substr(code, 3, 2)
            WHEN figured_year <> '' THEN figured_year
            ELSE named_year
        END AS year_text
    FROM cut
)

SELECT
    series_as_sent,
    CASE WHEN code <> '' THEN code END AS code,
    CASE WHEN year_text <> '' THEN month END AS month,
    CASE
        WHEN month IS NULL OR year_text = '' THEN NULL
        WHEN length(year_text) = 2 THEN 2000 + CAST(year_text AS INTEGER)
        ELSE CAST(year_text AS INTEGER)
    END AS year
FROM counted
