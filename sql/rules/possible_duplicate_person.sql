/*
severity = "warning"
owner = "centre"
summary = "Two students of one centre share no number, and their names and birth dates are nearly the same."
message = "This student and another may be one person: {cause}."
action = """
1. Compare the two in the school's own system: names, birth date, address, UCI. Brothers, sisters and namesakes are two people; then a waiver with the reason keeps this quiet.
2. If they are one, correct the name or birth date where it was typed wrongly, and enter under one candidate number and one UCI from now on; the next run joins them.
3. Look both up on Interchange, Cambridge Technicals, Results documents: units under two records do not count together towards an award.
4. If the awarding body has two records of the student, ring Customer Support, 01223 553998, name both numbers and ask for them to be merged."""
why = "A name was typed or heard differently, forename and surname changed places, day and month were exchanged, or a known-as name was used, and a second record came of it."
source = "docs/semantics.md, who is who: names are compared as people are when they are joined, a step further"
population = "students with a name and a birth date, one row for each whom they may be"
reads = ["near_names", "near_people", "identity_contradictions", "candidate_identities", "candidates", "results_by_carrier", "people_values"]
needs = []
key = ["person", "other_person"]
follows_from = []
confidence = "ours"
wording = ["Possible duplicate candidate", "Duplicate student record", "Duplicate learner"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "the school's own system: the student's examination details (UCI, ULN, candidate number)"]
private = ["found"]
*/
-- below this score one of the three details is missing or may be another person's
WITH near AS (
    SELECT centre_number, person_id, other_person_id, score, surname_words, forename_words, birth_words, surname_differs, forename_differs, birth_differs, is_crossed
    FROM near_people
    WHERE score >= 0.85
),

involved AS (
    SELECT person_id FROM near
    UNION
    SELECT other_person_id AS person_id FROM near
),

-- of a ULN the last figure is ten less what the others, weighed from ten down to two, leave over eleven
weighed AS (
    SELECT
        i.centre_number,
        i.person_id,
        i.identifier,
        i.value,
        i.academic_year,
        10 * TRY_CAST(substr(i.value, 1, 1) AS INTEGER) + 9 * TRY_CAST(substr(i.value, 2, 1) AS INTEGER)
        + 8 * TRY_CAST(substr(i.value, 3, 1) AS INTEGER) + 7 * TRY_CAST(substr(i.value, 4, 1) AS INTEGER)
        + 6 * TRY_CAST(substr(i.value, 5, 1) AS INTEGER) + 5 * TRY_CAST(substr(i.value, 6, 1) AS INTEGER)
        + 4 * TRY_CAST(substr(i.value, 7, 1) AS INTEGER) + 3 * TRY_CAST(substr(i.value, 8, 1) AS INTEGER)
        + 2 * TRY_CAST(substr(i.value, 9, 1) AS INTEGER) AS weighed_sum
    FROM candidate_identities AS i
    WHERE i.person_id IN (SELECT person_id FROM involved)
),

-- the placeholder of a ULN, ten nines, ends in the wrong figure
numbers AS (
    SELECT
        centre_number,
        person_id,
        CASE WHEN identifier = 'candidate_number' THEN ('candidate_number ' || academic_year) ELSE identifier END AS kind,
        CASE WHEN identifier = 'uci' THEN substr(value, 1, 12) ELSE value END AS value
    FROM weighed
    WHERE
        (identifier = 'uci' AND length(value) >= 12)
        OR identifier IN ('ocr_candidate_number', 'candidate_number')
        OR (identifier = 'uln' AND length(value) = 10 AND TRY_CAST(substr(value, 10) AS INTEGER) = 10 - mod(weighed_sum, 11))
),

-- a kind of number that both have: 1 where no value of the one is a value of the other
kinds AS (
    SELECT
        n.person_id,
        n.other_person_id,
        a.kind,
        min(CASE WHEN a.value = b.value THEN 0 ELSE 1 END) AS differs
    FROM near AS n
    INNER JOIN numbers AS a ON a.centre_number = n.centre_number AND a.person_id = n.person_id
    INNER JOIN numbers AS b ON b.centre_number = n.centre_number AND b.person_id = n.other_person_id AND b.kind = a.kind
    GROUP BY n.person_id, n.other_person_id, a.kind
),

