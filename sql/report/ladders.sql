/*
summary = "The thresholds of every size of which an award is drawn, lowest first, and the most points drawn."
reads = ["grade_thresholds", "student_awards"]
order = ["suite", "level", "size", "glh_required"]
*/
WITH sizes AS (
    SELECT suite, level, size, glh_required, max(points) AS most_points
    FROM student_awards
    GROUP BY suite, level, size, glh_required
)

SELECT
    s.suite,
    s.level,
    s.size,
    s.glh_required,
    s.most_points,
    list({'grade': t.grade, 'points': t.minimum_points} ORDER BY t.minimum_points, t.grade) AS thresholds
FROM sizes AS s
INNER JOIN grade_thresholds AS t
    ON t.suite = s.suite AND t.level = s.level AND t.size = s.size AND t.guided_learning_hours = s.glh_required
GROUP BY s.suite, s.level, s.size, s.glh_required, s.most_points
ORDER BY s.suite, s.level, s.size, s.glh_required
