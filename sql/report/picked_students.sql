/*
summary = "The students who get a part of their own: all with anything this season; a place at stake, the held and the reported first."
reads = ["candidates", "shown_readiness", "shown_findings", "about_people", "places"]
makes = true
order = ["place"]
*/
WITH reported AS (
    SELECT b.centre_number, b.person_id, min(f.severity_rank) AS worst
    FROM about_people AS b
    INNER JOIN shown_findings AS f ON f.fingerprint = b.fingerprint
    GROUP BY b.centre_number, b.person_id
),

ranked AS (
    SELECT
        c.centre_number,
        c.person_id,
        r.readiness,
        row_number() OVER (
            ORDER BY
                CASE WHEN s.is_at_stake THEN 1 ELSE 2 END,
                CASE r.readiness WHEN 'hold' THEN 1 ELSE 2 END,
                p.worst NULLS LAST,
                CASE r.readiness WHEN 'waiting' THEN 1 ELSE 2 END,
                c.centre_number,
                c.surname NULLS LAST,
                c.forenames NULLS LAST,
                c.person_id
        ) AS place
    FROM candidates AS c
    LEFT JOIN shown_readiness AS r ON r.centre_number = c.centre_number AND r.person_id = c.person_id
    LEFT JOIN reported AS p ON p.centre_number = c.centre_number AND p.person_id = c.person_id
    LEFT JOIN places AS s ON s.centre_number = c.centre_number AND s.person_id = c.person_id
    WHERE r.person_id IS NOT NULL OR p.person_id IS NOT NULL
)

SELECT centre_number, person_id, readiness, place, place <= :most_students AS is_shown
FROM ranked
