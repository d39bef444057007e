/*
summary = "The finding at the bottom of each chain of causes; the catalogue has none longer than four."
reads = ["cause_links"]
order = ["fingerprint"]
*/
SELECT
    a.fingerprint,
    coalesce(d.cause_fingerprint, c.cause_fingerprint, b.cause_fingerprint, a.cause_fingerprint) AS root
FROM cause_links AS a
LEFT JOIN cause_links AS b ON b.fingerprint = a.cause_fingerprint
LEFT JOIN cause_links AS c ON c.fingerprint = b.cause_fingerprint
LEFT JOIN cause_links AS d ON d.fingerprint = c.cause_fingerprint
