/*
summary = "Every result and award that is expected or that anybody states: who expects it, who has it, and if somebody has not, why."
reads = ["reconciled_results", "expected_by_entry", "expected_by_claim", "expected_by_need", "expected_awards", "tracked_items"]
publish = true
order = ["centre_number", "person_id", "kind", "code", "option_code", "series", "window_from", "claim_date", "is_stated"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
kind = "VARCHAR: unit or qualification"
code = "VARCHAR: the unit, or the qualification; of a general qualification the option"
option_code = "VARCHAR: the option as EDI spells it"
subject = "VARCHAR: subject"
series = "VARCHAR: the series of the result; of one that nobody states, the series it should come in; NULL where nobody says"
window_from = "DATE: in an annual series the window of award dates"
claim_date = "DATE: of a claim that no result answers, its day; else NULL"
is_stated = "BOOLEAN: somebody states it"
expected_by = "VARCHAR: claim, entry, tracker: who expects it, set apart by spaces; NULL where it is only seen"
in_edi = "BOOLEAN: EDI states it; FALSE where the EDI file that should is here and does not; NULL where none speaks of it"
in_xml = "BOOLEAN: likewise XML"
in_achievement = "BOOLEAN: likewise the achievement report"
in_marks = "BOOLEAN: likewise the marks report"
edi_grade = "VARCHAR: the grade in EDI; two where its latest files differ"
xml_grade = "VARCHAR: the grade in XML"
achievement_grade = "VARCHAR: the grade in the achievement report"
marks_grade = "VARCHAR: the grade in the marks report"
tracker_status = "VARCHAR: what the tracker says last of the unit or award, whatever the series"
state = "VARCHAR: agreed (all who have it say one grade), in_one_carrier (one alone has it), differs, not_in_edi (on Interchange, not in the EDI file), not_in_report (in EDI, not on Interchange), not_imported (its line could not be used here, or will not go into the school's system), missing (due, and nobody has it), pending (not due, or the file is not here), withheld (X or Q), settled (X or Q, and a later result or nobody left to ask for), absent, withdrawn, elsewhere (answered by another row), not_expected, not_expected_yet, not_known (the files here do not tell)"
cause = "VARCHAR: why, in one word; docs/semantics.md explains each; NULL where nothing is to be explained"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the strongest statement, else of the entry, claim or tracker row"
line = "INTEGER: its line"
*/
WITH expectations AS (
    SELECT * FROM expected_by_entry
    UNION ALL
    SELECT * FROM expected_by_claim
    UNION ALL
    SELECT * FROM expected_by_need
    UNION ALL
    SELECT * FROM expected_awards
),

ranked AS (
    SELECT
        e.*,
        row_number() OVER (
            PARTITION BY e.centre_number, e.person_id, e.kind, e.code, e.option_code, e.series, e.window_from, e.claim_date, e.is_stated
            ORDER BY
                CASE e.state
                    WHEN 'not_imported' THEN 1 WHEN 'missing' THEN 2 WHEN 'pending' THEN 3 WHEN 'absent' THEN 4
                    WHEN 'elsewhere' THEN 5 WHEN 'not_known' THEN 6 WHEN 'withdrawn' THEN 8 ELSE 7
                END ASC NULLS LAST,
                e.cause ASC NULLS LAST,
                e.file_id ASC NULLS LAST,
                e.line ASC NULLS LAST
        ) AS place
    FROM expectations AS e
),

expected AS (
    SELECT
        centre_number,
        person_id,
        kind,
        code,
        option_code,
        series,
        window_from,
        claim_date,
        is_stated,
        max(board) AS board,
        max(subject) AS subject,
        max(CASE WHEN by_entry THEN 1 ELSE 0 END) AS by_entry,
        max(CASE WHEN by_claim THEN 1 ELSE 0 END) AS by_claim,
        max(CASE WHEN by_tracker THEN 1 ELSE 0 END) AS by_tracker,
        max(CASE WHEN in_edi IS NULL THEN NULL ELSE 0 END) AS edi_speaks,
        max(CASE WHEN in_xml IS NULL THEN NULL ELSE 0 END) AS xml_speaks,
        max(CASE WHEN in_achievement IS NULL THEN NULL ELSE 0 END) AS achievement_speaks,
        max(CASE WHEN in_marks IS NULL THEN NULL ELSE 0 END) AS marks_speak,
        max(CASE WHEN place = 1 THEN state END) AS state,
        max(CASE WHEN place = 1 THEN cause END) AS cause,
        max(embargo_until) AS embargo_until,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line
    FROM ranked
    GROUP BY centre_number, person_id, kind, code, option_code, series, window_from, claim_date, is_stated
),

