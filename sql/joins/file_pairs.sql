/*
summary = "The person × option pairs that each EDI or XML results file holds."
reads = ["placed_results", "person_lines"]
order = ["file_id", "centre_number", "series", "person_id", "option_code"]

[columns]
carrier = "VARCHAR: edi or xml"
board = "VARCHAR: the board"
centre_number = "VARCHAR: the centre"
series = "VARCHAR: the series"
file_id = "VARCHAR: the file"
person_id = "VARCHAR: the person"
option_code = "VARCHAR: the option"
*/
SELECT DISTINCT
    r.carrier,
    r.board,
    r.centre_number,
    r.series,
    r.file_id,
    p.person_id,
    r.option_code
FROM placed_results AS r
INNER JOIN person_lines AS p ON p.file_id = r.file_id AND p.line = r.line AND p.centre_number = r.centre_number
WHERE r.carrier IN ('edi', 'xml') AND r.series IS NOT NULL
