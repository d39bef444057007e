/*
summary = "Each award worked out: what counts, what is missing, and the points and grade that come of it."
reads = ["awards_considered", "award_sizes", "award_combinations", "award_units", "counted_units", "award_choices", "threshold_bands"]
order = ["award_key"]

[columns]
award_key = "BIGINT: the award, as in awards_considered"
units_counted = "VARCHAR: the units that count, by code, set apart by spaces"
unit_count = "INTEGER: how many"
near_passes = "INTEGER: how many of them at R"
glh_counted = "INTEGER: their hours"
glh_short = "INTEGER: hours that are missing"
mandatory_missing = "VARCHAR: mandatory units not achieved, by code, set apart by spaces; NULL when none"
missing_count = "INTEGER: how many of them"
is_eligible = "BOOLEAN: a valid combination is achieved"
points_known = "BOOLEAN: every achieved unit that may count has points"
points = "INTEGER: of the units counted; NULL where not all are known"
grade = "VARCHAR: recomputed; NULL unless eligible, U below the lowest threshold"
grade_rank = "INTEGER: 0 not eligible, 1 unclassified, from 2 on the grades"
next_grade = "VARCHAR: the grade above the points; NULL at the top"
points_to_next = "INTEGER: points to it"
combination_rank = "INTEGER: confidence of the combination: 1 documented, 2 inferred, 3 recollection"
figures_rank = "INTEGER: confidence of points and thresholds"
*/
WITH sums AS (
    SELECT
        award_key,
        count(*) AS unit_count,
        sum(CASE WHEN grade = 'R' THEN 1 ELSE 0 END) AS near_passes,
        sum(glh) AS glh_counted,
        sum(coalesce(points, 0)) AS points,
        sum(CASE WHEN is_mandatory THEN 1 ELSE 0 END) AS mandatory_achieved,
        max(worst_points_rank) AS worst_points_rank,
        max(worst_unit_rank) AS worst_unit_rank,
        concat_ws(
            ' ',
            max(CASE WHEN place = 1 THEN unit_code END),
            max(CASE WHEN place = 2 THEN unit_code END),
            max(CASE WHEN place = 3 THEN unit_code END),
            max(CASE WHEN place = 4 THEN unit_code END),
            max(CASE WHEN place = 5 THEN unit_code END),
            max(CASE WHEN place = 6 THEN unit_code END),
            max(CASE WHEN place = 7 THEN unit_code END),
            max(CASE WHEN place = 8 THEN unit_code END),
            max(CASE WHEN place = 9 THEN unit_code END),
            max(CASE WHEN place = 10 THEN unit_code END),
            max(CASE WHEN place = 11 THEN unit_code END),
            max(CASE WHEN place = 12 THEN unit_code END),
            max(CASE WHEN place = 13 THEN unit_code END),
            max(CASE WHEN place = 14 THEN unit_code END),
            max(CASE WHEN place = 15 THEN unit_code END),
            max(CASE WHEN place = 16 THEN unit_code END),
            max(CASE WHEN place = 17 THEN unit_code END),
            max(CASE WHEN place = 18 THEN unit_code END),
            max(CASE WHEN place = 19 THEN unit_code END),
            max(CASE WHEN place = 20 THEN unit_code END),
            max(CASE WHEN place = 21 THEN unit_code END),
            max(CASE WHEN place = 22 THEN unit_code END),
            max(CASE WHEN place = 23 THEN unit_code END),
            max(CASE WHEN place = 24 THEN unit_code END),
            max(CASE WHEN place = 25 THEN unit_code END),
            max(CASE WHEN place = 26 THEN unit_code END),
            max(CASE WHEN place = 27 THEN unit_code END),
            max(CASE WHEN place = 28 THEN unit_code END),
            max(CASE WHEN place = 29 THEN unit_code END),
            max(CASE WHEN place = 30 THEN unit_code END),
            max(CASE WHEN place = 31 THEN unit_code END),
            max(CASE WHEN place = 32 THEN unit_code END),
            max(CASE WHEN place = 33 THEN unit_code END),
            max(CASE WHEN place = 34 THEN unit_code END),
            max(CASE WHEN place = 35 THEN unit_code END),
            max(CASE WHEN place = 36 THEN unit_code END),
            max(CASE WHEN place = 37 THEN unit_code END),
            max(CASE WHEN place = 38 THEN unit_code END),
            max(CASE WHEN place = 39 THEN unit_code END),
            max(CASE WHEN place = 40 THEN unit_code END),
            max(CASE WHEN place = 41 THEN unit_code END),
            max(CASE WHEN place = 42 THEN unit_code END),
            max(CASE WHEN place = 43 THEN unit_code END),
            max(CASE WHEN place = 44 THEN unit_code END),
            max(CASE WHEN place = 45 THEN unit_code END),
            max(CASE WHEN place = 46 THEN unit_code END),
            max(CASE WHEN place = 47 THEN unit_code END),
            max(CASE WHEN place = 48 THEN unit_code END),
            max(CASE WHEN place = 49 THEN unit_code END),
            max(CASE WHEN place = 50 THEN unit_code END),
            max(CASE WHEN place = 51 THEN unit_code END),
            max(CASE WHEN place = 52 THEN unit_code END),
            max(CASE WHEN place = 53 THEN unit_code END),
            max(CASE WHEN place = 54 THEN unit_code END),
            max(CASE WHEN place = 55 THEN unit_code END),
            max(CASE WHEN place = 56 THEN unit_code END),
            max(CASE WHEN place = 57 THEN unit_code END),
            max(CASE WHEN place = 58 THEN unit_code END),
            max(CASE WHEN place = 59 THEN unit_code END),
            max(CASE WHEN place = 60 THEN unit_code END)
        ) AS units_counted
    FROM counted_units
    GROUP BY award_key
),

