/*
severity = "error"
owner = "centre"
summary = "Results are for a unit or qualification that the basedata of their series do not have, so an import stops at them."
message = "{item} in {series}: {found}, and the imported basedata do not have it."
action = """
1. Before anything else, download the latest basedata of this series and import all of it: every unit and every qualification.
2. Import the results file again.
3. If you use the optional summer basedata, check which series you are importing into: qualifications and moderated units belong to the annual (September) series.
4. If the latest basedata do not have it either, ring customer support on 01223 553998 and quote the series and the code."""
why = "The basedata were downloaded before the unit or qualification was added, or only some of them were imported."
source = "Awarding body guidance on results, summers 2024 and 2026: difficulties importing results; docs/semantics.md"
population = "units and qualifications with EDI or XML results in a series whose basedata are here"
reads = ["basedata_gaps"]
empty_without = [["basedata_gaps"]]
needs = ["basedata", "edi", "xml"]
key = ["board", "series", "key_option"]
follows_from = []
confidence = "documented"
wording = ["E1", "Results for elements absent from imported basedata"]
where = ["the school's own system: basedata of the series", "A2C > Send/Receive files, and its log"]
*/
SELECT
    s.centre_number,
    s.board,
    s.series,
    s.subject,
    CASE WHEN s.unit_code IS NULL THEN s.qualification_code END AS qualification_code,
    s.unit_code,
    CASE WHEN s.unit_code IS NOT NULL OR s.is_technical = 0 THEN s.option_code END AS option_code,
    s.option_code AS key_option,
    'an element of the basedata of this series' AS expected,
    CASE WHEN s.results = 1 THEN '1 result' ELSE (CAST(s.results AS VARCHAR) || ' results') END AS found,
    s.file_id,
    s.line,
    s.embargo_until,
    s.is_missing AS speaks
FROM basedata_gaps AS s;

