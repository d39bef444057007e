/*
severity = "warning"
owner = "centre"
summary = "A candidate achievement report stops before the results it should show, or leaves out a series in which its students took units."
message = "{file}: {found}; run it again for {expected}."
action = """
1. Log in to Interchange, hover over Cambridge Technicals and click Results documents.
2. Choose the candidate achievement report, CSV, whole cohort, by date range and not by series, with the dates given here.
3. The end date has to be the day of the results or later: assessed grades are issued on that day.
4. Put the new report in the inbox beside the old one and run again: what is found about students rests on it."""
why = "The report shows the date range or the one series that was asked for; units from outside it are left out without a word."
source = "Awarding body guidance on results, summers 2024 and 2026: the date range of the achievement report, and its end date"
population = "candidate achievement reports with results of Cambridge Technicals"
reads = ["results_by_carrier", "latest_statements", "series_seen", "series_due", "release_calendar", "entered_options", "tracker", "achieved_units", "qualification_entries", "seasons", "run"]
needs = ["achievement"]
key = ["file"]
follows_from = []
confidence = "inferred"
wording = ["Units missing from the achievement report", "Date range of the report"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report"]
*/
-- an hour is added because the calendar keeps London time
WITH releases AS (
    SELECT max(CAST(c.released_to_centres + INTERVAL 1 HOUR AS DATE)) AS release_day
    FROM release_calendar AS c
    INNER JOIN run AS r ON r.season = c.season
    WHERE
        strpos(('|' || c.carrier || '|'), '|edi|') > 0
        AND strpos(('|' || c.board || '|'), '|72|') > 0
        AND c.released_to_centres <= :as_of
),

-- of a series without windows the day of its release, of a window its first day: a report that ends before it cannot show it
due AS (
    SELECT board, series, window_from, coalesce(window_from, CAST(released_to_centres + INTERVAL 1 HOUR AS DATE)) AS opens_on
    FROM series_due
    WHERE is_due
),

shown AS (
    SELECT
        b.centre_number,
        b.file_id,
        b.kind,
        b.suite,
        b.subject,
        b.series,
        max(e.season) AS season,
        min(b.line) AS line,
        max(b.award_date) AS last_award,
        -- rows of a series show that the report goes up to the day of its release
        max(CASE WHEN b.kind = 'unit' THEN d.opens_on END) AS last_release
    FROM results_by_carrier AS b
    LEFT JOIN series_seen AS e ON e.board = b.board AND e.series = b.series
    LEFT JOIN due AS d ON d.board = b.board AND d.series = b.series AND d.window_from IS NULL
    WHERE b.carrier = 'achievement' AND b.is_technical
    GROUP BY b.centre_number, b.file_id, b.kind, b.suite, b.subject, b.series
),

reports AS (
    SELECT
        centre_number,
        file_id,
        min(line) AS line,
        min(season) AS first_season,
        max(last_award) AS last_award,
        greatest(max(last_award), max(last_release)) AS reach,
        max(CASE WHEN kind = 'unit' THEN 1 ELSE 0 END) AS has_units
    FROM shown
    GROUP BY centre_number, file_id
),

listed AS (
    SELECT DISTINCT b.centre_number, b.file_id, b.person_id, r.reach, r.has_units
    FROM results_by_carrier AS b
    INNER JOIN reports AS r ON r.centre_number = b.centre_number AND r.file_id = b.file_id
    WHERE b.is_technical
),

unit_series AS (
    SELECT centre_number, file_id, series
    FROM shown
    WHERE kind = 'unit'
),

-- how far the reports here go, in a subject and series
covers AS (
    SELECT s.centre_number, s.kind, s.suite, s.subject, s.series, max(r.reach) AS reach
    FROM shown AS s
    INNER JOIN reports AS r ON r.centre_number = s.centre_number AND r.file_id = s.file_id
    GROUP BY s.centre_number, s.kind, s.suite, s.subject, s.series
),

subject_reaches AS (
    SELECT centre_number, suite, subject, max(reach) AS reach
    FROM covers
    GROUP BY centre_number, suite, subject
),

-- what the other carriers say that students achieved; an assessed grade has no other carrier before its day
known AS (
    SELECT DISTINCT s.centre_number, s.person_id, s.kind, s.suite, s.subject, s.series, e.season, d.opens_on, d.window_from
    FROM latest_statements AS s
    INNER JOIN due AS d ON d.board = s.board AND d.series = s.series AND d.window_from IS NOT DISTINCT FROM s.window_from
    INNER JOIN series_seen AS e ON e.board = s.board AND e.series = s.series
    WHERE
        s.carrier IN ('edi', 'xml', 'marks')
        AND s.is_technical
        AND s.grade NOT IN ('X', 'Q', 'U', 'Not Achieved')
        AND NOT coalesce(s.is_absent, FALSE)
),

missed AS (
    SELECT centre_number, person_id, unit_code, series
    FROM latest_statements
    WHERE is_absent OR grade IN ('X', 'Q', 'U', 'Not Achieved')
),

