/*
summary = "What the tracker says last of each unit and each award of a person, one row each."
reads = ["tracker", "code_spellings"]
order = ["centre_number", "person_id", "kind", "code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
kind = "VARCHAR: unit or qualification"
code = "VARCHAR: the unit or the qualification"
option_code = "VARCHAR: as EDI spells it"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated, of a unit"
status = "VARCHAR: our word for the status"
counts_as_claimed = "BOOLEAN: the unit has been claimed"
is_expecting = "BOOLEAN: by that status a result is here or to come"
as_of = "DATE: what it is evidence for"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH ranked AS (
    SELECT
        t.*,
        coalesce(t.unit_code, t.qualification_code) AS code,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code, CASE WHEN t.unit_code IS NULL THEN t.qualification_code END
            ORDER BY
                t.as_of DESC NULLS LAST,
                -- one unit under two qualifications: what is furthest on
                CASE WHEN t.status = 'result_achieved' THEN 0 WHEN t.counts_as_claimed THEN 1 ELSE 2 END ASC NULLS LAST,
                t.file_id ASC NULLS LAST,
                t.line ASC NULLS LAST
        ) AS place
    FROM tracker AS t
)

SELECT
    r.centre_number,
    r.person_id,
    CASE WHEN r.unit_code IS NULL THEN 'qualification' ELSE 'unit' END AS kind,
    r.code,
    coalesce(s.option_code, r.code) AS option_code,
    r.subject,
    r.assessment,
    r.status,
    r.counts_as_claimed,
    (r.counts_as_claimed OR r.status IN ('entered', 'result_achieved', 'result_not_yet_achieved')) AS is_expecting,
    r.as_of,
    r.file_id,
    r.line
FROM ranked AS r
LEFT JOIN code_spellings AS s ON s.code_as_sent = r.code
WHERE r.place = 1 AND r.code IS NOT NULL
