/*
summary = "What is known of each board's series that a row here names."
reads = ["placed_results", "placed_entries", "file_series", "series", "boards", "release_calendar"]
spans_centres = true
order = ["board", "series"]

[columns]
board = "VARCHAR: two characters; NULL where an entry does not say"
series = "VARCHAR: the canonical code"
season = "VARCHAR: academic year, 2025-26"
family = "VARCHAR: cambridge_technicals or general"
suite = "VARCHAR: 2016 or 2012"
carries = "VARCHAR: what the series holds, as in the reference data"
is_annual = "BOOLEAN: it runs a whole academic year and issues by windows"
is_known = "BOOLEAN: the reference data know it"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before; NULL where there is no embargo"
*/
WITH seen AS (
    SELECT board, series FROM placed_results
    UNION SELECT board, series FROM placed_entries
    UNION SELECT board, series FROM file_series
),

matched AS (
    SELECT
        s.board,
        s.series,
        k.family,
        k.suite,
        k.carries,
        k.embargo,
        k.year_is,
        k.series_pattern IS NOT NULL AS is_known,
        row_number() OVER (
            PARTITION BY s.board, s.series
            ORDER BY
                CASE WHEN k.series_pattern = '????' THEN 1 ELSE 0 END ASC NULLS LAST,
                k.series_pattern ASC NULLS LAST
        ) AS rank
    FROM seen AS s
    LEFT JOIN series AS k
        ON
            s.series LIKE replace(k.series_pattern, '?', '_')
            AND (
                strpos(('|' || k.board || '|'), ('|' || s.board || '|')) > 0
                OR (s.board IS NULL AND k.series_pattern <> '????')
            )
    WHERE s.series IS NOT NULL
),

released AS (
    SELECT
        m.board,
        m.series,
        max(c.released_to_candidates) AS released_to_candidates
    FROM matched AS m
    INNER JOIN release_calendar AS c
        ON
            m.series LIKE replace(c.series, '?', '_')
            AND (m.board IS NULL OR strpos(('|' || c.board || '|'), ('|' || m.board || '|')) > 0)
    WHERE m.rank = 1
    GROUP BY m.board, m.series
),

-- a series of a known board that the calendar does not name: the last release of its month
months AS (
    SELECT
        substr(series, 1, 1) AS month_figure,
        substr(series, 3, 2) AS year_figures,
        max(released_to_candidates) AS released_to_candidates
    FROM release_calendar
    WHERE released_to_candidates IS NOT NULL
    GROUP BY substr(series, 1, 1), substr(series, 3, 2)
)

SELECT
    m.board,
    m.series,
    CASE
        WHEN substr(m.series, 1, 1) IN ('9', 'A', 'B', 'C')
            THEN ('20' || substr(m.series, 3, 2) || '-' || lpad(CAST((CAST(substr(m.series, 3, 2) AS INTEGER) + 1) % 100 AS VARCHAR), 2, '0'))
        ELSE ('20' || lpad(CAST((CAST(substr(m.series, 3, 2) AS INTEGER) + 99) % 100 AS VARCHAR), 2, '0') || '-' || substr(m.series, 3, 2))
    END AS season,
    coalesce(m.family, 'general') AS family,
    m.suite,
    m.carries,
    coalesce(m.year_is = 'start_year', FALSE) AS is_annual,
    m.is_known,
    CASE
        WHEN m.embargo = 'none' THEN NULL
        WHEN r.released_to_candidates IS NOT NULL THEN r.released_to_candidates
        WHEN b.board IS NOT NULL AND n.released_to_candidates IS NOT NULL THEN n.released_to_candidates
        -- nobody says when: by the end of its academic year every series has been released
        WHEN b.board IS NOT NULL THEN CAST(
            (
                '20' || lpad(CAST(
                    (CAST(substr(m.series, 3, 2) AS INTEGER) + CASE WHEN substr(m.series, 1, 1) IN ('9', 'A', 'B', 'C') THEN 1 ELSE 0 END) % 100
                    AS VARCHAR
                ), 2, '0') || '-08-31 22:59:59+00'
            ) AS TIMESTAMP WITH TIME ZONE
        )
        ELSE CAST('9999-12-31 00:00:00+00' AS TIMESTAMP WITH TIME ZONE)
    END AS embargo_until
FROM matched AS m
LEFT JOIN released AS r ON r.board IS NOT DISTINCT FROM m.board AND r.series = m.series
LEFT JOIN boards AS b ON b.board = m.board
LEFT JOIN months AS n ON n.month_figure = substr(m.series, 1, 1) AND n.year_figures = substr(m.series, 3, 2)
WHERE m.rank = 1
