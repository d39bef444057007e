/*
summary = "The mark of one component of a general qualification, from the XML file."
reads = ["incoming_components", "file_facts", "file_series", "person_lines", "code_spellings", "series_seen"]
empty_without = [["incoming_components"]]
publish = true
order = ["centre_number", "person_id", "series", "option_code", "component_code", "file_id", "line"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
option_code = "VARCHAR: the option it belongs to"
component_code = "VARCHAR: the component"
mark = "DECIMAL(7,2): mark"
weighted_mark = "DECIMAL(7,2): mark after weighting"
maximum_mark = "DECIMAL(7,2): highest mark there is"
is_absent = "BOOLEAN: absent"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file"
line = "INTEGER: the line of the element"
*/
SELECT
    c.centre_number,
    p.person_id,
    coalesce(s.board, c.board) AS board,
    s.series,
    coalesce(k.option_code, c.option_code) AS option_code,
    c.component_code,
    c.mark,
    c.weighted_mark,
    c.maximum_mark,
    coalesce(c.is_absent, FALSE) AS is_absent,
    CASE WHEN e.series IS NULL THEN CAST('9999-12-31 00:00:00+00' AS TIMESTAMP WITH TIME ZONE) ELSE e.embargo_until END AS embargo_until,
    c.file_id,
    c.line
FROM incoming_components AS c
INNER JOIN file_facts AS f ON f.file_id = c.file_id AND f.is_used
INNER JOIN person_lines AS p ON p.file_id = c.file_id AND p.line = c.line AND p.centre_number = c.centre_number
LEFT JOIN file_series AS s
    ON s.file_id = c.file_id AND s.centre_number = c.centre_number AND s.series_as_sent IS NOT DISTINCT FROM c.series_as_sent
LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series
LEFT JOIN code_spellings AS k ON k.code_as_sent = c.option_code
