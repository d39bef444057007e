/*
severity = "warning"
owner = "board"
summary = "The weighted component marks of a general qualification do not add up to its mark."
message = "{item} in {series}: {found}; expected is {expected}."
action = """
1. Keep the result back until this is settled: either a component or the whole is wrong.
2. Open the XML file at the line, and compare the component marks with those that the awarding body's own site shows.
3. Look whether a component was carried forward from an earlier series, or was changed after the file was made.
4. Ask the awarding body which mark stands, quoting the line (OCR: 01223 553998); a clerical check is the service for it after results."""
why = "A component mark changed and the total did not, a component was left out of the sum, or a mark was added twice."
source = "XML results hold the mark of each component after weighting and the mark of the qualification; rounding may move each by half a mark"
population = "results of general qualifications in XML with a mark, whose components all have a weighted mark"
reads = ["latest_statements", "component_results", "incoming_options", "file_series", "code_spellings"]
empty_without = [["component_results"]]
needs = ["xml"]
key = ["person", "option"]
follows_from = ["mark_above_maximum", "marks_conflict"]
confidence = "inferred"
wording = []
where = ["Interchange > Results > XML/EDI results", "Interchange > Post results > Missing and incomplete results"]
*/
WITH results AS (
    SELECT
        centre_number,
        person_id,
        board,
        series,
        option_code,
        file_id,
        max(kind) AS kind,
        max(qualification_code) AS qualification_code,
        max(unit_code) AS unit_code,
        max(subject) AS subject,
        min(mark) AS mark,
        min(line) AS line,
        max(embargo_until) AS embargo_until
    FROM latest_statements
    WHERE carrier = 'xml'
    GROUP BY centre_number, person_id, board, series, option_code, file_id
    -- a result that stands twice in one file has its components twice, and nobody can say which are whose
    HAVING count(*) = 1 AND min(mark) IS NOT NULL
),

totals AS (
    SELECT
        file_id,
        centre_number,
        person_id,
        series,
        option_code,
        sum(weighted_mark) AS total,
        count(*) AS components
    FROM component_results
    GROUP BY file_id, centre_number, person_id, series, option_code
    -- a component without a weighted mark counts with an amount that nobody states
    HAVING count(weighted_mark) = count(*) AND count(DISTINCT component_code) = count(*)
),

counts AS (
    SELECT f.board, f.series, coalesce(k.option_code, o.option_code) AS option_code, max(o.component_count) AS components
    FROM incoming_options AS o
    INNER JOIN file_series AS f ON f.file_id = o.file_id AND f.series_as_sent IS NOT DISTINCT FROM o.series_as_sent
    LEFT JOIN code_spellings AS k ON k.code_as_sent = o.option_code
    GROUP BY f.board, f.series, coalesce(k.option_code, o.option_code)
),

judged AS (
    SELECT
        r.*,
        t.total,
        t.components,
        abs(t.total - r.mark) > CAST(0.5 AS DECIMAL(7, 2)) * t.components AS differs
    FROM results AS r
    INNER JOIN totals AS t
        ON
            t.file_id = r.file_id AND t.centre_number = r.centre_number AND t.person_id = r.person_id
            AND t.series = r.series AND t.option_code = r.option_code
    LEFT JOIN counts AS c
        ON c.board IS NOT DISTINCT FROM r.board AND c.series = r.series AND c.option_code = r.option_code
    -- a component that the file leaves out, such as one carried forward, counts all the same
    WHERE coalesce(t.components >= c.components, TRUE)
),

