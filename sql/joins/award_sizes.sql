/*
summary = "What each Cambridge Technicals qualification takes to be awarded, or why its award cannot be calculated."
reads = ["qualifications", "combinations", "units", "unit_points", "grade_thresholds"]
order = ["qualification_code"]

[columns]
qualification_code = "VARCHAR: the qualification"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
size = "VARCHAR: Certificate, Extended Certificate, …"
glh_required = "INTEGER: hours the size needs"
glh_optional = "INTEGER: hours left to fill once all mandatory units are counted"
mandatory_count = "BIGINT: how many units are mandatory"
is_calculated = "BOOLEAN: the reference data say all that the calculation needs"
not_calculated = "VARCHAR: which of them are missing; NULL when none"
confidence_rank = "INTEGER: of the row and of its mandatory units: 1 documented, 2 inferred, 3 recollection"
*/
WITH listed AS (
    SELECT
        c.qualification_code,
        c.unit_code,
        c.requirement,
        u.guided_learning_hours AS glh,
        u.suite,
        u.level,
        CASE c.confidence WHEN 'documented' THEN 1 WHEN 'inferred' THEN 2 ELSE 3 END AS combination_rank,
        CASE WHEN u.confidence IS NULL OR u.confidence = 'documented' THEN 1 WHEN u.confidence = 'inferred' THEN 2 ELSE 3 END AS unit_rank
    FROM combinations AS c
    LEFT JOIN units AS u ON u.unit_code = c.unit_code
),

grades AS (
    SELECT 'P' AS grade
    UNION ALL SELECT 'M' AS grade
    UNION ALL SELECT 'D' AS grade
),

-- a length and grade that the points table does not have
pointless AS (
    SELECT l.qualification_code, min(l.glh) AS glh
    FROM (SELECT DISTINCT qualification_code, glh, suite, level FROM listed WHERE glh IS NOT NULL) AS l
    CROSS JOIN grades AS g
    LEFT JOIN unit_points AS p
        ON p.suite = l.suite AND p.level = l.level AND p.guided_learning_hours = l.glh AND p.grade = g.grade
    WHERE p.points IS NULL
    GROUP BY l.qualification_code
),

thresholds AS (
    SELECT DISTINCT suite, level, size
    FROM grade_thresholds
),

totals AS (
    SELECT
        qualification_code,
        count(*) AS unit_count,
        sum(CASE WHEN requirement = 'mandatory' THEN 1 ELSE 0 END) AS mandatory_count,
        sum(CASE WHEN requirement = 'mandatory' THEN coalesce(glh, 0) ELSE 0 END) AS mandatory_hours,
        count(DISTINCT CASE WHEN requirement = 'optional' THEN glh END) AS lengths,
        min(CASE WHEN glh IS NULL THEN unit_code END) AS without_hours,
        max(CASE WHEN requirement = 'mandatory' THEN greatest(combination_rank, unit_rank) END) AS mandatory_rank
    FROM listed
    GROUP BY qualification_code
),

judged AS (
    SELECT
        q.qualification_code,
        q.suite,
        q.level,
        q.subject,
        q.size,
        q.guided_learning_hours AS glh_required,
        q.guided_learning_hours - coalesce(t.mandatory_hours, 0) AS glh_optional,
        coalesce(t.mandatory_count, 0) AS mandatory_count,
        greatest(
            CASE q.confidence WHEN 'documented' THEN 1 WHEN 'inferred' THEN 2 ELSE 3 END, coalesce(t.mandatory_rank, 1)
        ) AS confidence_rank,
        concat_ws(
            '; ',
            CASE WHEN NOT coalesce(q.complete, FALSE) THEN ('qualifications.csv: ' || q.qualification_code || ' is not complete') END,
            CASE WHEN q.guided_learning_hours IS NULL THEN ('qualifications.csv: no hours for ' || q.qualification_code) END,
            CASE WHEN t.unit_count IS NULL THEN ('combinations.csv: no unit for ' || q.qualification_code) END,
            CASE WHEN t.without_hours IS NOT NULL THEN ('units.csv: no hours for ' || t.without_hours) END,
            CASE
                WHEN p.glh IS NOT NULL
                    THEN (
                        'unit_points.csv: no points for ' || CAST(p.glh AS VARCHAR) || ' hours of ' || q.suite || ' Level ' || CAST(q.level AS VARCHAR)
                    )
            END,
            CASE
                WHEN h.size IS NULL
                    THEN ('grade_thresholds.csv: none for ' || q.size || ' of ' || q.suite || ' Level ' || CAST(q.level AS VARCHAR))
            END,
            CASE WHEN t.lengths > 4 THEN 'combinations.csv: optional units of more than four lengths' END,
            CASE WHEN t.unit_count > 60 THEN 'combinations.csv: more than sixty units' END
        ) AS lacking
    FROM qualifications AS q
    LEFT JOIN totals AS t ON t.qualification_code = q.qualification_code
    LEFT JOIN pointless AS p ON p.qualification_code = q.qualification_code
    LEFT JOIN thresholds AS h ON h.suite = q.suite AND h.level = q.level AND h.size = q.size
)

SELECT
    qualification_code,
    suite,
    level,
    subject,
    size,
    glh_required,
    CAST(glh_optional AS INTEGER) AS glh_optional,
    CAST(mandatory_count AS BIGINT) AS mandatory_count,
    lacking = '' AS is_calculated,
    CASE WHEN lacking <> '' THEN lacking END AS not_calculated,
    CAST(confidence_rank AS INTEGER) AS confidence_rank
FROM judged
