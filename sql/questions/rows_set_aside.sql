/*
summary = "Which rows could not be used, and why?"
why = "Nothing is dropped in silence: every row that was read is kept or listed here, with the first line to look at."
reads = ["rejects"]

[parameters.file]
type = "text"
says = "only of this file, by its name"
*/
SELECT
    because,
    reason,
    column_name,
    name AS file,
    count(DISTINCT line) AS lines,
    min(line) AS first_line,
    any_value(expected ORDER BY line, expected) AS expected
FROM rejects
WHERE (:file IS NULL OR name = :file)
GROUP BY because, reason, column_name, name, file_id
ORDER BY
    because NULLS LAST,
    reason NULLS LAST,
    file NULLS LAST,
    column_name NULLS LAST,
    first_line NULLS LAST,
    file_id NULLS LAST;
