/*
summary = "Whom each row of manual_changes.csv, waivers.csv and destinations.csv is about, by the numbers it gives."
reads = ["given_manual_changes", "given_waivers", "given_destinations", "given_numbers", "run", "candidate_identities", "centres", "only_centre"]
empty_without = [["given_destinations", "given_manual_changes", "given_waivers"]]
order = ["given", "line"]

[columns]
given = "VARCHAR: manual_changes, waivers or destinations"
line = "INTEGER: the row's line in that file"
centre_number = "VARCHAR: the centre the row gives, else the one it must mean; NULL where that is open"
is_ours = "BOOLEAN: the row names no centre, or one that this run speaks of"
has_number = "BOOLEAN: the row names a person at all"
person_id = "VARCHAR: the person; NULL where nobody, or no one person, has the numbers"
people = "INTEGER: how many people the numbers may mean; 0 where nobody has them"
*/
WITH rows_given AS (
    SELECT
        'manual_changes' AS given,
        line,
        fault,
        centre_number,
        -- a candidate number belongs to the academic year of its series: 9I25 began in September 2025, 6E26 ends in August 2026
        CASE
            WHEN substr(series, 1, 2) IN ('6I', '6C') THEN (TRY_CAST(substr(series, 3, 2) AS INTEGER) + 99) % 100
            WHEN substr(series, 1, 1) IN ('9', 'A', 'B', 'C') THEN TRY_CAST(substr(series, 3, 2) AS INTEGER)
            ELSE (TRY_CAST(substr(series, 3, 2) AS INTEGER) + 99) % 100
        END AS first_year,
        CAST(extract(year FROM changed_on) AS INTEGER) % 100
        - CASE WHEN CAST(extract(month FROM changed_on) AS INTEGER) >= 9 THEN 0 ELSE 1 END AS other_year
    FROM given_manual_changes
    UNION ALL
    SELECT
        'waivers' AS given,
        line,
        fault,
        centre_number,
        CAST(extract(year FROM waived_on) AS INTEGER) % 100
        - CASE WHEN CAST(extract(month FROM waived_on) AS INTEGER) >= 9 THEN 0 ELSE 1 END AS first_year,
        -- the queries of one summer go on into the autumn
        CAST(extract(year FROM waived_on) AS INTEGER) % 100
        - CASE WHEN CAST(extract(month FROM waived_on) AS INTEGER) >= 9 THEN 1 ELSE 2 END AS other_year
    FROM given_waivers
    UNION ALL
    -- a place is held by the candidate numbers of the season: last year's number may be another student's
    SELECT
        'destinations' AS given,
        g.line,
        g.fault,
        g.centre_number,
        CAST(extract(year FROM r.season_start) AS INTEGER) % 100 AS first_year,
        CAST(NULL AS INTEGER) AS other_year
    FROM given_destinations AS g
    CROSS JOIN run AS r
),

-- a UCI without its check letter is the same number as the one with it
shared AS (
    SELECT
        g.given,
        g.line,
        i.centre_number,
        i.person_id,
        max(CASE WHEN n.identifier = 'ocr_candidate_number' THEN 1 ELSE 0 END) AS by_ocr_number,
        max(CASE WHEN n.identifier = 'uci' THEN 1 ELSE 0 END) AS by_uci,
        max(CASE
            WHEN n.identifier <> 'candidate_number' THEN 0
            WHEN CAST(substr(i.academic_year, 3, 2) AS INTEGER) = g.first_year THEN 2
            WHEN CAST(substr(i.academic_year, 3, 2) AS INTEGER) = g.other_year THEN 1
            ELSE 0
        END) AS by_candidate_number
    FROM rows_given AS g
    INNER JOIN given_numbers AS n ON n.given = g.given AND n.line = g.line
    INNER JOIN candidate_identities AS i
        ON
            i.identifier = n.identifier
            AND substr(i.value, 1, 12) = substr(n.value, 1, 12)
            AND (i.value = n.value OR length(i.value) = 12 OR length(n.value) = 12)
            AND (g.centre_number IS NULL OR i.centre_number = g.centre_number)
    GROUP BY g.given, g.line, i.centre_number, i.person_id
),

weighed AS (
    SELECT
        s.*,
        4 * s.by_uci + 8 * s.by_ocr_number AS weight,
        4 * max(s.by_uci) OVER one_row + 8 * max(s.by_ocr_number) OVER one_row AS whole_weight,
        max(4 * s.by_uci + 8 * s.by_ocr_number + s.by_candidate_number) OVER one_row AS best
    FROM shared AS s
    WHERE s.by_uci + s.by_ocr_number + s.by_candidate_number > 0
    WINDOW one_row AS (PARTITION BY s.given, s.line)
),

-- one person has all the strong numbers that anybody has, and nobody fits as well: else it is not clear whom the row means
fitting AS (
    SELECT
        given,
        line,
        count(*) AS people,
        count(CASE WHEN weight + by_candidate_number = best THEN 1 END) AS best_people,
        max(CASE WHEN weight + by_candidate_number = best AND weight = whole_weight THEN 1 ELSE 0 END) AS is_whole,
        max(CASE WHEN weight + by_candidate_number = best THEN person_id END) AS person_id,
        max(CASE WHEN weight + by_candidate_number = best THEN centre_number END) AS centre_number
    FROM weighed
    GROUP BY given, line
),

named AS (
    SELECT given, line, count(*) AS numbers
    FROM given_numbers
    GROUP BY given, line
)

SELECT
    g.given,
    g.line,
    coalesce(
        CASE WHEN g.fault IS NULL THEN g.centre_number ELSE c.centre_number END,
        CASE WHEN f.best_people = 1 AND f.is_whole = 1 THEN f.centre_number END,
        o.centre_number
    ) AS centre_number,
    -- what cannot be used may have its centre wrong too, and is told wherever it belongs
    (g.fault IS NOT NULL OR g.centre_number IS NULL OR c.centre_number IS NOT NULL) AS is_ours,
    n.numbers IS NOT NULL AS has_number,
    CASE WHEN f.best_people = 1 AND f.is_whole = 1 THEN f.person_id END AS person_id,
    CAST(CASE
        WHEN f.people IS NULL THEN 0
        WHEN f.best_people = 1 AND f.is_whole = 1 THEN 1
        WHEN f.people > 1 THEN f.people
        ELSE 2
    END AS INTEGER) AS people
FROM rows_given AS g
LEFT JOIN fitting AS f ON f.given = g.given AND f.line = g.line
LEFT JOIN named AS n ON n.given = g.given AND n.line = g.line
LEFT JOIN centres AS c ON c.centre_number = g.centre_number
LEFT JOIN only_centre AS o ON TRUE
