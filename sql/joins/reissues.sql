/*
summary = "Which later file holds at least nine tenths of an earlier one's person × option pairs, and so replaces it."
reads = ["file_pairs", "result_files"]
order = ["file_id", "centre_number", "series", "superseded_by"]

[columns]
carrier = "VARCHAR: edi or xml"
board = "VARCHAR: the board"
centre_number = "VARCHAR: the centre"
series = "VARCHAR: the series"
file_id = "VARCHAR: the earlier file"
superseded_by = "VARCHAR: the later one"
is_latest = "BOOLEAN: no later file replaces it as well"
*/
WITH shared AS (
    SELECT
        older.carrier,
        older.board,
        older.centre_number,
        older.series,
        older.file_id,
        newer.file_id AS superseded_by,
        count(*) AS pairs
    FROM file_pairs AS older
    INNER JOIN file_pairs AS newer
        ON
            newer.carrier = older.carrier
            AND newer.board IS NOT DISTINCT FROM older.board
            AND newer.centre_number = older.centre_number
            AND newer.series = older.series
            AND newer.person_id = older.person_id
            AND newer.option_code = older.option_code
            AND newer.file_id <> older.file_id
    GROUP BY older.carrier, older.board, older.centre_number, older.series, older.file_id, newer.file_id
),

held AS (
    SELECT
        s.carrier,
        s.board,
        s.centre_number,
        s.series,
        s.file_id,
        s.superseded_by,
        row_number() OVER (
            PARTITION BY s.carrier, s.board, s.centre_number, s.series, s.file_id
            ORDER BY n.place DESC NULLS LAST
        ) AS rank
    FROM shared AS s
    INNER JOIN result_files AS o
        ON o.file_id = s.file_id AND o.centre_number = s.centre_number AND o.series = s.series
    INNER JOIN result_files AS n
        ON n.file_id = s.superseded_by AND n.centre_number = s.centre_number AND n.series = s.series
    WHERE n.place > o.place AND NOT n.is_truncated AND s.pairs * 10 >= o.pairs * 9
)

SELECT
    carrier,
    board,
    centre_number,
    series,
    file_id,
    superseded_by,
    rank = 1 AS is_latest
FROM held
