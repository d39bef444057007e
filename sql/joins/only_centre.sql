/*
summary = "The centre of a run that speaks of one alone: what names no centre is about it."
reads = ["centres"]
spans_centres = true
order = ["centre_number"]

[columns]
centre_number = "VARCHAR: the centre; no row where the run speaks of none or of several"
*/
SELECT max(centre_number) AS centre_number
FROM centres
HAVING count(*) = 1
