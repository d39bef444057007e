/*
summary = "The optional units that count towards each award: how many of each length, the best there are."
reads = ["awards_considered", "award_mixes", "award_sums"]
order = ["award_key"]

[columns]
award_key = "BIGINT: the award, as in awards_considered; none where the optional units do not reach the hours"
of_class_1 = "BIGINT: units of the longest length"
of_class_2 = "BIGINT: of the next"
of_class_3 = "BIGINT: of the third"
of_class_4 = "BIGINT: of the fourth"
hours = "BIGINT: hours of them together"
points = "BIGINT: points of them together"
worst_points_rank = "INTEGER: the least sure of the points"
worst_unit_rank = "INTEGER: the least sure of the units"
*/
WITH possible AS (
    SELECT
        w.award_key,
        m.of_class_1,
        m.of_class_2,
        m.of_class_3,
        m.of_class_4,
        m.hours,
        a.points + b.points + c.points + d.points AS points,
        greatest(a.worst_points_rank, b.worst_points_rank, c.worst_points_rank, d.worst_points_rank) AS worst_points_rank,
        greatest(a.worst_unit_rank, b.worst_unit_rank, c.worst_unit_rank, d.worst_unit_rank) AS worst_unit_rank
    FROM awards_considered AS w
    INNER JOIN award_mixes AS m ON m.qualification_code = w.qualification_code
    INNER JOIN award_sums AS a ON a.award_key = w.award_key AND a.length_class = 1 AND a.amount = m.of_class_1
    INNER JOIN award_sums AS b ON b.award_key = w.award_key AND b.length_class = 2 AND b.amount = m.of_class_2
    INNER JOIN award_sums AS c ON c.award_key = w.award_key AND c.length_class = 3 AND c.amount = m.of_class_3
    INNER JOIN award_sums AS d ON d.award_key = w.award_key AND d.length_class = 4 AND d.amount = m.of_class_4
),

ranked AS (
    SELECT
        p.*,
        row_number() OVER (
            PARTITION BY p.award_key
            ORDER BY
                p.hours ASC NULLS LAST,
                p.points DESC NULLS LAST,
                p.of_class_1 DESC NULLS LAST,
                p.of_class_2 DESC NULLS LAST,
                p.of_class_3 DESC NULLS LAST,
                p.of_class_4 DESC NULLS LAST
        ) AS place
    FROM possible AS p
)

SELECT
    award_key,
    of_class_1,
    of_class_2,
    of_class_3,
    of_class_4,
    hours,
    points,
    worst_points_rank,
    worst_unit_rank
FROM ranked
WHERE place = 1
