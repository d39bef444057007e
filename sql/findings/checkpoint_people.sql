/*
summary = "Who should get an award this season, and what stands in its way: what a checkpoint declares as checked, one row a person and qualification."
reads = ["discrepancies", "rules_run", "qualification_entries", "planned_units", "awards_outstanding", "qualification_results", "results_by_carrier", "entries", "claims", "series_seen", "tracker", "deadlines", "run"]
publish = true
order = ["centre_number", "person_id", "qualification_code", "subject", "suite"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered; NULL where units are here and no entry"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: the level entered"
subject = "VARCHAR: subject"
size = "VARCHAR: Certificate, Extended Certificate, …"
expected_season = "VARCHAR: when the award is expected; NULL where nobody says"
estimated_completion_date = "DATE: as the tracker has it"
standing = "VARCHAR: achieved (the award is here), at_risk (a check says no), on_course, or not_known (nobody says that it is expected this season)"
at_risk = "BOOLEAN: a check says no; NULL where nobody says that the award is expected this season"
reasons = "VARCHAR: the checks that say no, in words"
entry_check = "VARCHAR: yes, no or unknown: entered once, in the right series"
level_check = "VARCHAR: the level entered is that of the units"
size_check = "VARCHAR: the size entered is that of the units"
claims_check = "VARCHAR: every moderated unit that is needed is claimed, resubmissions too"
units_check = "VARCHAR: what is achieved, claimed and entered makes the award: mandatory units and hours"
attempts_check = "VARCHAR: no examined unit is out of attempts"
uci_check = "VARCHAR: one UCI, the right shape, nobody else's"
record_check = "VARCHAR: one record at the awarding body: one eight-digit number, nobody else's"
tracker_check = "VARCHAR: the progress tracker lists the entry"
eligible_check = "VARCHAR: the tracker does not say Not eligible"
date_check = "VARCHAR: the estimated completion date is in this season; no: an earlier one, so that the at-risk list leaves the student out"
mandatory_missing = "VARCHAR: mandatory units with no result, claim or entry, by code"
glh_planned = "INTEGER: hours of the units achieved, claimed and entered"
glh_required = "INTEGER: hours the size needs"
file_id = "VARCHAR: the file of the entry, else of the tracker row"
line = "INTEGER: its line"
*/
-- a finding that is not open is waived, or cannot be known yet
WITH open_findings AS (
    SELECT d.*
    FROM discrepancies AS d
    CROSS JOIN run AS r
    WHERE
        d.state = 'open' AND d.severity <> 'info' AND d.person_id IS NOT NULL
        AND (r.audience <> 'staff' OR d.embargo_until IS NULL OR d.embargo_until <= :as_of)
),

-- a finding about two people stands in the way of both
about AS (
    SELECT centre_number, person_id, code, qualification_code, unit_code, subject FROM open_findings
    UNION
    SELECT centre_number, other_person_id AS person_id, code, qualification_code, unit_code, subject
    FROM open_findings
    WHERE other_person_id IS NOT NULL
),

evaluated AS (
    SELECT
        centre_number,
        max(CASE WHEN code = 'wrong_level' AND status IN ('clean', 'found') THEN 1 ELSE 0 END) AS level_seen,
        max(CASE WHEN code = 'unit_not_claimed' AND status IN ('clean', 'found') THEN 1 ELSE 0 END) AS claims_seen,
        max(CASE WHEN code = 'attempts_exhausted' AND status IN ('clean', 'found') THEN 1 ELSE 0 END) AS attempts_seen,
        max(CASE WHEN code = 'missing_uci' AND status IN ('clean', 'found') THEN 1 ELSE 0 END) AS ucis_seen
    FROM rules_run
    GROUP BY centre_number
),

