/*
summary = "The highest mark there is for each option of a series: as the centre's own results say it, the basedata and the boundaries."
reads = ["latest_statements", "incoming_options", "file_series", "code_spellings", "grade_boundaries"]
order = ["centre_number", "board", "series", "option_code"]
# the rules that read it draw the tables beneath it in their cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre that has marks for it"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
option_code = "VARCHAR: the option, as EDI spells it"
least_maximum = "DECIMAL(7,2): the least that a results file, the basedata or the boundaries give"
greatest_maximum = "DECIMAL(7,2): the greatest; the same where they agree"
*/
WITH sat AS (
    SELECT DISTINCT centre_number, board, series, option_code, is_technical
    FROM latest_statements
    WHERE mark IS NOT NULL OR raw_mark IS NOT NULL
),

wanted AS (
    SELECT DISTINCT centre_number, board, series, option_code
    FROM sat
),

-- what another centre's file says of its own results is not held against this one's
stated AS (
    SELECT DISTINCT centre_number, board, series, option_code, maximum_mark
    FROM latest_statements
    WHERE maximum_mark > 0
),

published AS (
    SELECT f.board, f.series, coalesce(k.option_code, o.option_code) AS option_code, CAST(o.maximum_mark AS DECIMAL(7, 2)) AS maximum_mark
    FROM incoming_options AS o
    INNER JOIN file_series AS f ON f.file_id = o.file_id AND f.series_as_sent IS NOT DISTINCT FROM o.series_as_sent
    LEFT JOIN code_spellings AS k ON k.code_as_sent = o.option_code
    -- nought is how basedata leave it blank
    WHERE o.maximum_mark > 0
    UNION
    SELECT s.board, b.series, b.option_code, b.maximum_mark
    FROM grade_boundaries AS b
    INNER JOIN sat AS s ON s.series = b.series AND s.option_code = b.option_code AND s.is_technical
    WHERE b.state = 'stands' AND b.maximum_mark > 0
),

said AS (
    SELECT w.centre_number, w.board, w.series, w.option_code, m.maximum_mark
    FROM wanted AS w
    INNER JOIN stated AS m
        ON
            m.centre_number = w.centre_number AND m.board IS NOT DISTINCT FROM w.board AND m.series = w.series
            AND m.option_code = w.option_code
    UNION ALL
    SELECT w.centre_number, w.board, w.series, w.option_code, m.maximum_mark
    FROM wanted AS w
    INNER JOIN published AS m
        ON m.board IS NOT DISTINCT FROM w.board AND m.series = w.series AND m.option_code = w.option_code
)

SELECT
    centre_number,
    board,
    series,
    option_code,
    min(maximum_mark) AS least_maximum,
    max(maximum_mark) AS greatest_maximum
FROM said
GROUP BY centre_number, board, series, option_code
