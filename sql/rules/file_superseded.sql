/*
severity = "info"
owner = "centre"
summary = "A later issue of a results file is here, so the earlier one is no longer counted."
message = "{file} is replaced: {found}."
action = """
1. Import the later file into your system if you have not; it overwrites what you changed by hand.
2. Keep the earlier file or delete it: its statements are marked and compared with nothing."""
why = "Updated results files come each Monday until the end of the post-results period, and hold the earlier results again."
source = "docs/semantics.md, windows: a file that holds nine tenths of an earlier one's results is a reissue of it"
population = "results files"
reads = ["result_files", "reissues", "file_names"]
needs = ["edi", "xml"]
key = ["file"]
follows_from = []
confidence = "inferred"
wording = ["File has been superseded", "Updated results file"]
where = ["data/inbox/"]
*/
WITH parts AS (
    SELECT
        f.centre_number,
        f.file_id,
        max(s.superseded_by) AS superseded_by
    FROM result_files AS f
    LEFT JOIN reissues AS s
        ON s.file_id = f.file_id AND s.centre_number = f.centre_number AND s.series = f.series AND s.is_latest
    GROUP BY f.centre_number, f.file_id
)

SELECT
    p.centre_number,
    'the latest issue' AS expected,
    (coalesce(n.name, p.superseded_by) || ' holds its results again') AS found,
    p.file_id,
    p.superseded_by IS NOT NULL AS speaks
FROM parts AS p
LEFT JOIN file_names AS n ON n.file_id = p.superseded_by;

/* cases
an earlier file is named with the one that replaces it, the later one is silent
  result_files | centre_number | series | file_id
               | 99999         | 6E26   | f1
               | 99999         | 6E26   | f2
  reissues     | centre_number | series | file_id | superseded_by | is_latest
               | 99999         | 6E26   | f1      | f2            | true
  file_names   | file_id | name
               | f2      | R9999972.X07
  speaks       | centre_number | file_id | severity | found
               | 99999         | f1      | info     | R9999972.X07 holds its results again
  looked_at = 2

of three issues, both earlier ones are replaced by the last
  result_files | centre_number | series | file_id
               | 99999         | 6E26   | f1
               | 99999         | 6E26   | f2
               | 99999         | 6E26   | f3
  reissues     | centre_number | series | file_id | superseded_by | is_latest
               | 99999         | 6E26   | f1      | f2            | false
               | 99999         | 6E26   | f1      | f3            | true
               | 99999         | 6E26   | f2      | f3            | true
  file_names   | file_id | name
               | f3      | third
  speaks       | file_id | found
               | f1      | third holds its results again
               | f2      | third holds its results again

the next window's file replaces nothing, and a file of two centres may be replaced for one of them
  result_files | centre_number | series | file_id
               | 99999         | 9I25   | f1
               | 99999         | 9I25   | f2
               | 99998         | 9I25   | f1
               | 99998         | 9I25   | f3
  reissues     | centre_number | series | file_id | superseded_by | is_latest
               | 99998         | 9I25   | f1      | f3            | true
  speaks       | centre_number | file_id
               | 99998         | f1
  looked_at = 4

two windows of one series are two files that stand
  result_files | centre_number | series | file_id
               | 99999         | 9I25   | f1
               | 99999         | 9I25   | f2
  speaks nothing
  looked_at = 2

the latest issue is named, whatever its number; of a file of two series the issue of each series counts for itself
  result_files | centre_number | series | file_id
               | 99999         | 6E26   | f1
               | 99999         | 6E26   | f2
               | 99999         | 6E26   | f3
               | 99998         | 6E26   | f4
               | 99998         | 1E26   | f4
               | 99998         | 6E26   | f5
  reissues     | centre_number | series | file_id | superseded_by | is_latest
               | 99999         | 6E26   | f1      | f3            | false
               | 99999         | 6E26   | f1      | f2            | true
               | 99999         | 6E26   | f3      | f2            | true
               | 99998         | 6E26   | f4      | f5            | true
               | 99998         | 1E26   | f4      | f6            | true
               | 99998         | 9I25   | f5      | f7            | true
  speaks       | centre_number | file_id | found
               | 99999         | f1      | f2 holds its results again
               | 99999         | f3      | f2 holds its results again
               | 99998         | f4      | f6 holds its results again
  looked_at = 5
*/
