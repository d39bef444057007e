/*
severity = "error"
owner = "board"
summary = "A student has more than one eight-digit OCR candidate number, so their units lie on different records."
message = "This student has more than one eight-digit OCR candidate number: units that lie on two records make no award together."
action = """
1. Ring Customer Support, 01223 553998, and ask for the records to be merged; quote the numbers, the UCI and the units under each.
2. Ask which number is kept, and put it into the school's own system and into the claims.
3. Once they are merged, ask whether the overall grade is then issued by itself.
4. Run the candidate achievement report again (Interchange, Cambridge Technicals, Results documents) and download the next Monday's EDI file."""
why = "Entries of two years, or of a unit and a qualification, were made with different details (no UCI, another spelling of the name, another birth date), so the awarding body took them for two students."
source = "Awarding body guidance on results, summer 2026: none of your students have duplicate records"
population = "students with an OCR candidate number"
reads = ["people_values", "stated_identities", "results_by_carrier"]
needs = []
key = ["person"]
follows_from = []
confidence = "documented"
wording = ["Duplicate records", "More than one eight-digit Cambridge OCR candidate number"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Post results > Missing and incomplete results"]
private = ["found"]
*/
WITH seen AS (
    SELECT DISTINCT centre_number, person_id, value
    FROM people_values
    WHERE identifier = 'ocr_candidate_number'
),

numbered AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.centre_number, s.person_id ORDER BY s.value ASC NULLS LAST) AS number,
        count(*) OVER (PARTITION BY s.centre_number, s.person_id) AS numbers
    FROM seen AS s
),

units_under AS (
    SELECT n.centre_number, n.person_id, n.value, count(DISTINCT r.unit_code) AS units
    FROM numbered AS n
    INNER JOIN results_by_carrier AS r
        ON r.centre_number = n.centre_number AND r.person_id = n.person_id
    INNER JOIN stated_identities AS i
        ON
            i.file_id = r.file_id AND i.line = r.line AND i.centre_number = r.centre_number
            AND i.ocr_candidate_number = n.value
    WHERE n.numbers > 1
    GROUP BY n.centre_number, n.person_id, n.value
),

-- the line to look at first: where the second number is first said
pointed AS (
    SELECT
        n.centre_number,
        n.person_id,
        v.file_id,
        v.line,
        row_number() OVER (
            PARTITION BY n.centre_number, n.person_id
            ORDER BY v.file_id ASC NULLS LAST, v.line ASC NULLS LAST
        ) AS place
    FROM numbered AS n
    INNER JOIN people_values AS v
        ON
            v.centre_number = n.centre_number AND v.person_id = n.person_id
            AND v.identifier = 'ocr_candidate_number' AND v.value = n.value
    WHERE n.number = 2
),

worded AS (
    SELECT
        n.centre_number,
        n.person_id,
        n.number,
        n.numbers,
        (
            n.value || ' (' || CAST(coalesce(u.units, 0) AS VARCHAR)
            || CASE WHEN u.units = 1 THEN ' unit)' ELSE ' units)' END
        ) AS words
    FROM numbered AS n
    LEFT JOIN units_under AS u
        ON u.centre_number = n.centre_number AND u.person_id = n.person_id AND u.value = n.value
)

SELECT
    w.centre_number,
    w.person_id,
    'one number' AS expected,
    concat_ws(
        ', ',
        max(CASE WHEN w.number = 1 THEN w.words END),
        max(CASE WHEN w.number = 2 THEN w.words END),
        max(CASE WHEN w.number = 3 THEN w.words END),
        max(CASE WHEN w.number = 4 THEN w.words END)
    ) AS found,
    max(p.file_id) AS file_id,
    max(p.line) AS line,
    max(w.numbers) > 1 AS speaks
FROM worded AS w
LEFT JOIN pointed AS p ON p.centre_number = w.centre_number AND p.person_id = w.person_id AND p.place = 1
GROUP BY w.centre_number, w.person_id;

