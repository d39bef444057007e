/*
summary = "Every file that is expected or has arrived, or both, and what to download next."
reads = ["run", "expected_files", "expected_reports", "result_files", "file_windows", "reissues", "series_seen", "release_calendar", "file_series", "file_facts", "file_names", "boards", "day_words", "entries", "claims", "tracker"]
publish = true
order = ["season", "centre_number", "carrier", "board", "series", "window_from", "what", "state", "file_id"]

[columns]
season = "VARCHAR: the academic year of its results"
centre_number = "VARCHAR: the centre"
board = "VARCHAR: awarding body; NULL of a report"
carrier = "VARCHAR: edi, xml or edi|xml of a results file; achievement, marks, tracker, entries or claims of a report"
series = "VARCHAR: the series"
window_from = "DATE: first award date it is for, in an annual series"
window_to = "DATE: last award date"
what = "VARCHAR: what the file is"
state = "VARCHAR: arrived, awaited (not due), missing (due, not here), superseded (a reissue is here) or unexpected"
is_expected = "BOOLEAN: the calendar has it and the entries, claims or tracker ask for it"
is_whole = "BOOLEAN: it came complete; NULL where nothing came"
due = "TIMESTAMP WITH TIME ZONE: when it can be had; NULL where the calendar does not say"
confidence = "VARCHAR: how sure the calendar is of that"
file_id = "VARCHAR: the file that is here; of a missing one, the file that came in its place and could not be read"
next_step = "VARCHAR: what to do next, in a sentence; NULL where nothing"
*/
WITH arrivals AS (
    SELECT
        f.carrier,
        f.board,
        f.centre_number,
        f.series,
        f.file_id,
        f.is_truncated,
        w.window_from,
        w.window_to,
        s.superseded_by
    FROM result_files AS f
    LEFT JOIN file_windows AS w
        ON f.carrier = 'edi' AND w.file_id = f.file_id AND w.centre_number = f.centre_number AND w.series = f.series
    LEFT JOIN reissues AS s
        ON s.file_id = f.file_id AND s.centre_number = f.centre_number AND s.series = f.series AND s.is_latest
),

answers AS (
    SELECT
        e.*,
        a.carrier AS came_by,
        a.file_id,
        a.is_truncated,
        a.superseded_by,
        max(CASE WHEN a.carrier = 'edi' THEN 1 ELSE 0 END) OVER (PARTITION BY e.centre_number, e.board, e.series, e.window_from) AS any_edi
    FROM expected_files AS e
    LEFT JOIN arrivals AS a
        ON
            a.centre_number = e.centre_number
            AND a.board = e.board
            AND a.series = e.series
            AND a.window_from IS NOT DISTINCT FROM e.window_from
            AND strpos(('|' || e.carrier || '|'), ('|' || a.carrier || '|')) > 0
),

-- a file that could not be used but says which series it would have been
unreadable AS (
    SELECT s.centre_number, s.board, s.series, min(s.file_id) AS file_id
    FROM file_series AS s
    INNER JOIN file_facts AS f ON f.file_id = s.file_id AND f.fault = 'refused' AND f.carrier IN ('edi', 'xml')
    WHERE s.series IS NOT NULL
    GROUP BY s.centre_number, s.board, s.series
),

expected AS (
    SELECT
        a.season,
        a.centre_number,
        a.board,
        coalesce(a.came_by, a.carrier) AS carrier,
        a.series,
        a.window_from,
        a.window_to,
        a.what,
        CASE
            WHEN a.superseded_by IS NOT NULL THEN 'superseded'
            WHEN a.file_id IS NOT NULL THEN 'arrived'
            WHEN a.due <= :as_of THEN 'missing'
            ELSE 'awaited'
        END AS state,
        TRUE AS is_expected,
        CASE WHEN a.file_id IS NOT NULL THEN NOT a.is_truncated END AS is_whole,
        a.due,
        a.confidence,
        coalesce(a.file_id, u.file_id) AS file_id,
        CASE
            WHEN a.superseded_by IS NOT NULL THEN ('Nothing: ' || n.name || ' replaces it.')
            WHEN a.file_id IS NOT NULL AND a.is_truncated
                THEN 'It is cut short: download it again.'
            WHEN a.file_id IS NOT NULL AND a.any_edi = 0 AND strpos(a.carrier, 'edi') > 0
                THEN 'Only the XML file is here; download the EDI file beside it if your system imports that.'
            WHEN a.file_id IS NOT NULL THEN NULL
            WHEN a.board IN ('01', '72')
                THEN (
                    CASE
                        WHEN u.file_id IS NOT NULL THEN 'A file of this series is here but could not be read, so take a fresh one: log '
                        WHEN a.due <= :as_of THEN 'Log '
                        ELSE ('From ' || coalesce(d.words, 'the day of the results') || ': log ')
                    END
                    || 'in to Interchange, hover over Results, click XML/EDI results and download the '
                    || CASE a.carrier WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' ELSE 'EDI or XML' END
                    || ' file of series '
                    || a.series
                    || coalesce(' for awards from ' || b.words || ' to ' || t.words, '')
                    || '.'
                    || CASE
                        WHEN a.due <= :as_of THEN ' If it is not there, look in the A2C log, and ask whether another user has downloaded it already.'
                        ELSE ''
                    END
                )
            ELSE (
                CASE
                    WHEN u.file_id IS NOT NULL THEN 'A file of this series is here but could not be read, so take a fresh one: open '
                    WHEN a.due <= :as_of THEN 'Open '
                    ELSE ('From ' || coalesce(d.words, 'the day of the results') || ': open ')
                END
                || 'A2C, choose Send/Receive files and save the results file of series '
                || a.series
                || ' from '
                || coalesce(o.name, 'board ' || a.board)
                || ', or take it from the board''s own website.'
                || CASE
                    WHEN a.due <= :as_of THEN ' If it is not there, look in the A2C log, and ask whether another user has downloaded it already.'
                    ELSE ''
                END
            )
        END AS next_step
    FROM answers AS a
    LEFT JOIN file_names AS n ON n.file_id = a.superseded_by
    LEFT JOIN unreadable AS u
        ON a.file_id IS NULL AND u.centre_number = a.centre_number AND u.board = a.board AND u.series = a.series
    LEFT JOIN boards AS o ON o.board = a.board
    -- an hour is added because the calendar keeps London time
    LEFT JOIN day_words AS d ON d.day = CAST(a.due + INTERVAL 1 HOUR AS DATE)
    LEFT JOIN day_words AS b ON b.day = a.window_from
    LEFT JOIN day_words AS t ON t.day = a.window_to
),

