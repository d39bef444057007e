/*
severity = "warning"
owner = "board"
summary = "A result is in an EDI file and not in the achievement report that should show it."
message = "{item} in {series}: {found}, and {expected}."
action = """
1. Run the candidate achievement report again for the whole cohort, all units, with today as its end date: Interchange > Cambridge Technicals > Results documents.
2. If the result is there now, put the new report beside the old one and run again.
3. If not, look the student up under every OCR candidate number they have: the result may lie under another one.
4. If Interchange does not have it at all, ask on 01223 553998 which of the two is right, quoting the line of the EDI file."""
why = "The report was run too early or for too little, the student has a second record at the board, or a result was withdrawn after the file was made."
source = "docs/semantics.md, coverage: what an achievement report speaks for"
population = "Cambridge Technicals results in EDI that an achievement report here should show"
reads = ["report_gaps"]
needs = ["edi", "achievement"]
key = ["person", "series", "option"]
follows_from = ["duplicate_candidate_number"]
confidence = "inferred"
wording = ["In the EDI file, not on Interchange"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report", "Interchange > Post results > Missing and incomplete results"]
*/
SELECT
    j.centre_number,
    j.person_id,
    j.board,
    j.series,
    j.subject,
    CASE WHEN j.kind = 'qualification' THEN j.qualification_code END AS qualification_code,
    CASE WHEN j.kind = 'unit' THEN j.unit_code END AS unit_code,
    CASE WHEN j.kind = 'unit' THEN j.option_code END AS option_code,
    'not in the achievement report' AS expected,
    ('EDI ' || j.grade) AS found,
    j.file_id,
    j.line,
    j.embargo_until,
    j.is_missing AS speaks
FROM report_gaps AS j;

