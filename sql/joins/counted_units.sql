/*
summary = "The units that count towards each award worked out."
reads = ["award_units", "award_choices"]
order = ["award_key", "unit_code"]

[columns]
award_key = "BIGINT: the award, as in awards_considered"
qualification_code = "VARCHAR: the qualification"
unit_code = "VARCHAR: the unit"
is_mandatory = "BOOLEAN: must be achieved"
glh = "INTEGER: hours"
grade = "VARCHAR: the grade that counts"
points = "INTEGER: points; NULL where nobody says"
place = "BIGINT: its place by unit code"
worst_points_rank = "INTEGER: confidence of the points of this unit and the better ones of its length"
worst_unit_rank = "INTEGER: likewise, that they count and for how long"
*/
SELECT
    u.award_key,
    u.qualification_code,
    u.unit_code,
    u.is_mandatory,
    u.glh,
    u.grade,
    u.points,
    row_number() OVER (PARTITION BY u.award_key ORDER BY u.unit_code ASC NULLS LAST) AS place,
    u.worst_points_rank,
    u.worst_unit_rank
FROM award_units AS u
LEFT JOIN award_choices AS c ON c.award_key = u.award_key
WHERE
    u.is_mandatory
    -- where even all of them do not reach the hours, all of them count
    OR c.award_key IS NULL
    OR u.place <= CASE u.length_class WHEN 1 THEN c.of_class_1 WHEN 2 THEN c.of_class_2 WHEN 3 THEN c.of_class_3 ELSE c.of_class_4 END
