/*
summary = "What somebody corrected by hand in the school's own system, whose result it is, and what the files say of that result now."
reads = ["given_manual_changes", "local_people", "folded_results", "latest_statements", "file_facts", "gradesets", "grade_decodings", "series_seen", "units", "qualifications"]
empty_without = [["given_manual_changes"]]
publish = true
order = ["given_line"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person; NULL where the numbers are nobody's here, or not one person's"
id = "VARCHAR: the row's own id"
given_line = "INTEGER: its line in manual_changes.csv"
ocr_candidate_number = "VARCHAR: as the row gives it"
candidate_number = "VARCHAR: as the row gives it"
uci = "VARCHAR: as the row gives it"
board = "VARCHAR: awarding body of the result, where a file has it"
series = "VARCHAR: the series: 6I26 is 9I25"
kind = "VARCHAR: unit or qualification"
qualification_code = "VARCHAR: of an award"
unit_code = "VARCHAR: of a unit"
option_code = "VARCHAR: as EDI spells it"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of the result it is about"
field = "VARCHAR: grade or mark"
value_as_given = "VARCHAR: the value as the row has it"
value = "VARCHAR: the value, decoded by the option's scale where it has one"
reason = "VARCHAR: why it was changed"
changed_by = "VARCHAR: who changed it"
changed_on = "DATE: when"
state = "VARCHAR: contradicted (a file made after the change says otherwise), undated (one does whose date is not known), older (only a file from before the change does), agrees (what is imported says the same: the row can go), stands, no_result (no file has the result), replaced (a later row changes the same value), nobody, unclear (the numbers are more than one person's) or unusable"
said = "VARCHAR: what each carrier says of the value now"
board_value = "VARCHAR: the value folded over the carriers"
fault = "VARCHAR: why the row cannot be used"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file that speaks against it, else the strongest that has the result"
line = "INTEGER: its line"
*/
WITH known_codes AS (
    SELECT squeezed, min(code) AS code, min(option_code) AS option_code, min(kind) AS kind
    FROM (
        SELECT translate(unit_code, '/', '') AS squeezed, unit_code AS code, option_code, 'unit' AS kind FROM units
        UNION
        SELECT option_code AS squeezed, unit_code AS code, option_code, 'unit' AS kind FROM units WHERE option_code IS NOT NULL
        UNION
        SELECT qualification_code AS squeezed, qualification_code AS code, qualification_code AS option_code, 'qualification' AS kind
        FROM qualifications
    ) AS spelled
    GROUP BY squeezed
),

given_rows AS (
    SELECT
        g.*,
        p.centre_number AS place,
        p.person_id,
        p.people,
        translate(g.option_code, ' /-.', '') AS squeezed,
        CASE
            WHEN substr(g.series, 1, 2) IN ('6I', '6C')
                THEN ('9' || substr(g.series, 2, 1) || lpad(CAST((TRY_CAST(substr(g.series, 3, 2) AS INTEGER) + 99) % 100 AS VARCHAR), 2, '0'))
            ELSE g.series
        END AS canonical
    FROM given_manual_changes AS g
    INNER JOIN local_people AS p ON p.given = 'manual_changes' AND p.line = g.line AND p.is_ours
),

-- of a result issued in several windows, the one that was out when the change was made
matched AS (
    SELECT
        g.line AS given_line,
        r.*,
        row_number() OVER (
            PARTITION BY g.line
            ORDER BY
                CASE WHEN r.window_from > g.changed_on THEN 1 ELSE 0 END ASC NULLS LAST,
                CASE WHEN r.window_from > g.changed_on THEN r.window_from END ASC NULLS LAST,
                r.window_from DESC NULLS LAST,
                r.kind ASC NULLS LAST,
                r.option_code ASC NULLS LAST,
                r.board ASC NULLS LAST
        ) AS place_in_line
    FROM given_rows AS g
    INNER JOIN folded_results AS r
        ON
            r.centre_number = g.place AND r.person_id = g.person_id AND r.series = g.canonical
            AND (
                translate(r.option_code, ' /-.', '') = g.squeezed
                OR translate(r.unit_code, ' /-.', '') = g.squeezed
                OR (r.kind = 'qualification' AND translate(r.qualification_code, ' /-.', '') = g.squeezed)
            )
    WHERE g.fault IS NULL
),

