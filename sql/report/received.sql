/*
summary = "Every file received and what became of it, those with a fault first."
reads = ["files"]
order = ["status", "name", "file_id"]
*/
SELECT
    name,
    other_names,
    kind,
    centre_number,
    series,
    rows_read,
    rows_kept,
    rows_rejected,
    status,
    reason,
    detail,
    count(*) OVER () AS total
FROM files
ORDER BY
    CASE status WHEN 'refused' THEN 1 WHEN 'truncated' THEN 2 ELSE 3 END,
    name,
    file_id
LIMIT :most_held
