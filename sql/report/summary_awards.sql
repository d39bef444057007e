/*
summary = "For the summary without names: the awards of this season by grade, a student once for each qualification."
reads = ["qualification_results", "qualifications"]
pages = ["summary"]
order = ["qualification", "grade"]
*/
WITH latest AS (
    SELECT
        r.*,
        CASE WHEN r.is_technical THEN coalesce(r.qualification_code, r.option_code) ELSE coalesce(r.option_code, r.qualification_code) END AS item,
        -- an annual series (9, A, B, C) is named by the year it began, any other by the year it ended
        CAST(substr(r.series, 3, 2) AS INTEGER) - CASE WHEN substr(r.series, 1, 1) IN ('9', 'A', 'B', 'C') THEN 0 ELSE 1 END AS began,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.is_technical, coalesce(r.qualification_code, ''), coalesce(r.option_code, '')
            ORDER BY r.series DESC, r.window_from DESC NULLS LAST, r.award_date DESC NULLS LAST, r.grade NULLS LAST
        ) AS newest
    FROM qualification_results AS r
    WHERE
        regexp_full_match(r.series, '[1-9ABC][0-9A-Z][0-9]{2}')
        AND CAST(substr(r.series, 3, 2) AS INTEGER) - CASE WHEN substr(r.series, 1, 1) IN ('9', 'A', 'B', 'C') THEN 0 ELSE 1 END
        = CAST(substr(:season, 3, 2) AS INTEGER)
        AND (NOT :only_released OR r.embargo_until IS NULL OR r.embargo_until <= :as_of)
)

SELECT r.item AS qualification, max(q.title) AS title, r.grade, count(DISTINCT (r.centre_number, r.person_id)) AS students
FROM latest AS r
LEFT JOIN qualifications AS q ON r.is_technical AND q.qualification_code = r.item
WHERE r.newest = 1 AND r.item IS NOT NULL AND r.grade IS NOT NULL AND r.grade NOT IN ('Q', 'X')
GROUP BY r.item, r.grade
ORDER BY r.item, r.grade
