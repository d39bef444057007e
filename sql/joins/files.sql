/*
summary = "Every file received, one row a content: what it is, and what became of it and of its rows."
reads = ["file_names", "incoming_files", "incoming_file_centres", "file_facts", "file_series", "file_windows", "result_files", "reissues", "placed_results", "centres", "only_centre"]
publish = true
order = ["name", "file_id"]

[columns]
file_id = "VARCHAR: the first 16 digits of the hash of its bytes; of a file that could not be received, of its name"
name = "VARCHAR: the name it came under, the least of several"
other_names = "VARCHAR: the other names, set apart by semicolons"
kind = "VARCHAR: what sort of file it is; NULL where nothing fits"
format = "VARCHAR: the format it was read by"
delimiter = "VARCHAR: what parts the cells of a line: comma, semicolon, tab or sheet; NULL where lines have no cells"
cells = "VARCHAR: the column each cell of a line is, set apart by commas; nothing for one that is not used"
centre_number = "VARCHAR: the one centre it speaks of; NULL where none or several"
reported_to = "VARCHAR: the centre that findings about the file belong to; NULL where several would share them"
board = "VARCHAR: awarding body"
series = "VARCHAR: the canonical series; NULL where none or several"
series_as_sent = "VARCHAR: as its header spells it"
window_from = "DATE: the first window of award dates it speaks for"
created_at = "DATE: the day it was made, by its header or its title"
sequence = "INTEGER: its sequence number"
rows_read = "INTEGER: body records"
rows_framing = "INTEGER: headers, trailers, titles, totals, blank lines"
rows_kept = "INTEGER: body records that are joined"
rows_rejected = "INTEGER: body records set aside, those of other centres among them"
status = "VARCHAR: read, truncated, refused, superseded or ignored; a repeated file is another name of its content"
fault = "VARCHAR: of a refused file: not_received, refused, other_centre or series_unknown"
reason = "VARCHAR: why it was not simply read"
detail = "VARCHAR: the evidence for that"
superseded_by = "VARCHAR: the file that replaces it"
copies = "INTEGER: how often the same bytes came"
is_download_copy = "BOOLEAN: one of its names is numbered as browsers do, (1)"
*/
WITH named_centres AS (
    SELECT file_id, centre_number FROM incoming_file_centres
    UNION
    SELECT file_id, centre_number FROM file_series WHERE centre_number IS NOT NULL
),

-- where nothing inside says whom a file is for, its name may
every_centre AS (
    SELECT file_id, centre_number FROM named_centres
    UNION
    SELECT n.file_id, n.name_centre AS centre_number
    FROM file_names AS n
    WHERE n.name_centre IS NOT NULL AND NOT EXISTS (SELECT 1 FROM named_centres AS s WHERE s.file_id = n.file_id)
),

spoken_of AS (
    SELECT
        s.file_id,
        count(*) AS centres_seen,
        min(s.centre_number) AS one_centre,
        count(k.centre_number) AS centres_ours,
        min(k.centre_number) AS one_of_ours
    FROM every_centre AS s
    LEFT JOIN centres AS k ON k.centre_number = s.centre_number
    GROUP BY s.file_id
),

-- in a file of several centres, the rows of those that are none of ours are set aside
foreign_rows AS (
    SELECT c.file_id, sum(c.rows_kept) AS rows_foreign
    FROM incoming_file_centres AS c
    LEFT JOIN centres AS k ON k.centre_number = c.centre_number
    WHERE k.centre_number IS NULL
    GROUP BY c.file_id
),

stated_series AS (
    SELECT
        file_id,
        min(board) AS board,
        CASE WHEN count(DISTINCT series) = 1 THEN min(series) END AS series,
        CASE WHEN count(DISTINCT series_as_sent) = 1 THEN min(series_as_sent) END AS series_as_sent
    FROM file_series
    GROUP BY file_id
),

report_series AS (
    SELECT file_id, min(board) AS board, CASE WHEN count(DISTINCT series) = 1 THEN min(series) END AS series
    FROM placed_results
    WHERE carrier IN ('achievement', 'marks')
    GROUP BY file_id
),

first_windows AS (
    SELECT file_id, min(window_from) AS window_from
    FROM file_windows
    GROUP BY file_id
),

