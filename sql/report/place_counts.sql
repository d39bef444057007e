/*
summary = "Of the rows of destinations.csv: how many are places of students here, how many of those are at stake, and how many count for nobody."
reads = ["destinations", "places"]
order = []
*/
SELECT
    count(*) AS given,
    count(*) FILTER (state = 'held') AS held,
    count(*) FILTER (state = 'nobody') AS nobody,
    count(*) FILTER (state IN ('unclear', 'unusable', 'replaced')) AS unusable,
    (SELECT count(*) FROM places WHERE is_at_stake) AS at_stake
FROM destinations
