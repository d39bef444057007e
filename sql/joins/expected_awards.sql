/*
summary = "Each Cambridge Technicals qualification that a person is entered for: the award it belongs to, or why there is none."
reads = ["qualification_entries", "awards_outstanding", "award_obstacles", "level_doubts", "entry_series", "reconciled_results", "coverage", "report_coverage", "candidates", "run"]
order = ["centre_number", "person_id", "code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
kind = "VARCHAR: qualification"
code = "VARCHAR: the qualification"
option_code = "VARCHAR: as EDI spells it"
subject = "VARCHAR: subject"
series = "VARCHAR: of the award; else the annual series in which it is awaited, of a withdrawn entry the one it was made in"
window_from = "DATE: of the award"
claim_date = "DATE: always NULL"
is_stated = "BOOLEAN: somebody states the award"
by_entry = "BOOLEAN: an entry expects it"
by_claim = "BOOLEAN: FALSE"
by_tracker = "BOOLEAN: the tracker expects it"
in_edi = "BOOLEAN: FALSE where EDI files of the series are here, all that should have it are, and they say nothing"
in_xml = "BOOLEAN: always NULL"
in_achievement = "BOOLEAN: likewise the achievement report"
in_marks = "BOOLEAN: always NULL"
state = "VARCHAR: of what nobody states, as in reconciliation"
cause = "VARCHAR: likewise"
embargo_until = "TIMESTAMP WITH TIME ZONE: always NULL"
file_id = "VARCHAR: the file of the entry, else of the tracker row"
line = "INTEGER: its line"
*/
WITH awards AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.code,
        s.option_code,
        s.series,
        s.window_from,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.code
            ORDER BY
                CASE WHEN s.grade IN ('X', 'Q') THEN 1 ELSE 0 END ASC NULLS LAST,
                (substr(s.series, 3, 2) || substr(s.series, 1, 1)) DESC NULLS LAST,
                s.window_from DESC NULLS LAST,
                s.option_code ASC NULLS LAST
        ) AS place
    FROM reconciled_results AS s
    WHERE s.kind = 'qualification' AND s.is_technical
),

entered AS (
    SELECT
        q.*,
        CASE q.suite WHEN '2012' THEN '9C' ELSE '9I' END AS annual,
        r.season AS this_season
    FROM qualification_entries AS q
    CROSS JOIN run AS r
),

awaited AS (
    SELECT
        e.*,
        CASE
            WHEN NOT e.is_live THEN coalesce(e.series, (e.annual || substr(e.this_season, 3, 2)))
            WHEN e.is_expected THEN (e.annual || substr(e.this_season, 3, 2))
            ELSE (e.annual || substr(coalesce(e.expected_season, e.this_season), 3, 2))
        END AS award_series
    FROM entered AS e
),

edi_series AS (
    SELECT DISTINCT centre_number, series
    FROM coverage
    WHERE carrier = 'edi'
),

report_series AS (
    SELECT DISTINCT centre_number, series, qualification_code
    FROM report_coverage
    WHERE kind = 'qualification'
),

misplaced AS (
    SELECT DISTINCT centre_number, person_id, qualification_code
    FROM entry_series
    WHERE is_misplaced AND kind <> 'unit'
),

doubtful AS (
    SELECT DISTINCT centre_number, person_id, qualification_code
    FROM level_doubts
    WHERE by_intent OR by_units
),

weighed AS (
    SELECT
        e.*,
        a.person_id IS NOT NULL AS is_stated,
        a.option_code AS stated_option,
        a.series AS stated_series,
        a.window_from AS stated_window,
        d.series IS NOT NULL AS by_edi,
        p.series IS NOT NULL AS by_report,
        o.person_id IS NOT NULL AS is_outstanding,
        coalesce(o.eligible, FALSE) AS is_eligible,
        coalesce(o.award_is_covered, FALSE) AS award_is_covered,
        o.completed_season = e.this_season AS is_completed_now,
        o.not_calculated IS NOT NULL AS is_not_calculated,
        o.not_known IS NOT NULL AS is_of_unknown_years,
        coalesce(o.is_pending, FALSE) AS is_pending,
        CASE WHEN o.eligible THEN coalesce(o.award_is_covered, FALSE) ELSE NOT coalesce(o.is_pending, FALSE) END AS is_all_here,
        coalesce(o.glh_in_subject >= o.glh_required, FALSE) AS has_hours,
        b.cause AS obstacle,
        coalesce(b.is_pending, FALSE) AS is_obstacle_pending,
        l.person_id IS NOT NULL AS has_level_doubt,
        m.person_id IS NOT NULL AS is_misplaced,
        strpos(n.ocr_candidate_number, ' ') > 0 AS has_two_records,
        n.uci IS NULL AS has_no_uci
    FROM awaited AS e
    LEFT JOIN awards AS a
        ON a.place = 1 AND a.centre_number = e.centre_number AND a.person_id = e.person_id AND a.code = e.qualification_code
    LEFT JOIN edi_series AS d ON d.centre_number = e.centre_number AND d.series = e.award_series
    LEFT JOIN report_series AS p
        ON p.centre_number = e.centre_number AND p.series = e.award_series AND p.qualification_code = e.qualification_code
    LEFT JOIN awards_outstanding AS o
        ON o.centre_number = e.centre_number AND o.person_id = e.person_id AND o.qualification_code = e.qualification_code
    LEFT JOIN award_obstacles AS b
        ON b.centre_number = e.centre_number AND b.person_id = e.person_id AND b.qualification_code = e.qualification_code
    LEFT JOIN doubtful AS l
        ON l.centre_number = e.centre_number AND l.person_id = e.person_id AND l.qualification_code = e.qualification_code
    LEFT JOIN misplaced AS m
        ON m.centre_number = e.centre_number AND m.person_id = e.person_id AND m.qualification_code = e.qualification_code
    LEFT JOIN candidates AS n ON n.centre_number = e.centre_number AND n.person_id = e.person_id
),

