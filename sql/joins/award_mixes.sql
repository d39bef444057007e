/*
summary = "How many optional units of each length may fill a qualification, so that none of them could be left out."
reads = ["award_sizes", "award_combinations"]
order = ["qualification_code", "of_class_1", "of_class_2", "of_class_3", "of_class_4"]

[columns]
qualification_code = "VARCHAR: the qualification"
of_class_1 = "BIGINT: units of the longest length"
of_class_2 = "BIGINT: of the next"
of_class_3 = "BIGINT: of the third"
of_class_4 = "BIGINT: of the fourth"
hours = "BIGINT: what they come to: at least what is left to fill"
*/
-- nothing is tried unit by unit: of one length the best few always are the ones with most points, so it is enough to say how many
WITH amounts AS (
    SELECT s.qualification_code, c.length_class, c.glh, c.place_in_class AS amount
    FROM award_combinations AS c
    INNER JOIN award_sizes AS s ON s.qualification_code = c.qualification_code
    -- the last one is needed: without it the hours are not reached
    WHERE NOT c.is_mandatory AND (c.place_in_class - 1) * c.glh < s.glh_optional
    UNION ALL
    SELECT s.qualification_code, n.length_class, 0 AS glh, 0 AS amount
    FROM award_sizes AS s
    CROSS JOIN (
        SELECT 1 AS length_class
        UNION ALL SELECT 2 AS length_class
        UNION ALL SELECT 3 AS length_class
        UNION ALL SELECT 4 AS length_class
    ) AS n
    WHERE s.is_calculated
),

mixed AS (
    SELECT
        s.qualification_code,
        s.glh_optional,
        a.amount AS of_class_1,
        b.amount AS of_class_2,
        c.amount AS of_class_3,
        d.amount AS of_class_4,
        a.amount * a.glh + b.amount * b.glh + c.amount * c.glh + d.amount * d.glh AS hours,
        least(
            CASE WHEN a.amount > 0 THEN a.glh ELSE 100000 END,
            CASE WHEN b.amount > 0 THEN b.glh ELSE 100000 END,
            CASE WHEN c.amount > 0 THEN c.glh ELSE 100000 END,
            CASE WHEN d.amount > 0 THEN d.glh ELSE 100000 END
        ) AS shortest
    FROM award_sizes AS s
    INNER JOIN amounts AS a ON a.qualification_code = s.qualification_code AND a.length_class = 1
    INNER JOIN amounts AS b ON b.qualification_code = s.qualification_code AND b.length_class = 2
    INNER JOIN amounts AS c ON c.qualification_code = s.qualification_code AND c.length_class = 3
    INNER JOIN amounts AS d ON d.qualification_code = s.qualification_code AND d.length_class = 4
)

SELECT
    qualification_code,
    of_class_1,
    of_class_2,
    of_class_3,
    of_class_4,
    hours
FROM mixed
WHERE
    hours >= glh_optional
    -- a set from which one unit can go and that still reaches the hours overshoots more than the set without it
    AND (of_class_1 + of_class_2 + of_class_3 + of_class_4 = 0 OR hours - shortest < glh_optional)
