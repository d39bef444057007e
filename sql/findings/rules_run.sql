/*
summary = "What every rule did, at every centre and in all: nothing is skipped in silence."
reads = ["rule_texts", "rule_needs", "rule_counts", "rule_failures", "centres", "coverage", "file_facts", "incoming_file_centres", "fingerprinted"]
publish = true
order = ["code", "centre_number"]

[columns]
code = "VARCHAR: the rule"
centre_number = "VARCHAR: the centre, or all"
status = "VARCHAR: clean, found, not_evaluated or failed"
reason = "VARCHAR: why it failed or was not evaluated, in all or for some rows"
rows_checked = "BIGINT: rows it looked at"
found = "BIGINT: rows that are discrepancies"
seconds = "DOUBLE: empty here, so that equal runs have equal bytes; run.json has the time"
*/
WITH scopes AS (
    SELECT centre_number FROM centres
    UNION ALL
    SELECT 'all' AS centre_number
),

present AS (
    SELECT DISTINCT carrier, centre_number FROM coverage
    UNION
    SELECT DISTINCT f.carrier, c.centre_number
    FROM file_facts AS f
    INNER JOIN incoming_file_centres AS c ON c.file_id = f.file_id
    WHERE f.is_used
    UNION
    SELECT DISTINCT f.carrier, k.centre_number
    FROM file_facts AS f
    CROSS JOIN centres AS k
    WHERE f.is_used AND f.carrier IN ('basedata', 'boundaries')
),

missing AS (
    SELECT
        n.code,
        s.centre_number,
        concat_ws(
            '; ',
            max(CASE WHEN n.place = 1 AND p.carrier IS NULL THEN n.words END),
            max(CASE WHEN n.place = 2 AND p.carrier IS NULL THEN n.words END),
            max(CASE WHEN n.place = 3 AND p.carrier IS NULL THEN n.words END)
        ) AS words
    FROM rule_needs AS n
    CROSS JOIN scopes AS s
    LEFT JOIN (
        SELECT carrier, centre_number FROM present
        UNION
        SELECT carrier, 'all' AS centre_number FROM present
    ) AS p ON p.carrier = n.carrier AND p.centre_number = s.centre_number
    GROUP BY n.code, s.centre_number
),

counted AS (
    SELECT code, centre_number, not_evaluated, rows_checked FROM rule_counts WHERE centre_number IS NOT NULL
    UNION ALL
    SELECT code, 'all' AS centre_number, not_evaluated, sum(rows_checked) AS rows_checked
    FROM rule_counts
    GROUP BY code, not_evaluated
),

looked AS (
    SELECT code, centre_number, rows_checked FROM counted WHERE not_evaluated IS NULL
),

-- rows a rule had to leave: the reference data do not say enough of them
gaps AS (
    SELECT
        code,
        centre_number,
        not_evaluated,
        rows_checked,
        row_number() OVER (
            PARTITION BY code, centre_number ORDER BY rows_checked DESC NULLS LAST, not_evaluated ASC NULLS LAST
        ) AS place
    FROM counted
    WHERE not_evaluated IS NOT NULL
),

left_out AS (
    SELECT
        code,
        centre_number,
        (
            'not evaluated for ' || CAST(CAST(sum(rows_checked) AS BIGINT) AS VARCHAR) || ': '
            || concat_ws(
                ' / ',
                max(CASE WHEN place = 1 THEN not_evaluated END),
                max(CASE WHEN place = 2 THEN not_evaluated END),
                max(CASE WHEN place = 3 THEN not_evaluated END),
                CASE WHEN max(place) > 3 THEN (CAST(max(place) - 3 AS VARCHAR) || ' more reasons') END
            )
        ) AS words
    FROM gaps
    GROUP BY code, centre_number
),

spoken AS (
    SELECT code, centre_number, count(*) AS found FROM fingerprinted WHERE centre_number IS NOT NULL GROUP BY code, centre_number
    UNION ALL
    SELECT code, 'all' AS centre_number, count(*) AS found FROM fingerprinted GROUP BY code
)

SELECT
    t.code,
    s.centre_number,
    CASE
        WHEN x.code IS NOT NULL THEN 'failed'
        WHEN coalesce(l.rows_checked, 0) = 0 THEN 'not_evaluated'
        WHEN coalesce(f.found, 0) > 0 THEN 'found'
        ELSE 'clean'
    END AS status,
    CASE
        WHEN x.code IS NOT NULL THEN x.reason
        WHEN g.words IS NOT NULL THEN g.words
        WHEN coalesce(l.rows_checked, 0) > 0 THEN NULL
        WHEN m.words <> '' THEN ('not here: ' || m.words)
        ELSE ('there are no ' || t.population)
    END AS reason,
    CAST(coalesce(l.rows_checked, 0) AS BIGINT) AS rows_checked,
    CAST(coalesce(f.found, 0) AS BIGINT) AS found,
    CAST(NULL AS DOUBLE) AS seconds
FROM rule_texts AS t
CROSS JOIN scopes AS s
LEFT JOIN rule_failures AS x ON x.code = t.code
LEFT JOIN looked AS l ON l.code = t.code AND l.centre_number = s.centre_number
LEFT JOIN left_out AS g ON g.code = t.code AND g.centre_number = s.centre_number
LEFT JOIN spoken AS f ON f.code = t.code AND f.centre_number = s.centre_number
LEFT JOIN missing AS m ON m.code = t.code AND m.centre_number = s.centre_number
