/*
summary = "Each mark of an examined unit, the grade beside it, and the range of the published boundaries that it lies in."
reads = ["latest_statements", "grade_boundaries"]
empty_without = [["grade_boundaries"]]
order = ["centre_number", "person_id", "series", "unit_code", "window_from", "carrier", "file_id", "line"]
# the rules that read it draw the tables beneath it in their cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
subject = "VARCHAR: subject"
unit_code = "VARCHAR: the unit"
option_code = "VARCHAR: the unit as EDI spells it"
window_from = "DATE: the window of award dates; NULL in a series that has none"
carrier = "VARCHAR: who states the mark"
mark = "DECIMAL(7,2): the final mark"
grade = "VARCHAR: the grade the same statement has; where it has none, the one that all others agree on"
grade_from = "DECIMAL(7,2): the least mark for that grade; NULL where the boundaries do not have it"
is_unclassified = "BOOLEAN: the grade is the one below all boundaries"
range_grade = "VARCHAR: the grade whose range the mark lies in; NULL below all boundaries"
range_from = "DECIMAL(7,2): its least mark; NULL below all boundaries"
next_grade = "VARCHAR: the grade of the next boundary above the mark; NULL above the highest"
next_from = "DECIMAL(7,2): that boundary"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the statement"
line = "INTEGER: its line"
*/
WITH stated AS (
    -- raw marks count against boundaries in Cambridge Technicals alone; where general qualifications have units the marks are uniform
    SELECT s.*
    FROM latest_statements AS s
    WHERE s.kind = 'unit' AND s.is_technical
),

results AS (
    SELECT
        centre_number,
        person_id,
        series,
        option_code,
        window_from,
        min(CASE WHEN grade NOT IN ('X', 'Q') AND is_on_scale IS DISTINCT FROM FALSE THEN grade END) AS least_grade,
        max(CASE WHEN grade NOT IN ('X', 'Q') AND is_on_scale IS DISTINCT FROM FALSE THEN grade END) AS greatest_grade,
        -- a grade given in spite of a missed part, or an assessed one, does not follow from the mark
        max(CASE WHEN partial_absence OR is_absent THEN 1 ELSE 0 END) AS missed
    FROM stated
    GROUP BY centre_number, person_id, series, option_code, window_from
),

graded AS (
    SELECT
        s.*,
        coalesce(s.grade, CASE WHEN r.least_grade = r.greatest_grade THEN r.least_grade END) AS said_grade
    FROM stated AS s
    INNER JOIN results AS r
        ON
            r.missed = 0 AND r.centre_number = s.centre_number AND r.person_id = s.person_id AND r.series = s.series
            AND r.option_code = s.option_code AND r.window_from IS NOT DISTINCT FROM s.window_from
    WHERE s.mark IS NOT NULL AND (s.grade IS NULL OR s.is_on_scale IS DISTINCT FROM FALSE)
),

boundaries AS (
    SELECT series, unit_code, minimum_mark, min(grade) AS grade
    FROM grade_boundaries
    WHERE state = 'stands' AND series IS NOT NULL
    GROUP BY series, unit_code, minimum_mark
),

ranges AS (
    SELECT
        b.series,
        b.unit_code,
        b.grade AS range_grade,
        b.minimum_mark AS range_from,
        lead(b.grade) OVER (PARTITION BY b.series, b.unit_code ORDER BY b.minimum_mark ASC NULLS LAST) AS next_grade,
        lead(b.minimum_mark) OVER (PARTITION BY b.series, b.unit_code ORDER BY b.minimum_mark ASC NULLS LAST) AS next_from,
        row_number() OVER (PARTITION BY b.series, b.unit_code ORDER BY b.minimum_mark ASC NULLS LAST) AS place
    FROM boundaries AS b
),

all_ranges AS (
    SELECT series, unit_code, range_grade, range_from, next_grade, next_from
    FROM ranges
    UNION ALL
    SELECT series, unit_code, CAST(NULL AS VARCHAR) AS range_grade, CAST(NULL AS DECIMAL(7, 2)) AS range_from, range_grade AS next_grade, range_from AS next_from
    FROM ranges
    WHERE place = 1
),

own AS (
    SELECT series, unit_code, grade, max(minimum_mark) AS grade_from
    FROM grade_boundaries
    WHERE state = 'stands' AND series IS NOT NULL
    GROUP BY series, unit_code, grade
)

SELECT
    g.centre_number,
    g.person_id,
    g.board,
    g.series,
    g.subject,
    g.unit_code,
    g.option_code,
    g.window_from,
    g.carrier,
    g.mark,
    g.said_grade AS grade,
    o.grade_from,
    g.said_grade IN ('U', 'Not Achieved') AS is_unclassified,
    r.range_grade,
    r.range_from,
    r.next_grade,
    r.next_from,
    g.embargo_until,
    g.file_id,
    g.line
FROM graded AS g
INNER JOIN all_ranges AS r
    ON
        r.series = g.series AND r.unit_code = g.unit_code
        AND (r.range_from IS NULL OR r.range_from <= g.mark)
        AND (r.next_from IS NULL OR g.mark < r.next_from)
LEFT JOIN own AS o ON o.series = g.series AND o.unit_code = g.unit_code AND o.grade = g.said_grade
WHERE g.said_grade NOT IN ('X', 'Q')
