/*
severity = "error"
owner = "board"
summary = "One UCI stands against two people whose other details contradict each other."
message = "One UCI stands against two people: {found}."
action = """
1. Do not give either student the results found under this UCI until it is known whose they are.
2. Look both up in the school's own system: whose UCI is it? Twins and siblings are the usual pair.
3. Make or find the other student's own UCI and correct their entries.
4. Ring the awarding body (Cambridge OCR Customer Support, 01223 553998) and ask which results were issued to whom."""
why = "A UCI was copied to the next row, given to a twin, or made from a candidate number that the year before belonged to somebody else."
source = "docs/semantics.md, who is who: a contradicted join"
population = "UCIs, the check letter apart"
reads = ["people_values", "identity_contradictions"]
needs = []
key = ["key_uci"]
follows_from = []
confidence = "documented"
wording = ["UCI already in use", "Duplicate UCI"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)", "Interchange > Post results > Missing and incomplete results"]
private = []
*/
WITH seen AS (
    SELECT
        centre_number,
        substr(value, 1, 12) AS uci,
        person_id,
        file_id,
        line
    FROM people_values
    WHERE identifier = 'uci'
),

held AS (
    SELECT centre_number, uci, count(DISTINCT person_id) AS people
    FROM seen
    GROUP BY centre_number, uci
),

pairs AS (
    SELECT
        centre_number,
        substr(value, 1, 12) AS uci,
        person_id,
        other_person_id,
        row_number() OVER (
            PARTITION BY centre_number, substr(value, 1, 12)
            ORDER BY person_id ASC NULLS LAST, other_person_id ASC NULLS LAST, step ASC NULLS LAST
        ) AS place
    FROM identity_contradictions
    WHERE step IN ('uci', 'uci_12')
),

pointed AS (
    SELECT
        s.centre_number,
        s.uci,
        s.file_id,
        s.line,
        row_number() OVER (
            PARTITION BY s.centre_number, s.uci
            ORDER BY s.file_id ASC NULLS LAST, s.line ASC NULLS LAST
        ) AS place
    FROM seen AS s
    INNER JOIN pairs AS p ON p.centre_number = s.centre_number AND p.uci = s.uci AND p.place = 1 AND p.other_person_id = s.person_id
)

SELECT
    h.centre_number,
    h.uci AS key_uci,
    p.person_id,
    p.other_person_id,
    'one person' AS expected,
    (CAST(greatest(h.people, 2) AS VARCHAR) || ' people with one UCI, whose names or birth dates differ') AS found,
    f.file_id,
    f.line,
    p.uci IS NOT NULL AS speaks
FROM held AS h
LEFT JOIN pairs AS p ON p.centre_number = h.centre_number AND p.uci = h.uci AND p.place = 1
LEFT JOIN pointed AS f ON f.centre_number = h.centre_number AND f.uci = h.uci AND f.place = 1;

