/*
summary = "How many findings are new, changed, reopened or continuing, and how many of the run compared with are gone."
reads = ["shown_findings", "finding_history"]
order = []
*/
SELECT
    count(*) FILTER (change = 'new') AS new,
    count(*) FILTER (change = 'changed') AS changed,
    count(*) FILTER (change = 'reopened') AS reopened,
    count(*) FILTER (change = 'continuing') AS continuing,
    (SELECT count(*) FROM finding_history WHERE state = 'resolved' AND last_run = :compared_identity) AS resolved
FROM shown_findings
