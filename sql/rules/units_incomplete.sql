/*
severity = "error"
owner = "centre"
summary = "The units a student has achieved do not make the qualification they are entered for."
message = "{item} is not awarded: {found}."
action = """
1. Look at what is missing. A unit that was claimed or sat and has no result is its own line: settle that first, and this one goes with it.
2. A moderated unit that is finished but was never claimed: claim it on Interchange today.
3. An examined unit that was failed or missed: enter the student again for the next series, if an attempt is left.
4. If the units make a smaller size, ask for the entry to be moved down: Interchange > Post results > Missing and incomplete results, or 01223 553998.
5. If the student will finish next year, say so on My Cambridge, Progress Tracker: change the estimated completion date."""
why = "A mandatory unit or some hours are missing: not claimed, failed, absent, still with the moderator, or never taken."
source = "Awarding body guidance on missing and incomplete results, summer 2026: all required units, in a valid combination; combinations.csv for what is required (check the centre handbook)"
population = "live Cambridge Technicals entries, expected by now and without an award, whose units can be known"
reads = ["awards_outstanding"]
empty_without = [["awards_outstanding"]]
needs = ["achievement", "tracker", "edi"]
key = ["person", "qualification"]
follows_from = ["wrong_level", "unit_not_claimed", "claim_without_result", "entry_without_result", "pending_result", "no_result_issued", "absent_from_exam"]
confidence = "inferred"
wording = ["Incomplete", "Not all units achieved", "Result not yet achieved"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "My Cambridge > Cambridge Technicals Progress Tracker", "Interchange > Post results > Missing and incomplete results"]
deadlines = ["estimated completion date declaration"]
*/
WITH judged AS (
    SELECT
        o.*,
        -- enough hours in the subject, and no valid combination: that has a line of its own
        NOT o.eligible AND o.glh_in_subject < o.glh_required AS is_short
    FROM awards_outstanding AS o
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    qualification_code,
    (CAST(glh_required AS VARCHAR) || ' hours in a valid combination') AS expected,
    concat_ws(
        '; ',
        CASE WHEN mandatory_missing IS NOT NULL THEN ('mandatory and not achieved: ' || mandatory_missing) END,
        CASE
            WHEN glh_short > 0
                THEN (
                    CAST(glh_counted AS VARCHAR) || ' of ' || CAST(glh_required AS VARCHAR) || ' hours, '
                    || CAST(glh_short AS VARCHAR) || ' short'
                )
        END,
        CASE WHEN is_pending THEN 'not all results of this season are here or due' END
    ) AS found,
    CASE WHEN is_pending THEN 'file_awaited' WHEN mandatory_missing IS NOT NULL THEN 'mandatory_missing' ELSE 'hours_short' END AS cause,
    CASE WHEN is_expected IS NULL THEN 'info' END AS severity,
    CASE WHEN is_pending THEN 'pending' ELSE 'open' END AS state,
    CASE WHEN is_pending THEN due END AS due,
    combination_confidence AS confidence,
    file_id,
    line,
    coalesce(not_calculated, not_known) AS not_evaluated,
    is_short AND not_calculated IS NULL AND not_known IS NULL AS speaks
FROM judged;

/* cases
a mandatory unit missing or hours short is reported; a complete one is not
  awards_outstanding | centre_number | person_id | qualification_code | subject | is_expected | eligible | mandatory_missing | glh_counted | glh_required | glh_short | glh_in_subject | combination_confidence | is_pending | file_id | line
                     | 99999         | p1        | 05839              | IT      | true        | false    | 05838/02 05838/03 | 210         | 360          | 150       | 210            | recollection           | false      | f1      | 3
                     | 99999         | p2        | 05839              | IT      | true        | false    |                   | 300         | 360          | 60        | 300            | inferred               | false      | f1      | 4
                     | 99999         | p3        | 05839              | IT      | true        | true     |                   | 360         | 360          | 0         | 360            | inferred               | false      | f1      | 5
  speaks             | person_id | severity | state | cause             | confidence   | expected                           | found                                                                             | file_id | line
                     | p1        | error    | open  | mandatory_missing | recollection | 360 hours in a valid combination   | mandatory and not achieved: 05838/02 05838/03; 210 of 360 hours, 150 short        | f1      | 3
                     | p2        | error    | open  | hours_short       | inferred     | 360 hours in a valid combination   | 300 of 360 hours, 60 short                                                        | f1      | 4
  looked_at = 3

one hour less than the size is short; as many hours as the size in the subject is another discrepancy, and hours of another subject may count
  awards_outstanding | centre_number | person_id | qualification_code | is_expected | eligible | mandatory_missing | glh_counted | glh_required | glh_short | glh_in_subject | is_pending
                     | 99999         | p1        | 05839              | true        | false    | 05838/01          | 359         | 360          | 1         | 359            | false
                     | 99999         | p2        | 05839              | true        | false    | 05838/01          | 270         | 360          | 90        | 360            | false
                     | 99999         | p3        | 05839              | true        | true     |                   | 360         | 360          | 0         | 300            | false
                     | 99999         | p4        | 05839              | true        | false    | 05838/01          | 360         | 360          | 0         | 300            | false
  speaks             | person_id | found
                     | p1        | mandatory and not achieved: 05838/01; 359 of 360 hours, 1 short
                     | p4        | mandatory and not achieved: 05838/01
  looked_at = 4

an unknown expectation is info, results that are awaited are pending
  awards_outstanding | centre_number | person_id | qualification_code | is_expected | eligible | glh_counted | glh_required | glh_short | glh_in_subject | is_pending | due
                     | 99999         | p1        | 05839              |             | false    | 300         | 360          | 60        | 300            | false      |
                     | 99999         | p2        | 05839              | true        | false    | 300         | 360          | 60        | 300            | true       | 2026-08-10 08:00+01
  speaks             | person_id | severity | state   | cause        | due                    | found
                     | p1        | info     | open    | hours_short  |                        | 300 of 360 hours, 60 short
                     | p2        | info     | pending | file_awaited | 2026-08-10 07:00:00+00 | 300 of 360 hours, 60 short; not all results of this season are here or due
  looked_at = 2

where earlier years or the combination are not known nothing is said, and it is counted
  awards_outstanding | centre_number | person_id | qualification_code | is_expected | eligible | glh_counted | glh_required | glh_short | glh_in_subject | is_pending | not_known                                          | not_calculated
                     | 99999         | p1        | 05839              | true        | false    | 300         | 360          | 60        | 300            | false      | results of earlier years are not here for 05839    |
                     | 99999         | p2        | 05822              | true        |          |             |              |           | 0              | false      |                                                    | qualifications.csv: 05822 is not complete
                     | 99999         | p3        | 05822              | true        | false    | 300         | 360          | 60        | 300            | false      |                                                    | qualifications.csv: 05822 is not complete
  speaks nothing
  looked_at = 0
  not_evaluated = 3
*/
