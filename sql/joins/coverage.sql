/*
summary = "What the files here allow the rules to speak of; outside it an absence means nothing."
reads = ["result_files", "reissues", "file_windows", "file_facts", "placed_results", "series_seen", "award_windows", "tracker", "entries", "claims"]
publish = true
order = ["centre_number", "carrier", "series", "qualification_code", "unit_code", "window_from", "file_id", "basis"]

[columns]
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: edi, xml, achievement, marks, tracker, entries or claims"
family = "VARCHAR: cambridge_technicals or general; NULL where an entry's series does not say"
board = "VARCHAR: awarding body"
qualification_code = "VARCHAR: the qualification, where coverage is by qualification"
unit_code = "VARCHAR: the unit, where coverage is by unit"
series = "VARCHAR: the series"
window_from = "DATE: first award date covered, in an annual series"
window_to = "DATE: last award date covered"
basis = "VARCHAR: why: file, report_rows, tracker_rows, entry_rows or claim_rows"
as_of = "DATE: the day the evidence is of"
file_id = "VARCHAR: the file"
*/
WITH standing AS (
    SELECT r.*
    FROM result_files AS r
    LEFT JOIN reissues AS s
        ON s.file_id = r.file_id AND s.centre_number = r.centre_number AND s.series = r.series AND s.is_latest
    WHERE NOT r.is_truncated AND s.file_id IS NULL
),

board_files AS (
    SELECT
        r.centre_number,
        r.carrier,
        e.family,
        r.board,
        r.series,
        w.window_from,
        w.window_to,
        r.stated_on AS as_of,
        r.file_id
    FROM standing AS r
    LEFT JOIN file_windows AS w
        ON r.carrier = 'edi' AND w.file_id = r.file_id AND w.centre_number = r.centre_number AND w.series = r.series
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM r.board AND e.series = r.series
),

report_rows AS (
    SELECT
        p.centre_number,
        p.carrier,
        p.board,
        CASE WHEN p.carrier = 'achievement' THEN p.qualification_code END AS qualification_code,
        CASE WHEN p.carrier = 'marks' THEN p.unit_code END AS unit_code,
        p.series,
        max(p.stated_on) AS as_of,
        p.file_id
    FROM placed_results AS p
    WHERE p.carrier IN ('achievement', 'marks') AND p.series IS NOT NULL
    GROUP BY
        p.centre_number,
        p.carrier,
        p.board,
        CASE WHEN p.carrier = 'achievement' THEN p.qualification_code END,
        CASE WHEN p.carrier = 'marks' THEN p.unit_code END,
        p.series,
        p.file_id
),

report_ends AS (
    SELECT file_id, max(award_date) AS last_award
    FROM placed_results
    WHERE carrier = 'achievement'
    GROUP BY file_id
),

reports AS (
    SELECT
        r.centre_number,
        r.carrier,
        'cambridge_technicals' AS family,
        r.board,
        r.qualification_code,
        r.unit_code,
        r.series,
        w.window_from,
        w.window_to,
        r.as_of,
        r.file_id
    FROM report_rows AS r
    LEFT JOIN report_ends AS l ON l.file_id = r.file_id
    LEFT JOIN award_windows AS w
        ON
            r.carrier = 'achievement' AND w.board IS NOT DISTINCT FROM r.board AND w.series = r.series
            AND w.window_from <= l.last_award
)

SELECT centre_number, carrier, family, board, CAST(NULL AS VARCHAR) AS qualification_code, CAST(NULL AS VARCHAR) AS unit_code, series, window_from, window_to, 'file' AS basis, as_of, file_id
FROM board_files
UNION ALL
SELECT centre_number, carrier, family, board, qualification_code, unit_code, series, window_from, window_to, 'report_rows' AS basis, as_of, file_id
FROM reports
UNION ALL
SELECT centre_number, 'tracker' AS carrier, 'cambridge_technicals' AS family, '72' AS board, qualification_code, CAST(NULL AS VARCHAR) AS unit_code, CAST(NULL AS VARCHAR) AS series, CAST(NULL AS DATE) AS window_from, CAST(NULL AS DATE) AS window_to, 'tracker_rows' AS basis, max(as_of) AS as_of, file_id
FROM tracker
GROUP BY centre_number, qualification_code, file_id
UNION ALL
SELECT e.centre_number, 'entries' AS carrier, s.family, e.board, CAST(NULL AS VARCHAR) AS qualification_code, CAST(NULL AS VARCHAR) AS unit_code, e.series, CAST(NULL AS DATE) AS window_from, CAST(NULL AS DATE) AS window_to, 'entry_rows' AS basis, max(f.stated_on) AS as_of, e.file_id
FROM entries AS e
INNER JOIN file_facts AS f ON f.file_id = e.file_id
LEFT JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM e.board AND s.series = e.series
WHERE e.series IS NOT NULL
GROUP BY e.centre_number, s.family, e.board, e.series, e.file_id
UNION ALL
SELECT centre_number, 'claims' AS carrier, 'cambridge_technicals' AS family, '72' AS board, qualification_code, unit_code, CAST(NULL AS VARCHAR) AS series, CAST(NULL AS DATE) AS window_from, CAST(NULL AS DATE) AS window_to, 'claim_rows' AS basis, max(claim_date) AS as_of, file_id
FROM claims
GROUP BY centre_number, qualification_code, unit_code, file_id
