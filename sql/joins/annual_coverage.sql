/*
summary = "Whether all results of a qualification's annual series are here: every window of award dates, and the examined units beside them."
reads = ["qualification_entries", "run", "seasons", "release_calendar", "coverage", "report_coverage", "report_spans", "award_windows"]
order = ["centre_number", "qualification_code", "season"]

[columns]
centre_number = "VARCHAR: the centre"
qualification_code = "VARCHAR: a qualification entered there"
season = "VARCHAR: the academic year, this one or an earlier one"
series = "VARCHAR: its annual series, 9I25 or 9C25"
is_due = "BOOLEAN: the last window has been released"
is_covered = "BOOLEAN: an EDI file or an achievement report speaks for each window, and for the June series"
is_whole = "BOOLEAN: and for the days of the year before its first window, which no file of the summer holds"
due = "TIMESTAMP WITH TIME ZONE: when the last window is released; NULL where the calendar does not say"
*/
WITH entered AS (
    SELECT
        e.centre_number,
        e.qualification_code,
        e.suite,
        min(e.entered_from) AS entered_from
    FROM qualification_entries AS e
    WHERE e.suite IN ('2016', '2012')
    GROUP BY e.centre_number, e.qualification_code, e.suite
),

wanted AS (
    SELECT
        e.centre_number,
        e.qualification_code,
        e.suite,
        y.season,
        (CASE e.suite WHEN '2016' THEN '9I' ELSE '9C' END || substr(y.season, 3, 2)) AS series,
        ('6E' || substr(y.season, 6, 2)) AS june_series
    FROM entered AS e
    CROSS JOIN run AS r
    INNER JOIN seasons AS y
        ON
            y.season <= r.season
            -- courses are two years long, some three
            AND y.first_day >= coalesce(e.entered_from, r.season_start) - INTERVAL 3 YEAR
),

annual_series AS (
    SELECT DISTINCT series FROM wanted
),

windows AS (
    SELECT DISTINCT s.series, k.window_from, k.window_to, k.released_to_centres
    FROM annual_series AS s
    INNER JOIN release_calendar AS k
        ON
            s.series LIKE replace(k.series, '?', '_')
            AND k.window_from IS NOT NULL
            AND strpos(('|' || k.carrier || '|'), '|edi|') > 0
            AND strpos(('|' || k.board || '|'), '|72|') > 0
),

edi AS (
    SELECT DISTINCT centre_number, series, window_from
    FROM coverage
    WHERE carrier IN ('edi', 'xml')
),

edi_series AS (
    SELECT DISTINCT centre_number, series FROM edi
),

marks_series AS (
    SELECT DISTINCT centre_number, series FROM coverage WHERE carrier = 'marks'
),

reports AS (
    SELECT DISTINCT centre_number, qualification_code, series, window_from
    FROM report_coverage
    WHERE kind = 'unit' AND reaches_end
),

report_series AS (
    SELECT DISTINCT centre_number, qualification_code, series FROM reports
),

-- what came before the calendar's windows was in files of its own
before_windows AS (
    SELECT DISTINCT series, window_from
    FROM award_windows
    WHERE place = 'before'
),

edi_before AS (
    SELECT DISTINCT e.centre_number, e.series
    FROM edi AS e
    INNER JOIN before_windows AS w ON w.series = e.series AND w.window_from = e.window_from
),

reports_before AS (
    SELECT DISTINCT p.centre_number, p.qualification_code, p.series
    FROM reports AS p
    INNER JOIN before_windows AS w ON w.series = p.series AND w.window_from = p.window_from
),

-- a report of a stretch of days has what there is of June; one that lists a single series may have been run for it
stretches AS (
    SELECT centre_number, qualification_code, min(first_season) AS first_season, max(last_season) AS last_season
    FROM report_spans
    GROUP BY centre_number, qualification_code
),

by_window AS (
    SELECT
        w.centre_number,
        w.qualification_code,
        w.season,
        w.series,
        w.suite,
        w.june_series,
        count(k.window_from) AS windows,
        sum(CASE WHEN k.released_to_centres <= :as_of THEN 1 ELSE 0 END) AS released,
        sum(CASE WHEN e.window_from IS NOT NULL OR p.window_from IS NOT NULL THEN 1 ELSE 0 END) AS covered,
        min(CASE WHEN p.window_from IS NULL THEN 0 ELSE 1 END) AS all_by_report,
        max(k.released_to_centres) AS due
    FROM wanted AS w
    LEFT JOIN windows AS k ON k.series = w.series
    LEFT JOIN edi AS e
        ON e.centre_number = w.centre_number AND e.series = w.series AND e.window_from = k.window_from
    LEFT JOIN reports AS p
        ON
            p.centre_number = w.centre_number AND p.qualification_code = w.qualification_code
            AND p.series = w.series AND p.window_from = k.window_from
    GROUP BY w.centre_number, w.qualification_code, w.season, w.series, w.suite, w.june_series
),

judged AS (
    SELECT
        b.*,
        -- of a year that the calendar does not have, what is here is what there is
        (b.windows = 0 OR b.released = b.windows) AS is_due,
        (
            CASE
                WHEN b.windows = 0 THEN s.series IS NOT NULL OR p.series IS NOT NULL
                ELSE b.covered = b.windows
            END
            AND (
                b.suite = '2012' OR j.series IS NOT NULL OR m.series IS NOT NULL OR q.series IS NOT NULL
                OR (
                    g.qualification_code IS NOT NULL
                    AND ((b.windows > 0 AND b.all_by_report = 1) OR (b.windows = 0 AND p.series IS NOT NULL))
                )
            )
        ) AS is_covered,
        (b.windows = 0 OR d.series IS NOT NULL OR f.series IS NOT NULL) AS has_before
    FROM by_window AS b
    LEFT JOIN edi_series AS s ON s.centre_number = b.centre_number AND s.series = b.series
    LEFT JOIN report_series AS p
        ON p.centre_number = b.centre_number AND p.qualification_code = b.qualification_code AND p.series = b.series
    LEFT JOIN edi_series AS j ON j.centre_number = b.centre_number AND j.series = b.june_series
    LEFT JOIN marks_series AS m ON m.centre_number = b.centre_number AND m.series = b.june_series
    LEFT JOIN report_series AS q
        ON q.centre_number = b.centre_number AND q.qualification_code = b.qualification_code AND q.series = b.june_series
    LEFT JOIN stretches AS g
        ON
            g.centre_number = b.centre_number AND g.qualification_code = b.qualification_code
            AND b.season BETWEEN g.first_season AND g.last_season
    LEFT JOIN edi_before AS d ON d.centre_number = b.centre_number AND d.series = b.series
    LEFT JOIN reports_before AS f
        ON f.centre_number = b.centre_number AND f.qualification_code = b.qualification_code AND f.series = b.series
)

SELECT
    centre_number,
    qualification_code,
    season,
    series,
    is_due,
    is_covered,
    (is_covered AND has_before) AS is_whole,
    due
FROM judged
