/*
summary = "A person's best result of one unit, over all seasons, carriers and candidate numbers."
reads = ["unit_attempts", "tracker", "units", "attempts", "seasons"]
publish = true
order = ["centre_number", "person_id", "unit_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
unit_code = "VARCHAR: the unit, 05838/01"
option_code = "VARCHAR: the unit as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
guided_learning_hours = "INTEGER: hours of the unit; NULL where the reference data do not say"
grade = "VARCHAR: the best grade; NULL where only the tracker says that the unit is achieved"
is_achieved = "BOOLEAN: the grade counts towards an award"
points = "INTEGER: what it is worth; 0 where not achieved, NULL where nobody says"
points_confidence = "VARCHAR: how sure the points are"
series = "VARCHAR: the series of that result, the earliest of equal ones"
season = "VARCHAR: its academic year"
window_from = "DATE: its window of award dates"
award_date = "DATE: day of the award"
attempts_seen = "INTEGER: results of the unit that are here, absences and results not issued left out"
attempts_maximum = "INTEGER: how often it may be taken; NULL where there is no limit"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file that says so"
line = "INTEGER: its line"
*/
WITH ranked AS (
    SELECT
        a.*,
        row_number() OVER (
            PARTITION BY a.centre_number, a.person_id, a.unit_code
            ORDER BY
                a.grade_rank DESC NULLS LAST,
                CASE WHEN a.is_attempt THEN 0 ELSE 1 END ASC NULLS LAST,
                a.season ASC NULLS LAST,
                a.window_from ASC NULLS FIRST,
                a.series ASC NULLS LAST,
                a.award_date ASC NULLS LAST,
                a.option_code ASC NULLS LAST,
                a.file_id ASC NULLS LAST,
                a.line ASC NULLS LAST
        ) AS place
    FROM unit_attempts AS a
),

-- one unit under two options of one series was taken once
taken AS (
    SELECT DISTINCT centre_number, person_id, unit_code, series, window_from
    FROM unit_attempts
    WHERE is_attempt
),

counted AS (
    SELECT centre_number, person_id, unit_code, count(*) AS attempts_seen
    FROM taken
    GROUP BY centre_number, person_id, unit_code
),

best AS (
    SELECT r.*, coalesce(c.attempts_seen, 0) AS attempts_seen
    FROM ranked AS r
    LEFT JOIN counted AS c
        ON c.centre_number = r.centre_number AND c.person_id = r.person_id AND c.unit_code = r.unit_code
    WHERE r.place = 1
),

-- the tracker keeps what earlier files said: it gives no grade, but that there is one
said AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code
            ORDER BY t.as_of ASC NULLS LAST, t.file_id ASC NULLS LAST, t.line ASC NULLS LAST, t.qualification_code ASC NULLS LAST
        ) AS place
    FROM tracker AS t
    WHERE t.unit_code IS NOT NULL AND t.status = 'result_achieved'
),

tracked AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.unit_code,
        u.option_code,
        coalesce(u.suite, s.suite) AS suite,
        coalesce(u.level, s.level) AS level,
        coalesce(u.subject, s.subject) AS subject,
        coalesce(u.assessment, s.assessment) AS assessment,
        u.guided_learning_hours AS glh,
        y.season,
        s.file_id,
        s.line
    FROM said AS s
    LEFT JOIN units AS u ON u.unit_code = s.unit_code
    LEFT JOIN seasons AS y ON s.as_of BETWEEN y.first_day AND y.last_day
    WHERE s.place = 1
),

both_sides AS (
    SELECT
        coalesce(b.centre_number, t.centre_number) AS centre_number,
        coalesce(b.person_id, t.person_id) AS person_id,
        coalesce(b.unit_code, t.unit_code) AS unit_code,
        coalesce(b.option_code, t.option_code) AS option_code,
        coalesce(b.suite, t.suite) AS suite,
        coalesce(b.level, t.level) AS level,
        coalesce(b.subject, t.subject) AS subject,
        coalesce(b.assessment, t.assessment) AS assessment,
        coalesce(b.glh, t.glh) AS glh,
        coalesce(b.attempts_seen, 0) AS attempts_seen,
        -- a failing result here and Result achieved there: what was achieved is not here
        t.unit_code IS NOT NULL AND coalesce(b.grade_rank, 0) = 0 AS is_by_tracker,
        b.grade,
        b.grade_rank,
        b.points,
        b.points_rank,
        b.series,
        b.season,
        t.season AS tracker_season,
        b.window_from,
        b.award_date,
        b.embargo_until,
        b.file_id,
        b.line,
        t.file_id AS tracker_file_id,
        t.line AS tracker_line
    FROM best AS b
    FULL OUTER JOIN tracked AS t
        ON t.centre_number = b.centre_number AND t.person_id = b.person_id AND t.unit_code = b.unit_code
)

SELECT
    s.centre_number,
    s.person_id,
    s.unit_code,
    s.option_code,
    s.suite,
    s.level,
    s.subject,
    s.assessment,
    s.glh AS guided_learning_hours,
    CASE WHEN s.is_by_tracker THEN NULL ELSE s.grade END AS grade,
    s.is_by_tracker OR s.grade_rank > 0 AS is_achieved,
    CASE WHEN s.is_by_tracker THEN NULL ELSE s.points END AS points,
    CASE
        WHEN s.is_by_tracker THEN NULL
        ELSE CASE s.points_rank WHEN 1 THEN 'documented' WHEN 2 THEN 'inferred' WHEN 3 THEN 'recollection' END
    END AS points_confidence,
    CASE WHEN s.is_by_tracker THEN NULL ELSE s.series END AS series,
    CASE WHEN s.is_by_tracker THEN s.tracker_season ELSE s.season END AS season,
    CASE WHEN s.is_by_tracker THEN NULL ELSE s.window_from END AS window_from,
    CASE WHEN s.is_by_tracker THEN NULL ELSE s.award_date END AS award_date,
    CAST(s.attempts_seen AS INTEGER) AS attempts_seen,
    a.maximum_attempts AS attempts_maximum,
    s.embargo_until,
    CASE WHEN s.is_by_tracker THEN s.tracker_file_id ELSE s.file_id END AS file_id,
    CASE WHEN s.is_by_tracker THEN s.tracker_line ELSE s.line END AS line
FROM both_sides AS s
LEFT JOIN attempts AS a ON a.suite = s.suite AND a.level = s.level AND a.assessment = s.assessment
