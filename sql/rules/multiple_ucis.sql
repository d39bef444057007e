/*
severity = "error"
owner = "board"
summary = "A student goes by two UCIs that are not the same number."
message = "This student goes by more than one UCI: results may be held back, or split between them."
action = """
1. Until it is settled, use the UCI named as the earliest in this finding for every entry and every import.
2. If one of them has a wrong check letter, it is a mistyped copy: correct it where it was typed and stop here.
3. Otherwise ask the awarding body that gave the later one to merge the two (Cambridge OCR Customer Support, 01223 553998), quoting both and the candidate numbers.
4. Where a result shows X, ask for it to be released once the two are merged."""
why = "The student was given a new UCI when they changed school, were entered as a private candidate, or were entered before their record had come over."
source = "Awarding body guidance: X is issued where a candidate has more than one UCI; the earliest UCI is the one to keep"
population = "students with a UCI"
reads = ["people_values"]
needs = []
key = ["person"]
follows_from = []
confidence = "documented"
wording = ["More than one UCI", "Duplicate UCI"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)", "Interchange > Post results > Missing and incomplete results"]
private = ["expected", "found"]
*/
WITH ranked AS (
    SELECT
        centre_number,
        person_id,
        value,
        substr(value, 1, 12) AS body,
        file_id,
        line,
        row_number() OVER (
            PARTITION BY centre_number, person_id, substr(value, 1, 12)
            ORDER BY length(value) DESC NULLS LAST, value ASC NULLS LAST, file_id ASC NULLS LAST, line ASC NULLS LAST
        ) AS place
    FROM people_values
    WHERE identifier = 'uci'
),

-- of one number, the spelling that has its check letter
numbers AS (
    SELECT
        centre_number,
        person_id,
        value AS uci,
        body,
        file_id,
        line,
        regexp_extract(body, '^[0-9]{5}[0-9A-Z]([0-9]{2})[0-9]{4}$', 1) AS year_figures
    FROM ranked
    WHERE place = 1
),

ordered AS (
    SELECT
        n.*,
        row_number() OVER (
            PARTITION BY n.centre_number, n.person_id
            ORDER BY
                -- the numbers began in the nineties; what has no year comes last
                CASE
                    WHEN n.year_figures = '' THEN '9999'
                    WHEN n.year_figures >= '80' THEN ('19' || n.year_figures)
                    ELSE ('20' || n.year_figures)
                END ASC NULLS LAST,
                substr(n.body, 9, 4) ASC NULLS LAST,
                n.body ASC NULLS LAST
        ) AS number
    FROM numbers AS n
)

SELECT
    centre_number,
    person_id,
    ('use ' || max(CASE WHEN number = 1 THEN uci END) || ' meanwhile, the earliest') AS expected,
    concat_ws(
        ' ',
        max(CASE WHEN number = 1 THEN uci END),
        max(CASE WHEN number = 2 THEN uci END),
        max(CASE WHEN number = 3 THEN uci END),
        max(CASE WHEN number = 4 THEN uci END)
    ) AS found,
    max(CASE WHEN number = 2 THEN file_id END) AS file_id,
    max(CASE WHEN number = 2 THEN line END) AS line,
    count(*) > 1 AS speaks
FROM ordered
GROUP BY centre_number, person_id;

/* cases
two UCIs on one student are reported with the one to use: the earlier year, whatever the centre figures say
  people_values | centre_number | person_id | identifier | value         | file_id | line
                | 99999         | p1        | uci        | 123450240001G | f1      | 2
                | 99999         | p1        | uci        | 999990230001C | f2      | 5
                | 99999         | p2        | uci        | 999990240002Y | f1      | 3
  speaks        | person_id | expected                                    | found                       | file_id | line
                | p1        | use 999990230001C meanwhile, the earliest | 999990230001C 123450240001G | f1      | 2
  looked_at = 2

of one year the lower serial is the earlier, and the nineties come before today
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 999990240002Y
                | 99999         | p1        | uci        | 999990240001R
                | 99999         | p2        | uci        | 999990240002Y
                | 99999         | p2        | uci        | 689990980001D
  speaks        | person_id | expected
                | p1        | use 999990240001R meanwhile, the earliest
                | p2        | use 689990980001D meanwhile, the earliest

without its check letter it is the same number, and so is another carrier's copy; another centre's UCI alone is a transfer
  people_values | centre_number | person_id | identifier | value         | carrier
                | 99999         | p1        | uci        | 999990240001R | entries
                | 99999         | p1        | uci        | 999990240001  | edi
                | 99999         | p1        | uci        | 999990240001R | achievement
                | 99999         | p2        | uci        | 123450240001G | entries
  speaks nothing
  looked_at = 2

two candidate numbers are not two UCIs
  people_values | centre_number | person_id | identifier           | value
                | 99999         | p1        | ocr_candidate_number | 00000001
                | 99999         | p1        | ocr_candidate_number | 00000002
  speaks nothing
  looked_at = 0

a number that is not of the form is never the one to use
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 99999024000
                | 99999         | p1        | uci        | 999990240002Y
  speaks        | person_id | expected                                    | found
                | p1        | use 999990240002Y meanwhile, the earliest | 999990240002Y 99999024000

the number to use is the earliest by year and serial, whoever gave it; four are named
  people_values | centre_number | person_id | identifier | value         | file_id | line
                | 99999         | p1        | uci        | 123450242001A | f1      | 5
                | 99999         | p1        | uci        | 123450240003A | f1      | 4
                | 99999         | p1        | uci        | 999990240002A | f1      | 3
                | 99999         | p1        | uci        | 999990241002A | f1      | 2
                | 99999         | p1        | uci        | 123450250001A | f1      | 1
                | 99999         | p2        | uci        | 999990800001A | f1      | 6
                | 99999         | p2        | uci        | 999990790001A | f1      | 7
                | 99999         | p3        | uci        | 999990240002A | f1      | 8
                | 99999         | p3        | uci        | 123450240002A | f1      | 9
  speaks        | person_id | expected                                  | found                                                   | line
                | p1        | use 999990240002A meanwhile, the earliest | 999990240002A 123450240003A 999990241002A 123450242001A | 4
                | p2        | use 999990800001A meanwhile, the earliest | 999990800001A 999990790001A                             | 7
                | p3        | use 123450240002A meanwhile, the earliest | 123450240002A 999990240002A                             | 8

of one number the spelling with its check letter is shown, and where it is first said
  people_values | centre_number | person_id | identifier | value         | file_id | line
                | 99999         | p1        | uci        | 999990230001C | f1      | 1
                | 99999         | p1        | uci        | 999990240002  | f1      | 2
                | 99999         | p1        | uci        | 999990240002Y | f3      | 3
                | 99999         | p1        | uci        | 999990240002Y | f2      | 9
                | 99999         | p1        | uci        | 999990240002Y | f2      | 4
                | 99999         | p1        | uci        | 999990240002Z | f1      | 5
  speaks        | person_id | found                       | file_id | line
                | p1        | 999990230001C 999990240002Y | f2      | 4
*/
