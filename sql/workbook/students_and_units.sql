/*
summary = "Every result and award that is expected or that anybody states: who expects it, who has it, and if somebody has not, why."
title = "Students × units"
place = 5
frozen = 3
reads = ["reconciliation", "candidates", "units", "qualifications", "files"]
order = ["centre_number", "surname", "forenames", "person_id", "kind", "code", "option_code", "series", "window_from", "claim_date", "is_stated"]

[columns]
surname = "text: Surname"
forenames = "text: Forenames"
candidate_number = "identifier: Candidate no."
kind = "text: Kind"
code = "identifier: Code"
title = "text: Title"
series = "identifier: Series"
window_from = "date: Window from"
expected_by = "text: Expected by"
in_edi = "boolean: In EDI"
in_achievement = "boolean: In the achievement report"
in_marks = "boolean: In the marks report"
in_xml = "boolean: In XML"
edi_grade = "text: EDI grade"
achievement_grade = "text: Report grade"
marks_grade = "text: Marks grade"
xml_grade = "text: XML grade"
tracker_status = "text: Tracker"
state = "text: State"
cause = "text: Why"
file = "text: File"
line = "number: Line"
centre_number = "identifier: Centre"
restricted = "restricted: May be told"
*/
WITH titles AS (
    SELECT unit_code AS code, max(title) AS title FROM units GROUP BY unit_code
    UNION ALL
    SELECT qualification_code AS code, max(title) AS title FROM qualifications GROUP BY qualification_code
)

SELECT
    c.surname,
    c.forenames,
    c.candidate_number,
    r.kind,
    r.code,
    t.title,
    r.series,
    r.window_from,
    r.expected_by,
    r.in_edi,
    r.in_achievement,
    r.in_marks,
    r.in_xml,
    r.edi_grade,
    r.achievement_grade,
    r.marks_grade,
    r.xml_grade,
    r.tracker_status,
    replace(r.state, '_', ' ') AS state,
    replace(r.cause, '_', ' ') AS cause,
    f.name AS file,
    r.line,
    r.centre_number,
    CASE WHEN r.embargo_until > :as_of THEN CAST(epoch(r.embargo_until) AS BIGINT) END AS restricted
FROM reconciliation AS r
INNER JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
LEFT JOIN titles AS t ON t.code = r.code
LEFT JOIN files AS f ON f.file_id = r.file_id
WHERE
    (:centre = '' OR r.centre_number = :centre)
    AND (NOT :only_released OR r.embargo_until IS NULL OR r.embargo_until <= :as_of)
ORDER BY
    r.centre_number,
    c.surname NULLS LAST,
    c.forenames NULLS LAST,
    r.person_id,
    r.kind DESC,
    r.code NULLS FIRST,
    r.option_code NULLS FIRST,
    r.series NULLS FIRST,
    r.window_from NULLS FIRST,
    r.claim_date NULLS FIRST,
    r.is_stated
