/*
severity = "warning"
owner = "centre"
summary = "Results of a series came, and no basedata of that series are here."
message = "The basedata of {series} (board {board}) are not here: {found}."
action = """
1. Download the basedata of this series (A2C, or the awarding body's website) and put the files in the inbox as they come.
2. Import the same basedata into your own system before you import the results.
3. If you do not check basedata here at all, nothing needs to be done."""
why = "Basedata come as a set a series, and the set of one series was left out, or no basedata are kept here."
source = "Awarding body guidance on results files: the latest basedata are needed to import them"
population = "series with results in EDI or XML, or in this season's reports"
reads = ["results_by_carrier", "file_facts", "file_series", "series_seen", "run"]
needs = ["edi", "xml", "achievement"]
key = ["board", "series"]
follows_from = []
confidence = "documented"
wording = ["Basedata not imported for this series"]
where = ["the school's own system: basedata of the series", "A2C > Send/Receive files, and its log"]
*/
WITH counted AS (
    SELECT
        centre_number,
        board,
        series,
        carrier,
        count(*) AS results,
        min(file_id) AS file_id
    FROM results_by_carrier
    WHERE superseded_by IS NULL AND series IS NOT NULL
    GROUP BY centre_number, board, series, carrier
),

-- a report reaches back over years whose basedata nobody keeps; what came by EDI or XML was there to be imported
stated AS (
    SELECT
        c.centre_number,
        c.board,
        c.series,
        max(c.results) AS results,
        min(CASE WHEN c.carrier IN ('edi', 'xml') THEN c.file_id END) AS board_file,
        min(c.file_id) AS any_file
    FROM counted AS c
    CROSS JOIN run AS r
    LEFT JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM c.board AND s.series = c.series
    WHERE c.carrier IN ('edi', 'xml') OR s.season >= r.season
    GROUP BY c.centre_number, c.board, c.series
),

here AS (
    SELECT DISTINCT s.board, s.series
    FROM file_series AS s
    INNER JOIN file_facts AS f ON f.file_id = s.file_id AND f.is_used AND f.kind = 'basedata_options'
),

-- who keeps some basedata here means to check against them
any_basedata AS (
    SELECT count(*) AS files FROM file_facts WHERE is_used AND carrier = 'basedata'
)

SELECT
    s.centre_number,
    s.board,
    s.series,
    'the options of the basedata of this series' AS expected,
    CASE
        WHEN s.results = 1 THEN '1 result cannot be checked against them'
        ELSE (CAST(s.results AS VARCHAR) || ' results cannot be checked against them')
    END AS found,
    CASE WHEN a.files = 0 THEN 'info' END AS severity,
    coalesce(s.board_file, s.any_file) AS file_id,
    h.series IS NULL AS speaks
FROM stated AS s
CROSS JOIN any_basedata AS a
LEFT JOIN here AS h ON h.board IS NOT DISTINCT FROM s.board AND h.series = s.series;

