/*
summary = "Who holds a place, what is asked for it, and whether it is at stake: its holder on hold or waiting, or not shown to reach it and something open."
reads = ["destinations", "shown_readiness", "shown_findings", "about_people"]
empty_without = [["destinations"]]
makes = true
order = ["centre_number", "person_id"]
*/
WITH open_ones AS (
    SELECT DISTINCT b.centre_number, b.person_id
    FROM about_people AS b
    INNER JOIN shown_findings AS f ON f.fingerprint = b.fingerprint
    WHERE f.state = 'open' AND f.severity_rank < 3
)

SELECT
    d.centre_number,
    d.person_id,
    d.firm_choice,
    d.offer,
    d.tariff_asked,
    CASE WHEN NOT :only_released OR d.embargo_until IS NULL OR d.embargo_until <= :as_of THEN d.tariff_issued END AS tariff_issued,
    CASE WHEN NOT :only_released OR d.embargo_until IS NULL OR d.embargo_until <= :as_of THEN d.tariff_calculated END AS tariff_calculated,
    d.tariff_confidence,
    (coalesce(r.readiness IN ('hold', 'waiting'), FALSE) OR (d.is_at_stake AND o.person_id IS NOT NULL)) AS is_at_stake,
    CASE WHEN d.embargo_until > :as_of THEN CAST(epoch(d.embargo_until) AS BIGINT) END AS restricted_until
FROM destinations AS d
LEFT JOIN shown_readiness AS r ON r.centre_number = d.centre_number AND r.person_id = d.person_id
LEFT JOIN open_ones AS o ON o.centre_number = d.centre_number AND o.person_id = d.person_id
WHERE d.state = 'held'
