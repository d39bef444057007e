/*
summary = "Every row set aside: by a fault of its own, with its whole file, or because its centre is none of ours."
reads = ["incoming_rejects", "incoming_evidence", "incoming_file_centres", "incoming_results", "incoming_entries", "incoming_claims", "incoming_tracker", "file_facts", "file_series", "series_seen", "files", "centres"]
publish = true
order = ["name", "file_id", "line", "column_from", "column_name", "reason", "expected"]

[columns]
centre_number = "VARCHAR: the centre the row names, else the one its file speaks of"
file_id = "VARCHAR: the file"
name = "VARCHAR: its name"
line = "INTEGER: the line"
raw = "VARCHAR: the line as it came"
because = "VARCHAR: row (its own fault), refused (its file could not be read), series_unknown (nor placed), other_centre (none of ours)"
reason = "VARCHAR: what is wrong with it"
column_name = "VARCHAR: the column at fault"
column_from = "INTEGER: its first character, in a fixed-width file"
column_to = "INTEGER: its last character"
expected = "VARCHAR: what would have done"
candidate_number = "VARCHAR: as the row has it"
ocr_candidate_number = "VARCHAR: as the row has it"
uci = "VARCHAR: as the row has it"
option_code = "VARCHAR: as the row has it"
embargo_until = "TIMESTAMP WITH TIME ZONE: the row may hold a result that candidates may not be told before"
*/
WITH file_embargoes AS (
    SELECT
        s.file_id,
        max(
            CASE
                WHEN k.series IS NOT NULL THEN k.embargo_until
                ELSE CAST('9999-12-31 00:00:00+00' AS TIMESTAMP WITH TIME ZONE)
            END
        ) AS embargo_until
    FROM file_series AS s
    LEFT JOIN series_seen AS k ON k.board IS NOT DISTINCT FROM s.board AND k.series = s.series
    GROUP BY s.file_id
),

-- results of EDI and XML are as restricted as their series; what nobody recognises could be results of any
held AS (
    SELECT
        f.file_id,
        CASE
            WHEN f.kind IS NULL THEN CAST('9999-12-31 00:00:00+00' AS TIMESTAMP WITH TIME ZONE)
            WHEN f.kind IN ('edi_results', 'xml_results') THEN e.embargo_until
        END AS embargo_until
    FROM files AS f
    LEFT JOIN file_embargoes AS e ON e.file_id = f.file_id
),

mixed AS (
    SELECT DISTINCT c.file_id
    FROM incoming_file_centres AS c
    INNER JOIN file_facts AS f ON f.file_id = c.file_id AND f.is_used
    LEFT JOIN centres AS k ON k.centre_number = c.centre_number
    WHERE k.centre_number IS NULL
),

placed_lines AS (
    SELECT file_id, line, centre_number, candidate_number, ocr_candidate_number, uci, coalesce(option_code, unit_code, qualification_code) AS option_code
    FROM incoming_results
    UNION ALL
    SELECT file_id, line, centre_number, candidate_number, ocr_candidate_number, uci, option_code
    FROM incoming_entries
    UNION ALL
    SELECT file_id, line, centre_number, candidate_number, ocr_candidate_number, uci, coalesce(unit_code, qualification_code) AS option_code
    FROM incoming_claims
    UNION ALL
    SELECT file_id, line, centre_number, candidate_number, ocr_candidate_number, uci, coalesce(unit_code, qualification_code) AS option_code
    FROM incoming_tracker
),

-- a line may hold several statements: it is set aside once
foreign_lines AS (
    SELECT
        l.file_id,
        l.line,
        l.centre_number,
        max(l.candidate_number) AS candidate_number,
        max(l.ocr_candidate_number) AS ocr_candidate_number,
        max(l.uci) AS uci,
        min(l.option_code) AS option_code
    FROM placed_lines AS l
    INNER JOIN mixed AS m ON m.file_id = l.file_id
    LEFT JOIN centres AS k ON k.centre_number = l.centre_number
    WHERE k.centre_number IS NULL
    GROUP BY l.file_id, l.line, l.centre_number
),

every_reject AS (
    SELECT
        r.centre_number,
        r.file_id,
        r.line,
        r.raw,
        CASE WHEN t.is_used THEN 'row' WHEN t.fault IS NULL THEN 'refused' ELSE t.fault END AS because,
        r.reason,
        r.column_name,
        r.column_from,
        r.column_to,
        r.expected,
        r.candidate_number,
        r.ocr_candidate_number,
        r.uci,
        r.option_code
    FROM incoming_rejects AS r
    LEFT JOIN file_facts AS t ON t.file_id = r.file_id
    UNION ALL
    SELECT
        l.centre_number,
        l.file_id,
        l.line,
        e.raw,
        'other_centre' AS because,
        'its centre is none of ours' AS reason,
        CAST(NULL AS VARCHAR) AS column_name,
        CAST(NULL AS INTEGER) AS column_from,
        CAST(NULL AS INTEGER) AS column_to,
        CAST(NULL AS VARCHAR) AS expected,
        l.candidate_number,
        l.ocr_candidate_number,
        l.uci,
        l.option_code
    FROM foreign_lines AS l
    LEFT JOIN incoming_evidence AS e ON e.file_id = l.file_id AND e.line = l.line
    UNION ALL
    SELECT
        CAST(NULL AS VARCHAR) AS centre_number,
        e.file_id,
        e.line,
        e.raw,
        t.fault AS because,
        CASE t.fault WHEN 'other_centre' THEN 'its centre is none of ours' ELSE 'the series of its file cannot be made out' END AS reason,
        CAST(NULL AS VARCHAR) AS column_name,
        CAST(NULL AS INTEGER) AS column_from,
        CAST(NULL AS INTEGER) AS column_to,
        CAST(NULL AS VARCHAR) AS expected,
        CAST(NULL AS VARCHAR) AS candidate_number,
        CAST(NULL AS VARCHAR) AS ocr_candidate_number,
        CAST(NULL AS VARCHAR) AS uci,
        CAST(NULL AS VARCHAR) AS option_code
    FROM incoming_evidence AS e
    INNER JOIN file_facts AS t ON t.file_id = e.file_id AND t.fault IN ('other_centre', 'series_unknown')
)

SELECT
    coalesce(r.centre_number, f.centre_number) AS centre_number,
    r.file_id,
    f.name,
    r.line,
    r.raw,
    r.because,
    r.reason,
    r.column_name,
    r.column_from,
    r.column_to,
    r.expected,
    r.candidate_number,
    r.ocr_candidate_number,
    r.uci,
    r.option_code,
    h.embargo_until
FROM every_reject AS r
LEFT JOIN files AS f ON f.file_id = r.file_id
LEFT JOIN held AS h ON h.file_id = r.file_id
