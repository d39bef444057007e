/*
summary = "Groups that would link two contradicted ones: they join nobody in this step."
makes = "people_bridges"
reads = ["people_neighbours", "people_wedges_judged"]

[columns]
group_id = "BIGINT: the group in the middle"
*/
SELECT DISTINCT a.middle AS group_id
FROM people_wedges_judged AS j
INNER JOIN people_neighbours AS a ON a.neighbour = j.one
INNER JOIN people_neighbours AS b ON b.neighbour = j.other AND b.middle = a.middle
WHERE j.is_apart
