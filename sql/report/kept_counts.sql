/*
summary = "How many rows a person keeps, and how many of them ask for something."
reads = ["manual_changes", "shown_findings", "waivers"]
order = []
*/
WITH changes AS (
    SELECT *
    FROM manual_changes
    WHERE NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of
)

SELECT
    (SELECT count(*) FROM changes) AS changes,
    (SELECT count(*) FROM changes WHERE state = 'contradicted') AS lost,
    (SELECT count(*) FROM shown_findings WHERE state = 'waived') AS waived,
    (SELECT count(*) FROM waivers) AS waivers,
    (SELECT count(*) FROM waivers WHERE state = 'live') AS live
