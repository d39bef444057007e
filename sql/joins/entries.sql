/*
summary = "Every entry, with the season in which its result is expected."
reads = ["placed_entries", "person_lines", "series_seen", "tracker", "seasons"]
publish = true
order = ["centre_number", "person_id", "series", "option_code", "file_id", "line"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
candidate_number = "VARCHAR: the number the entry was made under"
board = "VARCHAR: awarding body; NULL where the entry does not say"
series = "VARCHAR: the canonical code"
series_as_sent = "VARCHAR: as the file has it"
season = "VARCHAR: the academic year of the series"
option_code = "VARCHAR: the option, as EDI spells it"
kind = "VARCHAR: qualification, unit or certification"
qualification_code = "VARCHAR: of a qualification or certification entry"
unit_code = "VARCHAR: of a unit entry"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: the level entered"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
is_technical = "BOOLEAN: Cambridge Technicals"
intended_level = "INTEGER: the level the centre says it means"
entry_date = "DATE: day of the entry"
expected_season = "VARCHAR: by the tracker's estimated completion date, else by the entry; NULL where nobody says"
expected_by = "VARCHAR: tracker or entry"
withdrawn = "BOOLEAN: withdrawn, here or on the tracker"
is_eligible = "BOOLEAN: false where the tracker says Not eligible"
source = "VARCHAR: csv, edi or edi_amendment"
embargo_until = "TIMESTAMP WITH TIME ZONE: its result may not be told to candidates before"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH tracked AS (
    SELECT
        t.person_id,
        t.qualification_code,
        t.expected_season,
        row_number() OVER (
            PARTITION BY t.person_id, t.qualification_code
            ORDER BY t.as_of DESC NULLS LAST, t.estimated_completion_date DESC NULLS LAST, t.file_id ASC NULLS LAST, t.line ASC NULLS LAST
        ) AS rank
    FROM tracker AS t
    WHERE t.estimated_completion_date IS NOT NULL
),

-- of several downloads the newest counts
summaries AS (
    SELECT
        t.person_id,
        t.qualification_code,
        t.status,
        t.as_of IS NOT DISTINCT FROM max(t.as_of) OVER (PARTITION BY t.person_id, t.qualification_code) AS is_newest
    FROM tracker AS t
    WHERE t.unit_code IS NULL
),

said AS (
    SELECT
        person_id,
        qualification_code,
        max(CASE WHEN status = 'withdrawn' THEN 1 ELSE 0 END) AS is_withdrawn,
        max(CASE WHEN status = 'not_eligible' THEN 1 ELSE 0 END) AS is_ineligible
    FROM summaries
    WHERE is_newest
    GROUP BY person_id, qualification_code
),

completed AS (
    SELECT
        e.*,
        regexp_extract(e.expected_completion, '^ *(20[0-9]{2})-([0-9]{2}) *$', 1) AS season_from,
        regexp_extract(e.expected_completion, '^ *(20[0-9]{2})-([0-9]{2}) *$', 2) AS season_to,
        regexp_extract(e.expected_completion, '(20[0-9]{2})', 1) AS year_text,
        regexp_extract(e.expected_completion, '^ *[0-9]{1,2}/([0-9]{1,2})/[0-9]{4}', 1) AS british_month,
        regexp_extract(e.expected_completion, '^ *[0-9]{4}-([0-9]{2})-[0-9]{2}', 1) AS iso_month,
        lower(regexp_extract(e.expected_completion, '([A-Za-z]{3})', 1)) AS month_name
    FROM placed_entries AS e
),

-- a season as such (2025-26) when the second figure is the next year; else the month that is named; a bare year is its summer
dated AS (
    SELECT
        c.*,
        CASE
            WHEN c.season_from <> '' AND (CAST(c.season_from AS INTEGER) + 1) % 100 = CAST(c.season_to AS INTEGER)
                THEN (c.season_from || '-' || c.season_to)
        END AS written_season,
        CASE
            WHEN c.year_text = '' THEN NULL
            ELSE CAST((c.year_text || '-' || CASE
                    WHEN c.british_month <> '' AND CAST(c.british_month AS INTEGER) BETWEEN 1 AND 12 THEN lpad(c.british_month, 2, '0')
                    WHEN c.iso_month <> '' AND CAST(c.iso_month AS INTEGER) BETWEEN 1 AND 12 THEN c.iso_month
                    WHEN c.month_name = 'jan' THEN '01' WHEN c.month_name = 'feb' THEN '02' WHEN c.month_name = 'mar' THEN '03'
                    WHEN c.month_name = 'apr' THEN '04' WHEN c.month_name = 'may' THEN '05' WHEN c.month_name = 'jul' THEN '07'
                    WHEN c.month_name = 'sep' THEN '09' WHEN c.month_name = 'oct' THEN '10' WHEN c.month_name = 'nov' THEN '11'
                    WHEN c.month_name = 'dec' THEN '12'
                    WHEN c.month_name = 'aug' THEN '08'
                    ELSE '06'
                END || '-15') AS DATE)
        END AS completion_day
    FROM completed AS c
)

SELECT
    e.centre_number,
    p.person_id,
    p.candidate_number,
    e.board,
    e.series,
    e.series_as_sent,
    s.season,
    e.option_code,
    e.kind,
    e.qualification_code,
    e.unit_code,
    e.suite,
    e.level,
    e.subject,
    e.assessment,
    e.is_technical,
    e.intended_level,
    e.entry_date,
    coalesce(t.expected_season, e.written_season, done.season) AS expected_season,
    CASE
        WHEN t.expected_season IS NOT NULL THEN 'tracker'
        WHEN coalesce(e.written_season, done.season) IS NOT NULL THEN 'entry'
    END AS expected_by,
    (e.withdrawn OR coalesce(w.is_withdrawn, 0) = 1) AS withdrawn,
    coalesce(w.is_ineligible, 0) = 0 AS is_eligible,
    e.source,
    s.embargo_until,
    e.file_id,
    e.line
FROM dated AS e
INNER JOIN person_lines AS p ON p.file_id = e.file_id AND p.line = e.line AND p.centre_number = e.centre_number
LEFT JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM e.board AND s.series = e.series
LEFT JOIN tracked AS t
    ON t.person_id = p.person_id AND t.qualification_code = e.qualification_code AND t.rank = 1 AND e.kind = 'qualification'
LEFT JOIN said AS w
    ON w.person_id = p.person_id AND w.qualification_code = e.qualification_code AND e.kind = 'qualification'
LEFT JOIN seasons AS done ON e.completion_day BETWEEN done.first_day AND done.last_day
