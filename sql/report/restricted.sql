/*
summary = "The last moment before which something in this report may not be told; nothing where all of it may."
reads = ["shown_findings", "student_lines", "rejects", "reconciliation"]
order = []
*/
SELECT max(restricted_until) AS until
FROM (
    SELECT restricted_until FROM shown_findings
    UNION ALL
    SELECT restricted_until FROM student_lines
    UNION ALL
    SELECT CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END
    FROM rejects
    WHERE NOT :only_released
    UNION ALL
    -- the pictures count the results of every student, shown or not
    SELECT CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END
    FROM reconciliation
    WHERE NOT :only_released
) AS everything
