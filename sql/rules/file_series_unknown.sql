/*
severity = "error"
owner = "centre"
summary = "Nobody can say which series a file belongs to, so its results cannot be compared with anything."
message = "{file}: {found}."
action = """
1. Look at the first line of the file: the four characters of the series stand after the board's two. If you changed them to import into the summer basedata, put the file back as it came.
2. Download the file again: Interchange, Results, XML/EDI results.
3. If it says the same, ring customer support on 01223 553998 and quote the file's name.
4. If the series is right and merely new, add it to data/local/reference/series.csv, or put the basedata of that series in the inbox, and run again."""
why = "The header was edited or damaged, or the board has begun a series that the list of series does not have yet."
source = "docs/formats.md, header fields; docs/semantics.md"
population = "EDI, XML and basedata files, which belong to a series"
reads = ["files", "file_series", "file_facts", "series_seen", "series", "boards"]
needs = ["edi", "xml", "basedata"]
key = ["file"]
follows_from = []
confidence = "documented"
wording = ["Invalid series code in file"]
where = ["Interchange > Results > XML/EDI results", "A2C > Send/Receive files, and its log"]
*/
WITH basedata AS (
    SELECT DISTINCT s.board, s.series
    FROM file_series AS s
    INNER JOIN file_facts AS f ON f.file_id = s.file_id AND f.is_used AND f.carrier = 'basedata'
),

-- a board that is known, but of whose series the list has none, may simply not be listed yet
unlisted AS (
    SELECT b.board
    FROM boards AS b
    WHERE NOT EXISTS (SELECT 1 FROM series AS k WHERE strpos(('|' || k.board || '|'), ('|' || b.board || '|')) > 0)
),

parts AS (
    SELECT
        s.file_id,
        s.series,
        s.board,
        u.board IS NOT NULL AS is_unlisted,
        coalesce(k.is_known, FALSE) OR b.series IS NOT NULL AS is_known
    FROM file_series AS s
    LEFT JOIN series_seen AS k ON k.board IS NOT DISTINCT FROM s.board AND k.series = s.series
    LEFT JOIN basedata AS b ON b.board IS NOT DISTINCT FROM s.board AND b.series = s.series
    LEFT JOIN unlisted AS u ON u.board = s.board
),

judged AS (
    SELECT
        file_id,
        sum(CASE WHEN is_known THEN 0 ELSE 1 END) AS parts_unknown,
        max(CASE WHEN series IS NULL THEN 1 ELSE 0 END) AS any_hidden,
        min(CASE WHEN NOT is_known THEN series END) AS series,
        min(CASE WHEN NOT is_known THEN board END) AS board,
        min(CASE WHEN is_known OR (is_unlisted AND series IS NOT NULL) THEN 1 ELSE 0 END) AS only_unlisted
    FROM parts
    GROUP BY file_id
)

SELECT
    f.reported_to AS centre_number,
    'a series of the list, or of the basedata' AS expected,
    CASE
        WHEN f.fault = 'series_unknown' THEN 'its header names no series, and nothing else does'
        WHEN j.any_hidden = 1 THEN 'a part of it names no series'
        ELSE ('series ' || j.series || ' is not a known series' || coalesce(' of board ' || j.board, ''))
    END AS found,
    CASE WHEN j.only_unlisted = 1 THEN 'warning' END AS severity,
    f.file_id,
    j.parts_unknown > 0 AS speaks
FROM judged AS j
INNER JOIN files AS f ON f.file_id = j.file_id
WHERE f.fault IS NULL OR f.fault = 'series_unknown';

