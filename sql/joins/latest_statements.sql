/*
summary = "The latest standing statement of each carrier for one result; several where the carrier ties with itself."
reads = ["results_by_carrier"]
order = ["centre_number", "person_id", "series", "option_code", "kind", "window_from", "carrier", "file_id", "line"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
kind = "VARCHAR: unit or qualification"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification; of a report's unit row, the one it is listed under"
unit_code = "VARCHAR: of a unit"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of award dates"
window_to = "DATE: its last day"
carrier = "VARCHAR: who says it"
grade_as_sent = "VARCHAR: as sent"
grade = "VARCHAR: decoded"
is_on_scale = "BOOLEAN: the gradeset offers it"
mark = "DECIMAL(7,2): final mark"
raw_mark = "DECIMAL(7,2): before special consideration"
special_consideration_tariff = "DECIMAL(7,2): percent"
special_consideration_mark = "DECIMAL(7,2): marks added"
maximum_mark = "DECIMAL(7,2): highest mark there is"
award_date = "DATE: day of the award"
is_absent = "BOOLEAN: absent"
partial_absence = "BOOLEAN: part was missed"
is_truncated = "BOOLEAN: from a file that is not whole"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH ranked AS (
    SELECT
        r.*,
        rank() OVER (
            -- two boards may give one number to two qualifications; Cambridge Technicals come under either of one board's numbers
            PARTITION BY
                r.centre_number, r.person_id, CASE WHEN r.is_technical THEN '72' ELSE r.board END,
                r.series, r.option_code, r.kind, r.window_from, r.carrier
            ORDER BY
                r.stated_on DESC NULLS LAST,
                CASE WHEN r.carrier IN ('edi', 'xml') THEN r.sequence END DESC NULLS LAST,
                CASE WHEN r.carrier = 'achievement' THEN r.award_date END DESC NULLS LAST
        ) AS age
    FROM results_by_carrier AS r
    WHERE r.superseded_by IS NULL
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    kind,
    option_code,
    qualification_code,
    unit_code,
    suite,
    level,
    subject,
    assessment,
    is_technical,
    window_from,
    window_to,
    carrier,
    grade_as_sent,
    grade,
    is_on_scale,
    mark,
    raw_mark,
    special_consideration_tariff,
    special_consideration_mark,
    maximum_mark,
    award_date,
    is_absent,
    partial_absence,
    is_truncated,
    embargo_until,
    file_id,
    line
FROM ranked
WHERE age = 1
