/*
severity = "error"
owner = "centre"
summary = "A line of a file could not be used, so whatever it says is missing here."
message = "{file}, line {line}: {found}."
action = """
1. Look at the line, which is given with the finding, and at what was expected of it.
2. In a list of your own (entries, claims): put the value right in the system it comes from, and save the list again without opening it in a spreadsheet.
3. In a results file or a report: download it again. If the line comes the same, ring customer support on 01223 553998 and quote file and line.
4. Until then the student's result is not here: look it up on Interchange."""
why = "A value is blank, was damaged by a spreadsheet, or does not fit the layout."
source = "docs/formats.md: when a row is rejected"
population = "files that were read"
reads = ["rejects", "files", "centres", "incoming_file_centres"]
needs = []
key = ["file", "line"]
follows_from = []
confidence = "ours"
wording = ["Invalid record", "Record rejected"]
where = ["the file itself, in the program it came from"]
*/
WITH faults AS (
    SELECT
        r.*,
        row_number() OVER (
            PARTITION BY r.file_id, r.line
            ORDER BY
                r.column_from ASC NULLS LAST,
                r.column_name ASC NULLS LAST,
                r.reason ASC NULLS LAST,
                r.expected ASC NULLS LAST
        ) AS place,
        count(*) OVER (PARTITION BY r.file_id, r.line) AS faults
    FROM rejects AS r
    WHERE r.because = 'row'
)

SELECT
    coalesce(k.centre_number, f.reported_to) AS centre_number,
    r.file_id,
    r.line,
    r.expected,
    (r.reason || CASE WHEN r.faults > 1 THEN (', and ' || CAST(r.faults - 1 AS VARCHAR) || ' more') ELSE '' END) AS found,
    -- the file that replaces this one says it again, or says it better
    CASE WHEN f.status = 'superseded' THEN 'info' END AS severity,
    r.embargo_until,
    TRUE AS speaks
FROM faults AS r
INNER JOIN files AS f ON f.file_id = r.file_id
LEFT JOIN centres AS k ON k.centre_number = r.centre_number
-- a line of another centre that the file speaks of is theirs to put right; a number that nobody has is a damaged one
LEFT JOIN incoming_file_centres AS o
    ON k.centre_number IS NULL AND o.file_id = r.file_id AND o.centre_number = r.centre_number AND o.rows_kept > 0
WHERE r.place = 1 AND o.file_id IS NULL
UNION ALL
SELECT
    f.reported_to AS centre_number,
    f.file_id,
    CAST(NULL AS INTEGER) AS line,
    CAST(NULL AS VARCHAR) AS expected,
    CAST(NULL AS VARCHAR) AS found,
    CAST(NULL AS VARCHAR) AS severity,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
    FALSE AS speaks
FROM files AS f
WHERE f.status IN ('read', 'truncated', 'superseded');

