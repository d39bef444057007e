/*
summary = "The findings that a waiver covers: they stay visible, and nobody is held for them."
reads = ["waiver_hits", "waivers", "waivable_findings"]
empty_without = [["waivers"]]
publish = true
order = ["centre_number", "fingerprint"]

[columns]
centre_number = "VARCHAR: the centre"
fingerprint = "VARCHAR: the finding"
waiver_id = "VARCHAR: the waiver that covers it; of several the one that lasts longest"
given_line = "INTEGER: its line in waivers.csv"
reason = "VARCHAR: why it was waived"
waived_by = "VARCHAR: who"
waived_on = "DATE: when"
expires_on = "DATE: the last day on which the waiver counts"
*/
WITH ranked AS (
    SELECT
        f.centre_number,
        h.fingerprint,
        w.id AS waiver_id,
        w.given_line,
        w.reason,
        w.waived_by,
        w.waived_on,
        w.expires_on,
        row_number() OVER (PARTITION BY h.fingerprint ORDER BY w.expires_on DESC NULLS LAST, w.given_line ASC NULLS LAST) AS place
    FROM waiver_hits AS h
    INNER JOIN waivers AS w ON w.given_line = h.line AND w.state = 'live'
    INNER JOIN waivable_findings AS f ON f.fingerprint = h.fingerprint
)

SELECT centre_number, fingerprint, waiver_id, given_line, reason, waived_by, waived_on, expires_on
FROM ranked
WHERE place = 1
