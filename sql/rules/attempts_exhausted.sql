/*
severity = "error"
owner = "centre"
summary = "A student has used every attempt at an examined unit and has not achieved it."
message = "{item}: {found}, {expected}."
action = """
1. Count again on Interchange > Cambridge Technicals > Results documents, candidate achievement report, from the day the student began; an absence is no attempt.
2. Withdraw any further entry for this unit: it would be one too many.
3. Ask the teacher at once about a review of the last paper, before its deadline: it is the only way left to a better grade.
4. Mandatory for the qualification entered: without the unit there is no award. Look for another size or level that does without it, and move the entry.
5. Not mandatory: choose another unit in its place.
6. In doubt ring Customer Support, 01223 553998."""
why = "The entry includes a fixed number of attempts at each examined unit: the first sitting and its resits, in whichever series and under whichever number."
source = "Awarding body rules on entries for Cambridge Technicals: attempts at examined units, absences not counted; attempts.csv"
population = "examined units with a maximum of attempts at which a student has made one"
reads = ["unit_results", "achieved_units", "tracker", "entries", "units", "attempts", "qualification_entries", "qualification_results", "combinations", "coverage", "qualifications", "series", "series_seen", "seasons", "release_calendar", "run"]
needs = ["edi", "marks", "achievement"]
key = ["person", "unit"]
follows_from = []
confidence = "documented"
wording = ["No attempts left", "Resits used up", "Unclassified for want of a mandatory unit"]
where = ["Interchange > Cambridge Technicals > Results documents > examined marks report", "Interchange > Post results > Missing and incomplete results"]
*/
-- the tracker names no series: its absence belongs to the latest one entered, as far as it could know that day
WITH tracked AS (
    SELECT
        t.centre_number,
        t.person_id,
        t.unit_code,
        t.status,
        t.as_of,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code
            ORDER BY
                t.as_of DESC NULLS LAST,
                CASE t.status WHEN 'result_achieved' THEN 1 WHEN 'absent' THEN 2 ELSE 3 END ASC NULLS LAST,
                t.file_id ASC NULLS LAST,
                t.line ASC NULLS LAST
        ) AS place
    FROM tracker AS t
),

taken AS (
    SELECT centre_number, person_id, unit_code, series
    FROM unit_results
    WHERE assessment = 'examined'
    UNION
    SELECT centre_number, person_id, unit_code, series
    FROM entries
    WHERE NOT withdrawn
),

absences AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.unit_code,
        max(substr(s.series, 3, 2) || substr(s.series, 1, 1)) AS moment
    FROM taken AS s
    INNER JOIN tracked AS t
        ON
            t.place = 1 AND t.status = 'absent' AND t.centre_number = s.centre_number AND t.person_id = s.person_id
            AND t.unit_code = s.unit_code
    WHERE
        (substr(s.series, 3, 2) || substr(s.series, 1, 1)) <= (
            substr(CAST(t.as_of AS VARCHAR), 3, 2)
            || CASE substr(CAST(t.as_of AS VARCHAR), 6, 2)
                WHEN '10' THEN 'A' WHEN '11' THEN 'B' WHEN '12' THEN 'C' ELSE substr(CAST(t.as_of AS VARCHAR), 7, 1)
            END
        )
    GROUP BY s.centre_number, s.person_id, s.unit_code
),

-- X is no sitting, Q may still achieve the unit; a mark without a grade was sat for
sittings AS (
    SELECT
        u.centre_number,
        u.person_id,
        u.unit_code,
        u.series,
        u.window_from,
        max(u.board) AS board,
        max(u.option_code) AS option_code,
        max(u.suite) AS suite,
        max(u.level) AS level,
        max(u.subject) AS subject,
        coalesce(max(u.grade), 'no grade') AS grade,
        max(u.embargo_until) AS embargo_until
    FROM unit_results AS u
    LEFT JOIN absences AS a
        ON
            a.centre_number = u.centre_number AND a.person_id = u.person_id AND a.unit_code = u.unit_code
            AND a.moment = (substr(u.series, 3, 2) || substr(u.series, 1, 1))
            AND coalesce(u.final_mark, 0) = 0
    WHERE
        u.assessment = 'examined'
        AND u.unit_code IS NOT NULL
        AND NOT coalesce(u.is_absent, FALSE)
        AND a.person_id IS NULL
        AND (u.grade NOT IN ('X', 'Q') OR (u.grade IS NULL AND u.final_mark IS NOT NULL))
    GROUP BY u.centre_number, u.person_id, u.unit_code, u.series, u.window_from
),

ordered AS (
    SELECT
        s.*,
        e.season,
        (s.grade || ' in ' || coalesce(s.series, 'a series unknown')) AS words,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code
            ORDER BY
                substr(s.series, 3, 2) ASC NULLS FIRST,
                s.series ASC NULLS FIRST,
                s.window_from ASC NULLS FIRST
        ) AS number
    FROM sittings AS s
    LEFT JOIN series_seen AS e ON e.board = s.board AND e.series = s.series
),

counted AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        count(*) AS sat,
        max(board) AS board,
        max(option_code) AS option_code,
        max(suite) AS suite,
        max(level) AS level,
        max(subject) AS subject,
        max(season) AS last_season,
        min(season) AS first_season,
        max(embargo_until) AS embargo_until,
        concat_ws(
            ', ',
            max(CASE WHEN number = 1 THEN words END),
            max(CASE WHEN number = 2 THEN words END),
            max(CASE WHEN number = 3 THEN words END),
            max(CASE WHEN number = 4 THEN words END),
            max(CASE WHEN number = 5 THEN words END)
        ) AS words
    FROM ordered
    GROUP BY centre_number, person_id, unit_code
),

