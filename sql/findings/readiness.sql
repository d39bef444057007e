/*
summary = "Whom results can be given to now, and whom not and why."
reads = ["fingerprinted", "discrepancies", "entries", "claims", "results_by_carrier", "tracker", "series_seen", "candidates", "run"]
publish = true
order = ["centre_number", "person_id"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
readiness = "VARCHAR: ready (everything expected this season is released, agreed, and no error is open), hold (an error is open), waiting (something is not due or has not arrived)"
code = "VARCHAR: the finding that holds or delays them"
reason = "VARCHAR: that finding in one sentence; what is awaited"
owner = "VARCHAR: who acts"
due = "TIMESTAMP WITH TIME ZONE: when what is awaited is due"
*/
WITH season_people AS (
    SELECT e.centre_number, e.person_id FROM entries AS e CROSS JOIN run AS r WHERE e.season = r.season AND NOT e.withdrawn
    UNION
    SELECT c.centre_number, c.person_id FROM claims AS c CROSS JOIN run AS r WHERE c.claim_season = r.season
    UNION
    SELECT b.centre_number, b.person_id
    FROM results_by_carrier AS b
    CROSS JOIN run AS r
    INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM b.board AND s.series = b.series AND s.season = r.season
    UNION
    SELECT t.centre_number, t.person_id FROM tracker AS t CROSS JOIN run AS r WHERE t.expected_season >= r.season AND t.status <> 'withdrawn'
    UNION
    SELECT centre_number, person_id FROM fingerprinted WHERE person_id IS NOT NULL AND severity = 'error'
),

-- a finding about two people holds both
about AS (
    SELECT centre_number, person_id, fingerprint FROM fingerprinted WHERE person_id IS NOT NULL
    UNION
    SELECT centre_number, other_person_id AS person_id, fingerprint FROM fingerprinted WHERE other_person_id IS NOT NULL
),

-- a reason may quote a grade: for staff, none that is still under embargo
shown AS (
    SELECT d.*
    FROM discrepancies AS d
    CROSS JOIN run AS r
    WHERE r.audience <> 'staff' OR d.embargo_until IS NULL OR d.embargo_until <= :as_of
),

holds AS (
    SELECT
        a.centre_number,
        a.person_id,
        d.code,
        d.message,
        d.owner,
        d.due,
        row_number() OVER (
            PARTITION BY a.centre_number, a.person_id
            ORDER BY CASE WHEN d.root IS NULL THEN 0 ELSE 1 END ASC NULLS LAST, d.code ASC NULLS LAST, d.key ASC NULLS LAST
        ) AS place
    FROM about AS a
    INNER JOIN shown AS d ON d.fingerprint = a.fingerprint
    WHERE d.severity = 'error' AND d.state = 'open'
),

waits AS (
    SELECT
        a.centre_number,
        a.person_id,
        d.code,
        d.message,
        d.owner,
        d.due,
        row_number() OVER (
            PARTITION BY a.centre_number, a.person_id
            ORDER BY d.due ASC NULLS LAST, d.code ASC NULLS LAST, d.key ASC NULLS LAST
        ) AS place
    FROM about AS a
    INNER JOIN shown AS d ON d.fingerprint = a.fingerprint
    WHERE d.state = 'pending'
)

SELECT
    p.centre_number,
    p.person_id,
    CASE WHEN h.person_id IS NOT NULL THEN 'hold' WHEN w.person_id IS NOT NULL THEN 'waiting' ELSE 'ready' END AS readiness,
    coalesce(h.code, w.code) AS code,
    coalesce(h.message, w.message) AS reason,
    CASE WHEN h.person_id IS NOT NULL THEN h.owner ELSE w.owner END AS owner,
    CASE WHEN h.person_id IS NOT NULL THEN h.due ELSE w.due END AS due
FROM season_people AS p
INNER JOIN candidates AS c ON c.centre_number = p.centre_number AND c.person_id = p.person_id
LEFT JOIN holds AS h ON h.centre_number = p.centre_number AND h.person_id = p.person_id AND h.place = 1
LEFT JOIN waits AS w ON w.centre_number = p.centre_number AND w.person_id = p.person_id AND w.place = 1
