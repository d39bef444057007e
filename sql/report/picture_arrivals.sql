/*
summary = "For the picture of arrivals: of every file the calendar has and this centre expects, when it is due and how many are here."
reads = ["file_board"]
pages = ["report", "summary"]
order = ["due", "series", "window_from", "what"]
*/
WITH expected AS (
    SELECT
        centre_number,
        carrier,
        board,
        series,
        window_from,
        what,
        due,
        max(CASE WHEN state IN ('arrived', 'superseded') THEN 1 ELSE 0 END) AS here,
        max(CASE WHEN state = 'arrived' AND NOT is_whole THEN 1 ELSE 0 END) AS cut,
        max(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS missing
    FROM file_board
    WHERE is_expected AND season = :season
    GROUP BY centre_number, carrier, board, series, window_from, what, due
),

counted AS (
    SELECT
        series,
        window_from,
        what,
        due,
        count(*) AS expected,
        CAST(sum(here) AS BIGINT) AS here,
        CAST(sum(cut) AS BIGINT) AS cut,
        CAST(sum(CASE WHEN here = 0 THEN missing ELSE 0 END) AS BIGINT) AS missing
    FROM expected
    GROUP BY series, window_from, what, due
),

placed AS (
    SELECT
        *,
        count(*) OVER () AS lines,
        row_number() OVER (ORDER BY due NULLS LAST, series NULLS LAST, window_from NULLS LAST, what) AS place
    FROM counted
)

SELECT series, window_from, what, CAST(epoch(due) AS BIGINT) AS due, expected, here, cut, missing, expected - here - missing AS awaited, lines
FROM placed
WHERE place <= :most_drawn
ORDER BY place
