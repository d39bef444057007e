/*
summary = "The rows of files refused whole, which no row of their own in the rejects speaks of."
reads = ["files", "rejects"]
order = []
*/
SELECT count(*) AS files, CAST(coalesce(sum(f.rows_rejected), 0) AS BIGINT) AS rows
FROM files AS f
WHERE f.status = 'refused' AND f.rows_rejected > 0 AND NOT EXISTS (SELECT 1 FROM rejects AS r WHERE r.file_id = f.file_id)
