/*
summary = "Which units are still with the moderator or the board, and since when does the tracker say so?"
why = "A unit that is nobody's turn stays where it is: ring about the oldest first."
reads = ["tracker", "candidates", "units"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.unit]
type = "text"
says = "only this unit: 05838/01"
*/
SELECT
    t.centre_number,
    p.candidate_number,
    p.ocr_candidate_number,
    t.qualification_code,
    t.unit_code,
    any_value(u.title) AS title,
    t.status,
    max(t.as_of) AS as_of
FROM tracker AS t
INNER JOIN candidates AS p ON p.centre_number = t.centre_number AND p.person_id = t.person_id
LEFT JOIN units AS u ON u.unit_code = t.unit_code
WHERE
    t.unit_code IS NOT NULL AND t.status IN ('claim_submitted', 'sample_selected', 'result_pending', 'awaiting_assessed_grade')
    AND (:centre IS NULL OR t.centre_number = :centre)
    AND (:unit IS NULL OR t.unit_code = :unit)
GROUP BY t.centre_number, t.person_id, p.candidate_number, p.ocr_candidate_number, t.qualification_code, t.unit_code, t.status
ORDER BY
    as_of NULLS FIRST,
    t.centre_number NULLS FIRST,
    t.unit_code,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    t.person_id,
    t.qualification_code NULLS LAST,
    t.status;
