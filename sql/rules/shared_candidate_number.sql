/*
severity = "error"
owner = "centre"
summary = "One candidate number stands against two people in one academic year."
message = "One candidate number stands against two people this academic year: {found}."
action = """
1. Do not give either student the results found under this number until it is known whose they are.
2. Look the number up in the school's own system: one of the two has another number, or is a leaver whose number was given out again.
3. Correct the entry or the claim that has the wrong number, and send the amendment to the awarding body.
4. If results were issued under the wrong number, ring the awarding body (Cambridge OCR Customer Support, 01223 553998)."""
why = "The number was typed wrongly, given out twice, or belongs to last year in one of the files."
source = "docs/semantics.md, who is who: a contradicted join; candidate numbers are unique in a centre and series"
population = "candidate numbers"
reads = ["people_values", "identity_contradictions"]
needs = []
key = ["key_academic_year", "key_candidate_number"]
follows_from = []
confidence = "documented"
wording = ["Candidate number already in use", "Duplicate candidate number"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)"]
private = []
*/
WITH seen AS (
    SELECT
        centre_number,
        academic_year,
        value,
        person_id,
        file_id,
        line
    FROM people_values
    WHERE identifier = 'candidate_number'
),

held AS (
    SELECT centre_number, academic_year, value, count(DISTINCT person_id) AS people
    FROM seen
    GROUP BY centre_number, academic_year, value
),

pairs AS (
    SELECT
        centre_number,
        academic_year,
        value,
        person_id,
        other_person_id,
        row_number() OVER (
            PARTITION BY centre_number, academic_year, value
            ORDER BY person_id ASC NULLS LAST, other_person_id ASC NULLS LAST
        ) AS place
    FROM identity_contradictions
    WHERE step = 'candidate_number'
),

pointed AS (
    SELECT
        s.centre_number,
        s.academic_year,
        s.value,
        s.file_id,
        s.line,
        row_number() OVER (
            PARTITION BY s.centre_number, s.academic_year, s.value
            ORDER BY s.file_id ASC NULLS LAST, s.line ASC NULLS LAST
        ) AS place
    FROM seen AS s
    INNER JOIN pairs AS p
        ON
            p.centre_number = s.centre_number AND p.academic_year = s.academic_year
            AND p.value = s.value AND p.place = 1 AND p.other_person_id = s.person_id
)

SELECT
    h.centre_number,
    h.academic_year AS key_academic_year,
    h.value AS key_candidate_number,
    p.person_id,
    p.other_person_id,
    'one person' AS expected,
    (CAST(greatest(h.people, 2) AS VARCHAR) || ' people with candidate number ' || h.value || ' in ' || h.academic_year) AS found,
    f.file_id,
    f.line,
    p.value IS NOT NULL AS speaks
FROM held AS h
LEFT JOIN pairs AS p
    ON
        p.centre_number = h.centre_number AND p.academic_year = h.academic_year
        AND p.value = h.value AND p.place = 1
LEFT JOIN pointed AS f
    ON
        f.centre_number = h.centre_number AND f.academic_year = h.academic_year
        AND f.value = h.value AND f.place = 1;

