/*
summary = "Two people who share what should be one person's, and were not joined because they contradict each other."
makes = "identity_contradictions"
reads = ["{refused}", "people_persons", "{groups}"]
parameters = ["groups", "refused"]
order = ["centre_number", "step", "academic_year", "value", "person_id", "other_person_id"]

[columns]
centre_number = "VARCHAR: the centre"
step = "VARCHAR: the step that would have joined them"
academic_year = "VARCHAR: of a candidate number or a unique name; else NULL"
value = "VARCHAR: what they share"
person_id = "VARCHAR: the one"
other_person_id = "VARCHAR: the other, always the greater"
*/
-- what one step kept apart a later one may have joined after all
WITH ended AS (
    SELECT r.centre_number, r.step, r.academic_year, r.value, a.person_id AS one, b.person_id AS other
    FROM {refused} AS r
    INNER JOIN {groups} AS g ON g.identity = r.one
    INNER JOIN {groups} AS h ON h.identity = r.other
    INNER JOIN people_persons AS a ON a.group_id = g.group_id
    INNER JOIN people_persons AS b ON b.group_id = h.group_id
    WHERE g.group_id <> h.group_id
)

SELECT DISTINCT
    e.centre_number,
    e.step,
    e.academic_year,
    e.value,
    least(e.one, e.other) AS person_id,
    greatest(e.one, e.other) AS other_person_id
FROM ended AS e
ORDER BY
    centre_number ASC NULLS FIRST, step ASC NULLS FIRST, academic_year ASC NULLS FIRST, value ASC NULLS FIRST,
    person_id ASC NULLS FIRST, other_person_id ASC NULLS FIRST
