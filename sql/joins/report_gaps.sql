/*
summary = "What EDI has and an achievement report here should show: whether it does."
reads = ["latest_statements", "report_coverage", "qualification_entries", "qualifications", "series_seen", "run"]
order = ["centre_number", "person_id", "series", "option_code"]
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
window_from = "DATE: its first window"
grade = "VARCHAR: the grade in EDI"
is_missing = "BOOLEAN: the report does not show it, and shows enough others to be believed"
file_id = "VARCHAR: the EDI file"
line = "INTEGER: its line"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
-- a report that lists no failed unit at all may leave them out
WITH lists_failures AS (
    SELECT DISTINCT centre_number
    FROM latest_statements
    WHERE carrier = 'achievement' AND grade IN ('U', 'Not Achieved')
),

sent AS (
    SELECT s.*
    FROM latest_statements AS s
    LEFT JOIN lists_failures AS l ON l.centre_number = s.centre_number
    WHERE
        s.carrier = 'edi'
        AND s.is_technical
        AND s.series IS NOT NULL
        AND s.grade IS NOT NULL
        AND s.grade NOT IN ('X', 'Q')
        AND NOT coalesce(s.is_absent, FALSE)
        AND (s.grade NOT IN ('U', 'Not Achieved') OR l.centre_number IS NOT NULL)
),

report AS (
    SELECT s.*, q.suite AS listed_suite, q.level AS listed_level, q.subject AS listed_subject
    FROM latest_statements AS s
    LEFT JOIN qualifications AS q ON q.qualification_code = s.qualification_code
    WHERE s.carrier = 'achievement'
),

-- what a student takes: the report lists units under it
own AS (
    SELECT centre_number, person_id, suite, level, subject, qualification_code
    FROM qualification_entries
    WHERE NOT withdrawn
    UNION
    SELECT centre_number, person_id, listed_suite AS suite, listed_level AS level, listed_subject AS subject, qualification_code
    FROM report
    WHERE qualification_code IS NOT NULL
),

everyones AS (
    SELECT DISTINCT centre_number, suite, level, subject, qualification_code FROM own
),

places AS (
    SELECT DISTINCT centre_number, person_id, suite, level, subject, series, window_from
    FROM sent
    WHERE kind = 'unit' AND suite IS NOT NULL AND level IS NOT NULL AND subject IS NOT NULL
),

-- a unit may be listed under any of them, so all must be covered; who is known by EDI alone may take any that the centre offers
asked AS (
    SELECT p.*, o.qualification_code
    FROM places AS p
    INNER JOIN own AS o
        ON
            o.centre_number = p.centre_number AND o.person_id = p.person_id
            AND o.suite = p.suite AND o.level = p.level AND o.subject = p.subject
    UNION
    SELECT p.*, e.qualification_code
    FROM places AS p
    INNER JOIN everyones AS e
        ON e.centre_number = p.centre_number AND e.suite = p.suite AND e.level = p.level AND e.subject = p.subject
    LEFT JOIN own AS o
        ON
            o.centre_number = p.centre_number AND o.person_id = p.person_id
            AND o.suite = p.suite AND o.level = p.level AND o.subject = p.subject
    WHERE o.person_id IS NULL
),

covered_units AS (
    SELECT
        a.centre_number,
        a.person_id,
        a.suite,
        a.level,
        a.subject,
        a.series,
        a.window_from
    FROM asked AS a
    LEFT JOIN (SELECT DISTINCT centre_number, qualification_code, series, window_from FROM report_coverage WHERE kind = 'unit') AS c
        ON
            c.centre_number = a.centre_number AND c.qualification_code = a.qualification_code
            AND c.series = a.series AND c.window_from IS NOT DISTINCT FROM a.window_from
    GROUP BY a.centre_number, a.person_id, a.suite, a.level, a.subject, a.series, a.window_from
    HAVING count(*) = count(c.series)
),

covered_awards AS (
    SELECT DISTINCT centre_number, qualification_code, series, window_from
    FROM report_coverage
    WHERE kind = 'qualification'
),

-- of an award the report shows the latest, whatever its series
shown AS (
    SELECT DISTINCT centre_number, person_id, kind, option_code, CASE WHEN kind = 'unit' THEN series END AS series
    FROM report
),

-- a report of today's students has no place for those who left with the results of an earlier season
listed_people AS (
    SELECT DISTINCT centre_number, person_id FROM report
),

judged AS (
    SELECT
        s.*,
        r.person_id IS NULL AS is_missing,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.series, s.option_code
            ORDER BY s.window_from ASC NULLS LAST, s.file_id ASC NULLS LAST, s.line ASC NULLS LAST
        ) AS place
    FROM sent AS s
    LEFT JOIN covered_units AS u
        ON
            s.kind = 'unit' AND u.centre_number = s.centre_number AND u.person_id = s.person_id
            AND u.suite = s.suite AND u.level = s.level AND u.subject = s.subject
            AND u.series = s.series AND u.window_from IS NOT DISTINCT FROM s.window_from
    LEFT JOIN covered_awards AS q
        ON
            s.kind = 'qualification' AND q.centre_number = s.centre_number AND q.qualification_code = s.qualification_code
            AND q.series = s.series AND q.window_from IS NOT DISTINCT FROM s.window_from
    LEFT JOIN shown AS r
        ON
            r.centre_number = s.centre_number AND r.person_id = s.person_id AND r.kind = s.kind
            AND r.option_code = s.option_code AND (r.series = s.series OR r.kind = 'qualification')
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series
    LEFT JOIN listed_people AS n ON n.centre_number = s.centre_number AND n.person_id = s.person_id
    CROSS JOIN run AS t
    WHERE
        (u.person_id IS NOT NULL OR q.centre_number IS NOT NULL)
        AND (n.person_id IS NOT NULL OR NOT coalesce(e.season < t.season, FALSE))
),

-- a report run for a few students holds less than it lacks: it is no evidence about the others
held AS (
    SELECT centre_number, series, suite, level, subject, count(*) AS results
    FROM report
    GROUP BY centre_number, series, suite, level, subject
),

lacking AS (
    SELECT centre_number, series, suite, level, subject, count(*) AS results
    FROM judged
    WHERE is_missing AND place = 1
    GROUP BY centre_number, series, suite, level, subject
)

SELECT
    j.centre_number,
    j.person_id,
    j.board,
    j.series,
    j.kind,
    j.subject,
    j.option_code,
    j.qualification_code,
    j.unit_code,
    j.window_from,
    j.grade,
    j.is_missing AND l.results <= coalesce(h.results, 0) AS is_missing,
    j.file_id,
    j.line,
    j.embargo_until
FROM judged AS j
LEFT JOIN lacking AS l
    ON
        l.centre_number = j.centre_number AND l.series = j.series AND l.suite IS NOT DISTINCT FROM j.suite
        AND l.level IS NOT DISTINCT FROM j.level AND l.subject IS NOT DISTINCT FROM j.subject
LEFT JOIN held AS h
    ON
        h.centre_number = j.centre_number AND h.series = j.series AND h.suite IS NOT DISTINCT FROM j.suite
        AND h.level IS NOT DISTINCT FROM j.level AND h.subject IS NOT DISTINCT FROM j.subject
WHERE j.place = 1