-- the day by which units had to be claimed is past: what is not claimed now is missing, before it is only to come;
-- an hour is added because the calendar keeps London time
claims_over AS (
    SELECT
        r.season,
        coalesce(CAST(CAST(:as_of AS TIMESTAMP WITH TIME ZONE) + INTERVAL 1 HOUR AS DATE) > max(d.deadline), TRUE) AS is_over
    FROM run AS r
    LEFT JOIN deadlines AS d
        ON d.season = r.season AND d.service = 'last claims before the final moderation visit'
    GROUP BY r.season
),

awards AS (
    SELECT q.centre_number, q.person_id, q.qualification_code, max(e.season) AS season
    FROM qualification_results AS q
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM q.board AND e.series = q.series
    WHERE q.is_technical AND q.grade NOT IN ('X', 'Q')
    GROUP BY q.centre_number, q.person_id, q.qualification_code
),

tracker_rows AS (
    SELECT
        t.*,
        max(t.as_of) OVER (PARTITION BY t.centre_number, t.person_id, t.qualification_code) AS newest
    FROM tracker AS t
),

on_tracker AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        max(CASE WHEN as_of IS NOT DISTINCT FROM newest THEN estimated_completion_date END) AS estimated_completion_date,
        max(CASE WHEN unit_code IS NULL AND status = 'result_achieved' THEN 1 ELSE 0 END) AS is_achieved,
        max(CASE WHEN unit_code IS NULL AND as_of IS NOT DISTINCT FROM newest AND status = 'not_eligible' THEN 1 ELSE 0 END) AS is_ineligible,
        max(CASE WHEN unit_code IS NULL THEN 1 ELSE 0 END) AS has_summary
    FROM tracker_rows
    GROUP BY centre_number, person_id, qualification_code
),

-- who did anything this season; a tracker also lists those who left years ago
active AS (
    SELECT e.centre_number, e.person_id FROM entries AS e INNER JOIN run AS r ON r.season = e.season WHERE NOT e.withdrawn
    UNION
    SELECT c.centre_number, c.person_id FROM claims AS c INNER JOIN run AS r ON r.season = c.claim_season
    UNION
    SELECT b.centre_number, b.person_id
    FROM results_by_carrier AS b
    CROSS JOIN run AS r
    INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM b.board AND s.series = b.series AND s.season = r.season
    WHERE b.is_technical
),

-- a download of one subject lists nobody of another
listed AS (
    SELECT DISTINCT centre_number, qualification_code FROM tracker
),

plans AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        sum(CASE WHEN stands IS NOT NULL THEN glh ELSE 0 END) AS glh_planned,
        max(CASE WHEN stands IS NOT NULL AND glh IS NULL THEN 1 ELSE 0 END) AS has_unknown_hours,
        sum(CASE WHEN is_mandatory AND stands IS NULL THEN 1 ELSE 0 END) AS missing,
        -- a unit that is to be examined and is not entered cannot be claimed any more
        sum(CASE WHEN is_mandatory AND stands IS NULL AND assessment = 'examined' THEN 1 ELSE 0 END) AS missing_examined
    FROM planned_units
    GROUP BY centre_number, person_id, qualification_code
),

missing_units AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        unit_code,
        row_number() OVER (
            PARTITION BY centre_number, person_id, qualification_code ORDER BY unit_code ASC NULLS LAST
        ) AS place,
        count(*) OVER (PARTITION BY centre_number, person_id, qualification_code) AS units
    FROM planned_units
    WHERE is_mandatory AND stands IS NULL
),

missing_words AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        concat_ws(
            ' ',
            max(CASE WHEN place = 1 THEN unit_code END),
            max(CASE WHEN place = 2 THEN unit_code END),
            max(CASE WHEN place = 3 THEN unit_code END),
            max(CASE WHEN place = 4 THEN unit_code END),
            max(CASE WHEN place = 5 THEN unit_code END),
            CASE WHEN max(units) > 5 THEN ('and ' || CAST(max(units) - 5 AS VARCHAR) || ' more') END
        ) AS words
    FROM missing_units
    GROUP BY centre_number, person_id, qualification_code
),

