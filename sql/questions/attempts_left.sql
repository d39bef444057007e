/*
summary = "How many attempts at each examined unit has every student left who has not achieved it?"
why = "Before resit entries are made: whoever has one attempt left should know it, and whoever has none cannot be entered. Sittings in series that no file here speaks of are not counted, and an absence that only the tracker knows is."
reads = ["unit_results", "tracker", "candidates", "units", "attempts"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.unit]
type = "text"
says = "only this unit: 05838/01"

[parameters.left]
type = "integer"
says = "only who has at most so many left"
*/
WITH sittings AS (
    SELECT centre_number, person_id, unit_code, suite, level, series, window_from, min(grade) AS grade
    FROM unit_results
    WHERE
        assessment = 'examined'
        AND unit_code IS NOT NULL
        AND NOT coalesce(is_absent, FALSE)
        -- X is no sitting, and of Q nobody knows yet
        AND (grade NOT IN ('X', 'Q') OR (grade IS NULL AND final_mark IS NOT NULL))
    GROUP BY centre_number, person_id, unit_code, suite, level, series, window_from
),

counted AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        max(suite) AS suite,
        max(level) AS level,
        count(*) AS attempts_seen,
        string_agg(
            coalesce(grade, 'no grade') || ' in ' || coalesce(series, 'a series unknown'),
            ', ' ORDER BY substr(series, 3, 2), substr(series, 1, 1), series, window_from
        ) AS sat
    FROM sittings
    GROUP BY centre_number, person_id, unit_code
),

achieved AS (
    SELECT centre_number, person_id, unit_code
    FROM unit_results
    WHERE grade IN ('P', 'M', 'D', 'Achieved') OR (grade = 'R' AND level = 3)
    UNION
    SELECT centre_number, person_id, unit_code
    FROM tracker
    WHERE unit_code IS NOT NULL AND status = 'result_achieved'
)

SELECT
    c.centre_number,
    p.candidate_number,
    p.ocr_candidate_number,
    c.unit_code,
    u.title,
    c.sat,
    c.attempts_seen,
    m.maximum_attempts,
    greatest(m.maximum_attempts - c.attempts_seen, 0) AS attempts_left
FROM counted AS c
INNER JOIN attempts AS m ON m.suite = c.suite AND m.level = c.level AND m.assessment = 'examined'
INNER JOIN candidates AS p ON p.centre_number = c.centre_number AND p.person_id = c.person_id
LEFT JOIN units AS u ON u.unit_code = c.unit_code
LEFT JOIN achieved AS a ON a.centre_number = c.centre_number AND a.person_id = c.person_id AND a.unit_code = c.unit_code
WHERE
    a.person_id IS NULL
    AND (:centre IS NULL OR c.centre_number = :centre)
    AND (:unit IS NULL OR c.unit_code = :unit)
    AND (:left IS NULL OR m.maximum_attempts - c.attempts_seen <= :left)
ORDER BY
    attempts_left NULLS LAST,
    c.centre_number NULLS FIRST,
    c.unit_code NULLS LAST,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    c.person_id NULLS LAST;
