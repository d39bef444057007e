/*
summary = "Who of the run before is whom of this one: people who share an identifier, so that a number gained or two records joined lose nobody's history."
reads = ["candidates", "candidate_identities", "previous_people", "previous_identities"]
empty_without = [["previous_identities", "previous_people"]]
order = ["centre_number", "previous_person_id", "person_id"]

[columns]
centre_number = "VARCHAR: the centre"
previous_person_id = "VARCHAR: the person in the run before"
person_id = "VARCHAR: the person now"
strength = "INTEGER: 0 the same id, 1 OCR number, 2 UCI, 3 ULN, 4 candidate number of one academic year, 5 an identifier that two people share"
is_certain = "BOOLEAN: nothing that only one person has says otherwise"
is_first = "BOOLEAN: of several people now, the one the earlier person goes on as"
*/
WITH current_values AS (
    -- the last character of a UCI may be missing in one of the runs
    SELECT DISTINCT
        centre_number,
        person_id,
        identifier,
        CASE WHEN identifier = 'uci' THEN substr(value, 1, 12) ELSE value END AS value,
        coalesce(academic_year, '') AS academic_year
    FROM candidate_identities
),

previous_values AS (
    SELECT DISTINCT
        centre_number,
        person_id,
        identifier,
        CASE WHEN identifier = 'uci' THEN substr(value, 1, 12) ELSE value END AS value,
        coalesce(academic_year, '') AS academic_year
    FROM previous_identities
),

current_counted AS (
    SELECT
        v.*,
        count(*) OVER (PARTITION BY v.centre_number, v.identifier, v.value, v.academic_year) AS people,
        max(CASE WHEN v.identifier = 'uci' THEN 1 ELSE 0 END) OVER (PARTITION BY v.centre_number, v.person_id) AS has_uci
    FROM current_values AS v
),

previous_counted AS (
    SELECT
        v.*,
        count(*) OVER (PARTITION BY v.centre_number, v.identifier, v.value, v.academic_year) AS people,
        max(CASE WHEN v.identifier = 'uci' THEN 1 ELSE 0 END) OVER (PARTITION BY v.centre_number, v.person_id) AS has_uci
    FROM previous_values AS v
),

shared AS (
    SELECT
        c.centre_number,
        p.person_id AS previous_person_id,
        c.person_id,
        CASE
            WHEN c.people > 1 OR p.people > 1 THEN 5
            WHEN c.identifier = 'ocr_candidate_number' THEN 1
            WHEN c.identifier = 'uci' THEN 2
            WHEN c.identifier = 'uln' THEN 3
            ELSE 4
        END AS strength,
        c.has_uci = 1 AND p.has_uci = 1 AS both_have_uci
    FROM current_counted AS c
    INNER JOIN previous_counted AS p
        ON
            p.centre_number = c.centre_number AND p.identifier = c.identifier
            AND p.value = c.value AND p.academic_year = c.academic_year
    UNION ALL
    SELECT c.centre_number, p.person_id AS previous_person_id, c.person_id, 0 AS strength, FALSE AS both_have_uci
    FROM candidates AS c
    INNER JOIN previous_people AS p ON p.centre_number = c.centre_number AND p.person_id = c.person_id
),

linked AS (
    SELECT
        centre_number,
        previous_person_id,
        person_id,
        min(strength) AS strength,
        max(CASE WHEN both_have_uci THEN 1 ELSE 0 END) = 1 AS both_have_uci
    FROM shared
    GROUP BY centre_number, previous_person_id, person_id
),

weighed AS (
    SELECT
        l.*,
        min(l.strength) OVER (PARTITION BY l.centre_number, l.previous_person_id) AS strongest,
        row_number() OVER (
            PARTITION BY l.centre_number, l.previous_person_id
            ORDER BY l.strength ASC NULLS LAST, l.person_id ASC NULLS LAST
        ) AS place
    FROM linked AS l
)

SELECT
    centre_number,
    previous_person_id,
    person_id,
    CAST(strength AS INTEGER) AS strength,
    -- a candidate number may have passed to somebody else: two UCIs, neither shared, say so
    strength < 4 OR (strength = 4 AND NOT both_have_uci) AS is_certain,
    place = 1 AS is_first
FROM weighed
-- twins under one UCI: what both have links nobody who has a number of their own
WHERE strength < 5 OR strongest = 5