unknown_points AS (
    SELECT DISTINCT award_key
    FROM award_units
    WHERE points IS NULL
),

-- most awards lack nothing: only those that do are looked at unit by unit
lacking AS (
    SELECT w.award_key, w.qualification_code
    FROM awards_considered AS w
    INNER JOIN award_sizes AS z ON z.qualification_code = w.qualification_code AND z.is_calculated
    LEFT JOIN sums AS s ON s.award_key = w.award_key
    WHERE coalesce(s.mandatory_achieved, 0) < z.mandatory_count
),

missing AS (
    SELECT
        l.award_key,
        count(*) AS missing_count,
        concat_ws(
            ' ',
            max(CASE WHEN c.mandatory_place = 1 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 2 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 3 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 4 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 5 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 6 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 7 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 8 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 9 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 10 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 11 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 12 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 13 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 14 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 15 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 16 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 17 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 18 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 19 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 20 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 21 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 22 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 23 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 24 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 25 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 26 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 27 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 28 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 29 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 30 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 31 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 32 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 33 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 34 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 35 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 36 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 37 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 38 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 39 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 40 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 41 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 42 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 43 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 44 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 45 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 46 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 47 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 48 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 49 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 50 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 51 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 52 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 53 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 54 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 55 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 56 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 57 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 58 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 59 THEN c.unit_code END),
            max(CASE WHEN c.mandatory_place = 60 THEN c.unit_code END)
        ) AS mandatory_missing
    FROM lacking AS l
    INNER JOIN award_combinations AS c ON c.qualification_code = l.qualification_code AND c.is_mandatory
    LEFT JOIN counted_units AS u ON u.award_key = l.award_key AND u.unit_code = c.unit_code
    WHERE u.unit_code IS NULL
    GROUP BY l.award_key
),

lowest AS (
    SELECT suite, level, size, grade, minimum_points, threshold_rank
    FROM threshold_bands
    WHERE place = 1
),

judged AS (
    SELECT
        w.award_key,
        z.suite,
        z.level,
        z.size,
        z.glh_required,
        coalesce(s.units_counted, '') AS units_counted,
        coalesce(s.unit_count, 0) AS unit_count,
        coalesce(s.near_passes, 0) AS near_passes,
        coalesce(s.glh_counted, 0) AS glh_counted,
        m.mandatory_missing,
        coalesce(m.missing_count, 0) AS missing_count,
        -- the optional units reach their hours, and no mandatory one is missing
        c.award_key IS NOT NULL AND m.award_key IS NULL AS is_eligible,
        p.award_key IS NULL AS points_known,
        coalesce(s.points, 0) AS points,
        greatest(z.confidence_rank, coalesce(s.worst_unit_rank, 1)) AS combination_rank,
        coalesce(s.worst_points_rank, 1) AS points_rank
    FROM awards_considered AS w
    INNER JOIN award_sizes AS z ON z.qualification_code = w.qualification_code AND z.is_calculated
    LEFT JOIN sums AS s ON s.award_key = w.award_key
    LEFT JOIN missing AS m ON m.award_key = w.award_key
    LEFT JOIN award_choices AS c ON c.award_key = w.award_key
    LEFT JOIN unknown_points AS p ON p.award_key = w.award_key
)

SELECT
    j.award_key,
    CASE WHEN j.units_counted <> '' THEN j.units_counted END AS units_counted,
    CAST(j.unit_count AS INTEGER) AS unit_count,
    CAST(j.near_passes AS INTEGER) AS near_passes,
    CAST(j.glh_counted AS INTEGER) AS glh_counted,
    CAST(greatest(j.glh_required - j.glh_counted, 0) AS INTEGER) AS glh_short,
    j.mandatory_missing,
    CAST(j.missing_count AS INTEGER) AS missing_count,
    j.is_eligible,
    j.points_known,
    CASE WHEN j.points_known THEN CAST(j.points AS INTEGER) END AS points,
    CASE WHEN j.is_eligible AND j.points_known THEN coalesce(t.grade, 'U') END AS grade,
    CAST(CASE WHEN NOT j.is_eligible THEN 0 ELSE 1 + coalesce(t.place, 0) END AS INTEGER) AS grade_rank,
    CASE WHEN NOT j.points_known THEN NULL WHEN t.grade IS NULL THEN l.grade ELSE t.upper_grade END AS next_grade,
    CASE
        WHEN j.points_known
            THEN CAST(CASE WHEN t.grade IS NULL THEN l.minimum_points - j.points ELSE t.upper_points - j.points END AS INTEGER)
    END AS points_to_next,
    CAST(j.combination_rank AS INTEGER) AS combination_rank,
    CAST(greatest(j.points_rank, l.threshold_rank) AS INTEGER) AS figures_rank
FROM judged AS j
INNER JOIN lowest AS l ON l.suite = j.suite AND l.level = j.level AND l.size = j.size
LEFT JOIN threshold_bands AS t
    ON
        t.suite = j.suite AND t.level = j.level AND t.size = j.size AND t.minimum_points <= j.points
        AND (t.upper_points IS NULL OR t.upper_points > j.points)
