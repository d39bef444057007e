/*
severity = "error"
owner = "centre"
summary = "A student has unit results of a general qualification and no certification entry, so no overall grade is made."
message = "{item} in {series}: {found}; without a certification entry no overall grade is made."
action = """
1. Ask the teacher whether the student finishes this summer; if the course goes on, nothing is missing.
2. If they do, look for the certification entry in the school's own system and on Interchange.
3. Where there is none, request late certification on Interchange; it is free of charge.
4. If there is one, ring Customer Support, 01223 553998."""
why = "A qualification made of units needs an entry for the units and another for the certification; the second was forgotten."
source = "Awarding body answers to frequent questions: without a certification entry the unit results are not aggregated"
population = "students and general qualifications with unit results this season, where basedata say which certification they lead to and entries of that series are here"
reads = ["unit_results", "incoming_options", "series_seen", "run", "entered_options", "qualification_results"]
empty_without = [["incoming_options"]]
needs = ["entries", "basedata"]
key = ["person", "option"]
follows_from = ["shared_candidate_number", "shared_uci", "identity_conflict"]
confidence = "documented"
wording = ["Late certification", "I can only see unit results"]
where = ["the school's own system: entries of the series"]
*/
WITH unit_options AS (
    SELECT DISTINCT board, series_as_sent AS series, syllabus_code, option_code
    FROM incoming_options
    WHERE item = 'U'
),

certifications AS (
    SELECT DISTINCT board, series_as_sent AS series, syllabus_code, option_code
    FROM incoming_options
    WHERE item IN ('C', 'B')
),

named AS (
    SELECT board, series, syllabus_code, min(option_code) AS option_code
    FROM certifications
    GROUP BY board, series, syllabus_code
),

students AS (
    SELECT
        u.centre_number,
        u.person_id,
        u.board,
        u.series,
        o.syllabus_code,
        count(DISTINCT u.option_code) AS units,
        min(u.file_id) AS file_id,
        max(u.embargo_until) AS embargo_until
    FROM unit_results AS u
    INNER JOIN unit_options AS o ON o.board = u.board AND o.series = u.series AND o.option_code = u.option_code
    INNER JOIN series_seen AS s ON s.board = u.board AND s.series = u.series AND s.family = 'general'
    INNER JOIN run AS r ON r.season = s.season
    GROUP BY u.centre_number, u.person_id, u.board, u.series, o.syllabus_code
),

-- withdrawn entries too: somebody thought of it
certified AS (
    SELECT e.centre_number, e.person_id, c.board, c.syllabus_code
    FROM entered_options AS e
    INNER JOIN certifications AS c ON c.board = e.board AND c.option_code = e.option_code
    UNION
    SELECT q.centre_number, q.person_id, c.board, c.syllabus_code
    FROM qualification_results AS q
    INNER JOIN certifications AS c ON c.board = q.board AND c.option_code = q.option_code
),

covered AS (
    SELECT DISTINCT centre_number, board, series
    FROM entered_options
),

lines AS (
    SELECT s.centre_number, s.person_id, s.board, s.series, s.syllabus_code, min(u.line) AS line
    FROM students AS s
    INNER JOIN unit_results AS u
        ON
            u.centre_number = s.centre_number AND u.person_id = s.person_id AND u.board = s.board
            AND u.series = s.series AND u.file_id = s.file_id
    INNER JOIN unit_options AS o
        ON
            o.board = u.board AND o.series = u.series AND o.option_code = u.option_code
            AND o.syllabus_code = s.syllabus_code
    GROUP BY s.centre_number, s.person_id, s.board, s.series, s.syllabus_code
),

