/*
summary = "Which units were taken more than once, and did the last grade go up?"
why = "What a resit is worth, before the next fee is paid; the best grade counts, so none is lost by going down."
reads = ["unit_results", "candidates", "units", "unit_points"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.unit]
type = "text"
says = "only this unit: 05838/01"

[parameters.direction]
type = "text"
says = "only those that went this way"
choices = ["up", "same", "down"]
*/
WITH sat AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.unit_code,
        r.series,
        r.window_from,
        r.grade,
        coalesce(t.points, 0) AS points,
        row_number() OVER sitting AS attempt,
        count(*) OVER (PARTITION BY r.centre_number, r.person_id, r.unit_code) AS attempts,
        lag(r.grade) OVER sitting AS grade_before,
        lag(coalesce(t.points, 0)) OVER sitting AS points_before
    FROM unit_results AS r
    LEFT JOIN units AS u ON u.unit_code = r.unit_code
    LEFT JOIN unit_points AS t
        ON t.suite = u.suite AND t.level = u.level AND t.guided_learning_hours = u.guided_learning_hours AND t.grade = r.grade
    WHERE r.unit_code IS NOT NULL AND NOT coalesce(r.is_absent, FALSE) AND coalesce(r.grade, 'X') NOT IN ('X', 'Q')
    WINDOW
        sitting AS (
            PARTITION BY r.centre_number, r.person_id, r.unit_code
            ORDER BY
                substr(r.series, 3, 2) NULLS LAST, substr(r.series, 1, 1) NULLS LAST, r.window_from NULLS FIRST,
                r.series NULLS LAST, r.option_code NULLS LAST
        )
)

SELECT
    s.centre_number,
    p.candidate_number,
    p.ocr_candidate_number,
    s.unit_code,
    u.title,
    s.attempt,
    s.grade_before,
    s.grade,
    s.series,
    CASE WHEN s.points > s.points_before THEN 'up' WHEN s.points < s.points_before THEN 'down' ELSE 'same' END AS direction
FROM sat AS s
INNER JOIN candidates AS p ON p.centre_number = s.centre_number AND p.person_id = s.person_id
LEFT JOIN units AS u ON u.unit_code = s.unit_code
WHERE
    s.attempt > 1
    AND (:centre IS NULL OR s.centre_number = :centre)
    AND (:unit IS NULL OR s.unit_code = :unit)
    AND (:direction IS NULL OR CASE WHEN s.points > s.points_before THEN 'up' WHEN s.points < s.points_before THEN 'down' ELSE 'same' END = :direction)
ORDER BY
    direction DESC,
    s.centre_number NULLS FIRST,
    s.unit_code NULLS FIRST,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    s.person_id,
    s.attempt;
