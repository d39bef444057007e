/*
summary = "Which results are on Interchange and not in an EDI file, and why?"
why = "Each cause has its own remedy: a UCI to add, a later file to wait for, a row of ours that was set aside. What remains is for the awarding body."
reads = ["discrepancies"]
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
WHERE code = 'missing_from_edi'
ORDER BY discrepancies.cause NULLS FIRST, centre_number NULLS FIRST, key NULLS LAST, fingerprint NULLS LAST;
