/*
severity = "error"
owner = "board"
summary = "A claimed unit has no result, and the file or report that should hold it is here."
message = "{item}: {expected}; {found}."
action = """
1. Run the candidate achievement report with dates from the claim to today: Interchange > Cambridge Technicals > Results documents. Where the EDI files here begin after the claim, the report settles whether the result came before them.
2. If the result is there, give it from the report.
3. If not, look the unit up in My Cambridge > Progress Tracker. A blank status means that the moderator withdrew it; "Not entered" means that the claim never arrived: check the claim on Interchange.
4. If the claim did arrive, ask for the result: Interchange > Post results > Missing and incomplete results, or 01223 553998, quoting the unit and the day of the claim."""
why = "The sample was not moderated in time, the claim was not completed, or the result was made for another record of the same student."
source = "Awarding body guidance on missing results, summers 2024 and 2026; docs/semantics.md"
population = "claims of moderated units whose window the calendar names or which are of this season"
reads = ["claim_windows"]
needs = ["claims"]
key = ["person", "unit", "key_claim_date"]
follows_from = ["missing_uci", "unit_withdrawn_by_moderator"]
confidence = "documented"
wording = ["Missing or incomplete results", "Claimed, not issued"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "My Cambridge > Cambridge Technicals Progress Tracker", "Interchange > Post results > Missing and incomplete results"]
*/
SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    unit_code,
    option_code,
    CAST(claim_date AS VARCHAR) AS key_claim_date,
    CASE
        WHEN window_to IS NULL THEN ('a result for the claim of ' || CAST(claim_date AS VARCHAR) || ' in a later file, whose day the calendar does not have')
        ELSE ('a result for the claim of ' || CAST(claim_date AS VARCHAR) || ' in the awards up to ' || CAST(window_to AS VARCHAR))
    END AS expected,
    CASE
        WHEN is_due AND is_covered THEN ('claimed ' || coalesce(claimed_grade, claimed_grade_as_sent, 'without a grade') || ', no result since')
        WHEN is_due THEN 'neither the EDI file of that window nor an achievement report for it is here'
        ELSE 'not due yet'
    END AS found,
    cause,
    CASE WHEN is_in_earlier_file_perhaps THEN 'info' END AS severity,
    CASE WHEN NOT (is_due AND is_covered) THEN 'pending' ELSE 'open' END AS state,
    released_to_centres AS due,
    file_id,
    line,
    is_missing AS speaks
FROM claim_windows
WHERE is_awaited;

