/*
severity = "error"
owner = "centre"
summary = "A student is entered for one level of a Cambridge Technical, and everything else says the other."
message = "{item} looks like the wrong level: {found}, expected {expected}."
action = """
1. Ask the teacher which level the student is taking.
2. If the entry is wrong, enter the right qualification and withdraw the other (Interchange, Cambridge Technicals, entries; no amendment file).
3. Once it is changed, the units that are achieved already count: the award follows by itself; allow 24 hours before looking at the Progress Tracker.
4. If the student needs the grade this week, ring Customer Support, 01223 553998."""
why = "The codes of Level 2 and Level 3 lie side by side in the list, and a whole class is often entered with one of them."
source = "Awarding body guidance on results, summer 2026: entered for the correct qualification, including the right level"
population = "Cambridge Technicals qualification entries that are live"
reads = ["level_doubts"]
needs = ["entries"]
key = ["person", "qualification"]
follows_from = ["shared_candidate_number", "shared_uci", "identity_conflict"]
confidence = "documented"
wording = ["Entered for the wrong level", "Incorrect qualification level"]
where = ["Interchange > Cambridge Technicals > entries, annual series", "Interchange > Post results > Missing and incomplete results"]
*/
SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    qualification_code,
    CASE
        WHEN by_intent THEN ('Level ' || CAST(intended_level AS VARCHAR) || ' as intended')
        WHEN by_units THEN ('Level ' || CAST(other_level AS VARCHAR))
        ELSE ('Level ' || CAST(level AS VARCHAR))
    END AS expected,
    (
        'entered at Level ' || CAST(level AS VARCHAR)
        || CASE
            WHEN at_other > 0
                THEN (
                    ', with units at Level ' || CAST(level AS VARCHAR) || ': ' || CAST(at_level AS VARCHAR)
                    || ', at Level ' || CAST(other_level AS VARCHAR) || ': ' || CAST(at_other AS VARCHAR)
                )
            ELSE ''
        END
    ) AS found,
    CASE WHEN by_intent THEN 'intended_level' WHEN by_units THEN 'units' END AS cause,
    -- the units may belong to an entry of last year that no file here shows
    CASE WHEN NOT by_intent AND NOT is_recorded THEN 'info' END AS severity,
    file_id,
    line,
    by_intent OR by_units AS speaks
FROM level_doubts;

