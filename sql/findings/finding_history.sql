/*
summary = "Every finding ever seen here, and whether it is still open."
reads = ["fingerprinted", "previous_history", "run"]
publish = true
order = ["fingerprint"]

[columns]
centre_number = "VARCHAR: the centre"
fingerprint = "VARCHAR: the finding"
code = "VARCHAR: its rule"
key = "VARCHAR: what it is about"
first_run = "VARCHAR: the run that first had it, by its identity (run.json)"
last_run = "VARCHAR: the last run that had it"
state = "VARCHAR: open, pending or waived; resolved once a run no longer has it"
reopened = "INTEGER: how often it came back"
*/
SELECT
    coalesce(f.centre_number, h.centre_number) AS centre_number,
    coalesce(f.fingerprint, h.fingerprint) AS fingerprint,
    coalesce(f.code, h.code) AS code,
    coalesce(f.key, h.key) AS key,
    coalesce(h.first_run, r.identity) AS first_run,
    CASE WHEN f.fingerprint IS NOT NULL THEN r.identity ELSE h.last_run END AS last_run,
    CASE WHEN f.fingerprint IS NOT NULL THEN f.state ELSE 'resolved' END AS state,
    CAST(coalesce(h.reopened, 0) + CASE WHEN f.fingerprint IS NOT NULL AND h.state = 'resolved' THEN 1 ELSE 0 END AS INTEGER) AS reopened
FROM fingerprinted AS f
FULL OUTER JOIN previous_history AS h ON h.fingerprint = f.fingerprint
CROSS JOIN run AS r