-- whoever has units and no entry is expected by the units
expected AS (
    SELECT
        q.centre_number,
        q.person_id,
        q.qualification_code,
        q.suite,
        q.level,
        q.subject,
        q.size,
        q.guided_learning_hours,
        q.expected_season,
        q.is_expected,
        TRUE AS is_entered,
        q.by_tracker,
        a.season AS award_season,
        q.file_id,
        q.line
    FROM qualification_entries AS q
    LEFT JOIN awards AS a
        ON a.centre_number = q.centre_number AND a.person_id = q.person_id AND a.qualification_code = q.qualification_code
    WHERE NOT q.withdrawn AND coalesce(q.is_expected, TRUE)
    UNION ALL
    SELECT
        d.centre_number,
        d.person_id,
        CAST(NULL AS VARCHAR) AS qualification_code,
        CAST(NULL AS VARCHAR) AS suite,
        CAST(NULL AS INTEGER) AS level,
        d.subject,
        CAST(NULL AS VARCHAR) AS size,
        CAST(NULL AS INTEGER) AS guided_learning_hours,
        CAST(NULL AS VARCHAR) AS expected_season,
        TRUE AS is_expected,
        FALSE AS is_entered,
        FALSE AS by_tracker,
        CAST(NULL AS VARCHAR) AS award_season,
        min(d.file_id) AS file_id,
        CAST(NULL AS INTEGER) AS line
    FROM open_findings AS d
    WHERE d.code = 'qualification_entry_missing'
    GROUP BY d.centre_number, d.person_id, d.subject
),

faults AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.qualification_code,
        e.subject,
        max(CASE WHEN f.code IN ('qualification_entry_missing', 'entry_in_wrong_series', 'duplicate_entry') THEN 1 ELSE 0 END) AS of_entry,
        max(CASE WHEN f.code = 'wrong_level' THEN 1 ELSE 0 END) AS of_level,
        max(CASE WHEN f.code = 'wrong_size' THEN 1 ELSE 0 END) AS of_size,
        max(CASE WHEN f.code = 'unit_not_claimed' THEN 1 ELSE 0 END) AS of_claims,
        max(CASE WHEN f.code = 'attempts_exhausted' THEN 1 ELSE 0 END) AS of_attempts,
        max(CASE WHEN f.code IN ('missing_uci', 'invalid_uci', 'multiple_ucis', 'shared_uci') THEN 1 ELSE 0 END) AS of_uci,
        max(
            CASE
                WHEN f.code IN ('duplicate_candidate_number', 'shared_candidate_number', 'possible_duplicate_person', 'identity_conflict') THEN 1
                ELSE 0
            END
        ) AS of_record
    FROM expected AS e
    INNER JOIN about AS f
        ON
            f.centre_number = e.centre_number AND f.person_id = e.person_id
            -- of the person; or of this qualification; or of a unit in its subject
            AND (
                (f.qualification_code IS NULL AND f.unit_code IS NULL AND (f.subject IS NULL OR f.subject IS NOT DISTINCT FROM e.subject))
                OR f.qualification_code IS NOT DISTINCT FROM e.qualification_code
                OR (f.qualification_code IS NULL AND f.unit_code IS NOT NULL AND f.subject IS NOT DISTINCT FROM e.subject)
            )
    GROUP BY e.centre_number, e.person_id, e.qualification_code, e.subject
),

