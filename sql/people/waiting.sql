/*
summary = "Groups that wait for the next step: bridges, and all of a chain that would hold a contradiction."
makes = "people_waiting"
reads = ["people_bridges", "people_within_judged", "{labels}"]
parameters = ["labels"]

[columns]
group_id = "BIGINT: a group"
*/
WITH contradicted AS (
    SELECT DISTINCT l.label
    FROM people_within_judged AS j
    INNER JOIN {labels} AS l ON l.group_id = j.one
    WHERE j.is_apart
)

SELECT group_id
FROM people_bridges
UNION
SELECT l.group_id
FROM contradicted AS c
INNER JOIN {labels} AS l ON l.label = c.label