entered AS (
    SELECT o.centre_number, o.person_id, o.suite, o.subject, o.series, o.season, d.opens_on
    FROM entered_options AS o
    INNER JOIN run AS r ON r.season = o.season
    INNER JOIN due AS d ON d.board = o.board AND d.series = o.series AND d.window_from IS NULL
    LEFT JOIN missed AS m
        ON m.centre_number = o.centre_number AND m.person_id = o.person_id AND m.unit_code = o.unit_code AND m.series = o.series
    WHERE o.kind = 'unit' AND o.is_technical AND NOT o.withdrawn AND m.person_id IS NULL
),

assessed AS (
    SELECT t.centre_number, t.person_id, t.suite, t.subject
    FROM tracker AS t
    LEFT JOIN achieved_units AS a ON a.centre_number = t.centre_number AND a.person_id = t.person_id AND a.unit_code = t.unit_code
    WHERE t.status = 'awaiting_assessed_grade' AND a.person_id IS NULL
),

gaps AS (
    SELECT
        l.centre_number,
        l.file_id,
        l.person_id,
        k.series,
        k.season,
        CASE WHEN k.opens_on > l.reach THEN 'stops' ELSE 'leaves_out' END AS gap
    FROM listed AS l
    INNER JOIN known AS k ON k.centre_number = l.centre_number AND k.person_id = l.person_id
    LEFT JOIN unit_series AS u ON u.centre_number = l.centre_number AND u.file_id = l.file_id AND u.series = k.series
    LEFT JOIN covers AS c
        ON
            c.centre_number = k.centre_number AND c.kind = k.kind AND c.series = k.series
            AND c.suite IS NOT DISTINCT FROM k.suite AND c.subject IS NOT DISTINCT FROM k.subject
            AND (k.window_from IS NULL OR c.reach >= k.window_from)
    WHERE
        c.series IS NULL
        AND (k.opens_on > l.reach OR (k.kind = 'unit' AND l.has_units = 1 AND u.series IS NULL))
    UNION
    SELECT l.centre_number, l.file_id, l.person_id, e.series, e.season, 'stops' AS gap
    FROM listed AS l
    INNER JOIN entered AS e ON e.centre_number = l.centre_number AND e.person_id = l.person_id AND e.opens_on > l.reach
    LEFT JOIN covers AS c
        ON
            c.kind = 'unit' AND c.centre_number = e.centre_number AND c.series = e.series
            AND c.suite IS NOT DISTINCT FROM e.suite AND c.subject IS NOT DISTINCT FROM e.subject
    WHERE c.series IS NULL
    UNION
    SELECT l.centre_number, l.file_id, l.person_id, CAST(NULL AS VARCHAR) AS series, t.season, 'stops' AS gap
    FROM listed AS l
    CROSS JOIN run AS t
    CROSS JOIN releases AS y
    INNER JOIN assessed AS a ON a.centre_number = l.centre_number AND a.person_id = l.person_id
    INNER JOIN subject_reaches AS s
        ON
            s.centre_number = a.centre_number AND s.suite IS NOT DISTINCT FROM a.suite
            AND s.subject IS NOT DISTINCT FROM a.subject AND s.reach < y.release_day
    WHERE l.reach < y.release_day
),

gap_series AS (
    SELECT
        centre_number,
        file_id,
        series,
        row_number() OVER (
            PARTITION BY centre_number, file_id
            ORDER BY substr(series, 3, 2) ASC NULLS LAST, series ASC NULLS LAST
        ) AS number
    FROM (SELECT DISTINCT centre_number, file_id, series FROM gaps WHERE series IS NOT NULL) AS one
),

named AS (
    SELECT
        centre_number,
        file_id,
        count(*) AS series_left_out,
        concat_ws(
            ', ',
            max(CASE WHEN number = 1 THEN series END),
            max(CASE WHEN number = 2 THEN series END),
            max(CASE WHEN number = 3 THEN series END),
            max(CASE WHEN number = 4 THEN series END),
            max(CASE WHEN number = 5 THEN series END),
            max(CASE WHEN number = 6 THEN series END)
        ) AS words
    FROM gap_series
    GROUP BY centre_number, file_id
),

counted AS (
    SELECT
        centre_number,
        file_id,
        count(DISTINCT person_id) AS students,
        min(season) AS first_season,
        max(CASE WHEN gap = 'stops' THEN 1 ELSE 0 END) AS stops
    FROM gaps
    GROUP BY centre_number, file_id
),

beginnings AS (
    SELECT l.centre_number, l.file_id, min(e.entered_from) AS first_day
    FROM listed AS l
    INNER JOIN qualification_entries AS e ON e.centre_number = l.centre_number AND e.person_id = l.person_id AND e.is_live
    GROUP BY l.centre_number, l.file_id
),