-- what somebody states, with whoever expects it; then what nobody states
said AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.board,
        s.kind,
        s.code,
        s.option_code,
        s.subject,
        s.series,
        s.window_from,
        CAST(NULL AS DATE) AS claim_date,
        TRUE AS is_stated,
        coalesce(e.by_entry, 0) AS by_entry,
        coalesce(e.by_claim, 0) AS by_claim,
        coalesce(e.by_tracker, 0) AS by_tracker,
        s.in_edi,
        s.in_xml,
        s.in_achievement,
        s.in_marks,
        s.edi_grade,
        s.xml_grade,
        s.achievement_grade,
        s.marks_grade,
        s.state,
        s.cause,
        s.embargo_until,
        s.file_id,
        s.line
    FROM reconciled_results AS s
    LEFT JOIN expected AS e
        ON
            e.is_stated AND e.centre_number = s.centre_number AND e.person_id = s.person_id AND e.kind = s.kind
            AND e.code = s.code AND e.option_code IS NOT DISTINCT FROM s.option_code
            AND e.series IS NOT DISTINCT FROM s.series AND e.window_from IS NOT DISTINCT FROM s.window_from
    UNION ALL
    SELECT
        centre_number,
        person_id,
        board,
        kind,
        code,
        option_code,
        subject,
        series,
        window_from,
        claim_date,
        FALSE AS is_stated,
        by_entry,
        by_claim,
        by_tracker,
        CASE WHEN edi_speaks = 0 THEN FALSE END AS in_edi,
        CASE WHEN xml_speaks = 0 THEN FALSE END AS in_xml,
        CASE WHEN achievement_speaks = 0 THEN FALSE END AS in_achievement,
        CASE WHEN marks_speak = 0 THEN FALSE END AS in_marks,
        CAST(NULL AS VARCHAR) AS edi_grade,
        CAST(NULL AS VARCHAR) AS xml_grade,
        CAST(NULL AS VARCHAR) AS achievement_grade,
        CAST(NULL AS VARCHAR) AS marks_grade,
        state,
        cause,
        embargo_until,
        file_id,
        line
    FROM expected
    WHERE NOT is_stated
),

items AS (
    SELECT DISTINCT centre_number, person_id, kind, code FROM said
),

-- what only the tracker knows; it names no series
tracker_alone AS (
    SELECT
        t.*,
        CASE
            WHEN t.status IN ('absent', 'withdrawn') THEN t.status
            WHEN t.status IN ('not_entered', 'withdrawn_by_moderator', 'not_eligible') THEN 'not_expected'
            WHEN t.counts_as_claimed THEN 'pending'
            ELSE 'not_known'
        END AS state,
        CASE
            WHEN t.status IN ('absent', 'withdrawn', 'not_entered', 'withdrawn_by_moderator', 'not_eligible') THEN t.status
            WHEN t.status = 'awaiting_assessed_grade' THEN t.status
            WHEN t.counts_as_claimed THEN 'in_moderation'
            ELSE 'on_tracker_only'
        END AS cause
    FROM tracked_items AS t
    LEFT JOIN items AS i
        ON i.centre_number = t.centre_number AND i.person_id = t.person_id AND i.kind = t.kind AND i.code = t.code
    WHERE i.code IS NULL
),

rows_of_items AS (
    SELECT
        s.*,
        -- the tracker speaks of the latest: of what is open first
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.kind, s.code
            ORDER BY
                (substr(s.series, 3, 2) || substr(s.series, 1, 1)) DESC NULLS LAST,
                CASE WHEN s.is_stated THEN 1 ELSE 0 END ASC NULLS LAST,
                s.window_from DESC NULLS LAST,
                s.claim_date DESC NULLS LAST,
                s.option_code ASC NULLS LAST
        ) AS place
    FROM said AS s
)

SELECT
    s.centre_number,
    s.person_id,
    s.board,
    s.kind,
    s.code,
    s.option_code,
    s.subject,
    s.series,
    s.window_from,
    s.claim_date,
    s.is_stated,
    nullif(
        concat_ws(
            ' ',
            CASE WHEN s.by_claim = 1 THEN 'claim' END,
            CASE WHEN s.by_entry = 1 THEN 'entry' END,
            CASE WHEN s.by_tracker = 1 OR (s.place = 1 AND t.is_expecting) THEN 'tracker' END
        ),
        ''
    ) AS expected_by,
    s.in_edi,
    s.in_xml,
    s.in_achievement,
    s.in_marks,
    s.edi_grade,
    s.xml_grade,
    s.achievement_grade,
    s.marks_grade,
    t.status AS tracker_status,
    s.state,
    s.cause,
    s.embargo_until,
    s.file_id,
    s.line
FROM rows_of_items AS s
LEFT JOIN tracked_items AS t
    ON t.centre_number = s.centre_number AND t.person_id = s.person_id AND t.kind = s.kind AND t.code = s.code
UNION ALL
SELECT
    centre_number,
    person_id,
    '72' AS board,
    kind,
    code,
    option_code,
    subject,
    CAST(NULL AS VARCHAR) AS series,
    CAST(NULL AS DATE) AS window_from,
    CAST(NULL AS DATE) AS claim_date,
    FALSE AS is_stated,
    CASE WHEN is_expecting THEN 'tracker' END AS expected_by,
    CAST(NULL AS BOOLEAN) AS in_edi,
    CAST(NULL AS BOOLEAN) AS in_xml,
    CAST(NULL AS BOOLEAN) AS in_achievement,
    CAST(NULL AS BOOLEAN) AS in_marks,
    CAST(NULL AS VARCHAR) AS edi_grade,
    CAST(NULL AS VARCHAR) AS xml_grade,
    CAST(NULL AS VARCHAR) AS achievement_grade,
    CAST(NULL AS VARCHAR) AS marks_grade,
    status AS tracker_status,
    state,
    cause,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
    file_id,
    line
FROM tracker_alone
