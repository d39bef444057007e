/*
summary = "Which results are on Interchange and not in an EDI file, and why?"
why = "Each cause has its own remedy: a UCI to add, a later file to wait for, a row of ours that was set aside. What remains is for the awarding body."
reads = ["discrepancies"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.cause]
type = "text"
says = "only of this cause: missing_uci"
*/
SELECT
    coalesce(cause, 'unknown') AS cause,
    count(*) OVER (PARTITION BY cause) AS of_this_cause,
    centre_number,
    candidate_number,
    ocr_candidate_number,
    uci,
    surname,
    forenames,
    series,
    coalesce(unit_code, qualification_code) AS code,
    found,
    owner,
    file,
    line
FROM discrepancies
WHERE
    code = 'missing_from_edi'
    AND (:centre IS NULL OR centre_number = :centre)
    AND (:cause IS NULL OR discrepancies.cause = :cause)
ORDER BY discrepancies.cause NULLS FIRST, centre_number NULLS FIRST, key NULLS LAST, fingerprint NULLS LAST;
