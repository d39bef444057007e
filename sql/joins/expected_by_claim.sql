/*
summary = "Each claim of a unit: the result it belongs to, or why there is none."
reads = ["claim_answers", "claim_windows", "reconciled_results", "tracked_items", "candidates"]
order = ["centre_number", "person_id", "code", "claim_date", "series", "window_from"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
kind = "VARCHAR: unit"
code = "VARCHAR: the unit"
option_code = "VARCHAR: the option as EDI spells it"
subject = "VARCHAR: subject"
series = "VARCHAR: of the result; else the annual series of the claim"
window_from = "DATE: of the result; else the window it is due in"
claim_date = "DATE: of a claim that no result answers, its day"
is_stated = "BOOLEAN: somebody states the result, under the same option, series and window"
by_entry = "BOOLEAN: an entry expects it"
by_claim = "BOOLEAN: a claim does"
by_tracker = "BOOLEAN: the tracker does"
in_edi = "BOOLEAN: FALSE where an EDI file covers it and says nothing"
in_xml = "BOOLEAN: likewise XML"
in_achievement = "BOOLEAN: likewise the achievement report"
in_marks = "BOOLEAN: likewise the marks report"
state = "VARCHAR: of what nobody states, as in reconciliation"
cause = "VARCHAR: likewise"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the claim"
line = "INTEGER: its line"
*/
WITH units_stated AS (
    SELECT s.*
    FROM reconciled_results AS s
    WHERE s.kind = 'unit' AND s.unit_code IS NOT NULL
),

placed AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code, s.series, s.window_from
            ORDER BY s.option_code ASC NULLS LAST
        ) AS place_in_window,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code
            ORDER BY
                (substr(s.series, 3, 2) || substr(s.series, 1, 1)) DESC NULLS LAST,
                s.window_from DESC NULLS LAST,
                s.option_code ASC NULLS LAST
        ) AS place_of_unit,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code, s.grade
            ORDER BY
                (substr(s.series, 3, 2) || substr(s.series, 1, 1)) DESC NULLS LAST,
                s.window_from DESC NULLS LAST,
                s.option_code ASC NULLS LAST
        ) AS place_of_grade
    FROM units_stated AS s
),

-- a claim answered by X or Q belongs to the row that says so; one without a day to the latest result
attached AS (
    SELECT
        c.*,
        coalesce(a.person_id, h.person_id, u.person_id) IS NOT NULL AS is_stated,
        coalesce(a.option_code, h.option_code, u.option_code) AS stated_option,
        CASE WHEN a.person_id IS NOT NULL THEN a.series WHEN h.person_id IS NOT NULL THEN h.series ELSE u.series END AS stated_series,
        CASE WHEN a.person_id IS NOT NULL THEN a.window_from WHEN h.person_id IS NOT NULL THEN h.window_from ELSE u.window_from END AS stated_window
    FROM claim_answers AS c
    LEFT JOIN placed AS a
        ON
            c.outcome IN ('answered', 'replaced') AND a.place_in_window = 1
            AND a.centre_number = c.centre_number AND a.person_id = c.person_id AND a.unit_code = c.unit_code
            AND a.series IS NOT DISTINCT FROM c.result_series AND a.window_from IS NOT DISTINCT FROM c.result_window_from
    LEFT JOIN placed AS h
        ON
            c.outcome = 'unanswered' AND h.place_of_grade = 1
            AND h.centre_number = c.centre_number AND h.person_id = c.person_id AND h.unit_code = c.unit_code
            AND h.grade = c.withheld
    LEFT JOIN placed AS u
        ON
            c.outcome = 'undated' AND u.place_of_unit = 1
            AND u.centre_number = c.centre_number AND u.person_id = c.person_id AND u.unit_code = c.unit_code
    WHERE c.outcome <> 'unclaimed'
),

judged AS (
    SELECT
        a.*,
        w.annual_series,
        w.window_from,
        w.by_edi,
        w.by_report,
        CASE
            WHEN a.is_stated THEN NULL
            WHEN a.outcome = 'undated' THEN 'not_known'
            WHEN w.has_left THEN 'withdrawn'
            WHEN a.assessment = 'examined' THEN 'not_expected'
            WHEN NOT coalesce(w.is_awaited AND w.is_missing, FALSE) THEN 'not_known'
            WHEN w.cause = 'file_awaited' THEN 'pending'
            WHEN w.cause = 'earlier_file_not_here' THEN 'not_known'
            ELSE 'missing'
        END AS state,
        CASE
            WHEN a.is_stated THEN NULL
            WHEN a.outcome = 'undated' THEN 'claim_without_date'
            WHEN w.has_left THEN 'withdrawn'
            WHEN a.assessment = 'examined' THEN 'examined_unit_claimed'
            WHEN NOT coalesce(w.is_awaited AND w.is_missing, FALSE) THEN 'not_covered'
            WHEN w.cause IS NOT NULL THEN w.cause
            -- the tracker was frozen before the results: it tells how far the claim had come
            WHEN t.status = 'withdrawn_by_moderator' AND t.as_of >= a.claim_date THEN 'withdrawn_by_moderator'
            WHEN n.uci IS NULL AND NOT w.by_report THEN 'missing_uci'
            WHEN strpos(n.ocr_candidate_number, ' ') > 0 THEN 'duplicate_record'
            WHEN t.status = 'not_entered' AND t.as_of >= a.claim_date THEN 'claim_not_received'
            WHEN t.status = 'awaiting_assessed_grade' THEN 'awaiting_assessed_grade'
            WHEN t.counts_as_claimed THEN 'in_moderation'
            ELSE 'not_issued'
        END AS cause
    FROM attached AS a
    LEFT JOIN claim_windows AS w
        ON
            w.centre_number = a.centre_number AND w.person_id = a.person_id AND w.unit_code = a.unit_code
            AND w.claim_date = a.claim_date AND w.outcome = a.outcome AND a.outcome = 'unanswered'
    LEFT JOIN tracked_items AS t
        ON t.kind = 'unit' AND t.centre_number = a.centre_number AND t.person_id = a.person_id AND t.code = a.unit_code
    LEFT JOIN candidates AS n ON n.centre_number = a.centre_number AND n.person_id = a.person_id
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    'unit' AS kind,
    unit_code AS code,
    coalesce(stated_option, option_code) AS option_code,
    subject,
    CASE WHEN is_stated THEN stated_series ELSE annual_series END AS series,
    CASE WHEN is_stated THEN stated_window ELSE window_from END AS window_from,
    CASE WHEN NOT is_stated THEN claim_date END AS claim_date,
    is_stated,
    FALSE AS by_entry,
    TRUE AS by_claim,
    FALSE AS by_tracker,
    CASE WHEN NOT is_stated AND by_edi AND state = 'missing' THEN FALSE END AS in_edi,
    CAST(NULL AS BOOLEAN) AS in_xml,
    CASE WHEN NOT is_stated AND by_report AND state = 'missing' THEN FALSE END AS in_achievement,
    CAST(NULL AS BOOLEAN) AS in_marks,
    state,
    cause,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
    file_id,
    line
FROM judged