weighed AS (
    SELECT
        e.*,
        r.season AS this_season,
        t.estimated_completion_date,
        -- an award of an earlier season is over; one of this season is what was expected
        coalesce(e.award_season >= r.season, FALSE) OR coalesce(t.is_achieved = 1, FALSE) AS has_award,
        coalesce(f.of_entry, 0) = 1 AS of_entry,
        coalesce(f.of_level, 0) = 1 AS of_level,
        coalesce(f.of_size, 0) = 1 AS of_size,
        coalesce(f.of_claims, 0) = 1 AS of_claims,
        coalesce(f.of_attempts, 0) = 1 AS of_attempts,
        coalesce(f.of_uci, 0) = 1 AS of_uci,
        coalesce(f.of_record, 0) = 1 AS of_record,
        coalesce(v.level_seen, 0) = 1 AS level_seen,
        coalesce(v.claims_seen, 0) = 1 AS claims_seen,
        coalesce(v.attempts_seen, 0) = 1 AS attempts_seen,
        coalesce(v.ucis_seen, 0) = 1 AS ucis_seen,
        t.person_id IS NOT NULL AS on_tracker,
        l.qualification_code IS NOT NULL AS is_listed_for_others,
        coalesce(t.is_ineligible, 0) = 1 AS is_ineligible,
        coalesce(t.has_summary, 0) = 1 AS has_summary,
        p.person_id IS NOT NULL AND o.not_calculated IS NULL AS is_planned,
        o.not_known IS NOT NULL AS has_unknown_years,
        coalesce(p.missing > 0, FALSE) OR coalesce(p.glh_planned < e.guided_learning_hours, FALSE) AS is_short,
        coalesce(p.missing_examined > 0, FALSE) AS lacks_examined,
        coalesce(p.has_unknown_hours, 0) = 1 AS has_unknown_hours,
        CAST(p.glh_planned AS INTEGER) AS glh_planned,
        w.words AS mandatory_missing,
        c.is_over AS claims_are_over
    FROM expected AS e
    CROSS JOIN run AS r
    LEFT JOIN claims_over AS c ON c.season = r.season
    LEFT JOIN on_tracker AS t
        ON t.centre_number = e.centre_number AND t.person_id = e.person_id AND t.qualification_code = e.qualification_code
    LEFT JOIN listed AS l ON l.centre_number = e.centre_number AND l.qualification_code = e.qualification_code
    LEFT JOIN evaluated AS v ON v.centre_number = e.centre_number
    LEFT JOIN faults AS f
        ON
            f.centre_number = e.centre_number AND f.person_id = e.person_id
            AND f.qualification_code IS NOT DISTINCT FROM e.qualification_code AND f.subject IS NOT DISTINCT FROM e.subject
    LEFT JOIN plans AS p
        ON p.centre_number = e.centre_number AND p.person_id = e.person_id AND p.qualification_code = e.qualification_code
    LEFT JOIN missing_words AS w
        ON w.centre_number = e.centre_number AND w.person_id = e.person_id AND w.qualification_code = e.qualification_code
    LEFT JOIN awards_outstanding AS o
        ON o.centre_number = e.centre_number AND o.person_id = e.person_id AND o.qualification_code = e.qualification_code
    LEFT JOIN active AS y ON y.centre_number = e.centre_number AND y.person_id = e.person_id
    WHERE
        (e.award_season IS NULL OR e.award_season >= r.season)
        AND (e.expected_season IS NULL OR e.expected_season >= r.season OR (y.person_id IS NOT NULL AND coalesce(t.is_achieved, 0) = 0))
        AND (e.is_expected OR y.person_id IS NOT NULL)
),

checked AS (
    SELECT
        w.*,
        CASE WHEN w.of_entry THEN 'no' ELSE 'yes' END AS entry_check,
        CASE WHEN w.of_level THEN 'no' WHEN w.level_seen AND w.is_entered THEN 'yes' ELSE 'unknown' END AS level_check,
        CASE WHEN w.of_size THEN 'no' WHEN w.is_planned AND NOT w.is_short THEN 'yes' ELSE 'unknown' END AS size_check,
        CASE WHEN w.of_claims THEN 'no' WHEN w.claims_seen AND w.is_entered AND w.claims_are_over THEN 'yes' ELSE 'unknown' END AS claims_check,
        CASE
            WHEN w.has_award THEN 'yes'
            WHEN NOT w.is_planned OR w.has_unknown_hours THEN 'unknown'
            WHEN NOT w.is_short THEN 'yes'
            WHEN w.has_unknown_years AND NOT w.on_tracker THEN 'unknown'
            WHEN NOT w.claims_are_over AND NOT w.lacks_examined THEN 'unknown'
            ELSE 'no'
        END AS units_check,
        CASE WHEN w.of_attempts THEN 'no' WHEN w.attempts_seen THEN 'yes' ELSE 'unknown' END AS attempts_check,
        CASE WHEN w.of_uci THEN 'no' WHEN w.ucis_seen THEN 'yes' ELSE 'unknown' END AS uci_check,
        CASE WHEN w.of_record THEN 'no' ELSE 'yes' END AS record_check,
        CASE WHEN w.on_tracker THEN 'yes' WHEN w.is_listed_for_others THEN 'no' ELSE 'unknown' END AS tracker_check,
        CASE WHEN w.is_ineligible THEN 'no' WHEN w.has_summary THEN 'yes' ELSE 'unknown' END AS eligible_check,
        CASE WHEN w.expected_season < w.this_season THEN 'no' WHEN w.expected_season = w.this_season THEN 'yes' ELSE 'unknown' END AS date_check
    FROM weighed AS w
),

