/*
summary = "What is open, by who acts, a row a code. What follows from another finding is on its own sheet and is not counted here."
title = "Do now"
place = 2
frozen = 2
reads = ["shown_findings", "book_rules"]
order = ["owner", "severity_rank", "students", "findings", "code"]

[columns]
owner = "text: Who acts"
severity = "severity: Severity"
code = "sheet: Finding (its sheet)"
findings = "number: How many"
students = "number: Students"
follow_ons = "number: Others that follow"
due = "moment: Due"
summary = "long: What it is"
action = "long: What to do"
*/
WITH follow_ons AS (
    SELECT root, count(*) AS follow_ons
    FROM shown_findings
    WHERE root IS NOT NULL
    GROUP BY root
),

counted AS (
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
    WHERE f.state = 'open' AND f.root IS NULL AND (:centre = '' OR f.centre_number = :centre)
    GROUP BY f.owner, f.code
)

SELECT
    CASE c.owner WHEN 'board' THEN 'Ring the board' WHEN 'centre' THEN 'Centre' ELSE 'MIS' END AS owner,
    CASE c.severity_rank WHEN 1 THEN 'error' WHEN 2 THEN 'warning' ELSE 'info' END AS severity,
    c.code,
    c.findings,
    c.students,
    c.follow_ons,
    c.due,
    r.summary,
    r.action
FROM counted AS c
LEFT JOIN book_rules AS r ON r.code = c.code
ORDER BY
    CASE WHEN c.severity_rank = 3 THEN 2 ELSE 1 END,
    CASE c.owner WHEN 'board' THEN 1 WHEN 'centre' THEN 2 ELSE 3 END,
    c.severity_rank,
    c.students DESC,
    c.findings DESC,
    c.code
