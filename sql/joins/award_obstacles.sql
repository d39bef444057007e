/*
summary = "The first thing that stands between a student and the qualification entered, among its units that are not achieved."
reads = ["needed_units", "expected_by_entry", "expected_by_claim", "reconciled_results", "qualification_entries", "combinations", "unit_achievements"]
order = ["centre_number", "person_id", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered"
cause = "VARCHAR: not_claimed, unit_result_missing, unit_result_withheld, unit_result_pending or absent"
is_pending = "BOOLEAN: it is awaited: nothing is wrong yet"
unit_code = "VARCHAR: the first such unit"
units = "BIGINT: how many units have that obstacle"
*/
WITH found AS (
    SELECT
        centre_number,
        person_id,
        code AS unit_code,
        CASE WHEN state = 'pending' THEN 4 WHEN state = 'absent' THEN 5 ELSE 2 END AS rank
    FROM expected_by_entry
    WHERE kind = 'unit' AND NOT is_stated AND state IN ('missing', 'not_imported', 'pending', 'absent')
    UNION
    SELECT centre_number, person_id, code AS unit_code, CASE WHEN state = 'pending' THEN 4 ELSE 2 END AS rank
    FROM expected_by_claim
    WHERE NOT is_stated AND state IN ('missing', 'pending')
    UNION
    SELECT centre_number, person_id, unit_code, CASE WHEN state = 'absent' THEN 5 ELSE 3 END AS rank
    FROM reconciled_results
    WHERE kind = 'unit' AND state IN ('withheld', 'absent')
),

obstacles AS (
    SELECT centre_number, person_id, qualification_code, unit_code, 1 AS rank
    FROM needed_units
    WHERE is_missing
    UNION
    SELECT f.centre_number, f.person_id, q.qualification_code, f.unit_code, f.rank
    FROM found AS f
    INNER JOIN qualification_entries AS q ON q.centre_number = f.centre_number AND q.person_id = f.person_id AND q.is_live
    INNER JOIN combinations AS k ON k.qualification_code = q.qualification_code AND k.unit_code = f.unit_code
    LEFT JOIN unit_achievements AS a
        ON a.is_achieved AND a.centre_number = f.centre_number AND a.person_id = f.person_id AND a.unit_code = f.unit_code
    WHERE a.person_id IS NULL
),

firsts AS (
    SELECT
        o.*,
        min(o.rank) OVER (PARTITION BY o.centre_number, o.person_id, o.qualification_code) AS first_rank
    FROM obstacles AS o
)

SELECT
    centre_number,
    person_id,
    qualification_code,
    CASE rank
        WHEN 1 THEN 'not_claimed'
        WHEN 2 THEN 'unit_result_missing'
        WHEN 3 THEN 'unit_result_withheld'
        WHEN 4 THEN 'unit_result_pending'
        ELSE 'absent'
    END AS cause,
    rank = 4 AS is_pending,
    min(unit_code) AS unit_code,
    count(*) AS units
FROM firsts
WHERE rank = first_rank
GROUP BY centre_number, person_id, qualification_code, rank
