/*
severity = "warning"
owner = "centre"
summary = "A UCI has the wrong shape or a check letter that its own figures do not give."
message = "A UCI of this student cannot be right: {cause}."
action = """
1. Compare the UCI with the student's record in the school's own system and with their last statement of results.
2. If it was typed by hand, correct it where it was typed; one wrong figure or two exchanged ones always change the check letter.
3. If the system made it, have it made again and send the corrected UCI with the next entry or amendment.
4. If the awarding body's own file carries it, ring Customer Support, 01223 553998."""
why = "A figure was mistyped or left out, or the check letter was not filled in. Results are matched by UCI, so a wrong one sends them nowhere."
source = "The published rule for unique candidate identifiers; docs/formats.md, identifiers"
population = "UCIs"
reads = ["people_values"]
needs = []
key = ["key_uci", "person"]
follows_from = []
confidence = "documented"
wording = ["UCI number is invalid", "UCI No in the result file does not match that recorded for candidate"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)"]
private = ["expected", "found"]
*/
WITH ranked AS (
    SELECT
        centre_number,
        person_id,
        value,
        file_id,
        line,
        row_number() OVER (
            PARTITION BY centre_number, person_id, value
            ORDER BY file_id ASC NULLS LAST, line ASC NULLS LAST, carrier ASC NULLS LAST
        ) AS place
    FROM people_values
    WHERE identifier = 'uci'
),

shaped AS (
    SELECT
        centre_number,
        person_id,
        value AS uci,
        nullif(regexp_extract(value, '^([0-9]{5}[0-9A-Z][0-9]{6})[A-Z]?$', 1), '') AS body,
        nullif(substr(value, 13, 1), '') AS letter,
        strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(value, 6, 1)) AS scheme,
        file_id,
        line
    FROM ranked
    WHERE place = 1
),

weighed AS (
    SELECT
        s.*,
        16 * TRY_CAST(substr(s.body, 1, 1) AS INTEGER) + 15 * TRY_CAST(substr(s.body, 2, 1) AS INTEGER)
        + 14 * TRY_CAST(substr(s.body, 3, 1) AS INTEGER) + 13 * TRY_CAST(substr(s.body, 4, 1) AS INTEGER)
        + 12 * TRY_CAST(substr(s.body, 5, 1) AS INTEGER)
        + 10 * TRY_CAST(substr(s.body, 7, 1) AS INTEGER) + 9 * TRY_CAST(substr(s.body, 8, 1) AS INTEGER)
        + 8 * TRY_CAST(substr(s.body, 9, 1) AS INTEGER) + 7 * TRY_CAST(substr(s.body, 10, 1) AS INTEGER)
        + 6 * TRY_CAST(substr(s.body, 11, 1) AS INTEGER) + 5 * TRY_CAST(substr(s.body, 12, 1) AS INTEGER) AS figures,
        CASE WHEN s.scheme > 0 THEN s.scheme ELSE TRY_CAST(substr(s.body, 6, 1) AS INTEGER) END AS sixth,
        -- from Q on, two calculators disagree: 17 to 26, or 10 to 16 and 10 to 12 again
        CASE
            WHEN s.scheme BETWEEN 17 AND 23 THEN s.scheme - 7
            WHEN s.scheme >= 24 THEN s.scheme - 14
            WHEN s.scheme > 0 THEN s.scheme
            ELSE TRY_CAST(substr(s.body, 6, 1) AS INTEGER)
        END AS sixth_otherwise
    FROM shaped AS s
),

lettered AS (
    SELECT
        w.*,
        substr('ABCDEFGHKLMRTVWXY', mod(w.figures + 11 * w.sixth, 17) + 1, 1) AS right_letter,
        substr('ABCDEFGHKLMRTVWXY', mod(w.figures + 11 * w.sixth_otherwise, 17) + 1, 1) AS other_letter
    FROM weighed AS w
)

SELECT
    centre_number,
    person_id,
    uci AS key_uci,
    CASE
        WHEN body IS NULL THEN 'five figures, a figure or letter, six figures, a letter'
        WHEN right_letter = other_letter THEN (body || right_letter)
        ELSE (body || right_letter || ' or ' || body || other_letter)
    END AS expected,
    uci AS found,
    CASE
        WHEN body IS NULL THEN 'it is not thirteen characters in the form of a UCI'
        WHEN letter IS NULL THEN 'the check letter at its end is not filled in'
        ELSE 'its check letter does not fit its figures'
    END AS cause,
    CASE WHEN body IS NOT NULL AND letter IS NULL THEN 'info' END AS severity,
    file_id,
    line,
    (body IS NULL OR letter IS NULL OR (letter <> right_letter AND letter <> other_letter)) AS speaks
