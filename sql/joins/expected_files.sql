/*
summary = "Each results file of the season's calendar that a centre should have, by its entries, claims and tracker."
reads = ["run", "release_calendar", "series", "entries", "claims", "tracker", "qualification_entries", "qualification_results", "series_seen", "incoming_options", "file_facts", "file_series"]
order = ["centre_number", "board", "series", "window_from"]

[columns]
season = "VARCHAR: the season of the run"
centre_number = "VARCHAR: the centre"
board = "VARCHAR: awarding body; 72 for Cambridge Technicals"
is_technical = "BOOLEAN: Cambridge Technicals"
is_examined = "BOOLEAN: a series of Cambridge Technicals examinations"
series = "VARCHAR: the series; where the calendar has a pattern, the one entered"
window_from = "DATE: first award date of its window, in an annual series"
window_to = "DATE: last award date"
what = "VARCHAR: the calendar's words"
carrier = "VARCHAR: edi, or edi|xml where either will do"
due = "TIMESTAMP WITH TIME ZONE: when the centre can have it"
confidence = "VARCHAR: how sure the calendar is of that"
*/
WITH calendar AS (
    SELECT c.*
    FROM release_calendar AS c
    INNER JOIN run AS r ON r.season = c.season
    WHERE
        c.series IS NOT NULL
        AND c.released_to_centres IS NOT NULL
        AND (strpos(('|' || c.carrier || '|'), '|edi|') > 0 OR strpos(('|' || c.carrier || '|'), '|xml|') > 0)
),

technical_calendar AS (
    SELECT
        c.*,
        k.suite,
        k.carries = 'examined_units' AS is_examined
    FROM calendar AS c
    INNER JOIN series AS k
        ON
            k.family = 'cambridge_technicals'
            AND c.series LIKE replace(k.series_pattern, '?', '_')
            AND strpos(('|' || k.board || '|'), ('|' || c.board || '|')) > 0
),

-- a qualification that was awarded in an earlier season has no more results to send
finished AS (
    SELECT DISTINCT q.centre_number, q.person_id, q.qualification_code
    FROM qualification_results AS q
    INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM q.board AND s.series = q.series
    CROSS JOIN run AS r
    WHERE s.season < r.season AND q.grade IS NOT NULL AND q.grade NOT IN ('X', 'Q', 'U')
    UNION
    SELECT DISTINCT t.centre_number, t.person_id, t.qualification_code
    FROM tracker AS t
    CROSS JOIN run AS r
    WHERE t.unit_code IS NULL AND t.status = 'result_achieved' AND t.expected_season < r.season
),

suites AS (
    SELECT e.centre_number, e.suite
    FROM qualification_entries AS e
    LEFT JOIN finished AS f
        ON
            f.centre_number = e.centre_number
            AND f.person_id = e.person_id
            AND f.qualification_code = e.qualification_code
    WHERE NOT e.withdrawn AND f.person_id IS NULL
    UNION
    SELECT e.centre_number, e.suite
    FROM entries AS e
    INNER JOIN run AS r ON r.season = e.season
    WHERE e.is_technical AND NOT e.withdrawn
    UNION
    SELECT c.centre_number, c.suite
    FROM claims AS c
    CROSS JOIN run AS r
    WHERE c.claim_season IS NULL OR c.claim_season >= r.season
),

-- the basedata say whose option it is, where only one board has it
option_boards AS (
    SELECT option_code, min(board) AS board
    FROM (
        SELECT DISTINCT o.option_code, s.board
        FROM incoming_options AS o
        INNER JOIN file_facts AS f ON f.file_id = o.file_id AND f.is_used
        INNER JOIN file_series AS s ON s.file_id = o.file_id
    ) AS options
    GROUP BY option_code
    HAVING count(*) = 1
),

entered AS (
    SELECT DISTINCT centre_number, board, series, option_code, is_technical
    FROM entries
    WHERE series IS NOT NULL AND NOT withdrawn
),

-- failing the basedata: a series that one board alone is known to name so, entered with a code of that board's shape
-- (a letter and three figures: H446, J277); whatever else has no board stays nobody's, and nothing is expected for it
placed AS (
    SELECT DISTINCT
        e.centre_number,
        e.series,
        e.is_technical,
        CASE
            WHEN e.is_technical THEN '72'
            ELSE coalesce(
                e.board,
                b.board,
                CASE WHEN regexp_extract(e.option_code, '^([A-Z][0-9][0-9][0-9])', 1) <> '' THEN k.board END
            )
        END AS board
    FROM entered AS e
    LEFT JOIN option_boards AS b ON b.option_code = e.option_code
    LEFT JOIN series AS k
        ON
            k.family = 'general'
            AND strpos(k.board, '|') = 0
            AND e.series LIKE replace(k.series_pattern, '?', '_')
),

slots AS (
    SELECT
        c.season,
        s.centre_number,
        '72' AS board,
        TRUE AS is_technical,
        FALSE AS is_examined,
        c.series,
        c.series AS pattern,
        c.window_from,
        c.window_to,
        c.what,
        c.carrier,
        c.released_to_centres,
        c.confidence
    FROM technical_calendar AS c
    INNER JOIN suites AS s ON s.suite = c.suite
    WHERE NOT c.is_examined
    UNION ALL
    SELECT
        c.season,
        e.centre_number,
        '72' AS board,
        TRUE AS is_technical,
        TRUE AS is_examined,
        c.series,
        c.series AS pattern,
        c.window_from,
        c.window_to,
        c.what,
        c.carrier,
        c.released_to_centres,
        c.confidence
    FROM technical_calendar AS c
    INNER JOIN placed AS e ON e.is_technical AND e.series = c.series
    WHERE c.is_examined
    UNION ALL
    SELECT
        c.season,
        e.centre_number,
        e.board,
        FALSE AS is_technical,
        FALSE AS is_examined,
        e.series,
        c.series AS pattern,
        c.window_from,
        c.window_to,
        c.what,
        c.carrier,
        c.released_to_centres,
        c.confidence
    FROM calendar AS c
    INNER JOIN placed AS e
        ON
            NOT e.is_technical
            AND e.series LIKE replace(c.series, '?', '_')
            AND strpos(('|' || c.board || '|'), ('|' || e.board || '|')) > 0
),

-- a row that names the series wins over one that holds a pattern
ranked AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.board, s.series, s.window_from
            ORDER BY
                CASE WHEN strpos(s.pattern, '?') > 0 THEN 1 ELSE 0 END ASC NULLS LAST,
                s.released_to_centres ASC NULLS LAST,
                s.what ASC NULLS LAST,
                s.carrier ASC NULLS LAST
        ) AS place
    FROM slots AS s
)

SELECT
    season,
    centre_number,
    board,
    is_technical,
    is_examined,
    series,
    window_from,
    window_to,
    what,
    carrier,
    released_to_centres AS due,
    confidence
FROM ranked
WHERE place = 1
