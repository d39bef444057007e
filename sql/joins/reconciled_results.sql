/*
summary = "Each result that somebody states, with the grade of every carrier, which of them should have it and have not, and how they agree."
reads = ["latest_statements", "folded_results", "coverage", "edi_gaps", "report_gaps", "basedata_gaps", "withheld_results", "claim_answers", "candidates"]
order = ["centre_number", "person_id", "kind", "code", "option_code", "series", "window_from"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
kind = "VARCHAR: unit or qualification"
code = "VARCHAR: the unit or the qualification; of a general qualification the option"
option_code = "VARCHAR: the option as EDI spells it"
unit_code = "VARCHAR: of a unit"
qualification_code = "VARCHAR: of an award"
subject = "VARCHAR: subject"
is_technical = "BOOLEAN: Cambridge Technicals"
series = "VARCHAR: the series"
window_from = "DATE: the window of award dates"
grade = "VARCHAR: folded over the carriers"
in_edi = "BOOLEAN: EDI states it; FALSE where an EDI file that should does not; NULL where none speaks of it"
in_xml = "BOOLEAN: likewise XML"
in_achievement = "BOOLEAN: likewise the achievement report"
in_marks = "BOOLEAN: likewise the marks report"
edi_grade = "VARCHAR: the grade in EDI; two where its latest files differ"
xml_grade = "VARCHAR: the grade in XML"
achievement_grade = "VARCHAR: the grade in the achievement report"
marks_grade = "VARCHAR: the grade in the marks report"
state = "VARCHAR: as in reconciliation"
cause = "VARCHAR: as in reconciliation"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the strongest statement"
line = "INTEGER: its line"
*/
WITH spoken AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.series,
        s.kind,
        s.option_code,
        s.window_from,
        s.carrier,
        s.grade,
        s.mark,
        -- X and Q are no grade, and what its scale does not offer is silence
        CASE
            WHEN s.grade IN ('X', 'Q') OR s.is_on_scale IS NOT DISTINCT FROM FALSE THEN NULL
            WHEN s.is_on_scale IS NULL AND s.grade = '*' THEN 'A*'
            ELSE s.grade
        END AS comparable
    FROM latest_statements AS s
),

carriers AS (
    SELECT
        centre_number,
        person_id,
        series,
        kind,
        option_code,
        window_from,
        max(CASE WHEN carrier = 'edi' THEN 1 ELSE 0 END) AS by_edi,
        max(CASE WHEN carrier = 'xml' THEN 1 ELSE 0 END) AS by_xml,
        max(CASE WHEN carrier = 'achievement' THEN 1 ELSE 0 END) AS by_achievement,
        max(CASE WHEN carrier = 'marks' THEN 1 ELSE 0 END) AS by_marks,
        min(CASE WHEN carrier = 'edi' THEN grade END) AS edi_grade,
        max(CASE WHEN carrier = 'edi' THEN grade END) AS other_edi_grade,
        min(CASE WHEN carrier = 'xml' THEN grade END) AS xml_grade,
        max(CASE WHEN carrier = 'xml' THEN grade END) AS other_xml_grade,
        min(CASE WHEN carrier = 'achievement' THEN grade END) AS achievement_grade,
        max(CASE WHEN carrier = 'achievement' THEN grade END) AS other_achievement_grade,
        min(CASE WHEN carrier = 'marks' THEN grade END) AS marks_grade,
        max(CASE WHEN carrier = 'marks' THEN grade END) AS other_marks_grade,
        max(CASE WHEN grade IN ('X', 'Q') THEN grade END) AS letter,
        coalesce(min(comparable) <> max(comparable), FALSE) AS grades_differ,
        -- EDI has whole marks only: a half that another carrier has is no difference
        (
            coalesce(min(CASE WHEN carrier = 'edi' THEN mark END) <> max(CASE WHEN carrier = 'edi' THEN mark END), FALSE)
            OR coalesce(min(CASE WHEN carrier <> 'edi' THEN mark END) <> max(CASE WHEN carrier <> 'edi' THEN mark END), FALSE)
            OR coalesce(abs(min(CASE WHEN carrier = 'edi' THEN mark END) - min(CASE WHEN carrier <> 'edi' THEN mark END)) >= 1, FALSE)
        ) AS marks_differ
    FROM spoken
    GROUP BY centre_number, person_id, series, kind, option_code, window_from
),

