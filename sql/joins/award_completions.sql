/*
summary = "When each valid combination that has no award yet was first achieved: the season, and whether so late in it that the award can only be in the files of its summer."
reads = ["award_calculations", "award_combinations", "award_sizes", "unit_attempts", "tracker", "seasons", "award_windows", "run"]
order = ["centre_number", "person_id", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered"
season = "VARCHAR: the first by which the combination is valid"
is_late = "BOOLEAN: by a result of June, or of one of the calendar's windows of award dates"
by_tracker = "BOOLEAN: only with units of which no result is here: when they were achieved nobody says"
*/
WITH owed AS (
    SELECT c.centre_number, c.person_id, c.qualification_code, z.glh_required, z.mandatory_count
    FROM award_calculations AS c
    INNER JOIN award_sizes AS z ON z.qualification_code = c.qualification_code
    WHERE c.entered AND c.eligible AND c.issued_grade IS NULL
),

first_days AS (
    SELECT series, min(window_from) AS first_day
    FROM award_windows
    WHERE place = 'calendar'
    GROUP BY series
),

-- a moment sorts: the season, then 0 for what comes before its summer and 1 for its summer
achieved AS (
    SELECT
        a.centre_number,
        a.person_id,
        a.unit_code,
        (
            coalesce(a.season, '')
            || CASE
                WHEN substr(a.series, 1, 1) = '6' OR coalesce(coalesce(a.award_date, a.window_from) >= f.first_day, FALSE) THEN '1'
                ELSE '0'
            END
        ) AS moment,
        0 AS by_tracker
    FROM unit_attempts AS a
    LEFT JOIN first_days AS f ON f.series = a.series
    WHERE a.grade_rank > 0
    UNION ALL
    SELECT t.centre_number, t.person_id, t.unit_code, (coalesce(y.season, r.season) || '0') AS moment, 1 AS by_tracker
    FROM tracker AS t
    CROSS JOIN run AS r
    LEFT JOIN seasons AS y ON t.as_of BETWEEN y.first_day AND y.last_day
    WHERE t.unit_code IS NOT NULL AND t.status = 'result_achieved'
),

-- by results alone, and by results and the tracker together
ways AS (
    SELECT 0 AS by_tracker
    UNION ALL SELECT 1 AS by_tracker
),

firsts AS (
    SELECT a.centre_number, a.person_id, a.unit_code, w.by_tracker, min(a.moment) AS moment
    FROM achieved AS a
    INNER JOIN ways AS w ON w.by_tracker >= a.by_tracker
    GROUP BY a.centre_number, a.person_id, a.unit_code, w.by_tracker
),

summed AS (
    SELECT
        o.centre_number,
        o.person_id,
        o.qualification_code,
        o.glh_required,
        o.mandatory_count,
        f.by_tracker,
        f.moment,
        sum(k.glh) OVER (
            PARTITION BY o.centre_number, o.person_id, o.qualification_code, f.by_tracker
            ORDER BY f.moment ASC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS hours,
        sum(CASE WHEN k.is_mandatory THEN 1 ELSE 0 END) OVER (
            PARTITION BY o.centre_number, o.person_id, o.qualification_code, f.by_tracker
            ORDER BY f.moment ASC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS mandatory_done
    FROM owed AS o
    INNER JOIN award_combinations AS k ON k.qualification_code = o.qualification_code
    INNER JOIN firsts AS f
        ON f.centre_number = o.centre_number AND f.person_id = o.person_id AND f.unit_code = k.unit_code
),

completed AS (
    SELECT centre_number, person_id, qualification_code, by_tracker, min(moment) AS moment
    FROM summed
    WHERE hours >= glh_required AND mandatory_done = mandatory_count
    GROUP BY centre_number, person_id, qualification_code, by_tracker
),

ranked AS (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.qualification_code ORDER BY c.by_tracker ASC NULLS LAST
        ) AS place
    FROM completed AS c
)

SELECT
    centre_number,
    person_id,
    qualification_code,
    substr(moment, 1, 7) AS season,
    substr(moment, 8, 1) = '1' AS is_late,
    by_tracker = 1 AS by_tracker
FROM ranked
WHERE place = 1