reasoned AS (
    SELECT
        w.*,
        CASE
            WHEN w.withdrawn THEN 'withdrawn'
            WHEN NOT w.is_live THEN 'not_eligible'
            WHEN w.is_expected IS NOT DISTINCT FROM FALSE THEN 'later_season'
            -- live, expected, not issued and still not outstanding: the tracker has the award
            WHEN NOT w.is_outstanding THEN 'on_tracker_only'
            -- a valid combination of another year, whose files are not here
            WHEN w.is_eligible AND NOT w.award_is_covered AND NOT w.is_completed_now THEN 'not_covered'
            WHEN w.is_eligible AND NOT w.award_is_covered THEN 'file_awaited'
            WHEN w.is_misplaced THEN 'entered_in_wrong_series'
            WHEN w.is_eligible AND w.has_no_uci AND NOT w.by_report THEN 'missing_uci'
            WHEN w.is_eligible AND w.has_two_records THEN 'duplicate_record'
            WHEN w.is_eligible THEN 'award_missing'
            WHEN w.has_level_doubt THEN 'wrong_level'
            WHEN w.obstacle IS NOT NULL AND w.is_not_calculated THEN w.obstacle
            WHEN w.is_not_calculated THEN 'not_calculated'
            WHEN w.has_hours AND NOT w.is_pending AND NOT w.is_of_unknown_years THEN 'invalid_combination'
            WHEN w.obstacle IS NOT NULL THEN w.obstacle
            WHEN w.is_of_unknown_years THEN 'earlier_years_not_here'
            WHEN w.is_pending THEN 'file_awaited'
            ELSE 'units_incomplete'
        END AS reason
    FROM weighed AS w
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    'qualification' AS kind,
    qualification_code AS code,
    coalesce(stated_option, qualification_code) AS option_code,
    subject,
    CASE WHEN is_stated THEN stated_series ELSE award_series END AS series,
    CASE WHEN is_stated THEN stated_window END AS window_from,
    CAST(NULL AS DATE) AS claim_date,
    is_stated,
    by_entry,
    FALSE AS by_claim,
    by_tracker,
    CASE WHEN NOT is_stated AND is_outstanding AND by_edi AND is_all_here THEN FALSE END AS in_edi,
    CAST(NULL AS BOOLEAN) AS in_xml,
    CASE WHEN NOT is_stated AND is_outstanding AND by_report AND is_all_here THEN FALSE END AS in_achievement,
    CAST(NULL AS BOOLEAN) AS in_marks,
    CASE
        WHEN is_stated THEN NULL
        WHEN reason = 'withdrawn' THEN 'withdrawn'
        WHEN reason = 'not_eligible' THEN 'not_expected'
        WHEN reason = 'later_season' THEN 'not_expected_yet'
        -- a valid combination is owed an award, whatever is known of the year it was planned for
        WHEN is_eligible AND reason = 'file_awaited' THEN 'pending'
        WHEN is_eligible AND reason <> 'not_covered' THEN 'missing'
        WHEN is_expected IS NULL OR reason IN ('on_tracker_only', 'not_calculated', 'not_covered', 'earlier_years_not_here') THEN 'not_known'
        WHEN reason = 'file_awaited' OR (reason = obstacle AND is_obstacle_pending) THEN 'pending'
        ELSE 'missing'
    END AS state,
    CASE WHEN NOT is_stated THEN reason END AS cause,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
    file_id,
    line
FROM reasoned
