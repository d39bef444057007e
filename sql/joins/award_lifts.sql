/*
summary = "The one unit that would lift each award, and at which grade: the change that asks least."
reads = ["award_prospects", "awards_considered", "award_sizes", "award_totals", "award_choices", "award_mixes", "award_sums", "threshold_bands"]
order = ["award_key"]

[columns]
award_key = "BIGINT: the award, as in awards_considered"
unit_code = "VARCHAR: the unit to resit, to hand in again or to take"
unit_grade = "VARCHAR: the grade it needs"
present_grade = "VARCHAR: the grade it has; NULL where it is not achieved"
is_moderated = "BOOLEAN: the centre marks it"
is_taken = "BOOLEAN: there is a result of it already"
points = "INTEGER: points of the award then"
grade = "VARCHAR: grade of the award then"
*/
WITH places AS (
    SELECT CAST(1 AS BIGINT) AS length_class
    UNION ALL SELECT CAST(2 AS BIGINT) AS length_class
    UNION ALL SELECT CAST(3 AS BIGINT) AS length_class
    UNION ALL SELECT CAST(4 AS BIGINT) AS length_class
),

concerned AS (
    SELECT DISTINCT award_key
    FROM award_prospects
    WHERE NOT is_mandatory
),

mixed AS (
    SELECT
        w.award_key,
        m.of_class_1,
        m.of_class_2,
        m.of_class_3,
        m.of_class_4,
        m.hours,
        a.points AS points_1,
        b.points AS points_2,
        c.points AS points_3,
        d.points AS points_4
    FROM concerned AS k
    INNER JOIN awards_considered AS w ON w.award_key = k.award_key
    INNER JOIN award_mixes AS m ON m.qualification_code = w.qualification_code
    LEFT JOIN award_sums AS a ON a.award_key = w.award_key AND a.length_class = 1 AND a.amount = m.of_class_1
    LEFT JOIN award_sums AS b ON b.award_key = w.award_key AND b.length_class = 2 AND b.amount = m.of_class_2
    LEFT JOIN award_sums AS c ON c.award_key = w.award_key AND c.length_class = 3 AND c.amount = m.of_class_3
    LEFT JOIN award_sums AS d ON d.award_key = w.award_key AND d.length_class = 4 AND d.amount = m.of_class_4
),

-- with the units of one length set apart: how many of it the mix takes, and what all the others give
apart AS (
    SELECT
        m.award_key,
        p.length_class,
        m.hours,
        CASE p.length_class WHEN 1 THEN m.of_class_1 WHEN 2 THEN m.of_class_2 WHEN 3 THEN m.of_class_3 ELSE m.of_class_4 END AS amount,
        (
            CASE WHEN p.length_class = 1 THEN 0 ELSE m.points_1 END
            + CASE WHEN p.length_class = 2 THEN 0 ELSE m.points_2 END
            + CASE WHEN p.length_class = 3 THEN 0 ELSE m.points_3 END
            + CASE WHEN p.length_class = 4 THEN 0 ELSE m.points_4 END
        ) AS others
    FROM mixed AS m
    CROSS JOIN places AS p
),

spread AS (
    SELECT
        x.award_key,
        x.length_class,
        x.hours,
        x.amount,
        x.others,
        s.points AS points_here,
        b.points AS points_before,
        n.points AS points_after
    FROM apart AS x
    LEFT JOIN award_sums AS s ON s.award_key = x.award_key AND s.length_class = x.length_class AND s.amount = x.amount
    LEFT JOIN award_sums AS b ON b.award_key = x.award_key AND b.length_class = x.length_class AND b.amount = x.amount - 1
    LEFT JOIN award_sums AS n ON n.award_key = x.award_key AND n.length_class = x.length_class AND n.amount = x.amount + 1
    WHERE x.others IS NOT NULL
),

