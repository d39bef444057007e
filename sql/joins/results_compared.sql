/*
summary = "Each result of this run and of the run before, carrier by carrier: the same, changed, withdrawn or added."
reads = ["latest_statements", "previous_statements", "file_successors", "person_links", "results_by_carrier", "rejects", "previous_results", "previous_coverage", "previous_files", "previous_gaps", "previous_run"]
empty_without = [["previous_run", "previous_statements"]]
order = ["centre_number", "person_id", "series", "option_code", "kind", "window_from", "carrier", "comparison", "file_id", "line", "previous_file_id", "previous_line"]

[columns]
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: edi, xml, achievement or marks"
person_id = "VARCHAR: the person as known now"
previous_person_id = "VARCHAR: the person in the run before"
comparison = "VARCHAR: same, changed, withdrawn (gone in a reissue of its file) or added (new in a reissue, or in a further file of its series and window)"
is_older = "BOOLEAN: what stands now is older than what stood: the newer file is not here any more"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
series_as_sent = "VARCHAR: as sent"
kind = "VARCHAR: unit or qualification"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification; of a report's unit row, the one it is listed under"
unit_code = "VARCHAR: of a unit"
subject = "VARCHAR: subject"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of award dates"
grade_as_sent = "VARCHAR: as sent, now; of a withdrawn one, as it was"
grade = "VARCHAR: decoded, likewise"
mark = "DECIMAL(7,2): final mark, likewise"
is_absent = "BOOLEAN: absent, likewise"
partial_absence = "BOOLEAN: part was missed, likewise"
award_date = "DATE: day of the award, likewise"
previous_grade = "VARCHAR: decoded, in the run before"
previous_mark = "DECIMAL(7,2): final mark, in the run before"
previous_is_absent = "BOOLEAN: absent, in the run before"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file that says it now; of a withdrawn one, the reissue that does not"
line = "INTEGER: its line; NULL of a withdrawn one"
previous_file_id = "VARCHAR: the file that said it in the run before"
previous_line = "INTEGER: its line there"
*/
WITH standing AS (
    SELECT
        s.*,
        CASE WHEN s.is_technical THEN '72' ELSE s.board END AS one_board,
        r.series_as_sent,
        r.stated_on,
        r.sequence
    FROM latest_statements AS s
    INNER JOIN results_by_carrier AS r
        ON
            r.file_id = s.file_id AND r.line = s.line AND r.kind = s.kind AND r.centre_number = s.centre_number
            AND r.option_code IS NOT DISTINCT FROM s.option_code AND r.qualification_code IS NOT DISTINCT FROM s.qualification_code
    WHERE s.series IS NOT NULL
),

