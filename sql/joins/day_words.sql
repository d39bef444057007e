/*
summary = "Each day that the calendar or a season names, as a sentence says it."
reads = ["release_calendar", "seasons"]
order = ["day"]

[columns]
day = "DATE: the day"
words = "VARCHAR: 10 August 2026"
*/
WITH days AS (
    SELECT first_day AS day FROM seasons
    UNION SELECT last_day FROM seasons
    UNION SELECT window_from FROM release_calendar
    UNION SELECT window_to FROM release_calendar
    -- a release one minute past midnight in London falls on the day before in universal time: an hour is added, the most
    -- that the two clocks differ by
    UNION SELECT CAST(released_to_centres + INTERVAL 1 HOUR AS DATE) FROM release_calendar
    UNION SELECT CAST(released_to_candidates + INTERVAL 1 HOUR AS DATE) FROM release_calendar
),

written AS (
    SELECT day, CAST(day AS VARCHAR) AS iso FROM days WHERE day IS NOT NULL
)

SELECT
    day,
    (
        CAST(CAST(substr(iso, 9, 2) AS INTEGER) AS VARCHAR)
        || CASE substr(iso, 6, 2)
            WHEN '01' THEN ' January ' WHEN '02' THEN ' February ' WHEN '03' THEN ' March '
            WHEN '04' THEN ' April ' WHEN '05' THEN ' May ' WHEN '06' THEN ' June '
            WHEN '07' THEN ' July ' WHEN '08' THEN ' August ' WHEN '09' THEN ' September '
            WHEN '10' THEN ' October ' WHEN '11' THEN ' November ' ELSE ' December '
        END
        || substr(iso, 1, 4)
    ) AS words
FROM written