/* cases
a line set aside is reported with its reason, a file without one is silent
  files   | file_id | centre_number | reported_to | status
          | f1      | 99999         | 99999       | read
          | f2      | 99999         | 99999       | read
  rejects | file_id | centre_number | line | because | reason             | expected
          | f1      | 99999         | 39   | row     | entry code is blank | a code
  speaks  | centre_number | file_id | line | severity | found               | expected
          | 99999         | f1      | 39   | error    | entry code is blank | a code
  looked_at = 3

two faults of one line are one finding
  files   | file_id | centre_number | reported_to | status
          | f1      | 99999         | 99999       | read
  rejects | file_id | line | because | reason              | column_from | expected
          | f1      | 5    | row     | series is blank     | 40          | a series
          | f1      | 5    | row     | entry code is blank | 20          | a code
  speaks  | line | found                            | expected
          | 5    | entry code is blank, and 1 more  | a code

a line that hides its centre belongs to the file's, or to the run's only one; among several to none
  files   | file_id | centre_number | reported_to | status
          | f1      | 99999         | 99999       | read
          | f2      |               |             | read
  rejects | file_id | centre_number | line | because | reason
          | f1      |               | 5    | row     | it has too few cells
          | f2      |               | 7    | row     | it has too few cells
  speaks  | centre_number | file_id | line
          | 99999         | f1      | 5
          |               | f2      | 7

the rows of a refused file, and those of centres that are none of ours, are not single faults
  centres               | centre_number
                        | 99999
  incoming_file_centres | file_id | centre_number | rows_kept
                        | f2      | 99999         | 4
                        | f2      | 99998         | 3
  files   | file_id | centre_number | reported_to | status
          | f1      | 99999         | 99999       | refused
          | f2      |               | 99999       | read
  rejects | file_id | centre_number | line | because      | reason
          | f1      | 99999         | 5    | refused      | has too few cells
          | f2      | 99998         | 6    | other_centre | its centre is none of ours
          | f2      | 99998         | 7    | row          | entry code is blank
  speaks nothing
  looked_at = 1

a centre number that nobody has is a damaged one, and the file's centre hears of it
  centres               | centre_number
                        | 99999
  incoming_file_centres | file_id | centre_number | rows_kept
                        | f1      | 99999         | 4
  files                 | file_id | centre_number | reported_to | status
                        | f1      | 99999         | 99999       | read
  rejects               | file_id | centre_number | line | because | reason
                        | f1      | 9X           | 6    | row     | centre number has fewer than five characters
  speaks                | centre_number | line
                        | 99999         | 6

a line of a file that another replaces is only to be known
  files   | file_id | centre_number | reported_to | status
          | f1      | 99999         | 99999       | superseded
  rejects | file_id | centre_number | line | because | reason
          | f1      | 99999         | 6    | row     | mark is no number
  speaks  | line | severity
          | 6    | info

a line of a general results file is as restricted as its results
  files   | file_id | centre_number | reported_to | status
          | f1      | 99999         | 99999       | truncated
  rejects | file_id | centre_number | line | because | reason            | embargo_until
          | f1      | 99999         | 5    | row     | mark is no number | 2026-08-13T08:00:00+01:00
  speaks  | line | embargo_until
          | 5    | 2026-08-13 07:00:00+00

a line of our own centre is told though the file speaks of it; one of another centre only where this file has rows of it
  centres               | centre_number
                        | 99999
  incoming_file_centres | file_id | centre_number | rows_kept
                        | f1      | 99999         | 4
                        | f1      | 99997         | 0
                        | f1      | 99996         | 1
                        | f2      | 99998         | 3
  files                 | file_id | reported_to | status
                        | f1      | 99999       | read
  rejects               | file_id | centre_number | line | because | reason
                        | f1      | 99999         | 3    | row     | mark is no number
                        | f1      | 99998         | 4    | row     | mark is no number
                        | f1      | 99997         | 5    | row     | mark is no number
                        | f1      | 99996         | 6    | row     | mark is no number
  speaks                | centre_number | line
                        | 99999         | 3
                        | 99999         | 4
                        | 99999         | 5
  looked_at = 4

each line of each file is one finding, and its first fault is the leftmost, then the first by name
  files   | file_id | reported_to | status
          | f1      | 99999       | read
          | f2      | 99999       | read
  rejects | file_id | line | because | column_from | column_name | reason    | expected
          | f1      | 5    | row     | 20          | mark        | no number | a number
          | f1      | 5    | row     | 20          | code        | blank     | a code
          | f1      | 6    | row     |             | code        | too long  | six characters
          | f1      | 6    | row     |             | code        | blank     | a code
          | f2      | 5    | row     |             | code        | blank     | an option
          | f2      | 5    | row     |             | code        | blank     | a code
  speaks  | file_id | line | found             | expected
          | f1      | 5    | blank, and 1 more | a code
          | f1      | 6    | blank, and 1 more | a code
          | f2      | 5    | blank, and 1 more | a code
*/