judged AS (
    SELECT
        s.*,
        n.option_code,
        c.person_id IS NULL AS is_missing,
        sum(CASE WHEN c.person_id IS NULL THEN 0 ELSE 1 END)
            OVER (PARTITION BY s.centre_number, s.board, s.series, s.syllabus_code) AS certified_beside,
        count(*) OVER (PARTITION BY s.centre_number, s.board, s.series, s.syllabus_code) AS students_beside,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, n.option_code
            ORDER BY s.series DESC NULLS LAST, s.syllabus_code ASC NULLS LAST
        ) AS place
    FROM students AS s
    INNER JOIN named AS n ON n.board = s.board AND n.series = s.series AND n.syllabus_code = s.syllabus_code
    INNER JOIN covered AS v ON v.centre_number = s.centre_number AND v.board = s.board AND v.series = s.series
    LEFT JOIN certified AS c
        ON
            c.centre_number = s.centre_number AND c.person_id = s.person_id
            AND c.board = s.board AND c.syllabus_code = s.syllabus_code
)

SELECT
    j.centre_number,
    j.person_id,
    j.board,
    j.series,
    j.option_code AS qualification_code,
    j.option_code,
    ('a certification entry, such as ' || j.option_code) AS expected,
    ('unit results: ' || CAST(j.units AS VARCHAR) || ', no certification entry') AS found,
    -- nobody says who finishes this year; where most of the group are certificated, one left out is a mistake
    CASE WHEN j.certified_beside * 2 < j.students_beside THEN 'info' END AS severity,
    j.file_id,
    l.line,
    j.embargo_until,
    j.is_missing AS speaks
FROM judged AS j
LEFT JOIN lines AS l
    ON
        l.centre_number = j.centre_number AND l.person_id = j.person_id AND l.board = j.board
        AND l.series = j.series AND l.syllabus_code = j.syllabus_code
WHERE j.place = 1;

