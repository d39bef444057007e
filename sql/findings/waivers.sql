/*
summary = "Every row of waivers.csv: what it covers here, and whether it counts."
reads = ["given_waivers", "local_people", "waiver_hits", "waivable_findings", "rule_texts", "rule_counts", "previous_history"]
empty_without = [["given_waivers"]]
publish = true
order = ["given_line"]

[columns]
centre_number = "VARCHAR: the centre it is about"
person_id = "VARCHAR: the person, where it names one that is here"
id = "VARCHAR: the row's own id"
given_line = "INTEGER: its line in waivers.csv"
fingerprint = "VARCHAR: the finding it names, where it names one"
code = "VARCHAR: the rule; of a fingerprint that this or an earlier run had, its rule"
ocr_candidate_number = "VARCHAR: as the row gives it"
candidate_number = "VARCHAR: as the row gives it"
uci = "VARCHAR: as the row gives it"
qualification_code = "VARCHAR: as the row gives it"
unit_code = "VARCHAR: as the row gives it"
reason = "VARCHAR: why"
waived_by = "VARCHAR: who"
waived_on = "DATE: when"
expires_on = "DATE: the last day on which it counts"
state = "VARCHAR: live, expired, badly_dated (counts as expired), unused (covers nothing), not_judged (its rule had nothing to look at) or unusable"
findings = "INTEGER: how many findings it covers, or would"
fault = "VARCHAR: why it cannot be used, or what is wrong with its dates"
*/
WITH hit AS (
    SELECT h.line, count(*) AS findings, max(f.code) AS code, max(f.centre_number) AS centre_number
    FROM waiver_hits AS h
    INNER JOIN waivable_findings AS f ON f.fingerprint = h.fingerprint
    GROUP BY h.line
),

evaluated AS (
    SELECT DISTINCT code, centre_number
    FROM rule_counts
    WHERE rows_checked > 0 AND not_evaluated IS NULL
),

coded AS (
    SELECT
        g.*,
        p.person_id,
        p.people,
        p.has_number,
        coalesce(h.centre_number, p.centre_number, b.centre_number) AS place,
        coalesce(g.code, h.code, b.code) AS rule,
        coalesce(h.findings, 0) AS findings
    FROM given_waivers AS g
    INNER JOIN local_people AS p ON p.given = 'waivers' AND p.line = g.line AND p.is_ours
    LEFT JOIN hit AS h ON h.line = g.line
    LEFT JOIN previous_history AS b ON b.fingerprint = g.fingerprint
),

judged AS (
    SELECT
        c.*,
        CASE
            WHEN c.fault IS NOT NULL THEN c.fault
            WHEN c.code IS NOT NULL AND t.code IS NULL THEN 'there is no such code'
            WHEN c.date_fault IS NOT NULL THEN c.date_fault
            WHEN c.people > 1 THEN 'the numbers are more than one person''s'
            WHEN c.has_number AND c.people = 0 THEN 'the numbers are nobody''s here'
        END AS words,
        CASE
            WHEN c.fault IS NOT NULL OR (c.code IS NOT NULL AND t.code IS NULL) THEN 'unusable'
            WHEN c.date_fault IS NOT NULL THEN 'badly_dated'
            -- the last day counts; London is up to an hour ahead of universal time
            WHEN c.expires_on < CAST(CAST(:as_of AS TIMESTAMP WITH TIME ZONE) + INTERVAL 1 HOUR AS DATE) THEN 'expired'
            WHEN c.findings > 0 THEN 'live'
            WHEN c.rule IS NOT NULL AND e.code IS NULL THEN 'not_judged'
            ELSE 'unused'
        END AS state
    FROM coded AS c
    LEFT JOIN rule_texts AS t ON t.code = c.code
    LEFT JOIN (SELECT code, max(centre_number) AS centre_number FROM evaluated GROUP BY code) AS e ON e.code = c.rule
)

SELECT
    place AS centre_number,
    person_id,
    id,
    line AS given_line,
    fingerprint,
    rule AS code,
    ocr_candidate_number,
    candidate_number,
    uci,
    qualification_code,
    unit_code,
    reason,
    waived_by,
    waived_on,
    expires_on,
    state,
    CAST(findings AS INTEGER) AS findings,
    words AS fault
FROM judged
