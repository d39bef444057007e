/*
severity = "warning"
owner = "board"
summary = "The final mark of an examined unit lies in the range of another grade than the one issued."
message = "{item} in {series}: {found}; by the published boundaries it is {expected}."
action = """
1. Compare the boundaries in the file with the published ones (Interchange > Resources and materials > Forms and documents): they were typed by hand.
2. Look the mark and the grade up on Interchange, Cambridge Technicals > Results documents, examined marks report.
3. If the two still do not fit, ask Customer Support on 01223 553998 which of them stands, quoting both lines.
4. Until then do not build a claim, a resit or a review of marking on this grade."""
why = "A boundary was typed wrongly, a mark changed after the grade was made, or a column of the report was read as another."
source = "Grade boundaries of the examined units, published by 8am on the day of results: the final mark is raw and counts against them"
population = "marks of examined units with a grade, in series and units whose boundaries are here; not where a part was missed"
reads = ["boundary_ranges"]
empty_without = [["boundary_ranges"]]
needs = ["marks", "boundaries"]
key = ["person", "series", "unit"]
follows_from = ["mark_above_maximum", "marks_conflict", "grades_conflict"]
confidence = "documented"
wording = ["Grade does not match mark"]
where = ["Interchange > Resources and materials > Forms and documents > grade boundaries", "Interchange > Cambridge Technicals > Results documents > examined marks report", "Interchange > Post results > review of marking"]
deadlines = ["priority review of marking", "review of marking", "clerical check"]
*/
WITH judged AS (
    SELECT
        b.*,
        CASE
            -- too few marks for the grade
            WHEN b.mark < b.grade_from THEN TRUE
            -- enough for a higher one
            WHEN b.grade_from < b.range_from THEN TRUE
            WHEN b.grade_from IS NULL AND b.is_unclassified AND b.range_from IS NOT NULL THEN TRUE
            -- of a grade that the boundaries do not have nobody can say
            ELSE FALSE
        END AS is_outside
    FROM boundary_ranges AS b
),

chosen AS (
    SELECT
        j.*,
        row_number() OVER (
            PARTITION BY j.centre_number, j.person_id, j.series, j.unit_code
            ORDER BY
                CASE WHEN j.is_outside THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE j.carrier WHEN 'marks' THEN 1 WHEN 'edi' THEN 2 ELSE 3 END ASC NULLS LAST,
                j.window_from DESC NULLS LAST,
                j.file_id ASC NULLS LAST,
                j.line ASC NULLS LAST
        ) AS place
    FROM judged AS j
),

