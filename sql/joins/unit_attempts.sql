/*
summary = "Every result of a Cambridge Technicals unit, X and Q left out, with what it is worth."
reads = ["unit_results", "units", "unit_points", "series_seen"]
order = ["centre_number", "person_id", "unit_code", "season", "series", "window_from", "option_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
unit_code = "VARCHAR: the unit, 05838/01"
option_code = "VARCHAR: the unit as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
glh = "INTEGER: guided learning hours; NULL where the reference data do not say"
season = "VARCHAR: the academic year of the series"
series = "VARCHAR: the series"
window_from = "DATE: the window of award dates"
award_date = "DATE: day of the award"
grade = "VARCHAR: the grade"
grade_rank = "INTEGER: 4 distinction, 3 merit, 2 pass, 1 near pass, 0 not achieved"
points = "INTEGER: what the grade is worth; NULL where the reference data do not say"
points_rank = "INTEGER: confidence of the points: 1 documented, 2 inferred, 3 recollection"
is_attempt = "BOOLEAN: not absent"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the strongest statement"
line = "INTEGER: its line"
*/
WITH known AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.unit_code,
        r.option_code,
        coalesce(u.suite, r.suite) AS suite,
        coalesce(u.level, r.level) AS level,
        coalesce(u.subject, r.subject) AS subject,
        coalesce(u.assessment, r.assessment) AS assessment,
        u.guided_learning_hours AS glh,
        e.season,
        r.series,
        r.window_from,
        r.award_date,
        r.grade,
        NOT coalesce(r.is_absent, FALSE) AS is_attempt,
        r.embargo_until,
        r.file_id,
        r.line
    FROM unit_results AS r
    LEFT JOIN units AS u ON u.unit_code = r.unit_code
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM r.board AND e.series = r.series
    -- X and Q are no result
    WHERE r.is_technical AND r.unit_code IS NOT NULL AND coalesce(r.grade, 'U') NOT IN ('X', 'Q')
),

ranked AS (
    SELECT
        k.*,
        CASE
            WHEN NOT k.is_attempt THEN 0
            WHEN k.grade = 'D' THEN 4
            WHEN k.grade = 'M' THEN 3
            WHEN k.grade = 'P' THEN 2
            -- a near pass counts in the examined units of Level 3, and Achieved in those of Level 2, alone
            WHEN k.grade = 'Achieved' AND coalesce(k.assessment, 'examined') = 'examined' AND coalesce(k.level, 2) = 2 THEN 2
            WHEN k.grade = 'R' AND coalesce(k.assessment, 'examined') = 'examined' AND coalesce(k.level, 3) = 3 THEN 1
            ELSE 0
        END AS grade_rank
    FROM known AS k
)

SELECT
    r.centre_number,
    r.person_id,
    r.unit_code,
    r.option_code,
    r.suite,
    r.level,
    r.subject,
    r.assessment,
    r.glh,
    r.season,
    r.series,
    r.window_from,
    r.award_date,
    r.grade,
    CAST(r.grade_rank AS INTEGER) AS grade_rank,
    CASE WHEN r.grade_rank = 0 THEN 0 ELSE p.points END AS points,
    CASE p.confidence WHEN 'documented' THEN 1 WHEN 'inferred' THEN 2 WHEN 'recollection' THEN 3 END AS points_rank,
    r.is_attempt,
    r.embargo_until,
    r.file_id,
    r.line
FROM ranked AS r
LEFT JOIN unit_points AS p
    ON
        p.suite = r.suite AND p.level = r.level AND p.guided_learning_hours = r.glh AND p.grade = r.grade
        AND r.grade_rank > 0
