/*
severity = "error"
owner = "board"
summary = "An examined unit or a general qualification was entered, its results are out, and nobody has one for this student."
message = "{item} in {series} was entered: {found}."
action = """
1. Was the student there? Look at the attendance register; if absent, mark it, and think of special consideration or re-entry.
2. Look the result up on Interchange: it may have been issued since the file was made (Cambridge Technicals: Results documents, candidate achievement report, by series).
3. Check the entry on Interchange: it may have been withdrawn, or made in another series or under another candidate number.
4. If it stays missing, send a query: Interchange, Post results, Missing and incomplete results; or ring Customer Support, 01223 553998. It is free."""
why = "The script went astray, the result was held back, the entry was never received, or the student did not sit."
source = "docs/semantics.md, coverage and due; awarding body guidance on missing and incomplete results"
population = "entries of examined units and general qualifications that are not withdrawn, of this season or of a series whose results are here"
reads = ["entry_answers"]
needs = ["entries"]
key = ["person", "series", "option"]
follows_from = ["missing_uci", "multiple_ucis", "shared_candidate_number", "shared_uci", "identity_conflict"]
confidence = "documented"
wording = ["Missing result", "Missing and incomplete results"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Results > XML/EDI results", "Interchange > Post results > Missing and incomplete results"]
*/
SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    CASE WHEN kind <> 'unit' THEN qualification_code END AS qualification_code,
    CASE WHEN kind = 'unit' THEN unit_code END AS unit_code,
    option_code,
    ('a result in ' || series) AS expected,
    CASE
        WHEN may_speak THEN (
            'no result in ' || concat_ws(
                ', ',
                CASE WHEN by_edi = 1 THEN 'EDI' END,
                CASE WHEN by_xml = 1 THEN 'XML' END,
                CASE WHEN by_achievement = 1 THEN 'the achievement report' END,
                CASE WHEN by_marks = 1 THEN 'the marks report' END
            )
        )
        WHEN is_due THEN 'no file here holds results of its series yet'
        ELSE 'its results are not out yet'
    END AS found,
    cause,
    released_to_centres AS due,
    CASE
        WHEN NOT may_speak THEN 'info'
    END AS severity,
    CASE
        WHEN cause IN ('row_rejected', 'missing_uci') THEN 'centre'
    END AS owner,
    CASE WHEN may_speak THEN 'open' ELSE 'pending' END AS state,
    file_id,
    line,
    embargo_until,
    is_missing AS speaks
FROM entry_answers;

