/*
summary = "Of the files expected: how many there are, how many are here, and how many of those came cut short."
reads = ["file_board"]
pages = ["report", "summary"]
order = []
*/
WITH expected AS (
    SELECT
        centre_number,
        carrier,
        board,
        series,
        window_from,
        what,
        max(CASE WHEN state IN ('arrived', 'superseded') THEN 1 ELSE 0 END) AS here,
        max(CASE WHEN state = 'arrived' AND NOT is_whole THEN 1 ELSE 0 END) AS cut
    FROM file_board
    WHERE is_expected
    GROUP BY centre_number, carrier, board, series, window_from, what
)

SELECT count(*) AS expected, CAST(coalesce(sum(here), 0) AS BIGINT) AS here, CAST(coalesce(sum(cut), 0) AS BIGINT) AS cut
FROM expected
