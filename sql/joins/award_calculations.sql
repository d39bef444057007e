/*
summary = "Each person's award, worked out from their units: for every size they are entered for, have, or have units of."
reads = ["awards_considered", "award_sizes", "award_totals", "award_lifts", "qualifications"]
publish = true
order = ["centre_number", "person_id", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
size = "VARCHAR: Certificate, Extended Certificate, …"
entered = "BOOLEAN: a live entry, or the tracker, says so"
is_expected = "BOOLEAN: of the entry: expected this season or earlier; NULL where nobody says"
is_calculated = "BOOLEAN: the reference data say all that the calculation needs"
not_calculated = "VARCHAR: which of them are missing; NULL when none"
eligible = "BOOLEAN: a valid combination is achieved; NULL where it is not calculated"
units_counted = "VARCHAR: the units that count, by code, set apart by spaces"
unit_count = "INTEGER: how many"
glh_counted = "INTEGER: their hours"
glh_required = "INTEGER: hours the size needs"
glh_short = "INTEGER: hours that are missing"
mandatory_missing = "VARCHAR: mandatory units not achieved, by code, set apart by spaces; NULL when none"
points = "INTEGER: of the units counted; NULL where the points of an achieved unit are not known"
grade = "VARCHAR: recomputed, never in place of what was issued; NULL unless eligible, U below the lowest threshold"
issued_grade = "VARCHAR: the latest award issued; NULL where there is none"
issued_series = "VARCHAR: its series"
next_grade = "VARCHAR: the grade above these points; NULL at the top"
points_to_next = "INTEGER: points to it"
next_unit = "VARCHAR: the one unit that would lift the award; NULL where no single unit does"
next_unit_grade = "VARCHAR: the grade it needs"
next_step = "VARCHAR: the same in words"
confidence = "VARCHAR: the least sure of all that the row rests on: documented, inferred or recollection"
combination_confidence = "VARCHAR: of the combination and the hours"
figures_confidence = "VARCHAR: of the points and thresholds"
points_at_award = "INTEGER: points by the results of seasons up to the award's; NULL without an award"
grade_at_award = "VARCHAR: the grade they make; NULL without an award, or where they make none"
stands_without_near_pass = "BOOLEAN: a near pass counts, and the award would be made without it; NULL where none counts"
issued_file_id = "VARCHAR: the file that states the award"
issued_line = "INTEGER: its line"
embargo_until = "TIMESTAMP WITH TIME ZONE: of the award"
*/
WITH at_award AS (
    SELECT w.centre_number, w.person_id, w.qualification_code, t.points, t.grade
    FROM awards_considered AS w
    INNER JOIN award_totals AS t ON t.award_key = w.award_key
    WHERE w.variant = 'at_award'
),

without_near_pass AS (
    SELECT w.centre_number, w.person_id, w.qualification_code, t.is_eligible, t.points_known, t.grade_rank
    FROM awards_considered AS w
    INNER JOIN award_totals AS t ON t.award_key = w.award_key
    WHERE w.variant = 'without_near_pass'
),

joined AS (
    SELECT
        w.*,
        coalesce(z.suite, q.suite) AS suite,
        coalesce(z.level, q.level) AS level,
        coalesce(z.subject, q.subject) AS subject,
        coalesce(z.size, q.size) AS size,
        coalesce(z.is_calculated, FALSE) AS is_calculated,
        CASE
            WHEN z.qualification_code IS NULL THEN ('qualifications.csv: no row for ' || w.qualification_code)
            ELSE z.not_calculated
        END AS not_calculated,
        t.is_eligible AS eligible,
        t.units_counted,
        t.unit_count,
        t.glh_counted,
        z.glh_required,
        t.glh_short,
        t.mandatory_missing,
        t.points,
        t.grade,
        t.next_grade,
        t.points_to_next,
        t.combination_rank,
        t.figures_rank,
        l.unit_code AS next_unit,
        l.unit_grade AS next_unit_grade,
        (
            CASE WHEN NOT l.is_taken THEN 'take ' WHEN l.is_moderated THEN 'hand in again ' ELSE 'resit ' END
            || l.unit_code || ': ' || l.unit_grade
            || CASE WHEN l.present_grade IS NOT NULL THEN (' instead of ' || l.present_grade) ELSE '' END
            || ' makes ' || CAST(l.points AS VARCHAR) || ' points, ' || l.grade
        ) AS next_step,
        e.award_key IS NOT NULL AS was_earlier,
        e.points AS earlier_points,
        e.grade AS earlier_grade,
        coalesce(t.near_passes, 0) > 0 AS has_near_pass,
        n.is_eligible AS eligible_without,
        n.points_known AS known_without,
        n.grade_rank AS rank_without
    FROM awards_considered AS w
    LEFT JOIN qualifications AS q ON q.qualification_code = w.qualification_code
    LEFT JOIN award_sizes AS z ON z.qualification_code = w.qualification_code
    LEFT JOIN award_totals AS t ON t.award_key = w.award_key
    LEFT JOIN award_lifts AS l ON l.award_key = w.award_key
    LEFT JOIN (SELECT *, 1 AS award_key FROM at_award) AS e
        ON
            e.centre_number = w.centre_number AND e.person_id = w.person_id
            AND e.qualification_code = w.qualification_code
    LEFT JOIN (SELECT *, 1 AS award_key FROM without_near_pass) AS n
        ON
            n.centre_number = w.centre_number AND n.person_id = w.person_id
            AND n.qualification_code = w.qualification_code
    WHERE w.variant = 'now'
)

SELECT
    centre_number,
    person_id,
    qualification_code,
    suite,
    level,
    subject,
    size,
    entered,
    is_expected,
    is_calculated,
    not_calculated,
    eligible,
    units_counted,
    unit_count,
    glh_counted,
    glh_required,
    glh_short,
    mandatory_missing,
    points,
    grade,
    issued_grade,
    issued_series,
    next_grade,
    points_to_next,
    next_unit,
    next_unit_grade,
    next_step,
    CASE greatest(combination_rank, figures_rank) WHEN 1 THEN 'documented' WHEN 2 THEN 'inferred' WHEN 3 THEN 'recollection' END AS confidence,
    CASE combination_rank WHEN 1 THEN 'documented' WHEN 2 THEN 'inferred' WHEN 3 THEN 'recollection' END AS combination_confidence,
    CASE figures_rank WHEN 1 THEN 'documented' WHEN 2 THEN 'inferred' WHEN 3 THEN 'recollection' END AS figures_confidence,
    CASE WHEN issued_grade IS NULL THEN NULL WHEN was_earlier THEN earlier_points ELSE points END AS points_at_award,
    CASE WHEN issued_grade IS NULL THEN NULL WHEN was_earlier THEN earlier_grade ELSE grade END AS grade_at_award,
    CASE
        WHEN NOT has_near_pass OR NOT coalesce(eligible, FALSE) THEN NULL
        WHEN NOT coalesce(eligible_without, FALSE) THEN FALSE
        WHEN known_without THEN rank_without > 1
    END AS stands_without_near_pass,
    issued_file_id,
    issued_line,
    embargo_until
FROM joined