placed AS (
    SELECT
        g.*,
        r.board AS result_board,
        r.kind AS result_kind,
        r.option_code AS result_option,
        r.unit_code AS result_unit,
        r.qualification_code AS result_qualification,
        r.window_from,
        r.is_technical,
        r.embargo_until AS result_embargo,
        r.file_id AS result_file,
        r.line AS result_line,
        CASE WHEN g.field = 'mark' THEN rtrim(rtrim(CAST(r.mark AS VARCHAR), '0'), '.') ELSE r.grade END AS board_value,
        coalesce(CASE WHEN g.field = 'grade' THEN d.grade END, CASE WHEN g.field = 'grade' THEN upper(g.value) ELSE g.value END) AS decoded,
        k.code AS known_code,
        k.option_code AS known_option,
        k.kind AS known_kind,
        row_number() OVER (
            PARTITION BY g.place, g.person_id, g.canonical, coalesce(r.option_code, k.option_code, g.squeezed), r.window_from, g.field
            ORDER BY g.changed_on DESC NULLS LAST, g.line DESC NULLS LAST
        ) AS latest
    FROM given_rows AS g
    LEFT JOIN matched AS r ON r.given_line = g.line AND r.place_in_line = 1
    LEFT JOIN gradesets AS s
        ON
            s.board IS NOT DISTINCT FROM r.board AND s.series IS NOT DISTINCT FROM r.series
            AND s.option_code = r.option_code AND s.kind = r.kind
    LEFT JOIN grade_decodings AS d ON d.gradeset = s.gradeset AND d.code = upper(g.value)
    LEFT JOIN known_codes AS k ON k.squeezed = g.squeezed
),

statements AS (
    SELECT
        p.line AS given_line,
        t.carrier,
        t.file_id,
        t.line,
        -- a report without a date of its own is as old as the award it tells of
        coalesce(f.stated_on, t.award_date) AS stated_on,
        p.changed_on,
        CASE WHEN p.field = 'mark' THEN rtrim(rtrim(CAST(t.mark AS VARCHAR), '0'), '.') ELSE t.grade END AS said,
        CASE
            WHEN p.field = 'mark' AND t.mark IS NULL THEN NULL
            -- EDI has whole marks only
            WHEN p.field = 'mark' AND t.carrier = 'edi' THEN abs(t.mark - CAST(p.value AS DECIMAL(7, 2))) < 1
            WHEN p.field = 'mark' THEN t.mark = CAST(p.value AS DECIMAL(7, 2))
            -- X and Q say that there is no grade: a report that says so contradicts nothing, a file that is imported does
            WHEN t.grade IN ('X', 'Q') AND t.carrier NOT IN ('edi', 'xml') THEN NULL
            WHEN t.is_on_scale IS NOT DISTINCT FROM FALSE THEN NULL
            WHEN t.is_on_scale IS NULL AND t.grade = '*' THEN p.decoded IN ('*', 'A*')
            ELSE upper(t.grade) = upper(p.decoded)
        END AS is_same
    FROM placed AS p
    INNER JOIN latest_statements AS t
        ON
            t.centre_number = p.place AND t.person_id = p.person_id AND t.series = p.canonical
            AND t.kind = p.result_kind AND t.option_code = p.result_option
            AND t.window_from IS NOT DISTINCT FROM p.window_from
            AND (t.is_technical OR t.board IS NOT DISTINCT FROM p.result_board)
    LEFT JOIN file_facts AS f ON f.file_id = t.file_id
),

