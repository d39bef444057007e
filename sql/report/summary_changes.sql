/*
summary = "For the summary without names: how many results went up, down, came or were withdrawn since the run before, each once."
reads = ["changes"]
empty_without = [["changes"]]
pages = ["summary"]
order = ["direction"]
*/
WITH ranked AS (
    SELECT
        direction,
        row_number() OVER (
            PARTITION BY
                centre_number, person_id, series, coalesce(unit_code, CASE WHEN is_technical THEN qualification_code END, option_code)
            ORDER BY
                -- as the run counts them: a grade says more than a mark, and what one carrier changed is not new
                CASE compared WHEN 'grade' THEN 1 WHEN 'mark' THEN 2 WHEN 'absence' THEN 3 ELSE 4 END,
                CASE direction WHEN 'withdrawn' THEN 1 WHEN 'other' THEN 3 ELSE 2 END,
                window_from DESC NULLS LAST,
                CASE carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END,
                direction
        ) AS place
    FROM changes
    WHERE NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of
)

SELECT direction, count(*) AS results
FROM ranked
WHERE place = 1
GROUP BY direction
ORDER BY direction
