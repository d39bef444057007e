/*
summary = "Whom results can be given to, as far as this reader may know: a reason that is restricted is not told."
reads = ["readiness", "shown_findings", "about_people"]
makes = true
order = ["centre_number", "person_id"]
*/
WITH errors AS (
    SELECT
        b.centre_number,
        b.person_id,
        f.code,
        f.message,
        f.owner,
        f.due,
        f.restricted_until,
        count(*) OVER (PARTITION BY b.centre_number, b.person_id) AS errors,
        row_number() OVER (
            PARTITION BY b.centre_number, b.person_id
            ORDER BY f.root IS NOT NULL, f.code, f.key, f.fingerprint
        ) AS place
    FROM about_people AS b
    INNER JOIN shown_findings AS f ON f.fingerprint = b.fingerprint
    WHERE f.severity = 'error' AND f.state = 'open'
),

told AS (
    SELECT b.centre_number, b.person_id, f.code, f.message, max(f.restricted_until) AS restricted_until
    FROM about_people AS b
    INNER JOIN shown_findings AS f ON f.fingerprint = b.fingerprint
    GROUP BY b.centre_number, b.person_id, f.code, f.message
),

judged AS (
    SELECT
        r.*,
        r.code IS NULL OR t.code IS NOT NULL AS is_told,
        t.restricted_until
    FROM readiness AS r
    LEFT JOIN told AS t
        ON t.centre_number = r.centre_number AND t.person_id = r.person_id AND t.code = r.code AND t.message = r.reason
)

SELECT
    j.centre_number,
    j.person_id,
    CASE WHEN j.readiness = 'hold' AND NOT j.is_told AND e.person_id IS NULL THEN 'waiting' ELSE j.readiness END AS readiness,
    CASE WHEN j.is_told THEN j.code ELSE e.code END AS code,
    CASE
        WHEN j.is_told THEN j.reason
        ELSE coalesce(e.message, 'A result of theirs may not be told yet.')
    END AS reason,
    CASE WHEN j.is_told THEN j.owner ELSE e.owner END AS owner,
    CASE WHEN j.is_told THEN CAST(epoch(j.due) AS BIGINT) ELSE e.due END AS due,
    CASE WHEN j.is_told THEN j.restricted_until ELSE e.restricted_until END AS restricted_until,
    coalesce(e.errors, 0) AS errors
FROM judged AS j
LEFT JOIN errors AS e ON e.centre_number = j.centre_number AND e.person_id = j.person_id AND e.place = 1
