/*
summary = "How many entries of each subject have no result yet, of how many?"
why = "Whole subjects without results mean a file that is missing; one student means a question to the awarding body. Awards of qualifications may be a year or two away."
reads = ["entries", "results_by_carrier"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.series]
type = "text"
says = "only this series: 6E26"
*/
WITH live AS (
    SELECT DISTINCT centre_number, person_id, series, option_code, kind, season, expected_season,
        coalesce(subject, 'not known') AS subject
    FROM entries
    WHERE
        NOT withdrawn
        AND (:centre IS NULL OR centre_number = :centre)
        AND (:series IS NULL OR series = :series)
),

answered AS (
    SELECT
        e.*,
        EXISTS (
            SELECT 1
            FROM results_by_carrier AS b
            WHERE b.centre_number = e.centre_number AND b.person_id = e.person_id
                AND (b.option_code = e.option_code OR b.entry_option_code = e.option_code)
                AND (e.kind = 'qualification' OR b.series IS NOT DISTINCT FROM e.series)
        ) AS has_result
    FROM live AS e
)

SELECT
    centre_number,
    subject,
    kind,
    series,
    count(*) FILTER (NOT has_result) AS without_result,
    count(*) AS entries,
    count(DISTINCT person_id) FILTER (NOT has_result) AS students
FROM answered
GROUP BY centre_number, subject, kind, series
HAVING count(*) FILTER (NOT has_result) > 0
ORDER BY ALL;
