/*
severity = "info"
owner = "centre"
summary = "The final mark of an examined unit lies just below the boundary of a better grade."
message = "{item} in {series}: {found}; {expected}."
action = """
1. See whether the better grade would lift the qualification, or whether a place at stake hangs on it.
2. If it would, tell the student that a review of marking is possible, that it costs a fee, and that the mark and the grade can also go down.
3. Get the student's written consent, after the results are out.
4. Ask for the review on Interchange, Post results, before the deadline; ask for a copy of the script first where there is time."""
why = "A mark or two between two grades is where a review of marking most often changes something."
source = "Awarding body services after results: reviews of marking; how many marks count as near is the setting near_boundary_marks"
population = "marks of examined units of this season with a grade and a better one above it, in series and units whose boundaries are here"
reads = ["boundary_ranges", "series_seen", "run"]
empty_without = [["boundary_ranges"]]
needs = ["marks", "boundaries"]
key = ["person", "series", "unit"]
follows_from = ["grade_boundary_differs", "marks_conflict", "mark_above_maximum"]
confidence = "documented"
wording = ["Review of marking", "Near miss"]
where = ["Interchange > Resources and materials > Forms and documents > grade boundaries", "Interchange > Post results > review of marking"]
deadlines = ["priority review of marking", "review of marking", "clerical check"]
*/
WITH seasons_seen AS (
    SELECT series, max(season) AS season
    FROM series_seen
    GROUP BY series
),

chosen AS (
    SELECT
        b.*,
        row_number() OVER (
            PARTITION BY b.centre_number, b.person_id, b.series, b.unit_code
            ORDER BY
                CASE b.carrier WHEN 'marks' THEN 1 WHEN 'edi' THEN 2 ELSE 3 END ASC NULLS LAST,
                b.window_from DESC NULLS LAST,
                b.mark DESC NULLS LAST,
                b.file_id ASC NULLS LAST,
                b.line ASC NULLS LAST
        ) AS place
    FROM boundary_ranges AS b
)

SELECT
    c.centre_number,
    c.person_id,
    c.board,
    c.series,
    c.subject,
    c.unit_code,
    c.option_code,
    (c.next_grade || ' begins at ' || replace(CAST(c.next_from AS VARCHAR), '.00', '')) AS expected,
    ('mark ' || replace(CAST(c.mark AS VARCHAR), '.00', '') || ', grade ' || c.grade) AS found,
    c.embargo_until,
    c.file_id,
    c.line,
    c.next_from - c.mark <= r.near_boundary_marks AS speaks
FROM chosen AS c
CROSS JOIN run AS r
LEFT JOIN seasons_seen AS s ON s.series = c.series
WHERE
    c.place = 1
    -- the time for a review of an earlier season's marking is over
    AND coalesce(s.season = r.season, TRUE)
    AND c.next_from IS NOT NULL
    -- of a grade that the boundaries do not have nobody knows whether the next one is better
    AND (c.is_unclassified OR c.grade_from < c.next_from);

/* cases
up to two marks below the next boundary is near; on it, three below it and above the highest are not
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
                    | 6E26   | 05838/01  | D     | 56           | stands
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | is_technical | carrier | mark | grade | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 42   | P     | m       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     | m       | 3
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 41   | P     | m       | 4
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 44   | M     | m       | 5
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 56   | D     | m       | 6
                    | 99999         | p6        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 30   | U     | m       | 7
                    | 99999         | p7        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 53.5 | M     | m       | 8
                    | 99999         | p8        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 54.5 | M     | m       | 9
  speaks            | person_id | severity | owner  | unit_code | option_code | expected       | found               | file_id | line
                    | p1        | info     | centre | 05838/01  | 583801      | M begins at 44 | mark 42, grade P    | m       | 2
                    | p2        | info     | centre | 05838/01  | 583801      | M begins at 44 | mark 43, grade P    | m       | 3
                    | p6        | info     | centre | 05838/01  | 583801      | P begins at 32 | mark 30, grade U    | m       | 7
                    | p8        | info     | centre | 05838/01  | 583801      | D begins at 56 | mark 54.50, grade M | m       | 9
  looked_at = 7

the setting says how many marks are near
  run               | season  | near_boundary_marks
                    | 2025-26 | 4
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 40   | P
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 39   | P
  speaks            | person_id
                    | p1
  looked_at = 2

nought marks switch it off
  run               | season  | near_boundary_marks
                    | 2025-26 | 0
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark  | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43.75 | P
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 44    | M
  speaks nothing
  looked_at = 1

who has the better grade already, a grade without a boundary, an absence and an earlier season are silent
  series_seen       | board | series | season
                    | 72    | 6E26   | 2025-26
                    | 72    | 6E25   | 2024-25
                    | 72    | 1E26   | 2025-26
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
                    | 6E25   | 05838/01  | P     | 32           | stands
                    | 6E25   | 05838/01  | M     | 44           | stands
                    | 1E26   | 05838/01  | P     | 32           | stands
                    | 1E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | is_technical | carrier | mark | grade | is_absent
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | M     |
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | D     |
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     | true
                    | 99999         | p4        | 72    | 6E25   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |
                    | 99999         | p5        | 72    | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |
  speaks            | person_id | series
                    | p5        | 1E26
  looked_at = 1

the marks report comes before EDI: a mark that special consideration has lifted over the boundary is not near it
  grade_boundaries  | series | unit_code | grade | minimum_mark | state
                    | 6E26   | 05838/01  | P     | 32           | stands
                    | 6E26   | 05838/01  | M     | 44           | stands
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 43   | P
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 47   | M
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 43   | P
  speaks            | person_id
                    | p2
  looked_at = 1

without boundaries nothing is looked at
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P
  speaks nothing
  looked_at = 0

each unit and series of a student is said; of one result the latest window counts, then the higher mark, then the first line
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
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | is_technical | carrier | mark | grade | window_from | file_id | line
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | m       | 2
                    | 99999         | p1        | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 43   | P     |             | m       | 3
                    | 99999         | p1        | 1E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | m       | 4
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     | 2026-07-01  | m       | 5
                    | 99999         | p2        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 47   | M     | 2026-08-01  | m       | 6
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | m       | 7
                    | 99999         | p3        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 47   | M     |             | m       | 8
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | m       | 10
                    | 99999         | p4        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | n       | 9
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | m       | 11
                    | 99999         | p5        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 43   | P     |             | m       | 12
                    | 99999         | p6        | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 47   | M     |             | e       | 2
                    | 99999         | p6        | 6E26   | unit | 05838/01  | 583801      | true         | xml     | 43   | P     |             | x       | 2
                    | 99999         | p7        | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 60   | U     |             | m       | 13
  speaks            | person_id | series | unit_code | file_id | line
                    | p1        | 6E26   | 05838/01  | m       | 2
                    | p1        | 6E26   | 05838/02  | m       | 3
                    | p1        | 1E26   | 05838/01  | m       | 4
                    | p4        | 6E26   | 05838/01  | m       | 10
                    | p5        | 6E26   | 05838/01  | m       | 11
  looked_at = 8
*/
