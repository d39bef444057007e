/*
summary = "The students on hold and waiting, a row each, and how many there are."
reads = ["shown_readiness", "candidates", "picked_students"]
order = ["readiness", "centre_number", "surname", "forenames", "person_id"]
*/
WITH ranked AS (
    SELECT
        r.*,
        c.surname,
        c.forenames,
        c.candidate_number,
        c.ocr_candidate_number,
        c.uci,
        p.is_shown,
        row_number() OVER (
            PARTITION BY r.readiness
            ORDER BY r.centre_number, c.surname NULLS LAST, c.forenames NULLS LAST, r.person_id
        ) AS place
    FROM shown_readiness AS r
    INNER JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
    INNER JOIN picked_students AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id
    WHERE r.readiness IN ('hold', 'waiting')
)

SELECT *
FROM ranked
WHERE place <= :most_held
ORDER BY readiness, place
