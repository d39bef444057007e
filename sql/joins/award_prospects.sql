/*
summary = "The units whose better grade could lift an award: one of those that are alike, and each grade it may have."
reads = ["awards_considered", "award_totals", "award_choices", "award_combinations", "award_units", "unit_achievements", "unit_points"]
order = ["award_key", "unit_code", "grade"]

[columns]
award_key = "BIGINT: the award, as in awards_considered"
unit_code = "VARCHAR: the unit"
is_mandatory = "BOOLEAN: must be achieved"
is_moderated = "BOOLEAN: the centre marks it: it may be handed in again without limit"
is_taken = "BOOLEAN: there is a result of it already"
length_class = "BIGINT: of an optional unit: 1 the longest length there is, to 4; 0 of a mandatory one"
place = "BIGINT: among the achieved units of its length; NULL where it is not achieved"
present_grade = "VARCHAR: the grade there is; NULL where the unit is not achieved"
present_points = "INTEGER: its points; 0 where it is not achieved"
grade = "VARCHAR: the better grade"
points = "INTEGER: its points"
*/
-- one unit can lift an award that is there, or one that a single unit is missing for
WITH open_awards AS (
    SELECT w.award_key, w.centre_number, w.person_id, w.qualification_code, t.is_eligible, t.missing_count
    FROM awards_considered AS w
    INNER JOIN award_totals AS t ON t.award_key = w.award_key
    LEFT JOIN award_choices AS c ON c.award_key = w.award_key
    WHERE
        w.variant = 'now' AND t.points_known
        AND (
            (t.is_eligible AND t.next_grade IS NOT NULL)
            OR (t.missing_count = 0 AND NOT t.is_eligible)
            OR (t.missing_count = 1 AND c.award_key IS NOT NULL)
        )
),

listed AS (
    SELECT
        o.award_key,
        c.unit_code,
        c.is_mandatory,
        c.assessment,
        c.suite,
        c.level,
        c.glh,
        c.length_class,
        u.place,
        u.grade AS present_grade,
        coalesce(u.points, 0) AS present_points,
        coalesce(a.attempts_seen, 0) > 0 OR u.unit_code IS NOT NULL AS is_taken
    FROM open_awards AS o
    INNER JOIN award_combinations AS c ON c.qualification_code = o.qualification_code
    LEFT JOIN award_units AS u ON u.award_key = o.award_key AND u.unit_code = c.unit_code
    LEFT JOIN unit_achievements AS a
        ON a.centre_number = o.centre_number AND a.person_id = o.person_id AND a.unit_code = c.unit_code
    WHERE
        (c.assessment <> 'examined' OR a.attempts_maximum IS NULL OR a.attempts_seen < a.attempts_maximum)
        -- what is missing decides which units can help
        AND (o.missing_count = 0 OR (c.is_mandatory AND u.unit_code IS NULL))
        AND (o.missing_count = 1 OR o.is_eligible OR (NOT c.is_mandatory AND u.unit_code IS NULL))
),

-- of units of one length with equal points one stands for all: what it would change is the same
ranked AS (
    SELECT
        l.*,
        row_number() OVER (
            PARTITION BY l.award_key, l.is_mandatory, l.suite, l.level, l.glh, l.assessment, l.present_points
            ORDER BY CASE WHEN l.is_taken THEN 0 ELSE 1 END ASC NULLS LAST, l.unit_code ASC NULLS LAST
        ) AS turn
    FROM listed AS l
)

SELECT
    r.award_key,
    r.unit_code,
    r.is_mandatory,
    r.assessment = 'moderated' AS is_moderated,
    r.is_taken,
    r.length_class,
    r.place,
    r.present_grade,
    r.present_points,
    p.grade,
    p.points
FROM ranked AS r
INNER JOIN unit_points AS p
    ON
        p.suite = r.suite AND p.level = r.level AND p.guided_learning_hours = r.glh
        AND p.points > r.present_points
WHERE
    r.turn = 1
    -- a near pass is what happens to somebody, not what they are told to aim at
    AND p.grade IN ('P', 'M', 'D')
