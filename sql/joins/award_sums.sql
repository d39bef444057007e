/*
summary = "What the best few achieved optional units of each length come to, from none of them to all."
reads = ["awards_considered", "award_sizes", "award_units"]
order = ["award_key", "length_class", "amount"]

[columns]
award_key = "BIGINT: the award, as in awards_considered"
length_class = "BIGINT: 1 the longest length there is, to 4"
amount = "BIGINT: how many units"
points = "BIGINT: their points together"
worst_points_rank = "INTEGER: the least sure of the points"
worst_unit_rank = "INTEGER: the least sure of the units"
*/
SELECT
    w.award_key,
    n.length_class,
    CAST(0 AS BIGINT) AS amount,
    CAST(0 AS BIGINT) AS points,
    1 AS worst_points_rank,
    1 AS worst_unit_rank
FROM awards_considered AS w
INNER JOIN award_sizes AS s ON s.qualification_code = w.qualification_code AND s.is_calculated
CROSS JOIN (
    SELECT CAST(1 AS BIGINT) AS length_class
    UNION ALL SELECT CAST(2 AS BIGINT) AS length_class
    UNION ALL SELECT CAST(3 AS BIGINT) AS length_class
    UNION ALL SELECT CAST(4 AS BIGINT) AS length_class
) AS n
UNION ALL
SELECT
    award_key,
    length_class,
    place AS amount,
    points_so_far AS points,
    worst_points_rank,
    worst_unit_rank
FROM award_units
WHERE NOT is_mandatory