-- the best of that length with the unit at its new grade: it is among them, or it is not
tried AS (
    SELECT
        p.award_key,
        p.unit_code,
        p.grade,
        s.hours,
        s.others + greatest(
            coalesce(
                p.points + CASE
                    WHEN s.amount = 0 THEN NULL
                    WHEN p.place IS NULL OR s.amount - 1 < p.place THEN s.points_before
                    ELSE s.points_here - p.present_points
                END,
                -1
            ),
            coalesce(
                CASE
                    WHEN p.place IS NULL OR s.amount < p.place THEN s.points_here
                    ELSE s.points_after - p.present_points
                END,
                -1
            )
        ) AS optional_points,
        coalesce(
            CASE
                WHEN s.amount = 0 THEN NULL
                WHEN p.place IS NULL OR s.amount - 1 < p.place THEN s.points_before
                ELSE s.points_here
            END,
            CASE WHEN p.place IS NULL OR s.amount < p.place THEN s.points_here ELSE s.points_after END
        ) IS NOT NULL AS is_possible
    FROM award_prospects AS p
    INNER JOIN spread AS s ON s.award_key = p.award_key AND s.length_class = p.length_class
    WHERE NOT p.is_mandatory
),

ranked AS (
    SELECT
        t.award_key,
        t.unit_code,
        t.grade,
        t.optional_points,
        row_number() OVER (
            PARTITION BY t.award_key, t.unit_code, t.grade
            ORDER BY t.hours ASC NULLS LAST, t.optional_points DESC NULLS LAST
        ) AS place
    FROM tried AS t
    WHERE t.is_possible
),

changed AS (
    SELECT
        p.award_key,
        p.unit_code,
        p.grade,
        -- what the mandatory units give does not change
        t.points - coalesce(c.points, o.points, 0) + r.optional_points AS points
    FROM award_prospects AS p
    INNER JOIN ranked AS r ON r.award_key = p.award_key AND r.unit_code = p.unit_code AND r.grade = p.grade AND r.place = 1
    INNER JOIN award_totals AS t ON t.award_key = p.award_key
    LEFT JOIN award_choices AS c ON c.award_key = p.award_key
    -- where the hours were not reached all optional units counted
    LEFT JOIN (
        SELECT award_key, sum(points) AS points
        FROM (
            SELECT award_key, length_class, max(points) AS points
            FROM award_sums
            GROUP BY award_key, length_class
        ) AS by_class
        GROUP BY award_key
    ) AS o ON o.award_key = p.award_key
    UNION ALL
    SELECT
        p.award_key,
        p.unit_code,
        p.grade,
        t.points - p.present_points + p.points AS points
    FROM award_prospects AS p
    INNER JOIN award_totals AS t ON t.award_key = p.award_key
    WHERE p.is_mandatory
),

lifting AS (
    SELECT
        p.award_key,
        p.unit_code,
        p.grade AS unit_grade,
        p.present_grade,
        p.is_moderated,
        p.is_taken,
        x.points,
        coalesce(h.grade, 'U') AS grade,
        row_number() OVER (
            PARTITION BY p.award_key
            ORDER BY
                p.points - p.present_points ASC NULLS LAST,
                CASE WHEN p.is_moderated THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.is_taken THEN 0 ELSE 1 END ASC NULLS LAST,
                p.unit_code ASC NULLS LAST,
                p.points ASC NULLS LAST
        ) AS place
    FROM award_prospects AS p
    INNER JOIN changed AS x ON x.award_key = p.award_key AND x.unit_code = p.unit_code AND x.grade = p.grade
    INNER JOIN award_totals AS t ON t.award_key = p.award_key
    INNER JOIN awards_considered AS w ON w.award_key = p.award_key
    INNER JOIN award_sizes AS z ON z.qualification_code = w.qualification_code
    LEFT JOIN threshold_bands AS h
        ON
            h.suite = z.suite AND h.level = z.level AND h.size = z.size AND h.minimum_points <= x.points
            AND (h.upper_points IS NULL OR h.upper_points > x.points)
    WHERE 1 + coalesce(h.place, 0) > t.grade_rank
)

SELECT
    award_key,
    unit_code,
    unit_grade,
    present_grade,
    is_moderated,
    is_taken,
    CAST(points AS INTEGER) AS points,
    grade
FROM lifting
WHERE place = 1
