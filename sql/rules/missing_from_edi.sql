/*
severity = "error"
owner = "mis"
summary = "A result is on Interchange and not in the EDI file that should carry it."
message = "{item} in {series}: {found}, and {expected} ({cause})."
action = """
1. Give the result from the report: it is issued, and no embargo holds it.
2. Cause missing_uci: put the UCI on the student's record at the awarding body and in the school's own system; the next Monday's EDI file carries the result.
3. Cause issued_after_edi: nothing is wrong; take the next Monday's file from Interchange > Results > XML/EDI results.
4. Cause row_rejected: the line is in the file and could not be used; mend what row_rejected says and run again.
5. Cause unknown: take the newest file first; if the result is not in it, ask on 01223 553998 why, quoting the option and the file's name.
6. Until a file carries it, type the result into the school's own system and write it into manual_changes.csv, since the next import overwrites it."""
why = "EDI files are made from UCIs on one day: whoever has none is left out, and what is issued later comes in a later file."
source = "Awarding body guidance on missing results, summers 2024 and 2026"
population = "Cambridge Technicals results on Interchange whose EDI file is here"
reads = ["edi_gaps"]
needs = ["edi", "achievement"]
key = ["person", "series", "option"]
follows_from = ["missing_uci"]
confidence = "documented"
wording = ["Missing or incomplete results", "Results missing from the EDI file"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Results > XML/EDI results", "the school's own system: the student's examination details (UCI, ULN, candidate number)"]
*/
SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    CASE WHEN kind = 'qualification' THEN qualification_code END AS qualification_code,
    CASE WHEN kind = 'unit' THEN unit_code END AS unit_code,
    CASE WHEN kind = 'unit' THEN option_code END AS option_code,
    CASE
        WHEN place = 'after' THEN 'not yet in an EDI file: the last window ended before it'
        WHEN file_window IS NOT NULL THEN ('not in the EDI file of awards from ' || CAST(file_window AS VARCHAR))
        ELSE 'not in the EDI file of that series'
    END AS expected,
    (CASE carrier WHEN 'achievement' THEN 'achievement report ' ELSE 'marks report ' END || grade || coalesce((', awarded ' || CAST(award_date AS VARCHAR)), '')) AS found,
    cause,
    CASE WHEN cause = 'issued_after_edi' THEN 'warning' END AS severity,
    CASE WHEN cause = 'row_rejected' THEN rejected_file ELSE file_id END AS file_id,
    CASE WHEN cause = 'row_rejected' THEN rejected_line ELSE line END AS line,
    embargo_until,
    NOT is_in_edi AS speaks
FROM edi_gaps
WHERE rank = 1;

