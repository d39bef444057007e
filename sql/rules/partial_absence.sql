/*
severity = "info"
owner = "centre"
summary = "A result is marked as given though the student missed a part of the assessment."
message = "{item} in {series}: {found}."
action = """
1. Compare with the attendance register and the special consideration that was applied for.
2. If the student was there for every part, ask on 01223 553998 before the result is given out.
3. If not, tell the student that the grade rests on the parts that were taken."""
why = "The student was absent for a component, and the board graded the rest."
source = "JCQ EDI formats, results file: the flag after a grade"
population = "results with a grade or a mark"
reads = ["latest_statements"]
needs = ["edi"]
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = ["E4", "Partial absence (#)"]
where = ["Interchange > Cambridge Technicals > Results documents > examined marks report"]
*/
WITH stated AS (
    SELECT
        s.*,
        coalesce(s.unit_code, s.qualification_code, s.option_code) AS item
    FROM latest_statements AS s
    WHERE s.grade IS NOT NULL OR s.mark IS NOT NULL OR s.partial_absence
),

results AS (
    SELECT
        centre_number,
        person_id,
        series,
        item,
        max(CASE WHEN partial_absence THEN 1 ELSE 0 END) = 1 AS is_partial
    FROM stated
    GROUP BY centre_number, person_id, series, item
),

first_lines AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.series, s.item
            ORDER BY
                s.window_from DESC NULLS LAST,
                CASE s.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place
    FROM stated AS s
    WHERE s.partial_absence
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
    'every part taken' AS expected,
    (coalesce(f.grade, 'no grade') || ', with a part of it missed') AS found,
    f.file_id,
    f.line,
    f.embargo_until,
    r.is_partial AS speaks
FROM results AS r
LEFT JOIN first_lines AS f
    ON
        f.place = 1 AND f.centre_number = r.centre_number AND f.person_id = r.person_id
        AND f.series IS NOT DISTINCT FROM r.series AND f.item = r.item;

/* cases
a grade with the flag is reported once, one without it is not
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier | grade | partial_absence | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | P     | true            | e       | 3
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | marks   | P     | false           | m       | 4
                    | 99999         | p2        | 72    | 6E26   | unit          | 583801      | 05838/01  |                    | true         | edi     | P     | false           | e       | 4
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        |           | H446               | false        | edi     | C     | true            | f       | 4
  speaks            | person_id | unit_code | option_code | qualification_code | found                         | file_id | line
                    | p1        | 05838/01  | 583801      |                    | P, with a part of it missed   | e       | 3
                    | p3        |           | H446        | H446               | C, with a part of it missed   | f       | 4
  looked_at = 3

the flag alone is enough, a carrier that has no such flag is silence
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | grade | partial_absence
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         |       | true
                    | 99999         | p2        | 6E26   | unit | 583801      | achievement | D     |
                    | 99999         | p3        | 6E26   | unit | 583801      | edi         |       | false
  speaks            | person_id | found
                    | p1        | no grade, with a part of it missed
  looked_at = 2

each person's, series' and unit's flag is told with its own line, also where the series is not known
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | carrier | grade | partial_absence | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | edi     | P     | true            | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583802      | 05838/02  | edi     | P     | true            | e       | 4
                    | 99999         | p1        | 1E26   | unit | 583801      | 05838/01  | edi     | P     | true            | e       | 5
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | edi     | P     | true            | e       | 6
                    | 99999         | p2        |        | unit | 583801      | 05838/01  | edi     | P     | true            | e       | 7
  speaks            | person_id | series | unit_code | file_id | line
                    | p1        | 6E26   | 05838/01  | e       | 3
                    | p1        | 6E26   | 05838/02  | e       | 4
                    | p1        | 1E26   | 05838/01  | e       | 5
                    | p2        | 6E26   | 05838/01  | e       | 6
                    | p2        |        | 05838/01  | e       | 7
  looked_at = 5

of several lines with the flag, the later window's is shown, then EDI's, XML's, a report's, then the first
  latest_statements | centre_number | person_id | series | kind | option_code | window_from | carrier     | grade | mark | partial_absence | file_id | line
                    | 99999         | p1        | 9I25   | unit | 583817      | 2026-07-01  | edi         | P     |      | true            | e       | 3
                    | 99999         | p1        | 9I25   | unit | 583817      | 2026-08-01  | edi         | M     |      | true            | f       | 2
                    | 99999         | p2        | 6E26   | unit | 583801      |             | edi         | P     |      | false           | a       | 3
                    | 99999         | p2        | 6E26   | unit | 583801      |             | xml         | P     |      | true            | b       | 4
                    | 99999         | p3        | 6E26   | unit | 583801      |             | xml         | P     |      | true            | b       | 5
                    | 99999         | p3        | 6E26   | unit | 583801      |             | edi         | P     |      | true            | e       | 5
                    | 99999         | p4        | 6E26   | unit | 583801      |             | achievement | P     |      | true            | a       | 6
                    | 99999         | p4        | 6E26   | unit | 583801      |             | xml         | P     |      | true            | b       | 6
                    | 99999         | p5        | 6E26   | unit | 583801      |             | marks       | P     |      | true            | a       | 7
                    | 99999         | p5        | 6E26   | unit | 583801      |             | achievement | P     |      | true            | b       | 7
                    | 99999         | p6        | 6E26   | unit | 583801      |             | edi         | P     |      | true            | e       | 9
                    | 99999         | p6        | 6E26   | unit | 583801      |             | edi         | P     |      | true            | e       | 8
                    | 99999         | p6        | 6E26   | unit | 583801      |             | edi         | P     |      | true            | f       | 1
                    | 99999         | p7        | 6E26   | unit | 583801      |             | marks       |       | 41   | false           | a       | 8
  speaks            | person_id | file_id | line
                    | p1        | f       | 2
                    | p2        | b       | 4
                    | p3        | e       | 5
                    | p4        | b       | 6
                    | p5        | b       | 7
                    | p6        | e       | 8
  looked_at = 7

an award of which nobody says whose it is gives its option too
  latest_statements | centre_number | person_id | series | kind          | option_code | qualification_code | is_technical | carrier | grade | partial_absence
                    | 99999         | p1        | 6B26   | qualification | 7402        | 7402               |              | edi     | C     | true
                    | 99999         | p2        | 9I25   | qualification | 05839       | 05839              | true         | edi     | P     | true
  speaks            | person_id | qualification_code | option_code
                    | p1        | 7402               | 7402
                    | p2        | 05839              |
*/
