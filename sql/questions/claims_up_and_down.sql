/*
summary = "Which claimed grades did the awarding body change, up or down, and for whom?"
why = "Moderation moves whole classes: many changes of one unit in one direction are a matter for the assessor, not for the student."
reads = ["discrepancies"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.unit]
type = "text"
says = "only this unit: 05838/01"
*/
SELECT
    centre_number,
    unit_code,
    cause AS direction,
    expected AS claimed,
    found AS result,
    count(*) AS students,
    string_agg(candidate_number, ', ' ORDER BY candidate_number, key) AS candidate_numbers
FROM discrepancies
WHERE
    code = 'claimed_grade_differs'
    AND (:centre IS NULL OR centre_number = :centre)
    AND (:unit IS NULL OR unit_code = :unit)
GROUP BY centre_number, unit_code, cause, expected, found
ORDER BY
    centre_number NULLS FIRST,
    unit_code NULLS LAST,
    direction NULLS LAST,
    claimed NULLS LAST,
    result NULLS LAST;