-- what could be the same result: of one window, or where one file goes on for the other
possible AS (
    SELECT
        c.*,
        p.previous_person_id,
        p.grade AS previous_grade,
        p.grade_as_sent AS previous_grade_as_sent,
        p.mark AS previous_mark,
        p.is_absent AS previous_is_absent,
        p.file_id AS previous_file_id,
        p.line AS previous_line,
        coalesce(p.qualification_code, '') AS previous_qualification,
        p.is_certain,
        (c.stated_on < p.stated_on OR (c.stated_on = p.stated_on AND c.sequence < p.sequence)) AS is_earlier,
        row_number() OVER (
            PARTITION BY p.file_id, p.line, p.kind, p.option_code, p.qualification_code
            ORDER BY
                CASE WHEN p.file_id = c.file_id AND p.line = c.line THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.window_from IS NOT DISTINCT FROM c.window_from THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.qualification_code IS NOT DISTINCT FROM c.qualification_code THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.grade IS NOT DISTINCT FROM c.grade AND p.mark IS NOT DISTINCT FROM c.mark THEN 0 ELSE 1 END ASC NULLS LAST,
                c.file_id ASC NULLS LAST,
                c.line ASC NULLS LAST
        ) AS place,
        row_number() OVER (
            PARTITION BY c.file_id, c.line, c.kind, c.option_code, c.qualification_code
            ORDER BY
                CASE WHEN p.file_id = c.file_id AND p.line = c.line THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.window_from IS NOT DISTINCT FROM c.window_from THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.qualification_code IS NOT DISTINCT FROM c.qualification_code THEN 0 ELSE 1 END ASC NULLS LAST,
                CASE WHEN p.grade IS NOT DISTINCT FROM c.grade AND p.mark IS NOT DISTINCT FROM c.mark THEN 0 ELSE 1 END ASC NULLS LAST,
                p.file_id ASC NULLS LAST,
                p.line ASC NULLS LAST
        ) AS current_place
    FROM previous_statements AS p
    INNER JOIN standing AS c
        ON
            c.centre_number = p.centre_number AND c.carrier = p.carrier AND c.one_board IS NOT DISTINCT FROM p.board
            AND c.series = p.series AND c.kind = p.kind AND c.option_code = p.option_code AND c.person_id = p.person_id
    LEFT JOIN file_successors AS s
        ON
            s.previous_file_id = p.file_id AND s.file_id = c.file_id AND s.carrier = p.carrier
            AND s.centre_number = p.centre_number AND s.series = p.series AND s.board IS NOT DISTINCT FROM p.board
    WHERE p.window_from IS NOT DISTINCT FROM c.window_from OR s.file_id IS NOT NULL
),

matched AS (
    SELECT * FROM possible WHERE place = 1 AND current_place = 1
),

both_runs AS (
    SELECT
        m.*,
        (
            m.file_id <> m.previous_file_id
            AND m.is_certain
            AND (
                m.mark IS DISTINCT FROM m.previous_mark
                OR m.is_absent IS DISTINCT FROM m.previous_is_absent
                -- a code that is read otherwise now, by newer figures, is no other grade
                OR (m.grade IS DISTINCT FROM m.previous_grade AND m.grade_as_sent IS DISTINCT FROM m.previous_grade_as_sent)
            )
        ) AS differs
    FROM matched AS m
),

-- said before, by a file of which a whole reissue is here
reissued AS (
    SELECT p.*, s.file_id AS reissue_file_id
    FROM previous_statements AS p
    INNER JOIN (
        SELECT carrier, board, centre_number, series, previous_file_id, max(file_id) AS file_id
        FROM file_successors
        WHERE NOT is_same
        GROUP BY carrier, board, centre_number, series, previous_file_id
    ) AS s
        ON
            s.previous_file_id = p.file_id AND s.carrier = p.carrier AND s.centre_number = p.centre_number
            AND s.series = p.series AND s.board IS NOT DISTINCT FROM p.board
),

-- said now by a file that goes on for its own, or is new, of anybody who may be the same person
still_said AS (
    SELECT DISTINCT p.file_id, p.line, p.kind, p.option_code
    FROM reissued AS p
    INNER JOIN person_links AS l ON l.centre_number = p.centre_number AND l.previous_person_id = p.previous_person_id
    INNER JOIN results_by_carrier AS c
        ON
            c.centre_number = p.centre_number AND c.carrier = p.carrier AND c.series = p.series
            AND c.kind = p.kind AND c.option_code = p.option_code AND c.person_id = l.person_id
    WHERE
        c.superseded_by IS NULL
        AND (
            c.file_id = p.file_id
            OR NOT EXISTS (
                SELECT 1
                FROM previous_results AS o
                WHERE
                    o.file_id = c.file_id AND o.centre_number = c.centre_number AND o.series = c.series
                    AND o.option_code = c.option_code AND o.kind = c.kind AND o.superseded_by IS NULL
            )
        )
),

-- its line is in the reissue and was set aside: that is what is to be mended
set_aside AS (
    SELECT DISTINCT p.file_id, p.line, p.kind, p.option_code
    FROM reissued AS p
    INNER JOIN rejects AS r
        ON
            r.file_id = p.reissue_file_id
            AND (r.candidate_number = p.candidate_number OR r.ocr_candidate_number = p.ocr_candidate_number)
            AND (r.option_code IS NULL OR r.option_code = p.option_code OR p.carrier NOT IN ('edi', 'xml'))
),

