/*
summary = "Who was absent, from which unit, and has the unit been achieved since?"
why = "Special consideration must be asked for; an absence is not an attempt, and needs a new entry."
reads = ["unit_results", "unit_achievements", "candidates"]

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
    coalesce(a.is_achieved, FALSE) AS achieved_otherwise,
    a.attempts_seen
FROM unit_results AS r
INNER JOIN candidates AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id
LEFT JOIN unit_achievements AS a
    ON a.centre_number = r.centre_number AND a.person_id = r.person_id AND a.unit_code = r.unit_code
WHERE
    r.is_absent
    AND (:centre IS NULL OR r.centre_number = :centre)
    AND (:series IS NULL OR r.series = :series)
ORDER BY
    achieved_otherwise,
    r.centre_number NULLS FIRST,
    r.series NULLS LAST,
    r.unit_code NULLS LAST,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    r.person_id,
    r.window_from NULLS FIRST,
    r.option_code NULLS LAST;
