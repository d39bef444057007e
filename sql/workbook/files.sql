/*
summary = "The files expected, arrived or both: what is missing first, then what is awaited, then what came; last what came and is on no list."
title = "Files"
place = 8
frozen = 2
reads = ["file_board", "files"]
order = ["state", "due", "season", "centre_number", "carrier", "board", "series", "window_from", "what", "name"]

[columns]
state = "text: State"
what = "text: What"
series = "identifier: Series"
window_from = "date: Window from"
window_to = "date: Window to"
due = "moment: Due"
name = "text: File"
status = "text: Read"
rows_read = "number: Rows read"
rows_kept = "number: Kept"
rows_rejected = "number: Set aside"
reason = "long: Why not"
next_step = "long: Next step"
season = "text: Season"
centre_number = "identifier: Centre"
*/
WITH listed AS (
    SELECT
        b.state,
        b.what,
        b.series,
        b.window_from,
        b.window_to,
        b.due,
        b.file_id,
        b.next_step,
        b.season,
        b.centre_number,
        b.carrier,
        b.board
    FROM file_board AS b
    UNION ALL
    SELECT
        f.status AS state,
        replace(f.kind, '_', ' ') AS what,
        f.series,
        f.window_from,
        NULL AS window_to,
        NULL AS due,
        f.file_id,
        NULL AS next_step,
        NULL AS season,
        f.centre_number,
        NULL AS carrier,
        f.board
    FROM files AS f
    WHERE f.file_id NOT IN (SELECT file_id FROM file_board WHERE file_id IS NOT NULL)
)

SELECT
    l.state,
    l.what,
    l.series,
    l.window_from,
    l.window_to,
    CAST(epoch(l.due) AS BIGINT) AS due,
    f.name,
    f.status,
    f.rows_read,
    f.rows_kept,
    f.rows_rejected,
    concat_ws(': ', f.reason, f.detail) AS reason,
    l.next_step,
    l.season,
    l.centre_number
FROM listed AS l
LEFT JOIN files AS f ON f.file_id = l.file_id
WHERE :centre = '' OR l.centre_number = :centre OR l.centre_number IS NULL
ORDER BY
    CASE l.state
        WHEN 'missing' THEN 1 WHEN 'awaited' THEN 2 WHEN 'unexpected' THEN 3 WHEN 'arrived' THEN 4 WHEN 'superseded' THEN 5 ELSE 6
    END,
    l.due NULLS LAST,
    l.season DESC NULLS LAST,
    l.centre_number NULLS FIRST,
    l.carrier NULLS FIRST,
    l.board NULLS FIRST,
    l.series NULLS FIRST,
    l.window_from NULLS FIRST,
    l.what NULLS FIRST,
    f.name NULLS FIRST,
    l.file_id NULLS FIRST
