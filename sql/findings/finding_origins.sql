/*
summary = "What the history knows of each finding of this run: since when, how often it came back, and what of it changed since the run before."
reads = ["fingerprinted", "finding_matches", "previous_history", "previous_findings", "earlier_runs"]
empty_without = [["previous_history"]]
order = ["fingerprint"]

[columns]
fingerprint = "VARCHAR: the finding"
first_run = "VARCHAR: the earliest run that had it, by its identity"
reopened = "INTEGER: how often it came back, this time included"
change = "VARCHAR: continuing, changed or reopened"
*/
WITH gathered AS (
    SELECT
        m.fingerprint,
        h.first_run,
        h.reopened,
        row_number() OVER (
            PARTITION BY m.fingerprint
            -- a run that is kept no longer is older than any that is
            ORDER BY e.place ASC NULLS FIRST, h.first_run ASC NULLS LAST, h.fingerprint ASC NULLS LAST
        ) AS place,
        h.state NOT IN ('resolved', 'renamed') AS was_there,
        -- of a run for staff the findings under embargo are not kept: they are taken to be alike
        (
            p.fingerprint IS NULL
            OR p.severity IS NOT DISTINCT FROM f.severity
            AND p.expected IS NOT DISTINCT FROM f.expected
            AND p.found IS NOT DISTINCT FROM f.found
            AND p.cause IS NOT DISTINCT FROM f.cause
        ) AS is_alike
    FROM finding_matches AS m
    INNER JOIN fingerprinted AS f ON f.fingerprint = m.fingerprint
    INNER JOIN previous_history AS h ON h.fingerprint = m.previous_fingerprint
    LEFT JOIN previous_findings AS p ON p.fingerprint = m.previous_fingerprint
    LEFT JOIN earlier_runs AS e ON e.identity = h.first_run
),

counted AS (
    SELECT
        fingerprint,
        max(CASE WHEN place = 1 THEN first_run END) AS first_run,
        max(coalesce(reopened, 0)) AS reopened,
        max(CASE WHEN was_there THEN 1 ELSE 0 END) AS was_there,
        max(CASE WHEN was_there AND is_alike THEN 1 ELSE 0 END) AS is_alike
    FROM gathered
    GROUP BY fingerprint
)

SELECT
    fingerprint,
    first_run,
    CAST(reopened + CASE WHEN was_there = 0 THEN 1 ELSE 0 END AS INTEGER) AS reopened,
    CASE WHEN was_there = 0 THEN 'reopened' WHEN is_alike = 1 THEN 'continuing' ELSE 'changed' END AS change
FROM counted
