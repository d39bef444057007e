/*
summary = "The counts of the first screen."
reads = ["shown_readiness", "shown_findings", "picked_students"]
order = []
*/
SELECT
    count(*) FILTER (readiness = 'ready') AS ready,
    count(*) FILTER (readiness = 'hold') AS hold,
    count(*) FILTER (readiness = 'waiting') AS waiting,
    (SELECT count(*) FROM shown_findings) AS findings,
    (SELECT count(*) FROM shown_findings WHERE severity = 'error' AND state <> 'waived') AS errors,
    (SELECT count(*) FROM shown_findings WHERE severity = 'warning' AND state <> 'waived') AS warnings,
    (SELECT count(*) FROM shown_findings WHERE severity = 'info' AND state <> 'waived') AS infos,
    (SELECT count(*) FROM shown_findings WHERE root IS NOT NULL AND state <> 'waived') AS following,
    (SELECT count(*) FROM picked_students) AS students,
    (SELECT count(*) FROM picked_students WHERE is_shown) AS students_shown
FROM shown_readiness
