/*
summary = "The students whose results can be given to them now, by name."
reads = ["shown_readiness", "candidates", "picked_students"]
order = ["centre_number", "surname", "forenames", "person_id"]
*/
SELECT
    r.centre_number,
    CASE WHEN p.is_shown THEN r.person_id END AS person_id,
    c.surname,
    c.forenames
FROM shown_readiness AS r
INNER JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
LEFT JOIN picked_students AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id
WHERE r.readiness = 'ready'
ORDER BY r.centre_number, c.surname NULLS LAST, c.forenames NULLS LAST, r.person_id
LIMIT :most_held