/* cases
two people with one number in one year are reported once
  people_values           | centre_number | person_id | identifier       | academic_year | value | file_id | line
                          | 99999         | p1        | candidate_number | 2025-26       | 0042  | f1      | 2
                          | 99999         | p2        | candidate_number | 2025-26       | 0042  | f2      | 7
                          | 99999         | p3        | candidate_number | 2025-26       | 0043  | f1      | 3
  identity_contradictions | centre_number | step             | academic_year | value | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042  | p1        | p2
  speaks                  | person_id | other_person_id | key                | file_id | line
                          | p1        | p2              | 99999·2025-26·0042 | f2      | 7
  looked_at = 2

a number given out anew the year after is no fault: the year belongs to it
  people_values           | centre_number | person_id | identifier       | academic_year | value
                          | 99999         | p1        | candidate_number | 2024-25       | 0042
                          | 99999         | p2        | candidate_number | 2025-26       | 0042
  speaks nothing
  looked_at = 2

three people on one number are one finding, and a contradiction by UCI is another rule's
  people_values           | centre_number | person_id | identifier       | academic_year | value
                          | 99999         | p1        | candidate_number | 2025-26       | 0042
                          | 99999         | p2        | candidate_number | 2025-26       | 0042
                          | 99999         | p3        | candidate_number | 2025-26       | 0042
                          | 99999         | p4        | candidate_number | 2025-26       | 0050
                          | 99999         | p5        | candidate_number | 2025-26       | 0051
  identity_contradictions | centre_number | step             | academic_year | value         | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042          | p2        | p3
                          | 99999         | candidate_number | 2025-26       | 0042          | p1        | p2
                          | 99999         | uci              |               | 999990240001R | p4        | p5
  speaks                  | person_id | other_person_id | found
                          | p1        | p2              | 3 people with candidate number 0042 in 2025-26
  looked_at = 3

two numbers, two years and two centres are told apart, each with the other person's first line
  people_values           | centre_number | person_id | identifier       | academic_year | value | carrier     | file_id | line
                          | 99999         | p1        | candidate_number | 2025-26       | 0042  | edi         | f1      | 1
                          | 99999         | p2        | candidate_number | 2025-26       | 0042  | edi         | f2      | 9
                          | 99999         | p2        | candidate_number | 2025-26       | 0042  | achievement | f2      | 3
                          | 99999         | p2        | candidate_number | 2025-26       | 0042  | marks       | f3      | 2
                          | 99999         | p3        | candidate_number | 2025-26       | 0043  | edi         | f1      | 5
                          | 99999         | p4        | candidate_number | 2025-26       | 0043  | edi         | f1      | 6
                          | 99999         | p1        | candidate_number | 2024-25       | 0042  | edi         | f0      | 3
                          | 99999         | p2        | candidate_number | 2024-25       | 0042  | edi         | f0      | 4
                          | 99998         | q1        | candidate_number | 2025-26       | 0042  | edi         | f1      | 7
                          | 99998         | q2        | candidate_number | 2025-26       | 0042  | edi         | f1      | 8
                          | 99998         | q2        | uci              |               | 0042  | edi         | f1      | 8
  identity_contradictions | centre_number | step             | academic_year | value | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042  | p1        | p2
                          | 99999         | candidate_number | 2025-26       | 0043  | p3        | p4
                          | 99999         | candidate_number | 2024-25       | 0042  | p1        | p2
                          | 99998         | candidate_number | 2025-26       | 0042  | q1        | q2
  speaks                  | key                | found                                          | file_id | line
                          | 99999·2025-26·0042 | 2 people with candidate number 0042 in 2025-26 | f2      | 3
                          | 99999·2025-26·0043 | 2 people with candidate number 0043 in 2025-26 | f1      | 6
                          | 99999·2024-25·0042 | 2 people with candidate number 0042 in 2024-25 | f0      | 4
                          | 99998·2025-26·0042 | 2 people with candidate number 0042 in 2025-26 | f1      | 8
  looked_at = 4

of a chain the first pair is named, though only one of the two may still show the number
  people_values           | centre_number | person_id | identifier       | academic_year | value | file_id | line
                          | 99999         | p1        | candidate_number | 2025-26       | 0042  | f1      | 1
                          | 99999         | p3        | candidate_number | 2025-26       | 0043  | f1      | 2
                          | 99999         | p4        | candidate_number | 2025-26       | 0043  | f1      | 3
                          | 99999         | p5        | candidate_number | 2025-26       | 0043  | f1      | 4
  identity_contradictions | centre_number | step             | academic_year | value | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042  | p1        | p2
                          | 99999         | candidate_number | 2025-26       | 0043  | p3        | p4
                          | 99999         | candidate_number | 2025-26       | 0043  | p3        | p5
  speaks                  | person_id | other_person_id | found                                          | line
                          | p1        | p2              | 2 people with candidate number 0042 in 2025-26 |
                          | p3        | p4              | 3 people with candidate number 0043 in 2025-26 | 3

a UCI that two people share, typed by one of them for the candidate number, is not this
  people_values           | centre_number | person_id | identifier       | academic_year | value
                          | 99999         | p1        | candidate_number | 2025-26       | 999990240001R
  identity_contradictions | centre_number | step | academic_year | value         | person_id | other_person_id
                          | 99999         | uci  | 2025-26       | 999990240001R | p1        | p2
  speaks nothing
  looked_at = 1

who shares one number with one and another with another is pointed at by the right line of each
  people_values           | centre_number | person_id | identifier       | academic_year | value | file_id | line
                          | 99999         | p1        | candidate_number | 2025-26       | 0042  | f1      | 4
                          | 99999         | p2        | candidate_number | 2025-26       | 0042  | f1      | 3
                          | 99999         | p2        | candidate_number | 2025-26       | 0043  | f1      | 1
                          | 99999         | p3        | candidate_number | 2025-26       | 0043  | f1      | 2
                          | 99999         | p4        | candidate_number | 2025-26       | 0044  | f1      | 7
                          | 99999         | p5        | candidate_number | 2025-26       | 0044  | f1      | 6
                          | 99999         | p6        | candidate_number | 2025-26       | 0044  | f1      | 5
                          | 99999         | p2        | candidate_number | 2024-25       | 0042  | f0      | 8
                          | 99999         | p7        | candidate_number | 2024-25       | 0042  | f0      | 9
  identity_contradictions | centre_number | step             | academic_year | value | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042  | p1        | p2
                          | 99999         | candidate_number | 2025-26       | 0043  | p2        | p3
                          | 99999         | candidate_number | 2025-26       | 0044  | p4        | p5
                          | 99999         | candidate_number | 2025-26       | 0044  | p4        | p6
                          | 99999         | candidate_number | 2024-25       | 0042  | p2        | p7
  speaks                  | person_id | other_person_id | line
                          | p1        | p2              | 3
                          | p2        | p3              | 2
                          | p4        | p5              | 6
                          | p2        | p7              | 9
*/
