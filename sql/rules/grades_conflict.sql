/*
severity = "error"
owner = "board"
summary = "Two carriers give two grades for one result."
message = "{item} in {series}: {found}."
action = """
1. Do not give this result out.
2. Look the result up on Interchange, and note which file is older.
3. If Interchange agrees with the newest file, take the grade from there and import that file again.
4. If not, ask the awarding body which grade stands, quoting both lines."""
why = "A file was cut before a grade changed, a report is older than the file beside it, or a code was decoded by the wrong scale."
source = "docs/semantics.md, folding: a conflict needs two decoded values that differ"
population = "results that two carriers grade"
reads = ["latest_statements"]
needs = []
key = ["person", "series", "option", "key_window"]
follows_from = []
confidence = "documented"
wording = ["E5", "Results which differ from a previous import"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Results > XML/EDI results", "Interchange > Post results > Missing and incomplete results"]
*/
WITH graded AS (
    SELECT
        s.*,
        -- where no scale is known EDI's * is still the A* that another carrier spells out
        CASE WHEN s.grade = '*' THEN 'A*' ELSE s.grade END AS said
    FROM latest_statements AS s
    -- X and Q say that there is no grade yet; null, and what nothing decodes, is silence
    WHERE s.grade NOT IN ('X', 'Q') AND s.is_on_scale IS DISTINCT FROM FALSE
),

compared AS (
    SELECT
        centre_number,
        person_id,
        board,
        series,
        kind,
        option_code,
        window_from,
        max(unit_code) AS unit_code,
        max(qualification_code) AS qualification_code,
        max(subject) AS subject,
        max(CASE WHEN is_technical THEN 1 ELSE 0 END) AS is_technical,
        count(*) AS statements,
        min(said) AS least_grade,
        max(said) AS greatest_grade,
        min(CASE WHEN carrier = 'edi' THEN said END) AS edi_grade,
        max(CASE WHEN carrier = 'edi' THEN said END) AS other_edi_grade,
        min(CASE WHEN carrier = 'xml' THEN said END) AS xml_grade,
        max(CASE WHEN carrier = 'xml' THEN said END) AS other_xml_grade,
        min(CASE WHEN carrier = 'achievement' THEN said END) AS achievement_grade,
        max(CASE WHEN carrier = 'achievement' THEN said END) AS other_achievement_grade,
        min(CASE WHEN carrier = 'marks' THEN said END) AS marks_grade,
        max(CASE WHEN carrier = 'marks' THEN said END) AS other_marks_grade,
        max(embargo_until) AS embargo_until,
        -- the first carrier in this order, its first file, its first line: all of one line's, so they are found as one text
        min(CASE carrier WHEN 'edi' THEN '1' WHEN 'xml' THEN '2' WHEN 'achievement' THEN '3' ELSE '4' END || file_id || lpad(CAST(line AS VARCHAR), 9, '0')) AS first_line
    FROM graded
    GROUP BY centre_number, person_id, board, series, kind, option_code, window_from
)

SELECT
    c.centre_number,
    c.person_id,
    c.board,
    c.series,
    c.subject,
    CASE WHEN c.kind = 'qualification' THEN c.qualification_code END AS qualification_code,
    CASE WHEN c.kind = 'unit' THEN c.unit_code END AS unit_code,
    CASE WHEN c.kind = 'unit' OR c.is_technical = 0 THEN c.option_code END AS option_code,
    CAST(c.window_from AS VARCHAR) AS key_window,
    'one grade from every carrier' AS expected,
    concat_ws(
        ', ',
        ('EDI ' || c.edi_grade || CASE WHEN c.other_edi_grade <> c.edi_grade THEN (' and ' || c.other_edi_grade) ELSE '' END),
        ('XML ' || c.xml_grade || CASE WHEN c.other_xml_grade <> c.xml_grade THEN (' and ' || c.other_xml_grade) ELSE '' END),
        ('achievement report ' || c.achievement_grade || CASE WHEN c.other_achievement_grade <> c.achievement_grade THEN (' and ' || c.other_achievement_grade) ELSE '' END),
        ('marks report ' || c.marks_grade || CASE WHEN c.other_marks_grade <> c.marks_grade THEN (' and ' || c.other_marks_grade) ELSE '' END)
    ) AS found,
    substring(c.first_line, 2, length(c.first_line) - 10) AS file_id,
    CAST(substring(c.first_line, length(c.first_line) - 8, 9) AS INTEGER) AS line,
    c.embargo_until,
    c.least_grade <> c.greatest_grade AS speaks
FROM compared AS c
WHERE c.statements > 1;

