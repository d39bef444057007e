/*
summary = "Which person each line speaks of."
reads = ["stated_identities", "mention_people"]
order = ["file_id", "line", "centre_number"]

[columns]
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
candidate_number = "VARCHAR: the candidate number the line gives"
ocr_candidate_number = "VARCHAR: the OCR candidate number the line gives"
*/
SELECT
    s.file_id,
    s.line,
    s.centre_number,
    m.person_id,
    s.candidate_number,
    s.ocr_candidate_number
FROM stated_identities AS s
INNER JOIN mention_people AS m ON m.mention_id = s.mention_id
