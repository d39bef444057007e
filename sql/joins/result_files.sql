/*
summary = "Each EDI or XML results file's part for one centre and series, in the order the board made them."
reads = ["file_pairs", "file_facts", "file_series"]
order = ["carrier", "board", "centre_number", "series", "place"]

[columns]
carrier = "VARCHAR: edi or xml"
board = "VARCHAR: the board"
centre_number = "VARCHAR: the centre"
series = "VARCHAR: the series"
file_id = "VARCHAR: the file"
place = "INTEGER: its place by creation date, then sequence number"
pairs = "INTEGER: person × option pairs in it"
stated_on = "DATE: creation date"
is_truncated = "BOOLEAN: it is not whole"
*/
WITH counted AS (
    SELECT carrier, board, centre_number, series, file_id, CAST(count(*) AS INTEGER) AS pairs
    FROM file_pairs
    GROUP BY carrier, board, centre_number, series, file_id
),

-- a file without one result is still the board's word that there is none
empty AS (
    SELECT DISTINCT
        f.carrier,
        s.board,
        s.centre_number,
        s.series,
        f.file_id,
        0 AS pairs
    FROM file_facts AS f
    INNER JOIN file_series AS s ON s.file_id = f.file_id
    LEFT JOIN counted AS c ON c.file_id = f.file_id AND c.centre_number = s.centre_number AND c.series = s.series
    WHERE f.is_used AND f.carrier IN ('edi', 'xml') AND s.series IS NOT NULL AND s.centre_number IS NOT NULL AND c.file_id IS NULL
),

whole AS (
    SELECT carrier, board, centre_number, series, file_id, pairs FROM counted
    UNION ALL
    SELECT carrier, board, centre_number, series, file_id, pairs FROM empty
)

SELECT
    w.carrier,
    w.board,
    w.centre_number,
    w.series,
    w.file_id,
    CAST(row_number() OVER (
        PARTITION BY w.carrier, w.board, w.centre_number, w.series
        ORDER BY
            f.stated_on ASC NULLS FIRST,
            f.sequence ASC NULLS FIRST,
            -- the same file, cut short by one download and whole by the next
            CASE WHEN f.is_truncated THEN 0 ELSE 1 END ASC NULLS LAST,
            w.file_id ASC NULLS LAST
    ) AS INTEGER) AS place,
    w.pairs,
    f.stated_on,
    f.is_truncated
FROM whole AS w
INNER JOIN file_facts AS f ON f.file_id = w.file_id
