/*
severity = "info"
owner = "centre"
summary = "A student was absent from an exam and has not achieved the unit."
message = "{item} in {series}: {found}."
action = """
1. Check the attendance register.
2. If there was a good reason, apply for special consideration on Interchange before its deadline.
3. If not, enter the student for the next series, should the qualification need the unit."""
why = "The attendance register or the test centre recorded an absence."
source = "Progress Tracker, achievement statuses: Absent; docs/semantics.md, folding"
population = "students with a result, an absence or a tracker status for an examined unit"
reads = ["latest_statements", "tracker", "entries", "series_seen", "run"]
needs = ["marks", "edi", "tracker"]
key = ["person", "series", "unit"]
follows_from = []
confidence = "documented"
wording = ["Absent", "A or ABS in a mark column"]
where = ["Interchange > Special consideration", "Interchange > Cambridge Technicals > unit entries, the series of the examination"]
*/
WITH sat AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.unit_code,
        s.series,
        max(s.board) AS board,
        max(s.option_code) AS option_code,
        max(s.subject) AS subject,
        max(e.season) AS season,
        max(s.embargo_until) AS embargo_until,
        max(CASE WHEN s.is_absent THEN 1 ELSE 0 END) AS is_absent,
        max(CASE WHEN NOT coalesce(s.is_absent, FALSE) AND s.grade NOT IN ('X', 'Q') THEN 1 ELSE 0 END) AS is_graded,
        max(CASE WHEN s.grade NOT IN ('X', 'Q', 'U', 'Not Achieved') THEN 1 ELSE 0 END) AS is_achieved
    FROM latest_statements AS s
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series
    WHERE s.kind = 'unit' AND s.unit_code IS NOT NULL AND s.series IS NOT NULL AND s.assessment IS DISTINCT FROM 'moderated'
    GROUP BY s.centre_number, s.person_id, s.unit_code, s.series
),

said_absent AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code, s.series
            ORDER BY
                CASE s.carrier WHEN 'marks' THEN 1 WHEN 'edi' THEN 2 WHEN 'xml' THEN 3 ELSE 4 END ASC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place
    FROM latest_statements AS s
    WHERE s.is_absent
),

-- the tracker names no series: its absence belongs to the latest one entered
entered AS (
    SELECT
        e.*,
        row_number() OVER (
            PARTITION BY e.centre_number, e.person_id, e.unit_code
            ORDER BY (substr(e.series, 3, 2) || substr(e.series, 1, 1)) DESC NULLS LAST, e.file_id ASC NULLS LAST, e.line ASC NULLS LAST
        ) AS place
    FROM entries AS e
    WHERE NOT e.withdrawn
),

tracked AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code
            ORDER BY t.as_of DESC NULLS LAST, t.file_id ASC NULLS LAST, t.line ASC NULLS LAST
        ) AS place
    FROM tracker AS t
    WHERE t.unit_code IS NOT NULL AND t.assessment IS DISTINCT FROM 'moderated'
),

on_tracker AS (
    SELECT
        t.centre_number,
        t.person_id,
        t.unit_code,
        t.subject,
        t.status,
        t.file_id,
        t.line,
        e.series,
        e.option_code,
        e.season
    FROM tracked AS t
    LEFT JOIN entered AS e
        ON e.place = 1 AND e.centre_number = t.centre_number AND e.person_id = t.person_id AND e.unit_code = t.unit_code
    WHERE t.place = 1
),

