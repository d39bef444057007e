/*
summary = "The students on hold and waiting, a row each, a place at stake first."
reads = ["shown_readiness", "candidates", "picked_students", "places"]
order = ["readiness", "is_at_stake", "centre_number", "surname", "forenames", "person_id"]
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
        coalesce(s.is_at_stake, FALSE) AS is_at_stake,
        s.firm_choice,
        s.tariff_asked,
        s.tariff_issued,
        s.restricted_until AS place_restricted_until,
        row_number() OVER (
            PARTITION BY r.readiness
            ORDER BY CASE WHEN s.is_at_stake THEN 1 ELSE 2 END, r.centre_number, c.surname NULLS LAST, c.forenames NULLS LAST, r.person_id
        ) AS place
    FROM shown_readiness AS r
    INNER JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
    INNER JOIN picked_students AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id
    LEFT JOIN places AS s ON s.centre_number = r.centre_number AND s.person_id = r.person_id
    WHERE r.readiness IN ('hold', 'waiting')
)

SELECT *
FROM ranked
WHERE place <= :most_held
ORDER BY readiness, place
