/*
severity = "warning"
owner = "board"
summary = "The progress tracker and the results contradict each other on whether a unit is achieved."
message = "{item}: {found}."
action = """
1. Look the student up on Interchange and on My Cambridge > Progress Tracker, under every OCR candidate number they have.
2. Cause report_may_not_reach_back or transferred_in: run the candidate achievement report again for this student, from the day they began; the unit is likely to be in it.
3. The tracker says achieved and no report has a result: ask for it, Interchange > Post results > Missing and incomplete results.
4. The tracker says not achieved and a result is there: ring Customer Support, 01223 553998, before the declaration or the award rests on it."""
why = "The result lies under another record of the student, was withdrawn or changed after the tracker was made, or the tracker has not taken it up."
source = "Progress Tracker, achievement statuses: Result achieved, Result not achieved; docs/semantics.md, coverage"
population = "units that the progress tracker calls achieved, in qualifications of which the achievement report shows this season's annual units, or not achieved, with a result from before the tracker's day"
reads = ["tracker", "report_coverage", "achieved_units", "unit_results", "results_by_carrier", "series_seen", "series_due", "seasons", "entries", "qualification_entries", "candidates", "units", "run"]
needs = ["tracker", "achievement"]
key = ["person", "unit"]
follows_from = ["duplicate_candidate_number", "multiple_ucis", "identity_conflict", "shared_candidate_number", "shared_uci", "no_result_issued", "pending_result", "entry_without_result", "claim_without_result"]
confidence = "inferred"
wording = ["Result achieved", "Result not achieved"]
where = ["My Cambridge > Cambridge Technicals Progress Tracker", "Interchange > Cambridge Technicals > Results documents > candidate achievement report"]
*/
WITH ranked AS (
    SELECT
        t.*,
        -- the first day on which the tracker is known to have called it achieved
        min(CASE WHEN t.status = 'result_achieved' THEN t.as_of END) OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code
        ) AS achieved_by,
        rank() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code
            ORDER BY t.as_of DESC NULLS LAST
        ) AS age,
        (CASE t.suite WHEN '2016' THEN '9I' WHEN '2012' THEN '9C' END || substr(s.season, 3, 2)) AS annual_series
    FROM tracker AS t
    CROSS JOIN run AS s
    WHERE t.unit_code IS NOT NULL
),

covered AS (
    SELECT centre_number, qualification_code, series, max(as_of) AS as_of
    FROM report_coverage
    WHERE kind = 'unit'
    GROUP BY centre_number, qualification_code, series
),

-- one row a unit, by the latest download; achieved under one of two qualifications is achieved
placed AS (
    SELECT
        r.*,
        c.as_of >= r.achieved_by AS is_covered,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.unit_code
            ORDER BY
                CASE r.status WHEN 'result_achieved' THEN 1 WHEN 'result_not_achieved' THEN 2 ELSE 3 END ASC NULLS LAST,
                CASE WHEN c.as_of >= r.achieved_by THEN 0 ELSE 1 END ASC NULLS LAST,
                r.entry_date ASC NULLS LAST,
                r.qualification_code ASC NULLS LAST,
                r.file_id ASC NULLS LAST,
                r.line ASC NULLS LAST
        ) AS place
    FROM ranked AS r
    LEFT JOIN covered AS c
        ON c.centre_number = r.centre_number AND c.qualification_code = r.qualification_code AND c.series = r.annual_series
    WHERE r.age = 1
),

achieved AS (
    SELECT DISTINCT centre_number, person_id, unit_code
    FROM achieved_units
),

seasons_held AS (
    SELECT b.centre_number, b.person_id, b.carrier, b.kind, b.suite, b.subject, min(e.season) AS season
    FROM results_by_carrier AS b
    INNER JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM b.board AND e.series = b.series
    GROUP BY b.centre_number, b.person_id, b.carrier, b.kind, b.suite, b.subject
),

reaches AS (
    SELECT centre_number, suite, subject, min(season) AS season
    FROM seasons_held
    WHERE carrier = 'achievement' AND kind = 'unit'
    GROUP BY centre_number, suite, subject
),

-- the first season in which this centre knows a student
firsts AS (
    SELECT centre_number, person_id, min(season) AS season
    FROM (
        SELECT centre_number, person_id, season FROM seasons_held
        UNION ALL
        SELECT centre_number, person_id, season FROM entries
    ) AS known
    GROUP BY centre_number, person_id
),

beginnings AS (
    SELECT q.centre_number, q.person_id, q.suite, q.subject, min(y.season) AS season
    FROM qualification_entries AS q
    INNER JOIN seasons AS y ON q.entered_from BETWEEN y.first_day AND y.last_day
    GROUP BY q.centre_number, q.person_id, q.suite, q.subject
),

