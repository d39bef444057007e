/*
summary = "The people of each centre, with every number they go by."
reads = ["people_values", "mention_people", "stated_identities"]
publish = true
order = ["centre_number", "person_id"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: hash of the centre and the strongest identifier"
candidate_number = "VARCHAR: of the latest academic year; several are set apart by a space, the one most carriers use first"
ocr_candidate_number = "VARCHAR: eight digits; several are set apart by a space"
uci = "VARCHAR: unique candidate identifier; several are set apart by a space"
uln = "VARCHAR: unique learner number; several are set apart by a space"
surname = "VARCHAR: as most carriers spell it"
forenames = "VARCHAR: as most carriers spell them"
date_of_birth = "DATE: as most carriers say"
label = "VARCHAR: the shortest number that no other person of the centre has: the person in a finding's key"
*/
WITH years AS (
    SELECT person_id, max(academic_year) AS academic_year
    FROM people_values
    WHERE identifier = 'candidate_number'
    GROUP BY person_id
),

counted AS (
    SELECT
        v.person_id,
        v.identifier,
        v.value,
        count(DISTINCT v.carrier) AS carriers,
        sum(v.lines) AS lines,
        -- the school's own record names a person best, then the board's reports, then a 40-character field
        min(CASE v.carrier
            WHEN 'entries' THEN 1 WHEN 'achievement' THEN 2 WHEN 'marks' THEN 3
            WHEN 'tracker' THEN 4 WHEN 'claims' THEN 5 ELSE 6
        END) AS best
    FROM people_values AS v
    LEFT JOIN years AS y ON y.person_id = v.person_id
    WHERE v.identifier <> 'candidate_number' OR v.academic_year = y.academic_year
    GROUP BY v.person_id, v.identifier, v.value
),

-- a UCI without its check letter is the same number as the one with it
whole AS (
    SELECT c.*
    FROM counted AS c
    LEFT JOIN counted AS longer
        ON
            c.identifier = 'uci' AND longer.identifier = 'uci' AND longer.person_id = c.person_id
            AND length(c.value) = 12 AND length(longer.value) = 13 AND substr(longer.value, 1, 12) = c.value
    WHERE longer.person_id IS NULL
),

ranked AS (
    SELECT
        w.*,
        row_number() OVER (
            PARTITION BY w.person_id, w.identifier
            ORDER BY w.carriers DESC NULLS LAST, w.best ASC NULLS LAST, w.lines DESC NULLS LAST, w.value ASC NULLS LAST
        ) AS place
    FROM whole AS w
),

people AS (
    SELECT DISTINCT s.centre_number, m.person_id
    FROM stated_identities AS s
    INNER JOIN mention_people AS m ON m.mention_id = s.mention_id
),

joined AS (
    SELECT
        p.centre_number,
        p.person_id,
        concat_ws(' ',
            max(CASE WHEN w.identifier = 'candidate_number' AND w.place = 1 THEN w.value END),
            max(CASE WHEN w.identifier = 'candidate_number' AND w.place = 2 THEN w.value END),
            max(CASE WHEN w.identifier = 'candidate_number' AND w.place = 3 THEN w.value END),
            max(CASE WHEN w.identifier = 'candidate_number' AND w.place = 4 THEN w.value END)) AS candidate_number,
        concat_ws(' ',
            max(CASE WHEN w.identifier = 'ocr_candidate_number' AND w.place = 1 THEN w.value END),
            max(CASE WHEN w.identifier = 'ocr_candidate_number' AND w.place = 2 THEN w.value END),
            max(CASE WHEN w.identifier = 'ocr_candidate_number' AND w.place = 3 THEN w.value END),
            max(CASE WHEN w.identifier = 'ocr_candidate_number' AND w.place = 4 THEN w.value END)) AS ocr_candidate_number,
        concat_ws(' ',
            max(CASE WHEN w.identifier = 'uci' AND w.place = 1 THEN w.value END),
            max(CASE WHEN w.identifier = 'uci' AND w.place = 2 THEN w.value END),
            max(CASE WHEN w.identifier = 'uci' AND w.place = 3 THEN w.value END),
            max(CASE WHEN w.identifier = 'uci' AND w.place = 4 THEN w.value END)) AS uci,
        concat_ws(' ',
            max(CASE WHEN w.identifier = 'uln' AND w.place = 1 THEN w.value END),
            max(CASE WHEN w.identifier = 'uln' AND w.place = 2 THEN w.value END)) AS uln,
        max(CASE WHEN w.identifier = 'surname' AND w.place = 1 THEN w.value END) AS surname,
        max(CASE WHEN w.identifier = 'forenames' AND w.place = 1 THEN w.value END) AS forenames,
        CAST(max(CASE WHEN w.identifier = 'date_of_birth' AND w.place = 1 THEN w.value END) AS DATE) AS date_of_birth
    FROM people AS p
    LEFT JOIN ranked AS w ON w.person_id = p.person_id
    GROUP BY p.centre_number, p.person_id
),

shared AS (
    SELECT
        j.*,
        count(*) OVER (PARTITION BY j.centre_number, j.candidate_number) AS same_candidate_number,
        count(*) OVER (PARTITION BY j.centre_number, j.ocr_candidate_number) AS same_ocr_candidate_number
    FROM joined AS j
)

SELECT
    centre_number,
    person_id,
    nullif(candidate_number, '') AS candidate_number,
    nullif(ocr_candidate_number, '') AS ocr_candidate_number,
    nullif(uci, '') AS uci,
    nullif(uln, '') AS uln,
    surname,
    forenames,
    date_of_birth,
    CASE
        WHEN candidate_number <> '' AND same_candidate_number = 1 THEN replace(candidate_number, ' ', '+')
        WHEN ocr_candidate_number <> '' AND same_ocr_candidate_number = 1 THEN replace(ocr_candidate_number, ' ', '+')
        ELSE person_id
    END AS label
FROM shared
