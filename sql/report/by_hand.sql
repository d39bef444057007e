/*
summary = "What was changed by hand in the school's own system, what the files say now first where they speak against it."
reads = ["manual_changes", "candidates", "picked_students", "units", "qualifications"]
empty_without = [["manual_changes"]]
order = ["state", "centre_number", "given_line"]
*/
WITH ranked AS (
    SELECT
        m.id,
        m.given_line,
        m.centre_number,
        CASE WHEN p.is_shown THEN m.person_id END AS person_id,
        c.surname,
        c.forenames,
        c.candidate_number,
        c.ocr_candidate_number,
        c.uci,
        coalesce(m.unit_code, m.qualification_code, m.option_code) AS item,
        coalesce(u.title, q.title) AS title,
        m.series,
        m.field,
        coalesce(m.value, m.value_as_given) AS value,
        m.said,
        m.reason,
        m.changed_by,
        m.changed_on,
        m.state,
        m.fault,
        CASE WHEN m.embargo_until > :as_of THEN CAST(epoch(m.embargo_until) AS BIGINT) END AS restricted_until,
        row_number() OVER (
            ORDER BY
                CASE m.state
                    WHEN 'contradicted' THEN 1 WHEN 'undated' THEN 2 WHEN 'unusable' THEN 3 WHEN 'unclear' THEN 4 WHEN 'nobody' THEN 5
                    WHEN 'older' THEN 6 WHEN 'no_result' THEN 7 WHEN 'agrees' THEN 8 ELSE 9
                END,
                m.centre_number NULLS FIRST,
                m.given_line
        ) AS place
    FROM manual_changes AS m
    LEFT JOIN candidates AS c ON c.centre_number = m.centre_number AND c.person_id = m.person_id
    LEFT JOIN picked_students AS p ON p.centre_number = m.centre_number AND p.person_id = m.person_id
    LEFT JOIN units AS u ON u.unit_code = m.unit_code
    LEFT JOIN qualifications AS q ON q.qualification_code = m.qualification_code
    WHERE NOT :only_released OR m.embargo_until IS NULL OR m.embargo_until <= :as_of
)

SELECT *
FROM ranked
WHERE place <= :most_held
ORDER BY place
