/*
summary = "How many files each layout read."
reads = ["files"]
order = ["format"]
*/
SELECT format, count(*) AS files
FROM files
WHERE format IS NOT NULL
GROUP BY format
ORDER BY format
