/*
summary = "Whether all results of a qualification's annual series are here: every window of award dates, and the examined units beside them."
reads = ["qualification_entries", "qualifications", "run", "seasons", "release_calendar", "coverage", "report_coverage"]
order = ["centre_number", "qualification_code", "season"]

[columns]
centre_number = "VARCHAR: the centre"
qualification_code = "VARCHAR: a qualification entered there"
season = "VARCHAR: the academic year, this one or an earlier one"
series = "VARCHAR: its annual series, 9I25 or 9C25"
is_due = "BOOLEAN: the last window has been released"
is_covered = "BOOLEAN: an EDI file or an achievement report speaks for each window, and for the June series"
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
)

SELECT
    b.centre_number,
    b.qualification_code,
    b.season,
    b.series,
    -- of a year that the calendar does not have, what is here is what there is
    (b.windows = 0 OR b.released = b.windows) AS is_due,
    (
        CASE
            WHEN b.windows = 0 THEN s.series IS NOT NULL OR p.series IS NOT NULL
            ELSE b.covered = b.windows
        END
        AND (
            b.suite = '2012' OR j.series IS NOT NULL OR m.series IS NOT NULL OR q.series IS NOT NULL
            OR (b.windows > 0 AND b.all_by_report = 1) OR (b.windows = 0 AND p.series IS NOT NULL)
        )
    ) AS is_covered,
    b.due
FROM by_window AS b
LEFT JOIN edi_series AS s ON s.centre_number = b.centre_number AND s.series = b.series
LEFT JOIN report_series AS p
    ON p.centre_number = b.centre_number AND p.qualification_code = b.qualification_code AND p.series = b.series
LEFT JOIN edi_series AS j ON j.centre_number = b.centre_number AND j.series = b.june_series
LEFT JOIN marks_series AS m ON m.centre_number = b.centre_number AND m.series = b.june_series
LEFT JOIN report_series AS q
    ON q.centre_number = b.centre_number AND q.qualification_code = b.qualification_code AND q.series = b.june_series