limited AS (
    SELECT c.*, m.maximum_attempts, m.confidence AS maximum_confidence
    FROM counted AS c
    INNER JOIN attempts AS m ON m.suite = c.suite AND m.level = c.level AND m.assessment = 'examined'
),

achieved AS (
    SELECT centre_number, person_id, unit_code
    FROM achieved_units
    UNION
    SELECT centre_number, person_id, unit_code
    FROM tracked
    WHERE status = 'result_achieved'
),

awarded AS (
    SELECT centre_number, person_id, qualification_code
    FROM qualification_results
    WHERE grade NOT IN ('X', 'Q', 'U')
),

-- in each subject and level, whether anything still depends on its units; the season of the earliest entry bounds the attempts there can be
courses AS (
    SELECT
        q.centre_number,
        q.person_id,
        q.suite,
        q.level,
        q.subject,
        min(y.season) AS first_season,
        max(CASE WHEN q.is_live AND w.person_id IS NULL THEN 1 ELSE 0 END) AS is_open,
        max(CASE WHEN q.is_live AND w.person_id IS NULL THEN coalesce(q.expected_season, r.season) END) AS expected_season
    FROM qualification_entries AS q
    CROSS JOIN run AS r
    LEFT JOIN seasons AS y ON q.entered_from BETWEEN y.first_day AND y.last_day
    LEFT JOIN awarded AS w
        ON w.centre_number = q.centre_number AND w.person_id = q.person_id AND w.qualification_code = q.qualification_code
    GROUP BY q.centre_number, q.person_id, q.suite, q.level, q.subject
),

mandatory AS (
    SELECT
        q.centre_number,
        q.person_id,
        k.unit_code,
        q.qualification_code,
        k.confidence,
        row_number() OVER (
            PARTITION BY q.centre_number, q.person_id, k.unit_code
            ORDER BY CASE k.confidence WHEN 'recollection' THEN 1 ELSE 0 END ASC NULLS LAST, q.qualification_code ASC NULLS LAST
        ) AS place
    FROM qualification_entries AS q
    INNER JOIN combinations AS k ON k.qualification_code = q.qualification_code AND k.requirement = 'mandatory'
    LEFT JOIN awarded AS w
        ON w.centre_number = q.centre_number AND w.person_id = q.person_id AND w.qualification_code = q.qualification_code
    WHERE q.is_live AND w.person_id IS NULL
),

-- the series there have been of examined units; what is not released yet can hold no attempt that nobody sees
held AS (
    SELECT
        s.suite,
        y.season,
        (substr(s.series_pattern, 1, 2) || substr(y.season, 6, 2)) AS series,
        max(CASE WHEN c.released_to_centres > :as_of THEN 1 ELSE 0 END) AS is_awaited
    FROM series AS s
    CROSS JOIN seasons AS y
    INNER JOIN run AS r ON y.season <= r.season
    LEFT JOIN release_calendar AS c
        ON
            c.series = (substr(s.series_pattern, 1, 2) || substr(y.season, 6, 2))
            AND strpos(('|' || c.carrier || '|'), '|edi|') > 0
    WHERE strpos(('|' || s.carries || '|'), '|examined_units|') > 0 AND s.year_is = 'exam_year'
    GROUP BY s.suite, y.season, (substr(s.series_pattern, 1, 2) || substr(y.season, 6, 2))
),

covered AS (
    SELECT DISTINCT c.centre_number, c.series, c.unit_code, q.suite, q.subject
    FROM coverage AS c
    LEFT JOIN qualifications AS q ON q.qualification_code = c.qualification_code
    WHERE c.carrier IN ('edi', 'marks', 'achievement') AND (c.carrier <> 'achievement' OR q.subject IS NOT NULL)
),

-- few have reached their maximum, so only for them is it asked which series nobody here speaks of
exhausted AS (
    SELECT
        l.*,
        least(l.first_season, e.first_season) AS from_season,
        e.person_id IS NULL AS is_not_entered,
        e.first_season IS NULL AS is_start_unknown,
        e.is_open,
        e.expected_season
    FROM limited AS l
    LEFT JOIN courses AS e
        ON
            e.centre_number = l.centre_number AND e.person_id = l.person_id AND e.suite = l.suite
            AND e.level = l.level AND e.subject = l.subject
    WHERE l.sat >= l.maximum_attempts
),

unseen AS (
    SELECT DISTINCT x.centre_number, x.person_id, x.unit_code
    FROM exhausted AS x
    INNER JOIN held AS h ON h.suite = x.suite AND h.season >= x.from_season AND h.is_awaited = 0
    LEFT JOIN (
        SELECT centre_number, unit_code AS code, suite, subject, series FROM covered
    ) AS v
        ON
            v.centre_number = x.centre_number AND v.series = h.series
            AND (v.code = x.unit_code OR (v.code IS NULL AND (v.subject IS NULL OR (v.subject = x.subject AND v.suite = x.suite))))
    WHERE v.series IS NULL
),

latest_rows AS (
    SELECT
        u.centre_number,
        u.person_id,
        u.unit_code,
        u.file_id,
        u.line,
        row_number() OVER (
            PARTITION BY u.centre_number, u.person_id, u.unit_code
            ORDER BY
                substr(u.series, 3, 2) DESC NULLS LAST,
                u.series DESC NULLS LAST,
                u.window_from DESC NULLS LAST,
                u.file_id ASC NULLS LAST,
                u.line ASC NULLS LAST
        ) AS place
    FROM unit_results AS u
    INNER JOIN exhausted AS x ON x.centre_number = u.centre_number AND x.person_id = u.person_id AND x.unit_code = u.unit_code
    WHERE NOT coalesce(u.is_absent, FALSE) AND u.grade NOT IN ('X', 'Q')
)