told AS (
    SELECT
        given_line,
        concat_ws(
            ', ',
            ('EDI ' || max(CASE WHEN carrier = 'edi' THEN said END)),
            ('XML ' || max(CASE WHEN carrier = 'xml' THEN said END)),
            ('achievement report ' || max(CASE WHEN carrier = 'achievement' THEN said END)),
            ('marks report ' || max(CASE WHEN carrier = 'marks' THEN said END))
        ) AS said,
        max(CASE WHEN NOT is_same AND stated_on > changed_on THEN 1 ELSE 0 END) AS is_against,
        max(CASE WHEN NOT is_same AND stated_on IS NULL AND carrier IN ('edi', 'xml') THEN 1 ELSE 0 END) AS is_against_undated,
        max(CASE WHEN NOT is_same AND stated_on IS NULL THEN 1 ELSE 0 END) AS is_report_undated,
        max(CASE WHEN carrier IN ('edi', 'xml') THEN 1 ELSE 0 END) AS has_import,
        max(CASE WHEN NOT is_same AND stated_on <= changed_on THEN 1 ELSE 0 END) AS is_against_before,
        max(CASE WHEN is_same AND carrier IN ('edi', 'xml') THEN 1 ELSE 0 END) AS is_imported
    FROM statements
    GROUP BY given_line
),

against AS (
    SELECT
        given_line,
        file_id,
        line,
        row_number() OVER (
            PARTITION BY given_line
            ORDER BY
                CASE carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                stated_on DESC NULLS LAST,
                file_id ASC NULLS LAST,
                line ASC NULLS LAST
        ) AS place
    FROM statements
    WHERE NOT is_same
),

embargoes AS (
    SELECT series, count(*) AS boards, max(embargo_until) AS embargo_until
    FROM series_seen
    GROUP BY series
)

SELECT
    p.place AS centre_number,
    p.person_id,
    p.id,
    p.line AS given_line,
    p.ocr_candidate_number,
    p.candidate_number,
    p.uci,
    p.result_board AS board,
    p.canonical AS series,
    coalesce(p.result_kind, p.known_kind) AS kind,
    CASE
        WHEN p.result_kind = 'qualification' THEN p.result_qualification
        WHEN p.result_kind IS NULL AND p.known_kind = 'qualification' THEN p.known_code
    END AS qualification_code,
    CASE WHEN p.result_kind = 'unit' THEN p.result_unit WHEN p.result_kind IS NULL AND p.known_kind = 'unit' THEN p.known_code END AS unit_code,
    coalesce(p.result_option, p.known_option, p.squeezed) AS option_code,
    coalesce(p.is_technical, p.known_kind IS NOT NULL) AS is_technical,
    p.window_from,
    p.field,
    p.value AS value_as_given,
    p.decoded AS value,
    p.reason,
    p.changed_by,
    p.changed_on,
    CASE
        WHEN p.fault IS NOT NULL THEN 'unusable'
        WHEN p.people > 1 THEN 'unclear'
        WHEN p.person_id IS NULL THEN 'nobody'
        WHEN p.latest > 1 THEN 'replaced'
        WHEN p.result_kind IS NULL THEN 'no_result'
        WHEN t.is_against = 1 THEN 'contradicted'
        WHEN t.is_against_undated = 1 OR (t.is_report_undated = 1 AND t.has_import = 0) THEN 'undated'
        WHEN t.is_against_before = 1 OR t.is_report_undated = 1 THEN 'older'
        WHEN t.is_imported = 1 THEN 'agrees'
        ELSE 'stands'
    END AS state,
    t.said,
    p.board_value,
    p.fault,
    -- no file has the result: a general one is held as long as its series, and one that nobody knows for ever
    CASE
        WHEN p.result_kind IS NOT NULL THEN p.result_embargo
        WHEN p.known_kind IS NOT NULL THEN NULL
        WHEN e.boards > 0 AND e.embargo_until IS NOT NULL THEN e.embargo_until
        ELSE CAST('9999-12-31 00:00:00+00' AS TIMESTAMP WITH TIME ZONE)
    END AS embargo_until,
    coalesce(a.file_id, p.result_file) AS file_id,
    CASE WHEN a.file_id IS NOT NULL THEN a.line ELSE p.result_line END AS line
FROM placed AS p
LEFT JOIN told AS t ON t.given_line = p.line
LEFT JOIN against AS a ON a.given_line = p.line AND a.place = 1
LEFT JOIN embargoes AS e ON e.series = p.canonical
