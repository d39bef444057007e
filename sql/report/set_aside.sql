/*
summary = "The rows set aside that this reader may see, the first of them, and how many there are."
reads = ["rejects"]
empty_without = [["rejects"]]
order = ["name", "file_id", "line", "column_from", "column_name", "reason", "expected"]
*/
WITH allowed AS (
    SELECT
        *,
        greatest(1, coalesce(column_from, 1) - 150) AS starts,
        count(*) OVER () AS total
    FROM rejects
    WHERE NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of
)

SELECT
    centre_number,
    name,
    line,
    because,
    reason,
    column_name,
    column_from,
    column_to,
    expected,
    substr(raw, starts, coalesce(column_from - starts, 400)) AS before,
    substr(raw, column_from, column_to - column_from + 1) AS marked,
    substr(raw, column_to + 1, greatest(starts + 399 - column_to, 0)) AS after,
    starts > 1 OR length(raw) > starts + 399 AS is_cut,
    CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END AS restricted_until,
    total
FROM allowed
ORDER BY
    name, file_id, line, column_from NULLS FIRST, column_name NULLS FIRST, reason NULLS FIRST, expected NULLS FIRST, raw NULLS FIRST
LIMIT :most_rows
