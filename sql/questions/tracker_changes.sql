/*
summary = "What does the newest progress tracker download say otherwise than the one before?"
why = "Before the declaration and after it: a claim that went back to Not entered, a unit that became Result achieved, a completion date that somebody moved. Needs two downloads of different days in the inbox."
reads = ["tracker_changes", "candidates", "units", "qualifications"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.direction]
type = "text"
says = "only what moved this way"
choices = ["back", "sideways", "forward"]
*/
SELECT
    t.centre_number AS centre,
    c.candidate_number,
    c.surname,
    c.forenames,
    t.qualification_code AS qualification,
    t.unit_code AS unit,
    coalesce(u.title, q.title) AS title,
    t.change,
    coalesce(t.direction, '') AS direction,
    coalesce(t.status_before_as_sent, '') AS before,
    coalesce(t.status_after_as_sent, '') AS after,
    t.completion_before,
    t.completion_after,
    t.day_before,
    t.day_after
FROM tracker_changes AS t
LEFT JOIN candidates AS c ON c.centre_number = t.centre_number AND c.person_id = t.person_id
LEFT JOIN units AS u ON u.unit_code = t.unit_code
LEFT JOIN qualifications AS q ON q.qualification_code = t.qualification_code
WHERE
    (:centre IS NULL OR t.centre_number = :centre)
    AND (:direction IS NULL OR t.direction = :direction)
ORDER BY
    -- what went back first: somebody must act on it
    CASE t.direction WHEN 'back' THEN 1 WHEN 'sideways' THEN 2 WHEN 'forward' THEN 4 ELSE 3 END ASC NULLS LAST,
    t.centre_number ASC NULLS LAST,
    c.surname ASC NULLS LAST,
    c.forenames ASC NULLS LAST,
    t.person_id ASC NULLS LAST,
    t.qualification_code ASC NULLS LAST,
    t.unit_code ASC NULLS FIRST,
    t.change ASC NULLS LAST