chosen AS (
    SELECT
        j.*,
        row_number() OVER (
            PARTITION BY j.centre_number, j.person_id, coalesce(CASE WHEN j.kind = 'unit' THEN j.unit_code END, j.qualification_code, j.option_code)
            ORDER BY
                CASE WHEN j.differs THEN 0 ELSE 1 END ASC NULLS LAST,
                substr(j.series, 3, 2) DESC NULLS LAST,
                j.series ASC NULLS LAST,
                j.board ASC NULLS LAST,
                j.option_code ASC NULLS LAST,
                j.file_id ASC NULLS LAST,
                j.line ASC NULLS LAST
        ) AS place
    FROM judged AS j
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    CASE WHEN kind = 'qualification' THEN qualification_code END AS qualification_code,
    CASE WHEN kind = 'unit' THEN unit_code END AS unit_code,
    option_code,
    (
        replace(CAST(CAST(total AS DECIMAL(9, 2)) AS VARCHAR), '.00', '') || ', give or take '
        || replace(CAST(CAST(0.5 AS DECIMAL(7, 1)) * components AS VARCHAR), '.0', '') || ' for rounding'
    ) AS expected,
    (
        'mark ' || replace(CAST(mark AS VARCHAR), '.00', '') || ', the ' || CAST(components AS VARCHAR) || ' weighted component marks together '
        || replace(CAST(CAST(total AS DECIMAL(9, 2)) AS VARCHAR), '.00', '')
    ) AS found,
    embargo_until,
    file_id,
    line,
    differs AS speaks
FROM chosen
WHERE place = 1;

/* cases
half a mark a component is rounding, more is not; either way round
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | carrier | mark | file_id | line | embargo_until
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 300  | x       | 8    | 2026-08-13 08:00+01
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 301  | x       | 18   | 2026-08-13 08:00+01
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 302  | x       | 28   | 2026-08-13 08:00+01
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 298  | x       | 38   | 2026-08-13 08:00+01
                    | 99999         | p5        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 299  | x       | 48   | 2026-08-13 08:00+01
  component_results | centre_number | person_id | board | series | option_code | component_code | mark | weighted_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 90   | 125.5         | x       | 9
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/02        | 90   | 174.5         | x       | 10
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/01        | 90   | 125.5         | x       | 19
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/02        | 90   | 174.5         | x       | 20
                    | 99999         | p3        | 01    | 6B26   | H446        | H446/01        | 90   | 126.49        | x       | 29
                    | 99999         | p3        | 01    | 6B26   | H446        | H446/02        | 90   | 174.5         | x       | 30
                    | 99999         | p4        | 01    | 6B26   | H446        | H446/01        | 90   | 125.5         | x       | 39
                    | 99999         | p4        | 01    | 6B26   | H446        | H446/02        | 90   | 174.5         | x       | 40
                    | 99999         | p5        | 01    | 6B26   | H446        | H446/01        | 90   | 125.5         | x       | 49
                    | 99999         | p5        | 01    | 6B26   | H446        | H446/02        | 90   | 174.5         | x       | 50
  speaks            | person_id | severity | owner | qualification_code | option_code | unit_code | expected                            | found                                                    | file_id | line | embargo_until
                    | p3        | warning  | board | H446               | H446        |           | 300.99, give or take 1 for rounding | mark 302, the 2 weighted component marks together 300.99 | x       | 28   | 2026-08-13 07:00:00+00
                    | p4        | warning  | board | H446               | H446        |           | 300, give or take 1 for rounding    | mark 298, the 2 weighted component marks together 300    | x       | 38   | 2026-08-13 07:00:00+00
  looked_at = 5

any weighted mark absent, no mark of the whole, no component: silent; plain marks are never added instead
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark | file_id
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 300  | x
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | xml     | 300  | x
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        | H446               | xml     |      | x
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        | H446               | xml     | 300  | x
                    | 99999         | p5        | 01    | 6B26   | qualification | H446        | H446               | edi     | 300  | e
  component_results | centre_number | person_id | board | series | option_code | component_code | mark | weighted_mark | is_absent | file_id
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        |      |               | true      | x
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/02        | 90   | 174           | false     | x
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/01        | 90   |               | false     | x
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/02        | 90   |               | false     | x
                    | 99999         | p3        | 01    | 6B26   | H446        | H446/01        | 90   | 10            | false     | x
                    | 99999         | p5        | 01    | 6B26   | H446        | H446/01        | 90   | 10            | false     | x
  speaks nothing
  looked_at = 0

an absent component with a weighted mark of nought is one that counts
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark | file_id
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 174  | x
  component_results | centre_number | person_id | board | series | option_code | component_code | mark | weighted_mark | is_absent | file_id
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        |      | 0             | true      | x
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/02        | 90   | 174           | false     | x
  speaks nothing
  looked_at = 1

fewer components than the basedata have: one is missing from the file, and the sum says nothing
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark | file_id
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 300  | x
                    | 99999         | p1        | 01    | 6B26   | qualification | H556        | H556               | xml     | 300  | x
                    | 99999         | p1        | 01    | 6B26   | qualification | H240        | H240               | xml     | 300  | x
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 174           | x
                    | 99999         | p1        | 01    | 6B26   | H556        | H556/01        | 174           | x
                    | 99999         | p1        | 01    | 6B26   | H240        | H240/01        | 174           | x
  incoming_options  | file_id | series_as_sent | option_code | component_count
                    | o       | 6B26           | H446        | 2
                    | o       | 6B26           | H556        | 1
                    | o       | 6B25           | H240        | 3
  file_series       | file_id | board | series_as_sent | series
                    | o       | 01    | 6B26           | 6B26
                    | o       | 01    | 6B25           | 6B25
  speaks            | person_id | option_code
                    | p1        | H556
                    | p1        | H240
  looked_at = 2

a replaced file's components, another student's and another option's are not added
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark | file_id
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 100  | x
                    | 99998         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 100  | x
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 100           | x
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 90            | old
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/02        | 90            | x
                    | 99999         | p1        | 01    | 6B26   | H556        | H556/01        | 90            | x
                    | 99999         | p1        | 01    | 6B25   | H446        | H446/02        | 90            | x
                    | 99998         | p1        | 01    | 6B26   | H446        | H446/01        | 100           | x
  speaks nothing
  looked_at = 2

a result or a component that stands twice in one file says nothing
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 100  | x       | 3
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 100  | x       | 9
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | xml     | 100  | x       | 13
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 100           | x       | 4
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 100           | x       | 10
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/01        | 100           | x       | 14
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/01        | 100           | x       | 15
  speaks nothing
  looked_at = 0

one qualification taken in two series is one key: the sum that is wrong is said
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | xml     | 100  | x       | 3
                    | 99999         | p1        | 01    | 6B25   | qualification | H446        | H446               | xml     | 50   | y       | 3
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 100           | x       | 4
                    | 99999         | p1        | 01    | 6B25   | H446        | H446/01        | 60            | y       | 4
  speaks            | person_id | series | file_id
                    | p1        | 6B25   | y
  looked_at = 1

of several results that are one key the latest year is said, then the first by series, board, option and file; units are told apart
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | unit_code | carrier | mark | file_id | line
                    | 99999         | p1        | 01    | 6B25   | qualification | H446        | H446               |           | xml     | 100  | x       | 3
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | y       | 3
                    | 99999         | p2        | 01    | 6B19   | qualification | H446        | H446               |           | xml     | 100  | x       | 5
                    | 99999         | p2        | 01    | 6B20   | qualification | H446        | H446               |           | xml     | 100  | y       | 5
                    | 99999         | p3        | 01    | 1B26   | qualification | H446        | H446               |           | xml     | 100  | y       | 7
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | x       | 7
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | y       | 9
                    | 99999         | p4        | 70    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | x       | 9
                    | 99999         | p5        | 01    | 6B26   | qualification | H446A       | H446               |           | xml     | 100  | y       | 11
                    | 99999         | p5        | 01    | 6B26   | qualification | H446B       | H446               |           | xml     | 100  | x       | 11
                    | 99999         | p6        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | x       | 14
                    | 99999         | p6        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | y       | 13
                    | 99999         | p7        | 01    | 6B26   | unit          | F451        | H046               | F451      | xml     | 100  | x       | 20
                    | 99999         | p7        | 01    | 6B26   | unit          | F452        | H046               | F452      | xml     | 100  | x       | 22
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id | line
                    | 99999         | p1        | 01    | 6B25   | H446        | H446/01        | 90            | x       | 4
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 90            | y       | 4
                    | 99999         | p2        | 01    | 6B19   | H446        | H446/01        | 90            | x       | 6
                    | 99999         | p2        | 01    | 6B20   | H446        | H446/01        | 90            | y       | 6
                    | 99999         | p3        | 01    | 1B26   | H446        | H446/01        | 90            | y       | 8
                    | 99999         | p3        | 01    | 6B26   | H446        | H446/01        | 90            | x       | 8
                    | 99999         | p4        | 01    | 6B26   | H446        | H446/01        | 90            | y       | 10
                    | 99999         | p4        | 70    | 6B26   | H446        | H446/01        | 90            | x       | 10
                    | 99999         | p5        | 01    | 6B26   | H446A       | H446A/01       | 90            | y       | 12
                    | 99999         | p5        | 01    | 6B26   | H446B       | H446B/01       | 90            | x       | 12
                    | 99999         | p6        | 01    | 6B26   | H446        | H446/01        | 90            | x       | 15
                    | 99999         | p6        | 01    | 6B26   | H446        | H446/01        | 90            | y       | 14
                    | 99999         | p7        | 01    | 6B26   | F451        | F451/01        | 90            | x       | 21
                    | 99999         | p7        | 01    | 6B26   | F452        | F452/01        | 90            | x       | 23
  speaks            | person_id | series | board | option_code | unit_code | qualification_code | file_id | line
                    | p1        | 6B26   | 01    | H446        |           | H446               | y       | 3
                    | p2        | 6B20   | 01    | H446        |           | H446               | y       | 5
                    | p3        | 1B26   | 01    | H446        |           | H446               | y       | 7
                    | p4        | 6B26   | 01    | H446        |           | H446               | y       | 9
                    | p5        | 6B26   | 01    | H446A       |           | H446               | y       | 11
                    | p6        | 6B26   | 01    | H446        |           | H446               | x       | 14
                    | p7        | 6B26   | 01    | F451        | F451      |                    | x       | 20
                    | p7        | 6B26   | 01    | F452        | F452      |                    | x       | 22
  looked_at = 8

two results of one option in one file are left, even with components of different names
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | unit_code | carrier | mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | x       | 3
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | x       | 9
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 100           | x       | 4
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/02        | 100           | x       | 10
  speaks nothing
  looked_at = 0

how many components there are is asked of the basedata of the same board and series, by any spelling; the greatest number counts
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | unit_code | carrier | mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | x       | 3
                    | 99999         | p2        | 70    | 6B26   | qualification | H446        | H446               |           | xml     | 100  | y       | 3
                    | 99999         | p3        |       | 6B26   | qualification | H556        | H556               |           | xml     | 100  | z       | 3
                    | 99999         | p4        | 01    | 6B26   | qualification | H240        | H240               |           | xml     | 100  | x       | 13
                    | 99999         | p5        | 01    | 6B26   | qualification | H432        | H432               |           | xml     | 100  | x       | 15
  component_results | centre_number | person_id | board | series | option_code | component_code | weighted_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 90            | x       | 4
                    | 99999         | p2        | 70    | 6B26   | H446        | H446/01        | 90            | y       | 4
                    | 99999         | p3        |       | 6B26   | H556        | H556/01        | 90            | z       | 4
                    | 99999         | p4        | 01    | 6B26   | H240        | H240/01        | 90            | x       | 14
                    | 99999         | p5        | 01    | 6B26   | H432        | H432/01        | 90            | x       | 16
  incoming_options  | file_id | series_as_sent | option_code | component_count
                    | o       | 6B26           | H446        | 1
                    | o2      | 6B26           | H446        | 2
                    | o3      | 6B26           | H556        | 2
                    | o4      |                | H240        | 2
                    | o2      | 6B26           | H432X       | 2
  file_series       | file_id | board | series_as_sent | series
                    | o       | 01    | 6B26           | 6B26
                    | o2      | 01    | 6B26           | 6B26
                    | o3      |       | 6B26           | 6B26
                    | o4      | 01    |                | 6B26
                    | o5      | 70    | 6B26           | 6B26
  code_spellings    | code_as_sent | option_code
                    | H432X        | H432
  speaks            | person_id | board
                    | p2        | 70
  looked_at = 1
*/
