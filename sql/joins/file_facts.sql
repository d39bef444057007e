/*
summary = "What became of each file before its rows are joined: used, or set aside and why."
reads = ["incoming_files", "file_names", "file_series", "incoming_file_centres", "centres", "seasons"]
order = ["file_id"]

[columns]
file_id = "VARCHAR: the file"
name = "VARCHAR: the name shown for it"
kind = "VARCHAR: what sort of file it is"
carrier = "VARCHAR: edi, xml, achievement, marks, tracker, entries, claims, basedata or boundaries"
is_used = "BOOLEAN: its rows are joined"
fault = "VARCHAR: refused, other_centre or series_unknown where they are not"
is_truncated = "BOOLEAN: it is not whole, so it covers nothing"
stated_on = "DATE: the day the file says it was made (its header, or its run-on title)"
sequence = "INTEGER: the sequence number in the header"
season = "VARCHAR: the academic year a report's candidate numbers belong to, by its own date; NULL where it has none"
*/
WITH ours AS (
    SELECT c.file_id, count(*) AS centres_seen, count(k.centre_number) AS centres_ours
    FROM (
        SELECT file_id, centre_number FROM incoming_file_centres WHERE centre_number IS NOT NULL
        UNION
        SELECT file_id, centre_number FROM file_series WHERE centre_number IS NOT NULL
    ) AS c
    LEFT JOIN centres AS k ON k.centre_number = c.centre_number
    GROUP BY c.file_id
),

series_seen AS (
    SELECT file_id, count(series) AS series_known
    FROM file_series
    GROUP BY file_id
)

SELECT
    f.file_id,
    n.name,
    f.kind,
    CASE
        WHEN f.kind = 'edi_results' THEN 'edi'
        WHEN f.kind = 'xml_results' THEN 'xml'
        WHEN f.kind = 'achievement_report' THEN 'achievement'
        WHEN f.kind = 'examined_marks' THEN 'marks'
        WHEN f.kind IN ('tracker_summary', 'tracker_detailed') THEN 'tracker'
        WHEN f.kind IN ('entries', 'edi_entries', 'edi_amendments') THEN 'entries'
        WHEN f.kind = 'claims' THEN 'claims'
        WHEN f.kind = 'grade_boundaries' THEN 'boundaries'
        WHEN substr(f.kind, 1, 9) = 'basedata_' THEN 'basedata'
    END AS carrier,
    (
        NOT f.is_refused
        AND (coalesce(o.centres_seen, 0) = 0 OR o.centres_ours > 0)
        AND (s.file_id IS NULL OR s.series_known > 0)
    ) AS is_used,
    CASE
        WHEN f.is_refused THEN 'refused'
        WHEN o.centres_seen > 0 AND o.centres_ours = 0 THEN 'other_centre'
        WHEN s.file_id IS NOT NULL AND s.series_known = 0 THEN 'series_unknown'
    END AS fault,
    f.is_truncated,
    coalesce(f.created_at, f.run_on) AS stated_on,
    -- a broken header may hold anything there
    coalesce(
        CAST(nullif(regexp_extract(f.sequence, '^ *([0-9]{1,9}) *$', 1), '') AS INTEGER),
        CAST(nullif(regexp_extract(n.name_sequence, '^([0-9]{1,9})$', 1), '') AS INTEGER)
    ) AS sequence,
    made.season
FROM incoming_files AS f
LEFT JOIN file_names AS n ON n.file_id = f.file_id
LEFT JOIN ours AS o ON o.file_id = f.file_id
LEFT JOIN series_seen AS s ON s.file_id = f.file_id
LEFT JOIN seasons AS made ON f.run_on BETWEEN made.first_day AND made.last_day
