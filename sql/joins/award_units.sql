/*
summary = "The achieved units that may count towards each award, best first among those of one length."
reads = ["awards_considered", "award_combinations", "unit_achievements", "unit_attempts"]
order = ["award_key", "unit_code"]

[columns]
award_key = "BIGINT: the award, as in awards_considered"
qualification_code = "VARCHAR: the qualification"
unit_code = "VARCHAR: the unit"
is_mandatory = "BOOLEAN: must be achieved"
length_class = "BIGINT: of an optional unit: 1 the longest length there is, to 4; 0 of a mandatory one"
place = "BIGINT: among the achieved units of that length: most points first, then by code"
glh = "INTEGER: hours"
grade = "VARCHAR: the grade that counts"
points = "INTEGER: points; NULL where nobody says"
points_so_far = "BIGINT: points of this unit and of the better ones of its length"
worst_points_rank = "INTEGER: the least sure of those points"
worst_unit_rank = "INTEGER: the least sure of those units, that they count and for how long"
*/
WITH earlier AS (
    SELECT
        w.award_key,
        a.unit_code,
        a.grade,
        a.points,
        a.points_rank,
        row_number() OVER (
            PARTITION BY w.award_key, a.unit_code
            ORDER BY
                a.grade_rank DESC NULLS LAST,
                a.season ASC NULLS LAST,
                a.series ASC NULLS LAST,
                a.window_from ASC NULLS FIRST,
                a.option_code ASC NULLS LAST
        ) AS place
    FROM awards_considered AS w
    INNER JOIN unit_attempts AS a
        ON
            a.centre_number = w.centre_number AND a.person_id = w.person_id
            AND (a.season IS NULL OR a.season <= w.up_to_season)
    WHERE w.variant = 'at_award' AND a.grade_rank > 0
),

achieved AS (
    SELECT
        w.award_key,
        w.qualification_code,
        a.unit_code,
        a.grade,
        a.points,
        CASE a.points_confidence WHEN 'documented' THEN 1 WHEN 'inferred' THEN 2 WHEN 'recollection' THEN 3 END AS points_rank
    FROM awards_considered AS w
    INNER JOIN unit_achievements AS a ON a.centre_number = w.centre_number AND a.person_id = w.person_id
    WHERE
        a.is_achieved
        AND (
            w.variant = 'now'
            OR (w.variant = 'without_near_pass' AND a.grade IS DISTINCT FROM 'R')
            -- what only the tracker knows has no season of its own
            OR (w.variant = 'at_award' AND a.grade IS NULL)
        )
    UNION ALL
    SELECT
        w.award_key,
        w.qualification_code,
        e.unit_code,
        e.grade,
        e.points,
        e.points_rank
    FROM earlier AS e
    INNER JOIN awards_considered AS w ON w.award_key = e.award_key
    WHERE e.place = 1
),

listed AS (
    SELECT
        a.award_key,
        a.qualification_code,
        a.unit_code,
        c.is_mandatory,
        c.length_class,
        c.glh,
        c.confidence_rank,
        a.grade,
        a.points,
        a.points_rank,
        row_number() OVER (
            PARTITION BY a.award_key, c.length_class
            ORDER BY coalesce(a.points, 0) DESC NULLS LAST, a.unit_code ASC NULLS LAST
        ) AS place
    FROM achieved AS a
    INNER JOIN award_combinations AS c ON c.qualification_code = a.qualification_code AND c.unit_code = a.unit_code
)

SELECT
    award_key,
    qualification_code,
    unit_code,
    is_mandatory,
    length_class,
    place,
    glh,
    grade,
    points,
    CAST(
        sum(coalesce(points, 0)) OVER (
            PARTITION BY award_key, length_class
            ORDER BY place ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT
    ) AS points_so_far,
    CAST(
        max(coalesce(points_rank, 3)) OVER (
            PARTITION BY award_key, length_class
            ORDER BY place ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS INTEGER
    ) AS worst_points_rank,
    CAST(
        max(confidence_rank) OVER (
            PARTITION BY award_key, length_class
            ORDER BY place ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS INTEGER
    ) AS worst_unit_rank
FROM listed
