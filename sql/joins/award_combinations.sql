/*
summary = "The units that may count towards each qualification whose award can be calculated."
reads = ["award_sizes", "combinations", "units"]
order = ["qualification_code", "unit_code"]

[columns]
qualification_code = "VARCHAR: the qualification"
unit_code = "VARCHAR: a unit listed for it"
suite = "VARCHAR: 2016 or 2012, of the unit"
level = "INTEGER: 2 or 3, of the unit"
assessment = "VARCHAR: examined or moderated"
glh = "INTEGER: guided learning hours"
is_mandatory = "BOOLEAN: must be achieved"
mandatory_place = "BIGINT: its place among the mandatory units, by code; NULL of an optional one"
length_class = "BIGINT: of an optional unit: 1 the longest length there is, to 4; 0 of a mandatory one"
place_in_class = "BIGINT: its place within that, by code"
confidence_rank = "INTEGER: 1 documented, 2 inferred, 3 recollection: that it counts, and its hours"
*/
WITH listed AS (
    SELECT
        c.qualification_code,
        c.unit_code,
        u.suite,
        u.level,
        u.assessment,
        u.guided_learning_hours AS glh,
        c.requirement = 'mandatory' AS is_mandatory,
        CASE c.confidence WHEN 'documented' THEN 1 WHEN 'inferred' THEN 2 ELSE 3 END AS combination_rank,
        CASE WHEN u.confidence IS NULL OR u.confidence = 'documented' THEN 1 WHEN u.confidence = 'inferred' THEN 2 ELSE 3 END AS unit_rank
    FROM combinations AS c
    INNER JOIN award_sizes AS s ON s.qualification_code = c.qualification_code AND s.is_calculated
    INNER JOIN units AS u ON u.unit_code = c.unit_code
),

classed AS (
    SELECT
        l.*,
        CASE
            WHEN l.is_mandatory THEN 0
            ELSE dense_rank() OVER (PARTITION BY l.qualification_code, l.is_mandatory ORDER BY l.glh DESC NULLS LAST)
        END AS length_class,
        row_number() OVER (PARTITION BY l.qualification_code, l.is_mandatory ORDER BY l.unit_code ASC NULLS LAST) AS place
    FROM listed AS l
)

SELECT
    qualification_code,
    unit_code,
    suite,
    level,
    assessment,
    glh,
    is_mandatory,
    CASE WHEN is_mandatory THEN place END AS mandatory_place,
    length_class,
    row_number() OVER (PARTITION BY qualification_code, length_class ORDER BY unit_code ASC NULLS LAST) AS place_in_class,
    CAST(greatest(combination_rank, unit_rank) AS INTEGER) AS confidence_rank
FROM classed
