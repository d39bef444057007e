/*
severity = "info"
owner = "centre"
summary = "A file was downloaded more than once."
message = "{file}: {found}."
action = """
1. Nothing needs to be done: the same contents are counted once, however often they come.
2. If the inbox is getting crowded, keep one copy and delete the others.
3. A name numbered (1) with contents of its own is a later download, not a copy: keep it."""
why = "The file was fetched twice, by A2C and from Interchange perhaps, or by two people."
source = "docs/formats.md: the content of a file decides, its name is a hint"
population = "files received"
reads = ["files"]
needs = []
key = ["file"]
follows_from = []
confidence = "documented"
wording = ["File already imported"]
where = ["data/inbox/"]
*/
SELECT
    reported_to AS centre_number,
    'each file once' AS expected,
    concat_ws(
        '; ',
        CASE WHEN copies > 1 THEN ('the same contents came ' || CAST(copies AS VARCHAR) || ' times') END,
        CASE WHEN is_download_copy THEN 'one of its names is numbered as a second download is' END
    ) AS found,
    file_id,
    copies > 1 OR is_download_copy AS speaks
FROM files;

/* cases
the same bytes twice are noted, once is not
  files  | file_id | reported_to | copies | is_download_copy
         | f1      | 99999       | 2      | false
         | f2      | 99999       | 1      | false
  speaks | centre_number | file_id | severity | found
         | 99999         | f1      | info     | the same contents came 2 times
  looked_at = 2

a browser's number in the name is noted, alone or with the same bytes
  files  | file_id | reported_to | copies | is_download_copy
         | f1      | 99999       | 1      | true
         | f2      | 99999       | 3      | true
  speaks | file_id | found
         | f1      | one of its names is numbered as a second download is
         | f2      | the same contents came 3 times; one of its names is numbered as a second download is

files that came once are silence
  files | file_id | reported_to | copies | is_download_copy
        | f1      |             | 1      | false
  speaks nothing
  looked_at = 1
*/
