/*
summary = "Which finding of an earlier run each finding of this one goes on from, though the person has gained a number or two records were joined."
reads = ["fingerprinted", "previous_history", "person_links"]
empty_without = [["previous_history"]]
order = ["fingerprint", "previous_fingerprint"]

[columns]
fingerprint = "VARCHAR: the finding of this run"
previous_fingerprint = "VARCHAR: the finding of the history; of two records now one, both"
*/
WITH current_people AS (
    SELECT fingerprint, code, centre_number, person_id, other_person_id, key_shape
    FROM fingerprinted
),

-- one line a way in which an earlier finding's people are people of now
resolved_people AS (
    SELECT
        h.fingerprint,
        h.code,
        h.centre_number,
        h.key_shape,
        a.person_id,
        o.person_id AS other_person_id,
        a.strength + coalesce(o.strength, 0) AS strength
    FROM previous_history AS h
    INNER JOIN person_links AS a ON a.centre_number = h.centre_number AND a.previous_person_id = h.person_id
    LEFT JOIN person_links AS o ON o.centre_number = h.centre_number AND o.previous_person_id = h.other_person_id
    WHERE h.became IS NULL AND h.key_shape IS NOT NULL AND (h.other_person_id IS NULL OR o.person_id IS NOT NULL)
),

-- the two people of a pair may stand in either order
either_order AS (
    SELECT fingerprint, code, centre_number, key_shape, person_id, other_person_id, strength FROM resolved_people
    UNION
    SELECT fingerprint, code, centre_number, key_shape, other_person_id AS person_id, person_id AS other_person_id, strength
    FROM resolved_people
    WHERE other_person_id IS NOT NULL
),

by_people AS (
    SELECT c.fingerprint, p.fingerprint AS previous_fingerprint, min(p.strength) AS strength
    FROM current_people AS c
    INNER JOIN either_order AS p
        ON
            p.code = c.code AND p.centre_number = c.centre_number AND p.key_shape = c.key_shape
            AND p.person_id = c.person_id AND p.other_person_id IS NOT DISTINCT FROM c.other_person_id
    GROUP BY c.fingerprint, p.fingerprint
),

known_people AS (
    SELECT DISTINCT centre_number, previous_person_id FROM person_links
),

-- the same words, unless they were about somebody who is known to be another
by_words AS (
    SELECT c.fingerprint, h.fingerprint AS previous_fingerprint, 0 AS strength
    FROM current_people AS c
    INNER JOIN previous_history AS h ON h.fingerprint = c.fingerprint
    LEFT JOIN known_people AS k ON k.centre_number = h.centre_number AND k.previous_person_id = h.person_id
    LEFT JOIN person_links AS l
        ON l.centre_number = h.centre_number AND l.previous_person_id = h.person_id AND l.person_id = c.person_id
    WHERE h.person_id IS NULL OR c.person_id IS NULL OR k.previous_person_id IS NULL OR l.person_id IS NOT NULL
),

every AS (
    SELECT fingerprint, previous_fingerprint, strength FROM by_people
    UNION ALL
    SELECT fingerprint, previous_fingerprint, strength FROM by_words
),

-- an earlier finding goes on as one
ranked AS (
    SELECT
        e.fingerprint,
        e.previous_fingerprint,
        row_number() OVER (
            PARTITION BY e.previous_fingerprint
            ORDER BY
                CASE WHEN e.fingerprint = e.previous_fingerprint THEN 0 ELSE 1 END ASC NULLS LAST,
                e.strength ASC NULLS LAST,
                e.fingerprint ASC NULLS LAST
        ) AS place
    FROM every AS e
)

SELECT fingerprint, previous_fingerprint
FROM ranked
WHERE place = 1