SELECT
    l.centre_number,
    l.person_id,
    l.board,
    l.subject,
    l.unit_code,
    coalesce(u.option_code, l.option_code) AS option_code,
    (
        'there are ' || CAST(l.maximum_attempts AS VARCHAR)
        || coalesce(', and it is mandatory for ' || m.qualification_code, '')
        || CASE WHEN m.confidence = 'recollection' OR l.maximum_confidence = 'recollection' THEN ' (check the centre handbook)' ELSE '' END
    ) AS expected,
    (
        CASE WHEN x.is_start_unknown OR n.unit_code IS NOT NULL THEN 'at least ' ELSE '' END
        || CAST(l.sat AS VARCHAR) || CASE WHEN l.sat = 1 THEN ' attempt' ELSE ' attempts' END || ' seen ('
        || l.words || CASE WHEN l.sat > 5 THEN (' and ' || CAST(l.sat - 5 AS VARCHAR) || ' more') ELSE '' END
        || ')'
    ) AS found,
    CASE WHEN m.unit_code IS NOT NULL THEN 'mandatory' ELSE 'not_mandatory' END AS cause,
    CASE WHEN m.unit_code IS NULL OR l.maximum_confidence = 'recollection' THEN 'warning' END AS severity,
    CASE WHEN l.maximum_confidence = 'recollection' THEN 'recollection' ELSE coalesce(m.confidence, l.maximum_confidence) END AS confidence,
    f.file_id,
    f.line,
    l.embargo_until,
    (
        a.unit_code IS NULL
        AND (
            -- nobody's entries are here: said while it is fresh
            (x.is_not_entered AND l.last_season >= r.season)
            -- nothing depends on it once every entry is withdrawn or awarded, or should have ended in an earlier year
            OR (x.is_open = 1 AND (x.expected_season >= r.season OR l.last_season >= r.season))
        )
    ) AS speaks
FROM limited AS l
CROSS JOIN run AS r
LEFT JOIN exhausted AS x ON x.centre_number = l.centre_number AND x.person_id = l.person_id AND x.unit_code = l.unit_code
LEFT JOIN achieved AS a ON a.centre_number = l.centre_number AND a.person_id = l.person_id AND a.unit_code = l.unit_code
LEFT JOIN mandatory AS m
    ON m.place = 1 AND m.centre_number = l.centre_number AND m.person_id = l.person_id AND m.unit_code = l.unit_code
LEFT JOIN unseen AS n ON n.centre_number = l.centre_number AND n.person_id = l.person_id AND n.unit_code = l.unit_code
LEFT JOIN latest_rows AS f
    ON f.place = 1 AND f.centre_number = l.centre_number AND f.person_id = l.person_id AND f.unit_code = l.unit_code
LEFT JOIN units AS u ON u.unit_code = l.unit_code;

