/*
summary = "Which checks were not made, at which centre, and what would make them possible?"
why = "No finding is good news only where somebody looked."
reads = ["rules_run"]
*/
SELECT
    code,
    centre_number,
    status,
    reason
FROM rules_run
WHERE status IN ('not_evaluated', 'failed')
ORDER BY CASE status WHEN 'failed' THEN 1 ELSE 2 END NULLS LAST, code NULLS LAST, centre_number NULLS LAST;
