/*
summary = "What each carrier says last of each result of the students shown."
reads = ["results_by_carrier", "picked_students"]
makes = true
order = ["centre_number", "person_id", "kind", "item", "series", "window_from", "carrier", "said"]
*/
WITH ranked AS (
    SELECT
        r.*,
        CASE
            WHEN r.kind = 'unit' THEN coalesce(r.unit_code, r.option_code)
            WHEN r.is_technical THEN coalesce(r.qualification_code, r.option_code)
            ELSE coalesce(r.option_code, r.qualification_code)
        END AS item,
        -- the latest standing statement of a carrier, as the join folds them
        rank() OVER (
            PARTITION BY r.centre_number, r.person_id, r.series, r.option_code, r.kind, r.window_from, r.carrier
            ORDER BY
                r.stated_on DESC NULLS LAST,
                CASE WHEN r.carrier IN ('edi', 'xml') THEN r.sequence END DESC NULLS LAST,
                CASE WHEN r.carrier = 'achievement' THEN r.award_date END DESC NULLS LAST
        ) AS age
    FROM results_by_carrier AS r
    INNER JOIN picked_students AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id AND p.is_shown
    WHERE r.superseded_by IS NULL AND (NOT :only_released OR r.embargo_until IS NULL OR r.embargo_until <= :as_of)
)

SELECT DISTINCT
    centre_number,
    person_id,
    kind,
    item,
    series,
    window_from,
    carrier,
    CASE WHEN is_absent THEN 'absent' ELSE grade END AS grade,
    concat_ws(
        ' ',
        CASE WHEN is_absent THEN 'absent' ELSE grade END,
        CASE WHEN partial_absence THEN '#' END,
        rtrim(rtrim(CAST(mark AS VARCHAR), '0'), '.')
    ) AS said,
    CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END AS restricted_until
FROM ranked
WHERE age = 1
