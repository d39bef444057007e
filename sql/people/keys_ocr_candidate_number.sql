/*
summary = "Keys of the step ocr_candidate_number: same OCR number."
makes = "people_keys"
reads = ["{groups}", "people_identities"]
parameters = ["groups"]

[columns]
group_id = "BIGINT: a group as it stood before the step"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: always NULL: the number is for life"
form = "VARCHAR: always blank: the value has one form"
value = "VARCHAR: what the groups may share"
opens = "INTEGER: 1, this side can make a join"
*/
SELECT DISTINCT
    g.group_id,
    i.centre_number,
    CAST(NULL AS VARCHAR) AS academic_year,
    '' AS form,
    i.ocr_candidate_number AS value,
    1 AS opens
FROM {groups} AS g
INNER JOIN people_identities AS i ON i.identity = g.identity
WHERE i.ocr_candidate_number IS NOT NULL
