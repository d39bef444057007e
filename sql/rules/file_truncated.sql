/*
severity = "error"
owner = "board"
summary = "A file ends before its own end, or counts other lines than it holds."
message = "{file} is not whole: {found}."
action = """
1. Download the file again and put it in the inbox beside this one; the whole one then takes its place.
2. If it comes cut short again, ring customer support on 01223 553998 and quote the file's name and what was found.
3. Until then take no missing result in it for missing: what it holds is used, what it lacks is unknown."""
why = "A download broke off, somebody cut lines out of the file, or it was made wrong."
source = "JCQ formats: the trailers count the records; docs/formats.md, truncated files"
population = "files that say how long they are (EDI, XML, basedata) and could be read"
reads = ["files", "incoming_files", "file_names"]
needs = ["edi", "xml", "basedata"]
key = ["file"]
follows_from = []
confidence = "documented"
wording = ["Record count does not match", "Unexpected end of file"]
where = ["Interchange > Results > XML/EDI results", "A2C > Send/Receive files, and its log"]
*/
SELECT
    f.reported_to AS centre_number,
    'a proper end, and as many lines as it counts' AS expected,
    (
        coalesce(i.detail, i.reason, 'the file is cut short')
        || coalesce('; ' || n.name || ' replaces it', '')
    ) AS found,
    -- a whole copy of it is here: nothing is left to do
    CASE WHEN f.superseded_by IS NOT NULL THEN 'info' END AS severity,
    f.file_id,
    i.is_truncated AS speaks
FROM files AS f
INNER JOIN incoming_files AS i ON i.file_id = f.file_id
LEFT JOIN file_names AS n ON n.file_id = f.superseded_by
WHERE
    f.status <> 'refused'
    AND (substr(i.kind, 1, 4) = 'edi_' OR substr(i.kind, 1, 9) = 'basedata_' OR i.kind = 'xml_results');

/* cases
a file without its trailer is reported, a whole one is not
  files          | file_id | reported_to | status
                 | f1      | 99999       | truncated
                 | f2      | 99999       | read
  incoming_files | file_id | kind        | is_truncated | reason                | detail
                 | f1      | edi_results | true         | the file is cut short | the file has no trailer
                 | f2      | edi_results | false        |                       |
  speaks         | centre_number | file_id | severity | owner | found
                 | 99999         | f1      | error    | board | the file has no trailer
  looked_at = 2

one that a whole file replaces is only to be known
  files          | file_id | reported_to | status     | superseded_by
                 | f1      | 99999       | superseded | f2
                 | f2      | 99999       | read       |
  incoming_files | file_id | kind        | is_truncated
                 | f1      | edi_results | true
                 | f2      | edi_results | false
  file_names     | file_id | name
                 | f2      | R9999972.X05
  speaks         | file_id | severity | found
                 | f1      | info     | the file is cut short; R9999972.X05 replaces it

XML and basedata can be cut short too
  files          | file_id | reported_to | status
                 | f1      | 99999       | truncated
                 | f2      |             | truncated
  incoming_files | file_id | kind             | is_truncated
                 | f1      | xml_results      | true
                 | f2      | basedata_options | true
  speaks         | file_id
                 | f1
                 | f2

a report has no trailer, and of a refused file more is said elsewhere
  files          | file_id | reported_to | status
                 | f1      | 99999       | read
                 | f2      | 99999       | refused
  incoming_files | file_id | kind               | is_truncated
                 | f1      | achievement_report | false
                 | f2      | edi_results        | true
  speaks nothing
  looked_at = 0
*/
