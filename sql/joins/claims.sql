/*
summary = "The centre's own claims of moderated units."
reads = ["incoming_claims", "file_facts", "person_lines", "code_spellings", "seasons"]
publish = true
order = ["centre_number", "person_id", "unit_code", "claim_date", "file_id", "line"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification the unit was claimed for"
unit_code = "VARCHAR: the unit, 05838/01"
option_code = "VARCHAR: the unit as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
claimed_grade = "VARCHAR: as the centre wrote it"
claim_date = "DATE: day of the claim"
claim_season = "VARCHAR: the academic year of that day"
claim_type = "VARCHAR: claim or resubmission"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
SELECT
    c.centre_number,
    p.person_id,
    coalesce(q.qualification_code, c.qualification_code) AS qualification_code,
    coalesce(u.unit_code, c.unit_code) AS unit_code,
    coalesce(u.option_code, c.unit_code) AS option_code,
    coalesce(u.suite, q.suite) AS suite,
    coalesce(u.level, q.level) AS level,
    coalesce(u.subject, q.subject) AS subject,
    c.claimed_grade,
    c.claim_date,
    made.season AS claim_season,
    coalesce(c.claim_type, 'claim') AS claim_type,
    c.file_id,
    c.line
FROM incoming_claims AS c
INNER JOIN file_facts AS f ON f.file_id = c.file_id AND f.is_used
INNER JOIN person_lines AS p ON p.file_id = c.file_id AND p.line = c.line AND p.centre_number = c.centre_number
LEFT JOIN code_spellings AS q ON q.code_as_sent = c.qualification_code
LEFT JOIN code_spellings AS u ON u.code_as_sent = c.unit_code
LEFT JOIN seasons AS made ON c.claim_date BETWEEN made.first_day AND made.last_day
