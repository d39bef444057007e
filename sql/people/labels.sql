/*
summary = "Before labels spread, each group in a join is labelled with itself."
makes = "people_labels_0"
reads = ["people_joins"]

[columns]
group_id = "BIGINT: a group"
label = "BIGINT: the least group known to be the same person"
moved = "INTEGER: 1 where this round changed it"
*/
SELECT DISTINCT j.group_id, j.group_id AS label, 1 AS moved
FROM people_joins AS j
