/*
severity = "error"
owner = "centre"
summary = "No source gives a UCI for a student who has an entry, a claim or a result."
message = "No file gives a UCI for this student, who appears in {found}; {expected}."
action = """
1. Find or make the UCI in the school's own system.
2. Add it to the student's record at the awarding body (Interchange, candidate details).
3. Give the results from the candidate achievement report today: no embargo holds them.
4. Download the next Monday's EDI file, which will then carry them."""
why = "Vocational entries are accepted without a UCI, but the EDI results file is made from UCIs alone, so the student's results are left out of it."
source = "Awarding body guidance on results, summers 2024 and 2026; docs/formats.md, identifiers"
population = "students with an entry, a claim or a result, in files that have a place for a UCI"
reads = ["candidates", "entries", "claims", "results_by_carrier", "incoming_files"]
needs = []
key = ["person"]
follows_from = []
confidence = "documented"
wording = ["Record contains no UCI", "UCI missing"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)", "Interchange > Cambridge Technicals > Results documents > candidate achievement report"]
*/
WITH appearances AS (
    SELECT centre_number, person_id, 'entries' AS place, file_id, line FROM entries
    UNION ALL
    SELECT centre_number, person_id, 'claims' AS place, file_id, line FROM claims
    UNION ALL
    SELECT
        centre_number,
        person_id,
        CASE carrier
            WHEN 'edi' THEN 'EDI'
            WHEN 'xml' THEN 'XML'
            WHEN 'achievement' THEN 'the achievement report'
            ELSE 'the marks report'
        END AS place,
        file_id,
        line
    FROM results_by_carrier
),

ranked AS (
    SELECT
        a.*,
        row_number() OVER (
            PARTITION BY a.centre_number, a.person_id
            ORDER BY
                CASE WHEN a.place LIKE 'the %' THEN 1 WHEN a.place = 'entries' THEN 2 ELSE 3 END ASC NULLS LAST,
                a.file_id ASC NULLS LAST,
                a.line ASC NULLS LAST
        ) AS rank
    FROM appearances AS a
),

seen AS (
    SELECT
        centre_number,
        person_id,
        concat_ws(
            ', ',
            max(CASE WHEN place = 'claims' THEN place END),
            max(CASE WHEN place = 'EDI' THEN place END),
            max(CASE WHEN place = 'XML' THEN place END),
            max(CASE WHEN place = 'entries' THEN place END),
            max(CASE WHEN place = 'the achievement report' THEN place END),
            max(CASE WHEN place = 'the marks report' THEN place END)
        ) AS places,
        max(CASE WHEN place IN ('the achievement report', 'the marks report') THEN 1 ELSE 0 END) AS on_interchange,
        max(CASE WHEN place = 'EDI' THEN 1 ELSE 0 END) AS in_edi,
        max(CASE WHEN rank = 1 THEN file_id END) AS file_id,
        max(CASE WHEN rank = 1 THEN line END) AS line
    FROM ranked
    GROUP BY centre_number, person_id
)

SELECT
    s.centre_number,
    s.person_id,
    CASE
        WHEN s.on_interchange = 1 AND s.in_edi = 0 THEN 'results are on Interchange and cannot be in EDI'
        ELSE 'EDI cannot carry results without it'
    END AS expected,
    s.places AS found,
    s.file_id,
    s.line,
    c.uci IS NULL AS speaks
FROM seen AS s
INNER JOIN candidates AS c ON c.centre_number = s.centre_number AND c.person_id = s.person_id
WHERE EXISTS (SELECT 1 FROM incoming_files AS f WHERE f.has_uci_column);

/* cases
a student without a UCI who has results is reported, one with a UCI is not
  incoming_files     | file_id | has_uci_column
                     | f1      | true
  candidates         | centre_number | person_id | uci
                     | 99999         | p1        |
                     | 99999         | p2        | 999990240002H
  results_by_carrier | centre_number | person_id | carrier     | file_id | line
                     | 99999         | p1        | achievement | f1      | 7
                     | 99999         | p1        | marks       | f2      | 3
                     | 99999         | p2        | edi         | f3      | 4
  speaks             | person_id | found                                    | expected                                        | file_id | line
                     | p1        | the achievement report, the marks report | results are on Interchange and cannot be in EDI | f1      | 7
  looked_at = 2

an entry or a claim alone is enough
  incoming_files | file_id | has_uci_column
                 | f1      | true
  entries        | centre_number | person_id | file_id | line
                 | 99999         | p1        | f1      | 2
  claims         | centre_number | person_id | file_id | line
                 | 99999         | p2        | f2      | 5
  speaks         | person_id | found   | expected
                 | p1        | entries | EDI cannot carry results without it
                 | p2        | claims  | EDI cannot carry results without it

someone the tracker alone knows is silent: nothing of theirs can go missing yet
  incoming_files | file_id | has_uci_column
                 | f1      | true
  candidates     | centre_number | person_id | uci
                 | 99999         | p1        |
  speaks nothing
  looked_at = 0

where no file has a place for a UCI the rule looks at nobody
  incoming_files | file_id | has_uci_column
                 | f1      | false
  entries        | centre_number | person_id | file_id | line
                 | 99999         | p1        | f1      | 2
  speaks nothing
  looked_at = 0

who is in EDI all the same is not missing there, and a report's line is shown before an entry's and a claim's
  incoming_files     | file_id | has_uci_column
                     | f1      | true
  entries            | centre_number | person_id | file_id | line
                     | 99999         | p1        | b       | 2
                     | 99999         | p2        | b       | 3
                     | 99999         | p2        | b       | 9
                     | 99999         | p3        | b       | 4
  claims             | centre_number | person_id | file_id | line
                     | 99999         | p2        | a       | 5
  results_by_carrier | centre_number | person_id | carrier     | file_id | line
                     | 99999         | p1        | achievement | c       | 7
                     | 99999         | p1        | edi         | a       | 6
                     | 99999         | p3        | marks       | c       | 8
                     | 99999         | p4        | xml         | d       | 1
                     | 99999         | p5        | edi         | d       | 2
                     | 99999         | p5        | edi         | d       | 3
  speaks             | person_id | found                                | expected                                        | file_id | line
                     | p1        | EDI, entries, the achievement report | EDI cannot carry results without it             | c       | 7
                     | p2        | claims, entries                      | EDI cannot carry results without it             | b       | 3
                     | p3        | entries, the marks report            | results are on Interchange and cannot be in EDI | c       | 8
                     | p4        | XML                                  | EDI cannot carry results without it             | d       | 1
                     | p5        | EDI                                  | EDI cannot carry results without it             | d       | 2
  looked_at = 5
*/
