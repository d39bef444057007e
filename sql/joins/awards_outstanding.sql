/*
summary = "The live qualification entries, expected by now, that no carrier has an award for, and how far the results here can tell why."
reads = ["award_calculations", "qualification_entries", "qualification_results", "tracker", "unit_achievements", "annual_coverage", "entered_options", "unit_results", "series_due", "coverage", "combinations", "report_coverage", "results_by_carrier", "series_seen", "seasons", "run"]
order = ["centre_number", "person_id", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: the level entered"
subject = "VARCHAR: subject"
is_expected = "BOOLEAN: this season or earlier; NULL where nobody says"
withheld = "VARCHAR: X or Q where a carrier says that of the award"
not_calculated = "VARCHAR: reference data that are missing for the calculation; NULL when none"
eligible = "BOOLEAN: a valid combination is achieved"
mandatory_missing = "VARCHAR: mandatory units not achieved, by code"
glh_counted = "INTEGER: hours that count"
glh_required = "INTEGER: hours the size needs"
glh_short = "INTEGER: hours that are missing"
glh_in_subject = "BIGINT: hours achieved in the subject and suite, at any level"
grade = "VARCHAR: what the units would make"
combination_confidence = "VARCHAR: of the combination and the hours"
figures_confidence = "VARCHAR: of the points and thresholds"
completed_season = "VARCHAR: the season of the last of the units that count"
award_is_covered = "BOOLEAN: what would hold the award, of that season, is here"
is_pending = "BOOLEAN: results of this season are not due or not here yet"
due = "TIMESTAMP WITH TIME ZONE: when the last of them are released; NULL where the calendar does not say"
not_known = "VARCHAR: why the units of earlier years cannot be known; NULL where they can"
file_id = "VARCHAR: the file of the entry"
line = "INTEGER: its line"
*/
WITH withheld AS (
    SELECT centre_number, person_id, qualification_code, min(grade) AS grade
    FROM qualification_results
    WHERE grade IN ('X', 'Q')
    GROUP BY centre_number, person_id, qualification_code
),

-- an award the board's site has, in whatever file it may be, is not missing
tracked_awards AS (
    SELECT DISTINCT centre_number, person_id, qualification_code
    FROM tracker
    WHERE unit_code IS NULL AND status = 'result_achieved'
),

tracked_units AS (
    SELECT DISTINCT centre_number, person_id, qualification_code
    FROM tracker
    WHERE unit_code IS NOT NULL
),

expecting AS (
    SELECT
        q.*,
        c.not_calculated,
        c.eligible,
        c.mandatory_missing,
        c.glh_counted,
        c.glh_required,
        c.glh_short,
        c.grade,
        c.combination_confidence,
        c.figures_confidence
    FROM qualification_entries AS q
    INNER JOIN award_calculations AS c
        ON
            c.centre_number = q.centre_number AND c.person_id = q.person_id
            AND c.qualification_code = q.qualification_code
    LEFT JOIN tracked_awards AS t
        ON
            t.centre_number = q.centre_number AND t.person_id = q.person_id
            AND t.qualification_code = q.qualification_code
    WHERE q.is_live AND coalesce(q.is_expected, TRUE) AND c.issued_grade IS NULL AND t.person_id IS NULL
),

achieved AS (
    SELECT
        a.centre_number,
        a.person_id,
        a.unit_code,
        a.suite,
        a.subject,
        a.guided_learning_hours AS glh,
        a.season
    FROM unit_achievements AS a
    WHERE a.is_achieved
),

in_subject AS (
    SELECT centre_number, person_id, suite, subject, sum(glh) AS glh
    FROM achieved
    GROUP BY centre_number, person_id, suite, subject
),

completed AS (
    SELECT e.centre_number, e.person_id, e.qualification_code, max(a.season) AS season
    FROM expecting AS e
    INNER JOIN combinations AS k ON k.qualification_code = e.qualification_code
    INNER JOIN achieved AS a
        ON a.centre_number = e.centre_number AND a.person_id = e.person_id AND a.unit_code = k.unit_code
    WHERE e.eligible
    GROUP BY e.centre_number, e.person_id, e.qualification_code
),

-- a report that lists anything of a year was not cut short after it
report_starts AS (
    SELECT c.centre_number, min(s.season) AS season
    FROM results_by_carrier AS c
    INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM c.board AND s.series = c.series
    WHERE c.carrier = 'achievement'
    GROUP BY c.centre_number
),

-- the annual files of every year from the entry to last year
earlier_files AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.qualification_code,
        min(CASE WHEN a.is_covered THEN 1 ELSE 0 END) AS all_covered
    FROM expecting AS e
    CROSS JOIN run AS r
    INNER JOIN annual_coverage AS a
        ON
            a.centre_number = e.centre_number AND a.qualification_code = e.qualification_code
            AND a.season < r.season AND a.season >= substr(CAST(e.entered_from AS VARCHAR), 1, 4)
    GROUP BY e.centre_number, e.person_id, e.qualification_code
),

exam_files AS (
    SELECT DISTINCT centre_number, board, series FROM coverage WHERE carrier IN ('edi', 'xml')
),

