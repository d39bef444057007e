/*
summary = "What every rule did over all centres, and how many of its findings this reader may see."
reads = ["rules_run", "shown_findings"]
order = ["code"]
*/
SELECT r.code, r.status, r.reason, r.rows_checked, count(f.code) AS found
FROM rules_run AS r
LEFT JOIN shown_findings AS f ON f.code = r.code
WHERE r.centre_number = 'all'
GROUP BY r.code, r.status, r.reason, r.rows_checked
ORDER BY r.code