/* cases
three attempts at a Level 3 unit are all there are, two at a Level 2 unit; one fewer is silent
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject | assessment | grade | file_id | line
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m       | 2
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m       | 3
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | e       | 4
                        | 99999         | p2        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m       | 5
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | e       | 6
                        | 99999         | p3        | 72    | 1E26   | 05893/01  | 589301      | 2016  | 2     | IT      | examined   | U     | m       | 7
                        | 99999         | p3        | 72    | 6E26   | 05893/01  | 589301      | 2016  | 2     | IT      | examined   | U     | e       | 8
                        | 99999         | p4        | 72    | 6E26   | 05893/01  | 589301      | 2016  | 2     | IT      | examined   | U     | e       | 9
  series_seen           | board | series | season
                        | 72    | 6E25   | 2024-25
                        | 72    | 1E26   | 2025-26
                        | 72    | 6E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p3        | 05895              | 2016  | 2     | IT      | true    | false     | 2025-09-01   | 2026-27
  combinations          | qualification_code | unit_code | requirement | confidence
                        | 05838              | 05838/01  | mandatory   | inferred
                        | 05895              | 05893/01  | optional    | inferred
  coverage              | centre_number | carrier | series | unit_code
                        | 99999         | edi     | 6E26   |
                        | 99999         | marks   | 1E26   | 05838/01
                        | 99999         | marks   | 6E25   | 05838/01
                        | 99999         | edi     | 1E25   |
                        | 99999         | marks   | 1E26   | 05893/01
  speaks                | key               | severity | owner  | unit_code | qualification_code | option_code | found                                                  | expected                                        | cause         | confidence | file_id | line
                        | 99999·p1·05838/01 | error    | centre | 05838/01  |                    | 583801      | 3 attempts seen (U in 6E25, U in 1E26, U in 6E26) | there are 3, and it is mandatory for 05838 | mandatory     | inferred   | e       | 4
                        | 99999·p3·05893/01 | warning  | centre | 05893/01  |                    | 589301      | 2 attempts seen (U in 1E26, U in 6E26)            | there are 2                                 | not_mandatory | documented | e       | 8
  looked_at = 4

an absence, X, Q and a row without grade or mark are no attempts; a mark without a grade is one
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade | final_mark | is_absent
                        | 99999         | p1        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | false
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | false
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   |       |            | true
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | X     |            | false
                        | 99999         | p2        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | false
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | true
                        | 99999         | p2        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | false
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | Q     |            | false
                        | 99999         | p3        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | false
                        | 99999         | p3        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            | false
                        | 99999         | p3        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   |       |            | false
                        | 99999         | p4        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            |
                        | 99999         | p4        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     |            |
                        | 99999         | p4        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   |       | 11         |
  series_seen           | board | series | season
                        | 72    | 6E26   | 2025-26
  speaks                | person_id | found
                        | p4        | at least 3 attempts seen (U in 6E25, U in 1E26, no grade in 6E26)
  looked_at = 4

the tracker's absence takes the latest series entered from the count, unless there is a mark, or it could not know that series
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade | final_mark
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     | 4
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     | 5
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     | 4
                        | 99999         | p2        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     | 5
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     | 6
                        | 99999         | p3        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p3        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     | 5
                        | 99999         | p3        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p4        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p4        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p4        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U     |
  tracker               | centre_number | person_id | unit_code | status | as_of
                        | 99999         | p1        | 05838/01  | absent | 2026-07-23
                        | 99999         | p2        | 05838/01  | absent | 2026-07-23
                        | 99999         | p3        | 05838/01  | absent | 2026-02-20
                        | 99999         | p4        | 05838/01  | absent | 2026-07-23
  entries               | centre_number | person_id | kind | unit_code | series | withdrawn
                        | 99999         | p4        | unit | 05838/01  | 6E26   | false
  series_seen           | board | series | season
                        | 72    | 1E26   | 2025-26
                        | 72    | 6E26   | 2025-26
  speaks                | person_id
                        | p2
                        | p3
                        | p4

achieved in any series, by a near pass, or on the tracker: silent
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | R
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
  achieved_units        | centre_number | person_id | unit_code
                        | 99999         | p1        | 05838/01
  tracker               | centre_number | person_id | unit_code | status          | as_of
                        | 99999         | p2        | 05838/01  | result_achieved | 2026-06-01
                        | 99999         | p2        | 05838/01  | absent          | 2026-07-23
  series_seen           | board | series | season
                        | 72    | 6E26   | 2025-26
  speaks nothing
  looked_at = 2

moderated units have no maximum, nor has a unit of which level or suite is unknown
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade | window_from
                        | 99999         | p1        | 72    | 9I24   | 05838/17  | 2016  | 3     | IT      | moderated  | U     | 2025-07-01
                        | 99999         | p1        | 72    | 9I25   | 05838/17  | 2016  | 3     | IT      | moderated  | U     | 2026-07-01
                        | 99999         | p1        | 72    | 9I25   | 05838/17  | 2016  | 3     | IT      | moderated  | U     | 2026-08-01
                        | 99999         | p2        | 72    | 6E24   | 05999/01  |       |       |         | examined   | U     |
                        | 99999         | p2        | 72    | 6E25   | 05999/01  |       |       |         | examined   | U     |
                        | 99999         | p2        | 72    | 6E26   | 05999/01  |       |       |         | examined   | U     |
  speaks nothing
  looked_at = 0

two windows of one series are two attempts, two spellings of one option are one
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject | assessment | grade | window_from
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 2026-07-01
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 2026-08-01
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 058381      | 2016  | 3     | IT      | examined   | U     |
  series_seen           | board | series | season
                        | 72    | 6E26   | 2025-26
  speaks                | person_id | option_code
                        | p1        | 583801

a series that nobody here speaks of makes it at least that many; one not released yet does not
  as_of = 2026-06-30T08:30:00+01:00
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject  | assessment | grade
                        | 99999         | p1        | 72    | 1E25   | 05838/01  | 2016  | 3     | IT       | examined   | U
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT       | examined   | U
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT       | examined   | U
                        | 99999         | p2        | 72    | 1E25   | 05834/01  | 2016  | 3     | Business | examined   | U
                        | 99999         | p2        | 72    | 6E25   | 05834/01  | 2016  | 3     | Business | examined   | U
                        | 99999         | p2        | 72    | 1E26   | 05834/01  | 2016  | 3     | Business | examined   | U
                        | 99999         | p3        | 72    | 1E25   | 05838/01  | 2016  | 3     | IT       | examined   | U
                        | 99999         | p3        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT       | examined   | U
                        | 99999         | p3        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT       | examined   | U
  series_seen           | board | series | season
                        | 72    | 1E25   | 2024-25
                        | 72    | 6E25   | 2024-25
                        | 72    | 1E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p1        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   |
                        | 99999         | p2        | 05834              | 2016  | 3     | Business | true    | false     | 2024-09-01   |
                        | 99999         | p3        | 05838              | 2016  | 3     | IT       | true    | false     | 2023-09-01   |
  coverage              | centre_number | carrier     | series | unit_code | qualification_code
                        | 99999         | edi         | 1E26   |           |
                        | 99999         | achievement | 6E25   |           | 05839
                        | 99999         | marks       | 1E25   | 05838/01  |
                        | 99999         | claims      | 1E25   |           | 05834
                        | 99998         | edi         | 1E25   |           |
  speaks                | person_id | found                                                                  | severity
                        | p1        | 3 attempts seen (U in 1E25, U in 6E25, U in 1E26)          | error
                        | p2        | at least 3 attempts seen (U in 1E25, U in 6E25, U in 1E26) | error
                        | p3        | at least 3 attempts seen (U in 1E25, U in 6E25, U in 1E26) | error

a leaver, a student withdrawn from all entries, and one who has the award are silent; a live entry beside them speaks
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade
                        | 99999         | p1        | 72    | 6E23   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p3        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p3        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p3        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p4        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p4        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p4        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p5        | 72    | 6E23   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p5        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p5        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p6        | 72    | 6E23   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p6        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p6        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
  series_seen           | board | series | season
                        | 72    | 6E23   | 2022-23
                        | 72    | 6E24   | 2023-24
                        | 72    | 6E25   | 2024-25
                        | 72    | 6E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | false   | true      | 2023-09-01   | 2025-26
                        | 99999         | p3        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p4        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p4        | 05839              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p5        | 05838              | 2016  | 3     | IT      | true    | false     | 2022-09-01   | 2024-25
                        | 99999         | p6        | 05838              | 2016  | 3     | IT      | true    | false     | 2022-09-01   | 2026-27
  qualification_results | centre_number | person_id | qualification_code | grade
                        | 99999         | p3        | 05838              | P
                        | 99999         | p4        | 05838              | P
  speaks                | person_id | severity | cause
                        | p4        | error    | mandatory
                        | p6        | error    | mandatory
  looked_at = 6

without any entry it is said in the season of the last attempt, as a warning; an entry at the other level is none
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade
                        | 99999         | p1        | 72    | 1E26   | 05893/01  | 2016  | 2     | IT      | examined   | U
                        | 99999         | p1        | 72    | 6E26   | 05893/01  | 2016  | 2     | IT      | examined   | Not Achieved
                        | 99999         | p2        | 72    | 1E25   | 05893/01  | 2016  | 2     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E25   | 05893/01  | 2016  | 2     | IT      | examined   | U
  series_seen           | board | series | season
                        | 72    | 6E25   | 2024-25
                        | 72    | 6E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | true    | false     | 2025-09-01   | 2026-27
  speaks                | person_id | severity | found
                        | p1        | warning  | at least 2 attempts seen (U in 1E26, Not Achieved in 6E26)

a combination or a maximum from memory is said, a maximum from memory is no more than a warning; more than five are counted
  unit_results          | centre_number | person_id | board | series | unit_code | suite | level | subject | assessment | grade
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 1E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 6E24   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 1E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 2016  | 3     | IT      | examined   | U
                        | 99999         | p2        | 72    | 6E26   | 05893/01  | 2016  | 2     | IT      | examined   | U
  series_seen           | board | series | season
                        | 72    | 6E26   | 2025-26
  attempts              | suite | level | assessment | maximum_attempts | confidence
                        | 2016  | 3     | examined   | 3                | documented
                        | 2016  | 2     | examined   | 1                | recollection
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | is_live | withdrawn | entered_from
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01
                        | 99999         | p2        | 05895              | 2016  | 2     | IT      | true    | false     | 2025-09-01
  combinations          | qualification_code | unit_code | requirement | confidence
                        | 05838              | 05838/01  | mandatory   | recollection
                        | 05895              | 05893/01  | mandatory   | documented
  speaks                | person_id | severity | confidence   | found                                                                                              | expected
                        | p1        | error    | recollection | at least 6 attempts seen (U in 1E24, U in 6E24, U in 1E25, U in 6E25, U in 1E26 and 1 more) | there are 3, and it is mandatory for 05838 (check the centre handbook)
                        | p2        | warning  | recollection | at least 1 attempt seen (U in 6E26)                                                          | there are 1, and it is mandatory for 05895 (check the centre handbook)

each unit of each student is counted for itself, the award it is mandatory for is still open, and the latest row of the tracker counts
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject | assessment | grade | final_mark | is_absent | file_id | line
                        | 99999         | p1        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 1
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 2
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 3
                        | 99999         | p1        | 72    | 1E24   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 4
                        | 99999         | p1        | 72    | 1E25   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 5
                        | 99999         | p1        | 72    | 1E26   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 6
                        | 99999         | p1        | 72    | 6E26   | 05838/03  | 583803      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 7
                        | 99999         | p2        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 8
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 9
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 10
                        | 99999         | p2        | 72    | 6E24   | 05838/04  | 583804      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 11
                        | 99999         | p2        | 72    | 6E25   | 05838/04  | 583804      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 12
                        | 99999         | p2        | 72    | 6E26   | 05838/04  | 583804      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 13
                        | 99999         | p4        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 14
                        | 99999         | p4        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 15
                        | 99999         | p4        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 16
                        | 99999         | p4        | 72    | 6E24   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 17
                        | 99999         | p4        | 72    | 6E25   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 18
                        | 99999         | p4        | 72    | 6E26   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 19
                        | 99999         | p6        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 20
                        | 99999         | p6        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 21
                        | 99999         | p6        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 22
                        | 99999         | p8        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 23
                        | 99999         | p8        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 24
                        | 99999         | p8        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 25
                        | 99999         | p10       | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 26
                        | 99999         | p10       | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 27
                        | 99999         | p10       | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 28
                        | 99999         | p11       | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 29
                        | 99999         | p11       | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 30
                        | 99999         | p11       | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | true      | m       | 31
                        | 99999         | p12       | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 32
                        | 99999         | p12       | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 33
                        | 99999         | p12       | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | X     | 30         |           | m       | 34
                        | 99999         | p13       | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 35
                        | 99999         | p13       | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 36
                        | 99999         | p13       | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            |           | m       | 37
                        | 99999         | p13       | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | X     |            |           | m       | 38
                        | 99999         | p13       | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | true      | m       | 39
                        | 99999         | p14       | 72    | 6E24   |           | 58380       | 2016  | 3     | IT      | examined   | U     |            |           | m       | 40
                        | 99999         | p14       | 72    | 6E25   |           | 58380       | 2016  | 3     | IT      | examined   | U     |            |           | m       | 41
                        | 99999         | p14       | 72    | 6E26   |           | 58380       | 2016  | 3     | IT      | examined   | U     |            |           | m       | 42
  series_seen           | board | series | season
                        | 72    | 6E26   | 2025-26
                        | 72    | 1E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | false   | true      | 2023-09-01   | 2025-26
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p4        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p6        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p8        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p10       | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p11       | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p12       | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p13       | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
  qualification_results | centre_number | person_id | qualification_code | grade
                        | 99999         | p1        | 05842              | MM
                        | 99999         | p2        | 05838              | U
  combinations          | qualification_code | unit_code | requirement | confidence
                        | 05838              | 05838/01  | mandatory   | documented
                        | 05838              | 05838/04  | mandatory   | documented
                        | 05839              | 05838/01  | mandatory   | recollection
                        | 05839              | 05838/02  | mandatory   | documented
                        | 05839              | 05838/04  | mandatory   | documented
                        | 05842              | 05838/02  | mandatory   | documented
                        | 05838              | 05838/02  | optional    | documented
  achieved_units        | centre_number | person_id | unit_code
                        | 99999         | p1        | 05838/03
                        | 99999         | p2        | 05838/03
  tracker               | centre_number | person_id | unit_code | status              | as_of      | file_id | line
                        | 99999         | p4        | 05838/01  | absent              | 2026-07-23 | t       | 1
                        | 99999         | p4        | 05838/02  | result_achieved     | 2026-07-24 | t       | 2
                        | 99999         | p5        | 05838/01  | result_not_achieved | 2026-07-25 | t       | 3
                        | 99999         | p6        | 05838/01  | absent              | 2025-08-01 | t       | 4
                        | 99999         | p6        | 05838/01  | result_not_achieved | 2026-08-01 | t       | 5
                        | 99999         | p8        | 05838/02  | absent              | 2026-07-23 | t       | 6
                        | 99999         | p10       | 05838/01  | result_not_achieved | 2026-07-23 | t       | 7
                        | 99999         | p10       | 05838/01  | absent              | 2026-07-23 | t       | 8
  speaks                | person_id | unit_code | cause         | confidence | expected                                   | file_id | line
                        | p1        | 05838/01  | mandatory     | documented | there are 3, and it is mandatory for 05838 | m       | 3
                        | p1        | 05838/02  | not_mandatory | documented | there are 3                                | m       | 6
                        | p2        | 05838/01  | mandatory     | documented | there are 3, and it is mandatory for 05838 | m       | 10
                        | p2        | 05838/04  | mandatory     | documented | there are 3, and it is mandatory for 05838 | m       | 13
                        | p6        | 05838/01  | mandatory     | documented | there are 3, and it is mandatory for 05838 | m       | 22
                        | p8        | 05838/01  | mandatory     | documented | there are 3, and it is mandatory for 05838 | m       | 25
                        | p13       | 05838/01  | mandatory     | documented | there are 3, and it is mandatory for 05838 | m       | 37
  looked_at = 13

the tracker's absence is of the latest series it could know that was entered and not withdrawn, of its own unit; achieved beside it on one day it is no absence
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject | assessment | grade | final_mark | file_id
                        | 99999         | p1        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 5          | m
                        | 99999         | p2        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 5          | m
                        | 99999         | p2        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p3        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 5          | m
                        | 99999         | p3        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p3        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p4        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 5          | m
                        | 99999         | p4        | 72    | 1E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | 5          | m
                        | 99999         | p4        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p5        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p6        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p6        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p6        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p6        | 72    | 1E26   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            | m
                        | 99999         | p6        | 72    | 6E26   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   | U     |            | m
  tracker               | centre_number | person_id | unit_code | status          | as_of
                        | 99999         | p1        | 05838/01  | absent          | 2026-07-23
                        | 99999         | p2        | 05838/01  | absent          | 2026-06-20
                        | 99999         | p3        | 05838/01  | absent          | 2026-02-20
                        | 99999         | p4        | 05838/01  | absent          | 2025-11-05
                        | 99999         | p5        | 05838/01  | result_achieved | 2026-07-23
                        | 99999         | p5        | 05838/01  | absent          | 2026-07-23
                        | 99999         | p6        | 05838/02  | absent          | 2026-07-23
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p4        | 05838              | 2016  | 3     | IT      | true    | false     | 2023-09-01   | 2025-26
  entries               | centre_number | person_id | kind | unit_code | series | withdrawn
                        | 99999         | p1        | unit | 05838/01  | 6E26   | true
  achieved_units        | centre_number | person_id | unit_code
                        | 99999         | p5        | 05838/01
  series_seen           | board | series | season
                        | 72    | 6E24   | 2023-24
                        | 72    | 1E25   | 2024-25
                        | 72    | 6E25   | 2024-25
                        | 72    | 1E26   | 2025-26
                        | 72    | 6E26   | 2025-26
  speaks                | person_id | unit_code
                        | p6        | 05838/01
  looked_at = 7

a series is unseen unless a file of the centre speaks of it for that unit, for its subject and suite, or for all; awaited and other series are not asked for
  series                | series_pattern | board | family               | suite | carries        | year_is
                        | 6E??           | 72    | cambridge_technicals | 2016  | examined_units | exam_year
                        | 1E??           | 72    | cambridge_technicals | 2016  | examined_units | exam_year
                        | 3E??           | 72    | cambridge_technicals | 2012  | examined_units | exam_year
                        | 9E??           | 72    | cambridge_technicals | 2016  | examined_units | start_year
  release_calendar      | season  | series | board | carrier | what | released_to_centres
                        | 2023-24 | 6E24   | 72    | edi     |      | 2024-08-12T08:00:00+01:00
                        | 2024-25 | 1E25   | 72    | edi     |      | 2025-03-13T08:00:00+00:00
                        | 2024-25 | 1E25   | 72    | xml     |      | 2026-09-01T08:00:00+01:00
                        | 2025-26 | 6E26   | 72    | edi     |      | 2026-08-10T08:30:00+01:00
                        | 2025-26 | 1E26   | 72    | edi     |      | 2026-03-12T08:00:00+00:00
                        | 2025-26 | 1E26   | 01    | edi     |      | 2026-09-01T08:00:00+01:00
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject  | assessment | grade | file_id
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p1        | 72    | 1E26   | 05838/01  | 583801      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p2        | 72    | 6E25   | 05834/01  | 583401      | 2016  | 3     | Business | examined   | U     | m
                        | 99999         | p2        | 72    | 1E26   | 05834/01  | 583401      | 2016  | 3     | Business | examined   | U     | m
                        | 99999         | p2        | 72    | 6E26   | 05834/01  | 583401      | 2016  | 3     | Business | examined   | U     | m
                        | 99999         | p3        | 72    | 1E25   | 05827/01  | 582701      | 2016  | 3     | Sport    | examined   | U     | m
                        | 99999         | p3        | 72    | 6E25   | 05827/01  | 582701      | 2016  | 3     | Sport    | examined   | U     | m
                        | 99999         | p3        | 72    | 1E26   | 05827/01  | 582701      | 2016  | 3     | Sport    | examined   | U     | m
                        | 99999         | p4        | 72    | 1E25   | 05838/02  | 583802      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p4        | 72    | 6E25   | 05838/02  | 583802      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p4        | 72    | 1E26   | 05838/02  | 583802      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p5        | 72    | 1E25   | 05838/02  | 583802      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p5        | 72    | 6E25   | 05838/02  | 583802      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p5        | 72    | 6E26   | 05838/02  | 583802      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p6        | 72    | 1E25   | 05838/03  | 583803      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p6        | 72    | 6E25   | 05838/03  | 583803      | 2016  | 3     | IT       | examined   | U     | m
                        | 99999         | p6        | 72    | 1E26   | 05838/03  | 583803      | 2016  | 3     | IT       | examined   | U     | m
  series_seen           | board | series | season
                        | 72    | 6E24   | 2023-24
                        | 72    | 1E25   | 2024-25
                        | 72    | 6E25   | 2024-25
                        | 72    | 1E26   | 2025-26
                        | 72    | 6E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p1        | 05838              | 2016  | 3     | IT       | true    | false     | 2025-09-01   | 2025-26
                        | 99999         | p2        | 05834              | 2016  | 3     | Business | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p6        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p3        | 05827              | 2016  | 3     | Sport    | true    | false     | 2023-09-01   | 2025-26
                        | 99999         | p3        | 05828              | 2016  | 3     | Sport    | true    | false     | 2025-09-01   | 2025-26
                        | 99999         | p4        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p5        | 05838              | 2016  | 3     | IT       | true    | false     |              | 2025-26
  coverage              | centre_number | carrier     | series | unit_code | qualification_code
                        | 99999         | marks       | 6E25   | 05838/01  |
                        | 99999         | marks       | 1E26   | 05838/01  |
                        | 99999         | marks       | 6E26   | 05838/01  |
                        | 99999         | marks       | 6E25   | 05834/01  |
                        | 99999         | marks       | 1E26   | 05834/01  |
                        | 99999         | marks       | 6E26   | 05834/01  |
                        | 99999         | marks       | 1E25   | 05827/01  |
                        | 99999         | marks       | 6E25   | 05827/01  |
                        | 99999         | marks       | 1E26   | 05827/01  |
                        | 99999         | marks       | 6E26   | 05827/01  |
                        | 99999         | marks       | 6E24   | 05827/01  |
                        | 99999         | marks       | 1E25   | 05838/02  |
                        | 99999         | marks       | 6E25   | 05838/02  |
                        | 99999         | marks       | 6E26   | 05838/02  |
                        | 99999         | marks       | 1E25   | 05838/03  |
                        | 99999         | marks       | 6E25   | 05838/03  |
                        | 99999         | marks       | 1E26   | 05838/03  |
                        | 99999         | claims      | 1E25   |           |
                        | 99999         | achievement | 1E25   |           | 05834
                        | 99999         | achievement | 1E25   |           | 05347
                        | 99999         | achievement | 1E25   |           | 09999
                        | 99998         | edi         | 1E25   |           |
  speaks                | person_id | found
                        | p1        | at least 3 attempts seen (U in 6E25, U in 1E26, U in 6E26)
                        | p2        | 3 attempts seen (U in 6E25, U in 1E26, U in 6E26)
                        | p3        | at least 3 attempts seen (U in 1E25, U in 6E25, U in 1E26)
                        | p4        | 3 attempts seen (U in 1E25, U in 6E25, U in 1E26)
                        | p6        | at least 3 attempts seen (U in 1E25, U in 6E25, U in 1E26)
                        | p5        | at least 3 attempts seen (U in 1E25, U in 6E25, U in 6E26)
  looked_at = 6

what depends on a unit are the live entries in its subject and suite that are not awarded: the latest end of them, or an attempt of this season, makes it speak
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject | assessment | grade | file_id
                        | 99999         | p1        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p1        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p1        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p2        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p2        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p2        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p3        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p3        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p3        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p4        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p4        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p4        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p5        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p5        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p5        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p6        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p6        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p6        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p7        | 72    | 6E23   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p7        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p7        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p8        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p8        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p8        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p9        | 72    | 6E24   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p9        | 72    | 6E25   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
                        | 99999         | p9        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | U     | m
  series_seen           | board | series | season
                        | 72    | 6E23   | 2022-23
                        | 72    | 6E24   | 2023-24
                        | 72    | 1E25   | 2024-25
                        | 72    | 6E25   | 2024-25
                        | 72    | 1E26   | 2025-26
                        | 72    | 6E26   | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | is_live | withdrawn | entered_from | expected_season
                        | 99999         | p1        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2024-25
                        | 99999         | p1        | 05839              | 2016  | 3     | IT       | false   | true      | 2024-09-01   | 2026-27
                        | 99999         | p2        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2024-25
                        | 99999         | p2        | 05839              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2026-27
                        | 99999         | p3        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2024-25
                        | 99999         | p3        | 05839              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p4        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   |
                        | 99999         | p5        | 05838              | 2016  | 3     | IT       | false   | true      | 2024-09-01   | 2025-26
                        | 99999         | p5        | 05834              | 2016  | 3     | Business | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p6        | 05838              | 2016  | 3     | IT       | false   | true      | 2024-09-01   | 2025-26
                        | 99999         | p6        | 05347              | 2012  | 3     | IT       | true    | false     | 2024-09-01   | 2025-26
                        | 99999         | p7        | 05838              | 2016  | 3     | IT       | true    | false     |              | 2025-26
                        | 99999         | p8        | 05838              | 2016  | 3     | IT       | true    | false     | 2024-09-01   | 2024-25
  qualification_results | centre_number | person_id | qualification_code | grade
                        | 99999         | p2        | 05839              | P
  coverage              | centre_number | carrier | series | unit_code | qualification_code
                        | 99999         | edi     | 1E23   |           |
                        | 99999         | edi     | 6E23   |           |
                        | 99999         | edi     | 1E24   |           |
                        | 99999         | edi     | 6E24   |           |
                        | 99999         | edi     | 1E25   |           |
                        | 99999         | edi     | 6E25   |           |
                        | 99999         | edi     | 1E26   |           |
                        | 99999         | edi     | 6E26   |           |
  combinations          | qualification_code | unit_code | requirement | confidence
                        | 05838              | 05838/01  | optional    | documented
  speaks                | person_id | found
                        | p3        | 3 attempts seen (U in 6E23, U in 6E24, U in 6E25)
                        | p4        | 3 attempts seen (U in 6E23, U in 6E24, U in 6E25)
                        | p7        | at least 3 attempts seen (U in 6E23, U in 6E24, U in 6E25)
                        | p8        | 3 attempts seen (U in 6E24, U in 6E25, U in 6E26)
                        | p9        | at least 3 attempts seen (U in 6E24, U in 6E25, U in 6E26)
  looked_at = 9

attempts are named in their order, each unit's own, five at most; the line is of the last, and what is said twice is one
  attempts     | suite | level | assessment | maximum_attempts | confidence
               | 2016  | 3     | examined   | 3                | inferred
               | 2016  | 3     | moderated  | 2                | documented
               | 2012  | 3     | examined   | 2                | documented
  unit_results | centre_number | person_id | board | series | unit_code | option_code | suite | level | subject | assessment | window_from | grade        | final_mark | file_id | line
               | 99999         | p1        | 72    | 1E20   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   |             | Not Achieved |            | m       | 1
               | 99999         | p1        | 72    | 6E19   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   |             | U            |            | m       | 2
               | 99999         | p1        | 72    | 6E20   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   |             | U            |            | m       | 3
               | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | 2026-07-01  | Not Achieved |            | m       | 4
               | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | 2026-08-01  |              | 9          | m       | 6
               | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | 2026-08-01  | Not Achieved |            | m       | 8
               | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | 2026-08-01  | Not Achieved |            | m       | 5
               | 99999         | p1        | 72    | 6E26   | 05838/01  | 583801      | 2016  | 3     | IT      | examined   | 2026-08-01  | U            |            | n       | 1
               | 99999         | p1        | 72    | 1E26   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   |             | U            |            | m       | 7
               | 99999         | p1        | 72    | 6E25   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   |             | U            |            | m       | 8
               | 99999         | p1        | 72    | 6E24   | 05838/02  | 583802      | 2016  | 3     | IT      | examined   |             | U            |            | m       | 9
               | 99999         | p1        | 72    |        | 05838/02  | 583802      | 2016  | 3     | IT      | examined   |             | U            |            | m       | 10
  series_seen  | board | series | season
               | 72    | 6E19   | 2018-19
               | 72    | 1E20   | 2019-20
               | 72    | 6E20   | 2019-20
               | 72    | 6E23   | 2022-23
               | 72    | 6E24   | 2023-24
               | 72    | 1E25   | 2024-25
               | 72    | 6E25   | 2024-25
               | 72    | 1E26   | 2025-26
               | 72    | 6E26   | 2025-26
  speaks       | unit_code | severity | confidence | found                                                                                                  | file_id | line
               | 05838/01  | warning  | inferred   | at least 5 attempts seen (U in 6E19, Not Achieved in 1E20, U in 6E20, Not Achieved in 6E26, U in 6E26) | m       | 5
               | 05838/02  | warning  | inferred   | at least 4 attempts seen (U in a series unknown, U in 6E24, U in 6E25, U in 1E26)                      | m       | 7
  looked_at = 2
*/