/* cases
one of a group without a certification entry is reported, those with one, withdrawn or awarded are not
  series_seen           | board | series | season  | family
                        | 01    | 6B26   | 2025-26 | general
  incoming_options      | board | series_as_sent | syllabus_code | option_code | item
                        | 01    | 6B26           | H046          | F451        | U
                        | 01    | 6B26           | H046          | F452        | U
                        | 01    | 6B26           | H046          | H046        | C
  unit_results          | centre_number | person_id | board | series | option_code | file_id | line | embargo_until
                        | 99999         | p1        | 01    | 6B26   | F451        | e       | 7    | 2026-08-13 08:00+01
                        | 99999         | p1        | 01    | 6B26   | F452        | e       | 6    | 2026-08-13 08:00+01
                        | 99999         | p2        | 01    | 6B26   | F451        | e       | 8    | 2026-08-13 08:00+01
                        | 99999         | p3        | 01    | 6B26   | F451        | e       | 9    | 2026-08-13 08:00+01
                        | 99999         | p4        | 01    | 6B26   | F451        | e       | 10   | 2026-08-13 08:00+01
  entered_options       | centre_number | person_id | board | series | option_code | withdrawn
                        | 99999         | p2        | 01    | 6B26   | H046        | false
                        | 99999         | p3        | 01    | 6B26   | H046        | true
  qualification_results | centre_number | person_id | board | series | option_code
                        | 99999         | p4        | 01    | 6B25   | H046
  speaks                | person_id | severity | series | qualification_code | option_code | found                                    | file_id | line | embargo_until
                        | p1        | error    | 6B26   | H046               | H046        | unit results: 2, no certification entry | e       | 6    | 2026-08-13 07:00:00+00
  looked_at = 4

where hardly anybody of the group is certificated this year it is no more than worth knowing
  series_seen      | board | series | season  | family
                   | 01    | 6B26   | 2025-26 | general
  incoming_options | board | series_as_sent | syllabus_code | option_code | item
                   | 01    | 6B26           | H046          | F451        | U
                   | 01    | 6B26           | H046          | H046        | C
  unit_results     | centre_number | person_id | board | series | option_code
                   | 99999         | p1        | 01    | 6B26   | F451
                   | 99999         | p2        | 01    | 6B26   | F451
                   | 99999         | p3        | 01    | 6B26   | F451
  entered_options  | centre_number | person_id | board | series | option_code
                   | 99999         | p3        | 01    | 6B26   | H046
  speaks           | person_id | severity
                   | p1        | info
                   | p2        | info

without entries of the series, without basedata, in an earlier season or in Cambridge Technicals nobody is looked at
  series_seen      | board | series | season  | family
                   | 01    | 6B26   | 2025-26 | general
                   | 01    | 6B25   | 2024-25 | general
                   | 72    | 6E26   | 2025-26 | cambridge_technicals
                   | 70    | 6A26   | 2025-26 | general
  incoming_options | board | series_as_sent | syllabus_code | option_code | item
                   | 01    | 6B26           | H046          | F451        | U
                   | 01    | 6B26           | H046          | H046        | C
                   | 01    | 6B25           | H046          | F451        | U
                   | 01    | 6B25           | H046          | H046        | C
                   | 72    | 6E26           | 05838         | 583801      | U
                   | 72    | 6E26           | 05838         | 05838       | C
  unit_results     | centre_number | person_id | board | series | option_code
                   | 99999         | p1        | 01    | 6B26   | F451
                   | 99998         | p2        | 01    | 6B25   | F451
                   | 99998         | p2        | 72    | 6E26   | 583801
                   | 99998         | p2        | 70    | 6A26   | 8700
  entered_options  | centre_number | person_id | board | series | option_code
                   | 99998         | p9        | 01    | 6B25   | H046
                   | 99998         | p9        | 72    | 6E26   | 583801
                   | 99998         | p9        | 70    | 6A26   | 8700
  speaks nothing
  looked_at = 0

each centre's, board's, series' and syllabus' group is judged by itself, and so is what was entered for it
  series_seen           | board | series | season  | family
                        | 01    | 6B26   | 2025-26 | general
                        | 01    | 1B26   | 2025-26 | general
                        | 70    | 6B26   | 2025-26 | general
                        | 10    | 6B26   | 2025-26 | general
                        | 01    | BA25   | 2025-26 | general
  incoming_options      | board | series_as_sent | syllabus_code | option_code | item
                        | 01    | 6B26           | H046          | F451        | U
                        | 01    | 6B26           | H046          | H046        | C
                        | 01    | 6B26           | H046          | H046Z       | C
                        | 01    | 6B26           | H047          | F471        | U
                        | 01    | 6B26           | H047          | H047        | C
                        | 01    | 6B26           | H048          | F481        | U
                        | 01    | 1B26           | H046          | F451        | U
                        | 01    | 1B26           | H046          | H046J       | C
                        | 70    | 6B26           | H046          | F451        | U
                        | 70    | 6B26           | H046          | H046B       | C
                        | 10    | 6B26           | H046          | F451        | U
                        | 10    | 6B26           | H046          | H046X       | C
                        | 01    | BA25           | H046          | F451        | U
                        | 01    | BA25           | H046          | H046N       | C
  unit_results          | centre_number | person_id | board | series | option_code
                        | 99999         | p1        | 01    | 6B26   | F451
                        | 99999         | p2        | 01    | 6B26   | F451
                        | 99998         | q1        | 01    | 6B26   | F451
                        | 99999         | p3        | 70    | 6B26   | F451
                        | 99999         | p4        | 01    | 1B26   | F451
                        | 99999         | p5        | 01    | 6B26   | F471
                        | 99999         | p6        | 01    | 6B26   | F481
                        | 99997         | r1        | 01    | 6B26   | F451
                        | 99999         | p7        | 10    | 6B26   | F451
                        | 99999         | p7        | 01    | BA25   | F451
                        | 99999         | p8        | 01    | 6B26   | H046
  entered_options       | centre_number | person_id | board | series | option_code
                        | 99999         | p2        | 01    | 6B26   | H046
                        | 99999         | p1        | 10    | BA25   | H046
                        | 99999         | p1        | 01    | 6B26   | F451
                        | 99999         | p3        | 01    | 6B26   | H046
                        | 99999         | p5        | 01    | 6B26   | H046
                        | 99998         | q9        | 01    | 6B26   | H046
                        | 99999         | p9        | 70    | 6B26   | H046B
                        | 99999         | p9        | 01    | 1B26   | H046J
  qualification_results | centre_number | person_id | board | series | option_code
                        | 99999         | p2        | 01    | 6B26   | H046
                        | 99999         | p1        | 10    | 6B26   | H046
                        | 99999         | p1        | 01    | 6B26   | J560
  speaks                | centre_number | person_id | board | series | option_code | severity
                        | 99999         | p1        | 01    | 6B26   | H046        | error
                        | 99998         | q1        | 01    | 6B26   | H046        | info
                        | 99999         | p3        | 70    | 6B26   | H046B       | info
                        | 99999         | p4        | 01    | 1B26   | H046J       | info
                        | 99999         | p5        | 01    | 6B26   | H047        | info
  looked_at = 6

one finding an option, in the last of its series, with the first line of the group's units in the first file
  series_seen      | board | series | season  | family
                   | 01    | 6B26   | 2025-26 | general
                   | 01    | 1B26   | 2025-26 | general
                   | 70    | 6B26   | 2025-26 | general
  incoming_options | board | series_as_sent | syllabus_code | option_code | item
                   | 01    | 6B26           | H046          | F451        | U
                   | 01    | 6B26           | H046          | H046        | C
                   | 01    | 1B26           | H046          | F451        | U
                   | 01    | 1B26           | H046          | F453        | U
                   | 01    | 1B26           | H046          | H046        | C
                   | 01    | 6B26           | H047          | F471        | U
                   | 01    | 6B26           | H047          | H047        | C
                   | 01    | 6B26           | H146          | F461        | U
                   | 01    | 6B26           | H146          | H046        | C
                   | 70    | 6B26           | H046          | F451        | U
                   | 70    | 6B26           | H046          | F452        | U
                   | 70    | 6B26           | H046          | G046        | C
  unit_results     | centre_number | person_id | board | series | option_code | file_id | line
                   | 99999         | p1        | 01    | 6B26   | F451        | e       | 9
                   | 99999         | p1        | 01    | 6B26   | F451        | e       | 8
                   | 99999         | p1        | 01    | 6B26   | F451        | f       | 1
                   | 99999         | p1        | 01    | 6B26   | F471        | e       | 2
                   | 99999         | p1        | 01    | 6B26   | F452        | e       | 3
                   | 99999         | p1        | 01    | 6B26   | F453        | e       | 5
                   | 99999         | p1        | 01    | 6B26   | F461        | e       | 7
                   | 99999         | p1        | 01    | 1B26   | F451        | e       | 4
                   | 99999         | p1        | 70    | 6B26   | F451        | e       | 6
                   | 99999         | p2        | 01    | 6B26   | F451        | e       | 1
  entered_options  | centre_number | person_id | board | series | option_code
                   | 99999         | p9        | 01    | 6B26   | H046
                   | 99999         | p9        | 01    | 1B26   | H046
                   | 99999         | p9        | 70    | 6B26   | G046
  speaks           | person_id | board | series | option_code | found                                   | file_id | line
                   | p1        | 01    | 6B26   | H046        | unit results: 1, no certification entry | e       | 8
                   | p1        | 01    | 6B26   | H047        | unit results: 1, no certification entry | e       | 2
                   | p1        | 70    | 6B26   | G046        | unit results: 1, no certification entry | e       | 6
                   | p2        | 01    | 6B26   | H046        | unit results: 1, no certification entry | e       | 1
  looked_at = 4

a series of the same code that another board calls general makes no other board's units general
  series_seen      | board | series | season  | family
                   | 72    | 6E26   | 2025-26 | cambridge_technicals
                   | 70    | 6E26   | 2025-26 | general
  incoming_options | board | series_as_sent | syllabus_code | option_code | item
                   | 72    | 6E26           | 05838         | 583801      | U
                   | 72    | 6E26           | 05838         | 05838       | C
  unit_results     | centre_number | person_id | board | series | option_code
                   | 99999         | p1        | 72    | 6E26   | 583801
  entered_options  | centre_number | person_id | board | series | option_code
                   | 99999         | p1        | 72    | 6E26   | 583801
  speaks nothing
  looked_at = 0
*/