judged AS (
    SELECT
        c.*,
        (
            c.entry_check = 'no' OR c.level_check = 'no' OR c.size_check = 'no' OR c.claims_check = 'no'
            OR c.units_check = 'no' OR c.attempts_check = 'no' OR c.uci_check = 'no' OR c.record_check = 'no'
            OR c.tracker_check = 'no' OR c.eligible_check = 'no' OR c.date_check = 'no'
        ) AS says_no
    FROM checked AS c
)

SELECT
    centre_number,
    person_id,
    qualification_code,
    suite,
    level,
    subject,
    size,
    expected_season,
    estimated_completion_date,
    CASE WHEN has_award THEN 'achieved' WHEN is_expected IS NULL THEN 'not_known' WHEN says_no THEN 'at_risk' ELSE 'on_course' END AS standing,
    CASE WHEN has_award THEN FALSE WHEN is_expected IS NULL THEN NULL ELSE says_no END AS at_risk,
    CASE
        WHEN says_no AND NOT has_award
            THEN concat_ws(
                '; ',
                CASE WHEN NOT is_entered THEN 'units and no qualification entry' WHEN entry_check = 'no' THEN 'entered twice, or in the wrong series' END,
                CASE WHEN level_check = 'no' THEN 'the level entered is not that of the units' END,
                CASE WHEN size_check = 'no' THEN 'the units make another size' END,
                CASE WHEN claims_check = 'no' THEN 'a unit that is needed is not claimed' END,
                CASE
                    WHEN units_check = 'no'
                        THEN (
                            'units are short: '
                            || concat_ws(
                                ', ',
                                CASE WHEN mandatory_missing IS NOT NULL THEN ('no ' || mandatory_missing) END,
                                CASE
                                    WHEN glh_planned < guided_learning_hours
                                        THEN (CAST(glh_planned AS VARCHAR) || ' of ' || CAST(guided_learning_hours AS VARCHAR) || ' hours')
                                END
                            )
                        )
                END,
                CASE WHEN attempts_check = 'no' THEN 'no attempt is left at an examined unit' END,
                CASE WHEN uci_check = 'no' THEN 'UCI missing, wrong, or not theirs alone' END,
                CASE WHEN record_check = 'no' THEN 'more than one record, or a number shared with somebody' END,
                CASE WHEN tracker_check = 'no' THEN 'not on the tracker' END,
                CASE WHEN eligible_check = 'no' THEN 'Not eligible on the tracker' END,
                CASE WHEN date_check = 'no' THEN ('the completion date is in ' || expected_season) END
            )
    END AS reasons,
    entry_check,
    level_check,
    size_check,
    claims_check,
    units_check,
    attempts_check,
    uci_check,
    record_check,
    tracker_check,
    eligible_check,
    date_check,
    CASE WHEN NOT has_award THEN mandatory_missing END AS mandatory_missing,
    glh_planned,
    guided_learning_hours AS glh_required,
    file_id,
    line
FROM judged
