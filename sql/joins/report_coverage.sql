/*
summary = "The kind of result, qualification, series and window that an achievement report really shows: its coverage, less what a report of one series or one that stops early leaves out."
reads = ["coverage", "results_by_carrier", "file_facts", "latest_statements", "award_windows"]
order = ["centre_number", "kind", "qualification_code", "series", "window_from"]

[columns]
centre_number = "VARCHAR: the centre"
kind = "VARCHAR: unit or qualification: what the report shows there"
qualification_code = "VARCHAR: the qualification"
series = "VARCHAR: the series"
window_from = "DATE: first award date covered, in an annual series"
window_to = "DATE: last award date covered"
reaches_end = "BOOLEAN: the report speaks of the window's last day, or the window is the calendar's last; also where there is no window"
as_of = "DATE: the latest day that a report speaks of"
*/
-- a report run for June lists awards, which belong to the annual series, and none of that series' units;
-- one that lists the annual series' units of any qualification was not run for June
WITH unit_rows AS (
    SELECT DISTINCT centre_number, file_id, series
    FROM results_by_carrier
    WHERE carrier = 'achievement' AND kind = 'unit'
),

edi_ends AS (
    SELECT centre_number, series, max(window_from) AS last_from
    FROM latest_statements
    WHERE carrier = 'edi' AND window_from IS NOT NULL
    GROUP BY centre_number, series
),

report_ends AS (
    SELECT centre_number, file_id, series, max(window_from) AS last_from
    FROM coverage
    WHERE carrier = 'achievement'
    GROUP BY centre_number, file_id, series
),

last_windows AS (
    SELECT series, max(window_from) AS window_from
    FROM award_windows
    WHERE place = 'calendar'
    GROUP BY series
),

whole AS (
    SELECT
        c.centre_number,
        c.file_id,
        c.qualification_code,
        c.series,
        c.window_from,
        c.window_to,
        c.as_of,
        (c.window_to IS NULL OR coalesce(c.as_of >= c.window_to, FALSE) OR coalesce(c.window_from = w.window_from, FALSE)) AS reaches_end
    FROM coverage AS c
    INNER JOIN report_ends AS l ON l.centre_number = c.centre_number AND l.file_id = c.file_id AND l.series = c.series
    LEFT JOIN file_facts AS f ON f.file_id = c.file_id
    LEFT JOIN edi_ends AS e ON e.centre_number = c.centre_number AND e.series = c.series
    LEFT JOIN last_windows AS w ON w.series = c.series
    WHERE
        c.carrier = 'achievement'
        -- run before the window ended; or, undated, with nothing of a later window that EDI has results of
        AND NOT coalesce(f.stated_on < c.window_to, FALSE)
        AND NOT coalesce(f.stated_on IS NULL AND c.window_from = l.last_from AND c.as_of < c.window_to AND e.last_from > l.last_from, FALSE)
),

kinds AS (
    SELECT w.*, 'qualification' AS kind FROM whole AS w
    UNION ALL
    SELECT w.*, 'unit' AS kind
    FROM whole AS w
    INNER JOIN unit_rows AS u
        ON
            u.centre_number = w.centre_number AND u.file_id = w.file_id AND u.series = w.series
)

SELECT
    centre_number,
    kind,
    qualification_code,
    series,
    window_from,
    window_to,
    max(CASE WHEN reaches_end THEN 1 ELSE 0 END) = 1 AS reaches_end,
    max(as_of) AS as_of
FROM kinds
GROUP BY centre_number, kind, qualification_code, series, window_from, window_to
