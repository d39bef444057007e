/*
severity = "error"
owner = "centre"
summary = "A file is for a centre that is none of the ones this run is about."
message = "{file} was set aside: {found}."
action = """
1. Move the file out of the inbox: it holds another centre's students.
2. If it was sent to you by mistake, tell whoever sent it and delete it.
3. If the centre is one of yours, add its number to the centres in resultsday.toml, or give it with --centre, and run again.
4. Log in to Interchange under your own centre and download the file of that series again."""
why = "One user of Interchange or A2C works for several centres, or a file was put in the wrong folder."
source = "docs/formats.md: a file is refused when its centre is not ours"
population = "files that name a centre, in a run that was told which centres are ours"
reads = ["files", "incoming_file_centres", "run_centres"]
needs = []
key = ["file"]
follows_from = []
confidence = "documented"
wording = ["Centre number in file does not match", "Invalid centre number"]
where = ["data/inbox/", "resultsday.toml: centres"]
*/
SELECT
    f.reported_to AS centre_number,
    'a file for one of our centres' AS expected,
    coalesce(f.detail, 'its centre is none of ours') AS found,
    f.file_id,
    f.fault = 'other_centre' AS speaks
FROM files AS f
WHERE
    EXISTS (SELECT 1 FROM run_centres)
    AND coalesce(f.fault, '-') NOT IN ('refused', 'not_received')
    AND (f.centre_number IS NOT NULL OR EXISTS (SELECT 1 FROM incoming_file_centres AS c WHERE c.file_id = f.file_id));

/* cases
another centre's file is reported to us, our own is not
  run_centres | centre_number
              | 99999
  files       | file_id | centre_number | reported_to | status  | fault        | detail
              | f1      | 99998         | 99999       | refused | other_centre | it is for centre 99998
              | f2      | 99999         | 99999       | read    |              |
  speaks      | centre_number | file_id | severity | found
              | 99999         | f1      | error    | it is for centre 99998
  looked_at = 2

without centres given every file is one of ours, and the rule looks at nothing
  files | file_id | centre_number | reported_to | status
        | f1      | 99999         | 99999       | read
        | f2      | 99998         | 99998       | read
  speaks nothing
  looked_at = 0

a file of several centres, one of them ours, is used
  run_centres           | centre_number
                        | 99999
  files                 | file_id | centre_number | reported_to | status | fault
                        | f1      |               | 99999       | read   |
  incoming_file_centres | file_id | centre_number | rows_kept
                        | f1      | 99999         | 4
                        | f1      | 99998         | 2
  speaks nothing
  looked_at = 1

a file of several centres, none of them ours, belongs to no one centre of a run for two
  run_centres           | centre_number
                        | 99999
                        | 99997
  files                 | file_id | centre_number | reported_to | status  | fault        | detail
                        | f1      |               |             | refused | other_centre | it is for 2 other centres
  incoming_file_centres | file_id | centre_number | rows_kept
                        | f1      | 99996         | 4
                        | f1      | 99998         | 2
  speaks                | centre_number | file_id | found
                        |               | f1      | it is for 2 other centres

basedata name no centre, and a refused file has its own rule
  run_centres | centre_number
              | 99999
  files       | file_id | centre_number | reported_to | status  | fault
              | f1      |               | 99999       | read    |
              | f2      | 99998         | 99999       | refused | refused
  speaks nothing
  looked_at = 0

without the evidence it still says whose it is not; a report that names no centre is not looked at beside a file that does
  run_centres           | centre_number
                        | 99999
  files                 | file_id | centre_number | reported_to | status  | fault
                        | f1      | 99998         | 99999       | refused | other_centre
                        | f2      |               | 99999       | read    |
                        | f3      |               |             | read    |
  incoming_file_centres | file_id | centre_number | rows_kept
                        | f3      | 99999         | 4
                        | f3      | 99998         | 2
  speaks                | file_id | found
                        | f1      | its centre is none of ours
  looked_at = 2
*/
