/*
summary = "Each entry of an examined unit, a moderated unit or a general qualification that the reconciliation holds: the result it belongs to, or why there is none."
reads = ["entered_options", "entry_answers", "entry_series", "reconciled_results", "identity_contradictions", "candidates", "run"]
order = ["centre_number", "person_id", "option_code", "series"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
kind = "VARCHAR: unit or qualification"
code = "VARCHAR: the unit or the qualification; of a general qualification the option"
option_code = "VARCHAR: the option as EDI spells it"
subject = "VARCHAR: subject"
series = "VARCHAR: the series entered"
window_from = "DATE: of the result, its window"
claim_date = "DATE: always NULL"
is_stated = "BOOLEAN: somebody states the result, under the same option, series and window"
by_entry = "BOOLEAN: TRUE"
by_claim = "BOOLEAN: FALSE"
by_tracker = "BOOLEAN: FALSE"
in_edi = "BOOLEAN: FALSE where an EDI file covers it and says nothing"
in_xml = "BOOLEAN: likewise XML"
in_achievement = "BOOLEAN: likewise the achievement report"
in_marks = "BOOLEAN: likewise the marks report"
state = "VARCHAR: of what nobody states, as in reconciliation"
cause = "VARCHAR: likewise"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the entry"
line = "INTEGER: its line"
*/
-- awards of Cambridge Technicals have a file of their own: their entry may be a year or two old
WITH entered AS (
    SELECT o.*, a.person_id IS NOT NULL AS is_asked
    FROM entered_options AS o
    CROSS JOIN run AS r
    LEFT JOIN entry_answers AS a
        ON
            a.centre_number = o.centre_number AND a.person_id = o.person_id
            AND a.series = o.series AND a.option_code = o.option_code
    WHERE
        (o.season = r.season OR a.person_id IS NOT NULL)
        AND NOT (o.is_technical AND o.kind IS NOT DISTINCT FROM 'qualification')
),

stated AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.series,
        s.option_code,
        s.kind,
        s.code,
        s.window_from,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.series, s.option_code
            ORDER BY s.window_from DESC NULLS LAST, s.kind ASC NULLS LAST, s.code ASC NULLS LAST
        ) AS place
    FROM reconciled_results AS s
),

-- the same unit in whichever series of that year
issued_units AS (
    SELECT DISTINCT centre_number, person_id, option_code, substr(series, 3, 2) AS year
    FROM reconciled_results
    WHERE kind = 'unit' AND grade NOT IN ('X', 'Q')
),

-- somebody with whom the student shares a number and was not joined has the result
strangers AS (
    SELECT centre_number, person_id, other_person_id FROM identity_contradictions
    UNION
    SELECT centre_number, other_person_id AS person_id, person_id AS other_person_id FROM identity_contradictions
),

under_others AS (
    SELECT DISTINCT e.centre_number, e.person_id, e.series, e.option_code
    FROM entered AS e
    INNER JOIN strangers AS x ON x.centre_number = e.centre_number AND x.person_id = e.person_id
    INNER JOIN stated AS s
        ON
            s.centre_number = e.centre_number AND s.person_id = x.other_person_id
            AND s.series = e.series AND s.option_code = e.option_code
    LEFT JOIN entered AS o
        ON
            o.centre_number = s.centre_number AND o.person_id = s.person_id
            AND o.series = s.series AND o.option_code = s.option_code
    WHERE o.person_id IS NULL
),

