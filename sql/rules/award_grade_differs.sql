/*
severity = "warning"
owner = "board"
summary = "The award issued is not the grade that the unit results make."
message = "{item}: issued {found}, the unit results make {expected}."
action = """
1. Compare the units and grades on the candidate achievement report with the ones counted here: a unit may have come later than the award, or lie under another OCR candidate number.
2. Check points and thresholds against the centre handbook: the confidence below says how sure ours are. Where ours are wrong, put the right rows into data/local/reference/.
3. If the handbook agrees with our reckoning, ask the board: Interchange > Post results > Missing and incomplete results, or 01223 553998, quoting the units and points.
4. Until then the issued grade stands."""
why = "A unit result came after the award was made, units lie under two records, or our figures are not the board's."
source = "Awarding body, how overall grades are calculated: points of the units against a threshold; unit_points.csv and grade_thresholds.csv"
population = "awards issued for qualifications whose points and thresholds are known, where the unit results here make an award"
reads = ["award_calculations", "grade_thresholds", "results_by_carrier"]
needs = ["achievement", "edi"]
key = ["person", "qualification"]
follows_from = ["grades_conflict", "duplicate_candidate_number", "row_rejected"]
confidence = "inferred"
rests_on_figures = true
wording = ["Wrong overall grade"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Post results > Missing and incomplete results"]
*/
WITH scale AS (
    SELECT suite, level, size, grade, minimum_points FROM grade_thresholds
    UNION
    SELECT suite, level, size, 'U' AS grade, 0 AS minimum_points FROM grade_thresholds
),

-- a report lists all units of a student; the EDI files of one summer are only part of them
reported AS (
    SELECT DISTINCT centre_number, person_id
    FROM results_by_carrier
    WHERE carrier = 'achievement' AND kind = 'unit'
)

SELECT
    a.centre_number,
    a.person_id,
    '72' AS board,
    a.issued_series AS series,
    a.subject,
    a.qualification_code,
    (a.grade_at_award || ' with ' || CAST(a.points_at_award AS VARCHAR) || ' points') AS expected,
    a.issued_grade AS found,
    a.figures_confidence AS confidence,
    a.issued_file_id AS file_id,
    a.issued_line AS line,
    a.embargo_until,
    CASE
        WHEN NOT a.is_calculated THEN a.not_calculated
        -- an award the units here do not make was made of units that are not here
        WHEN a.grade_at_award IS NULL THEN ('the units here do not make ' || a.qualification_code)
        WHEN r.person_id IS NULL AND s.minimum_points > a.points_at_award
            THEN ('better units of ' || a.qualification_code || ' may be in files that are not here')
    END AS not_evaluated,
    (
        a.is_calculated AND a.grade_at_award <> a.issued_grade
        AND (r.person_id IS NOT NULL OR s.minimum_points <= a.points_at_award)
    ) AS speaks
FROM award_calculations AS a
LEFT JOIN reported AS r ON r.centre_number = a.centre_number AND r.person_id = a.person_id
-- a grade that its scale does not have is another discrepancy
LEFT JOIN scale AS s ON s.suite = a.suite AND s.level = a.level AND s.size = a.size AND s.grade = a.issued_grade
WHERE a.issued_grade IS NOT NULL AND (s.grade IS NOT NULL OR NOT a.is_calculated);

