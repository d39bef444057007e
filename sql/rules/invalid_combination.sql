/*
severity = "error"
owner = "centre"
summary = "A student has hours enough for the qualification entered, and the units do not fit together into it."
message = "{item} is not awarded although the hours are there: {found}."
action = """
1. Compare the units named here with the rules of combination in the centre handbook: which of them count towards this qualification, and which are mandatory.
2. If units were taken at another level, ask for the entry to be changed to that level, or for the size that the units do make.
3. If a mandatory unit is missing, claim it or enter the student for its next series.
4. If the units are right and our list is not, put the right rows into data/local/reference/combinations.csv, and ring Customer Support, 01223 553998, for the award."""
why = "Optional units were chosen that the size does not list, units are split between two levels, or a mandatory unit was replaced by another."
source = "Awarding body guidance on missing and incomplete results, summer 2026: a valid combination; combinations.csv for what is valid (check the centre handbook)"
population = "live Cambridge Technicals entries, expected by now and without an award, whose units can be known"
reads = ["awards_outstanding"]
empty_without = [["awards_outstanding"]]
needs = ["achievement", "tracker", "edi"]
key = ["person", "qualification"]
follows_from = ["wrong_level"]
confidence = "inferred"
wording = ["Invalid combination of units"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Post results > Missing and incomplete results"]
*/
SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    qualification_code,
    ('a valid combination of ' || CAST(glh_required AS VARCHAR) || ' hours') AS expected,
    concat_ws(
        '; ',
        (CAST(glh_in_subject AS VARCHAR) || ' hours achieved in the subject, of which ' || CAST(glh_counted AS VARCHAR) || ' count'),
        CASE WHEN mandatory_missing IS NOT NULL THEN ('mandatory and not achieved: ' || mandatory_missing) END,
        CASE WHEN is_pending THEN 'not all results of this season are here or due' END
    ) AS found,
    CASE WHEN is_pending THEN 'file_awaited' WHEN mandatory_missing IS NOT NULL THEN 'mandatory_missing' ELSE 'units_not_listed' END AS cause,
    CASE WHEN is_expected IS NULL THEN 'info' END AS severity,
    CASE WHEN is_pending THEN 'pending' ELSE 'open' END AS state,
    CASE WHEN is_pending THEN due END AS due,
    combination_confidence AS confidence,
    file_id,
    line,
    coalesce(not_calculated, not_known) AS not_evaluated,
    NOT eligible AND glh_in_subject >= glh_required AND not_calculated IS NULL AND not_known IS NULL AS speaks
FROM awards_outstanding;

/* cases
hours enough and no valid combination is reported, at the very hours of the size; fewer hours or a valid one are not
  awards_outstanding | centre_number | person_id | qualification_code | subject | is_expected | eligible | mandatory_missing | glh_counted | glh_required | glh_in_subject | combination_confidence | is_pending | file_id | line
                     | 99999         | p1        | 05839              | IT      | true        | false    | 05838/03          | 300         | 360          | 360            | inferred               | false      | f1      | 3
                     | 99999         | p2        | 05839              | IT      | true        | false    |                   | 300         | 360          | 420            | recollection           | false      | f1      | 4
                     | 99999         | p3        | 05839              | IT      | true        | false    | 05838/03          | 300         | 360          | 359            | inferred               | false      | f1      | 5
                     | 99999         | p4        | 05839              | IT      | true        | true     |                   | 360         | 360          | 420            | inferred               | false      | f1      | 6
  speaks             | person_id | severity | state | cause             | confidence   | expected                           | found                                                                                             | file_id | line
                     | p1        | error    | open  | mandatory_missing | inferred     | a valid combination of 360 hours   | 360 hours achieved in the subject, of which 300 count; mandatory and not achieved: 05838/03       | f1      | 3
                     | p2        | error    | open  | units_not_listed  | recollection | a valid combination of 360 hours   | 420 hours achieved in the subject, of which 300 count                                             | f1      | 4
  looked_at = 4

an unknown expectation is info, results that are awaited are pending, and what cannot be known is counted apart
  awards_outstanding | centre_number | person_id | qualification_code | is_expected | eligible | glh_counted | glh_required | glh_in_subject | is_pending | due                 | not_known                                       | not_calculated
                     | 99999         | p1        | 05839              |             | false    | 300         | 360          | 360            | false      |                     |                                                 |
                     | 99999         | p2        | 05839              | true        | false    | 300         | 360          | 360            | true       | 2026-08-10 08:00+01 |                                                 |
                     | 99999         | p3        | 05839              | true        | false    | 300         | 360          | 360            | false      |                     | results of earlier years are not here for 05839 |
                     | 99999         | p4        | 05822              | true        |          |             |              | 360            | false      |                     |                                                 | qualifications.csv: 05822 is not complete
                     | 99999         | p5        | 05822              | true        | false    | 300         | 360          | 360            | false      |                     |                                                 | qualifications.csv: 05822 is not complete
  speaks             | person_id | severity | state   | due                    | cause            | found
                     | p1        | info     | open    |                        | units_not_listed | 360 hours achieved in the subject, of which 300 count
                     | p2        | info     | pending | 2026-08-10 07:00:00+00 | file_awaited     | 360 hours achieved in the subject, of which 300 count; not all results of this season are here or due
  looked_at = 2
  not_evaluated = 3
*/
