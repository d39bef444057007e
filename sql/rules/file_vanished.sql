/*
severity = "warning"
owner = "centre"
summary = "A file that the run before read is not here, and nothing here says what it said."
message = "{expected} is not in the inbox any more: {found}."
action = """
1. Put the file back beside the others. The run before keeps its bytes under runs/, raw/, if nobody else has it.
2. If you took it away because a newer one came, look whether that one is of the same centre, series and window; if not, both belong in the inbox.
3. Until then the results that only it held are unknown: they are not withdrawn, and nobody should be told that they are.
4. If it never was yours, leave it out: the next run is silent."""
why = "Somebody tidied the inbox, or an updated download was saved in place of a file that it does not replace."
source = "docs/semantics.md, from week to week: the inbox is the whole truth for a run, so what is taken out of it is unknown"
population = "files that the run before read, with results, entries, claims or tracker rows"
reads = ["files_vanished", "previous_gaps", "centres"]
empty_without = [["files_vanished", "previous_gaps"]]
needs = []
key = ["key_name"]
follows_from = []
confidence = "ours"
wording = ["File removed", "Results missing since last import"]
where = ["data/inbox/"]
*/
WITH judged AS (
    SELECT
        v.*,
        NOT v.is_here AND (v.uncovered > 0 OR v.results_unsaid > 0) AS is_gone
    FROM files_vanished AS v
),

ranked AS (
    SELECT
        v.*,
        -- two contents may have come under one name
        row_number() OVER (
            PARTITION BY v.centre_number, coalesce(v.name, v.file_id)
            ORDER BY
                CASE WHEN v.is_gone THEN 0 ELSE 1 END ASC NULLS LAST,
                v.results_unsaid DESC NULLS LAST,
                v.file_id ASC NULLS LAST,
                v.carrier ASC NULLS LAST
        ) AS place
    FROM judged AS v
)

SELECT
    centre_number,
    board,
    series,
    coalesce(name, file_id) AS key_name,
    coalesce(name, file_id) AS expected,
    CASE
        WHEN results_unsaid > 0
            THEN (CAST(results_unsaid AS VARCHAR) || ' of its ' || CAST(results AS VARCHAR) || ' results are in no file here')
        WHEN carrier IN ('edi', 'xml', 'achievement', 'marks')
            THEN 'no other file of its kind covers what it covered'
        ELSE ('nothing here takes its place as ' || CASE carrier WHEN 'tracker' THEN 'the progress tracker' WHEN 'claims' THEN 'the claims' ELSE 'the entries' END)
    END AS found,
    CAST(NULL AS VARCHAR) AS not_evaluated,
    is_gone AND place = 1 AS speaks
FROM ranked
UNION ALL
SELECT
    k.centre_number,
    CAST(NULL AS VARCHAR) AS board,
    CAST(NULL AS VARCHAR) AS series,
    CAST(NULL AS VARCHAR) AS key_name,
    CAST(NULL AS VARCHAR) AS expected,
    CAST(NULL AS VARCHAR) AS found,
    ('the run before was made by an older version, which did not keep ' || min(g.what) || ' of ' || min(g.table_name)) AS not_evaluated,
    FALSE AS speaks
FROM centres AS k
CROSS JOIN previous_gaps AS g
WHERE g.table_name IN ('previous_results', 'previous_coverage', 'previous_files', 'previous_people', 'previous_identities')
GROUP BY k.centre_number;

