/*
summary = "The findings this reader may see, each with its root where that may be seen too."
reads = ["discrepancies"]
makes = true
order = ["fingerprint"]
*/
WITH allowed AS (
    SELECT *
    FROM discrepancies
    WHERE NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of
)

SELECT
    a.severity,
    a.severity_rank,
    a.code,
    a.key,
    a.fingerprint,
    r.fingerprint AS root,
    r.code AS root_code,
    a.owner,
    a.state,
    a.change,
    a.centre_number,
    a.person_id,
    a.other_person_id,
    a.candidate_number,
    a.ocr_candidate_number,
    a.uci,
    a.surname,
    a.forenames,
    a.series,
    a.qualification_code,
    a.unit_code,
    a.option_code,
    a.expected,
    a.found,
    a.cause,
    a.message,
    a.file,
    a.file_id,
    a.line,
    a.evidence,
    CAST(epoch(a.due) AS BIGINT) AS due,
    CASE WHEN a.embargo_until > :as_of THEN CAST(epoch(a.embargo_until) AS BIGINT) END AS restricted_until
FROM allowed AS a
LEFT JOIN allowed AS r ON r.fingerprint = a.root
