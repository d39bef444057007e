/*
summary = "Every entry of an examined unit or a general qualification that is not withdrawn, of this season or before: whether anybody has its result, and who could have it."
reads = ["entered_options", "run", "coverage", "series_due", "results_by_carrier", "tracker", "qualification_entries", "qualifications", "latest_statements", "achieved_units", "candidates", "incoming_rejects", "code_spellings"]
order = ["centre_number", "person_id", "series", "option_code"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
season = "VARCHAR: the academic year of the series"
kind = "VARCHAR: unit, qualification or certification"
subject = "VARCHAR: subject"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of a qualification or certification entry"
unit_code = "VARCHAR: of a unit entry"
is_technical = "BOOLEAN: Cambridge Technicals"
by_edi = "INTEGER: 1 where an EDI file of the series is here"
by_xml = "INTEGER: 1 where an XML file of it is here"
by_achievement = "INTEGER: 1 where an achievement report shows that series for a qualification of the student in the subject"
by_marks = "INTEGER: 1 where a marks report shows the unit in that series"
is_due = "BOOLEAN: its results are out"
may_speak = "BOOLEAN: they are, and a file or report that should hold this one is here"
released_to_centres = "TIMESTAMP WITH TIME ZONE: when they come out"
is_answered = "BOOLEAN: a result of it, or of another option under this entry, is here"
is_absent = "BOOLEAN: the tracker says absent"
is_missing = "BOOLEAN: nobody has a result, and nothing here explains that"
cause = "VARCHAR: file_awaited, row_rejected or missing_uci; NULL where none of these is why"
file_id = "VARCHAR: the file of the entry"
line = "INTEGER: its line"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
WITH entered AS (
    SELECT
        o.*,
        r.season AS this_season,
        -- an examination is sat in the month its series is named for, or the one before
        CAST(TRY_CAST((
            '20' || substr(o.series, 3, 2) || '-'
            || CASE substr(o.series, 1, 1) WHEN 'A' THEN '10' WHEN 'B' THEN '11' WHEN 'C' THEN '12' ELSE ('0' || substr(o.series, 1, 1)) END
            || '-01'
        ) AS DATE) - INTERVAL 1 MONTH AS DATE) AS opens
    FROM entered_options AS o
    CROSS JOIN run AS r
    WHERE
        NOT o.withdrawn
        AND o.season <= r.season
        AND NOT o.is_annual
        AND (
            NOT o.is_technical
            OR (o.kind = 'unit' AND coalesce(o.assessment, 'examined') = 'examined')
        )
),

board_files AS (
    SELECT
        centre_number,
        board,
        series,
        max(CASE WHEN carrier = 'edi' THEN 1 ELSE 0 END) AS by_edi,
        max(CASE WHEN carrier = 'xml' THEN 1 ELSE 0 END) AS by_xml
    FROM coverage
    WHERE carrier IN ('edi', 'xml')
    GROUP BY centre_number, board, series
),

marks_reports AS (
    SELECT DISTINCT centre_number, series, unit_code
    FROM coverage
    WHERE carrier = 'marks'
),

-- an achievement report speaks for the students of the qualifications in it
listed AS (
    SELECT centre_number, person_id, qualification_code
    FROM qualification_entries
    UNION
    SELECT centre_number, person_id, qualification_code
    FROM latest_statements
    WHERE carrier = 'achievement'
),

reported_subjects AS (
    SELECT DISTINCT c.centre_number, c.series, l.person_id, q.subject, q.suite
    FROM coverage AS c
    INNER JOIN listed AS l ON l.centre_number = c.centre_number AND l.qualification_code = c.qualification_code
    INNER JOIN qualifications AS q ON q.qualification_code = c.qualification_code
    WHERE c.carrier = 'achievement'
),

answered AS (
    SELECT centre_number, person_id, series, option_code
    FROM results_by_carrier
    WHERE superseded_by IS NULL
    UNION
    SELECT centre_number, person_id, series, entry_option_code AS option_code
    FROM results_by_carrier
    WHERE superseded_by IS NULL AND entry_option_code IS NOT NULL
),

-- the tracker says absent of the latest series entered, as far as it could know that day
absences AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.series,
        e.option_code,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code, t.file_id, t.line
            ORDER BY e.opens DESC NULLS LAST, e.series ASC NULLS LAST
        ) AS place
    FROM tracker AS t
    INNER JOIN entered AS e
        ON
            e.centre_number = t.centre_number AND e.person_id = t.person_id AND e.unit_code = t.unit_code
            AND (t.as_of IS NULL OR e.opens <= t.as_of)
    WHERE t.status = 'absent'
),

absent AS (
    SELECT DISTINCT centre_number, person_id, series, option_code
    FROM absences
    WHERE place = 1
),

achieved AS (
    SELECT DISTINCT centre_number, person_id, unit_code
    FROM achieved_units
),

set_aside AS (
    SELECT DISTINCT j.centre_number, j.candidate_number, j.uci, coalesce(k.option_code, j.option_code) AS option_code
    FROM incoming_rejects AS j
    LEFT JOIN code_spellings AS k ON k.code_as_sent = j.option_code
    WHERE j.option_code IS NOT NULL
),

rejected AS (
    SELECT DISTINCT e.centre_number, e.person_id, e.series, e.option_code
    FROM entered AS e
    INNER JOIN candidates AS c ON c.centre_number = e.centre_number AND c.person_id = e.person_id
    INNER JOIN set_aside AS s
        ON s.centre_number = e.centre_number AND s.option_code = e.option_code
    WHERE s.uci = c.uci OR s.candidate_number = c.candidate_number
),

judged AS (
    SELECT
        e.*,
        coalesce(f.by_edi, 0) AS by_edi,
        coalesce(f.by_xml, 0) AS by_xml,
        CASE WHEN e.is_technical AND m.unit_code IS NOT NULL THEN 1 ELSE 0 END AS by_marks,
        CASE WHEN e.is_technical AND s.person_id IS NOT NULL THEN 1 ELSE 0 END AS by_achievement,
        coalesce(d.is_due, n.is_due, FALSE) AS is_due,
        coalesce(d.released_to_centres, n.released_to_centres) AS released_to_centres,
        a.series IS NOT NULL AS is_answered,
        b.series IS NOT NULL AS is_absent,
        h.unit_code IS NOT NULL AS is_achieved,
        j.series IS NOT NULL AS is_rejected,
        c.uci IS NULL AS has_no_uci
    FROM entered AS e
    LEFT JOIN board_files AS f ON f.centre_number = e.centre_number AND f.board = e.board AND f.series = e.series
    LEFT JOIN marks_reports AS m ON m.centre_number = e.centre_number AND m.series = e.series AND m.unit_code = e.unit_code
    LEFT JOIN reported_subjects AS s
        ON
            s.centre_number = e.centre_number AND s.series = e.series AND s.person_id = e.person_id
            AND s.subject = e.subject AND s.suite = e.suite
    LEFT JOIN series_due AS d ON d.board = e.board AND d.series = e.series AND d.window_from IS NULL
    LEFT JOIN series_due AS n ON n.board IS NULL AND n.series = e.series AND n.window_from IS NULL
    LEFT JOIN answered AS a
        ON
            a.centre_number = e.centre_number AND a.person_id = e.person_id AND a.series = e.series
            AND a.option_code = e.option_code
    LEFT JOIN absent AS b
        ON
            b.centre_number = e.centre_number AND b.person_id = e.person_id AND b.series = e.series
            AND b.option_code = e.option_code
    LEFT JOIN achieved AS h
        ON h.centre_number = e.centre_number AND h.person_id = e.person_id AND h.unit_code = e.unit_code
    LEFT JOIN rejected AS j
        ON
            j.centre_number = e.centre_number AND j.person_id = e.person_id AND j.series = e.series
            AND j.option_code = e.option_code
    LEFT JOIN candidates AS c ON c.centre_number = e.centre_number AND c.person_id = e.person_id
),

weighed AS (
    SELECT
        j.*,
        j.is_due AND (j.by_edi + j.by_xml + j.by_marks + j.by_achievement) > 0 AS may_speak
    FROM judged AS j
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    season,
    kind,
    subject,
    option_code,
    qualification_code,
    unit_code,
    is_technical,
    by_edi,
    by_xml,
    by_achievement,
    by_marks,
    is_due,
    may_speak,
    released_to_centres,
    is_answered,
    is_absent,
    (
        NOT is_answered
        AND NOT is_absent
        -- of an earlier season, what was achieved since needs no asking
        AND NOT (season < this_season AND is_achieved)
    ) AS is_missing,
    CASE
        WHEN NOT may_speak THEN 'file_awaited'
        WHEN is_rejected THEN 'row_rejected'
        WHEN has_no_uci AND is_technical AND by_marks + by_achievement = 0 THEN 'missing_uci'
    END AS cause,
    file_id,
    line,
    embargo_until
FROM weighed
WHERE season = this_season OR may_speak
