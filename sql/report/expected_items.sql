/*
summary = "What the entries, claims and tracker make us expect this season of the students shown."
reads = ["entries", "claims", "tracker", "picked_students"]
makes = true
order = ["centre_number", "person_id", "kind", "item", "series"]
*/
WITH told AS (
    SELECT
        centre_number,
        person_id,
        CASE WHEN kind = 'unit' THEN 'unit' ELSE 'qualification' END AS kind,
        CASE
            WHEN kind = 'unit' THEN coalesce(unit_code, option_code)
            WHEN is_technical THEN coalesce(qualification_code, option_code)
            ELSE coalesce(option_code, qualification_code)
        END AS item,
        series,
        CASE WHEN withdrawn THEN NULL ELSE 'entry' END AS entered,
        CASE WHEN withdrawn THEN 'withdrawn' END AS withdrawn,
        CAST(NULL AS VARCHAR) AS claimed,
        CAST(NULL AS VARCHAR) AS tracked,
        CAST(NULL AS VARCHAR) AS status,
        CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END AS restricted_until
    FROM entries
    WHERE season = :season AND (NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of)
    UNION ALL
    SELECT centre_number, person_id, 'unit', unit_code, NULL, NULL, NULL, 'claim', NULL, NULL, NULL
    FROM claims
    WHERE claim_season = :season
    UNION ALL
    SELECT
        centre_number,
        person_id,
        CASE WHEN unit_code IS NULL THEN 'qualification' ELSE 'unit' END,
        coalesce(unit_code, qualification_code),
        NULL,
        NULL,
        NULL,
        NULL,
        -- the tracker lists every unit of a course; only these words of it promise a result
        CASE WHEN unit_code IS NULL OR counts_as_claimed OR status = 'entered' THEN 'tracker' END,
        coalesce(status_as_sent, 'blank'),
        NULL
    FROM tracker
    WHERE expected_season >= :season
)

SELECT
    t.centre_number,
    t.person_id,
    t.kind,
    t.item,
    t.series,
    max(t.entered) AS entered,
    max(t.withdrawn) AS withdrawn,
    max(t.claimed) AS claimed,
    max(t.tracked) AS tracked,
    string_agg(DISTINCT t.status, ', ' ORDER BY t.status) AS status,
    max(t.restricted_until) AS restricted_until
FROM told AS t
INNER JOIN picked_students AS p ON p.centre_number = t.centre_number AND p.person_id = t.person_id AND p.is_shown
WHERE t.item IS NOT NULL
GROUP BY t.centre_number, t.person_id, t.kind, t.item, t.series
