/*
severity = "error"
owner = "board"
summary = "A result that the run before had is gone from the later issue of its file."
message = "{item} in {series} was {expected}; {found}."
action = """
1. Look the result up on Interchange. If it stands there, take it from there and download the file again.
2. If it is gone there too, ask the board today why, and what stands instead: Post results > Missing and incomplete results, or 01223 553998. Quote both files.
3. Give nothing out for it until the board has answered. If the student was told, tell them that it is being looked into.
4. Think of malpractice, a result moved to another record of the student, or an entry withdrawn."""
why = "The board took the result back, or issued it to another record of the student; seldom, the later file was made from a part of the results."
source = "docs/semantics.md, from week to week; awarding body guidance on missing and incomplete results"
population = "results of the run before whose file is here, or has a later issue here"
reads = ["results_compared", "file_names", "previous_files", "previous_gaps", "centres"]
empty_without = [["previous_gaps", "results_compared"]]
needs = []
key = ["person", "series", "option"]
follows_from = ["duplicate_candidate_number", "shared_candidate_number", "shared_uci", "identity_conflict"]
confidence = "inferred"
wording = ["Result withdrawn", "Result no longer in the results file"]
where = ["Interchange > Cambridge Technicals > Results documents", "Interchange > Results > XML/EDI results", "Interchange > Post results > Missing and incomplete results"]
*/
WITH placed AS (
    SELECT
        c.*,
        -- one finding a person, series and item: of several windows the latest, of several carriers the strongest
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.series, coalesce(c.unit_code, c.qualification_code, c.option_code)
            ORDER BY
                CASE WHEN c.comparison = 'withdrawn' THEN 0 ELSE 1 END ASC NULLS LAST,
                c.window_from DESC NULLS LAST,
                CASE c.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                c.previous_file_id ASC NULLS LAST,
                c.previous_line ASC NULLS LAST,
                c.kind ASC NULLS LAST
        ) AS place
    FROM results_compared AS c
    WHERE c.comparison IN ('same', 'changed', 'withdrawn')
),

worded AS (
    SELECT
        c.*,
        nullif(concat_ws(
            ', ',
            CASE WHEN c.previous_grade IS NOT NULL THEN ('grade ' || c.previous_grade) END,
            CASE WHEN c.previous_mark IS NOT NULL THEN ('mark ' || trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST(c.previous_mark AS VARCHAR)))) END,
            CASE WHEN c.previous_is_absent THEN 'absent' END
        ), '') AS before,
        coalesce(n.name, c.file_id) AS file_name,
        coalesce(p.name, c.previous_file_id) AS previous_name
    FROM placed AS c
    LEFT JOIN file_names AS n ON n.file_id = c.file_id
    LEFT JOIN previous_files AS p ON p.file_id = c.previous_file_id
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
    (coalesce(before, 'without a grade') || ' in ' || previous_name || coalesce(':' || CAST(previous_line AS VARCHAR), '')) AS expected,
    (file_name || ' holds that file''s results again, without this one') AS found,
    CAST(NULL AS VARCHAR) AS cause,
    CAST(NULL AS VARCHAR) AS severity,
    file_id,
    CAST(NULL AS INTEGER) AS line,
    embargo_until,
    CAST(NULL AS VARCHAR) AS not_evaluated,
    comparison = 'withdrawn' AND place = 1 AS speaks
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
WHERE g.table_name IN ('previous_results', 'previous_people', 'previous_identities')
GROUP BY k.centre_number;

