/*
summary = "The units each person has achieved, by whichever carrier says so, one row a season."
reads = ["latest_statements", "series_seen", "seasons"]
order = ["centre_number", "person_id", "unit_code", "season"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
unit_code = "VARCHAR: the unit, 05838/01"
option_code = "VARCHAR: the unit as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
season = "VARCHAR: the academic year of the series it was achieved in, else of the award; NULL where neither is known"
grade = "VARCHAR: the grade, as the first of the statements gives it"
file_id = "VARCHAR: the file of that statement"
line = "INTEGER: its line"
*/
WITH achieving AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.unit_code,
        s.option_code,
        s.suite,
        s.level,
        s.subject,
        s.assessment,
        coalesce(e.season, made.season) AS season,
        s.grade,
        s.file_id,
        s.line
    FROM latest_statements AS s
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series
    LEFT JOIN seasons AS made ON s.award_date BETWEEN made.first_day AND made.last_day
    WHERE
        s.kind = 'unit'
        AND s.is_technical
        AND (
            s.grade IN ('P', 'M', 'D', 'Achieved')
            -- a near pass counts in the examined units of Level 3 alone
            OR (s.grade = 'R' AND coalesce(s.assessment, 'examined') = 'examined' AND coalesce(s.level, 3) = 3)
        )
),

ranked AS (
    SELECT
        a.*,
        row_number() OVER (
            PARTITION BY a.centre_number, a.person_id, a.unit_code, a.season
            ORDER BY a.file_id ASC NULLS LAST, a.line ASC NULLS LAST, a.grade ASC NULLS LAST, a.option_code ASC NULLS LAST
        ) AS place
    FROM achieving AS a
)

SELECT
    centre_number,
    person_id,
    unit_code,
    option_code,
    suite,
    level,
    subject,
    assessment,
    season,
    grade,
    file_id,
    line
FROM ranked
WHERE place = 1
