/*
summary = "The options with results in EDI or XML, in series whose basedata are here: whether the basedata have them."
reads = ["results_by_carrier", "incoming_options", "file_facts", "file_series", "code_spellings"]
order = ["centre_number", "board", "series", "option_code"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
subject = "VARCHAR: subject"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification"
unit_code = "VARCHAR: of a unit"
is_technical = "INTEGER: 1 for Cambridge Technicals"
results = "BIGINT: how many results"
is_missing = "BOOLEAN: the basedata of the series do not have the option"
file_id = "VARCHAR: the first file with such a result"
line = "INTEGER: its first line"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
WITH stated AS (
    SELECT
        centre_number,
        board,
        series,
        option_code,
        max(CASE WHEN kind = 'unit' THEN unit_code END) AS unit_code,
        max(CASE WHEN kind = 'qualification' THEN qualification_code END) AS qualification_code,
        max(CASE WHEN is_technical THEN 1 ELSE 0 END) AS is_technical,
        max(subject) AS subject,
        max(embargo_until) AS embargo_until,
        count(*) AS results,
        min(file_id) AS first_file
    FROM results_by_carrier
    WHERE carrier IN ('edi', 'xml') AND superseded_by IS NULL AND series IS NOT NULL AND option_code IS NOT NULL
    GROUP BY centre_number, board, series, option_code
),

first_lines AS (
    SELECT s.centre_number, s.board, s.series, s.option_code, min(r.line) AS line
    FROM stated AS s
    INNER JOIN results_by_carrier AS r
        ON
            r.file_id = s.first_file
            AND r.centre_number = s.centre_number
            AND r.series = s.series
            AND r.option_code = s.option_code
    GROUP BY s.centre_number, s.board, s.series, s.option_code
),

-- a file that is cut short says nothing by what it lacks
whole AS (
    SELECT s.file_id, s.board, s.series, f.is_truncated
    FROM file_series AS s
    INNER JOIN file_facts AS f ON f.file_id = s.file_id AND f.is_used AND f.kind = 'basedata_options'
    WHERE s.series IS NOT NULL
),

covered AS (
    SELECT DISTINCT board, series FROM whole WHERE NOT is_truncated
),

elements AS (
    SELECT w.board, w.series, o.option_code
    FROM incoming_options AS o
    INNER JOIN whole AS w ON w.file_id = o.file_id
    UNION
    SELECT w.board, w.series, k.option_code
    FROM incoming_options AS o
    INNER JOIN whole AS w ON w.file_id = o.file_id
    INNER JOIN code_spellings AS k ON k.code_as_sent = o.option_code
)

SELECT
    s.centre_number,
    s.board,
    s.series,
    s.subject,
    s.option_code,
    s.qualification_code,
    s.unit_code,
    s.is_technical,
    s.results,
    e.option_code IS NULL AS is_missing,
    s.first_file AS file_id,
    l.line,
    s.embargo_until
FROM stated AS s
INNER JOIN covered AS c ON c.board IS NOT DISTINCT FROM s.board AND c.series = s.series
LEFT JOIN elements AS e
    ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series AND e.option_code = s.option_code
LEFT JOIN first_lines AS l
    ON
        l.centre_number = s.centre_number
        AND l.board IS NOT DISTINCT FROM s.board
        AND l.series = s.series
        AND l.option_code = s.option_code