replaced AS (
    SELECT
        r.file_id,
        count(*) AS parts,
        count(s.superseded_by) AS parts_replaced,
        min(s.superseded_by) AS superseded_by
    FROM result_files AS r
    LEFT JOIN reissues AS s
        ON s.file_id = r.file_id AND s.centre_number = r.centre_number AND s.series = r.series AND s.is_latest
    GROUP BY r.file_id
),

judged AS (
    SELECT
        n.*,
        f.file_id IS NOT NULL AS is_read,
        CASE WHEN n.refused_reason IS NOT NULL THEN 'not_received' ELSE t.fault END AS fault,
        CASE WHEN p.parts = p.parts_replaced THEN p.superseded_by END AS superseded_by
    FROM file_names AS n
    LEFT JOIN incoming_files AS f ON f.file_id = n.file_id
    LEFT JOIN file_facts AS t ON t.file_id = n.file_id
    LEFT JOIN replaced AS p ON p.file_id = n.file_id
)

SELECT
    j.file_id,
    j.name,
    j.other_names,
    f.kind,
    f.format,
    f.delimiter,
    f.cells,
    CASE WHEN o.centres_seen = 1 THEN o.one_centre END AS centre_number,
    CASE
        WHEN o.centres_ours = 1 THEN o.one_of_ours
        WHEN coalesce(o.centres_ours, 0) = 0 THEN c.centre_number
    END AS reported_to,
    coalesce(s.board, r.board, f.board, j.name_board) AS board,
    coalesce(s.series, r.series) AS series,
    coalesce(s.series_as_sent, f.series_as_sent) AS series_as_sent,
    w.window_from,
    coalesce(f.created_at, f.run_on) AS created_at,
    t.sequence,
    coalesce(f.rows_read, 0) AS rows_read,
    coalesce(f.rows_framing, 0) AS rows_framing,
    CASE
        WHEN j.fault IS NOT NULL OR NOT j.is_read THEN 0
        ELSE CAST(f.rows_kept - coalesce(x.rows_foreign, 0) AS INTEGER)
    END AS rows_kept,
    CASE
        WHEN NOT j.is_read THEN 0
        WHEN j.fault IS NOT NULL THEN f.rows_read
        ELSE CAST(f.rows_rejected + coalesce(x.rows_foreign, 0) AS INTEGER)
    END AS rows_rejected,
    CASE
        WHEN j.fault IS NOT NULL THEN 'refused'
        WHEN NOT j.is_read THEN 'ignored'
        WHEN j.superseded_by IS NOT NULL THEN 'superseded'
        WHEN f.is_truncated THEN 'truncated'
        ELSE 'read'
    END AS status,
    j.fault,
    CASE
        WHEN j.fault = 'not_received' THEN j.refused_reason
        WHEN j.fault = 'other_centre' THEN 'its centre is none of ours'
        WHEN j.fault = 'series_unknown' THEN 'its series cannot be made out'
        WHEN j.fault IS NULL AND j.superseded_by IS NOT NULL THEN 'a later file replaces it'
        ELSE f.reason
    END AS reason,
    CASE
        WHEN j.fault = 'not_received' THEN j.refused_detail
        WHEN j.fault = 'other_centre' AND o.centres_seen = 1 THEN ('it is for centre ' || o.one_centre)
        WHEN j.fault = 'other_centre' THEN ('it is for ' || CAST(o.centres_seen AS VARCHAR) || ' other centres')
        ELSE f.detail
    END AS detail,
    CASE WHEN j.fault IS NULL THEN j.superseded_by END AS superseded_by,
    coalesce(j.copies, 1) AS copies,
    coalesce(j.is_download_copy, FALSE) AS is_download_copy
FROM judged AS j
LEFT JOIN only_centre AS c ON TRUE
LEFT JOIN incoming_files AS f ON f.file_id = j.file_id
LEFT JOIN file_facts AS t ON t.file_id = j.file_id
LEFT JOIN spoken_of AS o ON o.file_id = j.file_id
LEFT JOIN foreign_rows AS x ON x.file_id = j.file_id
LEFT JOIN stated_series AS s ON s.file_id = j.file_id
LEFT JOIN report_series AS r ON r.file_id = j.file_id
LEFT JOIN first_windows AS w ON w.file_id = j.file_id