weighed AS (
    SELECT
        c.*,
        sum(CASE WHEN c.is_outside THEN 1 ELSE 0 END) OVER (PARTITION BY c.centre_number, c.series, c.unit_code) AS outside_beside,
        count(*) OVER (PARTITION BY c.centre_number, c.series, c.unit_code) AS marks_beside
    FROM chosen AS c
    WHERE c.place = 1
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    unit_code,
    option_code,
    CASE
        WHEN range_from IS NULL THEN ('below ' || next_grade || ', which begins at ' || replace(CAST(next_from AS VARCHAR), '.00', ''))
        ELSE (
            range_grade || ', from ' || replace(CAST(range_from AS VARCHAR), '.00', '')
            || coalesce(' to below ' || replace(CAST(next_from AS VARCHAR), '.00', ''), '')
        )
    END AS expected,
    ('mark ' || replace(CAST(mark AS VARCHAR), '.00', '') || ', grade ' || grade) AS found,
    CASE WHEN outside_beside >= 3 AND outside_beside * 2 >= marks_beside THEN 'boundary_doubtful' END AS cause,
    -- where half of a centre's marks of a unit disagree with its boundaries, it is the boundary that was typed wrongly
    CASE WHEN outside_beside >= 3 AND outside_beside * 2 >= marks_beside THEN 'info' END AS severity,
    CASE WHEN outside_beside >= 3 AND outside_beside * 2 >= marks_beside THEN 'centre' END AS owner,
    embargo_until,
    file_id,
    line,
    is_outside AS speaks
FROM weighed;

/* cases
a mark on the boundary and one just below the next are in range; one below or one above it is not
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | R     | 26           | stands
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
                    | 6E26   | 05838/01  | D     | 56           | stands
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | is_technical | carrier | mark | grade | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 44   | M     | m       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 55   | M     | m       | 3
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     | m       | 4
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 56   | M     | m       | 5
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 80   | D     | m       | 6
                    | 99999         | p6        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 0    | U     | m       | 7
                    | 99999         | p7        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 25.5 | U     | m       | 8
  speaks            | person_id | severity | unit_code | option_code | qualification_code | expected               | found            | file_id | line
                    | p3        | warning  | 05838/01  | 583801      |                    | P, from 32 to below 44 | mark 43, grade M | m       | 4
                    | p4        | warning  | 05838/01  | 583801      |                    | D, from 56             | mark 56, grade M | m       | 5
  looked_at = 7

unclassified is the grade below all boundaries, and a grade given below them is too high
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | R     | 26           | stands
                    | 6E26   | 05838/01  | P     | 32           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 26   | U
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 25   | R
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 25   | U
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 26   | R
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 40   | P
  speaks            | person_id | expected                    | found
                    | p1        | R, from 26 to below 32      | mark 26, grade U
                    | p2        | below R, which begins at 26 | mark 25, grade R

a boundary that is missing, or of which two rows disagree, leaves its grade unjudged, and the others not
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 1E26   | 05834/10  | R     | 20           | stands
                    | 1E26   | 05834/10  | P     | 25           | stands
                    | 1E26   | 05834/10  | M     | 34           | stands
                    | 1E26   | 05834/10  | D     | 43           | contradicted
                    | 1E26   | 05834/10  | D     | 48           | contradicted
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 1E26   | unit | 05834/10  | 583410      | true         | marks   | 50   | D
                    | 99999         | p2        | 1E26   | unit | 05834/10  | 583410      | true         | marks   | 20   | D
                    | 99999         | p3        | 1E26   | unit | 05834/10  | 583410      | true         | marks   | 50   | M
                    | 99999         | p4        | 1E26   | unit | 05834/10  | 583410      | true         | marks   | 33   | M
                    | 99999         | p5        | 1E26   | unit | 05834/10  | 583410      | true         | marks   | 30   | P
  speaks            | person_id
                    | p4
  looked_at = 5

a repeated or a replaced boundary counts once
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | P     | 32           | repeated
                    | 6E26   | 05838/01  | P     | 30           | superseded
                    | 6E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 31   | U
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 32   | P
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 31   | P
  speaks            | person_id
                    | p3
  looked_at = 3

no mark, no grade, X, Q, a grade off the scale, an absence and a missed part are silent
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade | is_on_scale | is_absent | partial_absence
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   |      | M     | true        |           |
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   |       |             |           |
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   | X     | true        |           |
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   | Q     | true        |           |
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   | Z     | false       |           |
                    | 99999         | p6        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   | M     | true        | true      |
                    | 99999         | p7        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   | M     | true        | false     | false
                    | 99999         | p7        | 6E26   | unit | 05838/01  | 583801      | true         | edi     |      | M     | true        | false     | true
  speaks nothing
  looked_at = 0

without boundaries of that unit and that series nothing is looked at, nor are marks of general qualifications
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | M     | 44           | stands
                    |        | 05838/02  | M     | 44           | stands
                    | 6B26   | F451      | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E25   | unit | 05838/01  | 583801      | true         | marks   | 10   | M
                    | 99999         | p2        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 10   | M
                    | 99999         | p3        | 6B26   | unit | F451      | F451        | false        | edi     | 10   | M
  speaks nothing
  looked_at = 0

each carrier is judged by its own mark and grade; a mark without a grade by the grade of the others
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier     | mark | grade | file_id | line
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | edi         | 40   | P     | e       | 2
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks       | 45   | M     | m       | 2
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | edi         | 40   | M     | e       | 3
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks       | 40   | P     | m       | 3
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks       | 40   |       | m       | 4
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | achievement |      | M     | a       | 4
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks       | 40   |       | m       | 5
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | achievement |      | M     | a       | 5
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | edi         |      | P     | e       | 5
  speaks            | person_id | file_id | line
                    | p2        | e       | 3
                    | p3        | m       | 4
  looked_at = 3

where half of a unit's marks disagree the boundary was typed wrongly: worth knowing, and the centre's to mend
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 54           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 45   | M
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 47   | M
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 49   | M
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 33   | P
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 34   | P
                    | 99999         | p6        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 35   | P
  speaks            | person_id | severity | owner  | cause
                    | p1        | info     | centre | boundary_doubtful
                    | p2        | info     | centre | boundary_doubtful
                    | p3        | info     | centre | boundary_doubtful

grades in words of Level 2 are judged alike
  grade_boundaries  | series | unit_code | grade    | minimum_mark | state
                    | 6E26   | 05990/01  | Achieved | 30           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05990/01  | 599001      | true         | marks   | 30   | Not Achieved
                    | 99999         | p2        | 6E26   | unit | 05990/01  | 599001      | true         | marks   | 29   | Not Achieved
                    | 99999         | p3        | 6E26   | unit | 05990/01  | 599001      | true         | marks   | 29   | Achieved
  speaks            | person_id | expected
                    | p1        | Achieved, from 30
                    | p3        | below Achieved, which begins at 30

a boundary is doubted by the marks of one centre, not by those of several together
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
                    | 6E26   | 05838/01  | D     | 56           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99998         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99998         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 45   | M
                    | 99998         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 45   | M
                    | 99997         | p6        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99997         | p7        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99997         | p8        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
  speaks            | person_id | severity | owner  | cause
                    | p1        | warning  | board  |
                    | p2        | warning  | board  |
                    | p3        | warning  | board  |
                    | p6        | info     | centre | boundary_doubtful
                    | p7        | info     | centre | boundary_doubtful
                    | p8        | info     | centre | boundary_doubtful

a boundary is doubted of its own unit and series, from three marks on and half of all
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
                    | 6E26   | 05838/01  | D     | 56           | stands
                    | 6E26   | 05838/02  | P     | 32           | stands
                    | 6E26   | 05838/02  | M     | 44           | stands
                    | 6E26   | 05838/02  | D     | 56           | stands
                    | 1E26   | 05838/01  | P     | 32           | stands
                    | 1E26   | 05838/01  | M     | 44           | stands
                    | 1E26   | 05838/01  | D     | 56           | stands
                    | 1E26   | 05838/02  | P     | 32           | stands
                    | 1E26   | 05838/02  | M     | 44           | stands
                    | 1E26   | 05838/02  | D     | 56           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99999         | p1        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 43   | M
                    | 99999         | p2        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 43   | M
                    | 99999         | p3        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 43   | M
                    | 99999         | p4        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 45   | M
                    | 99999         | p5        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 45   | M
                    | 99999         | p6        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 45   | M
                    | 99999         | p7        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 45   | M
                    | 99999         | p1        | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99999         | p2        | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M
                    | 99999         | p4        | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 45   | M
                    | 99999         | p5        | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 45   | M
                    | 99999         | p6        | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 45   | M
                    | 99999         | p1        | 1E26   | unit | 05838/02  | 583802      | true         | marks   | 43   | M
                    | 99999         | p2        | 1E26   | unit | 05838/02  | 583802      | true         | marks   | 43   | M
  speaks            | person_id | series | unit_code | severity | owner  | cause
                    | p1        | 6E26   | 05838/01  | info     | centre | boundary_doubtful
                    | p2        | 6E26   | 05838/01  | info     | centre | boundary_doubtful
                    | p3        | 6E26   | 05838/01  | info     | centre | boundary_doubtful
                    | p1        | 6E26   | 05838/02  | warning  | board  |
                    | p2        | 6E26   | 05838/02  | warning  | board  |
                    | p3        | 6E26   | 05838/02  | warning  | board  |
                    | p1        | 1E26   | 05838/01  | warning  | board  |
                    | p2        | 1E26   | 05838/01  | warning  | board  |
                    | p1        | 1E26   | 05838/02  | warning  | board  |
                    | p2        | 1E26   | 05838/02  | warning  | board  |
  looked_at = 17

of several lines on one result the marks report is shown, then EDI, of the latest window, and the first line; a boundary of U is its own
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | U     | 0            | stands
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
                    | 6E26   | 05838/01  | D     | 56           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade | window_from | file_id | line
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 43   | M     |             | a       | 2
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     |             | m       | 3
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | xml     | 43   | M     |             | a       | 4
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 43   | M     |             | e       | 5
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     | 2026-07-01  | m       | 6
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     | 2026-08-01  | m       | 7
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     |             | m       | 9
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     |             | n       | 8
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     |             | m       | 10
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     |             | m       | 11
                    | 99999         | p6        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 10   | U     |             | m       | 12
                    | 99999         | p7        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 33   | P     |             | m       | 13
  speaks            | person_id | file_id | line
                    | p1        | m       | 3
                    | p2        | e       | 5
                    | p3        | m       | 7
                    | p4        | m       | 9
                    | p5        | m       | 10
  looked_at = 7
*/
