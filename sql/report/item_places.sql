/*
summary = "A line for each result seen or expected of a student, and where an expectation without a series belongs."
reads = ["stated_grades", "expected_items"]
makes = true
order = ["centre_number", "person_id", "kind", "item", "series", "window_from"]
*/
WITH keys AS (
    SELECT DISTINCT centre_number, person_id, kind, item, series, window_from FROM stated_grades
    UNION
    SELECT e.centre_number, e.person_id, e.kind, e.item, e.series, CAST(NULL AS DATE)
    FROM expected_items AS e
    WHERE
        e.series IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM stated_grades AS s
            WHERE
                s.centre_number = e.centre_number AND s.person_id = e.person_id AND s.kind = e.kind
                AND s.item = e.item AND s.series = e.series
        )
),

dated AS (
    SELECT
        *,
        -- an annual series (9, A, B, C) is named by the year it began, any other by the year it ended
        CASE
            WHEN regexp_full_match(series, '[1-9ABC][0-9A-Z][0-9]{2}')
                THEN CAST(substr(series, 3, 2) AS INTEGER) - CASE WHEN substr(series, 1, 1) IN ('9', 'A', 'B', 'C') THEN 0 ELSE 1 END
        END AS began
    FROM keys
),

placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY centre_number, person_id, kind, item
            ORDER BY began DESC NULLS LAST, window_from DESC NULLS LAST, series DESC NULLS LAST
        ) AS newest,
        row_number() OVER (
            PARTITION BY centre_number, person_id, kind, item, series
            ORDER BY window_from DESC NULLS LAST
        ) AS newest_of_series
    FROM dated
)

SELECT centre_number, person_id, kind, item, series, window_from, began, newest = 1 AS is_newest, newest_of_series = 1 AS is_newest_of_series
FROM placed
UNION ALL
SELECT e.centre_number, e.person_id, e.kind, e.item, NULL, NULL, NULL, TRUE, FALSE
FROM expected_items AS e
WHERE
    e.series IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM placed AS k
        WHERE
            k.centre_number = e.centre_number AND k.person_id = e.person_id AND k.kind = e.kind AND k.item = e.item
            AND k.newest = 1
            -- a claim of this season is not answered by a result of an earlier one
            AND (e.claimed IS NULL OR k.began = CAST(substr(:season, 3, 2) AS INTEGER))
    )