FROM lettered;

/* cases
the check letter is computed: a right one is silent, a wrong one is reported with the right one
  people_values | centre_number | person_id | identifier | value         | file_id | line
                | 99999         | p1        | uci        | 681990012058G | f1      | 2
                | 99999         | p2        | uci        | 681990012058H | f1      | 3
                | 99999         | p3        | uci        | 99999B090001H | f1      | 4
                | 99999         | p4        | uci        | 64321C220107L | f1      | 5
                | 99999         | p5        | uci        | 123450241234M | f1      | 6
                | 99999         | p6        | uci        | 123450214234M | f1      | 7
  speaks        | person_id | key                    | expected      | found         | severity | line
                | p2        | 99999·681990012058H·p2 | 681990012058G | 681990012058H | warning  | 3
                | p6        | 99999·123450214234M·p6 | 123450214234H | 123450214234M | warning  | 7
  looked_at = 6

a blank thirteenth character is worth knowing, no more
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 123450240001
  speaks        | person_id | expected      | severity
                | p1        | 123450240001G | info

from Q on in the sixth place either reading of the letter is accepted, and both are offered
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 99999Q090001C
                | 99999         | p2        | uci        | 99999Q090001M
                | 99999         | p3        | uci        | 99999Q090001A
                | 99999         | p4        | uci        | 99999P090001X
                | 99999         | p5        | uci        | 99999W090001K
                | 99999         | p6        | uci        | 99999X090001M
                | 99999         | p7        | uci        | 99999Z090001V
  speaks        | person_id | expected
                | p3        | 99999Q090001C or 99999Q090001M
                | p4        | 99999P090001K
                | p7        | 99999Z090001Y or 99999Z090001X

what is not of the form is reported without a letter: too short, too long, a letter too many, a letter that is never a check letter
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 12345024000
                | 99999         | p2        | uci        | 123450240001GG
                | 99999         | p3        | uci        | 12345AB40001G
                | 99999         | p4        | uci        | 1234502400017
                | 99999         | p5        | uci        | 123450240001Z
  speaks        | person_id | expected                                                | severity
                | p1        | five figures, a figure or letter, six figures, a letter | warning
                | p2        | five figures, a figure or letter, six figures, a letter | warning
                | p3        | five figures, a figure or letter, six figures, a letter | warning
                | p4        | five figures, a figure or letter, six figures, a letter | warning
                | p5        | 123450240001G                                           | warning

one row a UCI and person, however many files say it; another centre's UCI is legal, and a ULN is no UCI
  people_values | centre_number | person_id | identifier | value         | carrier     | file_id | line
                | 99999         | p1        | uci        | 123450240001H | entries     | f1      | 9
                | 99999         | p1        | uci        | 123450240001H | achievement | f0      | 4
                | 99999         | p2        | uci        | 123450241234M | entries     | f1      | 3
                | 99999         | p2        | uln        | 1234567890    | entries     | f1      | 3
  speaks        | person_id | found         | file_id | line
                | p1        | 123450240001H | f0      | 4
  looked_at = 2

the fault is named, for each person and each number of theirs, at the first line
  people_values | centre_number | person_id | identifier | value         | carrier | file_id | line
                | 99999         | p1        | uci        | 123450240001H | edi     | f1      | 9
                | 99999         | p1        | uci        | 123450240001H | marks   | f1      | 4
                | 99999         | p1        | uci        | 123450240001  | edi     | f1      | 5
                | 99999         | p2        | uci        | 123450240001H | edi     | f1      | 6
                | 99999         | p2        | uci        | 12345024000   | edi     | f1      | 7
  speaks        | person_id | found         | cause                                              | line
                | p1        | 123450240001H | its check letter does not fit its figures          | 4
                | p1        | 123450240001  | the check letter at its end is not filled in       | 5
                | p2        | 123450240001H | its check letter does not fit its figures          | 6
                | p2        | 12345024000   | it is not thirteen characters in the form of a UCI | 7
  looked_at = 4

the sixth character counts as a figure, and A as one
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 123455240001M
                | 99999         | p2        | uci        | 12345A240001A
  speaks nothing
  looked_at = 2

where the letter does not fit, a figure or an early letter in sixth place offers one right letter
  people_values | centre_number | person_id | identifier | value
                | 99999         | p1        | uci        | 123455240001G
                | 99999         | p2        | uci        | 12345A240001B
  speaks        | person_id | expected
                | p1        | 123455240001M
                | p2        | 12345A240001A
*/
