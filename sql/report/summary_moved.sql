/*
summary = "For the summary without names: how many findings came and went, and whether some that went may be of results still under embargo."
reads = ["shown_findings", "finding_history", "release_calendar", "reconciliation"]
pages = ["summary"]
order = []
*/
SELECT
    (SELECT count(*) FROM shown_findings WHERE change IN ('new', 'reopened')) AS came,
    (SELECT count(*) FROM finding_history WHERE state = 'resolved' AND last_run = :compared_identity) AS went,
    -- of a finding that is gone nobody can tell any more what it was about
    (
        EXISTS (SELECT 1 FROM release_calendar WHERE season = :season AND released_to_candidates > :as_of)
        OR EXISTS (SELECT 1 FROM reconciliation WHERE embargo_until > :as_of)
    ) AS may_be_restricted
