/*
summary = "The findings that a waiver covers, with who waived them, why and until when."
reads = ["shown_findings", "waived_findings"]
empty_without = [["waived_findings"]]
order = ["severity_rank", "code", "key", "fingerprint"]
*/
WITH placed AS (
    SELECT
        f.*,
        w.waiver_id,
        w.reason,
        w.waived_by,
        w.expires_on,
        row_number() OVER (ORDER BY f.severity_rank, f.code, f.key, f.fingerprint) AS place
    FROM shown_findings AS f
    INNER JOIN waived_findings AS w ON w.fingerprint = f.fingerprint
    WHERE f.state = 'waived'
)

SELECT *
FROM placed
WHERE place <= :most_held
ORDER BY place