/* cases
two carriers that differ are reported once, two that agree are not
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | is_technical | window_from | carrier     | grade | file_id | line
                    | 99999         | p1        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | edi         | M     | e       | 3
                    | 99999         | p1        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | achievement | D     | a       | 9
                    | 99999         | p2        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | edi         | M     | e       | 4
                    | 99999         | p2        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | achievement | M     | a       | 8
  speaks            | person_id | unit_code | option_code | found                       | file_id | line
                    | p1        | 05838/20  | 583820      | EDI M, achievement report D | e       | 3
  looked_at = 2

a null grade is silence, and X and Q are not grades
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | grade | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         |       | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | achievement | D     | a       | 9
                    | 99999         | p2        | 6E26   | unit | 583801      | edi         | Q     | e       | 4
                    | 99999         | p2        | 6E26   | unit | 583801      | achievement | D     | a       | 8
                    | 99999         | p3        | 6E26   | unit | 583801      | edi         | X     | e       | 5
                    | 99999         | p3        | 6E26   | unit | 583801      | marks       | U     | m       | 2
  speaks nothing
  looked_at = 0

a code that its scale does not decode is silence, and a star alone is A*
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | grade | is_on_scale
                    | 99999         | p1        | 72    | 9I25   | qualification | 05842       | 05842              | edi     | Z1    | false
                    | 99999         | p1        | 72    | 9I25   | qualification | 05842       | 05842              | xml     | DD    | true
                    | 99999         | p2        | 70    | 6B26   | qualification | 7402        | 7402               | edi     | *     |
                    | 99999         | p2        | 70    | 6B26   | qualification | 7402        | 7402               | xml     | A*    |
                    | 99999         | p3        | 70    | 6B26   | qualification | 7402        | 7402               | edi     | *     |
                    | 99999         | p3        | 70    | 6B26   | qualification | 7402        | 7402               | xml     | A     |
  speaks            | person_id | qualification_code | option_code | found
                    | p3        | 7402               | 7402        | EDI A*, XML A
  looked_at = 2

the same unit issued again in another window is another result
  latest_statements | centre_number | person_id | series | kind | option_code | window_from | carrier     | grade | file_id | line
                    | 99999         | p1        | 9I25   | unit | 583820      | 2026-07-01  | edi         | M     | e       | 3
                    | 99999         | p1        | 9I25   | unit | 583820      | 2026-08-01  | achievement | D     | a       | 9
  speaks nothing
  looked_at = 0

a carrier that ties with itself conflicts too
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | grade | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | achievement | D     | a       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | achievement | M     | b       | 3
  speaks            | person_id | found
                    | p1        | achievement report D and M

what agrees for another board, series, kind, option or window stands apart from what does not
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | window_from | carrier | grade | is_on_scale | file_id | line
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | M     | true        | e       | 9
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | D     | true        | x       | 9
                    | 99999         | p1        | 70    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | M     | true        | a       | 1
                    | 99999         | p1        | 70    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | M     | true        | a       | 2
                    | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | M     | true        | a       | 3
                    | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | M     | true        | a       | 4
                    | 99999         | p1        | 72    | 9I25   | qualification | 583820      |           | 583820             | 2026-07-01  | edi     | M     | true        | a       | 5
                    | 99999         | p1        | 72    | 9I25   | qualification | 583820      |           | 583820             | 2026-07-01  | xml     | M     | true        | a       | 6
                    | 99999         | p1        | 72    | 9I25   | unit          | 583821      | 05838/21  |                    | 2026-07-01  | edi     | M     | true        | a       | 7
                    | 99999         | p1        | 72    | 9I25   | unit          | 583821      | 05838/21  |                    | 2026-07-01  | xml     | M     | true        | a       | 8
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-08-01  | edi     | M     | true        | a       | 10
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-08-01  | xml     | M     | true        | a       | 11
                    | 99999         | p2        | 72    |        | unit          | 583820      | 05838/20  |                    |             | edi     | M     | true        | e       | 12
                    | 99999         | p2        | 72    |        | unit          | 583820      | 05838/20  |                    |             | xml     | D     | true        | x       | 12
  speaks            | key                               | found        | file_id | line
                    | 99999·p1·9I25·05838/20·2026-07-01 | EDI M, XML D | e       | 9
                    | 99999·p2·–·05838/20·–             | EDI M, XML D | e       | 12
  looked_at = 7

each carrier's two grades are named, and its first line shown: EDI's, XML's, the achievement report's
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | grade | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         | D     | e       | 4
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         | M     | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         | M     | f       | 1
                    | 99999         | p1        | 6E26   | unit | 583801      | xml         | M     | a       | 1
                    | 99999         | p2        | 6E26   | unit | 583801      | xml         | D     | e       | 5
                    | 99999         | p2        | 6E26   | unit | 583801      | xml         | M     | e       | 6
                    | 99999         | p2        | 6E26   | unit | 583801      | achievement | M     | a       | 1
                    | 99999         | p3        | 6E26   | unit | 583801      | achievement | P     | e       | 7
                    | 99999         | p3        | 6E26   | unit | 583801      | marks       | D     | a       | 1
                    | 99999         | p3        | 6E26   | unit | 583801      | marks       | M     | a       | 2
  speaks            | person_id | found                                      | file_id | line
                    | p1        | EDI D and M, XML M                         | e       | 3
                    | p2        | XML D and M, achievement report M          | e       | 5
                    | p3        | achievement report P, marks report D and M | e       | 7
*/