/* cases
two numbers on one student are reported with the units under each; a unit that two files carry counts once
  people_values      | centre_number | person_id | identifier           | value    | carrier     | file_id | line
                     | 99999         | p1        | ocr_candidate_number | 00000017 | achievement | a       | 2
                     | 99999         | p1        | ocr_candidate_number | 00000017 | marks       | m       | 2
                     | 99999         | p1        | ocr_candidate_number | 00000042 | achievement | a       | 4
                     | 99999         | p2        | ocr_candidate_number | 00000050 | achievement | a       | 5
  stated_identities  | file_id | line | centre_number | ocr_candidate_number
                     | a       | 2    | 99999         | 00000017
                     | a       | 3    | 99999         | 00000017
                     | m       | 2    | 99999         | 00000017
                     | a       | 4    | 99999         | 00000042
                     | e       | 9    | 99999         |
  results_by_carrier | centre_number | person_id | kind          | carrier     | unit_code | file_id | line
                     | 99999         | p1        | unit          | achievement | 05838/01  | a       | 2
                     | 99999         | p1        | unit          | achievement | 05838/02  | a       | 3
                     | 99999         | p1        | unit          | marks       | 05838/01  | m       | 2
                     | 99999         | p1        | unit          | achievement | 05838/03  | a       | 4
                     | 99999         | p1        | qualification | achievement |           | a       | 4
                     | 99999         | p1        | unit          | edi         | 05838/03  | e       | 9
  speaks             | person_id | found                                | file_id | line
                     | p1        | 00000017 (2 units), 00000042 (1 unit) | a       | 4
  looked_at = 2

a number without a unit under it counts too
  people_values | centre_number | person_id | identifier           | value    | carrier | file_id | line
                | 99999         | p1        | ocr_candidate_number | 00000017 | claims  | c       | 2
                | 99999         | p1        | ocr_candidate_number | 00000042 | tracker | t       | 3
  speaks        | person_id | found
                | p1        | 00000017 (0 units), 00000042 (0 units)

twins have a number each, one number may be said by every carrier, and a four-digit number of another year is no second one
  people_values | centre_number | person_id | identifier           | value    | academic_year | carrier
                | 99999         | p1        | ocr_candidate_number | 00000017 |               | marks
                | 99999         | p1        | ocr_candidate_number | 00000017 |               | tracker
                | 99999         | p2        | ocr_candidate_number | 00000018 |               | marks
                | 99999         | p3        | candidate_number     | 0042     | 2024-25       | edi
                | 99999         | p3        | candidate_number     | 0051     | 2025-26       | edi
  speaks nothing
  looked_at = 2

of five numbers four are named; a number that two people share counts for each of them with their own units
  people_values      | centre_number | person_id | identifier           | value    | carrier     | file_id | line
                     | 99999         | p1        | ocr_candidate_number | 00000001 | achievement | a       | 8
                     | 99999         | p1        | ocr_candidate_number | 00000002 | achievement | b       | 3
                     | 99999         | p1        | ocr_candidate_number | 00000002 | marks       | a       | 7
                     | 99999         | p1        | ocr_candidate_number | 00000002 | claims      | a       | 5
                     | 99999         | p1        | uln                  | 00000002 | claims      | a       | 1
                     | 99999         | p1        | ocr_candidate_number | 00000003 | achievement | a       | 9
                     | 99999         | p1        | ocr_candidate_number | 00000004 | achievement | a       | 10
                     | 99999         | p1        | ocr_candidate_number | 00000005 | achievement | a       | 11
                     | 99999         | p2        | ocr_candidate_number | 00000001 | achievement | a       | 2
                     | 99999         | p2        | ocr_candidate_number | 00000002 | achievement | a       | 3
                     | 99999         | p3        | ocr_candidate_number | 00000002 | achievement | a       | 1
  stated_identities  | file_id | line | centre_number | ocr_candidate_number
                     | a       | 8    | 99999         | 00000001
                     | b       | 8    | 99999         | 00000003
                     | a       | 2    | 99999         | 00000001
                     | b       | 2    | 99999         | 00000001
  results_by_carrier | centre_number | person_id | kind | carrier     | unit_code | file_id | line
                     | 99999         | p1        | unit | achievement | 05838/01  | a       | 8
                     | 99999         | p1        | unit | achievement | 05838/02  | b       | 8
                     | 99999         | p2        | unit | achievement | 05838/03  | a       | 2
                     | 99999         | p2        | unit | achievement | 05838/04  | b       | 2
  speaks             | person_id | found                                                                        | file_id | line
                     | p1        | 00000001 (1 unit), 00000002 (0 units), 00000003 (1 unit), 00000004 (0 units) | a       | 5
                     | p2        | 00000001 (2 units), 00000002 (0 units)                                       | a       | 3
  looked_at = 3
*/