/* cases
a unit that the basedata lack is reported once with its results, one that they have is not
  results_by_carrier | centre_number | person_id | carrier | board | series | kind | option_code | unit_code | is_technical | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | unit | 583801      | 05838/01  | true         | r       | 3
                     | 99999         | p1        | edi     | 72    | 6E26   | unit | 583802      | 05838/02  | true         | r       | 4
                     | 99999         | p2        | edi     | 72    | 6E26   | unit | 583802      | 05838/02  | true         | r       | 5
  file_series        | file_id | board | series
                     | o       | 72    | 6E26
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | false
  incoming_options   | file_id | option_code
                     | o       | 583801
  speaks             | centre_number | board | series | person_id | unit_code | option_code | qualification_code | found     | file_id | line | severity
                     | 99999         | 72    | 6E26   |           | 05838/02  | 583802      |                    | 2 results | r       | 4    | error
  looked_at = 2

an award is named by its qualification alone, a general one by both codes
  results_by_carrier | centre_number | person_id | carrier | board | series | kind          | option_code | qualification_code | is_technical | file_id | line | embargo_until
                     | 99999         | p1        | edi     | 72    | 9I25   | qualification | 05839       | 05839              | true         | r       | 3    |
                     | 99999         | p1        | xml     | 01    | 6B26   | qualification | H446        | H446               | false        | x       | 9    | 2026-08-13T08:00:00+01:00
  file_series        | file_id | board | series
                     | o       | 72    | 9I25
                     | b       | 01    | 6B26
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | false
                     | b       | basedata_options | true    | false
  incoming_options   | file_id | option_code
                     | o       | 05838
                     | b       | H046
  speaks             | series | qualification_code | option_code | found    | embargo_until
                     | 9I25   | 05839              |             | 1 result |
                     | 6B26   | H446               | H446        | 1 result | 2026-08-13 07:00:00+00

without basedata of that very series and board the rule looks at nothing
  results_by_carrier | centre_number | person_id | carrier | board | series | kind | option_code | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | unit | 583801      | r       | 3
                     | 99999         | p1        | edi     | 01    | 6B26   | unit | H446        | r       | 3
  file_series        | file_id | board | series
                     | o       | 72    | 9I25
                     | b       | 70    | 6B26
                     | s       | 72    | 6E26
  file_facts         | file_id | kind                | is_used | is_truncated
                     | o       | basedata_options    | true    | false
                     | b       | basedata_options    | true    | false
                     | s       | basedata_syllabuses | true    | false
  incoming_options   | file_id | option_code
                     | o       | 05838
                     | b       | 7357
  speaks nothing
  looked_at = 0

basedata cut short, set aside or refused say nothing by what they lack
  results_by_carrier | centre_number | person_id | carrier | board | series | kind | option_code | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | unit | 583801      | r       | 3
                     | 99999         | p1        | edi     | 72    | 9I25   | unit | 583820      | r       | 3
  file_series        | file_id | board | series
                     | o       | 72    | 6E26
                     | b       | 72    | 9I25
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | true
                     | b       | basedata_options | false   | false
  incoming_options   | file_id | option_code
                     | o       | 583802
  speaks nothing
  looked_at = 0

the basedata may spell the code in another way
  results_by_carrier | centre_number | person_id | carrier | board | series | kind | option_code | unit_code | file_id | line
                     | 99999         | p1        | edi     | 72    | 6E26   | unit | 583801      | 05838/01  | r       | 3
  file_series        | file_id | board | series
                     | o       | 72    | 6E26
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | false
  incoming_options   | file_id | option_code
                     | o       | 05838/01
  code_spellings     | code_as_sent | option_code
                     | 05838/01     | 583801
  speaks nothing
  looked_at = 1

a superseded statement and a report do not count
  results_by_carrier | centre_number | person_id | carrier     | board | series | kind | option_code | file_id | line | superseded_by
                     | 99999         | p1        | edi         | 72    | 6E26   | unit | 583801      | r       | 3    | s
                     | 99999         | p1        | achievement | 72    | 6E26   | unit | 583801      | a       | 3    |
  file_series        | file_id | board | series
                     | o       | 72    | 6E26
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | false
  speaks nothing
  looked_at = 0

an element of another board's, another series' or a refused file is none of this series; two whole files count as one
  results_by_carrier | centre_number | person_id | carrier | board | series | kind          | option_code | qualification_code | is_technical | file_id | line
                     | 99999         | p1        | edi     | 01    | 6B26   | qualification | H446        | H446               | false        | r       | 3
                     | 99999         | p1        | edi     | 01    | 6B26   | qualification | H046        | H046               | false        | r       | 4
                     | 99999         | p1        | edi     | 01    | 6B26   | qualification | H156        | H156               | false        | r       | 5
                     | 99999         | p1        | edi     | 01    | 6B26   | qualification | H240        | H240               | false        | r       | 6
                     | 99999         | p1        | edi     | 01    | 6B26   |               |             |                    | false        | r       | 7
  file_series        | file_id | board | series
                     | o       | 01    | 6B26
                     | o2      | 01    | 6B26
                     | p       | 70    | 6B26
                     | q       | 01    | 6A26
                     | z       | 01    | 6B26
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | false
                     | o2      | basedata_options | true    | false
                     | p       | basedata_options | true    | false
                     | q       | basedata_options | true    | false
                     | z       | basedata_options | false   | false
  incoming_options   | file_id | option_code
                     | o       | H240
                     | o2      | H240
                     | p       | H446
                     | q       | H046
                     | z       | H156
  speaks             | option_code | line
                     | H446        | 3
                     | H046        | 4
                     | H156        | 5
  looked_at = 4

each centre's, board's and series' first line of its first file is shown; without a board the basedata without one count
  results_by_carrier | centre_number | person_id | carrier | board | series | kind          | option_code | qualification_code | file_id | line
                     | 99999         | p1        | edi     | 01    | 6B26   | qualification | H446        | H446               | r       | 9
                     | 99999         | p2        | edi     | 01    | 6B26   | qualification | H446        | H446               | r       | 8
                     | 99999         | p2        | edi     | 01    | 6B26   | qualification | H446        | H446               | s       | 2
                     | 99998         | q1        | edi     | 01    | 6B26   | qualification | H446        | H446               | r       | 3
                     | 99999         | p1        | edi     | 01    | 6A26   | qualification | H446        | H446               | r       | 5
                     | 99999         | p1        | xml     | 70    | 6B26   | qualification | H446        | H446               | x       | 6
                     | 99999         | p1        | xml     |       | 6B26   | qualification | H446        | H446               | y       | 7
                     | 99999         | p1        | xml     |       | 6B26   | qualification | H046        | H046               | y       | 8
  file_series        | file_id | board | series
                     | o       | 01    | 6B26
                     | p       | 01    | 6A26
                     | q       | 70    | 6B26
                     | n       |       | 6B26
  file_facts         | file_id | kind             | is_used | is_truncated
                     | o       | basedata_options | true    | false
                     | p       | basedata_options | true    | false
                     | q       | basedata_options | true    | false
                     | n       | basedata_options | true    | false
  incoming_options   | file_id | option_code
                     | n       | H046
  speaks             | centre_number | board | series | found     | file_id | line
                     | 99999         | 01    | 6B26   | 3 results | r       | 8
                     | 99998         | 01    | 6B26   | 1 result  | r       | 3
                     | 99999         | 01    | 6A26   | 1 result  | r       | 5
                     | 99999         | 70    | 6B26   | 1 result  | x       | 6
                     | 99999         |       | 6B26   | 1 result  | y       | 7
  looked_at = 6
*/
