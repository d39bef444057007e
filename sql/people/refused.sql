/*
summary = "Joins that the steps so far did not make because of a contradiction."
makes = "{after}"
reads = ["{refused}", "people_shared", "people_judged", "people_links", "{waiting}"]
parameters = ["refused", "after", "waiting", "step", "same_forename"]

[columns]
step = "VARCHAR: the step"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: where the key belongs to a year"
value = "VARCHAR: what the two share"
one = "BIGINT: an identity of the one group"
other = "BIGINT: an identity of the other"
*/
WITH apart AS (
    SELECT j.one, j.other
    FROM people_judged AS j
    -- where the forename is part of the key, another forename is another key and no contradiction
    WHERE j.is_apart AND NOT ({same_forename} AND j.forenames_differ)
    UNION
    -- nothing is wrong between these two, but one waits, since it is tied to people who contradict each other
    SELECT least(w.group_id, m.group_id) AS one, greatest(w.group_id, m.group_id) AS other
    FROM {waiting} AS w
    INNER JOIN people_links AS l ON l.group_id = w.group_id
    INNER JOIN people_links AS m ON m.link = l.link AND m.group_id <> l.group_id
    WHERE greatest(l.opens, m.opens) = 1
)

SELECT r.step, r.centre_number, r.academic_year, r.value, r.one, r.other
FROM {refused} AS r
UNION
SELECT '{step}' AS step, a.centre_number, a.academic_year, a.value, p.one, p.other
FROM apart AS p
INNER JOIN people_shared AS a ON a.group_id = p.one
INNER JOIN people_shared AS b ON b.group_id = p.other AND b.join_key = a.join_key
