/*
severity = "error"
owner = "centre"
summary = "A result is not what it was in the run before."
message = "{item} in {series} was {expected} and is {found} ({cause})."
action = """
1. Look the result up on Interchange, and take what stands there: Cambridge Technicals > Results documents, or Results > XML/EDI results.
2. Import this week's file into your own system. It overwrites what was changed there by hand, so look at what would be lost first: resultsday diff.
3. If the student was told the earlier result, tell them the new one, in writing where a place hangs on it, and correct references and statements made from it.
4. If it went down, or nobody knows why it moved, ask before telling: Post results > Missing and incomplete results, or 01223 553998."""
why = "A review of marking or moderation, special consideration, or a result that was pending or withheld: updated results files come each Monday until the end of the post-results period."
source = "Awarding body guidance on updated results files; docs/semantics.md, from week to week"
population = "results that this run and the run before both have, carrier by carrier"
reads = ["results_compared", "grade_steps", "previous_gaps", "centres"]
empty_without = [["previous_gaps", "results_compared"]]
needs = []
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = ["E5", "Results which differ from a previous import", "Result amended"]
where = ["Interchange > Cambridge Technicals > Results documents", "Interchange > Results > XML/EDI results", "Interchange > Post results > Missing and incomplete results"]
*/
WITH placed AS (
    SELECT
        c.*,
        n.step AS step,
        b.step AS previous_step,
        -- one finding a person, series and item: of several windows the latest, of several carriers the strongest
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.series, coalesce(c.unit_code, c.qualification_code, c.option_code)
            ORDER BY
                CASE WHEN c.comparison = 'changed' THEN 0 ELSE 1 END ASC NULLS LAST,
                c.window_from DESC NULLS LAST,
                CASE c.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                c.file_id ASC NULLS LAST,
                c.line ASC NULLS LAST,
                c.kind ASC NULLS LAST
        ) AS place
    FROM results_compared AS c
    LEFT JOIN grade_steps AS n ON n.is_technical = c.is_technical AND n.grade = c.grade
    LEFT JOIN grade_steps AS b ON b.is_technical = c.is_technical AND b.grade = c.previous_grade
    WHERE c.comparison IN ('same', 'changed')
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
        nullif(concat_ws(
            ', ',
            CASE WHEN c.grade IS NOT NULL THEN ('grade ' || c.grade) END,
            CASE WHEN c.mark IS NOT NULL THEN ('mark ' || trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST(c.mark AS VARCHAR)))) END,
            CASE WHEN c.is_absent THEN 'absent' END
        ), '') AS after,
        CASE c.carrier WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' WHEN 'achievement' THEN 'achievement report' ELSE 'marks report' END AS carrier_words,
        c.previous_grade IN ('X', 'Q') AND c.grade NOT IN ('X', 'Q') AS has_come
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
    coalesce(before, 'without a grade') AS expected,
    (coalesce(after, 'without a grade') || ' in ' || CASE WHEN carrier IN ('edi', 'xml') THEN carrier_words ELSE ('the ' || carrier_words) END) AS found,
    (
        CASE
            WHEN has_come THEN 'the result has come'
            WHEN step > previous_step THEN 'up'
            WHEN step < previous_step THEN 'down'
            WHEN mark > previous_mark THEN 'up'
            WHEN mark < previous_mark THEN 'down'
            ELSE 'not on one scale'
        END
        || CASE WHEN is_older THEN '; the file is older than the one that was here' ELSE '' END
    ) AS cause,
    -- what was awaited: nobody was told anything that is wrong now
    CASE WHEN has_come AND NOT coalesce(is_older, FALSE) THEN 'warning' END AS severity,
    file_id,
    line,
    embargo_until,
    CAST(NULL AS VARCHAR) AS not_evaluated,
    comparison = 'changed' AND place = 1 AS speaks
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
a grade or a mark that moved is told with its direction; what stayed is silent
  results_compared | centre_number | person_id | comparison | carrier | series | kind | option_code | unit_code | is_technical | grade | previous_grade | mark | previous_mark | file_id | line
                   | 99999         | p1        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D     | M              | 60   | 49            | f2      | 3
                   | 99999         | p2        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | P     | P              | 40.5 | 42            | f2      | 4
                   | 99999         | p3        | same       | edi     | 6E26   | unit | 583801      | 05838/01  | true         | M     | M              | 49   | 49            | f2      | 5
                   | 99999         | p4        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | U     | R              |      |               | f2      | 6
  grade_steps      | is_technical | grade | step
                   | true         | D     | 30
                   | true         | M     | 20
                   | true         | P     | 10
                   | true         | R     | 5
                   | true         | U     | 0
  speaks           | person_id | severity | owner  | unit_code | option_code | qualification_code | expected         | found                   | cause | file_id | line
                   | p1        | error    | centre | 05838/01  | 583801      |                    | grade M, mark 49 | grade D, mark 60 in EDI | up    | f2      | 3
                   | p2        | error    | centre | 05838/01  | 583801      |                    | grade P, mark 42 | grade P, mark 40.5 in EDI | down | f2     | 4
                   | p4        | error    | centre | 05838/01  | 583801      |                    | grade R          | grade U in EDI          | down  | f2      | 6
  looked_at = 4