/* cases
an award that is not what its units make is reported, up or down; an equal one is not
  award_calculations | centre_number | person_id | qualification_code | suite | level | size                 | subject | is_calculated | issued_grade | issued_series | grade_at_award | points_at_award | figures_confidence | issued_file_id | issued_line
                     | 99999         | p1        | 05842              | 2016  | 3     | Diploma              | IT      | true          | DM           | 9I25          | DD             | 200             | inferred           | f1             | 12
                     | 99999         | p2        | 05839              | 2016  | 3     | Extended Certificate | IT      | true          | D            | 9I25          | M              | 99              | recollection       | f1             | 13
                     | 99999         | p3        | 05842              | 2016  | 3     | Diploma              | IT      | true          | DD           | 9I25          | DD             | 200             | inferred           | f1             | 14
                     | 99999         | p4        | 05838              | 2016  | 3     | Certificate          | IT      | true          | P            | 9I25          | U              | 30              | recollection       | f1             | 15
                     | 99999         | p5        | 05838              | 2016  | 3     | Certificate          | IT      | true          | U            | 9I25          | P              | 36              | recollection       | f1             | 16
  results_by_carrier | centre_number | person_id | carrier     | kind
                     | 99999         | p2        | achievement | unit
                     | 99999         | p4        | achievement | unit
                     | 99999         | p4        | achievement | unit
  speaks             | person_id | severity | qualification_code | series | expected           | found | confidence   | file_id | line
                     | p1        | warning  | 05842              | 9I25   | DD with 200 points | DM    | inferred     | f1      | 12
                     | p2        | warning  | 05839              | 9I25   | M with 99 points   | D     | recollection | f1      | 13
                     | p4        | warning  | 05838              | 9I25   | U with 30 points   | P     | recollection | f1      | 15
                     | p5        | warning  | 05838              | 9I25   | P with 36 points   | U     | recollection | f1      | 16
  looked_at = 5

an award better than the units here is judged only where a report lists the student's units
  award_calculations | centre_number | person_id | qualification_code | suite | level | size                 | is_calculated | issued_grade | grade_at_award | points_at_award
                     | 99999         | p1        | 05839              | 2016  | 3     | Extended Certificate | true          | D            | M              | 99
                     | 99999         | p2        | 05839              | 2016  | 3     | Extended Certificate | true          | D            | M              | 99
                     | 99999         | p3        | 05839              | 2016  | 3     | Extended Certificate | true          | D            | M              | 99
                     | 99999         | p4        | 05839              | 2016  | 3     | Extended Certificate | true          | M            | D              | 100
                     | 99998         | p5        | 05839              | 2016  | 3     | Extended Certificate | true          | D            | M              | 99
  results_by_carrier | centre_number | person_id | carrier     | kind
                     | 99999         | p1        | edi         | unit
                     | 99999         | p2        | achievement | qualification
                     | 99999         | p3        | achievement | unit
                     | 99999         | p5        | achievement | unit
  speaks             | person_id
                     | p3
                     | p4
  looked_at = 2
  not_evaluated = 3

units that make no award, reference data that are missing, and a grade not on the scale are not judged
  award_calculations | centre_number | person_id | qualification_code | suite | level | size    | is_calculated | not_calculated                            | issued_grade | grade_at_award | points_at_award
                     | 99999         | p1        | 05842              | 2016  | 3     | Diploma | true          |                                           | DD           |                | 140
                     | 99999         | p2        | 05822              | 2016  | 3     | Diploma | false         | qualifications.csv: 05822 is not complete | DD           |                |
                     | 99999         | p3        | 05842              | 2016  | 3     | Diploma | true          |                                           | D1           | DD             | 200
                     | 99999         | p4        | 05842              | 2016  | 3     | Diploma | true          |                                           |              |                |
                     | 99999         | p5        | 05822              | 2016  | 3     | Diploma | false         | qualifications.csv: 05822 is not complete | DD           | DM             | 192
  speaks nothing
  looked_at = 0
  not_evaluated = 3

what is not calculated is counted whether its scale is known or not, and not without an award; a scale is of one suite, level and size
  award_calculations | centre_number | person_id | qualification_code | suite | level | size    | is_calculated | not_calculated                            | issued_grade | grade_at_award | points_at_award
                     | 99999         | p1        | 05822              |       |       |         | false         | qualifications.csv: no row for 05822      | DD           |                |
                     | 99999         | p2        | 05822              | 2016  | 3     | Diploma | false         | qualifications.csv: 05822 is not complete |              |                |
                     | 99999         | p3        | 05822              | 2016  | 3     | Diploma | false         | qualifications.csv: 05822 is not complete | MM           | DD             | 200
                     | 99999         | p4        | 05842              | 2016  | 3     | Diploma | true          |                                           | MM           | DD             | 200
  grade_thresholds   | suite | level | size    | guided_learning_hours | grade | minimum_points
                     | 2016  | 3     | Diploma | 720                   | MM    | 184
                     | 2016  | 2     | Diploma | 720                   | MM    | 180
  speaks             | person_id | expected
                     | p4        | DD with 200 points
  looked_at = 1
  not_evaluated = 2
*/
