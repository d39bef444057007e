/*
summary = "The file board: what is missing first, then what is awaited, then what came."
reads = ["file_board", "files"]
order = ["state", "due", "season", "centre_number", "carrier", "board", "series", "window_from", "what", "file_id"]
*/
SELECT
    b.season,
    b.centre_number,
    b.series,
    b.window_from,
    b.what,
    b.state,
    b.is_expected,
    b.is_whole,
    CAST(epoch(b.due) AS BIGINT) AS due,
    b.confidence,
    f.name,
    b.next_step,
    count(*) OVER () AS total
FROM file_board AS b
LEFT JOIN files AS f ON f.file_id = b.file_id
ORDER BY
    CASE b.state WHEN 'missing' THEN 1 WHEN 'awaited' THEN 2 WHEN 'unexpected' THEN 3 WHEN 'arrived' THEN 4 ELSE 5 END,
    b.due NULLS LAST,
    b.season DESC,
    b.centre_number NULLS FIRST,
    b.carrier NULLS FIRST,
    b.board NULLS FIRST,
    b.series NULLS FIRST,
    b.window_from NULLS FIRST,
    b.what,
    b.file_id NULLS FIRST
LIMIT :most_held
