/*
summary = "How many files each layout read."
makes = true
reads = ["files"]
order = ["format"]
*/
SELECT format, count(*) AS files
FROM files
WHERE format IS NOT NULL AND (:centre = '' OR centre_number = :centre OR centre_number IS NULL)
GROUP BY format
