/*
severity = "error"
owner = "centre"
summary = "A file came that could not be taken in or that no layout fits, so nothing in it was used."
message = "{file} was not used: {found}."
action = """
1. Read what was expected of it, here beside the finding.
2. If it is one of ours, download it again just as it comes: do not open it in a spreadsheet and save it.
3. If its columns have other names or stand elsewhere, `resultsday inspect FILE` shows how near each layout comes, and `--save` keeps the one you accept.
4. If it has nothing to do with results, take it out of the inbox."""
why = "The file is damaged or still being written, somebody edited it, it is of a kind that is not read here, or the layout has changed."
source = "docs/formats.md: when a file is refused"
population = "files received"
reads = ["files"]
needs = []
key = ["file"]
follows_from = []
confidence = "ours"
wording = ["File format not recognised", "Unable to import file"]
where = ["Interchange > Results > XML/EDI results", "Interchange > Cambridge Technicals > Results documents > candidate achievement report", "the file itself, in the program it came from"]
*/
SELECT
    reported_to AS centre_number,
    detail AS expected,
    coalesce(reason, 'it could not be read') AS found,
    file_id,
    fault IN ('refused', 'not_received') AS speaks
FROM files;

/* cases
a file that no layout fits is reported with the reason and the evidence, one that was read is not
  files  | file_id | reported_to | status  | fault   | reason         | detail
         | f1      | 99999       | refused | refused | no layout fits | the nearest lacks Unit Code
         | f2      | 99999       | read    |         |                |
  speaks | centre_number | file_id | severity | found          | expected
         | 99999         | f1      | error    | no layout fits | the nearest lacks Unit Code
  looked_at = 2

one that could not even be received counts, and belongs to nobody where there are several centres
  files  | file_id | reported_to | status  | fault        | reason      | detail
         | f1      |             | refused | not_received | cannot be read | permission denied
  speaks | centre_number | file_id | found
         |               | f1      | cannot be read

another centre's file and one of unknown series have rules of their own
  files | file_id | reported_to | status  | fault          | reason
        | f1      | 99999       | refused | other_centre   | its centre is none of ours
        | f2      | 99999       | refused | series_unknown | its series cannot be made out
  speaks nothing
  looked_at = 2

a truncated, a superseded and an ignored file were not refused
  files | file_id | reported_to | status     | fault | reason
        | f1      | 99999       | truncated  |       | the file is cut short
        | f2      | 99999       | superseded |       | a later file replaces it
        | f3      | 99999       | ignored    |       |
  speaks nothing
  looked_at = 3

without a reason it still says that it could not be read
  files  | file_id | reported_to | status  | fault
         | f1      | 99999       | refused | refused
  speaks | file_id | found                | expected
         | f1      | it could not be read |
*/
