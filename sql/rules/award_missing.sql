/*
severity = "error"
owner = "board"
summary = "A valid combination of units is achieved for the qualification entered, and no carrier has an award."
message = "{item}: every unit it needs is achieved, and no award is here ({found})."
action = """
1. Look the student up on Interchange, Cambridge Technicals, Results documents, candidate achievement report, under every OCR candidate number they have: an award may have come after the files here were made.
2. If units lie under two numbers, ask for the records to be brought together: the award follows by itself.
3. If nothing is there, ask for it today: Interchange > Post results > Missing and incomplete results, or 01223 553998, quoting the qualification, the level and the units named here.
4. Check the combination against the centre handbook where the confidence below says recollection or inferred."""
why = "Units lie under two candidate numbers, the entry was made late, or a unit was issued after the award run."
source = "Awarding body guidance on results, summer 2026: the overall grade is issued by itself once a valid set of units exists; combinations.csv for what is valid"
population = "live Cambridge Technicals entries, expected by now and without an award, that have a valid combination of units"
reads = ["awards_outstanding", "run"]
empty_without = [["awards_outstanding"]]
needs = ["achievement", "edi"]
key = ["person", "qualification"]
follows_from = ["missing_uci", "duplicate_candidate_number", "row_rejected"]
confidence = "inferred"
wording = ["Qualification not awarded", "No overall grade", "Missing award"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Post results > Missing and incomplete results"]
*/
WITH judged AS (
    SELECT
        o.*,
        r.season,
        o.completed_season = r.season AS is_of_this_season
    FROM awards_outstanding AS o
    CROSS JOIN run AS r
    WHERE o.not_calculated IS NOT NULL OR o.eligible
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    qualification_code,
    CASE WHEN grade IS NULL THEN 'an award' ELSE ('an award, ' || grade || ' by our reckoning') END AS expected,
    (
        CAST(glh_counted AS VARCHAR) || ' of ' || CAST(glh_required AS VARCHAR) || ' hours, no mandatory unit missing; '
        || CASE WHEN award_is_covered THEN 'the files of ' ELSE 'not all files are here or due of ' END || completed_season
        || CASE WHEN award_is_covered THEN ' are here' ELSE '' END
    ) AS found,
    CASE WHEN NOT award_is_covered THEN 'file_awaited' END AS cause,
    CASE WHEN award_is_covered THEN 'open' ELSE 'pending' END AS state,
    CASE WHEN NOT award_is_covered THEN due END AS due,
    combination_confidence AS confidence,
    file_id,
    line,
    CASE
        WHEN not_calculated IS NOT NULL THEN not_calculated
        WHEN NOT award_is_covered AND NOT is_of_this_season THEN ('the files of ' || completed_season || ' are not here')
    END AS not_evaluated,
    (
        not_calculated IS NULL AND withheld IS NULL
        -- of a year whose files are not here nobody can say that the award is missing
        AND (award_is_covered OR is_of_this_season)
    ) AS speaks
FROM judged;

/* cases
a valid combination and no award is reported while the files that would hold it are here; unknown expectation speaks in full
  awards_outstanding | centre_number | person_id | qualification_code | subject | is_expected | eligible | glh_counted | glh_required | grade | combination_confidence | completed_season | award_is_covered | is_pending | file_id | line
                     | 99999         | p1        | 05841              | IT      | true        | true     | 540         | 540          | M     | recollection           | 2025-26          | true             | false      | f1      | 7
                     | 99999         | p2        | 05841              | IT      |             | true     | 540         | 540          |       | inferred               | 2025-26          | true             | false      | f1      | 8
                     | 99999         | p3        | 05841              | IT      | true        | false    | 480         | 540          |       | inferred               |                  |                  | false      | f1      | 9
  speaks             | person_id | severity | owner | state | qualification_code | confidence   | expected                      | found                                                                             | cause | file_id | line
                     | p1        | error    | board | open  | 05841              | recollection | an award, M by our reckoning  | 540 of 540 hours, no mandatory unit missing; the files of 2025-26 are here        |       | f1      | 7
                     | p2        | error    | board | open  | 05841              | inferred     | an award                      | 540 of 540 hours, no mandatory unit missing; the files of 2025-26 are here        |       | f1      | 8
  looked_at = 2

an award of this season is awaited while its files are not here; one of an earlier season cannot be judged
  awards_outstanding | centre_number | person_id | qualification_code | eligible | glh_counted | glh_required | completed_season | award_is_covered | due
                     | 99999         | p1        | 05841              | true     | 540         | 540          | 2025-26          | false            | 2026-08-10 08:00+01
                     | 99999         | p2        | 05841              | true     | 540         | 540          | 2023-24          | false            |
                     | 99999         | p3        | 05841              | true     | 540         | 540          | 2023-24          | true             |
                     | 99999         | p4        | 05841              | true     | 540         | 540          | 2022-23          | false            |
  speaks             | person_id | severity | state   | cause        | due
                     | p1        | info     | pending | file_awaited | 2026-08-10 07:00:00+00
                     | p3        | error    | open    |              |
  looked_at = 2
  not_evaluated = 2

X or Q in the award's place is another discrepancy; what the reference data do not cover is counted apart
  awards_outstanding | centre_number | person_id | qualification_code | eligible | withheld | not_calculated                                 | glh_counted | glh_required | completed_season | award_is_covered
                     | 99999         | p1        | 05841              | true     | Q        |                                                | 540         | 540          | 2025-26          | true
                     | 99999         | p2        | 05841              | true     | X        |                                                | 540         | 540          | 2025-26          | true
                     | 99999         | p3        | 05822              |          |          | qualifications.csv: 05822 is not complete      |             |              |                  |
                     | 99999         | p4        | 05841              | true     |          |                                                | 540         | 540          | 2025-26          | true
                     | 99999         | p5        | 05822              | true     |          | qualifications.csv: 05822 is not complete      | 540         | 540          | 2025-26          | true
  speaks             | person_id
                     | p4
  looked_at = 3
  not_evaluated = 2
*/
