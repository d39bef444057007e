/*
summary = "Which file here goes on for a file of the run before: the same one, or a reissue that holds nine tenths of its results."
reads = ["previous_results", "results_by_carrier", "person_links", "files"]
empty_without = [["previous_results"]]
order = ["carrier", "board", "centre_number", "series", "previous_file_id", "file_id"]

[columns]
carrier = "VARCHAR: edi, xml, achievement or marks"
board = "VARCHAR: awarding body; 72 for Cambridge Technicals"
centre_number = "VARCHAR: the centre"
series = "VARCHAR: the series"
previous_file_id = "VARCHAR: the file that stood in the run before"
file_id = "VARCHAR: the file here"
is_same = "BOOLEAN: it is the same file"
*/
WITH earlier AS (
    SELECT DISTINCT
        r.carrier,
        CASE WHEN r.is_technical THEN '72' ELSE r.board END AS board,
        r.centre_number,
        r.series,
        r.file_id,
        r.stated_on,
        r.sequence
    FROM previous_results AS r
    WHERE r.superseded_by IS NULL AND r.series IS NOT NULL
),

later AS (
    SELECT DISTINCT
        r.carrier,
        CASE WHEN r.is_technical THEN '72' ELSE r.board END AS board,
        r.centre_number,
        r.series,
        r.file_id,
        r.stated_on,
        r.sequence,
        r.is_truncated
    FROM results_by_carrier AS r
    WHERE r.series IS NOT NULL
),

-- a report's own day is its latest award date, which may differ from row to row
earlier_files AS (
    SELECT carrier, board, centre_number, series, file_id, max(stated_on) AS stated_on, max(sequence) AS sequence
    FROM earlier
    GROUP BY carrier, board, centre_number, series, file_id
),

later_files AS (
    SELECT
        carrier,
        board,
        centre_number,
        series,
        file_id,
        max(stated_on) AS stated_on,
        max(sequence) AS sequence,
        max(CASE WHEN is_truncated THEN 1 ELSE 0 END) AS is_truncated
    FROM later
    GROUP BY carrier, board, centre_number, series, file_id
),

candidates_for AS (
    SELECT
        e.carrier,
        e.board,
        e.centre_number,
        e.series,
        e.file_id AS previous_file_id,
        n.file_id
    FROM earlier_files AS e
    INNER JOIN later_files AS n
        ON
            n.carrier = e.carrier AND n.board IS NOT DISTINCT FROM e.board
            AND n.centre_number = e.centre_number AND n.series = e.series
            AND n.file_id <> e.file_id AND n.is_truncated = 0
    WHERE
        (n.stated_on IS NULL OR e.stated_on IS NULL OR n.stated_on >= e.stated_on)
        -- a file that stood beside it then is another window, and no reissue now
        AND NOT EXISTS (SELECT 1 FROM earlier_files AS b WHERE b.file_id = n.file_id)
        AND (
            n.stated_on > e.stated_on OR e.carrier IN ('achievement', 'marks')
            OR n.sequence IS NULL OR e.sequence IS NULL OR n.sequence >= e.sequence
        )
),

earlier_pairs AS (
    SELECT DISTINCT
        c.carrier,
        c.board,
        c.centre_number,
        c.series,
        c.previous_file_id,
        coalesce(l.person_id, r.person_id) AS person_id,
        r.option_code
    FROM (SELECT DISTINCT carrier, board, centre_number, series, previous_file_id FROM candidates_for) AS c
    INNER JOIN previous_results AS r
        ON r.file_id = c.previous_file_id AND r.carrier = c.carrier AND r.centre_number = c.centre_number AND r.series = c.series
    LEFT JOIN person_links AS l
        ON l.centre_number = r.centre_number AND l.previous_person_id = r.person_id AND l.is_first
),

later_pairs AS (
    SELECT DISTINCT c.carrier, c.board, c.centre_number, c.series, c.file_id, r.person_id, r.option_code
    FROM (SELECT DISTINCT carrier, board, centre_number, series, file_id FROM candidates_for) AS c
    INNER JOIN results_by_carrier AS r
        ON r.file_id = c.file_id AND r.carrier = c.carrier AND r.centre_number = c.centre_number AND r.series = c.series
),

held AS (
    SELECT
        c.carrier,
        c.board,
        c.centre_number,
        c.series,
        c.previous_file_id,
        c.file_id,
        count(*) AS pairs
    FROM candidates_for AS c
    INNER JOIN earlier_pairs AS e
        ON
            e.previous_file_id = c.previous_file_id AND e.carrier = c.carrier AND e.board IS NOT DISTINCT FROM c.board
            AND e.centre_number = c.centre_number AND e.series = c.series
    INNER JOIN later_pairs AS n
        ON
            n.file_id = c.file_id AND n.carrier = c.carrier AND n.board IS NOT DISTINCT FROM c.board
            AND n.centre_number = c.centre_number AND n.series = c.series
            AND n.person_id = e.person_id AND n.option_code IS NOT DISTINCT FROM e.option_code
    GROUP BY c.carrier, c.board, c.centre_number, c.series, c.previous_file_id, c.file_id
),

whole AS (
    SELECT carrier, board, centre_number, series, previous_file_id, count(*) AS pairs
    FROM earlier_pairs
    GROUP BY carrier, board, centre_number, series, previous_file_id
)

SELECT h.carrier, h.board, h.centre_number, h.series, h.previous_file_id, h.file_id, FALSE AS is_same
FROM held AS h
INNER JOIN whole AS w
    ON
        w.previous_file_id = h.previous_file_id AND w.carrier = h.carrier AND w.board IS NOT DISTINCT FROM h.board
        AND w.centre_number = h.centre_number AND w.series = h.series
WHERE h.pairs * 10 >= w.pairs * 9
UNION ALL
SELECT e.carrier, e.board, e.centre_number, e.series, e.file_id AS previous_file_id, e.file_id, TRUE AS is_same
FROM earlier_files AS e
INNER JOIN files AS f ON f.file_id = e.file_id AND f.status <> 'refused'
