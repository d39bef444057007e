/*
summary = "The last release that is past and the next one to come, of results to centres or to candidates."
reads = ["release_calendar"]
pages = ["report", "summary"]
order = []
*/
WITH moments AS (
    SELECT released_to_centres AS moment FROM release_calendar
    UNION
    SELECT released_to_candidates AS moment FROM release_calendar
)

SELECT
    CAST(epoch(max(moment) FILTER (moment <= :as_of)) AS BIGINT) AS past,
    CAST(epoch(min(moment) FILTER (moment > :as_of)) AS BIGINT) AS next
FROM moments
