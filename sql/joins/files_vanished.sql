/*
summary = "Each file that the run before read: whether it is here, what goes on for it, and what of its results nobody says now."
reads = ["previous_files", "previous_coverage", "previous_statements", "previous_gaps", "coverage", "files", "file_successors", "results_by_carrier", "results_compared", "person_links", "centres"]
empty_without = [["previous_coverage", "previous_statements"]]
order = ["centre_number", "carrier", "file_id"]

[columns]
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: edi, xml, achievement, marks, tracker, entries or claims"
board = "VARCHAR: awarding body, where it is of one"
file_id = "VARCHAR: the file"
name = "VARCHAR: its name in the run before"
is_here = "BOOLEAN: it is here"
series = "VARCHAR: the one series it covered that nothing here of its kind covers; NULL where several or none"
uncovered = "INTEGER: series and windows it covered that nothing here of its kind covers"
results = "INTEGER: results it stated that stood"
results_unsaid = "INTEGER: of those, the ones that nothing here of its kind states, and that no reissue of it withdrew"
*/
WITH spans AS (
    SELECT DISTINCT centre_number, carrier, CASE WHEN board = '01' THEN '72' ELSE board END AS board, series, window_from, file_id
    FROM previous_coverage
    WHERE NOT EXISTS (
        SELECT 1
        FROM previous_gaps
        WHERE table_name IN ('previous_results', 'previous_coverage', 'previous_files', 'previous_people', 'previous_identities')
    )
    -- a file cut short covers nothing, and yet its results count
    UNION
    SELECT DISTINCT centre_number, carrier, CASE WHEN board = '01' THEN '72' ELSE board END AS board, series, window_from, file_id
    FROM previous_statements AS p
    WHERE NOT EXISTS (SELECT 1 FROM previous_coverage AS v WHERE v.file_id = p.file_id)
),

covered AS (
    SELECT DISTINCT centre_number, carrier, CASE WHEN board = '01' THEN '72' ELSE board END AS board, series, window_from
    FROM coverage
),

stated AS (
    SELECT DISTINCT
        centre_number,
        carrier,
        CASE WHEN board = '01' THEN '72' ELSE board END AS board,
        series,
        window_from
    FROM results_by_carrier
    WHERE series IS NOT NULL
),

whole_spans AS (
    SELECT DISTINCT file_id, centre_number, carrier FROM previous_coverage
),

weighed_spans AS (
    SELECT
        s.centre_number,
        s.carrier,
        s.board,
        s.file_id,
        s.series,
        CASE
            WHEN k.centre_number IS NOT NULL THEN 0
            -- what was cut short then is made good by whatever holds rows of its series now
            WHEN w.file_id IS NULL AND t.centre_number IS NOT NULL THEN 0
            -- a reissue speaks for what it replaces, whatever window it is placed in
            WHEN n.previous_file_id IS NOT NULL THEN 0
            ELSE 1
        END AS is_uncovered
    FROM spans AS s
    LEFT JOIN covered AS k
        ON
            k.centre_number = s.centre_number AND k.carrier = s.carrier AND k.board IS NOT DISTINCT FROM s.board
            AND k.series IS NOT DISTINCT FROM s.series AND k.window_from IS NOT DISTINCT FROM s.window_from
    LEFT JOIN stated AS t
        ON
            t.centre_number = s.centre_number AND t.carrier = s.carrier AND t.board IS NOT DISTINCT FROM s.board
            AND t.series IS NOT DISTINCT FROM s.series AND t.window_from IS NOT DISTINCT FROM s.window_from
    LEFT JOIN whole_spans AS w ON w.file_id = s.file_id AND w.centre_number = s.centre_number AND w.carrier = s.carrier
    LEFT JOIN (SELECT DISTINCT previous_file_id, carrier, centre_number, series FROM file_successors WHERE NOT is_same) AS n
        ON n.previous_file_id = s.file_id AND n.carrier = s.carrier AND n.centre_number = s.centre_number AND n.series = s.series
),

parts AS (
    SELECT
        centre_number,
        carrier,
        file_id,
        min(board) AS board,
        sum(is_uncovered) AS uncovered,
        CASE
            WHEN count(DISTINCT CASE WHEN is_uncovered = 1 THEN series END) = 1 THEN min(CASE WHEN is_uncovered = 1 THEN series END)
        END AS series
    FROM weighed_spans
    GROUP BY centre_number, carrier, file_id
),

still_said AS (
    SELECT DISTINCT p.file_id, p.line, p.kind, p.option_code
    FROM previous_statements AS p
    INNER JOIN person_links AS l ON l.centre_number = p.centre_number AND l.previous_person_id = p.previous_person_id
    INNER JOIN results_by_carrier AS c
        ON
            c.centre_number = p.centre_number AND c.carrier = p.carrier AND c.series = p.series
            AND c.kind = p.kind AND c.option_code = p.option_code AND c.person_id = l.person_id
),

counted AS (
    SELECT
        p.centre_number,
        p.carrier,
        p.file_id,
        count(*) AS results,
        sum(CASE
            WHEN s.file_id IS NOT NULL OR g.previous_file_id IS NOT NULL THEN 0
            -- a reissued results file is whole, a report shows what it was asked for
            WHEN n.previous_file_id IS NOT NULL AND p.carrier IN ('edi', 'xml') THEN 0
            ELSE 1
        END) AS results_unsaid
    FROM previous_statements AS p
    LEFT JOIN still_said AS s
        ON s.file_id = p.file_id AND s.line = p.line AND s.kind = p.kind AND s.option_code IS NOT DISTINCT FROM p.option_code
    LEFT JOIN (SELECT DISTINCT previous_file_id, carrier, centre_number, series FROM file_successors WHERE NOT is_same) AS n
        ON n.previous_file_id = p.file_id AND n.carrier = p.carrier AND n.centre_number = p.centre_number AND n.series = p.series
    LEFT JOIN (
        SELECT DISTINCT previous_file_id, previous_line, kind, option_code
        FROM results_compared
        WHERE comparison = 'withdrawn'
    ) AS g
        ON
            g.previous_file_id = p.file_id AND g.previous_line = p.line AND g.kind = p.kind
            AND g.option_code IS NOT DISTINCT FROM p.option_code
    GROUP BY p.centre_number, p.carrier, p.file_id
)

SELECT
    p.centre_number,
    p.carrier,
    p.board,
    p.file_id,
    f.name,
    h.file_id IS NOT NULL AS is_here,
    p.series,
    CAST(p.uncovered AS INTEGER) AS uncovered,
    CAST(coalesce(c.results, 0) AS INTEGER) AS results,
    CAST(coalesce(c.results_unsaid, 0) AS INTEGER) AS results_unsaid
FROM parts AS p
INNER JOIN centres AS k ON k.centre_number = p.centre_number
LEFT JOIN previous_files AS f ON f.file_id = p.file_id
LEFT JOIN files AS h ON h.file_id = p.file_id
LEFT JOIN counted AS c ON c.file_id = p.file_id AND c.centre_number = p.centre_number AND c.carrier = p.carrier