what was withheld or pending and has come is for this week; the other way round it is for today
  results_compared | centre_number | person_id | comparison | carrier     | series | kind          | option_code | qualification_code | is_technical | grade | previous_grade | mark | previous_mark
                   | 99999         | p1        | changed    | edi         | 9I25   | qualification | 05839       | 05839              | true         | M     | Q              |      |
                   | 99999         | p2        | changed    | achievement | 9I25   | qualification | 05839       | 05839              | true         | X     | D              |      |
                   | 99999         | p3        | changed    | edi         | 9I25   | qualification | 05839       | 05839              | true         | Q     | X              |      |
                   | 99999         | p4        | changed    | edi         | 9I25   | qualification | 05839       | 05839              | true         |       | M              |      |
  speaks           | person_id | severity | qualification_code | option_code | expected | found                             | cause
                   | p1        | warning  | 05839              |             | grade Q  | grade M in EDI                    | the result has come
                   | p2        | error    | 05839              |             | grade D  | grade X in the achievement report | not on one scale
                   | p3        | error    | 05839              |             | grade X  | grade Q in EDI                    | not on one scale
                   | p4        | error    | 05839              |             | grade M  | without a grade in EDI            | not on one scale

an absence that has become a mark, and a mark of nought, are told
  results_compared | centre_number | person_id | comparison | carrier | series | kind | option_code | unit_code | is_technical | grade | previous_grade | mark | previous_mark | is_absent | previous_is_absent
                   | 99999         | p1        | changed    | marks   | 6E26   | unit | 583801      | 05838/01  | true         | P     | U              | 44   |               | false     | true
                   | 99999         | p2        | changed    | marks   | 6E26   | unit | 583801      | 05838/01  | true         | U     | U              | 0    | 10            | false     | false
  grade_steps      | is_technical | grade | step
                   | true         | P     | 10
                   | true         | U     | 0
  speaks           | person_id | expected         | found                                | cause
                   | p1        | grade U, absent  | grade P, mark 44 in the marks report | up
                   | p2        | grade U, mark 10 | grade U, mark 0 in the marks report  | down

two carriers and two windows make one finding: the latest window, EDI before the report
  results_compared | centre_number | person_id | comparison | carrier     | series | window_from | kind | option_code | unit_code | is_technical | grade | previous_grade | file_id | line
                   | 99999         | p1        | changed    | edi         | 9I25   | 2026-07-01  | unit | 583820      | 05838/20  | true         | M     | P              | f1      | 1
                   | 99999         | p1        | changed    | achievement | 9I25   | 2026-08-01  | unit | 583820      | 05838/20  | true         | D     | M              | f2      | 2
                   | 99999         | p1        | changed    | edi         | 9I25   | 2026-08-01  | unit | 583820      | 05838/20  | true         | D     | M              | f3      | 3
                   | 99999         | p2        | same       | edi         | 9I25   | 2026-08-01  | unit | 583820      | 05838/20  | true         | D     | D              | f3      | 4
                   | 99999         | p2        | changed    | achievement | 9I25   | 2026-08-01  | unit | 583820      | 05838/20  | true         | D     | M              | f2      | 5
  speaks           | person_id | found                              | file_id | line
                   | p1        | grade D in EDI                     | f3      | 3
                   | p2        | grade D in the achievement report  | f2      | 5
  looked_at = 5

