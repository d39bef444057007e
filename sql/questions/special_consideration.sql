/*
summary = "Who was given special consideration, how much, and what did it change?"
why = "Special consideration says something of a student's health or home: keep this list among those who need it."
reads = ["unit_results", "candidates"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.series]
type = "text"
says = "only this series: 6E26"
*/
SELECT
    r.centre_number,
    p.candidate_number,
    p.ocr_candidate_number,
    r.series,
    r.unit_code,
    r.special_consideration_tariff AS tariff_percent,
    r.raw_mark,
    r.special_consideration_mark,
    r.final_mark,
    r.maximum_mark,
    r.grade
FROM unit_results AS r
INNER JOIN candidates AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id
WHERE
    (r.special_consideration_tariff > 0 OR r.special_consideration_mark > 0)
    AND (:centre IS NULL OR r.centre_number = :centre)
    AND (:series IS NULL OR r.series = :series)
ORDER BY
    r.centre_number NULLS FIRST,
    r.series NULLS LAST,
    r.unit_code NULLS LAST,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    r.person_id,
    r.window_from NULLS FIRST,
    r.option_code NULLS LAST;
