/*
severity = "warning"
owner = "board"
summary = "The board says that a result is still to come."
message = "{item} in {series}: {found}."
action = """
1. Do not tell the student that they failed: Q means that the board is not done with the result.
2. Look it up on Interchange; if the grade is there, give it from the report and take the next Monday's EDI file.
3. If not, ask when it comes: Interchange > Post results > Missing and incomplete results, or 01223 553998.
4. A student with a university place at stake goes first: say so to the board, and tell the university."""
why = "The script or the moderation was late, or the board is looking into something; a later file carries the grade."
source = "Cambridge Technicals grade scales: Q, result pending"
population = "results that a carrier has a grade, X or Q for"
reads = ["withheld_results"]
needs = []
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = ["Q", "Result pending"]
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
    (said || ': result pending' || coalesce(', another carrier ' || other_grade, '')) AS found,
    CASE WHEN is_graded_elsewhere THEN 'graded_elsewhere' END AS cause,
    CASE WHEN is_graded_elsewhere THEN 'mis' END AS owner,
    file_id,
    line,
    embargo_until,
    is_withheld AS speaks
FROM withheld_results
WHERE letter = 'Q';

/* cases
Q is reported, a grade is not
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier | grade | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | Q     | e       | 3
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | marks   | Q     | m       | 8
                    | 99999         | p2        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | D     | e       | 4
                    | 99999         | p3        | 72    | 9I25   | qualification | 05839       |           | 05839              | true         | edi     | Q     | e       | 5
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        |           | H446               | false        | edi     | Q     | e       | 6
                    | 99999         | p5        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | X     | e       | 7
                    | 99999         | p6        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     |       | e       | 8
  speaks            | person_id | severity | owner  | unit_code | qualification_code | option_code | found          | cause | file_id | line
                    | p1        | warning | board | 05838/01  |                    | 583801      | EDI says Q: result pending |       | e       | 3
                    | p3        | warning | board |           | 05839              |             | EDI says Q: result pending |       | e       | 5
                    | p4        | warning | board |           | H446               | H446        | EDI says Q: result pending |       | e       | 6
  looked_at = 5

another carrier has the grade of the same result: still said, for whoever imports the files
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | grade | window_from | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         | Q     |             | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | achievement | D     |             | a       | 4
                    | 99999         | p2        | 9I25   | unit | 583817      | edi         | Q     | 2026-07-01  | e       | 5
                    | 99999         | p2        | 9I25   | unit | 583817      | achievement | D     | 2026-07-01  | a       | 6
  speaks            | person_id | severity | owner | cause            | found                             | file_id | line
                    | p1        | warning | mis   | graded_elsewhere | EDI says Q: result pending, another carrier D | e       | 3
                    | p2        | warning | mis   | graded_elsewhere | EDI says Q: result pending, another carrier D | e       | 5

a grade in a later window settles it, one in an earlier window does not
  latest_statements | centre_number | person_id | series | kind | option_code | carrier | grade | window_from
                    | 99999         | p1        | 9I25   | unit | 583817      | edi     | Q     | 2026-07-01
                    | 99999         | p1        | 9I25   | unit | 583817      | edi     | D     | 2026-08-01
                    | 99999         | p2        | 9I25   | unit | 583817      | edi     | D     | 2026-07-01
                    | 99999         | p2        | 9I25   | unit | 583817      | edi     | Q     | 2026-08-01
  speaks            | person_id | cause
                    | p2        |
  looked_at = 2

a grade in a later series settles it too, U included
  latest_statements | centre_number | person_id | series | kind | option_code | carrier | grade
                    | 99999         | p1        | 6E25   | unit | 583801      | edi     | Q
                    | 99999         | p1        | 1E26   | unit | 583801      | edi     | U
                    | 99999         | p2        | 1E26   | unit | 583801      | edi     | Q
                    | 99999         | p2        | 6E26   | unit | 583802      | edi     | D
  speaks            | person_id | series
                    | p2        | 1E26
  looked_at = 4

of an earlier season it is said of students who are still here, not of leavers
  series_seen       | board | series | season
                    | 72    | 6E25   | 2024-25
                    | 72    | 6E26   | 2025-26
  latest_statements | centre_number | person_id | board | series | kind | option_code | carrier | grade
                    | 99999         | p1        | 72    | 6E25   | unit | 583801      | edi     | Q
                    | 99999         | p2        | 72    | 6E25   | unit | 583801      | edi     | Q
                    | 99999         | p2        | 72    | 6E26   | unit | 583802      | edi     | D
                    | 99999         | p3        | 72    | 6E25   | unit | 583801      | edi     | Q
                    | 99999         | p4        | 72    | 6E25   | unit | 583801      | edi     | Q
  entries           | centre_number | person_id | season  | withdrawn
                    | 99999         | p3        | 2025-26 | false
                    | 99999         | p4        | 2025-26 | true
  speaks            | person_id | series
                    | p2        | 6E25
                    | p3        | 6E25
*/
