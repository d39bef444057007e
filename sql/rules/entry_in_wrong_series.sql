/*
severity = "warning"
owner = "centre"
summary = "A Cambridge Technicals qualification is entered in a series of examined units, or an examined unit in the annual series."
message = "{item} is entered in {series}, which does not carry it: expected {expected}."
action = """
1. Look the entry up in the school's own system and on Interchange.
2. Enter qualifications in the annual series that begins in September (9I, or 9C for the 2012 suite), examined units in the series of the exam (1E or 6E).
3. Withdraw the entry in the wrong series.
4. If a result is missing for it, ring Customer Support, 01223 553998."""
why = "The wrong basedata was chosen when the entry was made, or a year was copied from the one before."
source = "Awarding body guidance, summer 2026: qualification entries are made in the annual series, examined unit entries in the June series"
population = "Cambridge Technicals entries of a qualification or an examined unit that are not withdrawn, in a series that is known"
reads = ["entry_series"]
needs = ["entries"]
key = ["person", "option", "series"]
follows_from = []
confidence = "documented"
wording = ["Invalid series code"]
where = ["the school's own system: entries of the series", "Interchange > Cambridge Technicals > entries, annual series"]
*/
SELECT
    e.centre_number,
    e.person_id,
    e.board,
    e.series,
    e.subject,
    CASE WHEN e.kind <> 'unit' THEN e.qualification_code END AS qualification_code,
    CASE WHEN e.kind = 'unit' THEN e.unit_code END AS unit_code,
    CASE WHEN e.kind = 'unit' THEN e.option_code END AS option_code,
    CASE WHEN e.kind = 'unit' THEN 'an examined series (1E, 6E)' ELSE 'an annual series (9I, 9C)' END AS expected,
    CASE WHEN e.is_annual THEN ('annual series ' || e.series) ELSE ('examined series ' || e.series) END AS found,
    e.file_id,
    e.line,
    e.is_misplaced AS speaks
FROM entry_series AS e;

/* cases
a qualification in June and an examined unit in the annual series are reported
  series_seen     | board | series | family               | is_annual | carries
                  | 72    | 6E26   | cambridge_technicals | false     | examined_units
                  | 72    | 9I25   | cambridge_technicals | true      | qualifications
  entered_options | centre_number | person_id | series | option_code | kind          | qualification_code | unit_code | assessment | is_technical | withdrawn | file_id | line
                  | 99999         | p1        | 6E26   | 05839       | qualification | 05839              |           |            | true         | false     | f1      | 2
                  | 99999         | p1        | 9I25   | 583801      | unit          |                    | 05838/01  | examined   | true         | false     | f1      | 3
                  | 99999         | p2        | 9I25   | 05839       | qualification | 05839              |           |            | true         | false     | f1      | 4
                  | 99999         | p2        | 6E26   | 583801      | unit          |                    | 05838/01  | examined   | true         | false     | f1      | 5
  speaks          | person_id | series | qualification_code | unit_code | option_code | line
                  | p1        | 6E26   | 05839              |           |             | 2
                  | p1        | 9I25   |                    | 05838/01  | 583801      | 3
  looked_at = 4

a withdrawn entry, a moderated unit and a series that nobody knows are silent
  series_seen     | board | series | family               | is_annual | carries
                  | 72    | 6E26   | cambridge_technicals | false     | examined_units
                  | 72    | 9I25   | cambridge_technicals | true      | qualifications
  entered_options | centre_number | person_id | series | option_code | kind          | qualification_code | unit_code | assessment | is_technical | withdrawn
                  | 99999         | p1        | 6E26   | 05839       | qualification | 05839              |           |            | true         | true
                  | 99999         | p1        | 9I25   | 583820      | unit          |                    | 05838/20  | moderated  | true         | false
                  | 99999         | p1        | 4Z26   | 05839       | qualification | 05839              |           |            | true         | false
                  | 99999         | p1        |        | 05839       | qualification | 05839              |           |            | true         | false
  speaks nothing
  looked_at = 0

each is told what series it belongs in
  series_seen     | board | series | family               | is_annual | carries
                  | 72    | 6E26   | cambridge_technicals | false     | examined_units
                  | 72    | 9I25   | cambridge_technicals | true      | qualifications
  entered_options | centre_number | person_id | series | option_code | kind          | qualification_code | unit_code | assessment | is_technical | withdrawn
                  | 99999         | p1        | 6E26   | 05839       | qualification | 05839              |           |            | true         | false
                  | 99999         | p1        | 9I25   | 583801      | unit          |                    | 05838/01  | examined   | true         | false
  speaks          | series | expected                    | found
                  | 6E26   | an annual series (9I, 9C)   | examined series 6E26
                  | 9I25   | an examined series (1E, 6E) | annual series 9I25

a general entry is another matter, even in a series of the same code, and so is a general series
  series_seen     | board | series | family               | is_annual | carries
                  | 72    | 6E26   | cambridge_technicals | false     | examined_units
                  | 70    | 6B26   | general              | false     | examined_units
  entered_options | centre_number | person_id | board | series | option_code | kind          | qualification_code | is_technical | withdrawn
                  | 99999         | p1        | 70    | 6E26   | 7652        | qualification | 7652               | false        | false
                  | 99999         | p1        | 72    | 6B26   | 05839       | qualification | 05839              | true         | false
  speaks nothing
  looked_at = 0

a summer copy that was not folded into its annual series holds qualifications too
  series_seen     | board | series | family               | is_annual | carries
                  | 72    | 6I26   | cambridge_technicals | false     | qualifications
  entered_options | centre_number | person_id | series | option_code | kind          | qualification_code | is_technical | withdrawn
                  | 99999         | p1        | 6I26   | 05839       | qualification | 05839              | true         | false
  speaks nothing
  looked_at = 1
*/