an older file that stands again says so; of a general qualification the option is named
  results_compared | centre_number | person_id | comparison | is_older | carrier | board | series | kind          | option_code | qualification_code | is_technical | grade | previous_grade
                   | 99999         | p1        | changed    | true     | edi     | 01    | 6B26   | qualification | H446        | H446               | false        | B     | A
                   | 99999         | p2        | changed    | true     | edi     | 01    | 6B26   | qualification | H446        | H446               | false        | B     | Q
  grade_steps      | is_technical | grade | step
                   | false        | A     | 70
                   | false        | B     | 60
  speaks           | person_id | severity | option_code | qualification_code | cause
                   | p1        | error    | H446        | H446               | down; the file is older than the one that was here
                   | p2        | error    | H446        | H446               | the result has come; the file is older than the one that was here

what is new or withdrawn is for other rules
  results_compared | centre_number | person_id | comparison | carrier | series | kind | option_code | unit_code | is_technical | grade
                   | 99999         | p1        | added      | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D
                   | 99999         | p2        | withdrawn  | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D
  speaks nothing
  looked_at = 0

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
                   | 99999         | p1        | changed    | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 1
                   | 99999         | p1        | changed    | edi         | 1E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 2
                   | 99999         | p1        | changed    | edi         | 6E26   |             | unit          | 583802      | 05838/02  |                    | true         | P     | M              | f1      | 3
                   | 99999         | p2        | changed    | edi         | 6B26   |             | qualification | H446        |           |                    | false        | P     | M              | f1      | 4
                   | 99999         | p2        | changed    | edi         | 6B26   |             | qualification | H556        |           |                    | false        | P     | M              | f1      | 5
                   | 99999         | p3        | changed    | edi         | 6B26   |             | qualification | 05839       |           |                    | true         | P     | M              | f1      | 6
                   | 99999         | p4        | changed    | edi         | 6E26   | 2026-07-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 7
                   | 99999         | p4        | changed    | edi         | 6E26   | 2026-08-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 8
                   | 99999         | p5        | changed    | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 9
                   | 99999         | p5        | changed    | xml         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 9
                   | 99999         | p6        | changed    | xml         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 10
                   | 99999         | p6        | changed    | achievement | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 10
                   | 99999         | p7        | changed    | achievement | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 11
                   | 99999         | p7        | changed    | marks       | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 11
                   | 99999         | p8        | same       | edi         | 6E26   | 2026-08-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 12
                   | 99999         | p8        | changed    | edi         | 6E26   | 2026-07-01  | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 13
                   | 99999         | p9        | changed    | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 15
                   | 99999         | p9        | changed    | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f2      | 14
                   | 99999         | p10       | changed    | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 16
                   | 99999         | p10       | changed    | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 17
                   | 99999         | p11       | added      | edi         | 6E26   |             | unit          | 583801      | 05838/01  |                    | true         | P     | M              | f1      | 18
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

on one step the marks decide, without steps and with one mark nothing does; a scale is of one kind of qualification
  results_compared | centre_number | person_id | comparison | carrier | series | kind | option_code | unit_code | is_technical | grade | previous_grade | mark | previous_mark
                   | 99999         | p1        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | P     | P              | 44   | 42
                   | 99999         | p2        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | Z     | Y              | 40   | 40
                   | 99999         | p3        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | D     | M              |      |
                   | 99999         | p4        | changed    | edi     | 6E26   | unit | 583801      | 05838/01  | true         | P     |                |      |
  grade_steps      | is_technical | grade | step
                   | true         | P     | 10
                   | true         | M     | 20
                   | true         | D     | 30
                   | false        | D     | 10
                   | false        | M     | 40
  speaks           | person_id | cause            | expected
                   | p1        | up               | grade P, mark 42
                   | p2        | not on one scale | grade Y, mark 40
                   | p3        | up               | grade M
                   | p4        | not on one scale | without a grade
  looked_at = 4
*/
