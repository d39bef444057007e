/*
summary = "Who holds a place, what is asked for it, and whether it is at stake: not shown to be reached, or its holder on hold or waiting."
reads = ["destinations", "shown_readiness"]
makes = true
order = ["centre_number", "person_id"]
*/
SELECT
    d.centre_number,
    d.person_id,
    d.firm_choice,
    d.offer,
    d.tariff_asked,
    CASE WHEN NOT :only_released OR d.embargo_until IS NULL OR d.embargo_until <= :as_of THEN d.tariff_issued END AS tariff_issued,
    CASE WHEN NOT :only_released OR d.embargo_until IS NULL OR d.embargo_until <= :as_of THEN d.tariff_calculated END AS tariff_calculated,
    d.tariff_confidence,
    (d.is_at_stake OR coalesce(r.readiness IN ('hold', 'waiting'), FALSE)) AS is_at_stake,
    CASE WHEN d.embargo_until > :as_of THEN CAST(epoch(d.embargo_until) AS BIGINT) END AS restricted_until
FROM destinations AS d
LEFT JOIN shown_readiness AS r ON r.centre_number = d.centre_number AND r.person_id = d.person_id
WHERE d.state = 'held'
