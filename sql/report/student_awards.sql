/*
summary = "The awards drawn: those a student is entered for or has, else the largest that their units make, with the units counted."
reads = ["award_calculations", "unit_achievements", "combinations", "picked_students"]
makes = true
order = ["centre_number", "person_id", "qualification_code"]
*/
WITH allowed AS (
    SELECT
        a.*,
        a.entered OR a.issued_grade IS NOT NULL AS is_asked,
        coalesce(a.eligible AND a.points IS NOT NULL, FALSE) AS is_made
    FROM award_calculations AS a
    INNER JOIN picked_students AS p ON p.centre_number = a.centre_number AND p.person_id = a.person_id AND p.is_shown
    WHERE NOT :only_released OR a.embargo_until IS NULL OR a.embargo_until <= :as_of
),

placed AS (
    SELECT
        *,
        bool_or(is_asked) OVER (PARTITION BY centre_number, person_id, suite, level, subject) AS has_asked,
        max(glh_required) FILTER (is_asked) OVER (PARTITION BY centre_number, person_id, suite, level, subject) AS largest_asked,
        row_number() OVER (
            PARTITION BY centre_number, person_id, suite, level, subject
            ORDER BY CASE WHEN is_made THEN 1 ELSE 2 END, glh_required DESC NULLS LAST, qualification_code
        ) AS place
    FROM allowed
),

drawn AS (
    SELECT *
    FROM placed
    WHERE is_asked OR (NOT coalesce(has_asked, FALSE) AND is_made AND place = 1)
),

-- the units make more than was entered: worth a word, not a drawing
larger AS (
    SELECT centre_number, person_id, suite, level, subject, size, grade
    FROM placed
    WHERE has_asked AND is_made AND place = 1 AND glh_required > largest_asked
),

counted AS (
    SELECT centre_number, person_id, qualification_code, unnest(string_split(units_counted, ' ')) AS unit_code
    FROM drawn
    WHERE units_counted <> ''
),

units AS (
    SELECT
        c.centre_number,
        c.person_id,
        c.qualification_code,
        list(
            {'unit': c.unit_code, 'grade': u.grade, 'points': u.points, 'is_mandatory': m.requirement IS NOT NULL}
            ORDER BY c.unit_code
        ) AS units
    FROM counted AS c
    INNER JOIN unit_achievements AS u
        ON u.centre_number = c.centre_number AND u.person_id = c.person_id AND u.unit_code = c.unit_code
    LEFT JOIN combinations AS m
        ON m.qualification_code = c.qualification_code AND m.unit_code = c.unit_code AND m.requirement = 'mandatory'
    GROUP BY c.centre_number, c.person_id, c.qualification_code
)

SELECT
    d.centre_number,
    d.person_id,
    d.qualification_code,
    d.suite,
    d.level,
    d.subject,
    d.size,
    d.entered,
    d.is_calculated,
    d.not_calculated,
    d.eligible,
    d.unit_count,
    d.glh_counted,
    d.glh_required,
    d.mandatory_missing,
    d.points,
    d.grade,
    d.issued_grade,
    d.issued_series,
    d.points_at_award,
    d.grade_at_award,
    d.next_grade,
    d.points_to_next,
    d.next_step,
    d.combination_confidence,
    d.figures_confidence,
    u.units,
    l.size AS larger_size,
    l.grade AS larger_grade,
    CASE WHEN d.embargo_until > :as_of THEN CAST(epoch(d.embargo_until) AS BIGINT) END AS restricted_until
FROM drawn AS d
LEFT JOIN units AS u
    ON u.centre_number = d.centre_number AND u.person_id = d.person_id AND u.qualification_code = d.qualification_code
LEFT JOIN larger AS l
    ON
        l.centre_number = d.centre_number AND l.person_id = d.person_id AND l.suite = d.suite AND l.level = d.level
        AND l.subject = d.subject
