/*
summary = "The grades of each size of award, from the lowest threshold up, each with the points at which the next begins."
reads = ["grade_thresholds"]
order = ["suite", "level", "size", "place"]

[columns]
suite = "VARCHAR: the suite"
level = "INTEGER: the level"
size = "VARCHAR: the size"
place = "BIGINT: 1 the lowest grade, and so on upwards"
grade = "VARCHAR: the grade"
minimum_points = "INTEGER: the points from which it is given"
upper_grade = "VARCHAR: the next grade up; NULL at the top"
upper_points = "INTEGER: the points from which that is given; NULL at the top"
threshold_rank = "INTEGER: the weakest confidence of the size's thresholds: 1 documented, 2 inferred, 3 recollection"
*/
SELECT
    suite,
    level,
    size,
    row_number() OVER (PARTITION BY suite, level, size ORDER BY minimum_points ASC NULLS LAST) AS place,
    grade,
    minimum_points,
    lead(grade) OVER (PARTITION BY suite, level, size ORDER BY minimum_points ASC NULLS LAST) AS upper_grade,
    lead(minimum_points) OVER (PARTITION BY suite, level, size ORDER BY minimum_points ASC NULLS LAST) AS upper_points,
    max(CASE confidence WHEN 'documented' THEN 1 WHEN 'inferred' THEN 2 ELSE 3 END)
        OVER (PARTITION BY suite, level, size) AS threshold_rank
FROM grade_thresholds
