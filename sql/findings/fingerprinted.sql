/*
summary = "What the rules found, each with the fingerprint that follows it from run to run; what a waiver covers is waived."
reads = ["found", "waived_findings"]
order = ["fingerprint"]
*/
WITH hashed AS (
    SELECT
        f.*,
        substr(md5(f.code || '|' || f.key), 1, 16) AS fingerprint,
        row_number() OVER (
            PARTITION BY f.code, f.key
            ORDER BY
                CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END ASC NULLS LAST,
                f.file_id ASC NULLS LAST,
                f.line ASC NULLS LAST,
                f.found ASC NULLS LAST,
                f.expected ASC NULLS LAST
        ) AS place
    FROM found AS f
)

SELECT
    h.code,
    h.key,
    h.key_shape,
    h.message,
    h.centre_number,
    h.person_id,
    h.other_person_id,
    h.subject,
    h.board,
    h.series,
    h.qualification_code,
    h.unit_code,
    h.option_code,
    h.expected,
    h.found,
    h.cause,
    h.due,
    h.severity,
    h.owner,
    CASE WHEN w.fingerprint IS NOT NULL THEN 'waived' ELSE h.state END AS state,
    h.confidence,
    h.file_id,
    h.line,
    h.embargo_until,
    h.fingerprint
FROM hashed AS h
LEFT JOIN waived_findings AS w ON w.fingerprint = h.fingerprint
WHERE h.place = 1
