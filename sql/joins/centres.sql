/*
summary = "The centres this run speaks of: the ones given, or every one seen."
reads = ["run_centres", "incoming_file_centres", "incoming_files"]
order = ["centre_number"]

[columns]
centre_number = "VARCHAR: five characters"
*/
SELECT centre_number FROM run_centres
UNION
SELECT c.centre_number
FROM incoming_file_centres AS c
INNER JOIN incoming_files AS f ON f.file_id = c.file_id
WHERE
    c.centre_number IS NOT NULL
    AND NOT f.is_refused
    AND NOT EXISTS (SELECT 1 FROM run_centres)
