/*
severity = "error"
owner = "board"
summary = "A result has a grade that its scale does not offer."
message = "{item} in {series}: {found}; expected is {expected}."
action = """
1. Do not give this result out.
2. Look the grade up on Interchange, Cambridge Technicals > Results documents.
3. If Interchange has another grade, take that, and take the newest EDI file.
4. If Interchange has the same, ask on 01223 553998 what it stands for, quoting the line.
5. If the board says that it is right, add the code to grade_codes.csv in data/local/reference."""
why = "The grade belongs to another unit or size, a column was read as another, or the board uses a code that the reference data do not have."
source = "Grade scales of Cambridge Technicals; a near pass exists for Level 3 examined units alone"
population = "results with a grade whose scale is known"
reads = ["latest_statements"]
needs = []
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = []
where = ["the school's own system: basedata of the series", "Interchange > Post results > Missing and incomplete results"]
*/
WITH graded AS (
    SELECT
        s.*,
        coalesce(s.unit_code, s.qualification_code, s.option_code) AS item,
        (s.assessment = 'moderated' AND s.grade = 'R') AS is_moderated_near_pass,
        (NOT s.is_on_scale OR (s.assessment = 'moderated' AND s.grade = 'R')) AS is_off_scale
    FROM latest_statements AS s
    WHERE s.is_on_scale IS NOT NULL
),

results AS (
    SELECT
        centre_number,
        person_id,
        series,
        item,
        max(CASE WHEN is_off_scale THEN 1 ELSE 0 END) = 1 AS is_off_scale,
        min(CASE WHEN is_off_scale AND carrier = 'edi' THEN grade_as_sent END) AS edi_grade,
        min(CASE WHEN is_off_scale AND carrier = 'xml' THEN grade_as_sent END) AS xml_grade,
        min(CASE WHEN is_off_scale AND carrier = 'achievement' THEN grade_as_sent END) AS achievement_grade,
        min(CASE WHEN is_off_scale AND carrier = 'marks' THEN grade_as_sent END) AS marks_grade
    FROM graded
    GROUP BY centre_number, person_id, series, item
),

first_lines AS (
    SELECT
        g.*,
        row_number() OVER (
            PARTITION BY g.centre_number, g.person_id, g.series, g.item
            ORDER BY
                CASE g.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                g.window_from ASC NULLS LAST,
                g.file_id ASC NULLS LAST,
                g.line ASC NULLS LAST
        ) AS place
    FROM graded AS g
    WHERE g.is_off_scale
)

SELECT
    r.centre_number,
    r.person_id,
    f.board,
    r.series,
    f.subject,
    CASE WHEN f.kind = 'qualification' THEN f.qualification_code END AS qualification_code,
    CASE WHEN f.kind = 'unit' THEN f.unit_code END AS unit_code,
    CASE WHEN f.kind = 'unit' OR NOT coalesce(f.is_technical, FALSE) THEN f.option_code END AS option_code,
    CASE
        WHEN f.is_moderated_near_pass THEN 'a pass or better, or U: a moderated unit has no near pass'
        ELSE 'a grade of its scale'
    END AS expected,
    concat_ws(
        ', ',
        ('EDI ' || r.edi_grade),
        ('XML ' || r.xml_grade),
        ('achievement report ' || r.achievement_grade),
        ('marks report ' || r.marks_grade)
    ) AS found,
    f.file_id,
    f.line,
    f.embargo_until,
    r.is_off_scale AS speaks
FROM results AS r
LEFT JOIN first_lines AS f
    ON
        f.place = 1 AND f.centre_number = r.centre_number AND f.person_id = r.person_id
        AND f.series IS NOT DISTINCT FROM r.series AND f.item = r.item;

