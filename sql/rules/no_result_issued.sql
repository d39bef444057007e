/*
severity = "error"
owner = "centre"
summary = "The board says that it issues no result."
message = "{item} in {series}: {found}."
action = """
1. Look the student up in the attendance register: if they were absent, that is why; apply for special consideration or enter them again.
2. If they sat the exam or the work was sent, look them up on Interchange under every OCR candidate number they have.
3. If the grade is there, give it from the report and take the next Monday's EDI file.
4. If not, ask for it today: Interchange > Post results > Missing and incomplete results, or 01223 553998."""
why = "The student was absent, the work did not arrive, or it lies under another record of the same student."
source = "Cambridge Technicals grade scales: X, no result"
population = "results that a carrier has a grade, X or Q for"
reads = ["withheld_results"]
needs = []
key = ["person", "series", "option"]
follows_from = ["absent_from_exam", "multiple_ucis"]
confidence = "documented"
wording = ["X", "No result"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Post results > Missing and incomplete results"]
*/
SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    qualification_code,
    unit_code,
    option_code,
    'a grade' AS expected,
    (said || ': no result' || coalesce(', another carrier ' || other_grade, '')) AS found,
    CASE WHEN is_graded_elsewhere THEN 'graded_elsewhere' WHEN is_absent THEN 'absent' END AS cause,
    CASE WHEN is_graded_elsewhere THEN 'mis' END AS owner,
    CASE WHEN was_achieved_before THEN 'warning' END AS severity,
    file_id,
    line,
    embargo_until,
    -- absent from a resit: the result that was achieved stands
    is_withheld AND NOT (is_absent AND was_achieved_before) AS speaks
FROM withheld_results
WHERE letter = 'X';

/* cases
X is reported, a grade is not
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier | grade | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | X     | e       | 3
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | marks   | X     | m       | 8
                    | 99999         | p2        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | D     | e       | 4
                    | 99999         | p3        | 72    | 9I25   | qualification | 05839       |           | 05839              | true         | edi     | X     | e       | 5
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        |           | H446               | false        | edi     | X     | e       | 6
                    | 99999         | p5        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | Q     | e       | 7
                    | 99999         | p6        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     |       | e       | 8
  speaks            | person_id | severity | owner  | unit_code | qualification_code | option_code | found          | cause | file_id | line
                    | p1        | error | centre | 05838/01  |                    | 583801      | EDI says X: no result |       | e       | 3
                    | p3        | error | centre |           | 05839              |             | EDI says X: no result |       | e       | 5
                    | p4        | error | centre |           | H446               | H446        | EDI says X: no result |       | e       | 6
  looked_at = 5

another carrier has the grade of the same result: still said, for whoever imports the files
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | grade | window_from | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         | X     |             | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | achievement | D     |             | a       | 4
                    | 99999         | p2        | 9I25   | unit | 583817      | edi         | X     | 2026-07-01  | e       | 5
                    | 99999         | p2        | 9I25   | unit | 583817      | achievement | D     | 2026-07-01  | a       | 6
  speaks            | person_id | severity | owner | cause            | found                             | file_id | line
                    | p1        | error | mis   | graded_elsewhere | EDI says X: no result, another carrier D | e       | 3
                    | p2        | error | mis   | graded_elsewhere | EDI says X: no result, another carrier D | e       | 5

a grade in a later window settles it, one in an earlier window does not
  latest_statements | centre_number | person_id | series | kind | option_code | carrier | grade | window_from
                    | 99999         | p1        | 9I25   | unit | 583817      | edi     | X     | 2026-07-01
                    | 99999         | p1        | 9I25   | unit | 583817      | edi     | D     | 2026-08-01
                    | 99999         | p2        | 9I25   | unit | 583817      | edi     | D     | 2026-07-01
                    | 99999         | p2        | 9I25   | unit | 583817      | edi     | X     | 2026-08-01
  speaks            | person_id | cause
                    | p2        |
  looked_at = 2

a grade in a later series settles it too, U included
  latest_statements | centre_number | person_id | series | kind | option_code | carrier | grade
                    | 99999         | p1        | 6E25   | unit | 583801      | edi     | X
                    | 99999         | p1        | 1E26   | unit | 583801      | edi     | U
                    | 99999         | p2        | 1E26   | unit | 583801      | edi     | X
                    | 99999         | p2        | 6E26   | unit | 583802      | edi     | D
  speaks            | person_id | series
                    | p2        | 1E26
  looked_at = 4

of an earlier season it is said of students who are still here, not of leavers
  series_seen       | board | series | season
                    | 72    | 6E25   | 2024-25
                    | 72    | 6E26   | 2025-26
  latest_statements | centre_number | person_id | board | series | kind | option_code | carrier | grade
                    | 99999         | p1        | 72    | 6E25   | unit | 583801      | edi     | X
                    | 99999         | p2        | 72    | 6E25   | unit | 583801      | edi     | X
                    | 99999         | p2        | 72    | 6E26   | unit | 583802      | edi     | D
                    | 99999         | p3        | 72    | 6E25   | unit | 583801      | edi     | X
                    | 99999         | p4        | 72    | 6E25   | unit | 583801      | edi     | X
  entries           | centre_number | person_id | season  | withdrawn
                    | 99999         | p3        | 2025-26 | false
                    | 99999         | p4        | 2025-26 | true
  speaks            | person_id | series
                    | p2        | 6E25
                    | p3        | 6E25

absent from a resit of what was achieved is explained; not absent, it is a warning; absent from a first sitting is said
  latest_statements | centre_number | person_id | series | kind | option_code | carrier | grade | is_absent
                    | 99999         | p1        | 6E25   | unit | 583801      | edi     | P     |
                    | 99999         | p1        | 6E26   | unit | 583801      | edi     | X     |
                    | 99999         | p1        | 6E26   | unit | 583801      | marks   | U     | true
                    | 99999         | p2        | 6E25   | unit | 583801      | edi     | P     |
                    | 99999         | p2        | 6E26   | unit | 583801      | edi     | X     |
                    | 99999         | p3        | 6E25   | unit | 583801      | edi     | U     |
                    | 99999         | p3        | 6E26   | unit | 583801      | edi     | X     |
                    | 99999         | p3        | 6E26   | unit | 583801      | marks   | X     | true
  speaks            | person_id | series | severity | cause
                    | p2        | 6E26   | warning  |
                    | p3        | 6E26   | error    | absent
*/
