/*
summary = "Each result that is not what it was in the run compared with, once: before, after and which way it went."
reads = ["changes", "candidates", "picked_students", "units", "qualifications"]
empty_without = [["changes"]]
makes = true
order = ["place"]
*/
WITH told AS (
    SELECT c.*, coalesce(c.unit_code, CASE WHEN c.is_technical THEN c.qualification_code END, c.option_code) AS item
    FROM changes AS c
    WHERE NOT :only_released OR c.embargo_until IS NULL OR c.embargo_until <= :as_of
),

-- one carrier speaks for the result, as in the counts that every other screen tells
spoken AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.series, t.item
            ORDER BY
                CASE t.compared WHEN 'grade' THEN 1 WHEN 'mark' THEN 2 WHEN 'absence' THEN 3 ELSE 4 END,
                CASE t.direction WHEN 'withdrawn' THEN 1 WHEN 'other' THEN 3 ELSE 2 END,
                t.window_from DESC NULLS LAST,
                CASE t.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END,
                t.direction,
                t.before NULLS LAST,
                t.after NULLS LAST
        ) AS rank
    FROM told AS t
),

worded AS (
    SELECT
        t.centre_number,
        t.person_id,
        t.series,
        t.item,
        t.carrier,
        t.window_from,
        max(CASE WHEN t.compared IN ('grade', 'result', 'absence') THEN t.before END) AS grade_before,
        max(CASE WHEN t.compared IN ('grade', 'result', 'absence') THEN t.after END) AS grade_after,
        max(CASE WHEN t.compared = 'mark' THEN regexp_replace(t.before, '\.?0+$', '') END) AS mark_before,
        max(CASE WHEN t.compared = 'mark' THEN regexp_replace(t.after, '\.?0+$', '') END) AS mark_after
    FROM told AS t
    GROUP BY t.centre_number, t.person_id, t.series, t.item, t.carrier, t.window_from
)

SELECT
    s.centre_number,
    CASE WHEN p.is_shown THEN s.person_id END AS person_id,
    n.surname,
    n.forenames,
    n.candidate_number,
    n.ocr_candidate_number,
    n.uci,
    s.series,
    s.item,
    coalesce(u.title, q.title) AS title,
    s.direction,
    nullif(concat_ws(', ', w.grade_before, 'mark ' || w.mark_before), '') AS before,
    nullif(concat_ws(', ', w.grade_after, 'mark ' || w.mark_after), '') AS after,
    CASE WHEN s.embargo_until > :as_of THEN CAST(epoch(s.embargo_until) AS BIGINT) END AS restricted_until,
    row_number() OVER (
        ORDER BY
            CASE s.direction WHEN 'up' THEN 1 WHEN 'down' THEN 2 WHEN 'withdrawn' THEN 3 WHEN 'other' THEN 4 ELSE 5 END,
            n.surname NULLS LAST,
            n.forenames NULLS LAST,
            s.centre_number,
            s.person_id,
            s.series NULLS LAST,
            s.item
    ) AS place
FROM spoken AS s
INNER JOIN worded AS w
    ON
        w.centre_number = s.centre_number AND w.person_id = s.person_id AND w.series IS NOT DISTINCT FROM s.series
        AND w.item IS NOT DISTINCT FROM s.item AND w.carrier = s.carrier AND w.window_from IS NOT DISTINCT FROM s.window_from
LEFT JOIN candidates AS n ON n.centre_number = s.centre_number AND n.person_id = s.person_id
LEFT JOIN picked_students AS p ON p.centre_number = s.centre_number AND p.person_id = s.person_id
LEFT JOIN units AS u ON u.unit_code = s.item
LEFT JOIN qualifications AS q ON q.qualification_code = s.item
WHERE s.rank = 1