calendar AS (
    SELECT
        a.centre_number,
        a.board,
        a.series,
        a.file_id,
        a.window_from,
        c.what,
        c.released_to_centres AS due,
        c.confidence,
        row_number() OVER (
            PARTITION BY a.centre_number, a.board, a.series, a.file_id, a.window_from
            ORDER BY
                CASE WHEN strpos(c.series, '?') > 0 THEN 1 ELSE 0 END ASC NULLS LAST,
                c.released_to_centres ASC NULLS LAST,
                c.what ASC NULLS LAST
        ) AS place
    FROM arrivals AS a
    INNER JOIN release_calendar AS c
        ON
            a.series LIKE replace(c.series, '?', '_')
            AND strpos(('|' || c.board || '|'), ('|' || a.board || '|')) > 0
            AND strpos(('|' || c.carrier || '|'), ('|' || a.carrier || '|')) > 0
            AND c.window_from IS NOT DISTINCT FROM a.window_from
),

-- without a list to expect by, nothing that comes is a surprise
lists AS (
    SELECT centre_number FROM entries
    UNION SELECT centre_number FROM claims
    UNION SELECT centre_number FROM tracker
),

others AS (
    SELECT
        coalesce(s.season, r.season) AS season,
        a.centre_number,
        a.board,
        a.carrier,
        a.series,
        a.window_from,
        a.window_to,
        coalesce(
            c.what,
            CASE a.carrier WHEN 'edi' THEN 'EDI results' ELSE 'XML results' END
            || coalesce(', awards ' || CAST(a.window_from AS VARCHAR) || ' to ' || CAST(a.window_to AS VARCHAR), '')
        ) AS what,
        CASE
            WHEN a.superseded_by IS NOT NULL THEN 'superseded'
            -- files of other seasons, and those of Mondays after the calendar's windows, are no surprise
            WHEN s.is_known AND s.season <> r.season THEN 'arrived'
            WHEN e.series IS NOT NULL THEN 'arrived'
            ELSE 'unexpected'
        END AS state,
        FALSE AS is_expected,
        NOT a.is_truncated AS is_whole,
        c.due,
        c.confidence,
        a.file_id,
        CASE
            WHEN a.superseded_by IS NOT NULL THEN ('Nothing: ' || n.name || ' replaces it.')
            WHEN a.is_truncated THEN 'It is cut short: download it again.'
            WHEN (s.is_known AND s.season <> r.season) OR e.series IS NOT NULL THEN NULL
            WHEN l.centre_number IS NULL
                THEN 'Put the entries, the claims and the tracker beside it: without them nothing says which files to expect.'
            ELSE 'Nothing to download. No entry, claim or tracker row here leads to expect it: check that those lists are complete.'
        END AS next_step
    FROM arrivals AS a
    CROSS JOIN run AS r
    LEFT JOIN expected AS x
        ON
            x.file_id = a.file_id
            AND x.centre_number = a.centre_number
            AND x.series = a.series
            AND x.window_from IS NOT DISTINCT FROM a.window_from
    LEFT JOIN (SELECT DISTINCT centre_number, board, series FROM expected_files) AS e
        ON e.centre_number = a.centre_number AND e.board = a.board AND e.series = a.series
    LEFT JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM a.board AND s.series = a.series
    LEFT JOIN calendar AS c
        ON
            c.place = 1
            AND c.centre_number = a.centre_number
            AND c.file_id = a.file_id
            AND c.series = a.series
            AND c.window_from IS NOT DISTINCT FROM a.window_from
    LEFT JOIN file_names AS n ON n.file_id = a.superseded_by
    LEFT JOIN lists AS l ON l.centre_number = a.centre_number
    WHERE x.file_id IS NULL
)

SELECT season, centre_number, board, carrier, series, window_from, window_to, what, state, is_expected, is_whole, due, confidence, file_id, next_step
FROM expected
UNION ALL
SELECT season, centre_number, board, carrier, series, window_from, window_to, what, state, is_expected, is_whole, due, confidence, file_id, next_step
FROM others
UNION ALL
SELECT
    r.season,
    r.centre_number,
    CAST(NULL AS VARCHAR) AS board,
    r.carrier,
    r.series,
    CAST(NULL AS DATE) AS window_from,
    CAST(NULL AS DATE) AS window_to,
    r.what,
    r.state,
    FALSE AS is_expected,
    CASE WHEN r.file_id IS NOT NULL THEN TRUE END AS is_whole,
    r.due,
    CAST(NULL AS VARCHAR) AS confidence,
    r.file_id,
    r.next_step
FROM expected_reports AS r
