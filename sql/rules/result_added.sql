/*
severity = "info"
owner = "centre"
summary = "A result is new in a later file of a series that was here already."
message = "{item} in {series} is new: {found}."
action = """
1. Import this week's file into your own system.
2. Give the result to the student, and look whether something that was open for them is settled by it.
3. If nobody waited for it, look whose it is: resultsday findings --person NUMBER."""
why = "The result was late, pending, or issued after a query; updated results files come each Monday until the end of the post-results period."
source = "Awarding body guidance on updated results files; docs/semantics.md, from week to week"
population = "results of series and windows that were covered in the run before"
reads = ["results_compared", "previous_gaps", "centres"]
empty_without = [["previous_gaps", "results_compared"]]
needs = []
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = ["New result", "Late result"]
where = ["Interchange > Results > XML/EDI results"]
*/
WITH placed AS (
    SELECT
        c.*,
        -- one finding a person, series and item: of several windows the latest, of several carriers the strongest
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.series, coalesce(c.unit_code, c.qualification_code, c.option_code)
            ORDER BY
                CASE WHEN c.comparison = 'added' THEN 0 ELSE 1 END ASC NULLS LAST,
                c.window_from DESC NULLS LAST,
                CASE c.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                c.file_id ASC NULLS LAST,
                c.line ASC NULLS LAST,
                c.kind ASC NULLS LAST
        ) AS place
    FROM results_compared AS c
    WHERE c.comparison IN ('same', 'changed', 'added')
),

worded AS (
    SELECT
        c.*,
        nullif(concat_ws(
            ', ',
            CASE WHEN c.grade IS NOT NULL THEN ('grade ' || c.grade) END,
            CASE WHEN c.mark IS NOT NULL THEN ('mark ' || trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST(c.mark AS VARCHAR)))) END,
            CASE WHEN c.is_absent THEN 'absent' END
        ), '') AS after,
        CASE c.carrier WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' WHEN 'achievement' THEN 'achievement report' ELSE 'marks report' END AS carrier_words
    FROM placed AS c
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    CASE
        WHEN kind = 'unit' THEN NULL
        WHEN is_technical THEN coalesce(qualification_code, option_code)
        ELSE qualification_code
    END AS qualification_code,
    CASE WHEN kind = 'unit' THEN unit_code END AS unit_code,
    CASE WHEN kind = 'unit' OR NOT is_technical THEN option_code END AS option_code,
    CAST(NULL AS VARCHAR) AS expected,
    (coalesce(after, 'without a grade') || ' in ' || CASE WHEN carrier IN ('edi', 'xml') THEN carrier_words ELSE ('the ' || carrier_words) END) AS found,
    CAST(NULL AS VARCHAR) AS cause,
    CAST(NULL AS VARCHAR) AS severity,
    file_id,
    line,
    embargo_until,
    CAST(NULL AS VARCHAR) AS not_evaluated,
    comparison = 'added' AND place = 1 AS speaks
FROM worded
UNION ALL
SELECT
    k.centre_number,
    CAST(NULL AS VARCHAR) AS person_id,
    CAST(NULL AS VARCHAR) AS board,
    CAST(NULL AS VARCHAR) AS series,
    CAST(NULL AS VARCHAR) AS subject,
    CAST(NULL AS VARCHAR) AS qualification_code,
    CAST(NULL AS VARCHAR) AS unit_code,
    CAST(NULL AS VARCHAR) AS option_code,
    CAST(NULL AS VARCHAR) AS expected,
    CAST(NULL AS VARCHAR) AS found,
    CAST(NULL AS VARCHAR) AS cause,
    CAST(NULL AS VARCHAR) AS severity,
    CAST(NULL AS VARCHAR) AS file_id,
    CAST(NULL AS INTEGER) AS line,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
    ('the run before was made by an older version, which did not keep ' || min(g.what) || ' of ' || min(g.table_name)) AS not_evaluated,
    FALSE AS speaks
FROM centres AS k
CROSS JOIN previous_gaps AS g
WHERE g.table_name IN ('previous_results', 'previous_coverage', 'previous_files', 'previous_people', 'previous_identities')
GROUP BY k.centre_number;