-- when the world could know of an achieving result: its release, or its own day where that is later
released AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.unit_code,
        r.grade,
        r.series,
        r.board,
        r.embargo_until,
        greatest(coalesce(CAST(d.released_to_centres + INTERVAL 1 HOUR AS DATE), r.award_date, y.last_day), r.award_date) AS known_on
    FROM unit_results AS r
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM r.board AND e.series = r.series
    LEFT JOIN seasons AS y ON y.season = e.season
    LEFT JOIN series_due AS d
        ON
            d.board IS NOT DISTINCT FROM r.board AND d.series = r.series
            AND d.window_from IS NOT DISTINCT FROM r.window_from
    WHERE
        r.grade IN ('P', 'M', 'D', 'Achieved')
        OR (r.grade = 'R' AND coalesce(r.assessment, 'examined') = 'examined' AND coalesce(r.level, 3) = 3)
),

first_released AS (
    SELECT
        r.*,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.unit_code
            ORDER BY r.known_on ASC NULLS LAST, r.series ASC NULLS LAST, r.grade ASC NULLS LAST
        ) AS place
    FROM released AS r
),

judged AS (
    SELECT
        p.*,
        a.person_id IS NOT NULL AS is_achieved,
        f.grade AS result_grade,
        f.series AS result_series,
        f.embargo_until AS result_embargo,
        CASE
            WHEN strpos((' ' || n.uci), (' ' || p.centre_number)) = 0 AND coalesce(k.season >= t.season, TRUE) THEN 'transferred_in'
            WHEN coalesce(made.season, b.season, '0000-00') < t.season AND NOT coalesce(h.season <= coalesce(made.season, b.season), FALSE)
                THEN 'report_may_not_reach_back'
        END AS doubt
    FROM placed AS p
    CROSS JOIN run AS t
    LEFT JOIN achieved AS a ON a.centre_number = p.centre_number AND a.person_id = p.person_id AND a.unit_code = p.unit_code
    LEFT JOIN first_released AS f
        ON
            f.place = 1 AND f.centre_number = p.centre_number AND f.person_id = p.person_id
            AND f.unit_code = p.unit_code AND f.known_on < p.as_of
    LEFT JOIN candidates AS n ON n.centre_number = p.centre_number AND n.person_id = p.person_id
    LEFT JOIN firsts AS k ON k.centre_number = p.centre_number AND k.person_id = p.person_id
    LEFT JOIN seasons AS made ON p.entry_date BETWEEN made.first_day AND made.last_day
    LEFT JOIN beginnings AS b
        ON b.centre_number = p.centre_number AND b.person_id = p.person_id AND b.suite = p.suite AND b.subject = p.subject
    LEFT JOIN reaches AS h ON h.centre_number = p.centre_number AND h.suite = p.suite AND h.subject = p.subject
    WHERE p.place = 1 AND (
        (p.status = 'result_achieved' AND p.is_covered)
        OR (p.status = 'result_not_achieved' AND f.unit_code IS NOT NULL)
    )
)

SELECT
    j.centre_number,
    j.person_id,
    '72' AS board,
    j.subject,
    j.unit_code,
    u.option_code,
    CASE WHEN j.status = 'result_achieved' THEN 'a result that achieves it' ELSE 'Result achieved' END AS expected,
    CASE
        WHEN j.status = 'result_achieved'
            THEN ('Result achieved on the tracker of ' || CAST(j.as_of AS VARCHAR) || ', and in no file or report here')
        ELSE (
            'Result not achieved on the tracker of ' || CAST(j.as_of AS VARCHAR)
            || ', though the result of ' || j.result_series || ' is ' || j.result_grade
        )
    END AS found,
    CASE
        WHEN j.status = 'result_not_achieved' THEN 'result_is_there'
        ELSE coalesce(j.doubt, 'no_result')
    END AS cause,
    CASE WHEN j.status = 'result_achieved' AND j.doubt IS NOT NULL THEN 'info' END AS severity,
    CASE WHEN j.status = 'result_achieved' AND j.doubt IS NOT NULL THEN 'centre' END AS owner,
    j.file_id,
    j.line,
    j.result_embargo AS embargo_until,
    (j.status = 'result_not_achieved' OR NOT j.is_achieved) AS speaks
FROM judged AS j
LEFT JOIN units AS u ON u.unit_code = j.unit_code;

