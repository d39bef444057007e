/*
summary = "Every distinct identity that a carrier gives in an academic year, and where it is first seen."
reads = ["stated_identities"]
order = ["mention_id"]

[columns]
mention_id = "VARCHAR: hash of everything below but the file and the line"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: 2025-26"
carrier = "VARCHAR: who says it"
candidate_number = "VARCHAR: four digits"
ocr_candidate_number = "VARCHAR: eight digits"
uci = "VARCHAR: as sent"
uln = "VARCHAR: as sent"
surname = "VARCHAR: as sent"
forenames = "VARCHAR: as sent"
date_of_birth = "DATE: birth date"
surname_key = "VARCHAR: folded"
surname_sorted = "VARCHAR: folded, parts sorted"
forename_key = "VARCHAR: first forename, folded"
forenames_key = "VARCHAR: all forenames, folded"
name_truncated = "BOOLEAN: the name may be cut short"
file_id = "VARCHAR: the file where it is first seen"
line = "INTEGER: the line there"
*/
WITH ranked AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.mention_id ORDER BY s.file_id ASC NULLS LAST, s.line ASC NULLS LAST) AS rank
    FROM stated_identities AS s
)

SELECT
    mention_id,
    centre_number,
    academic_year,
    carrier,
    candidate_number,
    ocr_candidate_number,
    uci,
    uln,
    surname,
    forenames,
    date_of_birth,
    surname_key,
    surname_sorted,
    forename_key,
    forenames_key,
    name_truncated,
    file_id,
    line
FROM ranked
WHERE rank = 1
