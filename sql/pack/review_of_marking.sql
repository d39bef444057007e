/*
summary = "Marks of examined units that lie just beneath the boundary of a better grade."
title = "Review-of-marking candidates"
to = "board"
takes = ["near_boundary"]
takes_info = true
how = ["screen: Interchange > Post results > the service needed, Service 2 review of marking"]
before = """
1. These are candidates to think about, not requests: keep only the rows where a better grade would change something.
2. Tell the student that it costs a fee and that mark and grade may go down; get their written consent after the results are out, and write its day into consent_on.
3. A row without a day in consent_on is not sent."""
deadlines = ["priority review of marking", "review of marking"]
reads = ["asked", "unit_results", "deadlines"]

[columns]
centre_number = "identifier: centre number"
candidate_number = "identifier: the candidate number the school gives; several are set apart by a space"
ocr_candidate_number = "identifier: the eight-digit number Cambridge OCR gives; several are set apart by a space"
uci = "identifier: unique candidate identifier; several are set apart by a space"
surname = "text: surname, as most files spell it"
forenames = "text: forenames, as most files spell them"
board = "identifier: the awarding body's code in EDI"
qualification_code = "identifier: qualification, where it is about one"
unit_code = "identifier: unit, where it is about one"
option_code = "identifier: the unit or option as EDI and entries spell it"
series = "identifier: series, as in the names of the files: 6E26"
grade = "text: the grade issued"
mark = "decimal: the final mark"
maximum_mark = "decimal: the highest mark there is"
expected = "long: what the centre expected"
issued = "long: what was issued, or is missing"
consent_on = "date: to be filled in by the centre: the day of the student's written consent"
priority_until = "date: last day of the priority service, for those at Level 3 with a place at stake"
until = "date: last day of the service"
evidence_file = "text: the file the evidence is in"
evidence_line = "number: its line"
noticed_on = "date: the day the centre's files were judged by"
restricted = "text: RESTRICTED, where candidates may not be told yet, and until when"
goes_with_it = "long: what follows from it and is settled with it"
code = "identifier: the code of the finding; resultsday explain CODE says more"
reference = "identifier: our reference, to be quoted in the answer"
layout = "text: whose layout this is"
*/
WITH days AS (
    SELECT
        min(CASE WHEN d.service = 'priority review of marking' THEN d.deadline END) AS priority_until,
        min(CASE WHEN d.service = 'review of marking' THEN d.deadline END) AS review_until
    FROM deadlines AS d
    WHERE d.season = :season
),

latest AS (
    SELECT
        u.*,
        row_number() OVER (
            PARTITION BY u.centre_number, u.person_id, u.series, u.unit_code
            ORDER BY u.window_from DESC NULLS LAST, u.final_mark DESC NULLS LAST, u.option_code ASC NULLS LAST
        ) AS place
    FROM unit_results AS u
)

SELECT
    a.centre_number,
    a.candidate_number,
    a.ocr_candidate_number,
    a.uci,
    a.surname,
    a.forenames,
    a.board,
    a.qualification_code,
    a.unit_code,
    a.option_code,
    a.series,
    r.grade,
    r.final_mark AS mark,
    r.maximum_mark,
    a.expected,
    a.issued,
    CAST(NULL AS DATE) AS consent_on,
    CASE WHEN r.level = 3 THEN d.priority_until END AS priority_until,
    d.review_until AS until,
    a.evidence_file,
    a.evidence_line,
    a.noticed_on,
    a.restricted,
    a.goes_with_it,
    a.code,
    a.reference,
    'ours: made by resultsday, not a form of the awarding body' AS layout
FROM asked AS a
CROSS JOIN days AS d
LEFT JOIN latest AS r
    ON
        r.centre_number = a.centre_number AND r.person_id = a.person_id
        AND r.series = a.series AND r.unit_code = a.unit_code AND r.place = 1
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.qualification_code ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.candidate_number ASC NULLS FIRST,
    a.ocr_candidate_number ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
