/*
summary = "The links that are left without the bridging groups."
makes = "people_joins"
reads = ["people_links", "{bridges}"]
parameters = ["bridges"]

[columns]
link = "VARCHAR: a clean key, or a pair"
group_id = "BIGINT: a group in it"
*/
WITH left_over AS (
    SELECT
        l.link,
        l.group_id,
        -- without a side that can make the join the others have nothing to hold on to
        max(l.opens) OVER (PARTITION BY l.link) AS opens,
        count(*) OVER (PARTITION BY l.link) AS members
    FROM people_links AS l
    LEFT JOIN {bridges} AS b ON b.group_id = l.group_id
    WHERE b.group_id IS NULL
)

SELECT link, group_id
FROM left_over
WHERE opens = 1 AND members > 1