-- a report shows what it was asked for: the students, qualifications, units and days that it has rows of
asked_for AS (
    SELECT DISTINCT p.file_id, p.line, p.kind, p.option_code
    FROM reissued AS p
    INNER JOIN person_links AS l ON l.centre_number = p.centre_number AND l.previous_person_id = p.previous_person_id
    INNER JOIN (SELECT DISTINCT file_id, centre_number, person_id FROM results_by_carrier) AS who
        ON who.file_id = p.reissue_file_id AND who.centre_number = p.centre_number AND who.person_id = l.person_id
    INNER JOIN (
        SELECT
            file_id,
            centre_number,
            series,
            carrier,
            CASE WHEN carrier = 'marks' THEN unit_code ELSE qualification_code END AS item,
            min(award_date) AS first_award,
            max(award_date) AS last_award
        FROM results_by_carrier
        WHERE carrier IN ('achievement', 'marks')
        GROUP BY file_id, centre_number, series, carrier, CASE WHEN carrier = 'marks' THEN unit_code ELSE qualification_code END
    ) AS w
        ON
            w.file_id = p.reissue_file_id AND w.centre_number = p.centre_number AND w.series = p.series
            AND w.item = CASE WHEN p.carrier = 'marks' THEN p.unit_code ELSE p.qualification_code END
            AND (p.award_date IS NULL OR w.first_award IS NULL OR p.award_date BETWEEN w.first_award AND w.last_award)
),

withdrawn AS (
    SELECT p.*
    FROM reissued AS p
    LEFT JOIN asked_for AS q
        ON q.file_id = p.file_id AND q.line = p.line AND q.kind = p.kind AND q.option_code IS NOT DISTINCT FROM p.option_code
    LEFT JOIN still_said AS s
        ON s.file_id = p.file_id AND s.line = p.line AND s.kind = p.kind AND s.option_code IS NOT DISTINCT FROM p.option_code
    LEFT JOIN set_aside AS a
        ON a.file_id = p.file_id AND a.line = p.line AND a.kind = p.kind AND a.option_code IS NOT DISTINCT FROM p.option_code
    LEFT JOIN matched AS m
        ON
            m.previous_file_id = p.file_id AND m.previous_line = p.line AND m.kind = p.kind AND m.option_code = p.option_code
            AND m.previous_qualification = coalesce(p.qualification_code, '')
    WHERE
        s.file_id IS NULL AND a.file_id IS NULL AND m.file_id IS NULL
        AND (p.carrier IN ('edi', 'xml') OR q.file_id IS NOT NULL)
),

-- files that were not in the run before, where their series and window were: reissues, and further files of it
fresh AS (
    SELECT c.*
    FROM standing AS c
    CROSS JOIN previous_run AS b
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM previous_gaps
            WHERE table_name IN ('previous_results', 'previous_coverage', 'previous_files', 'previous_people', 'previous_identities')
        )
        AND NOT EXISTS (SELECT 1 FROM previous_files AS f WHERE f.file_id = c.file_id AND f.status <> 'refused')
        AND (
            EXISTS (
                SELECT 1
                FROM file_successors AS s
                WHERE
                    s.file_id = c.file_id AND s.carrier = c.carrier AND s.centre_number = c.centre_number
                    AND s.series = c.series AND s.board IS NOT DISTINCT FROM c.one_board AND NOT s.is_same
            )
            OR c.carrier IN ('edi', 'xml')
        )
        AND EXISTS (
            SELECT 1
            FROM previous_coverage AS v
            WHERE
                v.carrier = c.carrier AND v.centre_number = c.centre_number AND v.series = c.series
                AND (v.board IS NOT DISTINCT FROM c.board OR (c.is_technical AND v.board = '72'))
                AND (v.window_from IS NOT DISTINCT FROM c.window_from OR c.carrier NOT IN ('edi', 'achievement'))
        )
        -- a run for staff did not keep what was restricted then
        AND (b.audience <> 'staff' OR c.embargo_until IS NULL OR c.embargo_until <= b.as_of)
),

