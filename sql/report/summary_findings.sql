/*
summary = "For the summary without names: the findings that do not follow from another and that nobody waived, by who acts and code."
reads = ["shown_findings"]
pages = ["summary"]
order = ["owner", "code"]
*/
SELECT owner, code, count(*) AS findings
FROM shown_findings
WHERE root IS NULL AND state <> 'waived'
GROUP BY owner, code
ORDER BY owner, code