-- without an entry the tracker's absence is the one that a carrier dates, if any does
both_sides AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.unit_code,
        s.series,
        s.board,
        s.option_code,
        s.subject,
        s.season,
        s.embargo_until,
        s.is_absent = 1 AS by_carrier,
        t.status = 'absent' AS by_tracker,
        s.is_graded,
        s.is_achieved,
        t.file_id AS tracker_file,
        t.line AS tracker_line
    FROM sat AS s
    LEFT JOIN on_tracker AS t
        ON t.centre_number = s.centre_number AND t.person_id = s.person_id AND t.unit_code = s.unit_code AND t.series = s.series
    UNION ALL
    SELECT
        t.centre_number,
        t.person_id,
        t.unit_code,
        t.series,
        '72' AS board,
        t.option_code,
        t.subject,
        t.season,
        CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
        FALSE AS by_carrier,
        t.status = 'absent' AS by_tracker,
        0 AS is_graded,
        0 AS is_achieved,
        t.file_id AS tracker_file,
        t.line AS tracker_line
    FROM on_tracker AS t
    LEFT JOIN sat AS s
        ON
            s.centre_number = t.centre_number AND s.person_id = t.person_id AND s.unit_code = t.unit_code
            AND (s.series = t.series OR (t.series IS NULL AND s.is_absent = 1))
    WHERE s.person_id IS NULL
),

histories AS (
    SELECT
        b.*,
        max(CASE WHEN b.is_achieved = 1 OR t.status = 'result_achieved' THEN 1 ELSE 0 END) OVER (
            PARTITION BY b.centre_number, b.person_id, b.unit_code
        ) AS was_achieved,
        max(CASE WHEN b.is_graded = 1 THEN (substr(b.series, 3, 2) || substr(b.series, 1, 1)) END) OVER (
            PARTITION BY b.centre_number, b.person_id, b.unit_code
        ) AS last_graded,
        max(b.season) OVER (PARTITION BY b.centre_number, b.person_id) AS last_season
    FROM both_sides AS b
    LEFT JOIN on_tracker AS t ON t.centre_number = b.centre_number AND t.person_id = b.person_id AND t.unit_code = b.unit_code
)

