/*
summary = "Who has no UCI, and how many of their results are on Interchange or in EDI?"
why = "The EDI file is made from UCIs alone: without one, results exist and cannot arrive."
reads = ["candidates", "results_by_carrier"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
SELECT
    c.centre_number,
    c.candidate_number,
    c.ocr_candidate_number,
    c.surname,
    c.forenames,
    count(DISTINCT (b.series, b.option_code)) FILTER (b.carrier IN ('achievement', 'marks')) AS on_interchange,
    count(DISTINCT (b.series, b.option_code)) FILTER (b.carrier = 'edi') AS in_edi
FROM candidates AS c
LEFT JOIN results_by_carrier AS b ON b.centre_number = c.centre_number AND b.person_id = c.person_id
WHERE
    c.uci IS NULL
    AND (:centre IS NULL OR c.centre_number = :centre)
GROUP BY c.centre_number, c.person_id, c.candidate_number, c.ocr_candidate_number, c.surname, c.forenames
ORDER BY c.centre_number NULLS FIRST, c.surname NULLS LAST, c.forenames NULLS LAST, c.person_id NULLS FIRST;
