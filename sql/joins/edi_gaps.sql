/*
summary = "What Interchange reports and an EDI file that is here should carry: whether it does, and if not, why."
reads = ["latest_statements", "award_windows", "coverage", "candidates", "candidate_identities", "incoming_rejects", "incoming_files", "file_series", "code_spellings", "series_seen", "results_by_carrier", "entries", "run"]
order = ["centre_number", "person_id", "series", "option_code", "rank"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
kind = "VARCHAR: unit or qualification"
subject = "VARCHAR: subject"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification"
unit_code = "VARCHAR: of a unit"
window_from = "DATE: the window of the award date"
place = "VARCHAR: before, calendar or after; NULL where the series has no windows"
file_window = "DATE: the window whose file should carry it"
carrier = "VARCHAR: achievement or marks: who reports it"
grade = "VARCHAR: the grade there"
award_date = "DATE: the day of the award, where the report has it"
is_in_edi = "BOOLEAN: an EDI file carries it"
cause = "VARCHAR: why it would not be there: missing_uci, issued_after_edi, row_rejected or unknown"
rank = "BIGINT: 1 for the one statement that speaks for the person, series and option: what is missing before what is there"
file_id = "VARCHAR: the report"
line = "INTEGER: its line"
rejected_file = "VARCHAR: the EDI file whose line was set aside"
rejected_line = "INTEGER: that line"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
WITH interchange AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.board,
        s.series,
        s.kind,
        s.option_code,
        s.qualification_code,
        s.unit_code,
        s.subject,
        s.carrier,
        s.grade,
        s.award_date,
        s.window_from,
        s.embargo_until,
        s.file_id,
        s.line,
        substr(s.series, 1, 1) = '9' AS is_annual
    FROM latest_statements AS s
    WHERE
        s.carrier IN ('achievement', 'marks')
        AND s.is_technical
        AND s.series IS NOT NULL
        AND s.grade IS NOT NULL
        AND s.grade NOT IN ('X', 'Q')
        AND NOT coalesce(s.is_absent, FALSE)
),

-- issued twice in one series: then each window needs its own statement
issued_twice AS (
    SELECT centre_number, person_id, series, option_code
    FROM latest_statements
    WHERE carrier = 'achievement'
    GROUP BY centre_number, person_id, series, option_code
    HAVING min(window_from) <> max(window_from)
),

in_edi AS (
    SELECT centre_number, person_id, series, option_code, window_from
    FROM latest_statements
    WHERE carrier = 'edi'
    GROUP BY centre_number, person_id, series, option_code, window_from
),

in_some_edi AS (
    SELECT DISTINCT centre_number, person_id, series, option_code FROM in_edi
),

last_windows AS (
    SELECT board, series, max(window_from) AS window_from
    FROM award_windows
    WHERE place = 'calendar'
    GROUP BY board, series
),

-- awards before the first window went out in an earlier file; those after the last one come in the file after the last
placed AS (
    SELECT
        i.*,
        w.place,
        CASE w.place WHEN 'calendar' THEN i.window_from WHEN 'after' THEN l.window_from END AS file_window
    FROM interchange AS i
    LEFT JOIN award_windows AS w
        ON w.board IS NOT DISTINCT FROM i.board AND w.series = i.series AND w.window_from = i.window_from
    LEFT JOIN last_windows AS l ON l.board IS NOT DISTINCT FROM i.board AND l.series = i.series
    WHERE NOT i.is_annual OR w.place IN ('calendar', 'after')
),

edi_files AS (
    SELECT centre_number, series, window_from, max(as_of) AS created_on
    FROM coverage
    WHERE carrier = 'edi'
    GROUP BY centre_number, series, window_from
),

covered AS (
    SELECT
        p.*,
        f.created_on,
        e.season,
        (s.option_code IS NOT NULL OR (a.option_code IS NOT NULL AND r.option_code IS NULL)) AS is_in_edi
    FROM placed AS p
    INNER JOIN edi_files AS f
        ON f.centre_number = p.centre_number AND f.series = p.series AND f.window_from IS NOT DISTINCT FROM p.file_window
    LEFT JOIN in_edi AS s
        ON
            s.centre_number = p.centre_number AND s.person_id = p.person_id AND s.series = p.series
            AND s.option_code = p.option_code AND s.window_from IS NOT DISTINCT FROM p.window_from
    LEFT JOIN in_some_edi AS a
        ON a.centre_number = p.centre_number AND a.person_id = p.person_id AND a.series = p.series AND a.option_code = p.option_code
    LEFT JOIN issued_twice AS r
        ON r.centre_number = p.centre_number AND r.person_id = p.person_id AND r.series = p.series AND r.option_code = p.option_code
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM p.board AND e.series = p.series
),

-- a season in which nothing here but the report knows the student
present AS (
    SELECT DISTINCT b.centre_number, b.person_id, e.season
    FROM results_by_carrier AS b
    INNER JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM b.board AND e.series = b.series
    WHERE b.carrier IN ('edi', 'xml')
    UNION
    SELECT DISTINCT centre_number, person_id, season
    FROM entries
    WHERE season IS NOT NULL
),

rejected_lines AS (
    SELECT file_id, line, centre_number, option_code, 'uci' AS identifier, uci AS value FROM incoming_rejects
    UNION ALL
    SELECT file_id, line, centre_number, option_code, 'candidate_number' AS identifier, candidate_number AS value FROM incoming_rejects
),

rejected AS (
    SELECT
        f.centre_number,
        c.person_id,
        f.series,
        coalesce(k.option_code, trim(l.option_code)) AS option_code,
        l.file_id,
        l.line,
        row_number() OVER (
            PARTITION BY f.centre_number, c.person_id, f.series, coalesce(k.option_code, trim(l.option_code))
            ORDER BY l.file_id ASC NULLS LAST, l.line ASC NULLS LAST
        ) AS place
    FROM rejected_lines AS l
    INNER JOIN incoming_files AS i ON i.file_id = l.file_id AND i.kind = 'edi_results'
    INNER JOIN file_series AS f ON f.file_id = l.file_id AND (l.centre_number IS NULL OR l.centre_number = f.centre_number)
    INNER JOIN candidate_identities AS c
        ON
            c.centre_number = f.centre_number AND c.identifier = l.identifier AND c.value = l.value
            AND (l.identifier = 'uci' OR c.academic_year IS NOT DISTINCT FROM f.season)
    LEFT JOIN code_spellings AS k ON k.code_as_sent = trim(l.option_code)
),

judged AS (
    SELECT
        c.*,
        r.file_id AS rejected_file,
        r.line AS rejected_line,
        CASE
            WHEN n.uci IS NULL THEN 'missing_uci'
            WHEN c.place = 'after' OR c.award_date > c.created_on THEN 'issued_after_edi'
            WHEN r.file_id IS NOT NULL THEN 'row_rejected'
            ELSE 'unknown'
        END AS cause,
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.series, c.option_code
            ORDER BY
                CASE WHEN c.is_in_edi THEN 1 ELSE 0 END ASC NULLS LAST,
                c.award_date ASC NULLS LAST,
                c.carrier ASC NULLS LAST,
                c.file_id ASC NULLS LAST,
                c.line ASC NULLS LAST
        ) AS rank
    FROM covered AS c
    CROSS JOIN run AS t
    INNER JOIN candidates AS n ON n.centre_number = c.centre_number AND n.person_id = c.person_id
    LEFT JOIN present AS p
        ON p.centre_number = c.centre_number AND p.person_id = c.person_id AND p.season = c.season
    LEFT JOIN rejected AS r
        ON
            r.place = 1 AND r.centre_number = c.centre_number AND r.person_id = c.person_id
            AND r.series = c.series AND r.option_code = c.option_code
    -- someone who came with another centre's UCI brought the results of that season along
    WHERE NOT (
        p.person_id IS NULL
        AND coalesce(c.season < t.season, FALSE)
        AND coalesce(strpos((' ' || n.uci), (' ' || c.centre_number)) = 0, FALSE)
    )
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    kind,
    subject,
    option_code,
    qualification_code,
    unit_code,
    window_from,
    place,
    file_window,
    carrier,
    grade,
    award_date,
    is_in_edi,
    cause,
    rank,
    file_id,
    line,
    rejected_file,
    rejected_line,
    embargo_until
FROM judged