/* cases
twins with one UCI are reported once, and the line shown is the other one's
  people_values           | centre_number | person_id | identifier | value         | file_id | line
                          | 99999         | p1        | uci        | 999990240001R | f1      | 2
                          | 99999         | p2        | uci        | 999990240001R | f1      | 3
                          | 99999         | p3        | uci        | 999990240002Y | f1      | 4
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99999         | uci  | 999990240001R | p1        | p2
  speaks                  | person_id | other_person_id | key                | file_id | line
                          | p1        | p2              | 99999·999990240001 | f1      | 3
  looked_at = 2

with and without the check letter it is one number and one finding, and three people are one finding too
  people_values           | centre_number | person_id | identifier | value
                          | 99999         | p1        | uci        | 999990240001R
                          | 99999         | p2        | uci        | 999990240001
                          | 99999         | p3        | uci        | 999990240001R
  identity_contradictions | centre_number | step   | value         | person_id | other_person_id
                          | 99999         | uci    | 999990240001R | p1        | p3
                          | 99999         | uci_12 | 999990240001  | p1        | p2
  speaks                  | person_id | other_person_id | found
                          | p1        | p2              | 3 people with one UCI, whose names or birth dates differ
  looked_at = 1

one person with one UCI is silent, and so is a contradiction about another number
  people_values           | centre_number | person_id | identifier | value
                          | 99999         | p1        | uci        | 999990240001R
                          | 99999         | p2        | uci        | 999990240002Y
  identity_contradictions | centre_number | step             | academic_year | value | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042  | p1        | p2
  speaks nothing
  looked_at = 2

the same number at another centre is somebody else's business
  people_values           | centre_number | person_id | identifier | value
                          | 99999         | p1        | uci        | 999990240001R
                          | 99998         | p9        | uci        | 999990240001R
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99998         | uci  | 999990240009A | p9        | p8
  speaks nothing
  looked_at = 2

two numbers shared at one centre and one of them at another are three findings, each with the other person's first line
  people_values           | centre_number | person_id | identifier       | value         | carrier     | file_id | line
                          | 99999         | p1        | uci              | 999990240001R | edi         | f1      | 1
                          | 99999         | p2        | uci              | 999990240001R | edi         | f2      | 9
                          | 99999         | p2        | uci              | 999990240001R | achievement | f2      | 3
                          | 99999         | p2        | uci              | 999990240001R | marks       | f3      | 2
                          | 99999         | p3        | uci              | 999990240002Y | edi         | f1      | 5
                          | 99999         | p4        | uci              | 999990240002Y | edi         | f1      | 6
                          | 99999         | p4        | candidate_number | 0042          | edi         | f1      | 6
                          | 99998         | q1        | uci              | 999990240001R | edi         | f1      | 7
                          | 99998         | q2        | uci              | 999990240001R | edi         | f1      | 8
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99999         | uci  | 999990240001R | p1        | p2
                          | 99999         | uci  | 999990240002Y | p3        | p4
                          | 99998         | uci  | 999990240001R | q1        | q2
  speaks                  | centre_number | person_id | other_person_id | found                                                    | file_id | line
                          | 99999         | p1        | p2              | 2 people with one UCI, whose names or birth dates differ | f2      | 3
                          | 99999         | p3        | p4              | 2 people with one UCI, whose names or birth dates differ | f1      | 6
                          | 99998         | q1        | q2              | 2 people with one UCI, whose names or birth dates differ | f1      | 8
  looked_at = 3

of a chain the first pair is named, though only one of the two may still show the number
  people_values           | centre_number | person_id | identifier | value         | file_id | line
                          | 99999         | p1        | uci        | 999990240001R | f1      | 1
                          | 99999         | p3        | uci        | 999990240002Y | f1      | 2
                          | 99999         | p4        | uci        | 999990240002Y | f1      | 3
                          | 99999         | p5        | uci        | 999990240002Y | f1      | 4
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99999         | uci  | 999990240001R | p1        | p2
                          | 99999         | uci  | 999990240002Y | p3        | p4
                          | 99999         | uci  | 999990240002Y | p4        | p5
  speaks                  | person_id | other_person_id | found                                                    | line
                          | p1        | p2              | 2 people with one UCI, whose names or birth dates differ |
                          | p3        | p4              | 3 people with one UCI, whose names or birth dates differ | 3

a candidate number that two people share, typed by one of them for the UCI, is not this
  people_values           | centre_number | person_id | identifier | value
                          | 99999         | p1        | uci        | 0042
  identity_contradictions | centre_number | step             | academic_year | value | person_id | other_person_id
                          | 99999         | candidate_number | 2025-26       | 0042  | p1        | p2
  speaks nothing
  looked_at = 1

who shares one number with one and another with another is pointed at by the right line of each
  people_values           | centre_number | person_id | identifier | value         | file_id | line
                          | 99999         | p1        | uci        | 999990240001R | f1      | 4
                          | 99999         | p2        | uci        | 999990240001R | f1      | 3
                          | 99999         | p2        | uci        | 999990240002Y | f1      | 1
                          | 99999         | p3        | uci        | 999990240002Y | f1      | 2
                          | 99999         | p4        | uci        | 999990240003A | f1      | 7
                          | 99999         | p5        | uci        | 999990240003A | f1      | 6
                          | 99999         | p6        | uci        | 999990240003A | f1      | 5
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99999         | uci  | 999990240001R | p1        | p2
                          | 99999         | uci  | 999990240002Y | p2        | p3
                          | 99999         | uci  | 999990240003A | p4        | p5
                          | 99999         | uci  | 999990240003A | p4        | p6
  speaks                  | person_id | other_person_id | line
                          | p1        | p2              | 3
                          | p2        | p3              | 2
                          | p4        | p5              | 6
*/