exam_marks AS (
    SELECT DISTINCT centre_number, series, unit_code FROM coverage WHERE carrier = 'marks'
),

exam_reports AS (
    SELECT DISTINCT centre_number, qualification_code, series FROM report_coverage WHERE kind = 'unit'
),

-- an examination entered whose result may still come, or is in a file that is not here
sat AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.qualification_code,
        max(CASE WHEN coalesce(d.is_due, FALSE) THEN 0 ELSE 1 END) AS not_due,
        max(CASE WHEN f.series IS NULL AND m.series IS NULL AND p.series IS NULL THEN 1 ELSE 0 END) AS not_covered,
        max(CASE WHEN NOT coalesce(d.is_due, FALSE) THEN d.released_to_centres END) AS due
    FROM expecting AS e
    INNER JOIN combinations AS k ON k.qualification_code = e.qualification_code
    INNER JOIN entered_options AS o
        ON
            o.centre_number = e.centre_number AND o.person_id = e.person_id AND o.unit_code = k.unit_code
            AND o.kind = 'unit' AND NOT o.withdrawn
    INNER JOIN run AS r ON o.season <= r.season
    LEFT JOIN achieved AS a
        ON a.centre_number = o.centre_number AND a.person_id = o.person_id AND a.unit_code = o.unit_code
    LEFT JOIN unit_results AS u
        ON
            u.centre_number = o.centre_number AND u.person_id = o.person_id AND u.series = o.series
            AND u.option_code = o.option_code
    LEFT JOIN series_due AS d ON d.board IS NOT DISTINCT FROM o.board AND d.series = o.series AND d.window_from IS NULL
    LEFT JOIN exam_files AS f ON f.centre_number = o.centre_number AND f.board = o.board AND f.series = o.series
    LEFT JOIN exam_marks AS m ON m.centre_number = o.centre_number AND m.series = o.series AND m.unit_code = o.unit_code
    LEFT JOIN exam_reports AS p
        ON
            p.centre_number = o.centre_number AND p.qualification_code = e.qualification_code
            AND p.series = o.series
    WHERE a.unit_code IS NULL AND u.option_code IS NULL
    GROUP BY e.centre_number, e.person_id, e.qualification_code
)

SELECT
    e.centre_number,
    e.person_id,
    e.qualification_code,
    e.suite,
    e.level,
    e.subject,
    e.is_expected,
    w.grade AS withheld,
    e.not_calculated,
    e.eligible,
    e.mandatory_missing,
    e.glh_counted,
    e.glh_required,
    e.glh_short,
    CAST(coalesce(i.glh, 0) AS BIGINT) AS glh_in_subject,
    e.grade,
    e.combination_confidence,
    e.figures_confidence,
    CASE WHEN e.eligible THEN coalesce(d.season, r.season) END AS completed_season,
    CASE WHEN e.eligible THEN coalesce(v.is_due AND v.is_covered, FALSE) END AS award_is_covered,
    (
        NOT coalesce(n.is_due AND n.is_covered, FALSE)
        OR coalesce(s.not_due = 1 OR s.not_covered = 1, FALSE)
    ) AS is_pending,
    CASE WHEN n.is_due THEN s.due ELSE coalesce(n.due, s.due) END AS due,
    CASE
        WHEN t.person_id IS NOT NULL THEN NULL
        WHEN e.entered_from >= r.season_start THEN NULL
        WHEN e.entered_from IS NOT NULL AND b.season <= y.season THEN NULL
        WHEN e.entered_from IS NULL AND b.season < r.season THEN NULL
        WHEN h.all_covered = 1 THEN NULL
        ELSE ('results of earlier years are not here for ' || e.qualification_code)
    END AS not_known,
    e.file_id,
    e.line
FROM expecting AS e
CROSS JOIN run AS r
LEFT JOIN withheld AS w
    ON w.centre_number = e.centre_number AND w.person_id = e.person_id AND w.qualification_code = e.qualification_code
LEFT JOIN in_subject AS i
    ON i.centre_number = e.centre_number AND i.person_id = e.person_id AND i.suite = e.suite AND i.subject = e.subject
LEFT JOIN completed AS d
    ON d.centre_number = e.centre_number AND d.person_id = e.person_id AND d.qualification_code = e.qualification_code
LEFT JOIN annual_coverage AS v
    ON
        v.centre_number = e.centre_number AND v.qualification_code = e.qualification_code
        AND v.season = coalesce(d.season, r.season)
LEFT JOIN annual_coverage AS n
    ON n.centre_number = e.centre_number AND n.qualification_code = e.qualification_code AND n.season = r.season
LEFT JOIN sat AS s
    ON s.centre_number = e.centre_number AND s.person_id = e.person_id AND s.qualification_code = e.qualification_code
LEFT JOIN tracked_units AS t
    ON t.centre_number = e.centre_number AND t.person_id = e.person_id AND t.qualification_code = e.qualification_code
LEFT JOIN report_starts AS b ON b.centre_number = e.centre_number
LEFT JOIN earlier_files AS h
    ON h.centre_number = e.centre_number AND h.person_id = e.person_id AND h.qualification_code = e.qualification_code
LEFT JOIN seasons AS y ON y.first_day = e.entered_from
