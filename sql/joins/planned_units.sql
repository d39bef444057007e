/*
summary = "For each qualification entered and not withdrawn, the units that may count and what stands for each of them: achieved, claimed, entered, or nothing yet."
reads = ["qualification_entries", "award_combinations", "achieved_units", "tracked_items", "claims", "entered_options", "unit_results", "series_due", "run"]
order = ["centre_number", "person_id", "qualification_code", "unit_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered"
unit_code = "VARCHAR: the unit"
assessment = "VARCHAR: examined or moderated"
is_mandatory = "BOOLEAN: the award needs it"
glh = "INTEGER: its guided learning hours"
stands = "VARCHAR: achieved; claimed or entered (a result is to come); NULL where there is nothing"
by_tracker = "BOOLEAN: the tracker alone says so"
*/
-- a result that gave nothing, and from when it was known
WITH failed AS (
    SELECT
        u.centre_number,
        u.person_id,
        u.unit_code,
        max(coalesce(u.award_date, u.window_to, CAST(d.released_to_centres AS DATE))) AS known_on
    FROM unit_results AS u
    LEFT JOIN series_due AS d
        ON
            d.board IS NOT DISTINCT FROM u.board AND d.series = u.series
            AND d.window_from IS NOT DISTINCT FROM u.window_from
    WHERE u.unit_code IS NOT NULL AND u.grade IS NOT NULL AND u.grade NOT IN ('X', 'Q')
    GROUP BY u.centre_number, u.person_id, u.unit_code
),

answered AS (
    SELECT DISTINCT centre_number, person_id, series, option_code
    FROM unit_results
    WHERE grade IS NULL OR grade NOT IN ('X', 'Q')
),

last_claims AS (
    SELECT c.centre_number, c.person_id, c.unit_code, max(c.claim_date) AS claim_date
    FROM claims AS c
    INNER JOIN run AS r ON r.season <= c.claim_season OR c.claim_season IS NULL
    WHERE c.unit_code IS NOT NULL
    GROUP BY c.centre_number, c.person_id, c.unit_code
),

found AS (
    SELECT centre_number, person_id, unit_code, 1 AS rank
    FROM achieved_units
    UNION
    SELECT t.centre_number, t.person_id, t.code AS unit_code, 2 AS rank
    FROM tracked_items AS t
    WHERE t.kind = 'unit' AND t.status = 'result_achieved'
    UNION
    SELECT c.centre_number, c.person_id, c.unit_code, 3 AS rank
    FROM last_claims AS c
    LEFT JOIN failed AS f ON f.centre_number = c.centre_number AND f.person_id = c.person_id AND f.unit_code = c.unit_code
    WHERE f.unit_code IS NULL OR c.claim_date IS NULL OR c.claim_date > f.known_on
    UNION
    SELECT o.centre_number, o.person_id, o.unit_code, 4 AS rank
    FROM entered_options AS o
    INNER JOIN run AS r ON r.season = o.season
    LEFT JOIN answered AS a
        ON
            a.centre_number = o.centre_number AND a.person_id = o.person_id
            AND a.series = o.series AND a.option_code = o.option_code
    WHERE o.kind = 'unit' AND o.unit_code IS NOT NULL AND NOT o.withdrawn AND a.option_code IS NULL
    UNION
    -- its word stands until a failing result is surely later
    SELECT t.centre_number, t.person_id, t.code AS unit_code, CASE WHEN t.counts_as_claimed THEN 5 ELSE 6 END AS rank
    FROM tracked_items AS t
    LEFT JOIN failed AS f ON f.centre_number = t.centre_number AND f.person_id = t.person_id AND f.unit_code = t.code
    WHERE t.kind = 'unit' AND t.is_expecting AND (f.unit_code IS NULL OR t.as_of IS NULL OR f.known_on <= t.as_of)
),

best AS (
    SELECT centre_number, person_id, unit_code, min(rank) AS rank
    FROM found
    GROUP BY centre_number, person_id, unit_code
)

SELECT
    q.centre_number,
    q.person_id,
    q.qualification_code,
    k.unit_code,
    k.assessment,
    k.is_mandatory,
    k.glh,
    CASE WHEN b.rank IN (1, 2) THEN 'achieved' WHEN b.rank IN (3, 5) THEN 'claimed' WHEN b.rank IN (4, 6) THEN 'entered' END AS stands,
    coalesce(b.rank IN (2, 5, 6), FALSE) AS by_tracker
FROM qualification_entries AS q
INNER JOIN award_combinations AS k ON k.qualification_code = q.qualification_code
LEFT JOIN best AS b ON b.centre_number = q.centre_number AND b.person_id = q.person_id AND b.unit_code = k.unit_code
WHERE NOT q.withdrawn AND coalesce(q.is_expected, TRUE) AND (k.is_mandatory OR b.unit_code IS NOT NULL)