/* cases
a result gone in a reissue is told with both files, one that stayed or changed is not
  results_compared | centre_number | person_id | comparison | carrier | series | kind | option_code | unit_code | is_technical | previous_grade | previous_mark | file_id | previous_file_id | previous_line
                   | 99999         | p1        | withdrawn  | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D              | 60            | f2      | f1               | 3
                   | 99999         | p2        | same       | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D              | 60            | f2      | f1               | 4
                   | 99999         | p3        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D              | 60            | f2      | f1               | 5
  file_names       | file_id | name
                   | f2      | R9999972.X07
  previous_files   | file_id | name
                   | f1      | R9999972.X01
  speaks           | person_id | severity | owner | unit_code | option_code | expected                           | found                                                         | file_id | line
                   | p1        | error    | board | 05838/01  | 583801      | grade D, mark 60 in R9999972.X01:3 | R9999972.X07 holds that file's results again, without this one | f2      |
  looked_at = 3

a result withdrawn from two carriers is one finding; of an award the qualification is named, without any grade it is still told
  results_compared | centre_number | person_id | comparison | carrier     | series | kind          | option_code | qualification_code | is_technical | previous_grade | file_id | previous_file_id
                   | 99999         | p1        | withdrawn  | achievement | 9I25   | qualification | 05839       | 05839              | true         | DM             | r2      | r1
                   | 99999         | p1        | withdrawn  | edi         | 9I25   | qualification | 05839       | 05839              | true         |                | f2      | f1
  speaks           | person_id | qualification_code | option_code | expected
                   | p1        | 05839              |             | without a grade in f1

a result that stands in one window and is withdrawn from another is told
  results_compared | centre_number | person_id | comparison | carrier | series | window_from | kind | option_code | unit_code | is_technical | previous_grade | file_id | previous_file_id
                   | 99999         | p1        | same       | edi     | 9I25   | 2026-08-01  | unit | 583820      | 05838/20  | true         | D              | f3      | f3
                   | 99999         | p1        | withdrawn  | edi     | 9I25   | 2026-07-01  | unit | 583820      | 05838/20  | true         | M              | f2      | f1
  speaks           | person_id | expected
                   | p1        | grade M in f1

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
  results_compared | centre_number | person_id | comparison | carrier     | series | window_from | kind          | option_code | unit_code | qualification_code | is_technical | grade | previous_grade | file_id | previous_file_id | previous_line
                   | 99999         | p1        | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 1
                   | 99999         | p1        | withdrawn  | edi         | 1E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 2
                   | 99999         | p1        | withdrawn  | edi         | 6E26   |             | unit          | 583802      | 05838/02  |                    | true         | P     | M              | g       | f1               | 3
                   | 99999         | p2        | withdrawn  | edi         | 6B26   |             | qualification | H446        |           |                    | false        | P     | M              | g       | f1               | 4
                   | 99999         | p2        | withdrawn  | edi         | 6B26   |             | qualification | H556        |           |                    | false        | P     | M              | g       | f1               | 5
                   | 99999         | p3        | withdrawn  | edi         | 6B26   |             | qualification | 05839       |           |                    | true         | P     | M              | g       | f1               | 6
                   | 99999         | p4        | withdrawn  | edi         | 6E26   | 2026-07-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 7
                   | 99999         | p4        | withdrawn  | edi         | 6E26   | 2026-08-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 8
                   | 99999         | p5        | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f2               | 9
                   | 99999         | p5        | withdrawn  | xml         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 9
                   | 99999         | p6        | withdrawn  | xml         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f2               | 10
                   | 99999         | p6        | withdrawn  | achievement | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 10
                   | 99999         | p7        | withdrawn  | achievement | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f2               | 11
                   | 99999         | p7        | withdrawn  | marks       | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 11
                   | 99999         | p8        | same       | edi         | 6E26   | 2026-08-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 12
                   | 99999         | p8        | withdrawn  | edi         | 6E26   | 2026-07-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 13
                   | 99999         | p9        | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 15
                   | 99999         | p9        | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f2               | 14
                   | 99999         | p10       | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 16
                   | 99999         | p10       | withdrawn  | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 17
                   | 99999         | p11       | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | g       | f1               | 18
  speaks           | person_id | series | unit_code | qualification_code | option_code | expected         | found
                   | p1        | 6E26   | 05838/01  |                    | 583801      | grade M in f1:1  | g holds that file's results again, without this one
                   | p1        | 1E26   | 05838/01  |                    | 583801      | grade M in f1:2  | g holds that file's results again, without this one
                   | p1        | 6E26   | 05838/02  |                    | 583802      | grade M in f1:3  | g holds that file's results again, without this one
                   | p2        | 6B26   |           |                    | H446        | grade M in f1:4  | g holds that file's results again, without this one
                   | p2        | 6B26   |           |                    | H556        | grade M in f1:5  | g holds that file's results again, without this one
                   | p3        | 6B26   |           | 05839              |             | grade M in f1:6  | g holds that file's results again, without this one
                   | p4        | 6E26   | 05838/01  |                    | 583801      | grade M in f1:8  | g holds that file's results again, without this one
                   | p5        | 6E26   | 05838/01  |                    | 583801      | grade M in f2:9  | g holds that file's results again, without this one
                   | p6        | 6E26   | 05838/01  |                    | 583801      | grade M in f2:10 | g holds that file's results again, without this one
                   | p7        | 6E26   | 05838/01  |                    | 583801      | grade M in f2:11 | g holds that file's results again, without this one
                   | p8        | 6E26   | 05838/01  |                    | 583801      | grade M in f1:13 | g holds that file's results again, without this one
                   | p9        | 6E26   | 05838/01  |                    | 583801      | grade M in f1:15 | g holds that file's results again, without this one
                   | p10       | 6E26   | 05838/01  |                    | 583801      | grade M in f1:16 | g holds that file's results again, without this one
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
