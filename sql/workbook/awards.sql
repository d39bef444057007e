/*
summary = "The qualifications that students are entered for, have, or have the units for: recomputed, beside what was issued."
title = "Awards"
place = 6
frozen = 3
reads = ["award_calculations", "candidates", "qualifications"]
order = ["centre_number", "surname", "forenames", "person_id", "entered", "qualification_code"]

[columns]
surname = "text: Surname"
forenames = "text: Forenames"
candidate_number = "identifier: Candidate no."
qualification_code = "identifier: Qualification"
title = "text: Title"
size = "text: Size"
entered = "boolean: Entered"
eligible = "boolean: Combination achieved"
issued_grade = "text: Issued"
issued_series = "identifier: Issued in"
grade = "text: Recomputed"
points = "number: Points"
next_grade = "text: Next grade"
points_to_next = "number: Points to it"
next_step = "long: What would lift it"
units_counted = "long: Units counted"
unit_count = "number: Units"
glh_counted = "number: Hours counted"
glh_required = "number: Hours needed"
glh_short = "number: Hours short"
mandatory_missing = "text: Mandatory units missing"
not_calculated = "text: Not calculated for want of"
confidence = "text: Rests on"
centre_number = "identifier: Centre"
restricted = "restricted: May be told"
*/
WITH titles AS (
    SELECT qualification_code, max(title) AS title
    FROM qualifications
    GROUP BY qualification_code
)

SELECT
    c.surname,
    c.forenames,
    c.candidate_number,
    a.qualification_code,
    t.title,
    a.size,
    a.entered,
    a.eligible,
    a.issued_grade,
    a.issued_series,
    a.grade,
    a.points,
    a.next_grade,
    a.points_to_next,
    a.next_step,
    a.units_counted,
    a.unit_count,
    a.glh_counted,
    a.glh_required,
    a.glh_short,
    a.mandatory_missing,
    a.not_calculated,
    a.confidence,
    a.centre_number,
    CASE WHEN a.embargo_until > :as_of THEN CAST(epoch(a.embargo_until) AS BIGINT) END AS restricted
FROM award_calculations AS a
INNER JOIN candidates AS c ON c.centre_number = a.centre_number AND c.person_id = a.person_id
LEFT JOIN titles AS t ON t.qualification_code = a.qualification_code
WHERE
    (a.entered OR a.eligible OR a.issued_grade IS NOT NULL)
    AND (:centre = '' OR a.centre_number = :centre)
    AND (NOT :only_released OR a.embargo_until IS NULL OR a.embargo_until <= :as_of)
ORDER BY
    a.centre_number,
    c.surname NULLS LAST,
    c.forenames NULLS LAST,
    a.person_id,
    CASE WHEN a.entered THEN 1 ELSE 2 END,
    a.qualification_code
