/*
summary = "The centres this report is of."
reads = ["rules_run"]
pages = ["report", "summary"]
order = ["centre_number"]
*/
SELECT DISTINCT centre_number
FROM rules_run
WHERE centre_number <> 'all'
ORDER BY centre_number
