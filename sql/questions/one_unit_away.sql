/*
summary = "Who is one unit away from an award, or from a better one, and which unit is it?"
why = "One resit or one piece of coursework may decide a place. Reckoned from our points and thresholds: the last column says how sure they are."
reads = ["award_calculations", "candidates", "qualifications"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.qualification]
type = "text"
says = "only this qualification: 05839"

[parameters.points]
type = "integer"
says = "only who lacks at most so many points"
*/
SELECT
    a.centre_number,
    p.candidate_number,
    p.ocr_candidate_number,
    a.qualification_code,
    q.title,
    coalesce(a.issued_grade, a.grade, 'no award yet') AS grade_now,
    a.points,
    a.next_grade,
    a.points_to_next,
    a.next_step,
    a.confidence
FROM award_calculations AS a
INNER JOIN candidates AS p ON p.centre_number = a.centre_number AND p.person_id = a.person_id
LEFT JOIN qualifications AS q ON q.qualification_code = a.qualification_code
WHERE
    a.next_unit IS NOT NULL AND (a.entered OR a.issued_grade IS NOT NULL)
    AND (:centre IS NULL OR a.centre_number = :centre)
    AND (:qualification IS NULL OR a.qualification_code = :qualification)
    AND (:points IS NULL OR a.points_to_next <= :points)
ORDER BY
    CASE WHEN a.eligible THEN 1 ELSE 0 END,
    a.points_to_next NULLS LAST,
    a.centre_number NULLS FIRST,
    a.qualification_code NULLS FIRST,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    a.person_id;