judged AS (
    SELECT
        r.*,
        g.students,
        g.stops,
        n.words,
        n.series_left_out,
        y.release_day,
        least(s.first_day, f.first_day, b.first_day, t.season_start) AS ask_from,
        -- nothing here says that anything is left out; only the day does
        (
            g.file_id IS NULL AND r.last_award >= t.season_start
            AND max(r.reach) OVER (PARTITION BY r.centre_number) < y.release_day
        ) AS may_stop
    FROM reports AS r
    CROSS JOIN run AS t
    CROSS JOIN releases AS y
    LEFT JOIN counted AS g ON g.centre_number = r.centre_number AND g.file_id = r.file_id
    LEFT JOIN named AS n ON n.centre_number = r.centre_number AND n.file_id = r.file_id
    LEFT JOIN beginnings AS b ON b.centre_number = r.centre_number AND b.file_id = r.file_id
    LEFT JOIN seasons AS s ON s.season = r.first_season
    LEFT JOIN seasons AS f ON f.season = g.first_season
)

SELECT
    j.centre_number,
    '72' AS board,
    (
        'dates from ' || CAST(j.ask_from AS VARCHAR) || ' to ' || coalesce(CAST(j.release_day AS VARCHAR), 'today')
    ) AS expected,
    concat_ws(
        ', ',
        ('its last award is of ' || CAST(j.last_award AS VARCHAR)),
        CASE
            WHEN j.stops = 1 OR j.may_stop THEN ('before the results of ' || CAST(j.release_day AS VARCHAR))
        END,
        (
            'it lacks results of ' || j.words || CASE WHEN j.series_left_out > 6 THEN (' and ' || CAST(j.series_left_out - 6 AS VARCHAR) || ' more') ELSE '' END
        ),
        CASE
            WHEN j.students IS NULL THEN 'and nothing here says what comes after'
            WHEN j.students = 1 THEN 'which concerns one of its students'
            ELSE ('which concerns ' || CAST(j.students AS VARCHAR) || ' of its students')
        END
    ) AS found,
    CASE WHEN j.students IS NULL THEN 'may_stop_early' WHEN j.stops = 1 THEN 'stops_early' ELSE 'series_left_out' END AS cause,
    CASE WHEN j.students IS NULL THEN 'info' END AS severity,
    j.file_id,
    j.line,
    (j.students IS NOT NULL OR j.may_stop) AS speaks
FROM judged AS j;