/* cases
a claim that no result follows is reported once its window is due and its file is here, an answered one is not
  claim_answers | centre_number | person_id | unit_code | option_code | suite | outcome    | qualification_code | claim_date | claim_season | claimed_grade | file_id | line
                | 99999         | p1        | 05838/17  | 583817      | 2016  | unanswered | 05838              | 2026-05-14 | 2025-26      | M             | c       | 9
                | 99999         | p2        | 05838/17  | 583817      | 2016  | answered   | 05838              | 2026-05-14 | 2025-26      | M             | c       | 10
                | 99999         | p3        | 05838/17  | 583817      | 2016  | replaced   | 05838              | 2026-05-14 | 2025-26      | M             | c       | 11
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
                | 99999         | edi     | 9I25   | 2025-09-01
  speaks        | key                            | unit_code | option_code | series | qualification_code | severity | state | cause | file_id | line
                | 99999·p1·05838/17·2026-05-14   | 05838/17  | 583817      |        |                    | error    | open  |       | c       | 9
  looked_at = 3

before its file is due a claim is pending
  as_of = 2026-08-10T07:59:00+01:00
  claim_answers | centre_number | person_id | unit_code | suite | outcome    | qualification_code | claim_date | claim_season
                | 99999         | p1        | 05838/17  | 2016  | unanswered | 05838              | 2026-05-14 | 2025-26
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
  speaks        | person_id | state   | cause        | due                    | found
                | p1        | pending | file_awaited | 2026-08-10 07:00:00+00 | not due yet

due, and neither the file nor a report of that window is here: pending, not missing
  claim_answers   | centre_number | person_id | unit_code | suite | outcome    | qualification_code | claim_date | claim_season
                  | 99999         | p1        | 05838/17  | 2016  | unanswered | 05838              | 2026-05-14 | 2025-26
  coverage        | centre_number | carrier | series | window_from
                  | 99999         | edi     | 9I25   | 2026-08-01
                  | 99998         | edi     | 9I25   | 2026-07-01
                  | 99999         | edi     | 9C25   | 2026-07-01
                  | 99999         | marks   | 9I25   | 2026-07-01
  report_coverage | centre_number | kind | qualification_code | series | window_from | reaches_end
                  | 99999         | unit | 05842              | 9I25   | 2026-07-01  | true
  speaks          | person_id | state   | cause
                  | p1        | pending | file_awaited

a report that shows units of the qualification and window covers it, one that shows awards alone does not
  claim_answers   | centre_number | person_id | unit_code | suite | outcome    | qualification_code | claim_date | claim_season
                  | 99999         | p1        | 05838/17  | 2016  | unanswered | 05838              | 2026-05-14 | 2025-26
                  | 99999         | p2        | 05838/17  | 2016  | unanswered | 05839              | 2026-05-14 | 2025-26
                  | 99999         | p3        | 05838/17  | 2016  | unanswered | 05842              | 2026-05-14 | 2025-26
  report_coverage | centre_number | kind          | qualification_code | series | window_from | reaches_end
                  | 99999         | unit          | 05838              | 9I25   | 2026-07-01  | true
                  | 99999         | qualification | 05839              | 9I25   | 2026-07-01  | true
                  | 99999         | unit          | 05842              | 9I25   | 2026-07-01  | false
  speaks          | person_id | state
                  | p1        | open
                  | p2        | pending
                  | p3        | pending

where EDI alone covers, a claim from before its first file may be answered in an earlier one: information
  claim_answers   | centre_number | person_id | unit_code | suite | outcome    | qualification_code | claim_date | claim_season
                  | 99999         | p1        | 05838/17  | 2016  | unanswered | 05838              | 2026-06-30 | 2025-26
                  | 99999         | p2        | 05838/17  | 2016  | unanswered | 05838              | 2026-07-01 | 2025-26
                  | 99999         | p3        | 05838/17  | 2016  | unanswered | 05839              | 2026-06-30 | 2025-26
                  | 99999         | p4        | 05838/17  | 2016  | unanswered | 05842              | 2026-06-30 | 2025-26
  coverage        | centre_number | carrier | series | window_from
                  | 99999         | edi     | 9I25   | 2026-07-01
  report_coverage | centre_number | kind | qualification_code | series | window_from | reaches_end
                  | 99999         | unit | 05839              | 9I25   | 2026-07-01  | true
                  | 99999         | unit | 05842              | 9I25   | 2025-09-01  | true
  speaks          | person_id | severity | state | cause
                  | p1        | info     | open  | earlier_file_not_here
                  | p2        | error    | open  |
                  | p3        | error    | open  |
                  | p4        | error    | open  |

a claim made on the last day of a window belongs to it, one of the next day to the next
  claim_answers | centre_number | person_id | unit_code | suite | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/17  | 2016  | unanswered | 2026-07-31 | 2025-26
                | 99999         | p2        | 05838/17  | 2016  | unanswered | 2026-08-01 | 2025-26
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
  speaks        | person_id | state
                | p1        | open
                | p2        | pending

a claim after the last window, or of a season without a calendar, waits without a date
  as_of = 2026-10-10T08:30:00+01:00
  claim_answers | centre_number | person_id | unit_code | suite | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/17  | 2016  | unanswered | 2026-08-05 | 2025-26
                | 99999         | p2        | 05838/17  | 2016  | unanswered | 2026-09-20 | 2026-27
                | 99999         | p3        | 05838/17  |       | unanswered | 2026-05-14 | 2025-26
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
                | 99999         | edi     | 9I25   | 2026-08-01
  speaks        | person_id | state   | due
                | p1        | pending |
                | p2        | pending |
                | p3        | pending |

a claim of an earlier season is looked at only where a carrier covers that season's window
  claim_answers | centre_number | person_id | unit_code | suite | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/17  | 2016  | unanswered | 2025-05-14 | 2024-25
                | 99999         | p2        | 05347/10  | 2012  | unanswered | 2025-05-14 | 2024-25
                | 99999         | p3        | 05838/17  | 2016  | unanswered | 2025-08-20 | 2024-25
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9C24   | 2025-07-01
  speaks        | person_id | state
                | p2        | open
  looked_at = 1

X and Q after the claim have rules of their own, and a claim without a day cannot be placed
  claim_answers | centre_number | person_id | unit_code | suite | outcome    | claim_date | claim_season | withheld
                | 99999         | p1        | 05838/17  | 2016  | unanswered | 2026-05-14 | 2025-26      | X
                | 99999         | p2        | 05838/17  | 2016  | undated    |            |              |
                | 99999         | p3        | 05838/17  | 2016  | unclaimed  |            |              |
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
  speaks nothing
  looked_at = 1

an examined unit in the claims record is not a claim
  claim_answers | centre_number | person_id | unit_code | suite | assessment | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/01  | 2016  | examined   | unanswered | 2026-05-14 | 2025-26
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
  speaks nothing
  looked_at = 0

whoever is withdrawn from every entry in the subject is silent, whoever moved to another size is not
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome    | claim_date | claim_season
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unanswered | 2026-05-14 | 2025-26
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unanswered | 2026-05-14 | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | withdrawn
                        | 99999         | p1        | 05838              | 2016  | IT      | true
                        | 99999         | p2        | 05838              | 2016  | IT      | true
                        | 99999         | p2        | 05839              | 2016  | IT      | false
  coverage              | centre_number | carrier | series | window_from
                        | 99999         | edi     | 9I25   | 2026-07-01
  speaks                | person_id
                        | p2

what is expected and what is here is said in words
  claim_answers | centre_number | person_id | unit_code | suite | outcome    | qualification_code | claim_date | claim_season | claimed_grade | claimed_grade_as_sent
                | 99999         | p1        | 05838/17  | 2016  | unanswered | 05838              | 2026-07-14 | 2025-26      | M             | Merit
                | 99999         | p2        | 05838/17  | 2016  | unanswered | 05838              | 2026-07-14 | 2025-26      |               | Merit?
                | 99999         | p3        | 05838/17  | 2016  | unanswered | 05838              | 2026-07-14 | 2025-26      |               |
                | 99998         | p4        | 05838/17  | 2016  | unanswered | 05838              | 2026-07-14 | 2025-26      | M             |
                | 99999         | p5        | 05838/17  |       | unanswered | 05838              | 2026-07-14 | 2025-26      | M             |
  coverage      | centre_number | carrier | series | window_from
                | 99999         | edi     | 9I25   | 2026-07-01
  speaks        | person_id | expected                                                                                   | found
                | p1        | a result for the claim of 2026-07-14 in the awards up to 2026-07-31                        | claimed M, no result since
                | p2        | a result for the claim of 2026-07-14 in the awards up to 2026-07-31                        | claimed Merit?, no result since
                | p3        | a result for the claim of 2026-07-14 in the awards up to 2026-07-31                        | claimed without a grade, no result since
                | p4        | a result for the claim of 2026-07-14 in the awards up to 2026-07-31                        | neither the EDI file of that window nor an achievement report for it is here
                | p5        | a result for the claim of 2026-07-14 in a later file, whose day the calendar does not have | not due yet
*/
