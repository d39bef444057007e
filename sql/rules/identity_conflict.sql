/*
severity = "error"
owner = "centre"
summary = "Two people share what should be one person's, and their other details contradict it."
message = "This student and another share {expected}, but {cause}: they are kept apart until somebody says which is right."
action = """
1. Compare the two students' records, line by line, in the school's own system.
2. If they are one person, correct the wrong name, birth date or number where it was typed; the next run joins them.
3. If they are two people, find out whose the shared number is and give the other their own.
4. If the awarding body's record is the wrong one, ring Customer Support, 01223 553998."""
why = "A number was copied to the wrong row, or a name or birth date was typed wrongly in one file."
source = "docs/semantics.md, who is who: a contradicted join"
population = "students with an OCR candidate number, a ULN or a name, one row for each of these"
reads = ["people_values", "identity_contradictions"]
needs = []
key = ["person", "key_identifier"]
follows_from = []
confidence = "ours"
wording = ["Candidate details do not match"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)", "Interchange > Cambridge Technicals > Results documents > candidate achievement report"]
private = ["found"]
*/
WITH contradicted AS (
    SELECT
        centre_number,
        person_id,
        other_person_id,
        value,
        CASE WHEN step IN ('name_and_birth_date', 'name_unique') THEN 'name' ELSE step END AS identifier
    FROM identity_contradictions
    WHERE step NOT IN ('uci', 'uci_12', 'candidate_number')
),

pairs AS (
    SELECT
        c.*,
        count(*) OVER (PARTITION BY c.centre_number, c.person_id, c.identifier) AS others,
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.identifier
            ORDER BY c.other_person_id ASC NULLS LAST, c.value ASC NULLS LAST
        ) AS place
    FROM contradicted AS c
),

seen AS (
    SELECT centre_number, person_id, CASE WHEN identifier = 'surname' THEN 'name' ELSE identifier END AS identifier
    FROM people_values
    WHERE identifier IN ('ocr_candidate_number', 'uln', 'surname')
    UNION
    SELECT centre_number, person_id, identifier FROM pairs
),

pointed AS (
    SELECT
        p.centre_number,
        p.person_id,
        p.identifier,
        v.file_id,
        v.line,
        row_number() OVER (
            PARTITION BY p.centre_number, p.person_id, p.identifier
            ORDER BY v.file_id ASC NULLS LAST, v.line ASC NULLS LAST
        ) AS place
    FROM pairs AS p
    INNER JOIN people_values AS v
        ON
            v.centre_number = p.centre_number AND v.person_id = p.other_person_id
            AND v.identifier = CASE WHEN p.identifier = 'name' THEN 'surname' ELSE p.identifier END
            AND (p.identifier = 'name' OR v.value = p.value)
    WHERE p.place = 1
)

SELECT
    s.centre_number,
    s.person_id,
    p.other_person_id,
    s.identifier AS key_identifier,
    CASE s.identifier
        WHEN 'ocr_candidate_number' THEN 'one OCR candidate number'
        WHEN 'uln' THEN 'one ULN'
        WHEN 'name' THEN 'one name'
        ELSE 'one identifier'
    END AS expected,
    p.value AS found,
    CASE
        WHEN p.others > 1 THEN (CAST(p.others + 1 AS VARCHAR) || ' people use it')
        WHEN s.identifier = 'name' THEN 'their birth dates or numbers differ'
        ELSE 'their names or birth dates differ'
    END AS cause,
    -- no number ties them: two people may simply have one name
    CASE WHEN s.identifier = 'name' THEN 'warning' END AS severity,
    f.file_id,
    f.line,
    p.person_id IS NOT NULL AS speaks
FROM seen AS s
LEFT JOIN pairs AS p
    ON p.centre_number = s.centre_number AND p.person_id = s.person_id AND p.identifier = s.identifier AND p.place = 1
LEFT JOIN pointed AS f
    ON f.centre_number = s.centre_number AND f.person_id = s.person_id AND f.identifier = s.identifier AND f.place = 1;

