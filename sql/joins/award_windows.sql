/*
summary = "The windows of award dates of each annual series: the calendar's, and what lies before and after them."
reads = ["series_seen", "release_calendar"]
order = ["board", "series", "window_from"]

[columns]
board = "VARCHAR: the board, as the rows name it"
series = "VARCHAR: the annual series"
window_from = "DATE: first day"
window_to = "DATE: last day"
place = "VARCHAR: before, calendar or after"
number = "INTEGER: 1 for the first of the calendar's windows; NULL for the others"
released_to_centres = "TIMESTAMP WITH TIME ZONE: when its file is due; NULL before and after"
*/
WITH calendar AS (
    SELECT DISTINCT
        s.board,
        s.series,
        s.season,
        c.window_from,
        c.window_to,
        c.released_to_centres
    FROM series_seen AS s
    INNER JOIN release_calendar AS c
        ON
            s.series LIKE replace(c.series, '?', '_')
            AND c.window_from IS NOT NULL
            AND strpos(('|' || c.carrier || '|'), '|edi|') > 0
            AND (s.board IS NULL OR strpos(('|' || c.board || '|'), ('|' || s.board || '|')) > 0)
),

numbered AS (
    SELECT
        c.*,
        row_number() OVER (PARTITION BY c.board, c.series ORDER BY c.window_from ASC NULLS LAST) AS number
    FROM calendar AS c
),

edges AS (
    SELECT board, series, season, min(window_from) AS first_day, max(window_to) AS last_day
    FROM calendar
    GROUP BY board, series, season
)

SELECT
    board,
    series,
    window_from,
    window_to,
    'calendar' AS place,
    CAST(number AS INTEGER) AS number,
    released_to_centres
FROM numbered
UNION ALL
SELECT
    board,
    series,
    CAST((substr(season, 1, 4) || '-09-01') AS DATE) AS window_from,
    CAST(first_day - INTERVAL 1 DAY AS DATE) AS window_to,
    'before' AS place,
    CAST(NULL AS INTEGER) AS number,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS released_to_centres
FROM edges
UNION ALL
SELECT
    board,
    series,
    CAST(last_day + INTERVAL 1 DAY AS DATE) AS window_from,
    CAST((CAST(CAST(substr(season, 1, 4) AS INTEGER) + 1 AS VARCHAR) || '-12-31') AS DATE) AS window_to,
    'after' AS place,
    CAST(NULL AS INTEGER) AS number,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS released_to_centres
FROM edges