results AS (
    SELECT
        f.centre_number,
        f.person_id,
        f.board,
        f.kind,
        f.option_code,
        f.unit_code,
        f.qualification_code,
        f.subject,
        f.is_technical,
        f.assessment,
        f.series,
        f.window_from,
        f.grade,
        f.is_absent,
        f.embargo_until,
        f.file_id,
        f.line,
        c.by_edi,
        c.by_xml,
        c.by_achievement,
        c.by_marks,
        (c.edi_grade || CASE WHEN c.other_edi_grade <> c.edi_grade THEN (' and ' || c.other_edi_grade) ELSE '' END) AS edi_grade,
        (c.xml_grade || CASE WHEN c.other_xml_grade <> c.xml_grade THEN (' and ' || c.other_xml_grade) ELSE '' END) AS xml_grade,
        (
            c.achievement_grade
            || CASE WHEN c.other_achievement_grade <> c.achievement_grade THEN (' and ' || c.other_achievement_grade) ELSE '' END
        ) AS achievement_grade,
        (c.marks_grade || CASE WHEN c.other_marks_grade <> c.marks_grade THEN (' and ' || c.other_marks_grade) ELSE '' END) AS marks_grade,
        c.letter,
        c.grades_differ,
        c.marks_differ,
        -- one result that EDI and the report place in two windows
        (
            c.by_edi + c.by_achievement = 1
            AND sum(c.by_edi) OVER one_option = 1
            AND sum(c.by_achievement) OVER one_option = 1
            AND min(f.grade) OVER one_option = max(f.grade) OVER one_option
        ) AS is_in_two_windows
    FROM folded_results AS f
    INNER JOIN carriers AS c
        ON
            c.centre_number = f.centre_number AND c.person_id = f.person_id AND c.series IS NOT DISTINCT FROM f.series
            AND c.kind = f.kind AND c.option_code IS NOT DISTINCT FROM f.option_code
            AND c.window_from IS NOT DISTINCT FROM f.window_from
    WINDOW one_option AS (PARTITION BY f.centre_number, f.person_id, f.series, f.kind, f.option_code)
),

-- of a general qualification every whole file of its board and series should have it
board_files AS (
    SELECT
        centre_number,
        board,
        series,
        max(CASE WHEN carrier = 'edi' THEN 1 ELSE 0 END) AS by_edi,
        max(CASE WHEN carrier = 'xml' THEN 1 ELSE 0 END) AS by_xml
    FROM coverage
    WHERE carrier IN ('edi', 'xml')
    GROUP BY centre_number, board, series
),

marks_reports AS (
    SELECT DISTINCT centre_number, series, unit_code
    FROM coverage
    WHERE carrier = 'marks'
),

gaps AS (
    SELECT
        centre_number,
        person_id,
        series,
        option_code,
        window_from,
        min(CASE WHEN is_in_edi THEN 1 ELSE 0 END) AS is_in_edi,
        max(CASE WHEN rank = 1 THEN cause END) AS first_cause,
        min(cause) AS cause
    FROM edi_gaps
    GROUP BY centre_number, person_id, series, option_code, window_from
),

unreported AS (
    SELECT DISTINCT centre_number, person_id, series, option_code
    FROM report_gaps
    WHERE is_missing
),

unlisted AS (
    SELECT DISTINCT centre_number, board, series, option_code
    FROM basedata_gaps
    WHERE is_missing
),

standing_letters AS (
    SELECT DISTINCT
        letter,
        centre_number,
        person_id,
        series,
        coalesce(option_code, qualification_code) AS option_code
    FROM withheld_results
    WHERE is_withheld
),

answered_claims AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        result_series AS series,
        result_window_from AS window_from,
        max(CASE WHEN claimed_grade <> result_grade THEN 1 ELSE 0 END) AS is_other_grade
    FROM claim_answers
    WHERE outcome = 'answered'
    GROUP BY centre_number, person_id, unit_code, result_series, result_window_from
),

