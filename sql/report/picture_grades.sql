/*
summary = "For the picture of the grades: each unit's grades in a series of this season, and in the last such series before it."
reads = ["unit_results", "units"]
order = ["results", "unit_code", "series"]
*/
WITH latest AS (
    SELECT
        u.*,
        substr(u.series, 1, 2) AS sort_of_series,
        -- an annual series (9, A, B, C) is named by the year it began, any other by the year it ended
        CAST(substr(u.series, 3, 2) AS INTEGER) - CASE WHEN substr(u.series, 1, 1) IN ('9', 'A', 'B', 'C') THEN 0 ELSE 1 END AS began,
        -- a unit taken again within an annual series counts as it stands in the end
        row_number() OVER (
            PARTITION BY u.centre_number, u.person_id, u.unit_code, u.series
            ORDER BY u.window_from DESC NULLS LAST, u.option_code NULLS LAST, u.grade NULLS LAST
        ) AS newest
    FROM unit_results AS u
    WHERE
        u.unit_code IS NOT NULL
        AND regexp_full_match(u.series, '[1-9ABC][0-9A-Z][0-9]{2}')
        AND (NOT :only_released OR u.embargo_until IS NULL OR u.embargo_until <= :as_of)
),

-- the rank is the place in the bar, and the pattern it is filled with; 6 is no grade
graded AS (
    SELECT
        unit_code,
        series,
        sort_of_series,
        began,
        CASE WHEN is_absent THEN 'absent' WHEN grade IS NULL THEN 'none' ELSE grade END AS grade,
        CASE
            WHEN is_absent OR grade IS NULL OR grade IN ('Q', 'X') THEN 6
            WHEN grade = 'U' THEN 5
            WHEN is_technical THEN CASE grade WHEN 'D' THEN 1 WHEN 'M' THEN 2 WHEN 'P' THEN 3 WHEN 'R' THEN 4 ELSE 6 END
            WHEN grade IN ('A*', 'A', '9', '8', '7') THEN 1
            WHEN grade IN ('B', '6') THEN 2
            WHEN grade IN ('C', '5', '4') THEN 3
            WHEN grade IN ('D', '3') THEN 4
            ELSE 5
        END AS rank,
        CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END AS restricted_until
    FROM latest
    WHERE newest = 1
),

counted AS (
    SELECT unit_code, series, sort_of_series, began, rank, grade, count(*) AS results, max(restricted_until) AS restricted_until
    FROM graded
    GROUP BY unit_code, series, sort_of_series, began, rank, grade
),

series_of_units AS (
    SELECT
        unit_code,
        series,
        sort_of_series,
        began,
        CAST(sum(results) AS BIGINT) AS results,
        list({'rank': rank, 'grade': grade, 'results': results} ORDER BY rank, grade) AS grades,
        max(restricted_until) AS restricted_until,
        lag(began) OVER (PARTITION BY unit_code, sort_of_series ORDER BY began) AS last_began
    FROM counted
    GROUP BY unit_code, series, sort_of_series, began
),

placed AS (
    SELECT
        n.unit_code,
        t.title,
        n.series,
        n.results,
        n.grades,
        l.series AS last_series,
        l.results AS last_results,
        l.grades AS last_grades,
        greatest(n.restricted_until, l.restricted_until) AS restricted_until,
        count(*) OVER () AS lines,
        CAST(sum(n.results) OVER () AS BIGINT) AS total,
        row_number() OVER (ORDER BY n.results DESC, n.unit_code, n.series) AS place
    FROM series_of_units AS n
    LEFT JOIN series_of_units AS l ON l.unit_code = n.unit_code AND l.sort_of_series = n.sort_of_series AND l.began = n.last_began
    LEFT JOIN units AS t ON t.unit_code = n.unit_code
    WHERE n.began = CAST(substr(:season, 3, 2) AS INTEGER)
)

SELECT unit_code, title, series, results, grades, last_series, last_results, last_grades, restricted_until, lines, total
FROM placed
WHERE place <= :most_drawn
ORDER BY place