/* cases
without any basedata it is only to be known
  results_by_carrier | centre_number | person_id | carrier | board | series | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | r       | 3
                     | 99999         | p2        | edi     | 72    | 6E26   | r       | 4
  speaks             | centre_number | board | series | severity | found
                     | 99999         | 72    | 6E26   | info     | 2 results cannot be checked against them
  looked_at = 1

beside basedata of another series it is a warning, and the series that has its own is silent
  results_by_carrier | centre_number | person_id | carrier | board | series | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | r       | 3
                     | 99999         | p1        | xml     | 01    | 6B26   | x       | 4
  file_series        | file_id | board | series
                     | o       | 72    | 6E26
  file_facts         | file_id | kind             | carrier  | is_used
                     | o       | basedata_options | basedata | true
  speaks             | series | severity | found
                     | 6B26   | warning  | 1 result cannot be checked against them
  looked_at = 2

syllabuses alone do not list the elements; refused basedata are no basedata
  results_by_carrier | centre_number | person_id | carrier | board | series | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | r       | 3
                     | 99999         | p1        | edi     | 72    | 9I25   | r       | 3
  file_series        | file_id | board | series
                     | s       | 72    | 6E26
                     | o       | 72    | 9I25
  file_facts         | file_id | kind                | carrier  | is_used
                     | s       | basedata_syllabuses | basedata | true
                     | o       | basedata_options    | basedata | false
  speaks             | series | severity
                     | 6E26   | warning
                     | 9I25   | warning

the same series code of another board is another series
  results_by_carrier | centre_number | person_id | carrier | board | series | file_id | line
                     | 99999         | p1        | edi     | 01    | 6B26   | r       | 3
  file_series        | file_id | board | series
                     | o       | 70    | 6B26
  file_facts         | file_id | kind             | carrier  | is_used
                     | o       | basedata_options | basedata | true
  speaks             | board | series
                     | 01    | 6B26

a report of this season counts, whether or not the EDI file has come
  results_by_carrier | centre_number | person_id | carrier     | board | series | file_id | line
                     | 99999         | p1        | achievement | 72    | 1E26   | a       | 3
                     | 99999         | p1        | achievement | 72    | 6E26   | a       | 4
                     | 99999         | p1        | edi         | 72    | 6E26   | r       | 3
  series_seen        | board | series | season
                     | 72    | 1E26   | 2025-26
                     | 72    | 6E26   | 2025-26
  speaks             | series | severity | file_id
                     | 1E26   | info     | a
                     | 6E26   | info     | r

the old units of a report, superseded results and results without a series are not looked at
  results_by_carrier | centre_number | person_id | carrier     | board | series | file_id | line | superseded_by
                     | 99999         | p1        | achievement | 72    | 6E24   | a       | 3    |
                     | 99999         | p1        | edi         | 72    | 6E26   | r       | 3    | s
                     | 99999         | p1        | edi         | 72    |        | r       | 3    |
  series_seen        | board | series | season
                     | 72    | 6E24   | 2023-24
                     | 72    | 6E26   | 2025-26
  speaks nothing
  looked_at = 0

basedata of another series, of another file, or of no board are none of these; two files of one series are one
  results_by_carrier | centre_number | person_id | carrier | board | series | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | r       | 3
                     | 99999         | p1        | edi     | 72    | 9I25   | r       | 4
                     | 99999         | p1        | edi     | 72    | 1E26   | r       | 5
                     | 99999         | p1        | edi     |       | 6F26   | r       | 6
  file_series        | file_id | board | series
                     | o       | 72    | 9I25
                     | o2      | 72    | 9I25
                     | r       | 72    | 1E26
                     | o       |       | 6F26
  file_facts         | file_id | kind             | carrier  | is_used
                     | o       | basedata_options | basedata | true
                     | o2      | basedata_options | basedata | true
                     | r       | edi_results      | edi      | true
  speaks             | series | severity
                     | 6E26   | warning
                     | 1E26   | warning
  looked_at = 4

basedata that could not be used are none, and neither is a results file
  results_by_carrier | centre_number | person_id | carrier | board | series | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | r       | 3
  file_facts         | file_id | kind             | carrier  | is_used
                     | o       | basedata_options | basedata | false
                     | r       | edi_results      | edi      | true
  speaks             | series | severity
                     | 6E26   | info

the carrier with most results is counted, and the first file pointed at: the board's own, else a report's
  results_by_carrier | centre_number | person_id | carrier     | board | series | file_id | line
                     | 99999         | p1        | edi         | 72    | 6E26   | s       | 3
                     | 99999         | p2        | edi         | 72    | 6E26   | r       | 4
                     | 99999         | p1        | xml         | 72    | 6E26   | t       | 5
                     | 99999         | p1        | achievement | 72    | 6E26   | a       | 6
                     | 99999         | p1        | achievement | 72    | 9I25   | a       | 7
                     | 99999         | p1        | marks       | 72    | 9I25   | m       | 8
  series_seen        | board | series | season
                     | 72    | 6E26   | 2025-26
                     | 72    | 9I25   | 2025-26
  speaks             | series | found                                    | file_id
                     | 6E26   | 2 results cannot be checked against them | r
                     | 9I25   | 1 result cannot be checked against them  | a

the season of another board's series of that code is not this one's; one of no board has a season too
  results_by_carrier | centre_number | person_id | carrier     | board | series | file_id | line
                     | 99999         | p1        | achievement | 72    | 6E24   | a       | 3
                     | 99999         | p1        | achievement |       | 6F26   | a       | 4
  series_seen        | board | series | season
                     | 72    | 6E24   | 2023-24
                     | 70    | 6E24   | 2025-26
                     |       | 6F26   | 2025-26
  speaks             | board | series
                     |       | 6F26
  looked_at = 1
*/
