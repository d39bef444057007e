/*
summary = "The years that each achievement report of a stretch of days reaches over, for every qualification it has; a report of one series is none."
reads = ["results_by_carrier", "series_seen"]
order = ["centre_number", "qualification_code", "file_id"]

[columns]
centre_number = "VARCHAR: the centre"
qualification_code = "VARCHAR: a qualification it has rows of"
file_id = "VARCHAR: the report"
first_season = "VARCHAR: the first academic year it lists units of, of whatever qualification"
last_season = "VARCHAR: the last"
*/
-- units of one series alone: nobody can tell it from a report that was run for that series
WITH stretches AS (
    SELECT
        c.centre_number,
        c.file_id,
        min(s.season) AS first_season,
        max(s.season) AS last_season
    FROM results_by_carrier AS c
    INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM c.board AND s.series = c.series
    WHERE c.carrier = 'achievement' AND c.kind = 'unit'
    GROUP BY c.centre_number, c.file_id
    HAVING count(DISTINCT c.series) > 1
),

listed AS (
    SELECT DISTINCT centre_number, file_id, qualification_code
    FROM results_by_carrier
    WHERE carrier = 'achievement' AND qualification_code IS NOT NULL
)

SELECT
    s.centre_number,
    q.qualification_code,
    s.file_id,
    s.first_season,
    s.last_season
FROM stretches AS s
INNER JOIN listed AS q ON q.centre_number = s.centre_number AND q.file_id = s.file_id
