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
reads = ["latest_statements", "entries", "series_seen", "run"]
needs = []
key = ["person", "series", "option"]
follows_from = ["absent_from_exam", "multiple_ucis"]
confidence = "documented"
wording = ["X", "No result"]
*/
WITH stated AS (
    SELECT
        s.*,
        CASE
            WHEN s.grade = 'X' THEN 'held'
            WHEN s.grade NOT IN ('X', 'Q') AND NOT coalesce(s.is_absent, FALSE) THEN 'graded'
            ELSE 'other'
        END AS says,
        -- a series without windows has one, long ago
        coalesce(s.window_from, DATE '1900-01-01') AS stretch,
        CASE s.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END AS carrier_rank,
        e.season,
        -- month after year: of one option, the later series has the later text
        (substr(s.series, 3, 2) || substr(s.series, 1, 1)) AS series_order
    FROM latest_statements AS s
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series
    WHERE s.grade IS NOT NULL
),

results AS (
    SELECT
        centre_number,
        person_id,
        series,
        kind,
        option_code,
        max(series_order) AS series_order,
        max(season) AS season,
        max(CASE WHEN says = 'held' THEN stretch END) AS held_in,
        max(CASE WHEN says = 'graded' THEN stretch END) AS graded_in,
        min(CASE WHEN says = 'graded' THEN grade END) AS other_grade,
        max(CASE WHEN is_absent THEN 1 ELSE 0 END) AS is_absent,
        max(CASE WHEN says = 'graded' AND grade NOT IN ('U', 'Not Achieved') THEN 1 ELSE 0 END) AS is_achieved
    FROM stated
    GROUP BY centre_number, person_id, series, kind, option_code
),

-- the same option in other series, and whether the student is still here
sittings AS (
    SELECT
        r.*,
        max(CASE WHEN r.graded_in IS NOT NULL THEN r.series_order END) OVER (
            PARTITION BY r.centre_number, r.person_id, r.kind, r.option_code
        ) AS last_graded,
        min(CASE WHEN r.is_achieved = 1 THEN r.series_order END) OVER (
            PARTITION BY r.centre_number, r.person_id, r.kind, r.option_code
        ) AS first_achieved,
        max(r.season) OVER (PARTITION BY r.centre_number, r.person_id) AS last_season
    FROM results AS r
),

last_entries AS (
    SELECT centre_number, person_id, max(season) AS season
    FROM entries
    WHERE NOT withdrawn
    GROUP BY centre_number, person_id
),

judged AS (
    SELECT
        s.*,
        -- as new as a grade elsewhere: the carriers are not in step; older than one: settled
        coalesce(s.graded_in = s.held_in, FALSE) AS is_graded_elsewhere,
        coalesce(s.first_achieved < s.series_order, FALSE) AS was_achieved_before,
        (
            s.held_in IS NOT NULL
            AND NOT coalesce(s.graded_in > s.held_in, FALSE)
            AND NOT coalesce(s.last_graded > s.series_order, FALSE)
            -- who left with it is nobody's task this summer
            AND NOT coalesce(s.season < t.season AND greatest(s.last_season, e.season) < t.season, FALSE)
            -- absent from a resit: the result that was achieved stands
            AND NOT (s.is_absent = 1 AND coalesce(s.first_achieved < s.series_order, FALSE))
        ) AS speaks
    FROM sittings AS s
    CROSS JOIN run AS t
    LEFT JOIN last_entries AS e ON e.centre_number = s.centre_number AND e.person_id = s.person_id
),

first_lines AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.series, s.kind, s.option_code
            ORDER BY
                s.stretch DESC NULLS LAST,
                s.carrier_rank ASC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place
    FROM stated AS s
    WHERE s.says = 'held'
)

SELECT
    j.centre_number,
    j.person_id,
    f.board,
    j.series,
    f.subject,
    CASE WHEN j.kind = 'qualification' THEN f.qualification_code END AS qualification_code,
    CASE WHEN j.kind = 'unit' THEN f.unit_code END AS unit_code,
    CASE WHEN j.kind = 'unit' OR NOT coalesce(f.is_technical, FALSE) THEN j.option_code END AS option_code,
    'a grade' AS expected,
    (
        CASE f.carrier WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' WHEN 'achievement' THEN 'the achievement report' ELSE 'the marks report' END
        || ' says X: no result' || CASE WHEN j.is_graded_elsewhere THEN (', another carrier ' || j.other_grade) ELSE '' END
    ) AS found,
    CASE
        WHEN j.is_graded_elsewhere THEN 'graded_elsewhere'
        WHEN j.is_absent = 1 THEN 'absent'
    END AS cause,
    CASE WHEN j.is_graded_elsewhere THEN 'mis' END AS owner,
    CASE WHEN j.was_achieved_before THEN 'warning' END AS severity,
    f.file_id,
    f.line,
    f.embargo_until,
    j.speaks
FROM judged AS j
LEFT JOIN first_lines AS f
    ON
        f.place = 1 AND f.centre_number = j.centre_number AND f.person_id = j.person_id
        AND f.series IS NOT DISTINCT FROM j.series AND f.kind = j.kind AND f.option_code = j.option_code;

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