/* cases
a report that ends before the release, while EDI has June units of its students, is reported with the dates to ask for
  as_of = 2026-08-10T08:00:00+01:00
  series_seen        | board | series | season
                     | 72    | 6E26   | 2025-26
                     | 72    | 9I25   | 2025-26
                     | 72    | 9I24   | 2024-25
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id | line
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-07-20 | r       | 4
                     | 99999         | p2        | achievement | unit | 72    | 9I24   | 2016  | IT      | true         | 2025-07-20 | r       | 3
  latest_statements  | centre_number | person_id | carrier | kind | board | series | suite | subject | is_technical | grade | window_from
                     | 99999         | p1        | edi     | unit | 72    | 6E26   | 2016  | IT      | true         | P     |
                     | 99999         | p2        | edi     | unit | 72    | 6E26   | 2016  | IT      | true         | M     |
                     | 99999         | p1        | edi     | unit | 72    | 9I25   | 2016  | IT      | true         | P     | 2026-07-01
                     | 99999         | p3        | edi     | unit | 72    | 6E26   | 2016  | IT      | true         | P     |
  speaks             | key     | severity | owner  | expected                                       | found                                                                                                                         | cause       | file_id | line
                     | 99999·r | warning  | centre | dates from 2024-09-01 to 2026-08-10 | its last award is of 2026-07-20, before the results of 2026-08-10, it lacks results of 6E26, which concerns 2 of its students | stops_early | r       | 3
  looked_at = 1

a report with rows of June goes up to the release, whatever its award dates say; before the release nothing is due
  series_seen        | board | series | season
                     | 72    | 6E26   | 2025-26
                     | 72    | 9I25   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-08-01  | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-07-20 | r
                     | 99999         | p2        | achievement | unit | 72    | 6E26   | 2016  | IT      | true         |            | r
  latest_statements  | centre_number | person_id | carrier | kind          | board | series | suite | subject | is_technical | grade | window_from
                     | 99999         | p1        | edi     | unit          | 72    | 6E26   | 2016  | IT      | true         | P     |
                     | 99999         | p1        | edi     | qualification | 72    | 9I25   | 2016  | IT      | true         | P     | 2026-08-01
  speaks nothing
  looked_at = 1

the same report on the eve of the release
  as_of = 2026-08-10T07:59:00+01:00
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
                     | 72    | 6E26   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | false
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-07-20 | r
  latest_statements  | centre_number | person_id | carrier | kind | board | series | suite | subject | is_technical | grade
                     | 99999         | p1        | edi     | unit | 72    | 6E26   | 2016  | IT      | true         | P
  entered_options    | centre_number | person_id | board | series | season  | suite | subject | kind | unit_code | is_technical | withdrawn
                     | 99999         | p1        | 72    | 6E26   | 2025-26 | 2016  | IT      | unit | 05838/01  | true         | false
  speaks nothing
  looked_at = 1

August awards that EDI has are after a report that ends in July; a report that ends on their first day may hold them
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 9I25   | 2026-08-01  | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-07-31 | r
                     | 99998         | p2        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-08-01 | s
  latest_statements  | centre_number | person_id | carrier | kind          | board | series | suite | subject | is_technical | grade | window_from
                     | 99999         | p1        | edi     | qualification | 72    | 9I25   | 2016  | IT      | true         | M     | 2026-08-01
                     | 99998         | p2        | edi     | qualification | 72    | 9I25   | 2016  | IT      | true         | M     | 2026-08-01
  speaks             | centre_number | severity | cause          | file_id
                     | 99999         | warning  | stops_early    | r
                     | 99998         | info     | may_stop_early | s
  looked_at = 2

an older series that the marks report has units of, and no report has, is left out; awards, absences and failures are not asked for
  series_seen        | board | series | season
                     | 72    | 6E25   | 2024-25
                     | 72    | 6E26   | 2025-26
                     | 72    | 9I25   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E25   |             | 2025-08-11T08:00:00+01:00 | true
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 6E26   | 2016  | IT      | true         | 2026-08-10 | r
                     | 99998         | p2        | achievement | unit | 72    | 6E26   | 2016  | IT      | true         | 2026-08-10 | s
  latest_statements  | centre_number | person_id | carrier | kind          | board | series | suite | subject | is_technical | grade | is_absent | window_from
                     | 99999         | p1        | marks   | unit          | 72    | 6E25   | 2016  | IT      | true         | P     | false     |
                     | 99998         | p2        | marks   | unit          | 72    | 6E25   | 2016  | IT      | true         | U     | false     |
                     | 99998         | p2        | edi     | unit          | 72    | 9I25   | 2016  | IT      | true         | X     |           | 2026-07-01
                     | 99998         | p2        | edi     | qualification | 72    | 9I25   | 2016  | IT      | true         | M     |           | 2026-07-01
                     | 99998         | p2        | edi     | unit          | 01    | 6B26   |       | IT      | false        | P     |           |
  speaks             | file_id | cause           | expected                                       | found
                     | r       | series_left_out | dates from 2024-09-01 to 2026-08-10 | its last award is of 2026-08-10, it lacks results of 6E25, which concerns one of its students
  looked_at = 2

another report that shows the series of that subject covers it, one of another subject or one that shows awards alone does not
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
                     | 72    | 6E26   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind          | board | series | suite | subject  | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit          | 72    | 6E26   | 2016  | IT       | true         | 2026-08-10 | r
                     | 99999         | p9        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-07-20 | s
                     | 99999         | p2        | achievement | unit          | 72    | 6E26   | 2016  | Business | true         | 2026-08-10 | t
                     | 99999         | p2        | achievement | qualification | 72    | 9I25   | 2016  | Business | true         | 2026-08-03 | t
  latest_statements  | centre_number | person_id | carrier | kind | board | series | suite | subject  | is_technical | grade | window_from
                     | 99999         | p1        | edi     | unit | 72    | 9I25   | 2016  | IT       | true         | P     | 2026-07-01
                     | 99999         | p2        | edi     | unit | 72    | 9I25   | 2016  | Business | true         | P     | 2026-07-01
  speaks             | file_id | found
                     | t       | its last award is of 2026-08-10, it lacks results of 9I25, which concerns one of its students
  looked_at = 3

entered for June in a report that ends before its release is enough; absent, withdrawn or covered elsewhere is not
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
                     | 72    | 6E26   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject  | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT       | true         | 2026-07-20 | r
                     | 99998         | p2        | achievement | unit | 72    | 9I25   | 2016  | IT       | true         | 2026-07-20 | s
                     | 99998         | p3        | achievement | unit | 72    | 9I25   | 2016  | IT       | true         | 2026-07-20 | s
                     | 99998         | p4        | achievement | unit | 72    | 9I25   | 2016  | Business | true         | 2026-07-20 | s
                     | 99998         | p9        | achievement | unit | 72    | 6E26   | 2016  | Business | true         | 2026-08-10 | t
  latest_statements  | centre_number | person_id | carrier | kind | board | series | suite | subject | is_technical | unit_code | is_absent
                     | 99998         | p2        | marks   | unit | 72    | 6E26   | 2016  | IT      | true         | 05838/01  | true
  entered_options    | centre_number | person_id | board | series | season  | suite | subject  | kind | unit_code | is_technical | withdrawn
                     | 99999         | p1        | 72    | 6E26   | 2025-26 | 2016  | IT       | unit | 05838/01  | true         | false
                     | 99998         | p2        | 72    | 6E26   | 2025-26 | 2016  | IT       | unit | 05838/01  | true         | false
                     | 99998         | p3        | 72    | 6E26   | 2025-26 | 2016  | IT       | unit | 05838/01  | true         | true
                     | 99998         | p4        | 72    | 6E26   | 2025-26 | 2016  | Business | unit | 05834/01  | true         | false
  speaks             | centre_number | file_id | cause
                     | 99999         | r       | stops_early
  looked_at = 3

an assessed grade comes on the day of the release: a report that ends before it cannot hold it
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-08-04 | r
                     | 99998         | p2        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2026-08-10 | s
  tracker            | centre_number | person_id | suite | subject | unit_code | status
                     | 99999         | p1        | 2016  | IT      | 05838/17  | awaiting_assessed_grade
                     | 99998         | p2        | 2016  | IT      | 05838/17  | awaiting_assessed_grade
  speaks             | file_id | severity | found
                     | r       | warning  | its last award is of 2026-08-04, before the results of 2026-08-10, which concerns one of its students
  looked_at = 2

by its day alone it is to be known only: not where another report goes further, nor of a report of last year
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
                     | 72    | 9I24   | 2024-25
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject  | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT       | true         | 2026-07-31 | r
                     | 99999         | p1        | achievement | unit | 72    | 9I24   | 2016  | IT       | true         | 2025-07-31 | q
                     | 99998         | p2        | achievement | unit | 72    | 9I25   | 2016  | IT       | true         | 2026-07-31 | s
                     | 99998         | p3        | achievement | unit | 72    | 9I25   | 2016  | Business | true         | 2026-08-10 | t
                     | 99998         | p4        | achievement | unit | 01    | 6B26   |       |          | false        | 2026-08-10 | u
  qualification_entries | centre_number | person_id | qualification_code | is_live | entered_from
                     | 99999         | p1        | 05838              | true    | 2023-09-01
                     | 99999         | p1        | 05839              | false   | 2022-09-01
  speaks             | file_id | severity | cause          | expected
                     | r       | info     | may_stop_early | dates from 2023-09-01 to 2026-08-10
  looked_at = 4

a report without any date, of which no series is released, is not judged by its day
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | r
  speaks nothing
  looked_at = 1

two centres in one file, two files of one centre and seven series: each report is told what it lacks, six are named
  series_seen           | board | series | season
                        | 72    | 6E19   | 2018-19
                        | 72    | 1E20   | 2019-20
                        | 72    | 6E24   | 2023-24
                        | 72    | 1E25   | 2024-25
                        | 72    | 6E25   | 2024-25
                        | 72    | 1E26   | 2025-26
                        | 72    | 6E26   | 2025-26
                        | 72    | 9I25   | 2025-26
  series_due            | board | series | window_from | released_to_centres       | is_due
                        | 72    | 6E19   |             | 2019-08-15T08:00:00+01:00 | true
                        | 72    | 1E20   |             | 2020-03-12T08:00:00+00:00 | true
                        | 72    | 6E24   |             | 2024-08-12T08:00:00+01:00 | true
                        | 72    | 1E25   |             | 2025-03-13T08:00:00+00:00 | true
                        | 72    | 6E25   |             | 2025-08-11T08:00:00+01:00 | true
                        | 72    | 1E26   |             | 2026-03-12T08:00:00+00:00 | true
                        | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
                        | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier    | centre_number | person_id | carrier     | kind          | board | series | suite | subject  | is_technical | award_date | file_id | line
                        | 99999         | p1        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-07-20 | r       | 7
                        | 99999         | p1        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-08-10 | r       | 5
                        | 99999         | p2        | achievement | qualification | 72    | 9I25   | 2016  | IT       | true         | 2026-07-10 | r       | 6
                        | 99999         | p4        | achievement | unit          | 72    | 9I25   | 2016  | Business | true         | 2026-06-01 | s       | 2
                        | 99998         | p3        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-03-12 | r       | 8
                        | 99998         | p5        | achievement | unit          | 72    | 6E24   | 2016  | IT       | true         | 2024-08-12 | r       | 9
                        | 99999         | p1        | edi         | unit          | 72    | 6E26   | 2016  | IT       | true         |            | e       | 1
  latest_statements     | centre_number | person_id | carrier | kind | board | series | suite | subject  | is_technical | grade | window_from
                        | 99999         | p1        | marks   | unit | 72    | 6E19   | 2016  | IT       | true         | P     |
                        | 99999         | p1        | marks   | unit | 72    | 1E20   | 2016  | IT       | true         | P     |
                        | 99999         | p1        | marks   | unit | 72    | 6E24   | 2016  | IT       | true         | P     |
                        | 99999         | p1        | marks   | unit | 72    | 1E25   | 2016  | IT       | true         | P     |
                        | 99999         | p1        | marks   | unit | 72    | 6E25   | 2016  | IT       | true         | P     |
                        | 99999         | p1        | marks   | unit | 72    | 1E26   | 2016  | IT       | true         | P     |
                        | 99999         | p1        | marks   | unit | 72    | 6E26   | 2016  | IT       | true         | P     |
                        | 99999         | p2        | edi     | unit | 72    | 6E26   | 2016  | IT       | true         | P     |
                        | 99998         | p3        | edi     | unit | 72    | 1E20   | 2016  | IT       | true         | P     |
                        | 99998         | p3        | edi     | unit | 72    | 1E25   | 2016  | IT       | true         | P     |
                        | 99998         | p3        | edi     | unit | 72    | 6E25   | 2016  | IT       | true         | P     |
                        | 99998         | p3        | edi     | unit | 72    | 1E26   | 2016  | IT       | true         | P     |
                        | 99998         | p3        | edi     | unit | 72    | 6E26   | 2016  | IT       | true         | P     |
                        | 99998         | p3        | edi     | unit | 72    | 9I25   | 2016  | IT       | true         | P     | 2026-07-01
                        | 99999         | p4        | edi     | unit | 72    | 9I25   | 2016  | Business | true         | P     | 2026-07-01
  qualification_entries | centre_number | person_id | qualification_code | is_live | entered_from
                        | 99999         | p1        | 05838              | true    | 2017-09-01
                        | 99999         | p2        | 05838              | true    | 2023-09-01
                        | 99999         | p4        | 05834              | true    | 2014-09-01
  speaks                | key     | line | cause           | expected                            | found
                        | 99999·r | 5    | series_left_out | dates from 2017-09-01 to 2026-08-10 | its last award is of 2026-08-10, it lacks results of 6E19, 1E20, 6E24, 1E25, 6E25, 1E26 and 1 more, which concerns 2 of its students
                        | 99999·s | 2    | stops_early     | dates from 2014-09-01 to 2026-08-10 | its last award is of 2026-06-01, before the results of 2026-08-10, it lacks results of 9I25, which concerns one of its students
                        | 99998·r | 8    | stops_early     | dates from 2019-09-01 to 2026-08-10 | its last award is of 2026-03-12, before the results of 2026-08-10, it lacks results of 1E20, 1E25, 6E25, 9I25, 1E26, 6E26, which concerns one of its students
  looked_at = 3

a report is asked for what no report of that subject and suite shows, and only for what is due, achieved or still awaited
  series_seen        | board | series | season
                     | 72    | 9I24   | 2024-25
                     | 72    | 6E25   | 2024-25
                     | 72    | 1E26   | 2025-26
                     | 72    | 6E26   | 2025-26
                     | 72    | 9I25   | 2025-26
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E25   |             | 2025-08-11T08:00:00+01:00 | true
                     | 72    | 1E26   |             | 2026-03-12T08:00:00+00:00 | true
                     | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00 | true
                     | 72    | 9I25   | 2026-08-01  | 2026-08-10T08:00:00+01:00 | true
                     | 10    | 1E26   |             | 2026-08-10T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind          | board | series | suite | subject  | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-07-20 | a
                     | 99999         | p13       | achievement | unit          | 72    |        |       |          | false        | 2026-07-20 | a
                     | 99999         | p2        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-08-01 | b
                     | 99999         | p3        | achievement | unit          | 72    | 9I25   | 2016  | Business | true         | 2026-07-20 | c
                     | 99999         | p4        | achievement | unit          | 72    | 6E25   | 2016  | IT       | true         |            | d
                     | 99999         | p4        | achievement | unit          | 72    | 6E26   | 2016  | IT       | true         |            | d
                     | 99999         | p5        | achievement | unit          | 72    | 1E26   | 2016  | Health   | true         |            | e
                     | 99999         | p6        | achievement | qualification | 72    | 6E26   | 2016  | Sport    | true         | 2026-07-20 | f
                     | 99999         | p7        | achievement | unit          | 72    | 6E26   |       |          | true         | 2026-08-10 | g
                     | 99999         | p7        | achievement | unit          | 72    | 9I25   |       |          | true         | 2026-07-20 | h
                     | 99999         | p8        | achievement | unit          | 72    | 9I25   | 2016  | Music    | true         | 2026-07-20 | i
                     | 99999         | p10       | achievement | unit          | 72    | 9I25   | 2016  | Music    | true         | 2026-07-20 | i
                     | 99999         | p9        | achievement | unit          | 72    | 6E26   | 2012  | Music    | true         | 2026-08-10 | j
                     | 99999         | p11       | achievement | unit          | 72    | 9I24   | 2016  | Law      | true         | 2025-07-20 | l
                     | 99998         | p20       | achievement | unit          | 72    | 6E26   | 2016  | Music    | true         | 2026-08-10 | z
  latest_statements  | centre_number | person_id | carrier | kind          | board | series | suite | subject  | unit_code | is_technical | grade | is_absent | window_from
                     | 99999         | p1        | edi     | unit          | 72    | 9I25   | 2016  | IT       |           | true         | P     |           | 2026-08-01
                     | 99999         | p1        | marks   | unit          | 72    | 6E25   | 2016  | IT       |           | true         | P     |           |
                     | 99999         | p3        | edi     | unit          | 72    | 9I25   | 2016  | Business |           | true         | P     |           | 2026-07-01
                     | 99999         | p3        | edi     | unit          | 72    | 6E26   | 2016  | Business | 05834/01  | true         | U     |           |
                     | 99999         | p3        | marks   | unit          | 72    | 6E26   | 2016  | Business | 05834/02  | true         | P     | true      |
                     | 99999         | p3        | edi     | unit          | 72    | 6E26   | 2016  | Business |           | false        | P     |           |
                     | 99999         | p4        | edi     | unit          | 72    | 1E26   | 2016  | Business |           | true         | P     |           |
                     | 99999         | p4        | edi     | unit          | 72    | 6E25   | 2016  | Business |           | true         | P     |           |
                     | 99999         | p5        | edi     | unit          | 72    | 6E26   | 2016  | Health   |           | true         | P     |           |
                     | 99999         | p6        | edi     | qualification | 72    | 9I25   | 2016  | Sport    |           | true         | P     |           | 2026-08-01
                     | 99999         | p6        | edi     | unit          | 72    | 1E26   | 2016  | Sport    |           | true         | P     |           |
                     | 99999         | p7        | edi     | unit          | 72    | 6E26   |       |          |           | true         | P     |           |
                     | 99999         | p8        | edi     | unit          | 72    | 6E26   | 2016  | Music    | 05850/03  | true         | P     |           |
                     | 99999         | p8        | edi     | unit          | 72    | 6E26   | 2016  | Music    | 05850/01  | true         | U     |           |
                     | 99999         | p10       | edi     | unit          | 72    | 6E26   | 2016  | Music    | 05850/02  | true         | U     |           |
                     | 99999         | p10       | edi     | unit          | 72    | 1E26   | 2016  | Music    | 05850/01  | true         | U     |           |
                     | 99999         | p10       | marks   | unit          | 72    | 6E26   | 2016  | Music    | 05850/01  | true         |       |           |
                     | 99999         | p13       | edi     | unit          | 72    | 6E26   | 2016  | Health   |           | true         | P     |           |
  entered_options    | centre_number | person_id | board | series | season  | suite | subject  | kind          | unit_code | is_technical | withdrawn
                     | 99999         | p3        | 72    | 6E26   | 2025-26 | 2016  | Business | unit          | 05834/01  | true         | false
                     | 99999         | p3        | 72    | 6E26   | 2025-26 | 2016  | Business | qualification |           | true         | false
                     | 99999         | p3        | 72    | 6E26   | 2025-26 | 2016  | Business | unit          |           | false        | false
                     | 99999         | p3        | 72    | 1E26   | 2025-26 | 2016  | Business | unit          | 05834/03  | true         | false
                     | 99999         | p3        | 72    | 9I25   | 2025-26 | 2016  | Law      | unit          | 05999/17  | true         | false
                     | 99999         | p6        | 72    | 6E26   | 2025-26 | 2016  | Sport    | unit          | 05827/01  | true         | false
                     | 99999         | p7        | 72    | 6E26   | 2025-26 |       |          | unit          | 05998/01  | true         | false
                     | 99999         | p9        | 72    | 6E26   | 2025-26 | 2016  | Law      | unit          | 05999/01  | true         | false
                     | 99999         | p10       | 72    | 6E26   | 2025-26 | 2016  | Music    | unit          | 05850/01  | true         | false
                     | 99999         | p11       | 72    | 6E25   | 2024-25 | 2016  | Law      | unit          | 05999/01  | true         | false
  speaks             | file_id | cause           | found
                     | d       | series_left_out | it lacks results of 1E26, which concerns one of its students
                     | e       | stops_early     | before the results of 2026-08-10, it lacks results of 6E26, which concerns one of its students
                     | f       | stops_early     | its last award is of 2026-07-20, before the results of 2026-08-10, it lacks results of 9I25, 6E26, which concerns one of its students
                     | i       | stops_early     | its last award is of 2026-07-20, before the results of 2026-08-10, it lacks results of 6E26, which concerns 2 of its students
  looked_at = 12

an assessed grade is asked of the reports that show its student, where none that shows its subject goes up to the release
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
  results_by_carrier | centre_number | person_id | carrier     | kind          | board | series | suite | subject  | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-08-04 | r
                     | 99999         | p8        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-08-04 | r
                     | 99999         | p9        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-08-04 | r
                     | 99999         | p10       | achievement | unit          | 72    | 9I25   | 2016  | IT       | true         | 2026-08-04 | r
                     | 99999         | p1        | achievement | unit          | 72    | 9I25   | 2016  | Business | true         | 2026-08-10 | t
                     | 99999         | p2        | achievement | unit          | 72    | 9I25   | 2016  | Health   | true         | 2026-08-04 | u
                     | 99999         | p3        | achievement | qualification | 72    | 9I25   | 2016  | Health   | true         | 2026-08-10 | v
                     | 99999         | p6        | achievement | unit          | 72    | 9C25   | 2012  | Health   | true         | 2026-08-04 | x
                     | 99999         | p7        | achievement | unit          | 72    | 9I25   |       |          | true         | 2026-08-04 | y
                     | 99998         | p5        | achievement | unit          | 72    | 9I25   | 2016  | Health   | true         | 2026-08-04 | w
                     | 99998         | p4        | achievement | unit          | 72    | 9I25   | 2016  | Law      | true         | 2026-08-10 | z
  tracker            | centre_number | person_id | suite | subject | unit_code | status
                     | 99999         | p1        | 2016  | IT      | 05838/17  | awaiting_assessed_grade
                     | 99999         | p2        | 2016  | Health  | 05830/17  | awaiting_assessed_grade
                     | 99999         | p7        |       |         | 05999/17  | awaiting_assessed_grade
                     | 99999         | p8        | 2016  | IT      | 05838/18  | claim_submitted
                     | 99999         | p9        | 2016  | IT      | 05838/17  | awaiting_assessed_grade
                     | 99999         | p10       | 2016  | Law     | 05999/18  | awaiting_assessed_grade
  achieved_units     | centre_number | person_id | unit_code
                     | 99999         | p1        | 05838/18
                     | 99999         | p8        | 05838/17
                     | 99999         | p9        | 05838/17
                     | 99999         | p9        | 05838/18
  speaks             | file_id | severity | found
                     | r       | warning  | its last award is of 2026-08-04, before the results of 2026-08-10, which concerns one of its students
                     | y       | warning  | its last award is of 2026-08-04, before the results of 2026-08-10, which concerns one of its students
  looked_at = 8

the last day is that of the board's own EDI in the season asked for; a blank series is no season, and what is left out is not said to stop
  as_of = 2026-08-20T08:30:00+01:00
  run                | season  | season_start | season_end
                     | 2024-25 | 2024-09-01   | 2025-08-31
  release_calendar   | season  | series | board | carrier | released_to_centres
                     | 2024-25 | 6E25   | 72    | edi     | 2025-08-11T08:00:00+01:00
                     | 2024-25 | 6E25   | 72    | xml     | 2025-08-12T08:00:00+01:00
                     | 2024-25 | 6B25   | 01    | edi     | 2025-08-13T08:00:00+01:00
                     | 2025-26 | 6E26   | 72    | edi     | 2026-08-10T08:00:00+01:00
  series_seen        | board | series | season
                     | 72    | 9I24   | 2024-25
                     | 72    | 6E24   | 2023-24
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E24   |             | 2024-08-12T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    |        | 2016  | IT      | true         | 2025-08-05 | r
                     | 99998         | p2        | achievement | unit | 72    | 9I24   | 2016  | IT      | true         | 2024-09-01 | s
                     | 99998         | p3        | achievement | unit | 72    | 9I24   | 2016  | IT      | true         | 2025-08-05 | t
  latest_statements  | centre_number | person_id | carrier | kind | board | series | suite | subject | is_technical | grade | window_from
                     | 99998         | p3        | edi     | unit | 72    | 6E24   | 2016  | IT      | true         | P     |
  speaks             | key     | severity | cause           | expected                            | found
                     | 99999·r | info     | may_stop_early  | dates from 2024-09-01 to 2025-08-11 | its last award is of 2025-08-05, before the results of 2025-08-11, and nothing here says what comes after
                     | 99998·s | info     | may_stop_early  | dates from 2024-09-01 to 2025-08-11 | its last award is of 2024-09-01, before the results of 2025-08-11, and nothing here says what comes after
                     | 99998·t | warning  | series_left_out | dates from 2023-09-01 to 2025-08-11 | its last award is of 2025-08-05, it lacks results of 6E24, which concerns one of its students
  looked_at = 3

before the season's first release the dates go up to today
  as_of = 2026-01-15T08:30:00+00:00
  series_seen        | board | series | season
                     | 72    | 9I25   | 2025-26
                     | 72    | 6E25   | 2024-25
  series_due         | board | series | window_from | released_to_centres       | is_due
                     | 72    | 6E25   |             | 2025-08-11T08:00:00+01:00 | true
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject | is_technical | award_date | file_id
                     | 99999         | p1        | achievement | unit | 72    | 9I25   | 2016  | IT      | true         | 2025-12-01 | r
  latest_statements  | centre_number | person_id | carrier | kind | board | series | suite | subject | is_technical | grade | window_from
                     | 99999         | p1        | marks   | unit | 72    | 6E25   | 2016  | IT      | true         | P     |
  speaks             | severity | expected                       | found
                     | warning  | dates from 2024-09-01 to today | its last award is of 2025-12-01, it lacks results of 6E25, which concerns one of its students
*/