judged AS (
    SELECT
        e.*,
        s.person_id IS NOT NULL AS is_stated,
        s.kind AS stated_kind,
        s.code AS stated_code,
        s.window_from,
        a.by_edi,
        a.by_xml,
        a.by_achievement,
        a.by_marks,
        CASE
            WHEN s.person_id IS NOT NULL THEN NULL
            WHEN e.withdrawn THEN 'withdrawn'
            WHEN a.is_missing AND a.cause = 'file_awaited' THEN 'pending'
            WHEN a.is_missing AND a.cause = 'row_rejected' THEN 'not_imported'
            WHEN a.is_missing THEN 'missing'
            WHEN a.is_answered THEN 'elsewhere'
            WHEN a.is_absent THEN 'absent'
            WHEN e.is_asked THEN 'elsewhere'
            WHEN w.is_misplaced AND i.person_id IS NOT NULL THEN 'elsewhere'
            WHEN w.is_misplaced THEN 'missing'
            WHEN e.is_technical AND e.kind = 'unit' AND e.assessment = 'moderated' THEN 'not_expected'
            ELSE 'not_known'
        END AS state,
        CASE
            WHEN s.person_id IS NOT NULL THEN NULL
            WHEN e.withdrawn THEN 'withdrawn'
            WHEN a.is_missing AND a.cause IS NOT NULL THEN a.cause
            WHEN a.is_missing AND u.person_id IS NOT NULL THEN 'under_another_number'
            WHEN a.is_missing AND strpos(n.ocr_candidate_number, ' ') > 0 THEN 'duplicate_record'
            WHEN a.is_missing THEN 'not_issued'
            WHEN a.is_answered THEN 'other_element'
            WHEN a.is_absent THEN 'absent'
            WHEN e.is_asked THEN 'achieved_since'
            WHEN w.is_misplaced THEN 'entered_in_wrong_series'
            WHEN e.is_technical AND e.kind = 'unit' AND e.assessment = 'moderated' THEN 'moderated_unit_entered'
            ELSE 'not_covered'
        END AS cause
    FROM entered AS e
    LEFT JOIN stated AS s
        ON
            s.place = 1 AND s.centre_number = e.centre_number AND s.person_id = e.person_id
            AND s.series = e.series AND s.option_code = e.option_code
    LEFT JOIN entry_answers AS a
        ON
            a.centre_number = e.centre_number AND a.person_id = e.person_id
            AND a.series = e.series AND a.option_code = e.option_code
    LEFT JOIN entry_series AS w
        ON
            w.is_misplaced AND w.centre_number = e.centre_number AND w.person_id = e.person_id
            AND w.series = e.series AND w.option_code = e.option_code
    LEFT JOIN issued_units AS i
        ON
            i.centre_number = e.centre_number AND i.person_id = e.person_id AND i.option_code = e.option_code
            AND i.year = lpad(CAST((TRY_CAST(substr(e.series, 3, 2) AS INTEGER) + 1) % 100 AS VARCHAR), 2, '0')
    LEFT JOIN under_others AS u
        ON
            u.centre_number = e.centre_number AND u.person_id = e.person_id
            AND u.series = e.series AND u.option_code = e.option_code
    LEFT JOIN candidates AS n ON n.centre_number = e.centre_number AND n.person_id = e.person_id
)

SELECT
    centre_number,
    person_id,
    board,
    coalesce(stated_kind, CASE WHEN kind = 'unit' THEN 'unit' ELSE 'qualification' END) AS kind,
    coalesce(
        stated_code,
        CASE
            WHEN NOT is_technical THEN option_code
            WHEN kind = 'unit' THEN coalesce(unit_code, option_code)
            ELSE coalesce(qualification_code, option_code)
        END
    ) AS code,
    option_code,
    subject,
    series,
    window_from,
    CAST(NULL AS DATE) AS claim_date,
    is_stated,
    TRUE AS by_entry,
    FALSE AS by_claim,
    FALSE AS by_tracker,
    CASE WHEN NOT is_stated AND by_edi = 1 THEN FALSE END AS in_edi,
    CASE WHEN NOT is_stated AND by_xml = 1 THEN FALSE END AS in_xml,
    CASE WHEN NOT is_stated AND by_achievement = 1 THEN FALSE END AS in_achievement,
    CASE WHEN NOT is_stated AND by_marks = 1 THEN FALSE END AS in_marks,
    state,
    cause,
    embargo_until,
    file_id,
    line
FROM judged
