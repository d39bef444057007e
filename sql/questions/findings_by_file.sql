/*
summary = "Which file do the discrepancies come from?"
why = "Many from one file mean that the file is wrong, not the students."
reads = ["files", "discrepancies"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.fewest]
type = "integer"
says = "only files with at least so many discrepancies"
default = 0
*/
SELECT
    f.centre_number,
    f.name,
    f.kind,
    f.series,
    f.status,
    f.rows_kept,
    count(d.fingerprint) FILTER (d.severity = 'error') AS errors,
    count(d.fingerprint) FILTER (d.severity = 'warning') AS warnings,
    count(d.fingerprint) FILTER (d.severity = 'info') AS to_know
FROM files AS f
LEFT JOIN discrepancies AS d ON d.file_id = f.file_id
WHERE (:centre IS NULL OR f.centre_number = :centre)
GROUP BY f.centre_number, f.file_id, f.name, f.kind, f.series, f.status, f.rows_kept
HAVING count(d.fingerprint) >= coalesce(:fewest, 0)
ORDER BY errors DESC, warnings DESC, to_know DESC, f.centre_number NULLS FIRST, f.name, f.file_id;
