/*
summary = "When the results of each series, and of each window of an annual one, reach the centre, and whether that is past."
reads = ["series_seen", "release_calendar", "placed_results"]
spans_centres = true
order = ["board", "series", "window_from"]

[columns]
board = "VARCHAR: the board; NULL where an entry does not say"
series = "VARCHAR: the series"
window_from = "DATE: first award date of the window; NULL for a series without windows"
window_to = "DATE: its last award date"
released_to_centres = "TIMESTAMP WITH TIME ZONE: from when its file may be expected; NULL where the calendar does not know the series"
released_to_candidates = "TIMESTAMP WITH TIME ZONE: from when candidates may be told"
is_due = "BOOLEAN: as-of is not before that; of a series the calendar does not know, that some carrier holds a result of it"
*/
WITH released AS (
    SELECT
        s.board,
        s.series,
        c.window_from,
        c.window_to,
        min(c.released_to_centres) AS released_to_centres,
        max(c.released_to_candidates) AS released_to_candidates
    FROM series_seen AS s
    INNER JOIN release_calendar AS c
        ON
            s.series LIKE replace(c.series, '?', '_')
            AND (s.board IS NULL OR strpos(('|' || c.board || '|'), ('|' || s.board || '|')) > 0)
    WHERE c.released_to_centres IS NOT NULL
    GROUP BY s.board, s.series, c.window_from, c.window_to
),

held AS (
    SELECT DISTINCT board, series FROM placed_results WHERE series IS NOT NULL
)

SELECT
    s.board,
    s.series,
    r.window_from,
    r.window_to,
    r.released_to_centres,
    r.released_to_candidates,
    CASE
        WHEN r.released_to_centres IS NOT NULL THEN r.released_to_centres <= :as_of
        ELSE h.series IS NOT NULL
    END AS is_due
FROM series_seen AS s
LEFT JOIN released AS r ON r.board IS NOT DISTINCT FROM s.board AND r.series = s.series
LEFT JOIN held AS h ON h.board IS NOT DISTINCT FROM s.board AND h.series = s.series
