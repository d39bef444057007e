/*
summary = "The groups after a step."
makes = "{after}"
reads = ["{groups}", "{labels}", "{waiting}"]
parameters = ["groups", "after", "labels", "waiting", "number"]

[columns]
identity = "BIGINT: an identity"
group_id = "BIGINT: its group, which is always the least identity in it: the one with the strongest identifier"
joined_in = "INTEGER: number of the step in which it came to that group; NULL for the group's own"
*/
WITH joined AS (
    SELECT l.group_id, l.label
    FROM {labels} AS l
    LEFT JOIN {waiting} AS w ON w.group_id = l.group_id
    WHERE w.group_id IS NULL AND l.label < l.group_id
)

SELECT
    g.identity,
    coalesce(j.label, g.group_id) AS group_id,
    CASE WHEN j.label IS NOT NULL THEN {number} ELSE g.joined_in END AS joined_in
FROM {groups} AS g
LEFT JOIN joined AS j ON j.group_id = g.group_id
