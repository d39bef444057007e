/*
summary = "What do our points and thresholds make of every award that was issued?"
why = "Settles in one look whether our figures are the board's: where they agree for everybody, they may be trusted for those who have none."
reads = ["award_calculations", "qualifications"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
SELECT
    a.centre_number,
    a.qualification_code,
    any_value(q.title) AS title,
    a.figures_confidence,
    count(*) AS issued,
    count(*) FILTER (a.grade_at_award = a.issued_grade) AS agree,
    count(*) FILTER (a.grade_at_award <> a.issued_grade) AS differ,
    count(*) FILTER (a.grade_at_award IS NULL) AS not_reckoned
FROM award_calculations AS a
LEFT JOIN qualifications AS q ON q.qualification_code = a.qualification_code
WHERE
    a.issued_grade IS NOT NULL
    AND (:centre IS NULL OR a.centre_number = :centre)
GROUP BY a.centre_number, a.qualification_code, a.figures_confidence
ORDER BY a.centre_number NULLS FIRST, a.qualification_code, a.figures_confidence NULLS LAST;
