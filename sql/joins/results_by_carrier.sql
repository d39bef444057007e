/*
summary = "Every statement of every carrier about a result; nothing is lost."
reads = ["placed_results", "person_lines", "file_windows", "award_windows", "report_award_dates", "reissues", "series_seen", "gradesets", "grade_decodings", "file_pairs"]
publish = true
order = ["centre_number", "person_id", "series", "option_code", "carrier", "file_id", "line", "kind", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: edi, xml, achievement or marks"
person_id = "VARCHAR: the person"
candidate_number = "VARCHAR: the candidate number the line gives"
ocr_candidate_number = "VARCHAR: the OCR candidate number the line gives: a person with two has units under each"
board = "VARCHAR: awarding body, two characters"
series = "VARCHAR: the canonical code: 6I26 is 9I25"
series_as_sent = "VARCHAR: what the file says"
kind = "VARCHAR: unit or qualification"
option_code = "VARCHAR: the option the result is for, as EDI spells it"
entry_option_code = "VARCHAR: the option entered, where the statement names it"
qualification_code = "VARCHAR: of an award, the qualification; of a report's unit row, the one it is listed under"
unit_code = "VARCHAR: of a unit, 05838/01"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: first day of the window of award dates, in an annual series"
window_to = "DATE: last day of that window"
gradeset = "VARCHAR: the scale the grade is read by"
grade_as_sent = "VARCHAR: the characters in the file"
grade = "VARCHAR: decoded by gradeset; as sent where nothing decodes it"
is_on_scale = "BOOLEAN: the grade is one its gradeset offers, X or Q; NULL where the gradeset is not known or there is no grade"
second_grade_as_sent = "VARCHAR: of a double award in EDI"
first_endorsement_as_sent = "VARCHAR: as sent"
second_endorsement_as_sent = "VARCHAR: as sent"
mark = "DECIMAL(7,2): final mark"
raw_mark = "DECIMAL(7,2): before special consideration"
special_consideration_tariff = "DECIMAL(7,2): percent of the maximum mark"
special_consideration_mark = "DECIMAL(7,2): marks added"
maximum_mark = "DECIMAL(7,2): highest mark there is"
award_date = "DATE: day of the award"
partial_absence = "BOOLEAN: part of the assessment was missed"
is_absent = "BOOLEAN: absent"
stated_on = "DATE: day of the statement"
sequence = "INTEGER: sequence number of the file"
is_truncated = "BOOLEAN: the file is not whole"
superseded_by = "VARCHAR: the file that replaces this statement's file; NULL where it stands"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before; NULL where there is no embargo"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH people AS (
    SELECT r.*, p.person_id, p.candidate_number, p.ocr_candidate_number
    FROM placed_results AS r
    INNER JOIN person_lines AS p ON p.file_id = r.file_id AND p.line = r.line AND p.centre_number = r.centre_number
),

window_counts AS (
    SELECT file_id, centre_number, series, count(*) AS windows, max(window_from) AS last_from
    FROM file_windows
    GROUP BY file_id, centre_number, series
),

-- of a file that speaks for several windows, a row's own: where the report dates it, else where a replaced file had it, else the last
dated_rows AS (
    SELECT w.file_id, w.centre_number, w.series, d.person_id, d.option_code, max(w.window_from) AS window_from
    FROM file_windows AS w
    INNER JOIN window_counts AS n
        ON n.file_id = w.file_id AND n.centre_number = w.centre_number AND n.series = w.series AND n.windows > 1
    INNER JOIN report_award_dates AS d
        ON d.centre_number = w.centre_number AND d.series = w.series AND d.window_from = w.window_from
    GROUP BY w.file_id, w.centre_number, w.series, d.person_id, d.option_code
),

replaced_rows AS (
    SELECT r.superseded_by AS file_id, p.centre_number, p.series, p.person_id, p.option_code, max(w.window_from) AS window_from
    FROM reissues AS r
    INNER JOIN window_counts AS n
        ON n.file_id = r.superseded_by AND n.centre_number = r.centre_number AND n.series = r.series AND n.windows > 1
    INNER JOIN file_windows AS w ON w.file_id = r.file_id AND w.centre_number = r.centre_number AND w.series = r.series
    INNER JOIN file_pairs AS p ON p.file_id = r.file_id AND p.centre_number = r.centre_number AND p.series = r.series
    GROUP BY r.superseded_by, p.centre_number, p.series, p.person_id, p.option_code
),

windowed AS (
    SELECT
        p.*,
        CASE
            WHEN p.carrier = 'edi' AND n.windows > 1 THEN coalesce(d.window_from, o.window_from, n.last_from)
            WHEN p.carrier = 'edi' THEN n.last_from
            WHEN p.carrier = 'achievement' THEN a.window_from
        END AS window_from
    FROM people AS p
    LEFT JOIN window_counts AS n ON n.file_id = p.file_id AND n.centre_number = p.centre_number AND n.series = p.series
    LEFT JOIN dated_rows AS d
        ON
            d.file_id = p.file_id AND d.centre_number = p.centre_number AND d.series = p.series
            AND d.person_id = p.person_id AND d.option_code = p.option_code
    LEFT JOIN replaced_rows AS o
        ON
            o.file_id = p.file_id AND o.centre_number = p.centre_number AND o.series = p.series
            AND o.person_id = p.person_id AND o.option_code = p.option_code
    LEFT JOIN award_windows AS a
        ON
            p.carrier = 'achievement' AND a.board IS NOT DISTINCT FROM p.board AND a.series = p.series
            AND p.award_date BETWEEN a.window_from AND a.window_to
)

SELECT
    w.centre_number,
    w.carrier,
    w.person_id,
    w.candidate_number,
    w.ocr_candidate_number,
    w.board,
    w.series,
    w.series_as_sent,
    w.kind,
    w.option_code,
    w.entry_option_code,
    w.qualification_code,
    w.unit_code,
    w.suite,
    w.level,
    w.subject,
    w.assessment,
    w.is_technical,
    w.window_from,
    a.window_to,
    g.gradeset,
    w.grade_as_sent,
    -- every scale that has a star grade spells it * in EDI's two characters
    CASE
        WHEN g.gradeset IS NULL AND w.grade_as_sent = '*' THEN 'A*'
        -- and a double award of numbers has no hyphen in them
        WHEN g.gradeset IS NULL AND regexp_extract(w.grade_as_sent, '^([1-9]-[1-9])$', 1) <> '' THEN replace(w.grade_as_sent, '-', '')
        ELSE coalesce(d.grade, w.grade_as_sent)
    END AS grade,
    CASE
        WHEN w.grade_as_sent IS NULL THEN NULL
        WHEN w.grade_as_sent IN ('X', 'Q') THEN TRUE
        WHEN g.gradeset IS NULL THEN NULL
        ELSE d.grade IS NOT NULL
    END AS is_on_scale,
    w.second_grade_as_sent,
    w.first_endorsement_as_sent,
    w.second_endorsement_as_sent,
    w.mark,
    w.raw_mark,
    w.special_consideration_tariff,
    w.special_consideration_mark,
    w.maximum_mark,
    w.award_date,
    w.partial_absence,
    w.is_absent,
    w.stated_on,
    w.sequence,
    w.is_truncated,
    s.superseded_by,
    -- of a series that nobody can make out, nobody knows from when it may be told
    CASE
        WHEN e.series IS NULL AND NOT coalesce(w.is_technical, FALSE) THEN CAST('9999-12-31 00:00:00+00' AS TIMESTAMP WITH TIME ZONE)
        ELSE e.embargo_until
    END AS embargo_until,
    w.file_id,
    w.line
FROM windowed AS w
LEFT JOIN award_windows AS a
    ON a.board IS NOT DISTINCT FROM w.board AND a.series = w.series AND a.window_from = w.window_from
LEFT JOIN gradesets AS g
    ON
        g.board IS NOT DISTINCT FROM w.board AND g.series IS NOT DISTINCT FROM w.series
        AND g.option_code = w.option_code AND g.kind = w.kind
LEFT JOIN grade_decodings AS d ON d.gradeset = g.gradeset AND d.code = upper(w.grade_as_sent)
LEFT JOIN reissues AS s
    ON
        s.file_id = w.file_id AND s.centre_number = w.centre_number AND s.series = w.series AND s.is_latest
LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM w.board AND e.series = w.series