/* cases
an intended level that is not the level entered is reported, the same or a blank one is not
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | series | intended_level | entered_from | is_live | file_id | line
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | 9I25   | 2              | 2025-09-01   | true    | f1      | 2
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | 9I25   | 3              | 2025-09-01   | true    | f1      | 3
                        | 99999         | p3        | 05839              | 2016  | 3     | IT      | 9I25   |                | 2025-09-01   | true    | f1      | 4
  speaks                | person_id | qualification_code | cause          | expected            | file_id | line
                        | p1        | 05839              | intended_level | Level 2 as intended | f1      | 2
  looked_at = 3

two units at the other level and fewer than half at this one are reported; two of four are not
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live
                        | 99999         | p1        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
                        | 99999         | p2        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
                        | 99999         | p3        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
  claims                | centre_number | person_id | subject | unit_code | level | claim_date
                        | 99999         | p1        | IT      | 05838/04  | 3     | 2026-05-01
                        | 99999         | p2        | IT      | 05838/04  | 3     | 2026-05-01
                        | 99999         | p2        | IT      | 05838/05  | 3     | 2026-05-01
                        | 99999         | p2        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99999         | p2        | IT      | 05325/05  | 2     | 2026-05-01
                        | 99999         | p3        | IT      | 05838/04  | 3     | 2026-05-01
  achieved_units        | centre_number | person_id | subject | unit_code | level | season
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2025-26
                        | 99999         | p1        | IT      | 05838/04  | 3     | 2025-26
  entered_options       | centre_number | person_id | subject | unit_code | level | kind | is_technical | withdrawn | season
                        | 99999         | p1        | IT      | 05838/01  | 3     | unit | true         | false     | 2025-26
                        | 99999         | p3        | IT      | 05838/01  | 3     | unit | true         | true      | 2025-26
  latest_statements     | centre_number | person_id | carrier     | qualification_code | subject
                        | 99999         | p1        | achievement | 05325              | IT
  speaks                | person_id | cause | severity | expected | found
                        | p1        | units | error    | Level 3  | entered at Level 2, with units at Level 2: 1, at Level 3: 2
  looked_at = 3

Level 2 and then Level 3: units from before the entry, units an award has used, and another entry at that level are silent
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
                        | 99999         | p3        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
                        | 99999         | p3        | 05325              | 2012  | 2     | IT      | 2025-09-01   | false
                        | 99999         | p4        | 05839              | 2016  | 3     | IT      |              | true
  qualification_results | centre_number | person_id | qualification_code | suite | level | subject | grade
                        | 99999         | p2        | 05325              | 2012  | 2     | IT      | P
  achieved_units        | centre_number | person_id | subject | unit_code | level | season
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2024-25
                        | 99999         | p1        | IT      | 05325/05  | 2     | 2024-25
                        | 99999         | p2        | IT      | 05325/04  | 2     | 2025-26
                        | 99999         | p2        | IT      | 05325/05  | 2     | 2025-26
                        | 99999         | p3        | IT      | 05325/04  | 2     | 2025-26
                        | 99999         | p3        | IT      | 05325/05  | 2     | 2025-26
                        | 99999         | p4        | IT      | 05325/04  | 2     | 2025-26
                        | 99999         | p4        | IT      | 05325/05  | 2     | 2025-26
  speaks nothing
  looked_at = 4

two sizes at once: the smaller one's award does not hide the units of the larger, nor another subject's count
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | 2025-09-01   | true
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
  qualification_results | centre_number | person_id | qualification_code | suite | level | subject | grade
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | X
  achieved_units        | centre_number | person_id | subject  | unit_code | level | season
                        | 99999         | p1        | IT       | 05838/04  | 3     | 2025-26
                        | 99999         | p1        | IT       | 05838/05  | 3     | 2025-26
                        | 99999         | p1        | Business | 05325/04  | 2     | 2025-26
                        | 99999         | p1        | Business | 05325/05  | 2     | 2025-26
  speaks nothing
  looked_at = 2

an entry that has its award does not answer for units at the other level done since: no entry is there for them
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live
                        | 99999         | p1        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
  qualification_results | centre_number | person_id | qualification_code | suite | level | subject | grade
                        | 99999         | p1        | 05325              | 2012  | 2     | IT      | M
  achieved_units        | centre_number | person_id | subject | unit_code | level | season
                        | 99999         | p1        | IT      | 05325/01  | 2     | 2025-26
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2025-26
                        | 99999         | p1        | IT      | 05325/05  | 2     | 2025-26
                        | 99999         | p1        | IT      | 05838/04  | 3     | 2025-26
                        | 99999         | p1        | IT      | 05838/05  | 3     | 2025-26
  speaks                | person_id | qualification_code | expected
                        | p1        | 05325              | Level 3

the tracker's units count for the entry it lists them under; withdrawn entries and unknown levels are not looked at
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | intended_level | entered_from | is_live
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      |                | 2025-09-01   | true
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | 2              | 2025-09-01   | false
                        | 99999         | p3        | 99990              |       |       |         | 2              | 2025-09-01   | true
  claims                | centre_number | person_id | subject | unit_code | level | claim_date
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99999         | p1        | IT      | 05325/05  | 2     | 2026-05-01
                        | 99999         | p1        | IT      | 05325/06  | 2     |
  tracker               | centre_number | person_id | qualification_code | unit_code | status          | counts_as_claimed
                        | 99999         | p1        | 05839              | 05838/01  | entered         | false
                        | 99999         | p1        | 05839              | 05838/04  | claim_submitted | true
                        | 99999         | p1        | 05839              | 05838/05  | not_entered     | false
  speaks nothing
  looked_at = 1

units that the report lists under an entry at their own level are silent; with no record of other years it is no more than worth knowing
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live | by_tracker
                        | 99999         | p1        | 05347              | 2012  | 3     | IT      | 2025-09-01   | true    | false
                        | 99999         | p2        | 05347              | 2012  | 3     | IT      | 2025-09-01   | true    | false
                        | 99999         | p3        | 05347              | 2012  | 3     | IT      | 2025-09-01   | true    | true
                        | 99998         | p4        | 05347              | 2012  | 3     | IT      | 2025-09-01   | true    | false
  claims                | centre_number | person_id | subject | unit_code | level | claim_date
                        | 99999         | p1        | IT      | 05325/01  | 2     | 2026-03-11
                        | 99999         | p1        | IT      | 05325/02  | 2     | 2026-03-10
                        | 99999         | p2        | IT      | 05325/01  | 2     | 2026-03-11
                        | 99999         | p2        | IT      | 05325/02  | 2     | 2026-03-10
                        | 99999         | p3        | IT      | 05325/01  | 2     | 2026-03-11
                        | 99999         | p3        | IT      | 05325/02  | 2     | 2026-03-10
                        | 99998         | p4        | IT      | 05325/01  | 2     | 2026-03-11
                        | 99998         | p4        | IT      | 05325/02  | 2     | 2026-03-10
  latest_statements     | centre_number | person_id | carrier     | qualification_code | subject | unit_code
                        | 99999         | p1        | achievement | 05325              | IT      | 05325/01
  entered_options       | centre_number | person_id | series | season  | option_code | kind          | is_technical | is_annual | withdrawn
                        | 99998         | p9        | 9C24   | 2024-25 | 05325       | qualification | true         | true      | false
  speaks                | person_id | severity | cause
                        | p2        | info     | units
                        | p3        | error    | units
                        | p4        | error    | units
  looked_at = 4

an intended level speaks for itself, whatever the units and the record; units of this level or of neither are no more than told
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | intended_level | entered_from | is_live
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | 2              | 2025-09-01   | true
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | 2              | 2025-09-01   | true
                        | 99999         | p3        | 05839              | 2016  | 3     | IT      | 2              | 2025-09-01   | true
  claims                | centre_number | person_id | subject | unit_code | level | claim_date
                        | 99999         | p2        | IT      | 05838/04  | 3     | 2026-05-01
                        | 99999         | p3        | IT      | 05325/04  | 2     | 2026-05-01
  speaks                | person_id | severity | cause          | found
                        | p1        | error    | intended_level | entered at Level 3
                        | p2        | error    | intended_level | entered at Level 3
                        | p3        | error    | intended_level | entered at Level 3, with units at Level 3: 0, at Level 2: 1

one unit said by several is one unit
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
  claims                | centre_number | person_id | subject | unit_code | level | claim_date
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2026-06-01
                        | 99999         | p2        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99999         | p2        | IT      | 05325/05  | 2     | 2026-05-01
                        | 99999         | p2        | IT      | 05838/01  | 3     | 2026-05-01
                        | 99999         | p2        | IT      | 05838/02  | 3     | 2026-05-01
  entered_options       | centre_number | person_id | subject | unit_code | level | kind | is_technical | withdrawn | season
                        | 99999         | p1        | IT      | 05325/04  | 2     | unit | true         | false     | 2025-26
  achieved_units        | centre_number | person_id | subject | unit_code | level | season
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2025-26
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2025-26
  tracker               | centre_number | person_id | qualification_code | unit_code | status          | counts_as_claimed
                        | 99999         | p1        | 05839              | 05325/04  | result_achieved | false
                        | 99999         | p1        | 05839              |           |                 |
  speaks nothing
  looked_at = 2

only an annual entry of an earlier season, or a report, is a record of other years; said twice it is one
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live | by_tracker
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true    | false
                        | 99998         | p2        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true    | false
                        | 99998         | p3        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true    | true
                        | 99998         | p3        | 05325              | 2012  | 2     | IT      | 2025-09-01   | false   | true
  latest_statements     | centre_number | person_id | carrier     | qualification_code | subject
                        | 99998         | p2        | achievement | 05839              | IT
                        | 99998         | p3        | achievement | 05325              | IT
  claims                | centre_number | person_id | subject | unit_code | level | claim_date
                        | 99999         | p1        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99999         | p1        | IT      | 05325/05  | 2     | 2026-05-01
                        | 99998         | p2        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99998         | p2        | IT      | 05325/05  | 2     | 2026-05-01
                        | 99998         | p3        | IT      | 05325/04  | 2     | 2026-05-01
                        | 99998         | p3        | IT      | 05325/05  | 2     | 2026-05-01
  entered_options       | centre_number | person_id | series | season  | option_code | kind          | is_technical | is_annual | withdrawn
                        | 99999         | p9        | 9I25   | 2025-26 | 05839       | qualification | true         | true      | false
                        | 99999         | p9        | 6E25   | 2024-25 | 583801      | unit          | true         | false     | false
                        | 99998         | p9        | 9I24   | 2024-25 | 05839       | qualification | true         | true      | false
                        | 99998         | p9        | 9I24   | 2024-25 | 05842       | qualification | true         | true      | false
  speaks                | person_id | severity
                        | p1        | info
                        | p2        | error
  looked_at = 3

the tracker's units count by their own level, else by their family's; one not entered for counts for nothing
  units                 | unit_code | level
                        | 05838/04  | 2
                        | 05838/05  | 2
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | entered_from | is_live
                        | 99999         | p1        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | 2025-09-01   | true
                        | 99999         | p3        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
                        | 99999         | p4        | 05325              | 2012  | 2     | IT      | 2025-09-01   | true
  qualifications        | qualification_code | level | subject
                        | 05839              | 3     | IT
                        | 05842              | 3     | IT
  tracker               | centre_number | person_id | qualification_code | unit_code | status      | counts_as_claimed
                        | 99999         | p1        | 05325              | 05839/98  | entered     | false
                        | 99999         | p1        | 05325              | 05842/99  | entered     | false
                        | 99999         | p2        | 05839              | 05838/04  | entered     | false
                        | 99999         | p2        | 05839              | 05838/05  | sampled     | true
                        | 99999         | p3        | 05325              | 05839/98  | not_entered | false
                        | 99999         | p3        | 05325              | 05842/99  |             | false
                        | 99999         | p4        | 05325              | 05999/98  | entered     | false
                        | 99999         | p4        | 05325              | 05999/99  | entered     | false
  speaks                | person_id | expected
                        | p1        | Level 3
                        | p2        | Level 2
  looked_at = 4

units, awards and entries of another subject or student decide nothing; nor does an award that was not made, or the other size's
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | entered_from | is_live | by_tracker
                        | 99999         | p1        | 05839              | 2016  | 3     | IT       | 2025-09-01   | true    | false
                        | 99999         | p2        | 05839              | 2016  | 3     | IT       | 2025-09-01   | true    | false
                        | 99999         | p2        | 05333              | 2012  | 2     | Business | 2025-09-01   | true    | true
                        | 99999         | p3        | 05839              | 2016  | 3     | IT       | 2025-09-01   | true    | false
                        | 99999         | p4        | 05839              | 2016  | 3     | IT       | 2025-09-01   | true    | false
                        | 99999         | p5        | 05839              | 2016  | 3     | IT       | 2025-09-01   | true    | false
                        | 99999         | p6        | 05842              | 2016  | 3     | IT       | 2025-09-01   | true    | false
  qualification_results | centre_number | person_id | qualification_code | suite | level | subject  | grade
                        | 99999         | p9        | 05325              | 2012  | 2     | IT       | P
                        | 99999         | p9        | 05842              | 2016  | 3     | IT       | P
                        | 99999         | p3        | 05333              | 2012  | 2     | Business | P
                        | 99999         | p4        | 05325              | 2012  | 2     | IT       | X
                        | 99999         | p5        | 05325              | 2012  | 2     | IT       |
                        | 99999         | p6        | 05839              | 2016  | 3     | IT       | P
  latest_statements     | centre_number | person_id | carrier | qualification_code | subject
                        | 99999         | p4        | edi     | 05325              | IT
  claims                | centre_number | person_id | subject  | unit_code | level | claim_date
                        | 99999         | p1        | Business | 05333/04  | 2     | 2026-05-01
                        | 99999         | p1        | Business | 05333/05  | 2     | 2026-05-01
                        | 99999         | p2        | IT       | 05325/04  | 2     | 2026-05-01
                        | 99999         | p2        | IT       | 05325/05  | 2     | 2026-05-01
                        | 99999         | p2        | Business | 05834/04  | 3     | 2026-05-01
                        | 99999         | p3        | IT       | 05325/04  | 2     | 2026-05-01
                        | 99999         | p3        | IT       | 05325/05  | 2     | 2026-05-01
                        | 99999         | p4        | IT       | 05325/04  | 2     | 2026-05-01
                        | 99999         | p4        | IT       | 05325/05  | 2     | 2026-05-01
                        | 99999         | p5        | IT       | 05325/04  | 2     | 2026-05-01
                        | 99999         | p5        | IT       | 05325/05  | 2     | 2026-05-01
                        | 99999         | p6        | IT       | 05325/04  | 2     | 2026-05-01
                        | 99999         | p6        | IT       | 05325/05  | 2     | 2026-05-01
                        | 99999         | p6        | IT       | 05838/04  | 3     | 2026-05-01
                        | 99999         | p6        | IT       | 05838/05  | 3     | 2026-05-01
  speaks                | person_id | qualification_code | severity | cause | found
                        | p2        | 05839              | info     | units | entered at Level 3, with units at Level 3: 0, at Level 2: 2
                        | p3        | 05839              | info     | units | entered at Level 3, with units at Level 3: 0, at Level 2: 2
                        | p4        | 05839              | info     | units | entered at Level 3, with units at Level 3: 0, at Level 2: 2
  looked_at = 7
*/
