/*
severity = "warning"
owner = "centre"
summary = "An EDI amendment file carries Cambridge Technicals options, which the awarding body takes as new entries."
message = "The amendment file {file} carries Cambridge Technicals options: {found}."
action = """
1. Look on Interchange whether these students are now entered twice for the options in the file.
2. Withdraw the entries that are too many on Interchange, one by one.
3. From now on make changes to Cambridge Technicals entries on Interchange, or send a whole new entry file, never an amendment.
4. If results stand on both entries, ring Customer Support, 01223 553998."""
why = "Amendment files are understood for general qualifications; for vocational ones each line is added to what is there."
source = "docs/formats.md, EDI entries and amendments"
population = "EDI amendment files"
reads = ["entries", "series_seen"]
needs = []
key = ["file"]
follows_from = []
confidence = "inferred"
wording = ["Duplicate entries after an amendment file"]
where = ["Interchange > Cambridge Technicals > entries, annual series", "Interchange > Post results > Missing and incomplete results"]
*/
WITH amended AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.option_code,
        e.file_id,
        e.line,
        e.series,
        CASE WHEN e.is_technical OR s.family = 'cambridge_technicals' THEN 1 ELSE 0 END AS is_technical
    FROM entries AS e
    LEFT JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM e.board AND s.series = e.series
    WHERE e.source = 'edi_amendment'
)

SELECT
    centre_number,
    CASE WHEN max(is_technical) = 1 THEN '72' END AS board,
    max(CASE WHEN is_technical = 1 THEN series END) AS series,
    'no Cambridge Technicals option in an amendment file' AS expected,
    (
        'options ' || CAST(count(DISTINCT CASE WHEN is_technical = 1 THEN option_code END) AS VARCHAR)
        || ', students ' || CAST(count(DISTINCT CASE WHEN is_technical = 1 THEN person_id END) AS VARCHAR)
    ) AS found,
    file_id,
    min(CASE WHEN is_technical = 1 THEN line END) AS line,
    max(is_technical) = 1 AS speaks
FROM amended
GROUP BY centre_number, file_id;

/* cases
an amendment file with a Cambridge Technicals option is reported once, at its first such line
  entries | centre_number | person_id | series | option_code | is_technical | source        | file_id | line
          | 99999         | p1        | 6B26   | H446        | false        | edi_amendment | a1      | 3
          | 99999         | p1        | 6E26   | 583801      | true         | edi_amendment | a1      | 4
          | 99999         | p2        | 6E26   | 583801      | true         | edi_amendment | a1      | 5
          | 99999         | p2        | 6E26   | 583802      | true         | edi_amendment | a1      | 5
  speaks  | key      | series | found                  | file_id | line
          | 99999·a1 | 6E26   | options 2, students 2 | a1      | 4
  looked_at = 1

general options may be amended, and Cambridge Technicals options may stand in an entry file
  entries | centre_number | person_id | series | option_code | is_technical | source        | file_id | line
          | 99999         | p1        | 6B26   | H446        | false        | edi_amendment | a1      | 3
          | 99999         | p1        | 6E26   | 583801      | true         | edi           | e1      | 4
          | 99999         | p1        | 6E26   | 583801      | true         | csv           | f1      | 5
  speaks nothing
  looked_at = 1

an option that nobody knows counts where its series is one of Cambridge Technicals, and each file is told by itself
  series_seen | board | series | family
              | 72    | 9I25   | cambridge_technicals
              | 70    | 6B26   | general
  entries     | centre_number | person_id | board | series | option_code | is_technical | source        | file_id | line
              | 99999         | p1        | 72    | 9I25   | 99999       | false        | edi_amendment | a1      | 3
              | 99999         | p1        | 72    | 9I25   | 05839       | true         | edi_amendment | a2      | 3
              | 99999         | p1        | 70    | 6B26   | 7652        | false        | edi_amendment | a3      | 3
  speaks      | file_id
              | a1
              | a2
  looked_at = 3

the option of one board says nothing of another's series, nor one series of the next; without a board the series alone tells
  series_seen | board | series | family
              | 72    | 9I25   | cambridge_technicals
              |       | 9C25   | cambridge_technicals
              | 70    | 6B26   | general
  entries     | centre_number | person_id | board | series | option_code | is_technical | source        | file_id | line
              | 99999         | p1        | 70    | 9I25   | 7652        | false        | edi_amendment | a1      | 3
              | 99999         | p1        | 72    | 6B26   | 99999       | false        | edi_amendment | a2      | 3
              | 99999         | p1        |       | 9C25   | 99999       | false        | edi_amendment | a3      | 3
  speaks      | file_id | board | series
              | a3      | 72    | 9C25
  looked_at = 3

one file with options of two series names the later code, and its board though a general option stands beside them
  entries | centre_number | person_id | series | option_code | is_technical | source        | file_id | line
          | 99999         | p1        | 6B26   | H446        | false        | edi_amendment | a1      | 3
          | 99999         | p1        | 6E26   | 583801      | true         | edi_amendment | a1      | 4
          | 99999         | p2        | 9I25   | 05839       | true         | edi_amendment | a1      | 5
  speaks  | board | series | found                 | line
          | 72    | 9I25   | options 2, students 2 | 4
  looked_at = 1
*/
