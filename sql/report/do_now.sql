/*
summary = "What there is to do, a row for each owner and code: roots alone, and open; a place at stake first; with the first students."
reads = ["shown_findings", "candidates", "picked_students", "places"]
order = ["owner", "places", "severity_rank", "students", "findings", "code"]
*/
WITH follow_ons AS (
    SELECT root, count(*) AS follow_ons
    FROM shown_findings
    WHERE root IS NOT NULL
    GROUP BY root
),

todo AS (
    SELECT
        f.*,
        o.follow_ons,
        coalesce(s.is_at_stake, FALSE) AS is_at_stake
    FROM shown_findings AS f
    LEFT JOIN follow_ons AS o ON o.root = f.fingerprint
    LEFT JOIN places AS s ON s.centre_number = f.centre_number AND s.person_id = f.person_id
    WHERE f.state = 'open' AND f.root IS NULL
),

people AS (
    SELECT
        t.owner,
        t.code,
        t.centre_number,
        t.person_id,
        bool_or(t.is_at_stake) AS is_at_stake,
        row_number() OVER (
            PARTITION BY t.owner, t.code
            ORDER BY
                CASE WHEN bool_or(t.is_at_stake) THEN 1 ELSE 2 END,
                min(t.severity_rank),
                t.centre_number,
                min(c.surname) NULLS LAST,
                min(c.forenames) NULLS LAST,
                t.person_id
        ) AS place,
        min(c.surname) AS surname,
        min(c.forenames) AS forenames
    FROM todo AS t
    INNER JOIN candidates AS c ON c.centre_number = t.centre_number AND c.person_id = t.person_id
    GROUP BY t.owner, t.code, t.centre_number, t.person_id
),

who AS (
    SELECT
        w.owner,
        w.code,
        list(
            {
                'person_id': CASE WHEN p.is_shown THEN w.person_id END, 'surname': w.surname, 'forenames': w.forenames,
                'is_at_stake': w.is_at_stake
            }
            ORDER BY w.place
        ) AS who
    FROM people AS w
    LEFT JOIN picked_students AS p ON p.centre_number = w.centre_number AND p.person_id = w.person_id
    WHERE w.place <= 5
    GROUP BY w.owner, w.code
)

SELECT
    f.owner,
    f.code,
    min(f.severity_rank) AS severity_rank,
    count(*) AS findings,
    count(DISTINCT f.person_id) AS students,
    count(DISTINCT f.person_id) FILTER (f.is_at_stake) AS places,
    CAST(coalesce(sum(f.follow_ons), 0) AS BIGINT) AS follow_ons,
    min(f.due) AS due,
    any_value(w.who) AS who
FROM todo AS f
LEFT JOIN who AS w ON w.owner = f.owner AND w.code = f.code
GROUP BY f.owner, f.code
ORDER BY
    CASE f.owner WHEN 'board' THEN 1 WHEN 'centre' THEN 2 ELSE 3 END,
    CASE WHEN count(DISTINCT f.person_id) FILTER (f.is_at_stake) > 0 THEN 1 ELSE 2 END,
    min(f.severity_rank),
    students DESC,
    findings DESC,
    f.code