/* cases
one OCR number on two people who contradict each other is reported with the other's line
  people_values           | centre_number | person_id | identifier           | value    | file_id | line
                          | 99999         | p1        | ocr_candidate_number | 00000017 | a       | 2
                          | 99999         | p2        | ocr_candidate_number | 00000017 | a       | 9
                          | 99999         | p2        | ocr_candidate_number | 00000042 | a       | 1
                          | 99999         | p3        | ocr_candidate_number | 00000050 | a       | 3
  identity_contradictions | centre_number | step                 | value    | person_id | other_person_id
                          | 99999         | ocr_candidate_number | 00000017 | p1        | p2
  speaks                  | person_id | other_person_id | key                           | found    | severity | file_id | line
                          | p1        | p2              | 99999·p1·ocr_candidate_number | 00000017 | error    | a       | 9
  looked_at = 3

a ULN that three people use is one finding for the first of them and one for the pair that is left
  people_values           | centre_number | person_id | identifier | value
                          | 99999         | p1        | uln        | 1000000043
                          | 99999         | p2        | uln        | 1000000043
                          | 99999         | p3        | uln        | 1000000043
  identity_contradictions | centre_number | step | value      | person_id | other_person_id
                          | 99999         | uln  | 1000000043 | p1        | p2
                          | 99999         | uln  | 1000000043 | p1        | p3
                          | 99999         | uln  | 1000000043 | p2        | p3
  speaks                  | person_id | other_person_id | expected | cause
                          | p1        | p2              | one ULN  | 3 people use it
                          | p2        | p3              | one ULN  | their names or birth dates differ

where only a name is shared it is no more than a warning
  people_values           | centre_number | person_id | identifier | value
                          | 99999         | p1        | surname    | Sample
                          | 99999         | p2        | surname    | Sample
  identity_contradictions | centre_number | step        | academic_year | value        | person_id | other_person_id
                          | 99999         | name_unique | 2025-26       | sample robin | p1        | p2
  speaks                  | person_id | other_person_id | severity
                          | p1        | p2              | warning
  looked_at = 2

a shared UCI and a shared candidate number are other rules' findings; people who contradict nobody are silent
  people_values           | centre_number | person_id | identifier           | value
                          | 99999         | p1        | ocr_candidate_number | 00000017
                          | 99999         | p1        | surname              | Sample
                          | 99999         | p2        | ocr_candidate_number | 00000018
  identity_contradictions | centre_number | step             | academic_year | value         | person_id | other_person_id
                          | 99999         | uci              |               | 999990240001R | p1        | p2
                          | 99999         | candidate_number | 2025-26       | 0042          | p1        | p2
  speaks nothing
  looked_at = 3

each number in conflict is told for itself, with the first line of the first of the others
  people_values           | centre_number | person_id | identifier           | value      | file_id | line
                          | 99999         | p1        | ocr_candidate_number | 00000017   | a       | 2
                          | 99999         | p2        | ocr_candidate_number | 00000017   | b       | 9
                          | 99999         | p2        | ocr_candidate_number | 00000017   | b       | 3
                          | 99999         | p2        | ocr_candidate_number | 00000017   | c       | 1
                          | 99999         | p2        | ocr_candidate_number | 00000018   | a       | 1
                          | 99999         | p2        | uci                  | 00000017   | a       | 1
                          | 99999         | p3        | uln                  | 1000000043 | b       | 5
                          | 99999         | p4        | uln                  | 1000000043 | b       | 4
                          | 99999         | p2        | surname              | Sample     | b       | 7
                          | 99999         | p2        | forenames            | Robin      | b       | 6
                          | 99999         | p6        | uln                  | 1000000078 | a       | 7
  identity_contradictions | centre_number | step                 | academic_year | value        | person_id | other_person_id
                          | 99999         | ocr_candidate_number |               | 00000017     | p1        | p2
                          | 99999         | ocr_candidate_number |               | 00000018     | p1        | p2
                          | 99999         | uln                  |               | 1000000043   | p1        | p3
                          | 99999         | uln                  |               | 1000000043   | p1        | p4
                          | 99999         | name_unique          | 2025-26       | sample robin | p1        | p2
                          | 99999         | uln                  |               | 1000000078   | p5        | p6
  speaks                  | key                           | other_person_id | found        | cause                               | severity | file_id | line
                          | 99999·p1·ocr_candidate_number | p2              | 00000017     | 3 people use it                     | error    | b       | 3
                          | 99999·p1·uln                  | p3              | 1000000043   | 3 people use it                     | error    | b       | 5
                          | 99999·p1·name                 | p2              | sample robin | their birth dates or numbers differ | warning  | b       | 7
                          | 99999·p5·uln                  | p6              | 1000000078   | their names or birth dates differ   | error    | a       | 7
  looked_at = 9
*/
