/*
summary = "Which marks lie so close beneath a boundary that a review of marking is worth thinking of?"
why = "The days of the priority service are few: see deadlines. A review may lower a mark as well."
reads = ["discrepancies", "deadlines"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.unit]
type = "text"
says = "only this unit: 05838/01"
*/
WITH days AS (
    SELECT
        min(deadline) FILTER (service = 'priority review of marking') AS priority_until,
        min(deadline) FILTER (service = 'review of marking') AS review_until
    FROM deadlines
)

SELECT
    d.centre_number,
    d.candidate_number,
    d.ocr_candidate_number,
    d.series,
    d.unit_code,
    d.found,
    d.expected,
    y.priority_until,
    y.review_until
FROM discrepancies AS d
CROSS JOIN days AS y
WHERE
    d.code = 'near_boundary'
    AND (:centre IS NULL OR d.centre_number = :centre)
    AND (:unit IS NULL OR d.unit_code = :unit)
ORDER BY d.centre_number NULLS FIRST, d.unit_code, d.candidate_number NULLS LAST, d.ocr_candidate_number NULLS LAST, d.key;
