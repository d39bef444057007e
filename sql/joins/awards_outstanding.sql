/*
summary = "The live qualification entries, expected by now, that no carrier has an award for, and how far the results here can tell why."
reads = ["award_calculations", "qualification_entries", "qualification_results", "tracker", "unit_achievements", "annual_coverage", "entered_options", "unit_results", "series_due", "coverage", "combinations", "report_coverage", "report_spans", "seasons", "award_completions", "run"]
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
completed_season = "VARCHAR: the season of the award: the first by which the combination is valid and the entry made; where the tracker alone has units and earlier years are not here, the season of the entry"
award_is_covered = "BOOLEAN: what would hold the award, of that season, is here"
is_pending = "BOOLEAN: results of this season are not due or not here yet"
due = "TIMESTAMP WITH TIME ZONE: when the last of them are released; NULL where the calendar does not say"
not_known = "VARCHAR: why the units issued earlier, in other years or before the summer, cannot be known; NULL where they can"
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

last_season AS (
    SELECT y.season
    FROM seasons AS y
    INNER JOIN run AS r ON y.last_day = CAST(r.season_start - INTERVAL 1 DAY AS DATE)
),

report_starts AS (
    SELECT p.centre_number, p.qualification_code, min(p.first_season) AS season
    FROM report_spans AS p
    INNER JOIN last_season AS l ON p.last_season >= l.season
    GROUP BY p.centre_number, p.qualification_code
),

-- the annual files of every year from the entry to last year
earlier_files AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.qualification_code,
        min(CASE WHEN a.is_whole THEN 1 ELSE 0 END) AS all_covered
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
),

joined AS (
    SELECT
        e.*,
        w.grade AS withheld,
        coalesce(i.glh, 0) AS glh_in_subject,
        r.season AS this_season,
        y.season AS entry_season,
        d.season AS valid_season,
        coalesce(d.is_late, FALSE) AS is_late,
        coalesce(d.by_tracker, FALSE) AS rests_on_tracker,
        coalesce(n.is_due AND n.is_covered, FALSE) AS is_here,
        coalesce(n.is_whole, FALSE) AS is_whole,
        n.is_due,
        n.due AS annual_due,
        coalesce(s.not_due = 1 OR s.not_covered = 1, FALSE) AS is_sat,
        s.due AS sat_due,
        t.person_id IS NOT NULL AS is_tracked,
        coalesce(
            e.entered_from >= r.season_start
            OR (e.entered_from IS NOT NULL AND b.season <= y.season)
            OR (e.entered_from IS NULL AND b.season < r.season)
            OR h.all_covered = 1,
            FALSE
        ) AS are_years_here
    FROM expecting AS e
    CROSS JOIN run AS r
    LEFT JOIN withheld AS w
        ON w.centre_number = e.centre_number AND w.person_id = e.person_id AND w.qualification_code = e.qualification_code
    LEFT JOIN in_subject AS i
        ON i.centre_number = e.centre_number AND i.person_id = e.person_id AND i.suite = e.suite AND i.subject = e.subject
    LEFT JOIN award_completions AS d
        ON d.centre_number = e.centre_number AND d.person_id = e.person_id AND d.qualification_code = e.qualification_code
    LEFT JOIN annual_coverage AS n
        ON n.centre_number = e.centre_number AND n.qualification_code = e.qualification_code AND n.season = r.season
    LEFT JOIN sat AS s
        ON s.centre_number = e.centre_number AND s.person_id = e.person_id AND s.qualification_code = e.qualification_code
    LEFT JOIN tracked_units AS t
        ON t.centre_number = e.centre_number AND t.person_id = e.person_id AND t.qualification_code = e.qualification_code
    LEFT JOIN report_starts AS b
        ON b.centre_number = e.centre_number AND b.qualification_code = e.qualification_code
    LEFT JOIN earlier_files AS h
        ON h.centre_number = e.centre_number AND h.person_id = e.person_id AND h.qualification_code = e.qualification_code
    LEFT JOIN seasons AS y ON y.first_day = e.entered_from
),

-- an award comes after the units and after the entry; what the tracker alone knows may be of any year since the entry
placed AS (
    SELECT
        j.*,
        CASE
            WHEN NOT coalesce(j.eligible, FALSE) THEN NULL
            WHEN j.rests_on_tracker AND NOT j.are_years_here THEN coalesce(j.entry_season, l.season)
            ELSE greatest(j.valid_season, coalesce(j.entry_season, j.valid_season))
        END AS completed_season,
        (j.rests_on_tracker AND NOT j.are_years_here) AS is_of_any_year
    FROM joined AS j
    CROSS JOIN last_season AS l
)

SELECT
    p.centre_number,
    p.person_id,
    p.qualification_code,
    p.suite,
    p.level,
    p.subject,
    p.is_expected,
    p.withheld,
    p.not_calculated,
    p.eligible,
    p.mandatory_missing,
    p.glh_counted,
    p.glh_required,
    p.glh_short,
    CAST(p.glh_in_subject AS BIGINT) AS glh_in_subject,
    p.grade,
    p.combination_confidence,
    p.figures_confidence,
    p.completed_season,
    CASE
        WHEN p.eligible
            THEN coalesce(
                NOT p.is_of_any_year AND v.is_due
                -- before the summer of its year an award may have been in a file that came before
                AND CASE WHEN p.is_late AND p.completed_season = p.valid_season THEN v.is_covered ELSE v.is_whole END,
                FALSE
            )
    END AS award_is_covered,
    (NOT p.is_here OR p.is_sat) AS is_pending,
    CASE WHEN p.is_due THEN p.sat_due ELSE coalesce(p.annual_due, p.sat_due) END AS due,
    CASE
        WHEN p.is_tracked THEN NULL
        WHEN NOT p.are_years_here THEN ('results of earlier years are not here for ' || p.qualification_code)
        WHEN p.is_here AND NOT p.is_whole THEN ('results from before the summer are not here for ' || p.qualification_code)
    END AS not_known,
    p.file_id,
    p.line
FROM placed AS p
LEFT JOIN annual_coverage AS v
    ON
        v.centre_number = p.centre_number AND v.qualification_code = p.qualification_code
        AND v.season = p.completed_season