/* cases
an examined unit on Interchange that the file of its series does not have is reported, one that it has is not
  latest_statements | centre_number | person_id | board | series | kind | option_code | unit_code | is_technical | carrier     | grade | award_date | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | true         | achievement | D     | 2026-08-10 | a       | 3
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | true         | marks       | D     |            | m       | 9
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | true         | achievement | D     | 2026-08-10 | a       | 4
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | true         | edi         | D     |            | e       | 3
  candidates        | centre_number | person_id | uci
                    | 99999         | p1        | 999990240001A
                    | 99999         | p2        | 999990240002H
  coverage          | centre_number | carrier | series | as_of
                    | 99999         | edi     | 6E26   | 2026-08-10
  speaks            | person_id | severity | owner | series | unit_code | option_code | qualification_code | cause   | file_id | line
                    | p1        | error    | mis   | 6E26   | 05838/01  | 583801      |                    | unknown | a       | 3
  looked_at = 2

an award inside a window whose file is here is reported by its qualification alone
  award_windows     | board | series | window_from | window_to  | place    | number
                    | 72    | 9I25   | 2025-09-01  | 2026-06-30 | before   |
                    | 72    | 9I25   | 2026-07-01  | 2026-07-31 | calendar | 1
                    | 72    | 9I25   | 2026-08-01  | 2026-08-04 | calendar | 2
                    | 72    | 9I25   | 2026-08-05  | 2026-12-31 | after    |
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | carrier     | grade | award_date | window_from | file_id | line
                    | 99999         | p1        | 72    | 9I25   | qualification | 05839       | 05839              | true         | achievement | D     | 2026-08-03 | 2026-08-01  | a       | 3
                    | 99999         | p2        | 72    | 9I25   | qualification | 05839       | 05839              | true         | achievement | D     | 2026-07-20 | 2026-07-01  | a       | 4
                    | 99999         | p3        | 72    | 9I25   | qualification | 05839       | 05839              | true         | achievement | D     | 2026-06-20 | 2025-09-01  | a       | 5
                    | 99999         | p4        | 72    | 9I25   | qualification | 05839       | 05839              | true         | achievement | D     |            |             | a       | 6
  coverage          | centre_number | carrier     | series | window_from | as_of
                    | 99999         | edi         | 9I25   | 2026-08-01  | 2026-08-05
                    | 99999         | achievement | 9I25   | 2026-07-01  | 2026-08-10
  candidates        | centre_number | person_id | uci
                    | 99999         | p1        | 999990240001A
                    | 99999         | p2        | 999990240002H
                    | 99999         | p3        | 999990240003L
                    | 99999         | p4        | 999990240004T
  speaks            | person_id | qualification_code | unit_code | option_code | cause
                    | p1        | 05839              |           |             | unknown
  looked_at = 1

without a UCI that is the cause, even of what was issued late
  latest_statements | centre_number | person_id | board | series | kind | option_code | is_technical | carrier     | grade | award_date | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | 2026-08-12 | a       | 3
  candidates        | centre_number | person_id | uci
                    | 99999         | p1        |
  coverage          | centre_number | carrier | series | as_of
                    | 99999         | edi     | 6E26   | 2026-08-10
  speaks            | person_id | severity | cause
                    | p1        | error    | missing_uci

issued after the day of the file, or after the last window whose file is here: a warning
  award_windows     | board | series | window_from | window_to  | place    | number
                    | 72    | 9I25   | 2026-07-01  | 2026-07-31 | calendar | 1
                    | 72    | 9I25   | 2026-08-01  | 2026-08-04 | calendar | 2
                    | 72    | 9I25   | 2026-08-05  | 2026-12-31 | after    |
                    | 72    | 9C25   | 2026-07-01  | 2026-07-31 | calendar | 1
                    | 72    | 9C25   | 2026-08-01  | 2026-08-04 | calendar | 2
                    | 72    | 9C25   | 2026-08-05  | 2026-12-31 | after    |
  latest_statements | centre_number | person_id | board | series | kind | option_code | is_technical | carrier     | grade | award_date | window_from
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | 2026-08-11 |
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | 2026-08-10 |
                    | 99999         | p3        | 72    | 9I25   | unit | 583817      | true         | achievement | D     | 2026-08-06 | 2026-08-05
                    | 99999         | p4        | 72    | 9C25   | unit | 534710      | true         | achievement | D     | 2026-08-06 | 2026-08-05
  candidates        | centre_number | person_id | uci
                    | 99999         | p1        | 999990240001A
                    | 99999         | p2        | 999990240002H
                    | 99999         | p3        | 999990240003L
                    | 99999         | p4        | 999990240004T
  coverage          | centre_number | carrier | series | window_from | as_of
                    | 99999         | edi     | 6E26   |             | 2026-08-10
                    | 99999         | edi     | 9I25   | 2026-08-01  | 2026-08-10
                    | 99999         | edi     | 9C25   | 2026-07-01  | 2026-08-10
  speaks            | person_id | severity | owner | cause            | expected
                    | p1        | warning  | mis   | issued_after_edi | not in the EDI file of that series
                    | p2        | error    | mis   | unknown          | not in the EDI file of that series
                    | p3        | warning  | mis   | issued_after_edi | not yet in an EDI file: the last window ended before it

a line of the file that was set aside is the cause, found by UCI or by the year's candidate number
  latest_statements    | centre_number | person_id | board | series | kind | option_code | is_technical | carrier     | grade | file_id | line
                       | 99999         | p1        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | a       | 3
                       | 99999         | p2        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | a       | 4
                       | 99999         | p3        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | a       | 5
                       | 99999         | p4        | 72    | 6E26   | unit | 583801      | true         | achievement | D     | a       | 6
  candidates           | centre_number | person_id | uci
                       | 99999         | p1        | 999990240001A
                       | 99999         | p2        | 999990240002H
                       | 99999         | p3        | 999990240003L
                       | 99999         | p4        | 999990240004T
  candidate_identities | centre_number | person_id | identifier       | value         | academic_year
                       | 99999         | p1        | uci              | 999990240001A |
                       | 99999         | p2        | candidate_number | 0002          | 2025-26
                       | 99999         | p3        | candidate_number | 0003          | 2024-25
                       | 99999         | p4        | uci              | 999990240004T |
  incoming_files       | file_id | kind
                       | e       | edi_results
                       | c       | claims
  file_series          | file_id | centre_number | series | season
                       | e       | 99999         | 6E26   | 2025-26
  incoming_rejects     | file_id | line | centre_number | uci           | candidate_number | option_code
                       | e       | 7    | 99999         | 999990240001A |                  | 583801
                       | e       | 8    |               |               | 0002             | 583801
                       | e       | 9    | 99999         |               | 0003             | 583801
                       | e       | 10   | 99999         | 999990240004T |                  | 583802
                       | c       | 11   | 99999         | 999990240004T |                  | 583801
  coverage             | centre_number | carrier | series | as_of
                       | 99999         | edi     | 6E26   | 2026-08-10
  speaks               | person_id | cause        | file_id | line
                       | p1        | row_rejected | e       | 7
                       | p2        | row_rejected | e       | 8
                       | p3        | unknown      | a       | 5
                       | p4        | unknown      | a       | 6

a statement in another window answers where the report has one window for the key, not where it has two
  award_windows     | board | series | window_from | window_to  | place    | number
                    | 72    | 9I25   | 2026-07-01  | 2026-07-31 | calendar | 1
                    | 72    | 9I25   | 2026-08-01  | 2026-08-04 | calendar | 2
  latest_statements | centre_number | person_id | board | series | kind | option_code | unit_code | is_technical | carrier     | grade | award_date | window_from | line
                    | 99999         | p1        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | achievement | D     | 2026-08-02 | 2026-08-01  | 3
                    | 99999         | p1        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | edi         | D     |            | 2026-07-01  | 4
                    | 99999         | p2        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | achievement | P     | 2026-07-02 | 2026-07-01  | 5
                    | 99999         | p2        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | achievement | D     | 2026-08-02 | 2026-08-01  | 6
                    | 99999         | p2        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | edi         | P     |            | 2026-07-01  | 7
                    | 99999         | p3        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | achievement | P     | 2026-07-02 | 2026-07-01  | 8
                    | 99999         | p3        | 72    | 9I25   | unit | 583817      | 05838/17  | true         | achievement | D     | 2026-08-02 | 2026-08-01  | 9
  candidates        | centre_number | person_id | uci
                    | 99999         | p1        | 999990240001A
                    | 99999         | p2        | 999990240002H
                    | 99999         | p3        | 999990240003L
  coverage          | centre_number | carrier | series | window_from | as_of
                    | 99999         | edi     | 9I25   | 2026-07-01  | 2026-08-05
                    | 99999         | edi     | 9I25   | 2026-08-01  | 2026-08-05
  speaks            | person_id | line
                    | p2        | 6
                    | p3        | 8
  looked_at = 3

no file of that series, X, Q, absent, no grade or another board's result: nothing is looked at
  latest_statements | centre_number | person_id | board | series | kind          | option_code | is_technical | carrier     | grade | is_absent
                    | 99999         | p1        | 72    | 1E26   | unit          | 583801      | true         | achievement | D     |
                    | 99999         | p2        | 72    | 6E26   | unit          | 583801      | true         | achievement | X     |
                    | 99999         | p3        | 72    | 6E26   | unit          | 583801      | true         | marks       | Q     |
                    | 99999         | p4        | 72    | 6E26   | unit          | 583801      | true         | marks       | U     | true
                    | 99999         | p5        | 72    | 6E26   | unit          | 583801      | true         | achievement |       |
                    | 99999         | p6        | 70    | 6E26   | qualification | 7402        | false        | xml         | A     |
  coverage          | centre_number | carrier | series | as_of
                    | 99999         | edi     | 6E26   | 2026-08-10
                    | 99998         | edi     | 1E26   | 2026-08-10
  speaks nothing
  looked_at = 0

results of an earlier season that a transfer brought along were never in our files; our own student's should be
  series_seen        | board | series | season
                     | 72    | 6E25   | 2024-25
                     | 72    | 1E25   | 2024-25
  latest_statements  | centre_number | person_id | board | series | kind | option_code | is_technical | carrier     | grade
                     | 99999         | p1        | 72    | 6E25   | unit | 583801      | true         | achievement | D
                     | 99999         | p2        | 72    | 6E25   | unit | 583801      | true         | achievement | D
                     | 99999         | p3        | 72    | 6E25   | unit | 583801      | true         | achievement | D
  results_by_carrier | centre_number | person_id | board | series | carrier
                     | 99999         | p2        | 72    | 1E25   | edi
                     | 99999         | p3        | 72    | 6E25   | achievement
  candidates         | centre_number | person_id | uci
                     | 99999         | p1        | 999970240001A
                     | 99999         | p2        | 999970240002H
                     | 99999         | p3        | 999990240003L
  coverage           | centre_number | carrier | series | as_of
                     | 99999         | edi     | 6E25   | 2025-08-11
  speaks             | person_id
                     | p2
                     | p3
  looked_at = 2

what is said of a result without a day, and of a series without windows
  latest_statements | centre_number | person_id | board | series | kind | option_code | unit_code | is_technical | carrier     | grade | award_date | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | true         | achievement | D     | 2026-08-10 | a       | 3
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | true         | marks       | D     |            | m       | 4
  candidates        | centre_number | person_id | uci
                    | 99999         | p1        | 999990240001A
                    | 99999         | p2        | 999990240002H
  coverage          | centre_number | carrier | series | as_of
                    | 99999         | edi     | 6E26   | 2026-08-10
  speaks            | person_id | expected                           | found
                    | p1        | not in the EDI file of that series | achievement report D, awarded 2026-08-10
                    | p2        | not in the EDI file of that series | marks report D
*/
