/*
summary = "How high each grade stands among the grades it can be compared with."
reads = ["results_compared"]
empty_without = [["results_compared"]]
order = ["is_technical", "grade"]

[columns]
is_technical = "BOOLEAN: Cambridge Technicals, where D is a distinction"
grade = "VARCHAR: the grade"
step = "INTEGER: higher is better; NULL of a grade that is on no ladder, such as X and Q"
*/
WITH seen AS (
    SELECT is_technical, grade FROM results_compared WHERE grade IS NOT NULL
    UNION
    SELECT is_technical, previous_grade AS grade FROM results_compared WHERE previous_grade IS NOT NULL
),

counted AS (
    SELECT
        is_technical,
        grade,
        regexp_extract(grade, '^([DMP*]+)$', 1) AS letters,
        regexp_extract(grade, '^([A-G*]+)$', 1) AS general_letters,
        regexp_extract(grade, '^([0-9]{1,2})$', 1) AS figures
    FROM seen
)

SELECT
    is_technical,
    grade,
    CAST(CASE
        WHEN grade IN ('U', 'Not Achieved') THEN 0
        -- DMM is a distinction and two merits: a letter weighs the same wherever it stands
        WHEN is_technical AND letters <> '' THEN (
            30 * (length(letters) - length(replace(letters, 'D', '')))
            + 20 * (length(letters) - length(replace(letters, 'M', '')))
            + 10 * (length(letters) - length(replace(letters, 'P', '')))
            + 10 * (length(letters) - length(replace(letters, '*', '')))
        )
        WHEN is_technical AND grade = 'R' THEN 5
        WHEN is_technical AND grade = 'Achieved' THEN 10
        WHEN is_technical THEN NULL
        WHEN figures <> '' THEN 10 * CAST(figures AS INTEGER)
        WHEN general_letters <> '' THEN (
            70 * (length(general_letters) - length(replace(general_letters, 'A', '')))
            + 60 * (length(general_letters) - length(replace(general_letters, 'B', '')))
            + 50 * (length(general_letters) - length(replace(general_letters, 'C', '')))
            + 40 * (length(general_letters) - length(replace(general_letters, 'D', '')))
            + 30 * (length(general_letters) - length(replace(general_letters, 'E', '')))
            + 20 * (length(general_letters) - length(replace(general_letters, 'F', '')))
            + 10 * (length(general_letters) - length(replace(general_letters, 'G', '')))
            + 10 * (length(general_letters) - length(replace(general_letters, '*', '')))
        )
    END AS INTEGER) AS step
FROM counted
