/*
summary = "For the pages without names: how many of the files expected are due and not here."
reads = ["file_board"]
pages = ["summary"]
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
        max(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS missing
    FROM file_board
    WHERE is_expected
    GROUP BY centre_number, carrier, board, series, window_from, what
)

SELECT CAST(coalesce(sum(missing), 0) AS BIGINT) AS missing
FROM expected
WHERE here = 0
