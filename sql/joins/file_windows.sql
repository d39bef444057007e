/*
summary = "The windows of award dates that each EDI results file of an annual series speaks for."
reads = ["result_files", "reissues", "file_pairs", "report_award_dates", "award_windows"]
order = ["file_id", "centre_number", "series", "window_from"]

[columns]
board = "VARCHAR: the board"
centre_number = "VARCHAR: the centre"
series = "VARCHAR: the annual series"
file_id = "VARCHAR: the file"
window_from = "DATE: first day"
window_to = "DATE: last day"
basis = "VARCHAR: order (the n-th file is the n-th window), award_dates (as the achievement report dates it), or reissue (those of the files it replaces)"
*/
WITH annual AS (
    SELECT f.*
    FROM result_files AS f
    WHERE f.carrier = 'edi' AND EXISTS (SELECT 1 FROM award_windows AS w WHERE w.series = f.series AND w.board IS NOT DISTINCT FROM f.board)
),

-- a file that replaces none is the next window; one that replaces others speaks for theirs
originals AS (
    SELECT
        a.*,
        row_number() OVER (PARTITION BY a.board, a.centre_number, a.series ORDER BY a.place ASC NULLS LAST) AS number
    FROM annual AS a
    LEFT JOIN (SELECT DISTINCT superseded_by, centre_number, series FROM reissues) AS r
        ON r.superseded_by = a.file_id AND r.centre_number = a.centre_number AND r.series = a.series
    WHERE r.superseded_by IS NULL
),

last_numbers AS (
    SELECT board, series, max(number) AS last_number
    FROM award_windows
    GROUP BY board, series
),

by_order AS (
    SELECT o.board, o.centre_number, o.series, o.file_id, w.window_from, w.window_to
    FROM originals AS o
    INNER JOIN last_numbers AS l ON l.board IS NOT DISTINCT FROM o.board AND l.series = o.series
    INNER JOIN award_windows AS w
        ON w.board IS NOT DISTINCT FROM o.board AND w.series = o.series AND w.number = least(o.number, l.last_number)
),

votes AS (
    SELECT
        p.board,
        p.centre_number,
        p.series,
        p.file_id,
        d.window_from,
        d.window_to,
        count(*) AS votes
    FROM file_pairs AS p
    INNER JOIN report_award_dates AS d
        ON
            d.centre_number = p.centre_number
            AND d.series = p.series
            AND d.person_id = p.person_id
            AND d.option_code = p.option_code
    WHERE p.carrier = 'edi'
    GROUP BY p.board, p.centre_number, p.series, p.file_id, d.window_from, d.window_to
),

dated AS (
    SELECT p.file_id, p.centre_number, p.series, count(*) AS pairs_dated
    FROM file_pairs AS p
    INNER JOIN (SELECT DISTINCT centre_number, series, person_id, option_code FROM report_award_dates) AS d
        ON
            d.centre_number = p.centre_number
            AND d.series = p.series
            AND d.person_id = p.person_id
            AND d.option_code = p.option_code
    WHERE p.carrier = 'edi'
    GROUP BY p.file_id, p.centre_number, p.series
),

ranked AS (
    SELECT
        v.*,
        d.pairs_dated,
        row_number() OVER (
            PARTITION BY v.file_id, v.centre_number, v.series
            ORDER BY v.votes DESC NULLS LAST, v.window_from ASC NULLS LAST
        ) AS rank
    FROM votes AS v
    INNER JOIN dated AS d ON d.file_id = v.file_id AND d.centre_number = v.centre_number AND d.series = v.series
    INNER JOIN annual AS a ON a.file_id = v.file_id AND a.centre_number = v.centre_number AND a.series = v.series
    WHERE d.pairs_dated * 2 >= a.pairs
),

-- the window most of its results are dated in, and any other that holds a quarter of them (one file for the whole month)
by_dates AS (
    SELECT board, centre_number, series, file_id, window_from, window_to
    FROM ranked
    WHERE rank = 1 OR votes * 4 >= pairs_dated
),

own AS (
    SELECT board, centre_number, series, file_id, window_from, window_to, 'award_dates' AS basis FROM by_dates
    UNION ALL
    SELECT o.board, o.centre_number, o.series, o.file_id, o.window_from, o.window_to, 'order' AS basis
    FROM by_order AS o
    LEFT JOIN (SELECT DISTINCT file_id, centre_number, series FROM by_dates) AS d
        ON d.file_id = o.file_id AND d.centre_number = o.centre_number AND d.series = o.series
    WHERE d.file_id IS NULL
),

inherited AS (
    SELECT DISTINCT r.board, r.centre_number, r.series, r.superseded_by AS file_id, o.window_from, o.window_to, 'reissue' AS basis
    FROM reissues AS r
    INNER JOIN own AS o ON o.file_id = r.file_id AND o.centre_number = r.centre_number AND o.series = r.series
),

every AS (
    SELECT board, centre_number, series, file_id, window_from, window_to, basis FROM own
    UNION ALL
    SELECT board, centre_number, series, file_id, window_from, window_to, basis FROM inherited
)

SELECT board, centre_number, series, file_id, window_from, window_to, min(basis) AS basis
FROM every
GROUP BY board, centre_number, series, file_id, window_from, window_to
