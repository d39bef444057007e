/*
summary = "For the picture of the carriers: of this season's results and awards, how many each set of carriers has."
reads = ["reconciliation"]
order = ["results", "in_edi", "in_xml", "in_achievement", "in_marks"]
*/
WITH dated AS (
    SELECT
        *,
        -- an annual series (9, A, B, C) is named by the year it began, any other by the year it ended
        CASE
            WHEN regexp_full_match(series, '[1-9ABC][0-9A-Z][0-9]{2}')
                THEN CAST(substr(series, 3, 2) AS INTEGER) - CASE WHEN substr(series, 1, 1) IN ('9', 'A', 'B', 'C') THEN 0 ELSE 1 END
        END AS began
    FROM reconciliation
    WHERE NOT :only_released OR embargo_until IS NULL OR embargo_until <= :as_of
),

owed AS (
    SELECT *
    FROM dated
    WHERE
        (began = CAST(substr(:season, 3, 2) AS INTEGER) OR series IS NULL)
        -- what nobody owes and nobody states is nowhere, and rightly so
        AND (
            coalesce(in_edi, FALSE) OR coalesce(in_xml, FALSE) OR coalesce(in_achievement, FALSE) OR coalesce(in_marks, FALSE)
            OR state NOT IN ('not_expected', 'not_expected_yet', 'withdrawn', 'elsewhere', 'settled', 'absent')
        )
),

counted AS (
    SELECT
        in_edi,
        in_xml,
        in_achievement,
        in_marks,
        count(*) AS results,
        count(*) FILTER (state = 'differs') AS differ,
        count(*) FILTER (state IN ('pending', 'not_known')) AS awaited,
        max(CASE WHEN embargo_until > :as_of THEN CAST(epoch(embargo_until) AS BIGINT) END) AS restricted_until
    FROM owed
    GROUP BY in_edi, in_xml, in_achievement, in_marks
),

placed AS (
    SELECT
        *,
        CAST(sum(results) OVER () AS BIGINT) AS total,
        count(*) OVER () AS lines,
        row_number() OVER (
            ORDER BY
                results DESC, in_edi DESC NULLS LAST, in_xml DESC NULLS LAST, in_achievement DESC NULLS LAST, in_marks DESC NULLS LAST
        ) AS place
    FROM counted
)

SELECT in_edi, in_xml, in_achievement, in_marks, results, differ, awaited, restricted_until, total, lines
FROM placed
WHERE place <= :most_drawn
ORDER BY place
