/*
summary = "Each result that differs from the run before, carrier by carrier: what it was, what it is, up or down; new or withdrawn in a reissue."
reads = ["results_compared", "results_by_carrier", "grade_steps"]
empty_without = [["results_compared"]]
publish = true
order = ["centre_number", "person_id", "series", "option_code", "kind", "window_from", "carrier", "comparison", "compared", "file_id", "line", "previous_file_id", "previous_line", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: edi, xml, achievement or marks"
person_id = "VARCHAR: the person, as known now"
comparison = "VARCHAR: changed, added (new in a reissue or in a further file of a series and window that were here) or withdrawn (gone in a reissue of its file)"
compared = "VARCHAR: what differs: grade, mark or absence; result where it is added or withdrawn"
before = "VARCHAR: its value in the run before"
after = "VARCHAR: its value now"
direction = "VARCHAR: up, down, other (not on one scale: X and Q, an absence), new or withdrawn"
is_older = "BOOLEAN: what stands now is older than what stood: the newer file is not here any more"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
series_as_sent = "VARCHAR: as sent"
kind = "VARCHAR: unit or qualification"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification; of a report's unit row, the one it is listed under"
unit_code = "VARCHAR: of a unit"
subject = "VARCHAR: subject"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of award dates"
grade_as_sent = "VARCHAR: as sent; of a withdrawn result, as it was sent"
grade = "VARCHAR: decoded, likewise"
mark = "DECIMAL(7,2): final mark, likewise"
award_date = "DATE: day of the award, likewise"
partial_absence = "BOOLEAN: part was missed, likewise"
is_absent = "BOOLEAN: absent, likewise"
superseded_by = "VARCHAR: the file that replaces the one that said it before, where that is still here"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file that says it now; of a withdrawn result, the reissue that does not"
line = "INTEGER: its line; NULL of a withdrawn result"
previous_file_id = "VARCHAR: the file that said it in the run before"
previous_line = "INTEGER: its line there"
*/
WITH differing AS (
    SELECT
        c.*,
        CASE
            WHEN n.step > b.step THEN 'up'
            WHEN n.step < b.step THEN 'down'
            WHEN c.mark > c.previous_mark THEN 'up'
            WHEN c.mark < c.previous_mark THEN 'down'
            ELSE 'other'
        END AS grade_direction,
        CASE WHEN c.mark > c.previous_mark THEN 'up' WHEN c.mark < c.previous_mark THEN 'down' ELSE 'other' END AS mark_direction
    FROM results_compared AS c
    LEFT JOIN grade_steps AS n ON n.is_technical = c.is_technical AND n.grade = c.grade
    LEFT JOIN grade_steps AS b ON b.is_technical = c.is_technical AND b.grade = c.previous_grade
    WHERE c.comparison <> 'same'
),

replaced AS (
    SELECT DISTINCT file_id, centre_number, series, superseded_by
    FROM results_by_carrier
    WHERE superseded_by IS NOT NULL
),

told AS (
    SELECT d.*, 'grade' AS compared, d.previous_grade AS before, d.grade AS after, d.grade_direction AS direction
    FROM differing AS d
    WHERE d.comparison = 'changed' AND d.grade IS DISTINCT FROM d.previous_grade
    UNION ALL
    SELECT
        d.*,
        'mark' AS compared,
        CAST(d.previous_mark AS VARCHAR) AS before,
        CAST(d.mark AS VARCHAR) AS after,
        d.mark_direction AS direction
    FROM differing AS d
    WHERE d.comparison = 'changed' AND d.mark IS DISTINCT FROM d.previous_mark
    UNION ALL
    SELECT
        d.*,
        'absence' AS compared,
        CASE WHEN d.previous_is_absent THEN 'absent' ELSE 'present' END AS before,
        CASE WHEN d.is_absent THEN 'absent' ELSE 'present' END AS after,
        'other' AS direction
    FROM differing AS d
    WHERE d.comparison = 'changed' AND d.is_absent IS DISTINCT FROM d.previous_is_absent
    UNION ALL
    SELECT
        d.*,
        'result' AS compared,
        CASE
            WHEN d.comparison = 'withdrawn'
                THEN coalesce(d.grade, CASE WHEN d.is_absent THEN 'absent' END, CAST(d.mark AS VARCHAR))
        END AS before,
        CASE
            WHEN d.comparison = 'added'
                THEN coalesce(d.grade, CASE WHEN d.is_absent THEN 'absent' END, CAST(d.mark AS VARCHAR))
        END AS after,
        CASE d.comparison WHEN 'added' THEN 'new' ELSE 'withdrawn' END AS direction
    FROM differing AS d
    WHERE d.comparison IN ('added', 'withdrawn')
)

SELECT
    t.centre_number,
    t.carrier,
    t.person_id,
    t.comparison,
    t.compared,
    t.before,
    t.after,
    t.direction,
    t.is_older,
    t.board,
    t.series,
    t.series_as_sent,
    t.kind,
    t.option_code,
    t.qualification_code,
    t.unit_code,
    t.subject,
    t.is_technical,
    t.window_from,
    t.grade_as_sent,
    t.grade,
    t.mark,
    t.award_date,
    t.partial_absence,
    t.is_absent,
    r.superseded_by,
    t.embargo_until,
    t.file_id,
    t.line,
    t.previous_file_id,
    t.previous_line
FROM told AS t
LEFT JOIN replaced AS r
    ON r.file_id = t.previous_file_id AND r.centre_number = t.centre_number AND r.series = t.series