/* cases
a file that is gone with nothing in its place is told, one that is here or whose place is taken is not
  files_vanished | centre_number | carrier | file_id | name | is_here | series | uncovered | results | results_unsaid
                 | 99999         | edi     | f1      | a    | false   | 6E26   | 1         | 12      | 12
                 | 99999         | edi     | f2      | b    | true    |        | 0         | 12      | 0
                 | 99999         | edi     | f3      | c    | false   |        | 0         | 12      | 0
  speaks         | centre_number | severity | series | key     | expected | found
                 | 99999         | warning  | 6E26   | 99999·a | a        | 12 of its 12 results are in no file here
  looked_at = 3

its series is covered by a file that lacks some of its results: those are unknown
  files_vanished | centre_number | carrier | file_id | name | is_here | uncovered | results | results_unsaid
                 | 99999         | edi     | f1      | a    | false   | 0         | 12      | 2
  speaks         | found
                 | 2 of its 12 results are in no file here

every result of it is said elsewhere, and yet its window is covered by nothing
  files_vanished | centre_number | carrier | file_id | name | is_here | series | uncovered | results | results_unsaid
                 | 99999         | edi     | f1      | a    | false   | 9I25   | 1         | 12      | 0
  speaks         | series | found
                 | 9I25   | no other file of its kind covers what it covered

lists count too, and a file whose name was not kept goes by its content
  files_vanished | centre_number | carrier | file_id | name | is_here | uncovered | results | results_unsaid
                 | 99999         | tracker | t1      |      | false   | 1         | 0       | 0
                 | 99999         | claims  | c1      | c    | false   | 1         | 0       | 0
                 | 99999         | entries | e1      | e    | false   | 1         | 0       | 0
  speaks         | key      | found
                 | 99999·t1 | nothing here takes its place as the progress tracker
                 | 99999·c  | nothing here takes its place as the claims
                 | 99999·e  | nothing here takes its place as the entries

two contents under one name, one of them here, are one finding about the one that is gone
  files_vanished | centre_number | carrier | file_id | name | is_here | uncovered | results | results_unsaid
                 | 99999         | edi     | f1      | a    | true    | 0         | 12      | 0
                 | 99999         | edi     | f2      | a    | false   | 1         | 10      | 10
                 | 99999         | edi     | f3      | a    | false   | 1         | 4       | 4
  speaks         | key     | found
                 | 99999·a | 10 of its 10 results are in no file here

at the first run there is nothing to compare with
  centres | centre_number
          | 99999
  speaks nothing
  looked_at = 0

an older version's run that kept too little is not compared
  centres       | centre_number
                | 99999
  previous_gaps | table_name        | what
                | previous_coverage | the table
  speaks nothing
  looked_at = 0
  not_evaluated = 1

of several contents of one name and centre the one that is gone is told, by what it lacks, then the first; one result is enough
  files_vanished | centre_number | carrier | file_id | name | is_here | series | uncovered | results | results_unsaid
                 | 99999         | edi     | f1      | a    | true    | 6E26   | 1         | 20      | 20
                 | 99999         | edi     | f2      | a    | false   | 6E25   | 0         | 12      | 1
                 | 99998         | edi     | f3      | a    | false   | 6E24   | 1         | 9       | 9
                 | 99999         | edi     | f4      | b    | false   | 6E24   | 1         | 9       | 9
                 | 99999         | edi     | f5      | b    | false   | 6E25   | 1         | 8       | 9
                 | 99999         | tracker | f6      |      | false   |        | 1         | 0       | 0
                 | 99999         | claims  | f6      |      | false   |        | 1         | 0       | 0
                 | 99999         | edi     | f7      | d    | true    |        | 1         | 3       | 3
  speaks         | key      | expected | found
                 | 99999·a  | a        | 1 of its 12 results are in no file here
                 | 99998·a  | a        | 9 of its 9 results are in no file here
                 | 99999·b  | b        | 9 of its 9 results are in no file here
                 | 99999·f6 | f6       | nothing here takes its place as the claims
  looked_at = 8

what the run before lacks of other tables is nothing to this rule
  centres       | centre_number
                | 99999
  previous_gaps | table_name        | what
                | previous_findings | the table
  speaks nothing
  looked_at = 0
  not_evaluated = 0

two files of one centre whose names were not kept are told apart
  files_vanished | centre_number | carrier | file_id | name | is_here | uncovered | results | results_unsaid
                 | 99999         | edi     | f1      |      | false   | 1         | 2       | 2
                 | 99999         | edi     | f2      |      | false   | 1         | 3       | 3
  speaks         | key
                 | 99999·f1
                 | 99999·f2
*/