-- said before by somebody who may be the same person, and answered by no other statement of now
said_before AS (
    SELECT DISTINCT c.file_id, c.line, c.kind, c.option_code
    FROM fresh AS c
    INNER JOIN person_links AS l ON l.centre_number = c.centre_number AND l.person_id = c.person_id
    INNER JOIN previous_results AS p
        ON
            p.centre_number = c.centre_number AND p.carrier = c.carrier AND p.series = c.series
            AND p.kind = c.kind AND p.option_code = c.option_code AND p.person_id = l.previous_person_id
    LEFT JOIN matched AS m
        ON
            m.previous_file_id = p.file_id AND m.previous_line = p.line AND m.kind = p.kind AND m.option_code = p.option_code
            AND NOT (m.file_id = c.file_id AND m.line = c.line)
    LEFT JOIN file_successors AS s
        ON
            s.previous_file_id = p.file_id AND s.file_id = c.file_id AND s.carrier = p.carrier
            AND s.centre_number = p.centre_number AND s.series = p.series
    WHERE
        (p.window_from IS NOT DISTINCT FROM c.window_from OR s.file_id IS NOT NULL)
        AND (m.file_id IS NULL OR p.window_from IS NOT DISTINCT FROM c.window_from)
),

added AS (
    SELECT c.*
    FROM fresh AS c
    LEFT JOIN said_before AS s
        ON s.file_id = c.file_id AND s.line = c.line AND s.kind = c.kind AND s.option_code IS NOT DISTINCT FROM c.option_code
    WHERE s.file_id IS NULL
)

SELECT
    centre_number,
    carrier,
    person_id,
    previous_person_id,
    CASE WHEN differs THEN 'changed' ELSE 'same' END AS comparison,
    coalesce(is_earlier, FALSE) AS is_older,
    board,
    series,
    series_as_sent,
    kind,
    option_code,
    qualification_code,
    unit_code,
    subject,
    is_technical,
    window_from,
    grade_as_sent,
    grade,
    mark,
    is_absent,
    partial_absence,
    award_date,
    previous_grade,
    previous_mark,
    previous_is_absent,
    embargo_until,
    file_id,
    line,
    previous_file_id,
    previous_line
FROM both_runs
UNION ALL
SELECT
    centre_number,
    carrier,
    person_id,
    previous_person_id,
    'withdrawn' AS comparison,
    FALSE AS is_older,
    board,
    series,
    series_as_sent,
    kind,
    option_code,
    qualification_code,
    unit_code,
    subject,
    is_technical,
    window_from,
    grade_as_sent,
    grade,
    mark,
    is_absent,
    partial_absence,
    award_date,
    grade AS previous_grade,
    mark AS previous_mark,
    is_absent AS previous_is_absent,
    embargo_until,
    reissue_file_id AS file_id,
    CAST(NULL AS INTEGER) AS line,
    file_id AS previous_file_id,
    line AS previous_line
FROM withdrawn
UNION ALL
SELECT
    centre_number,
    carrier,
    person_id,
    CAST(NULL AS VARCHAR) AS previous_person_id,
    'added' AS comparison,
    FALSE AS is_older,
    board,
    series,
    series_as_sent,
    kind,
    option_code,
    qualification_code,
    unit_code,
    subject,
    is_technical,
    window_from,
    grade_as_sent,
    grade,
    mark,
    is_absent,
    partial_absence,
    award_date,
    CAST(NULL AS VARCHAR) AS previous_grade,
    CAST(NULL AS DECIMAL(7,2)) AS previous_mark,
    CAST(NULL AS BOOLEAN) AS previous_is_absent,
    embargo_until,
    file_id,
    line,
    CAST(NULL AS VARCHAR) AS previous_file_id,
    CAST(NULL AS INTEGER) AS previous_line
FROM added
