/*
summary = "The files still to come: what is due now, and what is due when."
reads = ["file_board"]
order = ["state", "due", "series", "window_from", "what"]
*/
SELECT state, series, window_from, what, CAST(epoch(due) AS BIGINT) AS due, count(*) AS files
FROM file_board
WHERE is_expected AND state IN ('missing', 'awaited')
GROUP BY state, series, window_from, what, due
ORDER BY CASE state WHEN 'missing' THEN 1 ELSE 2 END, due NULLS LAST, series NULLS LAST, window_from NULLS LAST, what