SELECT
    h.centre_number,
    h.person_id,
    h.board,
    h.series,
    h.subject,
    h.unit_code,
    coalesce(h.option_code, replace(substr(h.unit_code, 2), '/', '')) AS option_code,
    'a result' AS expected,
    CASE
        WHEN h.by_carrier AND h.by_tracker THEN ('absent, by ' || CASE a.carrier WHEN 'marks' THEN 'the marks report' WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' ELSE 'the achievement report' END || ' and the tracker')
        WHEN h.by_carrier THEN ('absent, by ' || CASE a.carrier WHEN 'marks' THEN 'the marks report' WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' ELSE 'the achievement report' END)
        ELSE 'absent, by the tracker'
    END AS found,
    coalesce(a.file_id, h.tracker_file) AS file_id,
    coalesce(a.line, h.tracker_line) AS line,
    h.embargo_until,
    (
        (h.by_carrier OR h.by_tracker)
        AND h.was_achieved = 0
        -- a U beside a carrier's absence is what absence is graded; beside the tracker's alone it says that the student came
        AND (h.by_carrier OR h.is_graded = 0)
        -- a later sitting with a grade, even U, leaves nothing to re-enter for here
        AND NOT coalesce(h.last_graded > (substr(h.series, 3, 2) || substr(h.series, 1, 1)), FALSE)
        AND NOT coalesce(h.season < r.season AND h.last_season < r.season, FALSE)
    ) AS speaks
FROM histories AS h
CROSS JOIN run AS r
LEFT JOIN said_absent AS a
    ON
        a.place = 1 AND a.centre_number = h.centre_number AND a.person_id = h.person_id
        AND a.unit_code = h.unit_code AND a.series = h.series;

/* cases
absent in a carrier is reported once, present is not
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier | grade | is_absent | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   | U     | true      | m       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | X     | true      | e       | 3
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   | U     | false     | m       | 4
                    | 99999         | p3        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | X     |           | e       | 5
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true      | m       | 6
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | U     |           | e       | 6
  speaks            | person_id | series | unit_code | option_code | qualification_code | found                        | file_id | line
                    | p1        | 6E26   | 05838/01  | 583801      |                    | absent, by the marks report  | m       | 3
                    | p4        | 6E26   | 05838/01  | 583801      |                    | absent, by the marks report  | m       | 6
  looked_at = 4

the tracker's absence belongs to the latest series entered, and to none where nobody says
  tracker | centre_number | person_id | unit_code | assessment | status        | as_of      | file_id | line
          | 99999         | p1        | 05838/01  | examined   | absent        | 2026-07-23 | t       | 3
          | 99999         | p2        | 05838/01  | examined   | absent        | 2026-07-23 | t       | 4
          | 99999         | p3        | 05838/01  | examined   | entered       | 2026-07-23 | t       | 5
          | 99999         | p4        | 05838/17  | moderated  | absent        | 2026-07-23 | t       | 6
          | 99999         | p5        | 05838/01  | examined   | absent        | 2026-02-01 | s       | 7
          | 99999         | p5        | 05838/01  | examined   | entered       | 2026-07-23 | t       | 7
  entries | centre_number | person_id | series | season  | kind | unit_code | option_code | withdrawn
          | 99999         | p1        | 1E26   | 2025-26 | unit | 05838/01  | 583801      | false
          | 99999         | p1        | 6E26   | 2025-26 | unit | 05838/01  | 583801      | false
          | 99999         | p1        | 6E25   | 2024-25 | unit | 05838/01  | 583801      | false
          | 99999         | p2        | 6E26   | 2025-26 | unit | 05838/01  | 583801      | true
  speaks  | person_id | series | unit_code | option_code | found                  | file_id | line
          | p1        | 6E26   | 05838/01  | 583801      | absent, by the tracker | t       | 3
          | p2        |        | 05838/01  | 583801      | absent, by the tracker | t       | 4
  looked_at = 4

the tracker and a carrier on one series are one finding, with or without an entry
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier | grade | is_absent | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true      | m       | 3
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true      | m       | 4
  tracker           | centre_number | person_id | unit_code | assessment | status | as_of      | file_id | line
                    | 99999         | p1        | 05838/01  | examined   | absent | 2026-07-23 | t       | 3
                    | 99999         | p2        | 05838/01  | examined   | absent | 2026-07-23 | t       | 4
  entries           | centre_number | person_id | series | kind | unit_code | withdrawn
                    | 99999         | p1        | 6E26   | unit | 05838/01  | false
  speaks            | person_id | series | found                                        | file_id | line
                    | p1        | 6E26   | absent, by the marks report and the tracker  | m       | 3
                    | p2        | 6E26   | absent, by the marks report                  | m       | 4
  looked_at = 2

achieved before, at the same time or later, or graded after all: silent
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier     | grade | is_absent
                    | 99999         | p1        | 6E25   | unit | 583801      | 05838/01  | examined   | edi         | P     |
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       |       | true
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       |       | true
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | achievement | P     | false
                    | 99999         | p3        | 1E26   | unit | 583801      | 05838/01  | examined   | marks       |       | true
                    | 99999         | p3        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       | M     | false
                    | 99999         | p4        | 1E26   | unit | 583801      | 05838/01  | examined   | marks       |       | true
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       | U     | false
                    | 99999         | p5        | 6E26   | unit | 583801      | 05838/01  | examined   | edi         | U     | false
                    | 99999         | p6        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       |       | true
  tracker           | centre_number | person_id | unit_code | assessment | status          | as_of
                    | 99999         | p5        | 05838/01  | examined   | absent          | 2026-07-23
                    | 99999         | p6        | 05838/01  | examined   | result_achieved | 2026-07-23
  entries           | centre_number | person_id | series | kind | unit_code | withdrawn
                    | 99999         | p5        | 6E26   | unit | 05838/01  | false
  speaks nothing
  looked_at = 9

failed before and absent now is said; an absence of an earlier season is said of students still here
  series_seen       | board | series | season
                    | 72    | 6E25   | 2024-25
                    | 72    | 6E26   | 2025-26
  latest_statements | centre_number | person_id | board | series | kind | option_code | unit_code | assessment | carrier | grade | is_absent
                    | 99999         | p1        | 72    | 6E25   | unit | 583801      | 05838/01  | examined   | marks   | U     | false
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p2        | 72    | 6E25   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p3        | 72    | 6E25   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p3        | 72    | 6E26   | unit | 583802      | 05838/02  | examined   | marks   | D     | false
  speaks            | person_id | series
                    | p1        | 6E26
                    | p3        | 6E25
  looked_at = 5

each student's, unit's and series' absence is told with its own first line: the marks report's, EDI's, XML's, a report's
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier     | is_absent | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       | true      | m       | 3
                    | 99999         | p1        | 6E26   | unit | 583802      | 05838/02  | examined   | marks       | true      | m       | 4
                    | 99999         | p1        | 1E26   | unit | 583801      | 05838/01  | examined   | marks       | true      | m       | 5
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       |           | a       | 1
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | edi         | true      | m       | 6
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | xml         | true      | a       | 6
                    | 99999         | p3        | 6E26   | unit | 583801      | 05838/01  |            | xml         | true      | m       | 7
                    | 99999         | p3        | 6E26   | unit | 583801      | 05838/01  |            | achievement | true      | a       | 7
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       | true      | n       | 1
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       | true      | m       | 9
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | marks       | true      | m       | 8
  speaks            | person_id | series | unit_code | found                       | file_id | line
                    | p1        | 6E26   | 05838/01  | absent, by the marks report | m       | 3
                    | p1        | 6E26   | 05838/02  | absent, by the marks report | m       | 4
                    | p1        | 1E26   | 05838/01  | absent, by the marks report | m       | 5
                    | p2        | 6E26   | 05838/01  | absent, by EDI              | m       | 6
                    | p3        | 6E26   | 05838/01  | absent, by XML              | m       | 7
                    | p4        | 6E26   | 05838/01  | absent, by the marks report | m       | 8
  looked_at = 6

an award, a moderated unit, and what names no unit or no series are not looked at
  latest_statements | centre_number | person_id | series | kind          | option_code | unit_code | assessment | carrier | is_absent
                    | 99999         | p1        | 9I25   | qualification | 05839       | 05839/00  |            | edi     | true
                    | 99999         | p1        | 9I25   | unit          | 583817      | 05838/17  | moderated  | edi     | true
                    | 99999         | p1        | 6E26   | unit          | 583899      |           | examined   | edi     | true
                    | 99999         | p1        |        | unit          | 583801      | 05838/01  | examined   | edi     | true
  tracker           | centre_number | person_id | unit_code | status | as_of
                    | 99999         | p1        |           | absent | 2026-07-23
  speaks nothing
  looked_at = 0

a later absence or an X is no grade; a later U is, and so is one beside the tracker's absence
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier | grade | is_absent
                    | 99999         | p1        | 1E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   | U     | true
                    | 99999         | p2        | 1E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | X     | false
                    | 99999         | p3        | 1E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p3        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | U     |
                    | 99999         | p3        | 6E25   | unit | 583801      | 05838/01  | examined   | edi     | U     |
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | X     |
                    | 99999         | p4        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   | U     |
                    | 99999         | p5        | 6E26   | unit | 583801      | 05838/01  | examined   | edi     | X     |
  tracker           | centre_number | person_id | unit_code | assessment | status | as_of
                    | 99999         | p4        | 05838/01  | examined   | absent | 2026-07-23
                    | 99999         | p5        | 05838/01  | examined   | absent | 2026-07-23
  entries           | centre_number | person_id | series | kind | unit_code | withdrawn
                    | 99999         | p4        | 6E26   | unit | 05838/01  | false
                    | 99999         | p5        | 6E26   | unit | 05838/01  | false
  speaks            | person_id | series | found
                    | p1        | 1E26   | absent, by the marks report
                    | p1        | 6E26   | absent, by the marks report
                    | p2        | 1E26   | absent, by the marks report
                    | p5        | 6E26   | absent, by the tracker

the tracker's absence is of its own student, unit and latest series entered, and what others did does not settle it
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier | grade | is_absent | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | examined   | marks   | P     | false     | m       | 1
                    | 99999         | p2        | 6E26   | unit | 583802      | 05838/02  | examined   | marks   | P     | false     | m       | 2
                    | 99999         | p3        | 6E25   | unit | 583801      | 05838/01  | examined   | marks   | U     | false     | m       | 3
                    | 99999         | p4        | 6E25   | unit | 583801      | 05838/01  | examined   | marks   | U     | false     | m       | 4
                    | 99999         | p5        | 1E26   | unit | 583801      | 05838/01  | examined   | marks   |       | true      | m       | 5
  tracker           | centre_number | person_id | unit_code | assessment | status          | as_of      | file_id | line
                    | 99999         | p2        | 05838/01  | examined   | absent          | 2026-07-23 | t       | 1
                    | 99999         | p2        | 05838/02  | examined   | absent          | 2026-07-23 | t       | 2
                    | 99999         | p3        | 05838/01  | examined   | absent          | 2026-07-23 | t       | 3
                    | 99999         | p3        | 05838/02  |            | result_achieved | 2026-07-23 | t       | 4
                    | 99999         | p4        | 05838/01  |            | absent          | 2026-07-23 | t       | 9
                    | 99999         | p4        | 05838/01  |            | absent          | 2026-07-23 | t       | 5
                    | 99999         | p4        | 05838/01  |            | absent          | 2026-07-23 | u       | 1
                    | 99999         | p5        | 05838/01  | examined   | absent          | 2026-07-23 | t       | 6
                    | 99999         | p6        | 05838/01  | examined   | absent          | 2026-07-23 | t       | 7
                    | 99999         | p7        | 05838/01  | examined   | absent          | 2026-07-23 | t       | 8
  entries           | centre_number | person_id | series | kind | unit_code | withdrawn | file_id | line
                    | 99999         | p2        | 6E26   | unit | 05838/01  | false     | f       | 1
                    | 99999         | p2        | 6E26   | unit | 05838/02  | false     | f       | 2
                    | 99999         | p3        | 6E26   | unit | 05838/01  | false     | f       | 3
                    | 99999         | p5        | 6E26   | unit | 05838/01  | false     | f       | 5
                    | 99999         | p6        | 6E25   | unit | 05838/01  | false     | f       | 6
                    | 99999         | p6        | 1E26   | unit | 05838/01  | false     | f       | 7
                    | 99999         | p7        | 6E19   | unit | 05838/01  | false     | f       | 8
                    | 99999         | p7        | 1E20   | unit | 05838/01  | false     | f       | 9
                    | 99999         | p7        |        | unit | 05838/01  | false     | f       | 10
  speaks            | person_id | series | unit_code | found                       | file_id | line
                    | p2        | 6E26   | 05838/01  | absent, by the tracker      | t       | 1
                    | p3        | 6E26   | 05838/01  | absent, by the tracker      | t       | 3
                    | p4        |        | 05838/01  | absent, by the tracker      | t       | 5
                    | p5        | 1E26   | 05838/01  | absent, by the marks report | m       | 5
                    | p5        | 6E26   | 05838/01  | absent, by the tracker      | t       | 6
                    | p6        | 1E26   | 05838/01  | absent, by the tracker      | t       | 7
                    | p7        | 1E20   | 05838/01  | absent, by the tracker      | t       | 8
  looked_at = 12

of a student who was last seen in an earlier season the tracker alone still speaks; without a board the season is known too
  series_seen       | board | series | season
                    |       | 6E25   | 2024-25
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | assessment | carrier | grade | is_absent
                    | 99999         | p1        | 6E25   | unit | 583801      | 05838/01  | examined   | marks   |       | true
                    | 99999         | p2        | 6E25   | unit | 583801      | 05838/01  | examined   | marks   | P     | false
  tracker           | centre_number | person_id | unit_code | assessment | status | as_of
                    | 99999         | p2        | 05838/02  | examined   | absent | 2026-07-23
  speaks            | person_id | unit_code | option_code
                    | p2        | 05838/02  | 583802
  looked_at = 3
*/