/* cases
a result that is new in a reissue is told, one that was there is not
  results_compared | centre_number | person_id | comparison | carrier | series | kind | option_code | unit_code | is_technical | grade | mark | file_id | line
                   | 99999         | p1        | added      | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D     | 60   | f2      | 3
                   | 99999         | p2        | same       | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D     | 60   | f2      | 4
                   | 99999         | p3        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D     | 60   | f2      | 5
                   | 99999         | p4        | withdrawn  | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D     | 60   | f2      |
  speaks           | person_id | severity | owner  | unit_code | option_code | found                   | file_id | line
                   | p1        | info     | centre | 05838/01  | 583801      | grade D, mark 60 in EDI | f2      | 3
  looked_at = 3

two carriers that have it anew are one finding; an absence or nothing at all is told as such
  results_compared | centre_number | person_id | comparison | carrier     | series | kind          | option_code | qualification_code | unit_code | is_technical | grade | is_absent
                   | 99999         | p1        | added      | achievement | 9I25   | qualification | 05839       | 05839              |           | true         | DM    | false
                   | 99999         | p1        | added      | edi         | 9I25   | qualification | 05839       | 05839              |           | true         | DM    | false
                   | 99999         | p2        | added      | marks       | 6E26   | unit          | 583801      |                    | 05838/01  | true         |       | true
                   | 99999         | p3        | added      | edi         | 6E26   | unit          | 583801      |                    | 05838/01  | true         |       | false
  speaks           | person_id | qualification_code | option_code | found
                   | p1        | 05839              |             | grade DM in EDI
                   | p2        |                    | 583801      | absent in the marks report
                   | p3        |                    | 583801      | without a grade in EDI

at the first run there is nothing to compare with
  centres | centre_number
          | 99999
  speaks nothing
  looked_at = 0

an older version's run that kept too little is not compared
  centres       | centre_number
                | 99999
  previous_gaps | table_name       | what
                | previous_results | is_absent
  speaks nothing
  looked_at = 0
  not_evaluated = 1

each series and item is one finding, of the latest window, the strongest carrier and the first line; the option stands in where there is no code
  results_compared | centre_number | person_id | comparison | carrier     | series | window_from | kind          | option_code | unit_code | qualification_code | is_technical | grade | previous_grade | file_id | line
                   | 99999         | p1        | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 1
                   | 99999         | p1        | added      | edi         | 1E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 2
                   | 99999         | p1        | added      | edi         | 6E26   |             | unit          | 583802      | 05838/02  |                    | true         | P     | M              | f1      | 3
                   | 99999         | p2        | added      | edi         | 6B26   |             | qualification | H446        |           |                    | false        | P     | M              | f1      | 4
                   | 99999         | p2        | added      | edi         | 6B26   |             | qualification | H556        |           |                    | false        | P     | M              | f1      | 5
                   | 99999         | p3        | added      | edi         | 6B26   |             | qualification | 05839       |           |                    | true         | P     | M              | f1      | 6
                   | 99999         | p4        | added      | edi         | 6E26   | 2026-07-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 7
                   | 99999         | p4        | added      | edi         | 6E26   | 2026-08-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 8
                   | 99999         | p5        | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 9
                   | 99999         | p5        | added      | xml         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 9
                   | 99999         | p6        | added      | xml         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 10
                   | 99999         | p6        | added      | achievement | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 10
                   | 99999         | p7        | added      | achievement | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 11
                   | 99999         | p7        | added      | marks       | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 11
                   | 99999         | p8        | same       | edi         | 6E26   | 2026-08-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 12
                   | 99999         | p8        | added      | edi         | 6E26   | 2026-07-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 13
                   | 99999         | p9        | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 15
                   | 99999         | p9        | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 14
                   | 99999         | p10       | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 16
                   | 99999         | p10       | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 17
                   | 99999         | p11       | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 18
  speaks           | person_id | series | unit_code | qualification_code | option_code | file_id | line
                   | p1        | 6E26   | 05838/01  |                    | 583801      | f1      | 1
                   | p1        | 1E26   | 05838/01  |                    | 583801      | f1      | 2
                   | p1        | 6E26   | 05838/02  |                    | 583802      | f1      | 3
                   | p2        | 6B26   |           |                    | H446        | f1      | 4
                   | p2        | 6B26   |           |                    | H556        | f1      | 5
                   | p3        | 6B26   |           | 05839              |             | f1      | 6
                   | p4        | 6E26   | 05838/01  |                    | 583801      | f1      | 8
                   | p5        | 6E26   | 05838/01  |                    | 583801      | f2      | 9
                   | p6        | 6E26   | 05838/01  |                    | 583801      | f2      | 10
                   | p7        | 6E26   | 05838/01  |                    | 583801      | f2      | 11
                   | p8        | 6E26   | 05838/01  |                    | 583801      | f1      | 13
                   | p9        | 6E26   | 05838/01  |                    | 583801      | f1      | 15
                   | p10       | 6E26   | 05838/01  |                    | 583801      | f1      | 16
  looked_at = 20

what the run before lacks of other tables is nothing to this rule
  centres       | centre_number
                | 99999
  previous_gaps | table_name        | what
                | previous_findings | the table
  speaks nothing
  looked_at = 0
  not_evaluated = 0
*/