weighed AS (
    SELECT
        r.*,
        r.by_edi + r.by_xml + r.by_achievement + r.by_marks AS carriers_saying,
        coalesce(g.is_in_edi = 0, FALSE) AS is_not_in_edi,
        coalesce(g.first_cause, g.cause) AS edi_cause,
        (u.person_id IS NOT NULL AND r.by_achievement = 0) AS is_not_in_report,
        (b.option_code IS NOT NULL AND r.by_edi + r.by_xml > 0) AS is_not_in_basedata,
        l.letter IS NOT NULL AS is_withheld,
        coalesce(a.is_other_grade, 0) = 1 AS is_claimed_otherwise,
        coalesce(strpos(n.ocr_candidate_number, ' ') > 0, FALSE) AS has_two_records,
        NOT r.is_technical AND coalesce(f.by_edi, 0) = 1 AS edi_covers,
        NOT r.is_technical AND coalesce(f.by_xml, 0) = 1 AS xml_covers,
        (r.is_technical AND r.assessment IS DISTINCT FROM 'moderated' AND m.unit_code IS NOT NULL) AS marks_cover
    FROM results AS r
    LEFT JOIN gaps AS g
        ON
            g.centre_number = r.centre_number AND g.person_id = r.person_id AND g.series = r.series
            AND g.option_code = r.option_code AND g.window_from IS NOT DISTINCT FROM r.window_from AND r.by_edi = 0
    LEFT JOIN unreported AS u
        ON u.centre_number = r.centre_number AND u.person_id = r.person_id AND u.series = r.series AND u.option_code = r.option_code
    LEFT JOIN unlisted AS b
        ON b.centre_number = r.centre_number AND b.board IS NOT DISTINCT FROM r.board AND b.series = r.series AND b.option_code = r.option_code
    LEFT JOIN standing_letters AS l
        ON
            l.letter = r.letter AND l.centre_number = r.centre_number AND l.person_id = r.person_id
            AND l.series IS NOT DISTINCT FROM r.series AND l.option_code = r.option_code
    LEFT JOIN answered_claims AS a
        ON
            a.centre_number = r.centre_number AND a.person_id = r.person_id AND a.unit_code = r.unit_code
            AND a.series IS NOT DISTINCT FROM r.series AND a.window_from IS NOT DISTINCT FROM r.window_from
    LEFT JOIN candidates AS n ON n.centre_number = r.centre_number AND n.person_id = r.person_id
    LEFT JOIN board_files AS f ON f.centre_number = r.centre_number AND f.board IS NOT DISTINCT FROM r.board AND f.series = r.series
    LEFT JOIN marks_reports AS m ON m.centre_number = r.centre_number AND m.series = r.series AND m.unit_code = r.unit_code
),

judged AS (
    SELECT
        w.*,
        CASE
            -- a file that lacks it comes first: the grades stand side by side whatever the state
            WHEN w.is_not_in_edi AND w.edi_cause = 'row_rejected' THEN 'not_imported'
            WHEN w.is_not_in_edi THEN 'not_in_edi'
            WHEN w.grades_differ OR w.marks_differ OR (w.letter IS NOT NULL AND w.grade NOT IN ('X', 'Q') AND w.is_withheld) THEN 'differs'
            WHEN w.is_absent AND (w.grade IS NULL OR w.grade IN ('U', 'Not Achieved', 'X', 'Q')) THEN 'absent'
            WHEN w.grade IN ('X', 'Q') AND w.is_withheld THEN 'withheld'
            WHEN w.grade IN ('X', 'Q') THEN 'settled'
            WHEN w.is_not_in_basedata THEN 'not_imported'
            WHEN w.is_not_in_report THEN 'not_in_report'
            WHEN w.carriers_saying > 1 THEN 'agreed'
            ELSE 'in_one_carrier'
        END AS state
    FROM weighed AS w
)

SELECT
    centre_number,
    person_id,
    board,
    kind,
    CASE
        WHEN NOT is_technical THEN option_code
        WHEN kind = 'unit' THEN coalesce(unit_code, option_code)
        ELSE coalesce(qualification_code, option_code)
    END AS code,
    option_code,
    unit_code,
    qualification_code,
    subject,
    is_technical,
    series,
    window_from,
    grade,
    CASE WHEN by_edi = 1 THEN TRUE WHEN is_not_in_edi OR edi_covers THEN FALSE END AS in_edi,
    CASE WHEN by_xml = 1 THEN TRUE WHEN xml_covers THEN FALSE END AS in_xml,
    CASE WHEN by_achievement = 1 THEN TRUE WHEN is_not_in_report THEN FALSE END AS in_achievement,
    CASE WHEN by_marks = 1 THEN TRUE WHEN marks_cover THEN FALSE END AS in_marks,
    edi_grade,
    xml_grade,
    achievement_grade,
    marks_grade,
    state,
    CASE
        WHEN state = 'differs' AND grades_differ THEN 'grades_differ'
        WHEN state = 'differs' AND marks_differ THEN 'marks_differ'
        WHEN state IN ('differs', 'withheld') AND letter = 'Q' THEN 'pending_at_board'
        WHEN state IN ('differs', 'withheld') THEN 'no_result_issued'
        WHEN state = 'absent' THEN 'absent'
        WHEN state = 'not_in_edi' THEN edi_cause
        WHEN state = 'not_imported' AND is_not_in_edi THEN edi_cause
        WHEN state = 'not_imported' THEN 'element_not_in_basedata'
        WHEN state = 'not_in_report' AND has_two_records THEN 'duplicate_record'
        WHEN state = 'not_in_report' THEN 'unknown'
        WHEN state IN ('agreed', 'in_one_carrier') AND is_claimed_otherwise THEN 'claimed_at_other_grade'
        WHEN state = 'in_one_carrier' AND is_in_two_windows THEN 'other_window'
    END AS cause,
    embargo_until,
    file_id,
    line
FROM judged