/* cases
a header that says ?? is reported, a known series is not
  files       | file_id | reported_to | status  | fault
              | f1      | 99999       | refused | series_unknown
              | f2      | 99999       | read    |
  file_facts  | file_id | is_used | carrier
              | f1      | false   | edi
              | f2      | true    | edi
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 72    |
              | f2      | 99999         | 72    | 6E26
  series_seen | board | series | is_known
              | 72    | 6E26   | true
  speaks      | centre_number | file_id | severity | found
              | 99999         | f1      | error    | its header names no series, and nothing else does
  looked_at = 2

a series that nobody knows is reported though the file is used; its rows stay
  files       | file_id | reported_to | status | fault
              | f1      | 99999       | read   |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 01    | 6Z26
  series_seen | board | series | is_known
              | 01    | 6Z26   | false
  speaks      | file_id | severity | found
              | f1      | error    | series 6Z26 is not a known series of board 01

the basedata of the series make it known
  files       | file_id | reported_to | status | fault
              | f1      | 99999       | read   |
              | b1      | 99999       | read   |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
              | b1      | true    | basedata
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 01    | 6Z26
              | b1      |               | 01    | 6Z26
  series_seen | board | series | is_known
              | 01    | 6Z26   | false
  speaks nothing
  looked_at = 2

the basedata of another board do not
  files       | file_id | reported_to | status | fault
              | f1      | 99999       | read   |
              | b1      | 99999       | read   |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
              | b1      | true    | basedata
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 01    | 6Z26
              | b1      |               | 70    | 6Z26
  series_seen | board | series | is_known
              | 01    | 6Z26   | false
              | 70    | 6Z26   | true
  speaks      | file_id
              | f1

a board whose series were never listed is worth a look, no more
  files       | file_id | reported_to | status | fault
              | f1      | 99999       | read   |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 11    | 6P26
  series_seen | board | series | is_known
              | 11    | 6P26   | false
  speaks      | file_id | severity
              | f1      | warning

one group of a file without a series is reported once for the file
  files       | file_id | reported_to | status | fault
              | f1      |             | read   |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 72    | 9I25
              | f1      | 99998         | 72    |
  series_seen | board | series | is_known
              | 72    | 9I25   | true
  speaks      | file_id | severity | found
              | f1      | error    | a part of it names no series

a refused file and another centre's are not looked at
  files       | file_id | reported_to | status  | fault
              | f1      | 99999       | refused | refused
              | f2      | 99999       | refused | other_centre
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 72    |
              | f2      | 99998         | 72    |
  speaks nothing
  looked_at = 0

basedata that could not be used make nothing known, nor do those of another series
  files       | file_id | reported_to | status  | fault
              | f1      | 99999       | read    |
              | b1      | 99999       | refused | refused
              | b2      | 99999       | read    |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
              | b1      | false   | basedata
              | b2      | true    | basedata
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 01    | 6Z26
              | b1      |               | 01    | 6Z26
              | b2      |               | 01    | 6Y26
  series_seen | board | series | is_known
              | 01    | 6Z26   | false
              | 01    | 6Y26   | false
  speaks      | file_id
              | f1

what is known of one board's series, or of another series, says nothing of this one
  files       | file_id | reported_to | status | fault
              | f1      | 99999       | read   |
              | f2      | 99999       | read   |
              | f3      | 99999       | read   |
              | f4      | 99999       | read   |
              | b4      | 99999       | read   |
  file_facts  | file_id | is_used | carrier
              | b4      | true    | basedata
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 72    | 6E26
              | f2      | 99999         | 11    | 6E26
              | f3      | 99999         |       | 6A26
              | f4      | 99999         |       | 6Y26
              | b4      |               |       | 6Y26
  series_seen | board | series | is_known
              | 72    | 6E26   | true
              | 72    | 6Z26   | false
              | 11    | 6E26   | false
              |       | 6A26   | true
              |       | 6Y26   | false
  speaks      | file_id | severity
              | f2      | warning

of several unknown parts the first by code is named; without a board none is
  files       | file_id | reported_to | status | fault
              | f1      |             | read   |
              | f2      | 99999       | read   |
  file_facts  | file_id | is_used | carrier
              | f1      | true    | edi
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 01    | 6Z26
              | f1      | 99998         | 10    | 6Y26
              | f2      | 99999         |       | 6Z26
  series_seen | board | series | is_known
              | 01    | 6Z26   | false
              | 10    | 6Y26   | false
              |       | 6Z26   | false
  speaks      | file_id | found
              | f1      | series 6Y26 is not a known series of board 01
              | f2      | series 6Z26 is not a known series

a known part beside one of a board never listed is still no more than worth a look; a hidden one is more
  files       | file_id | reported_to | status | fault
              | f1      |             | read   |
              | f2      |             | read   |
  file_series | file_id | centre_number | board | series
              | f1      | 99999         | 72    | 6E26
              | f1      | 99998         | 11    | 6P26
              | f2      | 99999         | 11    | 6P26
              | f2      | 99998         | 11    |
  series_seen | board | series | is_known
              | 72    | 6E26   | true
              | 11    | 6P26   | false
  speaks      | file_id | severity
              | f1      | warning
              | f2      | error
*/
