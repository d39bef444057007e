/*
summary = "For the summary without names: how many students are ready, on hold and waiting."
reads = ["shown_readiness"]
pages = ["summary"]
order = []
*/
SELECT
    count(*) FILTER (readiness = 'ready') AS ready,
    count(*) FILTER (readiness = 'hold') AS hold,
    count(*) FILTER (readiness = 'waiting') AS waiting
FROM shown_readiness
