/*
summary = "What each code or word of a gradeset stands for; a grade of the set stands for itself."
reads = ["grade_codes"]
order = ["gradeset", "code"]

[columns]
gradeset = "VARCHAR: the gradeset"
code = "VARCHAR: as a file may have it, upper case"
grade = "VARCHAR: the grade"
*/
WITH spelled AS (
    SELECT gradeset, upper(code) AS code, grade, 1 AS rank FROM grade_codes
    UNION ALL
    SELECT gradeset, upper(grade) AS code, grade, 2 AS rank FROM grade_codes
),

ranked AS (
    SELECT
        s.gradeset,
        s.code,
        s.grade,
        row_number() OVER (PARTITION BY s.gradeset, s.code ORDER BY s.rank ASC NULLS LAST, s.grade ASC NULLS LAST) AS place
    FROM spelled AS s
)

SELECT gradeset, code, grade
FROM ranked
WHERE place = 1
