/*
summary = "For the picture of the weeks: the roots of this run that no waiver covers, by severity."
reads = ["shown_findings"]
order = []
*/
SELECT
    count(*) FILTER (severity = 'error') AS errors,
    count(*) FILTER (severity = 'warning') AS warnings,
    count(*) FILTER (severity = 'info') AS infos
FROM shown_findings
WHERE root IS NULL AND state <> 'waived'
