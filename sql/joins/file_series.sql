/*
summary = "What series a file, or one centre's part of it, holds, after the summer copies are folded to the annual series."
reads = ["incoming_files", "incoming_file_centres", "file_names", "series_spellings", "series"]
order = ["file_id", "centre_number", "series_as_sent"]

[columns]
file_id = "VARCHAR: the file"
centre_number = "VARCHAR: the centre; NULL where the file speaks of none (basedata) or the header hides it"
board = "VARCHAR: two characters, from the header, else from the name, else from the centre's other files of the series; 72 for every series of Cambridge Technicals, which the board sends under either of its numbers"
series_as_sent = "VARCHAR: what the header says; NULL where it says ??"
series = "VARCHAR: the canonical code; from the name where the header hides it; NULL where nobody says"
season = "VARCHAR: the academic year the series belongs to, 2025-26"
rows_kept = "INTEGER: body records"
*/
WITH stated AS (
    SELECT
        f.file_id,
        coalesce(c.centre_number, n.name_centre) AS centre_number,
        coalesce(f.board, n.name_board) AS board,
        coalesce(c.series_as_sent, f.series_as_sent) AS series_as_sent,
        coalesce(c.series_as_sent, f.series_as_sent, n.name_series) AS spelled,
        coalesce(c.rows_kept, f.rows_kept) AS rows_kept
    FROM incoming_files AS f
    LEFT JOIN incoming_file_centres AS c ON c.file_id = f.file_id
    LEFT JOIN file_names AS n ON n.file_id = f.file_id
    WHERE
        substr(f.kind, 1, 4) = 'edi_'
        OR substr(f.kind, 1, 9) = 'basedata_'
        OR f.kind = 'xml_results'
),

coded AS (
    SELECT
        s.*,
        p.code,
        -- only the vocational board publishes a summer copy of its annual series
        CASE
            WHEN s.board IN ('01', '72') AND substr(p.code, 1, 2) IN ('6I', '6C')
                THEN ('9' || substr(p.code, 2, 1) || lpad(CAST(CAST(substr(p.code, 3, 2) AS INTEGER) - 1 AS VARCHAR), 2, '0'))
            ELSE p.code
        END AS series
    FROM stated AS s
    LEFT JOIN series_spellings AS p ON p.series_as_sent = s.spelled
),

-- a file that names no board is of the one that the centre's other files of its series name
named AS (
    SELECT centre_number, series, min(board) AS board
    FROM coded
    WHERE centre_number IS NOT NULL AND series IS NOT NULL
    GROUP BY centre_number, series
    HAVING min(board) = max(board)
),

boarded AS (
    SELECT c.file_id, c.centre_number, c.series_as_sent, c.series, c.rows_kept, coalesce(c.board, n.board) AS board
    FROM coded AS c
    LEFT JOIN named AS n ON n.centre_number = c.centre_number AND n.series = c.series
)

SELECT
    c.file_id,
    c.centre_number,
    CASE WHEN t.family = 'cambridge_technicals' THEN '72' ELSE c.board END AS board,
    c.series_as_sent,
    c.series,
    CASE
        WHEN c.series IS NULL THEN NULL
        WHEN substr(c.series, 1, 1) IN ('9', 'A', 'B', 'C')
            THEN ('20' || substr(c.series, 3, 2) || '-' || lpad(CAST((CAST(substr(c.series, 3, 2) AS INTEGER) + 1) % 100 AS VARCHAR), 2, '0'))
        ELSE ('20' || lpad(CAST((CAST(substr(c.series, 3, 2) AS INTEGER) + 99) % 100 AS VARCHAR), 2, '0') || '-' || substr(c.series, 3, 2))
    END AS season,
    CAST(c.rows_kept AS INTEGER) AS rows_kept
FROM boarded AS c
LEFT JOIN series AS t
    ON
        t.family = 'cambridge_technicals'
        AND c.series LIKE replace(t.series_pattern, '?', '_')
        AND strpos(('|' || t.board || '|'), ('|' || c.board || '|')) > 0