different AS (
    SELECT
        person_id,
        other_person_id,
        max(CASE WHEN kind = 'uln' THEN differs ELSE 0 END) AS ulns,
        -- UCI and OCR number both
        max(CASE WHEN kind = 'uci' THEN differs ELSE 0 END) * max(CASE WHEN kind = 'ocr_candidate_number' THEN differs ELSE 0 END) AS both_numbers,
        max(differs) AS any_number
    FROM kinds
    GROUP BY person_id, other_person_id
),

-- One carrier that gives each of them a result of one unit in one series knows two people. Two carriers may well be
-- speaking of one result: the results file of the one record, the report of the other.
results AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.carrier,
        r.series,
        coalesce(r.unit_code, r.option_code, r.qualification_code) AS item
    FROM results_by_carrier AS r
    WHERE r.person_id IN (SELECT person_id FROM involved)
),

side_by_side AS (
    SELECT n.person_id, n.other_person_id
    FROM near AS n
    INNER JOIN results AS a ON a.centre_number = n.centre_number AND a.person_id = n.person_id
    INNER JOIN results AS b
        ON
            b.centre_number = n.centre_number AND b.person_id = n.other_person_id
            AND b.carrier = a.carrier AND b.series = a.series AND b.item = a.item
),

pairs AS (
    SELECT n.*, CAST(CAST(n.score AS DECIMAL(3, 2)) AS VARCHAR) AS score_words
    FROM near AS n
    LEFT JOIN identity_contradictions AS t
        ON t.centre_number = n.centre_number AND t.person_id = n.person_id AND t.other_person_id = n.other_person_id
    LEFT JOIN side_by_side AS s ON s.person_id = n.person_id AND s.other_person_id = n.other_person_id
    LEFT JOIN different AS d ON d.person_id = n.person_id AND d.other_person_id = n.other_person_id
    WHERE
        -- whoever shares a number and contradicts it is told by the rules about that number
        t.person_id IS NULL
        AND s.person_id IS NULL
        -- a learner has one ULN for life
        AND d.ulns IS DISTINCT FROM 1
        -- a letter makes another child's name of it (Amina, Amira): then any number of their own makes them two
        AND (n.forename_differs <> 'letters' OR d.any_number IS DISTINCT FROM 1)
        -- UCI and OCR number both differ: only a surname spelled otherwise, or mere form, still speaks for one person
        AND ((n.forename_differs <> 'sound' AND n.birth_differs <> 'digit') OR d.both_numbers IS DISTINCT FROM 1)
),

pointed AS (
    SELECT
        v.person_id,
        v.file_id,
        v.line,
        row_number() OVER (
            PARTITION BY v.person_id
            ORDER BY v.file_id ASC NULLS LAST, v.line ASC NULLS LAST, v.value ASC NULLS LAST
        ) AS place
    FROM people_values AS v
    WHERE v.identifier IN ('surname', 'forenames') AND v.person_id IN (SELECT other_person_id FROM near)
),

compared AS (
    SELECT DISTINCT centre_number, person_id
    FROM near_names
)

SELECT
    c.centre_number,
    c.person_id,
    p.other_person_id,
    'one record of one student' AS expected,
    (
        'score ' || p.score_words || ': '
        || concat_ws(' ', a.forenames, a.surname, CAST(a.date_of_birth AS VARCHAR)) || ' and '
        || concat_ws(' ', b.forenames, b.surname, CAST(b.date_of_birth AS VARCHAR))
    ) AS found,
    concat_ws(
        ', ',
        CASE WHEN p.is_crossed THEN 'forename and surname exchanged' END,
        CASE WHEN NOT (p.is_crossed AND p.surname_differs = 'none') THEN p.surname_words END,
        CASE WHEN NOT (p.is_crossed AND p.forename_differs = 'none') THEN p.forename_words END,
        (p.birth_words || ' (score ' || p.score_words || ')')
    ) AS cause,
    f.file_id,
    f.line,
    p.other_person_id IS NOT NULL AS speaks