/* cases
achieved on the tracker, in no carrier, though the report shows the qualification's units of this season: reported
  tracker         | centre_number | person_id | qualification_code | unit_code | suite | subject | status          | entry_date | as_of      | file_id | line
                  | 99999         | p1        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23 | t       | 2
                  | 99999         | p2        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23 | t       | 3
                  | 99999         | p3        | 05838              | 05838/17  | 2016  | IT      | claim_submitted | 2025-10-04 | 2026-07-23 | t       | 4
                  | 99999         | p4        | 05839              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23 | t       | 5
                  | 99999         | p5        | 05347              | 05347/10  | 2012  | IT      | result_achieved | 2025-10-04 | 2026-07-23 | t       | 6
  report_coverage | centre_number | kind          | qualification_code | series | as_of
                  | 99999         | unit          | 05838              | 9I25   | 2026-08-10
                  | 99999         | unit          | 05839              | 6E26   | 2026-08-10
                  | 99999         | qualification | 05839              | 9I25   | 2026-08-10
                  | 99999         | unit          | 05839              | 9I24   | 2026-08-10
                  | 99998         | unit          | 05839              | 9I25   | 2026-08-10
                  | 99999         | unit          | 05347              | 9C25   | 2026-08-10
  achieved_units  | centre_number | person_id | unit_code | season
                  | 99999         | p2        | 05838/17  | 2024-25
  speaks          | key               | severity | owner | unit_code | option_code | qualification_code | found                                             | cause     | file_id | line
                  | 99999·p1·05838/17 | warning  | board | 05838/17  | 583817      |                    | Result achieved on the tracker of 2026-07-23, and in no file or report here | no_result | t       | 2
                  | 99999·p5·05347/10 | warning  | board | 05347/10  | 534710      |                    | Result achieved on the tracker of 2026-07-23, and in no file or report here | no_result | t       | 6
  looked_at = 3

the report has to speak of the day on which the tracker first says achieved, or of a later one
  tracker         | centre_number | person_id | qualification_code | unit_code | suite | status          | entry_date | as_of      | file_id
                  | 99999         | p1        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-20 | t
                  | 99999         | p2        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-21 | t
                  | 99999         | p3        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-01 | s
                  | 99999         | p3        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-21 | t
                  | 99999         | p4        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 |            | u
  report_coverage | centre_number | kind | qualification_code | series | as_of
                  | 99999         | unit | 05838              | 9I25   | 2026-07-20
  speaks          | person_id
                  | p1
                  | p3
  looked_at = 2

whoever began in an earlier year: a warning where the report holds units of that year, else to be known
  series_seen        | board | series | season
                     | 72    | 9I24   | 2024-25
                     | 72    | 9I25   | 2025-26
  tracker            | centre_number | person_id | qualification_code | unit_code | suite | subject  | status          | entry_date | as_of
                     | 99999         | p1        | 05838              | 05838/17  | 2016  | IT       | result_achieved | 2024-10-04 | 2026-07-23
                     | 99999         | p2        | 05838              | 05838/17  | 2016  | IT       | result_achieved | 2023-10-04 | 2026-07-23
                     | 99999         | p3        | 05834              | 05834/17  | 2016  | Business | result_achieved | 2024-10-04 | 2026-07-23
                     | 99999         | p4        | 05834              | 05834/17  | 2016  | Business | result_achieved |            | 2026-07-23
                     | 99999         | p5        | 05834              | 05834/17  | 2016  | Business | result_achieved |            | 2026-07-23
  qualification_entries | centre_number | person_id | qualification_code | suite | subject  | entered_from
                     | 99999         | p5        | 05834              | 2016  | Business | 2025-09-01
  report_coverage    | centre_number | kind | qualification_code | series | as_of
                     | 99999         | unit | 05838              | 9I25   | 2026-08-10
                     | 99999         | unit | 05834              | 9I25   | 2026-08-10
  results_by_carrier | centre_number | person_id | carrier     | kind | board | series | suite | subject  | is_technical
                     | 99999         | p8        | achievement | unit | 72    | 9I24   | 2016  | IT       | true
                     | 99999         | p8        | achievement | unit | 72    | 9I25   | 2016  | Business | true
                     | 99999         | p8        | edi         | unit | 72    | 9I24   | 2016  | Business | true
  speaks             | person_id | severity | owner  | cause
                     | p1        | warning  | board  | no_result
                     | p2        | info     | centre | report_may_not_reach_back
                     | p3        | info     | centre | report_may_not_reach_back
                     | p4        | info     | centre | report_may_not_reach_back
                     | p5        | warning  | board  | no_result

whoever has another centre's UCI, and is new here, may have brought the unit along
  series_seen     | board | series | season
                  | 72    | 9I24   | 2024-25
  tracker         | centre_number | person_id | qualification_code | unit_code | suite | status          | entry_date | as_of
                  | 99999         | p1        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-23
                  | 99999         | p2        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-23
                  | 99999         | p3        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-23
                  | 99999         | p4        | 05838              | 05838/17  | 2016  | result_achieved | 2025-10-04 | 2026-07-23
  candidates      | centre_number | person_id | uci
                  | 99999         | p1        | 999980250001R
                  | 99999         | p2        | 999980250002Y
                  | 99999         | p3        | 999980250003T 999990250003T
                  | 99999         | p4        |
  entries         | centre_number | person_id | season
                  | 99999         | p1        | 2025-26
                  | 99999         | p2        | 2024-25
  report_coverage | centre_number | kind | qualification_code | series | as_of
                  | 99999         | unit | 05838              | 9I25   | 2026-08-10
  speaks          | person_id | severity | cause
                  | p1        | info     | transferred_in
                  | p2        | warning  | no_result
                  | p3        | warning  | no_result
                  | p4        | warning  | no_result

not achieved on the tracker of a day after the release, and a result achieves it: reported
  as_of = 2026-08-21T08:30:00+01:00
  series_seen    | board | series | season
                 | 72    | 6E26   | 2025-26
                 | 72    | 6E25   | 2024-25
  series_due     | board | series | window_from | released_to_centres
                 | 72    | 6E26   |             | 2026-08-10T08:00:00+01:00
                 | 72    | 6E25   |             | 2025-08-11T08:00:00+01:00
  tracker        | centre_number | person_id | qualification_code | unit_code | suite | status              | as_of      | file_id | line
                 | 99999         | p1        | 05838              | 05838/01  | 2016  | result_not_achieved | 2026-08-20 | t       | 2
                 | 99999         | p2        | 05838              | 05838/01  | 2016  | result_not_achieved | 2026-08-10 | t       | 3
                 | 99999         | p3        | 05838              | 05838/01  | 2016  | result_not_achieved | 2026-08-11 | t       | 4
                 | 99999         | p4        | 05838              | 05838/01  | 2016  | result_not_achieved | 2026-07-23 | t       | 5
                 | 99999         | p5        | 05838              | 05838/01  | 2016  | result_not_achieved | 2026-08-20 | t       | 6
                 | 99999         | p6        | 05838              | 05838/01  | 2016  | entered             | 2026-08-20 | t       | 7
  unit_results   | centre_number | person_id | board | series | unit_code | assessment | level | grade
                 | 99999         | p1        | 72    | 6E26   | 05838/01  | examined   | 3     | R
                 | 99999         | p2        | 72    | 6E26   | 05838/01  | examined   | 3     | P
                 | 99999         | p3        | 72    | 6E26   | 05838/01  | examined   | 3     | P
                 | 99999         | p4        | 72    | 6E25   | 05838/01  | examined   | 3     | P
                 | 99999         | p4        | 72    | 6E26   | 05838/01  | examined   | 3     | U
                 | 99999         | p5        | 72    | 6E26   | 05838/01  | examined   | 3     | U
                 | 99999         | p6        | 72    | 6E26   | 05838/01  | examined   | 3     | P
  achieved_units | centre_number | person_id | unit_code
                 | 99999         | p1        | 05838/01
                 | 99999         | p2        | 05838/01
                 | 99999         | p3        | 05838/01
                 | 99999         | p4        | 05838/01
                 | 99999         | p6        | 05838/01
  speaks         | person_id | severity | owner | unit_code | found                                                 | expected                       | cause           | file_id | line
                 | p1        | warning  | board | 05838/01  | Result not achieved on the tracker of 2026-08-20, though the result of 6E26 is R | Result achieved | result_is_there | t       | 2
                 | p3        | warning  | board | 05838/01  | Result not achieved on the tracker of 2026-08-11, though the result of 6E26 is P | Result achieved | result_is_there | t       | 4
                 | p4        | warning  | board | 05838/01  | Result not achieved on the tracker of 2026-07-23, though the result of 6E25 is P | Result achieved | result_is_there | t       | 5
  looked_at = 3

an award outside every window of the calendar is known from its own day; one that nobody dates, from the year's end
  series_seen    | board | series | season
                 | 72    | 9I25   | 2025-26
  tracker        | centre_number | person_id | unit_code | suite | status              | as_of
                 | 99999         | p1        | 05838/17  | 2016  | result_not_achieved | 2026-02-11
                 | 99999         | p2        | 05838/17  | 2016  | result_not_achieved | 2026-02-10
                 | 99999         | p3        | 05838/17  | 2016  | result_not_achieved | 2026-07-23
  unit_results   | centre_number | person_id | board | series | unit_code | assessment | grade | window_from | award_date
                 | 99999         | p1        | 72    | 9I25   | 05838/17  | moderated  | P     | 2025-09-01  | 2026-02-10
                 | 99999         | p2        | 72    | 9I25   | 05838/17  | moderated  | P     | 2025-09-01  | 2026-02-10
                 | 99999         | p3        | 72    | 9I25   | 05838/17  | moderated  | P     |             |
  achieved_units | centre_number | person_id | unit_code
                 | 99999         | p1        | 05838/17
                 | 99999         | p2        | 05838/17
                 | 99999         | p3        | 05838/17
  speaks         | person_id
                 | p1

achieved under one of two qualifications or numbers is achieved; the latest download counts
  as_of = 2026-08-21T08:30:00+01:00
  series_seen     | board | series | season
                  | 72    | 6E25   | 2024-25
  tracker         | centre_number | person_id | qualification_code | unit_code | suite | status              | entry_date | as_of      | line
                  | 99999         | p1        | 05838              | 05838/01  | 2016  | result_not_achieved | 2025-10-04 | 2026-08-20 | 2
                  | 99999         | p1        | 05839              | 05838/01  | 2016  | result_achieved     | 2025-10-04 | 2026-08-20 | 3
                  | 99999         | p2        | 05838              | 05838/01  | 2016  | result_not_achieved | 2025-10-04 | 2026-02-20 | 4
                  | 99999         | p2        | 05838              | 05838/01  | 2016  | result_achieved     | 2025-10-04 | 2026-08-20 | 5
  unit_results    | centre_number | person_id | board | series | unit_code | assessment | level | grade | award_date
                  | 99999         | p1        | 72    | 6E25   | 05838/01  | examined   | 3     | P     | 2025-08-11
                  | 99999         | p2        | 72    | 6E25   | 05838/01  | examined   | 3     | P     | 2025-08-11
  achieved_units  | centre_number | person_id | unit_code
                  | 99999         | p1        | 05838/01
                  | 99999         | p2        | 05838/01
  report_coverage | centre_number | kind | qualification_code | series | as_of
                  | 99999         | unit | 05839              | 9I25   | 2026-08-21
                  | 99999         | unit | 05838              | 9I25   | 2026-08-21
  speaks nothing
  looked_at = 2

each unit is judged by its own rows, downloads, coverage and results, and a summary row is no unit
  tracker         | centre_number | person_id | qualification_code | unit_code | suite | status              | entry_date | as_of      | line
                  | 99999         | p1        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | 2
                  | 99999         | p1        | 05838              | 05838/15  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | 3
                  | 99999         | p1        | 05838              | 05838/16  | 2016  | result_achieved     | 2025-10-04 | 2026-02-01 | 4
                  | 99999         | p1        | 05838              |           | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | 5
                  | 99999         | p2        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-23 | 6
                  | 99999         | p2        | 05838              | 05838/15  | 2016  | result_achieved     | 2025-10-04 | 2026-07-01 | 7
                  | 99999         | p3        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | 8
                  | 99999         | p3        | 05838              | 05838/15  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | 9
                  | 99999         | p4        | 05838              | 05838/17  | 2016  | result_not_achieved | 2025-10-04 | 2026-07-15 | 10
                  | 99999         | p4        | 05838              | 05838/15  | 2016  | result_not_achieved | 2025-10-04 | 2026-07-15 | 11
                  | 99999         | p4        | 05838              | 05838/16  | 2016  | result_not_achieved | 2025-10-04 | 2026-07-15 | 12
                  | 99999         | p5        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-01 | 13
                  | 99999         | p5        | 05838              | 05838/17  | 2016  | claim_submitted     | 2025-10-04 | 2026-07-15 | 14
                  | 99999         | p6        | 05347              | 05347/10  | 2012  | result_achieved     | 2025-10-04 | 2026-07-15 | 15
                  | 99999         | p7        | 05838              | 09901/01  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | 16
  report_coverage | centre_number | kind | qualification_code | series | window_from | as_of
                  | 99999         | unit | 05838              | 9I25   | 2025-09-01  | 2026-06-30
                  | 99999         | unit | 05838              | 9I25   | 2026-07-01  | 2026-07-20
                  | 99999         | unit | 05347              | 9I25   | 2026-07-01  | 2026-07-20
  unit_results    | centre_number | person_id | unit_code | series | grade | award_date
                  | 99999         | p4        | 05838/15  | 9I25   | P     | 2026-02-10
                  | 99999         | p4        | 05838/16  | 9I25   | P     | 2026-02-10
  achieved_units  | centre_number | person_id | unit_code | season
                  | 99999         | p3        | 05838/15  | 2024-25
                  | 99999         | p3        | 05838/15  | 2025-26
                  | 99999         | p4        | 05838/15  | 2025-26
                  | 99999         | p4        | 05838/16  | 2025-26
  speaks          | person_id | unit_code | option_code | cause           | line
                  | p1        | 05838/17  | 583817      | no_result       | 2
                  | p1        | 05838/15  | 583815      | no_result       | 3
                  | p1        | 05838/16  | 583816      | no_result       | 4
                  | p2        | 05838/15  | 583815      | no_result       | 7
                  | p3        | 05838/17  | 583817      | no_result       | 8
                  | p4        | 05838/15  | 583815      | result_is_there | 11
                  | p4        | 05838/16  | 583816      | result_is_there | 12
                  | p7        | 09901/01  |             | no_result       | 16
  looked_at = 9

of one day's rows the achieved one counts, then the one the report covers, the earlier entry, the lesser qualification, file and line
  tracker         | centre_number | person_id | qualification_code | unit_code | suite | status              | entry_date | as_of      | file_id | line
                  | 99999         | p1        | 05838              | 05838/17  | 2016  | claim_submitted     | 2025-10-04 | 2026-07-15 | a       | 1
                  | 99999         | p1        | 05839              | 05838/17  | 2016  | result_not_achieved | 2025-10-04 | 2026-07-15 | b       | 2
                  | 99999         | p2        | 05834              | 05838/17  | 2016  | result_achieved     | 2024-10-04 | 2026-07-15 | a       | 3
                  | 99999         | p2        | 05839              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | b       | 4
                  | 99999         | p3        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | a       | 5
                  | 99999         | p3        | 05839              | 05838/17  | 2016  | result_achieved     | 2024-10-04 | 2026-07-15 | b       | 6
                  | 99999         | p4        | 05839              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | a       | 7
                  | 99999         | p4        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | b       | 8
                  | 99999         | p5        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | b       | 9
                  | 99999         | p5        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | a       | 11
                  | 99999         | p5        | 05838              | 05838/17  | 2016  | result_achieved     | 2025-10-04 | 2026-07-15 | a       | 10
  report_coverage | centre_number | kind | qualification_code | series | as_of
                  | 99999         | unit | 05838              | 9I25   | 2026-07-15
                  | 99999         | unit | 05839              | 9I25   | 2026-07-15
                  | 99999         | unit | 05834              | 9I25   | 2026-07-14
  unit_results    | centre_number | person_id | unit_code | series | grade | award_date
                  | 99999         | p1        | 05838/17  | 9I25   | P     | 2026-02-10
  achieved_units  | centre_number | person_id | unit_code
                  | 99999         | p1        | 05838/17
  speaks          | person_id | cause                     | file_id | line
                  | p1        | result_is_there           | b       | 2
                  | p2        | no_result                 | b       | 4
                  | p3        | report_may_not_reach_back | b       | 6
                  | p4        | no_result                 | b       | 8
                  | p5        | no_result                 | a       | 10
  looked_at = 5

how far a report reaches back is asked of its own centre, suite and subject, and of its units; who began when, of the entries in these
  series_seen           | board | series | season
                        | 72    | 9I23   | 2023-24
                        | 72    | 9I24   | 2024-25
                        | 72    | 9I25   | 2025-26
                        | 72    | 9C23   | 2023-24
  tracker               | centre_number | person_id | qualification_code | unit_code | suite | subject | status          | entry_date | as_of
                        | 99999         | p1        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2024-10-04 | 2026-07-23
                        | 99999         | p2        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2023-10-04 | 2026-07-23
                        | 99999         | p3        | 05838              | 05838/17  | 2016  | IT      | result_achieved |            | 2026-07-23
                        | 99999         | p4        | 05838              | 05838/17  | 2016  | IT      | result_achieved |            | 2026-07-23
                        | 99999         | p5        | 05838              | 05838/17  | 2016  | IT      | result_achieved |            | 2026-07-23
  qualification_entries | centre_number | person_id | qualification_code | suite | subject  | entered_from
                        | 99999         | p3        | 05838              | 2016  | IT       | 2024-09-01
                        | 99999         | p4        | 05838              | 2016  | IT       | 2025-09-01
                        | 99999         | p4        | 05839              | 2016  | IT       | 2023-09-01
                        | 99999         | p5        | 05838              | 2016  | IT       | 2025-09-01
                        | 99999         | p5        | 05346              | 2012  | IT       | 2023-09-01
                        | 99999         | p5        | 05834              | 2016  | Business | 2023-09-01
  report_coverage       | centre_number | kind | qualification_code | series | as_of
                        | 99999         | unit | 05838              | 9I25   | 2026-08-10
  results_by_carrier    | centre_number | person_id | carrier     | kind          | board | series | suite | subject  | is_technical
                        | 99999         | p7        | achievement | unit          | 72    | 9I24   | 2016  | IT       | true
                        | 99999         | p7        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true
                        | 99999         | p8        | achievement | unit          | 72    | 9I25   | 2016  | IT       | true
                        | 99999         | p8        | achievement | qualification | 72    | 9I23   | 2016  | IT       | true
                        | 99999         | p8        | achievement | unit          | 72    | 9C23   | 2012  | IT       | true
                        | 99999         | p8        | achievement | unit          | 72    | 9I23   | 2016  | Business | true
                        | 99998         | p9        | achievement | unit          | 72    | 9I23   | 2016  | IT       | true
  speaks                | person_id | cause
                        | p1        | no_result
                        | p2        | report_may_not_reach_back
                        | p3        | no_result
                        | p4        | report_may_not_reach_back
                        | p5        | no_result
  looked_at = 5

new here is whom no entry and no result, of whichever board, places here in an earlier year
  series_seen        | board | series | season
                     | 72    | 9I24   | 2024-25
                     |       | 6A25   | 2024-25
  tracker            | centre_number | person_id | qualification_code | unit_code | suite | subject | status          | entry_date | as_of
                     | 99999         | p1        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23
                     | 99999         | p2        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23
                     | 99999         | p3        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23
                     | 99999         | p4        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23
                     | 99999         | p5        | 05838              | 05838/17  | 2016  | IT      | result_achieved | 2025-10-04 | 2026-07-23
  candidates         | centre_number | person_id | uci
                     | 99999         | p1        | 999980250001R
                     | 99999         | p2        | 999980250002Y
                     | 99999         | p3        | 999980250003T
                     | 99999         | p4        | 999980250004A
                     | 99999         | p5        | 999980250005B
  entries            | centre_number | person_id | season
                     | 99999         | p2        | 2024-25
                     | 99999         | p2        | 2025-26
                     | 99999         | p5        |
  results_by_carrier | centre_number | person_id | carrier | kind          | board | series | suite | subject | is_technical
                     | 99999         | p3        | edi     | unit          | 72    | 9I24   | 2016  | IT      | true
                     | 99999         | p4        | edi     | qualification |       | 6A25   |       |         | false
  report_coverage    | centre_number | kind | qualification_code | series | as_of
                     | 99999         | unit | 05838              | 9I25   | 2026-08-10
  speaks             | person_id | severity | cause
                     | p1        | info     | transferred_in
                     | p2        | warning  | no_result
                     | p3        | warning  | no_result
                     | p4        | warning  | no_result
                     | p5        | info     | transferred_in

a result is known from its own board's release of its own series and window, and of several the one known first is told
  as_of = 2026-08-21T08:30:00+01:00
  series_seen    | board | series | season
                 | 72    | 9I25   | 2025-26
                 | 72    | 9I24   | 2024-25
                 |       | 9I24   | 2024-25
                 | 10    | 9I25   | 2025-26
                 | 72    | 6E25   | 2024-25
  series_due     | board | series | window_from | released_to_centres
                 | 72    | 9I25   | 2026-07-01  | 2026-08-10T08:00:00+01:00
                 | 72    | 9I25   | 2026-08-01  | 2026-08-17T08:00:00+01:00
                 | 10    | 9I25   | 2026-08-01  | 2026-08-10T08:00:00+01:00
                 | 72    | 9I24   | 2026-08-01  | 2025-08-11T08:00:00+01:00
                 | 72    | 9I24   | 2025-07-01  | 2025-08-11T08:00:00+01:00
                 | 72    | 9I24   | 2025-08-01  | 2025-08-11T08:00:00+01:00
                 | 72    | 6E25   |             | 2025-08-11T08:00:00+01:00
                 |       | 9I25   | 2026-07-01  | 2026-08-17T08:00:00+01:00
  tracker        | centre_number | person_id | unit_code | suite | status              | as_of
                 | 99999         | p1        | 05838/17  | 2016  | result_not_achieved | 2026-08-15
                 | 99999         | p2        | 05838/17  | 2016  | result_not_achieved | 2026-08-15
                 | 99999         | p3        | 05838/17  | 2016  | result_not_achieved | 2026-07-23
                 | 99999         | p4        | 05838/17  | 2016  | result_not_achieved | 2026-07-23
                 | 99999         | p5        | 05838/17  | 2016  | result_not_achieved | 2026-07-23
                 | 99999         | p6        | 05838/17  | 2016  | result_not_achieved | 2026-08-20
                 | 99999         | p7        | 05838/17  | 2016  | result_not_achieved | 2026-08-20
                 | 99999         | p8        | 05838/17  | 2016  | result_not_achieved | 2026-08-15
                 | 99999         | p9        | 05838/17  | 2016  | result_not_achieved | 2026-08-15
                 | 99999         | pa        | 05838/17  | 2016  | result_not_achieved | 2026-08-20
  unit_results   | centre_number | person_id | board | series | unit_code | assessment | grade | window_from | award_date | embargo_until
                 | 99999         | p1        | 72    | 9I25   | 05838/17  | moderated  | P     | 2026-07-01  | 2026-07-09 | 2026-08-22 07:00:00+00
                 | 99999         | p2        | 72    | 9I25   | 05838/17  | moderated  | P     | 2026-08-01  | 2026-08-03 |
                 | 99999         | p3        | 72    | 9I25   | 05838/17  | moderated  | P     |             |            |
                 | 99999         | p4        | 72    | 9I24   | 05838/17  | moderated  | P     |             |            |
                 | 99999         | p5        |       | 9I24   | 05838/17  | moderated  | P     |             |            |
                 | 99999         | p6        | 72    | 9I25   | 05838/17  | moderated  | P     | 2026-07-01  | 2026-07-09 |
                 | 99999         | p6        | 72    | 9I24   | 05838/17  | moderated  | M     | 2025-07-01  | 2025-07-09 |
                 | 99999         | p6        | 72    | 9I25   | 05838/17  | moderated  | D     | 2025-09-01  | 2025-10-09 |
                 | 99999         | p7        | 72    | 9I24   | 05838/17  | moderated  | D     | 2025-07-01  |            |
                 | 99999         | p7        | 72    | 6E25   | 05838/17  | moderated  | P     |             |            |
                 | 99999         | p8        |       | 9I25   | 05838/17  | moderated  | P     | 2026-07-01  | 2026-07-09 |
                 | 99999         | p9        | 72    | 9I26   | 05838/17  | moderated  | P     |             | 2026-07-09 |
                 | 99999         | pa        | 72    | 9I24   | 05838/17  | moderated  | P     | 2025-07-01  |            |
                 | 99999         | pa        | 72    | 9I24   | 05838/17  | moderated  | M     | 2025-08-01  |            |
  achieved_units | centre_number | person_id | unit_code
                 | 99999         | p1        | 05838/17
                 | 99999         | p2        | 05838/17
                 | 99999         | p3        | 05838/17
                 | 99999         | p4        | 05838/17
                 | 99999         | p5        | 05838/17
                 | 99999         | p6        | 05838/17
                 | 99999         | p7        | 05838/17
                 | 99999         | p8        | 05838/17
                 | 99999         | p9        | 05838/17
                 | 99999         | pa        | 05838/17
  speaks         | person_id | found                                                                            | embargo_until
                 | p1        | Result not achieved on the tracker of 2026-08-15, though the result of 9I25 is P | 2026-08-22 07:00:00+00
                 | p4        | Result not achieved on the tracker of 2026-07-23, though the result of 9I24 is P |
                 | p5        | Result not achieved on the tracker of 2026-07-23, though the result of 9I24 is P |
                 | p6        | Result not achieved on the tracker of 2026-08-20, though the result of 9I24 is M |
                 | p7        | Result not achieved on the tracker of 2026-08-20, though the result of 6E25 is P |
                 | p9        | Result not achieved on the tracker of 2026-08-15, though the result of 9I26 is P |
                 | pa        | Result not achieved on the tracker of 2026-08-20, though the result of 9I24 is M |
  looked_at = 7

a failing result of before achieves nothing, nor does a near pass but in an examined unit of Level 3
  series_seen  | board | series | season
               | 72    | 6E25   | 2024-25
  tracker      | centre_number | person_id | unit_code | suite | status              | as_of
               | 99999         | p1        | 05838/01  | 2016  | result_not_achieved | 2026-07-23
               | 99999         | p2        | 05830/01  | 2016  | result_not_achieved | 2026-07-23
               | 99999         | p3        | 05838/17  | 2016  | result_not_achieved | 2026-07-23
               | 99999         | p4        | 05838/01  | 2016  | result_not_achieved | 2026-07-23
  unit_results | centre_number | person_id | board | series | unit_code | assessment | level | grade
               | 99999         | p1        | 72    | 6E25   | 05838/01  | examined   | 3     | U
               | 99999         | p2        | 72    | 6E25   | 05830/01  | examined   | 2     | R
               | 99999         | p3        | 72    | 6E25   | 05838/17  | moderated  | 3     | R
               | 99999         | p4        | 72    | 6E25   | 05838/01  |            |       | R
  speaks       | person_id | found
               | p4        | Result not achieved on the tracker of 2026-07-23, though the result of 6E25 is R
  looked_at = 1
*/