/* cases
an entry without a result is reported where EDI covers the series; one with a result is not
  entered_options    | centre_number | person_id | board | series | season  | option_code | kind | unit_code | assessment | is_technical | is_annual | withdrawn | file_id | line
                     | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | examined   | true         | false     | false     | f1      | 2
                     | 99999         | p2        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | examined   | true         | false     | false     | f1      | 3
  candidates         | centre_number | person_id | uci
                     | 99999         | p1        | 999990240001R
                     | 99999         | p2        | 999990240002Y
  coverage           | centre_number | carrier | board | series
                     | 99999         | edi     | 72    | 6E26
  series_due         | board | series | released_to_centres | is_due
                     | 72    | 6E26   | 2026-08-10 08:00+01 | true
  results_by_carrier | centre_number | person_id | carrier | series | option_code | grade
                     | 99999         | p2        | edi     | 6E26   | 583803      | U
  speaks             | person_id | severity | owner | state | unit_code | option_code | qualification_code | found               | cause | file_id | line
                     | p1        | error    | board | open  | 05838/03  | 583803      |                    | no result in EDI |       | f1      | 2
  looked_at = 2

before it is due it is pending, with the time; where no file here covers the series it waits for one
  entered_options | centre_number | person_id | board | series | season  | option_code | kind          | unit_code | qualification_code | is_technical | is_annual | withdrawn
                  | 99999         | p1        | 01    | 6B26   | 2025-26 | H446        | qualification |           | H446               | false        | false     | false
                  | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit          | 05838/03  |                    | true         | false     | false
                  | 99999         | p1        | 72    | 4Z26   | 2025-26 | 583803      | unit          | 05838/03  |                    | true         | false     | false
  coverage        | centre_number | carrier | board | series
                  | 99999         | edi     | 01    | 6B26
                  | 99999         | edi     | 72    | 9I25
  series_due      | board | series | released_to_centres | is_due
                  | 01    | 6B26   | 2026-08-12 00:01+01 | false
                  | 72    | 6E26   | 2026-08-10 08:00+01 | true
  speaks          | series | qualification_code | unit_code | option_code | severity | state   | cause        | due
                  | 6B26   | H446               |           | H446        | info     | pending | file_awaited | 2026-08-11 23:01:00+00
                  | 6E26   |                    | 05838/03  | 583803      | info     | pending | file_awaited | 2026-08-10 07:00:00+00
                  | 4Z26   |                    | 05838/03  | 583803      | info     | pending | file_awaited |
  looked_at = 3

a result on the report alone, against another option, or in a file that is not whole is a result; one in a replaced file is not
  entered_options    | centre_number | person_id | board | series | season  | option_code | kind | unit_code | is_technical | is_annual | withdrawn
                     | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p2        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p3        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p4        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
  coverage           | centre_number | carrier | board | series
                     | 99999         | edi     | 72    | 6E26
  series_due         | board | series | released_to_centres | is_due
                     | 72    | 6E26   | 2026-08-10 08:00+01 | true
  results_by_carrier | centre_number | person_id | carrier     | series | option_code | entry_option_code | is_truncated | superseded_by
                     | 99999         | p1        | achievement | 6E26   | 583803      |                   |              |
                     | 99999         | p2        | edi         | 6E26   | 583802      | 583803            |              |
                     | 99999         | p3        | edi         | 6E26   | 583803      | 583803            | true         |
                     | 99999         | p4        | edi         | 6E26   | 583803      | 583803            |              | f9
  speaks             | person_id
                     | p4
  looked_at = 4

absent, whether a mark column or the tracker says so, is silent; the tracker's word is for the series it could know
  entered_options    | centre_number | person_id | board | series | season  | option_code | kind | unit_code | is_technical | is_annual | withdrawn
                     | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p2        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p3        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p3        | 72    | 1E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p4        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                     | 99999         | p4        | 72    | 1E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
  coverage           | centre_number | carrier | board | series
                     | 99999         | edi     | 72    | 6E26
                     | 99999         | edi     | 72    | 1E26
  series_due         | board | series | released_to_centres | is_due
                     | 72    | 6E26   | 2026-08-10 08:00+01 | true
                     | 72    | 1E26   | 2026-03-12 08:00+00 | true
  results_by_carrier | centre_number | person_id | carrier | series | option_code | is_absent
                     | 99999         | p1        | marks   | 6E26   | 583803      | true
  tracker            | centre_number | person_id | unit_code | status | as_of      | file_id | line
                     | 99999         | p2        | 05838/03  | absent | 2026-07-24 | t1      | 2
                     | 99999         | p3        | 05838/03  | absent | 2026-07-24 | t1      | 3
                     | 99999         | p4        | 05838/03  | absent | 2026-02-20 | t1      | 4
  speaks             | person_id | series
                     | p3        | 1E26
                     | p4        | 6E26
  looked_at = 6

withdrawn, moderated, and what stands in an annual series are no such entries: awards and moderated units are never waited for here
  entered_options | centre_number | person_id | board | series | season  | option_code | kind          | assessment | is_technical | is_annual | withdrawn
                  | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit          | examined   | true         | false     | true
                  | 99999         | p1        | 72    | 9I25   | 2025-26 | 05839       | qualification |            | true         | true      | false
                  | 99999         | p1        | 72    | 6E26   | 2025-26 | 583820      | unit          | moderated  | true         | false     | false
                  | 99999         | p1        | 72    | 6E26   | 2025-26 | 05839       | qualification |            | true         | false     | false
                  | 99999         | p1        | 72    | 9I25   | 2025-26 | 99998       | qualification |            | false        | true      | false
                  | 99999         | p1        | 72    | 6E27   | 2026-27 | 583803      | unit          | examined   | true         | false     | false
  coverage        | centre_number | carrier | board | series
                  | 99999         | edi     | 72    | 6E26
                  | 99999         | edi     | 72    | 9I25
  series_due      | board | series | released_to_centres | is_due
                  | 72    | 6E26   | 2026-08-10 08:00+01 | true
                  | 72    | 9I25   | 2026-08-10 08:00+01 | true
  speaks nothing
  looked_at = 0

reports alone cover too: the marks report by its unit, the achievement report by the qualification the student takes
  entered_options       | centre_number | person_id | board | series | season  | option_code | kind | unit_code | suite | subject | is_technical | is_annual | withdrawn
                        | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | 2016  | IT      | true         | false     | false
                        | 99999         | p1        | 72    | 6E26   | 2025-26 | 583801      | unit | 05838/01  | 2016  | IT      | true         | false     | false
                        | 99999         | p2        | 72    | 6E26   | 2025-26 | 583801      | unit | 05838/01  | 2016  | IT      | true         | false     | false
                        | 99999         | p3        | 72    | 6E26   | 2025-26 | 583801      | unit | 05838/01  | 2016  | IT      | true         | false     | false
  coverage              | centre_number | carrier     | board | series | qualification_code | unit_code
                        | 99999         | marks       | 72    | 6E26   |                    | 05838/03
                        | 99999         | achievement | 72    | 6E26   | 05839              |
                        | 99999         | achievement | 72    | 6E26   | 05835              |
  qualification_entries | centre_number | person_id | qualification_code
                        | 99999         | p2        | 05839
                        | 99999         | p3        | 05838
                        | 99999         | p3        | 05835
  series_due            | board | series | released_to_centres | is_due
                        | 72    | 6E26   | 2026-08-10 08:00+01 | true
  speaks                | person_id | unit_code | state   | found
                        | p1        | 05838/03  | open    | no result in the marks report
                        | p1        | 05838/01  | pending | no file here holds results of its series yet
                        | p2        | 05838/01  | open    | no result in the achievement report
                        | p3        | 05838/01  | pending | no file here holds results of its series yet
  looked_at = 4

another board's file of the same series covers nothing, and an entry whose board nobody knows waits
  entered_options | centre_number | person_id | board | series | season  | option_code | kind          | qualification_code | is_technical | is_annual | withdrawn
                  | 99999         | p1        | 70    | 6A26   | 2025-26 | 8700        | qualification | 8700               | false        | false     | false
                  | 99999         | p2        |       | 6A26   | 2025-26 | 8701        | qualification | 8701               | false        | false     | false
  coverage        | centre_number | carrier | board | series
                  | 99999         | edi     | 01    | 6A26
                  | 99998         | edi     | 70    | 6A26
  series_due      | board | series | released_to_centres | is_due
                  | 70    | 6A26   | 2026-08-19 00:01+01 | true
                  |       | 6A26   | 2026-08-19 00:01+01 | true
  as_of = 2026-08-20T09:00:00+01:00
  speaks          | person_id | state
                  | p1        | pending
                  | p2        | pending

without a UCI and with EDI alone the UCI is the cause; a line that was set aside is a cause too; an old season counts unless the unit was achieved since
  entered_options  | centre_number | person_id | board | series | season  | option_code | kind | unit_code | is_technical | is_annual | withdrawn
                   | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                   | 99999         | p2        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | true         | false     | false
                   | 99999         | p3        | 72    | 6E25   | 2024-25 | 583803      | unit | 05838/03  | true         | false     | false
                   | 99999         | p4        | 72    | 6E25   | 2024-25 | 583803      | unit | 05838/03  | true         | false     | false
                   | 99999         | p4        | 72    | 6E24   | 2023-24 | 583801      | unit | 05838/01  | true         | false     | false
  candidates       | centre_number | person_id | uci           | candidate_number
                   | 99999         | p1        |               | 0001
                   | 99999         | p2        | 999990240002Y | 0002
                   | 99999         | p3        | 999990240003A | 0003
                   | 99999         | p4        | 999990240004A | 0004
  incoming_rejects | file_id | line | centre_number | candidate_number | uci           | option_code
                   | e1      | 9    | 99999         | 0002             | 999990240002Y | 583803
                   | e1      | 10   | 99999         |                  |               | 583803
  coverage         | centre_number | carrier | board | series
                   | 99999         | edi     | 72    | 6E26
                   | 99999         | edi     | 72    | 6E25
  series_due       | board | series | released_to_centres | is_due
                   | 72    | 6E26   | 2026-08-10 08:00+01 | true
                   | 72    | 6E25   | 2025-08-11 08:00+01 | true
  achieved_units   | centre_number | person_id | unit_code
                   | 99999         | p4        | 05838/03
  speaks           | person_id | severity | owner  | cause
                   | p1        | error    | centre | missing_uci
                   | p2        | error    | centre | row_rejected
                   | p3        | error    | board  |
  looked_at = 4

XML that covers the series is named
  entered_options | centre_number | person_id | board | series | season  | option_code | kind | unit_code | assessment | is_technical | is_annual | withdrawn
                  | 99999         | p1        | 72    | 6E26   | 2025-26 | 583803      | unit | 05838/03  | examined   | true         | false     | false
  candidates      | centre_number | person_id | uci
                  | 99999         | p1        | 999990240001R
  coverage        | centre_number | carrier | board | series
                  | 99999         | xml     | 72    | 6E26
  series_due      | board | series | released_to_centres | is_due
                  | 72    | 6E26   | 2026-08-10 08:00+01 | true
  speaks          | person_id | found
                  | p1        | no result in XML
*/
