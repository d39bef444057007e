/*
summary = "Each result that changed, once, however many carriers and values say so: up, down, new, withdrawn or otherwise."
reads = ["changes"]
empty_without = [["changes"]]
order = ["centre_number", "person_id", "series", "item"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
series = "VARCHAR: the series"
item = "VARCHAR: the unit, the qualification, or the option"
direction = "VARCHAR: up, down, other, new or withdrawn"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
WITH ranked AS (
    SELECT
        c.*,
        coalesce(c.unit_code, CASE WHEN c.is_technical THEN c.qualification_code END, c.option_code) AS item,
        row_number() OVER (
            PARTITION BY
                c.centre_number, c.person_id, c.series,
                coalesce(c.unit_code, CASE WHEN c.is_technical THEN c.qualification_code END, c.option_code)
            ORDER BY
                -- a grade says more than a mark, and a result that one carrier changed is not new because another has it now
                CASE c.compared WHEN 'grade' THEN 1 WHEN 'mark' THEN 2 WHEN 'absence' THEN 3 ELSE 4 END ASC NULLS LAST,
                CASE c.direction WHEN 'withdrawn' THEN 1 WHEN 'other' THEN 3 ELSE 2 END ASC NULLS LAST,
                c.window_from DESC NULLS LAST,
                CASE c.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                c.direction ASC NULLS LAST
        ) AS place
    FROM changes AS c
)

SELECT centre_number, person_id, series, item, direction, embargo_until
FROM ranked
WHERE place = 1
