/*
summary = "Which claimed grades did the awarding body change, up or down, and for whom?"
why = "Moderation moves whole classes: many changes of one unit in one direction are a matter for the assessor, not for the student."
reads = ["discrepancies"]
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
WHERE code = 'claimed_grade_differs'
GROUP BY centre_number, unit_code, cause, expected, found
ORDER BY
    centre_number NULLS FIRST,
    unit_code NULLS LAST,
    direction NULLS LAST,
    claimed NULLS LAST,
    result NULLS LAST;
