/*
summary = "What may be joined: all holders of a clean key, or two holders of a contradicted one whose names agree."
makes = "people_links"
reads = ["people_shared", "people_judged"]

[columns]
link = "VARCHAR: a clean key, or a pair"
group_id = "BIGINT: a group in it"
opens = "INTEGER: 1 where this side can make a join"
*/
WITH judged_keys AS (
    SELECT a.join_key, j.one, j.other, j.is_apart, j.names_agree, greatest(a.opens, b.opens) AS opens
    FROM people_judged AS j
    INNER JOIN people_shared AS a ON a.group_id = j.one
    INNER JOIN people_shared AS b ON b.group_id = j.other AND b.join_key = a.join_key
),

contradicted AS (
    SELECT DISTINCT join_key
    FROM judged_keys
    WHERE is_apart
),

agreeing AS (
    SELECT DISTINCT j.one, j.other
    FROM judged_keys AS j
    INNER JOIN contradicted AS c ON c.join_key = j.join_key
    WHERE j.names_agree AND NOT j.is_apart AND j.opens = 1
)

SELECT s.join_key AS link, s.group_id, s.opens
FROM people_shared AS s
LEFT JOIN contradicted AS c ON c.join_key = s.join_key
WHERE c.join_key IS NULL
UNION ALL
SELECT (CAST(a.one AS VARCHAR) || ' ' || CAST(a.other AS VARCHAR)) AS link, a.one AS group_id, 1 AS opens
FROM agreeing AS a
UNION ALL
SELECT (CAST(a.one AS VARCHAR) || ' ' || CAST(a.other AS VARCHAR)) AS link, a.other AS group_id, 1 AS opens
FROM agreeing AS a
