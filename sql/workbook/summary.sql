/*
summary = "Where we are: students, files, rows, findings and changes, each of how many, and the sheet that has them."
title = "Summary"
place = 1
reads = ["shown_readiness", "shown_findings", "rules_run", "file_board", "files", "finding_history", "book_rules", "changes", "manual_changes"]
order = ["part_place", "place", "what"]

[columns]
part = "text: Part"
what = "text: What"
severity = "severity: Severity"
found = "number: How many"
total = "number: Of"
unit = "text: Of what"
sheet = "sheet: Sheet"
says = "long: In words"
*/
WITH readiness_counts AS (
    SELECT
        count(*) FILTER (readiness = 'ready') AS ready,
        count(*) FILTER (readiness = 'hold') AS hold,
        count(*) FILTER (readiness = 'waiting') AS waiting,
        count(*) FILTER (readiness IN ('ready', 'hold', 'waiting')) AS students
    FROM shown_readiness
    WHERE :centre = '' OR centre_number = :centre
),

expected_files AS (
    SELECT
        centre_number,
        carrier,
        board,
        series,
        window_from,
        what,
        max(CASE WHEN state IN ('arrived', 'superseded') THEN 1 ELSE 0 END) AS here,
        max(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS missing
    FROM file_board
    WHERE is_expected AND (:centre = '' OR centre_number = :centre)
    GROUP BY centre_number, carrier, board, series, window_from, what
),

file_counts AS (
    SELECT
        count(*) AS expected,
        CAST(coalesce(sum(here), 0) AS BIGINT) AS here,
        CAST(coalesce(sum(CASE WHEN here = 0 THEN missing END), 0) AS BIGINT) AS missing
    FROM expected_files
),

row_counts AS (
    SELECT
        CAST(coalesce(sum(rows_kept), 0) AS BIGINT) AS kept,
        CAST(coalesce(sum(rows_rejected), 0) AS BIGINT) AS rejected
    FROM files
    WHERE :centre = '' OR centre_number = :centre
),

mine AS (
    SELECT * FROM shown_findings WHERE :centre = '' OR centre_number = :centre
),

severity_counts AS (
    SELECT
        severity,
        severity_rank,
        count(*) FILTER (root IS NULL AND state <> 'waived') AS roots,
        count(*) AS findings
    FROM mine
    GROUP BY severity, severity_rank
),

code_counts AS (
    SELECT code, min(severity_rank) AS severity_rank, count(*) AS findings
    FROM mine
    GROUP BY code
),

rule_counts AS (
    SELECT status, count(*) AS rules, sum(count(*)) OVER () AS total
    FROM rules_run
    WHERE centre_number = CASE WHEN :centre = '' THEN 'all' ELSE :centre END
    GROUP BY status
),

change_counts AS (
    SELECT change, count(*) AS findings, sum(count(*)) OVER () AS total
    FROM mine
    GROUP BY change
),

listed AS (
    SELECT 1 AS part_place, 1 AS place, 'Students' AS part, 'ready' AS what, NULL AS severity, ready AS found, students AS total,
        'students with anything this season' AS unit, NULL AS sheet, 'everything expected is released and agreed, and nothing is open' AS says
    FROM readiness_counts
    UNION ALL
    SELECT 1, 2, 'Students', 'on hold', NULL, hold, students, 'students with anything this season', 'On hold', 'an error is open'
    FROM readiness_counts
    UNION ALL
    SELECT 1, 3, 'Students', 'waiting', NULL, waiting, students, 'students with anything this season', 'On hold', 'something is not due or not here'
    FROM readiness_counts
    UNION ALL
    SELECT 2, 1, 'Files', 'here', NULL, here, expected, 'files expected', 'Files', NULL
    FROM file_counts
    UNION ALL
    SELECT 2, 2, 'Files', 'due and not here', NULL, missing, expected, 'files expected', 'Files', NULL
    FROM file_counts
    UNION ALL
    SELECT 3, 1, 'Rows', 'kept', NULL, kept, kept + rejected, 'rows read', 'Files', NULL
    FROM row_counts
    UNION ALL
    SELECT 3, 2, 'Rows', 'set aside', NULL, rejected, kept + rejected, 'rows read', 'Files', NULL
    FROM row_counts
    UNION ALL
    SELECT 4, severity_rank, 'To do', severity, severity, roots, findings, 'findings; the others follow from these or are waived', 'Do now', NULL
    FROM severity_counts
    UNION ALL
    SELECT 5, CAST(CASE c.change WHEN 'new' THEN 1 WHEN 'changed' THEN 2 WHEN 'reopened' THEN 3 ELSE 4 END AS INTEGER), 'Since the last run',
        c.change, NULL, c.findings, CAST(c.total AS BIGINT), 'findings', NULL, NULL
    FROM change_counts AS c
    UNION ALL
    SELECT 5, 5, 'Since the last run', 'resolved', NULL, count(*), NULL, 'findings that were open', NULL, NULL
    FROM finding_history
    WHERE :centre = '' AND state = 'resolved' AND last_run = :compared_identity
    UNION ALL
    SELECT 5, 6, 'Since the last run', 'results that differ', NULL, count(*), NULL, 'results', 'Changes', NULL
    FROM changes
    WHERE (:centre = '' OR centre_number = :centre) AND (NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of)
    UNION ALL
    SELECT 5, 7, 'Since the last run', 'changed by hand', NULL, count(*) FILTER (state = 'contradicted'), count(*), 'changes by hand', 'Changes',
        'how many an import would undo'
    FROM manual_changes
    WHERE (:centre = '' OR centre_number = :centre) AND (NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of)
    UNION ALL
    SELECT 6, c.severity_rank, 'Findings', replace(c.code, '_', ' '),
        CASE c.severity_rank WHEN 1 THEN 'error' WHEN 2 THEN 'warning' ELSE 'info' END,
        c.findings, r.rows_checked, 'rows looked at', c.code, b.summary
    FROM code_counts AS c
    LEFT JOIN rules_run AS r ON r.code = c.code AND r.centre_number = CASE WHEN :centre = '' THEN 'all' ELSE :centre END
    LEFT JOIN book_rules AS b ON b.code = c.code
    UNION ALL
    SELECT 7, CASE status WHEN 'failed' THEN 1 WHEN 'not_evaluated' THEN 2 WHEN 'found' THEN 3 ELSE 4 END, 'Rules',
        replace(status, '_', ' '), NULL, rules, CAST(total AS BIGINT), 'rules', 'What was checked', NULL
    FROM rule_counts
)

SELECT part, what, severity, found, total, unit, sheet, says
FROM listed
ORDER BY part_place, place, found DESC NULLS LAST, what