FROM compared AS c
LEFT JOIN pairs AS p ON p.centre_number = c.centre_number AND p.person_id = c.person_id
LEFT JOIN candidates AS a ON a.centre_number = c.centre_number AND a.person_id = c.person_id
LEFT JOIN candidates AS b ON b.centre_number = c.centre_number AND b.person_id = p.other_person_id
LEFT JOIN pointed AS f ON f.person_id = p.other_person_id AND f.place = 1;

/* cases
a surname one letter apart is reported once, with how near the two are, and the other's line
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p2
  mentions       | mention_id | centre_number | surname_key | forename_key | forenames_key | date_of_birth
                 | m1         | 99999         | hartwell    | robin        | robinlee      | 2008-03-05
                 | m2         | 99999         | hartwill    | robin        | robin         | 2008-03-05
  candidates     | centre_number | person_id | label | surname  | forenames | date_of_birth
                 | 99999         | p1        | 0042  | Hartwell | Robin Lee | 2008-03-05
                 | 99999         | p2        | 0051  | Hartwill | Robin     | 2008-03-05
  people_values  | centre_number | person_id | identifier | value    | file_id | line
                 | 99999         | p1        | surname    | Hartwell | f1      | 2
                 | 99999         | p2        | surname    | Hartwill | f2      | 7
                 | 99999         | p2        | forenames  | Robin    | f3      | 1
  speaks         | person_id | other_person_id | key             | severity | found | cause | file_id | line
                 | p1        | p2              | 99999·0042·0051 | warning  | score 0.97: Robin Lee Hartwell 2008-03-05 and Robin Hartwill 2008-03-05 | surnames one letter apart, same forename, same birth date (score 0.97) | f2 | 7
  looked_at = 2

form is little: exchanged names, exchanged day and month, an initial, a known-as form, a lost half of a surname
  mention_people | mention_id | person_id
                 | a1         | a1
                 | a2         | a2
                 | b1         | b1
                 | b2         | b2
                 | c1         | c1
                 | c2         | c2
                 | d1         | d1
                 | d2         | d2
                 | e1         | e1
                 | e2         | e2
  mentions       | mention_id | centre_number | surname_key | forename_key | date_of_birth
                 | a1         | 99999         | quennell    | robin        | 2008-03-05
                 | a2         | 99999         | robin       | quennell     | 2008-03-05
                 | b1         | 99999         | sample      | wren         | 2008-03-05
                 | b2         | 99999         | sample      | wren         | 2008-05-03
                 | c1         | 99999         | pattern     | j            | 2008-06-30
                 | c2         | 99999         | patern      | jo           | 2008-06-30
                 | d1         | 99999         | mould       | andrew       | 2008-07-01
                 | d2         | 99999         | moulde      | andy         | 2008-07-01
                 | e1         | 99999         | velamoreno  | ines         | 2008-08-09
                 | e2         | 99999         | moreno      | ines         | 2008-08-09
  speaks         | person_id | other_person_id | cause
                 | a1        | a2              | forename and surname exchanged, same birth date (score 0.97)
                 | b1        | b2              | same surname, same forename, day and month of the birth date exchanged (score 0.97)
                 | c1        | c2              | surnames that sound alike, forename in another form, same birth date (score 0.94)
                 | d1        | d2              | surnames one letter apart, forename in another form, same birth date (score 0.92)
                 | e1        | e2              | surname in another form, same forename, same birth date (score 0.94)
  looked_at = 10

twins are two people, whether their forenames are far apart or differ in a first or last letter
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p2
                 | m3         | p3
                 | m4         | p4
  mentions       | mention_id | centre_number | surname_key | forename_key | date_of_birth
                 | m1         | 99999         | sample      | robin        | 2008-03-05
                 | m2         | 99999         | sample      | wren         | 2008-03-05
                 | m3         | 99999         | sample      | amelie       | 2008-03-05
                 | m4         | 99999         | sample      | amelia       | 2008-03-05
  speaks nothing
  looked_at = 4

brothers who share the first of two forenames, a changed surname, and a namesake born another year are not told
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p2
                 | m3         | p3
                 | m4         | p4
                 | m5         | p5
  mentions       | mention_id | centre_number | surname_key | forename_key | forenames_key  | date_of_birth
                 | m1         | 99999         | sampel      | mohammed     | mohammedali    | 2008-03-05
                 | m2         | 99999         | sample      | mohammed     | mohammedhassan | 2008-03-05
                 | m3         | 99999         | pattern     | wren         | wren           | 2008-03-05
                 | m4         | 99999         | mouldmaker  | wren         | wren           | 2008-03-05
                 | m5         | 99999         | pattern     | wren         | wren           | 2006-11-17
  speaks nothing
  looked_at = 5

a forename one letter apart is told only of two whom no number tells apart
  mention_people       | mention_id | person_id
                       | m1         | p1
                       | m2         | p2
                       | m3         | p3
                       | m4         | p4
  mentions             | mention_id | centre_number | surname_key | forename_key | date_of_birth
                       | m1         | 99999         | sample      | amina        | 2008-03-05
                       | m2         | 99999         | sample      | amira        | 2008-03-05
                       | m3         | 99999         | pattern     | finlay       | 2008-03-05
                       | m4         | 99999         | pattern     | finley       | 2008-03-05
  candidate_identities | centre_number | person_id | identifier           | value    | academic_year
                       | 99999         | p1        | candidate_number     | 0042     | 2025-26
                       | 99999         | p2        | candidate_number     | 0043     | 2025-26
                       | 99999         | p3        | candidate_number     | 0044     | 2025-26
                       | 99999         | p4        | candidate_number     | 0045     | 2024-25
                       | 99999         | p4        | ocr_candidate_number | 00000017 |
  speaks               | person_id | other_person_id
                       | p3        | p4

UCI and OCR number both differ: one digit of a birth date is a namesake's; a surname spelled otherwise, or one number alone, is told
  mention_people       | mention_id | person_id
                       | m1         | p1
                       | m2         | p2
                       | m3         | p3
                       | m4         | p4
                       | m5         | p5
                       | m6         | p6
  mentions             | mention_id | centre_number | surname_key | forename_key | date_of_birth
                       | m1         | 99999         | sample      | robin        | 2008-03-05
                       | m2         | 99999         | sample      | robin        | 2008-03-06
                       | m3         | 99999         | pattern     | wren         | 2008-03-05
                       | m4         | 99999         | pattarn     | wren         | 2008-03-05
                       | m5         | 99999         | mould       | ines         | 2008-03-05
                       | m6         | 99999         | mould       | ines         | 2007-03-05
  candidate_identities | centre_number | person_id | identifier           | value
                       | 99999         | p1        | uci                  | 999990240001R
                       | 99999         | p2        | uci                  | 999990240002Y
                       | 99999         | p1        | ocr_candidate_number | 00000001
                       | 99999         | p2        | ocr_candidate_number | 00000002
                       | 99999         | p3        | uci                  | 999990240003X
                       | 99999         | p4        | uci                  | 999990240004W
                       | 99999         | p3        | ocr_candidate_number | 00000003
                       | 99999         | p4        | ocr_candidate_number | 00000004
                       | 99999         | p5        | uci                  | 999990240005V
                       | 99999         | p5        | ocr_candidate_number | 00000005
                       | 99999         | p6        | ocr_candidate_number | 00000006
  speaks               | person_id | other_person_id
                       | p3        | p4
                       | p5        | p6

two valid ULNs are two people; a mistyped one and the placeholder prove nothing
  mention_people       | mention_id | person_id
                       | m1         | p1
                       | m2         | p2
                       | m3         | p3
                       | m4         | p4
                       | m5         | p5
                       | m6         | p6
  mentions             | mention_id | centre_number | surname_key | forename_key | date_of_birth
                       | m1         | 99999         | sample      | robin        | 2008-03-05
                       | m2         | 99999         | sampel      | robin        | 2008-03-05
                       | m3         | 99999         | pattern     | wren         | 2008-03-05
                       | m4         | 99999         | pattren     | wren         | 2008-03-05
                       | m5         | 99999         | mould       | ines         | 2008-03-05
                       | m6         | 99999         | mold        | ines         | 2008-03-05
  candidate_identities | centre_number | person_id | identifier | value
                       | 99999         | p1        | uln        | 1000000000
                       | 99999         | p2        | uln        | 1000000019
                       | 99999         | p3        | uln        | 1000000027
                       | 99999         | p4        | uln        | 1000000018
                       | 99999         | p5        | uln        | 1000000035
                       | 99999         | p6        | uln        | 9999999999
  speaks               | person_id | other_person_id
                       | p3        | p4
                       | p5        | p6

both with a result of one unit in one series from one carrier are two people; two carriers may be speaking of one result
  mention_people     | mention_id | person_id
                     | m1         | p1
                     | m2         | p2
                     | m3         | p3
                     | m4         | p4
  mentions           | mention_id | centre_number | surname_key | forename_key | date_of_birth
                     | m1         | 99999         | sample      | robin        | 2008-03-05
                     | m2         | 99999         | sampel      | robin        | 2008-03-05
                     | m3         | 99999         | pattern     | wren         | 2008-03-05
                     | m4         | 99999         | pattren     | wren         | 2008-03-05
  results_by_carrier | centre_number | person_id | carrier     | series | unit_code
                     | 99999         | p1        | edi         | 6E26   | 05838/01
                     | 99999         | p2        | edi         | 6E26   | 05838/01
                     | 99999         | p3        | edi         | 6E26   | 05838/01
                     | 99999         | p4        | achievement | 6E26   | 05838/01
                     | 99999         | p4        | edi         | 1E26   | 05838/01
  speaks             | person_id | other_person_id
                     | p3        | p4
  looked_at = 4

whoever shares a number and contradicts it is told elsewhere; three spellings are three pairs; below the score is silence
  near_names              | centre_number | person_id | surname_key | birth
                          | 99999         | p1        | sample      | 2008-03-05
                          | 99999         | p2        | sampel      | 2008-03-05
                          | 99999         | p3        | samples     | 2008-03-05
                          | 99999         | p4        | samplet     | 2008-03-05
  near_people             | centre_number | person_id | other_person_id | score
                          | 99999         | p1        | p2              | 0.95
                          | 99999         | p1        | p3              | 0.85
                          | 99999         | p2        | p3              | 0.849
                          | 99999         | p1        | p4              | 0.95
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99999         | uci  | 999990240001R | p1        | p4
  speaks                  | person_id | other_person_id | key
                          | p1        | p2              | 99999·p1·p2
                          | p1        | p3              | 99999·p1·p3
  looked_at = 5

without a birth date nobody is compared, and what is missing on one side is never near
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p2
                 | m3         | p3
                 | m4         | p4
  mentions       | mention_id | centre_number | surname_key | forename_key | date_of_birth
                 | m1         | 99999         | sample      | robin        | 2008-03-05
                 | m2         | 99999         | sampel      | robin        |
                 | m3         | 99999         | sample      |              | 2008-03-05
                 | m4         | 99999         |             | robin        | 2008-03-05
  speaks nothing
  looked_at = 3

two ULNs with their check figures right are two people; of another length they are none, and a UCI of that length is no ULN
  near_names           | centre_number | person_id | surname_key | birth
                       | 99999         | p1        | sample      | 2008-03-05
                       | 99999         | p3        | pattern     | 2008-03-05
                       | 99999         | p5        | mould       | 2008-03-05
                       | 99999         | p7        | specimen    | 2008-03-05
  near_people          | centre_number | person_id | other_person_id | score | forename_differs | birth_differs
                       | 99999         | p1        | p2              | 0.95  | none             | none
                       | 99999         | p3        | p4              | 0.95  | none             | none
                       | 99999         | p5        | p6              | 0.95  | none             | none
                       | 99999         | p7        | p8              | 0.95  | letters          | none
  candidate_identities | centre_number | person_id | identifier       | value        | academic_year
                       | 99999         | p1        | uln              | 1234567899   |
                       | 99999         | p2        | uln              | 9876543120   |
                       | 99999         | p1        | candidate_number | 0041         | 2025-26
                       | 99999         | p2        | candidate_number | 0041         | 2025-26
                       | 99999         | p3        | uln              | 1234567899   |
                       | 99999         | p4        | uln              | 98765432110  |
                       | 99999         | p5        | uln              | 1234567899   |
                       | 99999         | p6        | uln              | 123456789901 |
                       | 99999         | p7        | uci              | 1234567899   |
                       | 99999         | p8        | uci              | 9876543120   |
  speaks               | person_id | other_person_id
                       | p3        | p4
                       | p5        | p6
                       | p7        | p8
  looked_at = 4

what numbers, results or a contradiction say of one pair they do not say of another
  near_names              | centre_number | person_id | surname_key | birth
                          | 99999         | p1        | sample      | 2008-03-05
                          | 99999         | p1        | sampel      | 2008-03-05
                          | 99999         | p2        | sampel      | 2008-03-05
                          | 99999         | p3        | samples     | 2008-03-05
                          | 99999         | p4        | samplet     | 2008-03-05
  near_people             | centre_number | person_id | other_person_id | score | forename_differs | birth_differs
                          | 99999         | p1        | p2              | 0.95  | letters          | none
                          | 99999         | p1        | p3              | 0.95  | letters          | none
                          | 99999         | p2        | p3              | 0.95  | letters          | none
                          | 99999         | p1        | p4              | 0.95  | none             | none
                          | 99999         | p2        | p4              | 0.95  | none             | none
                          | 99999         | p3        | p4              | 0.95  | none             | none
  candidate_identities    | centre_number | person_id | identifier           | value         | academic_year
                          | 99999         | p1        | candidate_number     | 0042          | 2025-26
                          | 99999         | p2        | candidate_number     | 0043          | 2025-26
                          | 99999         | p2        | candidate_number     | 0044          | 2025-26
                          | 99999         | p3        | candidate_number     | 0044          | 2025-26
                          | 99999         | p1        | ocr_candidate_number | 00000001      |
                          | 99999         | p2        | ocr_candidate_number | 00000001      |
                          | 99999         | p2        | uci                  | 999990240001R |
                          | 99999         | p3        | uci                  | 999990240001X |
                          | 99999         | p2        | uln                  | 1234567899    |
                          | 99999         | p4        | uln                  | 9876543120    |
  results_by_carrier      | centre_number | person_id | carrier | series | unit_code | option_code
                          | 99999         | p1        | edi     | 6E26   | 05838/01  | 583801
                          | 99999         | p2        | edi     | 6E26   | 05838/02  | 583802
                          | 99999         | p4        | edi     | 6E26   | 05838/02  | 583802
                          | 99999         | p3        | edi     | 6A26   |           | J276
                          | 99999         | p4        | edi     | 6A26   |           | J277
  identity_contradictions | centre_number | step | value         | person_id | other_person_id
                          | 99999         | uci  | 999990240001R | p1        | p3
  speaks                  | person_id | other_person_id
                          | p2        | p3
                          | p1        | p4
                          | p3        | p4
  looked_at = 4

one option of a general qualification in one series from one carrier makes two people too
  near_names         | centre_number | person_id | surname_key | birth
                     | 99999         | p1        | sample      | 2008-03-05
  near_people        | centre_number | person_id | other_person_id | score | forename_differs | birth_differs
                     | 99999         | p1        | p2              | 0.95  | none             | none
  results_by_carrier | centre_number | person_id | carrier | series | option_code
                     | 99999         | p1        | edi     | 6A26   | J277
                     | 99999         | p2        | edi     | 6A26   | J277
  speaks nothing
  looked_at = 1

UCI and OCR number both differ: a forename that sounds alike is a namesake's too; a UCI that is too short, or whose check letter alone differs, tells nobody apart
  near_names           | centre_number | person_id | surname_key | birth
                       | 99999         | p1        | sample      | 2008-03-05
                       | 99999         | p3        | pattern     | 2008-03-05
                       | 99999         | p5        | mould       | 2008-03-05
                       | 99999         | p7        | specimen    | 2008-03-05
                       | 99999         | p9        | template    | 2008-03-05
  near_people          | centre_number | person_id | other_person_id | score | forename_differs | birth_differs
                       | 99999         | p1        | p2              | 0.95  | sound            | none
                       | 99999         | p3        | p4              | 0.95  | sound            | none
                       | 99999         | p5        | p6              | 0.95  | sound            | none
                       | 99999         | p7        | p8              | 0.95  | sound            | none
                       | 99999         | p9        | q0              | 0.95  | sound            | none
  candidate_identities | centre_number | person_id | identifier           | value         | academic_year
                       | 99999         | p1        | uci                  | 999990240001R |
                       | 99999         | p2        | uci                  | 999990240002Y |
                       | 99999         | p1        | ocr_candidate_number | 00000001      |
                       | 99999         | p2        | ocr_candidate_number | 00000002      |
                       | 99999         | p3        | uci                  | 999990240003  |
                       | 99999         | p4        | uci                  | 999990240004  |
                       | 99999         | p3        | ocr_candidate_number | 00000003      |
                       | 99999         | p4        | ocr_candidate_number | 00000004      |
                       | 99999         | p5        | uci                  | 99999024000   |
                       | 99999         | p6        | uci                  | 99999024001   |
                       | 99999         | p5        | ocr_candidate_number | 00000005      |
                       | 99999         | p6        | ocr_candidate_number | 00000006      |
                       | 99999         | p7        | uci                  | 999990240007R |
                       | 99999         | p8        | uci                  | 999990240007X |
                       | 99999         | p7        | ocr_candidate_number | 00000007      |
                       | 99999         | p8        | ocr_candidate_number | 00000008      |
                       | 99999         | p9        | uci                  | 999990240009R |
                       | 99999         | q0        | uci                  | 999990240010R |
                       | 99999         | p9        | candidate_number     | 0042          | 2024-25
                       | 99999         | q0        | candidate_number     | 0043          | 2024-25
  speaks               | person_id | other_person_id
                       | p5        | p6
                       | p7        | p8
                       | p9        | q0

of names that changed places the one that is spelled otherwise is told; the line is the first with the other's name
  mention_people | mention_id | person_id
                 | a1         | a1
                 | a2         | a2
                 | b1         | b1
                 | b2         | b2
  mentions       | mention_id | centre_number | surname_key | forename_key | date_of_birth
                 | a1         | 99999         | quennell    | robin        | 2008-03-05
                 | a2         | 99999         | robin       | quenell      | 2008-03-05
                 | b1         | 99999         | sample      | hayden       | 2008-06-30
                 | b2         | 99999         | haydon      | sample       | 2008-06-30
  people_values  | centre_number | person_id | identifier | value         | file_id | line
                 | 99999         | a2        | uci        | 999990240002Y | f1      | 1
                 | 99999         | a2        | surname    | Robin         | f2      | 7
                 | 99999         | a2        | forenames  | Quenell       | f2      | 5
                 | 99999         | b2        | surname    | Haydon        | f1      | 6
  speaks         | person_id | other_person_id | cause                                                                                   | file_id | line
                 | a1        | a2              | forename and surname exchanged, surnames that sound alike, same birth date (score 0.96) | f2      | 5
                 | b1        | b2              | forename and surname exchanged, surnames one letter apart, same birth date (score 0.93) | f1      | 6
*/
