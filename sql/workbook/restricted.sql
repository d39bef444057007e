/*
summary = "The last moment before which something in this workbook may not be told; nothing where all of it may."
heads = true
reads = ["shown_findings", "reconciliation", "award_calculations", "changes", "manual_changes"]
order = []
*/
SELECT max(until) AS until
FROM (
    SELECT max(restricted_until) AS until FROM shown_findings WHERE :centre = '' OR centre_number = :centre
    UNION ALL
    SELECT CAST(epoch(max(embargo_until)) AS BIGINT) FROM reconciliation
    WHERE embargo_until > :as_of AND NOT :only_released AND (:centre = '' OR centre_number = :centre)
    UNION ALL
    SELECT CAST(epoch(max(embargo_until)) AS BIGINT) FROM award_calculations
    WHERE embargo_until > :as_of AND NOT :only_released AND (:centre = '' OR centre_number = :centre)
    UNION ALL
    SELECT CAST(epoch(max(embargo_until)) AS BIGINT) FROM changes
    WHERE embargo_until > :as_of AND NOT :only_released AND (:centre = '' OR centre_number = :centre)
    UNION ALL
    SELECT CAST(epoch(max(embargo_until)) AS BIGINT) FROM manual_changes
    WHERE embargo_until > :as_of AND NOT :only_released AND (:centre = '' OR centre_number = :centre)
) AS everything
