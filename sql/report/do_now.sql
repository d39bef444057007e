/*
summary = "What there is to do, a row for each owner and code: roots alone, and open."
reads = ["shown_findings"]
order = ["owner", "severity_rank", "students", "findings", "code"]
*/
WITH follow_ons AS (
    SELECT root, count(*) AS follow_ons
    FROM shown_findings
    WHERE root IS NOT NULL
    GROUP BY root
)

SELECT
    f.owner,
    f.code,
    min(f.severity_rank) AS severity_rank,
    count(*) AS findings,
    count(DISTINCT f.person_id) AS students,
    CAST(coalesce(sum(o.follow_ons), 0) AS BIGINT) AS follow_ons,
    min(f.due) AS due
FROM shown_findings AS f
LEFT JOIN follow_ons AS o ON o.root = f.fingerprint
WHERE f.state = 'open' AND f.root IS NULL
GROUP BY f.owner, f.code
ORDER BY
    CASE f.owner WHEN 'board' THEN 1 WHEN 'centre' THEN 2 ELSE 3 END,
    severity_rank,
    students DESC,
    findings DESC,
    f.code