/* cases
a grade that the scale does not have is reported once, whoever says it
  latest_statements | centre_number | person_id | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier     | grade_as_sent | grade | is_on_scale | file_id | line
                    | 99999         | p1        | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi         | Z9            | Z9    | false       | e       | 3
                    | 99999         | p1        | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | achievement | Z             | Z     | false       | a       | 9
                    | 99999         | p1        | 6E26   | unit          | 583801      | 05838/01  |                    | true         | marks       | D             | D     | true        | m       | 2
                    | 99999         | p2        | 9I25   | qualification | 05839       |           | 05839              | true         | edi         | E             | E     | false       | e       | 4
                    | 99999         | p3        | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi         | D             | D     | true        | e       | 5
  speaks            | person_id | unit_code | option_code | qualification_code | found                         | file_id | line
                    | p1        | 05838/01  | 583801      |                    | EDI Z9, achievement report Z  | e       | 3
                    | p2        |           |             | 05839              | EDI E                         | e       | 4
  looked_at = 3

a near pass on a moderated unit is none, on an examined one it is
  latest_statements | centre_number | person_id | series | kind | option_code | assessment | is_technical | carrier | grade_as_sent | grade | is_on_scale
                    | 99999         | p1        | 9I25   | unit | 583817      | moderated  | true         | edi     | R             | R     | true
                    | 99999         | p2        | 6E26   | unit | 583801      | examined   | true         | edi     | R             | R     | true
                    | 99999         | p3        | 6E26   | unit | 583899      |            | true         | edi     | R             | R     | true
  speaks            | person_id | expected
                    | p1        | a pass or better, or U: a moderated unit has no near pass
  looked_at = 3

no grade, and a grade whose scale nobody knows, are not looked at; X and Q are on every scale
  latest_statements | centre_number | person_id | series | kind          | option_code | is_technical | carrier | grade_as_sent | grade | is_on_scale
                    | 99999         | p1        | 6E26   | unit          | 583801      | true         | edi     |               |       |
                    | 99999         | p2        | 6B26   | qualification | 7402        | false        | xml     | 9             | 9     |
                    | 99999         | p3        | 6E26   | unit          | 583801      | true         | edi     | X             | X     | true
                    | 99999         | p4        | 6E26   | unit          | 583801      | true         | edi     | Q             | Q     | true
  speaks nothing
  looked_at = 2

two windows of one series are one key
  latest_statements | centre_number | person_id | series | kind | option_code | is_technical | window_from | carrier | grade_as_sent | grade | is_on_scale | line
                    | 99999         | p1        | 9I25   | unit | 583817      | true         | 2026-07-01  | edi     | Y             | Y     | false       | 3
                    | 99999         | p1        | 9I25   | unit | 583817      | true         | 2026-08-01  | edi     | Z             | Z     | false       | 4
                    | 99999         | p1        | 9I25   | unit | 583817      | true         | 2026-08-05  | edi     | D             | D     | true        | 5
  speaks            | person_id | option_code | found | line
                    | p1        | 583817      | EDI Y | 3
  looked_at = 1

each person's, series' and unit's grade is told with its own line, also where the series is not known
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | carrier | grade_as_sent | is_on_scale | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | edi     | Z             | false       | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583802      | 05838/02  | edi     | Z             | false       | e       | 4
                    | 99999         | p1        | 1E26   | unit | 583801      | 05838/01  | edi     | Z             | false       | e       | 5
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | edi     | Z             | false       | e       | 6
                    | 99999         | p2        |        | unit | 583801      | 05838/01  | edi     | Z             | false       | e       | 7
  speaks            | person_id | series | unit_code | line
                    | p1        | 6E26   | 05838/01  | 3
                    | p1        | 6E26   | 05838/02  | 4
                    | p1        | 1E26   | 05838/01  | 5
                    | p2        | 6E26   | 05838/01  | 6
                    | p2        |        | 05838/01  | 7
  looked_at = 5

only who gives such a grade is told and pointed at: EDI, XML, a report, then the first line
  latest_statements | centre_number | person_id | series | kind | option_code | window_from | carrier     | grade_as_sent | is_on_scale | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      |             | edi         | D             | true        | a       | 1
                    | 99999         | p1        | 6E26   | unit | 583801      |             | xml         | Z             | false       | e       | 2
                    | 99999         | p2        | 6E26   | unit | 583801      |             | edi         | Z             | false       | e       | 3
                    | 99999         | p2        | 6E26   | unit | 583801      |             | xml         | D             | true        | a       | 3
                    | 99999         | p2        | 6E26   | unit | 583801      |             | achievement | D             | true        | a       | 3
                    | 99999         | p2        | 6E26   | unit | 583801      |             | marks       | D             | true        | a       | 3
                    | 99999         | p3        | 6E26   | unit | 583801      |             | edi         | Z             | false       | e       | 4
                    | 99999         | p3        | 6E26   | unit | 583801      |             | xml         | Z             | false       | a       | 4
                    | 99999         | p4        | 6E26   | unit | 583801      |             | xml         | Z             | false       | e       | 5
                    | 99999         | p4        | 6E26   | unit | 583801      |             | achievement | Z             | false       | a       | 5
                    | 99999         | p5        | 6E26   | unit | 583801      |             | achievement | Z             | false       | e       | 6
                    | 99999         | p5        | 6E26   | unit | 583801      |             | marks       | Z             | false       | a       | 6
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-07-01  | xml         | Z             | false       | b       | 9
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-07-01  | xml         | Y             | false       | b       | 7
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-07-01  | xml         | Y             | false       | c       | 1
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-08-01  | achievement | Y             | false       | a       | 8
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-08-01  | achievement | Z             | false       | a       | 9
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-08-01  | marks       | Y             | false       | a       | 8
                    | 99999         | p6        | 9I25   | unit | 583817      | 2026-08-01  | marks       | Z             | false       | a       | 9
  speaks            | person_id | found                                       | file_id | line
                    | p1        | XML Z                                       | e       | 2
                    | p2        | EDI Z                                       | e       | 3
                    | p3        | EDI Z, XML Z                                | e       | 4
                    | p4        | XML Z, achievement report Z                 | e       | 5
                    | p5        | achievement report Z, marks report Z        | e       | 6
                    | p6        | XML Y, achievement report Y, marks report Y | b       | 7

a grade that an examined unit does not have, or a moderated one, is no near pass; a moderated pass is one of the scale
  latest_statements | centre_number | person_id | series | kind          | option_code | qualification_code | assessment | is_technical | carrier | grade_as_sent | grade | is_on_scale
                    | 99999         | p1        | 6E26   | unit          | 583801      |                    | examined   | true         | edi     | R             | R     | false
                    | 99999         | p2        | 9I25   | unit          | 583817      |                    | moderated  | true         | edi     | Z             | Z     | false
                    | 99999         | p3        | 9I25   | unit          | 583817      |                    | moderated  | true         | edi     | D             | D     | true
                    | 99999         | p4        | 6B26   | qualification | 7402        | 7402               |            |              | edi     | Z             | Z     | false
                    | 99999         | p5        | 6B26   | qualification | H446        | H446               |            | false        | edi     | Z             | Z     | false
  speaks            | person_id | expected             | qualification_code | option_code
                    | p1        | a grade of its scale |                    | 583801
                    | p2        | a grade of its scale |                    | 583817
                    | p4        | a grade of its scale | 7402               | 7402
                    | p5        | a grade of its scale | H446               | H446
*/