/* cases
a unit that EDI has and the report lacks is reported where the report covers what the student takes
  latest_statements     | centre_number | person_id | series | kind | option_code | unit_code | qualification_code | suite | level | subject | is_technical | carrier     | grade | file_id | line
                        | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  |                    | 2016  | 3     | IT      | true         | edi         | D     | e       | 3
                        | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  |                    | 2016  | 3     | IT      | true         | edi         | M     | e       | 4
                        | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | 05839              | 2016  | 3     | IT      | true         | achievement | M     | a       | 2
                        | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  |                    | 2016  | 3     | IT      | true         | marks       | D     | m       | 2
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | withdrawn
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | false
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | false
  report_coverage       | centre_number | kind | qualification_code | series
                        | 99999         | unit | 05839              | 6E26
  speaks                | person_id | unit_code | option_code | qualification_code | series | found | file_id | line
                        | p1        | 05838/01  | 583801      |                    | 6E26   | EDI D | e       | 3
  looked_at = 2

a report of one series lists awards of the annual series and none of its units: silent about those
  latest_statements     | centre_number | person_id | series | kind          | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade | window_from
                        | 99999         | p1        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT      | true         | edi         | D     | 2026-07-01
                        | 99999         | p1        | 9I25   | qualification | 05839       | 05839              | 2016  | 3     | IT      | true         | edi         | D     | 2026-07-01
                        | 99999         | p1        | 9I25   | qualification | 05839       | 05839              | 2016  | 3     | IT      | true         | achievement | D     | 2026-07-01
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | withdrawn
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | false
  report_coverage       | centre_number | kind          | qualification_code | series | window_from
                        | 99999         | qualification | 05839              | 9I25   | 2026-07-01
  speaks nothing
  looked_at = 1

an award is reported by its qualification; a later award of it, or a statement in another window, answers
  latest_statements | centre_number | person_id | series | kind          | option_code | unit_code | qualification_code | suite | level | subject | is_technical | carrier     | grade | window_from
                    | 99999         | p1        | 9I25   | qualification | 05839       |           | 05839              | 2016  | 3     | IT      | true         | edi         | D     | 2026-08-01
                    | 99999         | p2        | 9I25   | qualification | 05839       |           | 05839              | 2016  | 3     | IT      | true         | edi         | M     | 2026-07-01
                    | 99999         | p2        | 9I25   | qualification | 05839       |           | 05839              | 2016  | 3     | IT      | true         | achievement | M     | 2026-08-01
                    | 99999         | p3        | 9I24   | qualification | 05839       |           | 05839              | 2016  | 3     | IT      | true         | edi         | P     | 2025-07-01
                    | 99999         | p3        | 9I25   | qualification | 05839       |           | 05839              | 2016  | 3     | IT      | true         | achievement | D     | 2026-07-01
                    | 99999         | p2        | 9I25   | unit          | 583817      | 05838/17  |                    | 2016  | 3     | IT      | true         | edi         | M     | 2026-07-01
                    | 99999         | p2        | 9I25   | unit          | 583817      | 05838/17  | 05839              | 2016  | 3     | IT      | true         | achievement | M     | 2026-08-01
  report_coverage   | centre_number | kind          | qualification_code | series | window_from
                    | 99999         | qualification | 05839              | 9I25   | 2026-07-01
                    | 99999         | qualification | 05839              | 9I25   | 2026-08-01
                    | 99999         | qualification | 05839              | 9I24   | 2025-07-01
                    | 99999         | unit          | 05839              | 9I25   | 2026-07-01
  speaks            | person_id | qualification_code | unit_code | option_code
                    | p1        | 05839              |           |
  looked_at = 4

of two sizes at once both must be covered; another level, window or centre covers nothing
  latest_statements     | centre_number | person_id | series | kind | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade | window_from
                        | 99999         | p1        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D     |
                        | 99999         | p2        | 9I25   | unit | 583817      |                    | 2016  | 3     | IT      | true         | edi         | D     | 2026-08-01
                        | 99999         | p3        | 9C25   | unit | 532504      |                    | 2012  | 2     | IT      | true         | edi         | D     | 2026-07-01
                        | 99998         | p4        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D     |
                        | 99999         | p5        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D     |
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject | withdrawn
                        | 99999         | p1        | 05839              | 2016  | 3     | IT      | false
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | false
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | false
                        | 99999         | p3        | 05347              | 2012  | 3     | IT      | false
                        | 99998         | p4        | 05839              | 2016  | 3     | IT      | false
  report_coverage       | centre_number | kind | qualification_code | series | window_from
                        | 99999         | unit | 05839              | 6E26   |
                        | 99999         | unit | 05839              | 9I25   | 2026-07-01
                        | 99999         | unit | 05347              | 9C25   | 2026-07-01
  speaks nothing
  looked_at = 0

whoever is known by EDI alone may take any size of the centre: all must be covered
  latest_statements     | centre_number | person_id | series | kind | option_code | qualification_code | suite | level | subject  | is_technical | carrier     | grade
                        | 99999         | p1        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT       | true         | edi         | D
                        | 99999         | p2        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT       | true         | achievement | D
                        | 99999         | p3        | 6E26   | unit | 583401      |                    | 2016  | 3     | Business | true         | edi         | D
                        | 99999         | p4        | 6E26   | unit | 583401      | 05835              | 2016  | 3     | Business | true         | achievement | D
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | withdrawn
                        | 99999         | p5        | 05837              | 2016  | 3     | Business | false
                        | 99999         | p6        | 05842              | 2016  | 3     | IT       | true
  report_coverage       | centre_number | kind | qualification_code | series
                        | 99999         | unit | 05839              | 6E26
                        | 99999         | unit | 05835              | 6E26
  speaks                | person_id
                        | p1
  looked_at = 1

a report that lacks more than it holds was run for a few students, and says nothing of the others
  latest_statements | centre_number | person_id | series | kind | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade
                    | 99999         | p1        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p2        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p3        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D
  report_coverage   | centre_number | kind | qualification_code | series
                    | 99999         | unit | 05839              | 6E26
  speaks nothing
  looked_at = 2

of an earlier season only students whom the report lists at all are asked for: leavers are not
  series_seen       | board | series | season
                    | 72    | 6E25   | 2024-25
  latest_statements | centre_number | person_id | board | series | kind | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade
                    | 99999         | p1        | 72    | 6E25   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p2        | 72    | 6E25   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p2        | 72    | 6E26   | unit | 583802      | 05839              | 2016  | 3     | IT      | true         | achievement | D
                    | 99999         | p3        | 72    | 6E25   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D
  report_coverage   | centre_number | kind | qualification_code | series
                    | 99999         | unit | 05839              | 6E25
  speaks            | person_id
                    | p2
  looked_at = 1

U is expected only of a report that lists failures; X, Q, absence and no grade never are
  latest_statements | centre_number | person_id | series | kind | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade | is_absent
                    | 99999         | p1        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | U     |
                    | 99999         | p2        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | X     |
                    | 99999         | p3        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | Q     |
                    | 99999         | p4        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         |       |
                    | 99999         | p6        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D     | true
                    | 99999         | p5        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D     |
                    | 99998         | p7        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | U     |
                    | 99998         | p8        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | U     |
  report_coverage   | centre_number | kind | qualification_code | series
                    | 99999         | unit | 05839              | 6E26
                    | 99998         | unit | 05839              | 6E26
  speaks            | person_id
                    | p7
  looked_at = 1

each centre, series, level and subject is weighed by itself; a unit missing in two windows is one finding, at the first
  latest_statements | centre_number | person_id | series | kind          | option_code | qualification_code | suite | level | subject  | is_technical | carrier     | grade | window_from | file_id | line
                    | 99999         | p1        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | D     | 2026-08-01  | e       | 4
                    | 99999         | p1        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | M     | 2026-07-01  | e       | 5
                    | 99999         | p2        | 9I25   | unit          | 583817      | 05839              | 2016  | 3     | IT       | true         | achievement | D     | 2026-07-01  | a       | 1
                    | 99999         | p1        | 9I24   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | M     | 2025-07-01  | g       | 2
                    | 99999         | p1        | 9I24   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | M     | 2025-07-01  | f       | 9
                    | 99999         | p1        | 9I24   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | M     | 2025-07-01  | f       | 8
                    | 99999         | p2        | 9I24   | unit          | 583817      | 05839              | 2016  | 3     | IT       | true         | achievement | D     | 2025-07-01  | a       | 2
                    | 99999         | p1        | 9I25   | unit          | 583417      |                    | 2016  | 3     | Business | true         | edi         | M     | 2026-07-01  | e       | 6
                    | 99999         | p2        | 9I25   | unit          | 583417      | 05835              | 2016  | 3     | Business | true         | achievement | D     | 2026-07-01  | a       | 3
                    | 99999         | p1        | 9I25   | unit          | 588817      |                    | 2016  | 2     | IT       | true         | edi         | M     | 2026-07-01  | e       | 7
                    | 99999         | p2        | 9I25   | unit          | 588817      | 05883              | 2016  | 2     | IT       | true         | achievement | D     | 2026-07-01  | a       | 4
                    | 99998         | q1        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | M     | 2026-07-01  | e       | 8
                    | 99998         | q2        | 9I25   | unit          | 583817      | 05839              | 2016  | 3     | IT       | true         | achievement | D     | 2026-07-01  | a       | 5
                    | 99999         | p1        | 9I25   | qualification | 05999       | 05999              |       |       |          | true         | edi         | M     | 2026-07-01  | e       | 9
                    | 99999         | p2        | 9I25   | qualification | 05999       | 05999              |       |       |          | true         | achievement | M     | 2026-07-01  | a       | 6
  qualifications    | qualification_code | suite | level | subject
                    | 05839              | 2016  | 3     | IT
                    | 05835              | 2016  | 3     | Business
                    | 05883              | 2016  | 2     | IT
  report_coverage   | centre_number | kind          | qualification_code | series | window_from
                    | 99999         | unit          | 05839              | 9I25   | 2026-07-01
                    | 99999         | unit          | 05839              | 9I25   | 2026-08-01
                    | 99999         | unit          | 05839              | 9I24   | 2025-07-01
                    | 99999         | unit          | 05835              | 9I25   | 2026-07-01
                    | 99999         | unit          | 05883              | 9I25   | 2026-07-01
                    | 99998         | unit          | 05839              | 9I25   | 2026-07-01
                    | 99999         | qualification | 05999              | 9I25   | 2026-07-01
  speaks            | person_id | series | option_code | qualification_code | found | file_id | line
                    | p1        | 9I25   | 583817      |                    | EDI M | e       | 5
                    | p1        | 9I24   | 583817      |                    | EDI M | f       | 8
                    | p1        | 9I25   | 583417      |                    | EDI M | e       | 6
                    | p1        | 9I25   | 588817      |                    | EDI M | e       | 7
                    | q1        | 9I25   | 583817      |                    | EDI M | e       | 8
                    | p1        | 9I25   |             | 05999              | EDI M | e       | 9
  looked_at = 6

what covers a student is what they take themselves, of that suite, level and subject, in that series and window
  latest_statements     | centre_number | person_id | series | kind          | option_code | qualification_code | suite | level | subject  | is_technical | carrier     | grade | window_from
                        | 99999         | p1        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | D     | 2026-07-01
                        | 99999         | p1        | 9I25   | unit          | 583818      |                    | 2016  | 3     | IT       | true         | edi         | D     | 2026-08-01
                        | 99999         | p1        | 9I24   | unit          | 583819      |                    | 2016  | 3     | IT       | true         | edi         | D     | 2025-07-01
                        | 99999         | p1        | 9I25   | unit          | 583417      |                    | 2016  | 3     | Business | true         | edi         | D     | 2026-07-01
                        | 99999         | p1        | 9I25   | unit          | 588817      |                    | 2016  | 2     | IT       | true         | edi         | D     | 2026-07-01
                        | 99999         | p1        | 9I25   | qualification | 05839       | 05839              | 2016  | 3     | IT       | true         | edi         | D     | 2026-07-01
                        | 99999         | p1        | 9I24   | qualification | 05842       | 05842              | 2016  | 3     | IT       | true         | edi         | D     | 2025-07-01
                        | 99999         | p1        | 9I25   | qualification | 05841       | 05841              | 2016  | 3     | IT       | true         | edi         | D     | 2026-08-01
                        | 99999         | p2        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | D     | 2026-07-01
                        | 99999         | p2        | 9I25   | qualification | 05842       | 05842              | 2016  | 3     | IT       | true         | edi         | D     |
                        | 99999         | p3        | 9I25   | unit          | 583817      | 05839              | 2016  | 3     | IT       | true         | achievement | D     | 2026-07-01
                        | 99999         | p3        | 9I25   | unit          | 583818      | 05839              | 2016  | 3     | IT       | true         | achievement | D     | 2026-07-01
                        | 99999         | p3        | 9I25   | unit          | 583819      | 05839              | 2016  | 3     | IT       | true         | achievement | D     | 2026-07-01
                        | 99999         | p4        | 9I25   | unit          | 583817      |                    | 2016  | 3     | IT       | true         | edi         | D     | 2026-07-01
                        | 99997         | r1        | 9I25   | qualification | 05839       | 05839              | 2016  | 3     | IT       | true         | edi         | D     | 2026-07-01
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | withdrawn
                        | 99999         | p1        | 05839              | 2016  | 3     | IT       | false
                        | 99999         | p1        | 05347              | 2012  | 3     | IT       | false
                        | 99999         | p1        | 05837              | 2016  | 3     | Business | false
                        | 99999         | p1        | 05883              | 2016  | 2     | IT       | false
                        | 99999         | p2        | 05839              | 2016  | 3     | IT       | false
                        | 99999         | p2        | 05842              | 2016  | 3     | IT       | false
                        | 99998         | q9        | 05841              | 2016  | 3     | IT       | false
  report_coverage       | centre_number | kind          | qualification_code | series | window_from
                        | 99999         | unit          | 05839              | 9I25   | 2026-07-01
                        | 99999         | unit          | 05842              | 9I24   | 2025-07-01
                        | 99999         | qualification | 05842              | 9I25   |
                        | 99999         | qualification | 05841              | 9I25   | 2026-07-01
                        | 99998         | qualification | 05839              | 9I25   | 2026-07-01
  speaks                | person_id | option_code | qualification_code
                        | p1        | 583817      |
                        | p2        |             | 05842
  looked_at = 2

whoever takes nothing of that suite, level and subject may take any size of the centre in it, whatever else they take
  latest_statements     | centre_number | person_id | series | kind | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade
                        | 99999         | p1        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                        | 99999         | p2        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                        | 99999         | p3        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                        | 99999         | p4        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D
                        | 99999         | p5        | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | achievement | D
                        | 99999         | p6        | 6E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject  | withdrawn
                        | 99999         | p1        | 05347              | 2012  | 3     | IT       | false
                        | 99999         | p2        | 05883              | 2016  | 2     | IT       | false
                        | 99999         | p3        | 05835              | 2016  | 3     | Business | false
                        | 99998         | q9        | 05842              | 2016  | 3     | IT       | false
  report_coverage       | centre_number | kind | qualification_code | series
                        | 99999         | unit | 05839              | 6E26
  speaks                | person_id
                        | p1
                        | p2
                        | p3
  looked_at = 3

the same unit in another series, or another unit, does not answer; one that the report lists under nothing does
  series_seen       | board | series | season
                    | 72    | 6E26   | 2025-26
                    | 72    | 6E25   | 2024-25
                    |       | 1E25   | 2024-25
  latest_statements | centre_number | person_id | board | series | kind | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p1        | 72    | 1E26   | unit | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D
                    | 99999         | p1        | 72    | 6E26   | unit | 583802      | 05839              | 2016  | 3     | IT      | true         | achievement | D
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | achievement | D
                    | 99999         | p3        | 72    | 6E26   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p4        | 72    | 6E25   | unit | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p4        |       | 1E25   | unit | 583802      |                    | 2016  | 3     | IT      | true         | edi         | D
  report_coverage   | centre_number | kind | qualification_code | series
                    | 99999         | unit | 05839              | 6E26
                    | 99999         | unit | 05839              | 6E25
                    | 99999         | unit | 05839              | 1E25
  speaks            | person_id | series
                    | p1        | 6E26
                    | p3        | 6E26
  looked_at = 3

without windows too, a series covers nothing of another
  latest_statements | centre_number | person_id | series | kind          | option_code | qualification_code | suite | level | subject | is_technical | carrier     | grade
                    | 99999         | p1        | 6E26   | unit          | 583801      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p1        | 1E26   | unit          | 583802      |                    | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p1        | 9I24   | qualification | 05839       | 05839              | 2016  | 3     | IT      | true         | edi         | D
                    | 99999         | p2        | 6E26   | unit          | 583801      | 05839              | 2016  | 3     | IT      | true         | achievement | D
                    | 99999         | p2        | 1E26   | unit          | 583803      | 05839              | 2016  | 3     | IT      | true         | achievement | D
                    | 99999         | p2        | 9I24   | unit          | 583817      | 05839              | 2016  | 3     | IT      | true         | achievement | D
  report_coverage   | centre_number | kind          | qualification_code | series
                    | 99999         | unit          | 05839              | 6E26
                    | 99999         | qualification | 05839              | 9I25
  speaks            | person_id | series
                    | p1        | 6E26
  looked_at = 1

another board's award under the same code is no business of the report
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | carrier     | grade
                    | 99999         | p1        | 70    | 6B26   | qualification | 05839       | 05839              | false        | edi         | D
                    | 99999         | p2        | 72    | 6B26   | qualification | 05839       | 05839              | true         | achievement | D
  report_coverage   | centre_number | kind          | qualification_code | series
                    | 99999         | qualification | 05839              | 6B26
  speaks nothing
  looked_at = 0
*/
