/*
severity = "error"
owner = "mis"
summary = "A result that somebody changed by hand is not what the files say."
message = "{item} in {series}, changed by hand: {found}."
action = """
1. Before you import this week's file, find the student and the result in the school's own system and note the value changed by hand, with its reason.
2. Look the result up on Interchange: which value stands?
3. If the board's value stands, import the file and take the change out: `resultsday manual-change remove ID`.
4. If the change stands, import the file, enter the value again by hand, and ask the board why its file differs: 01223 553998.
5. If the row names a person or a result that is not here, correct its numbers, series or option in `data/local/manual_changes.csv`."""
why = "The results files are published anew every Monday, and importing one overwrites what was changed by hand since the last."
source = "Cambridge OCR on results files: importing them overwrites manual changes"
population = "rows in manual_changes.csv"
reads = ["manual_changes"]
empty_without = [["manual_changes"]]
needs = []
key = ["person", "series", "option", "key_field"]
follows_from = []
confidence = "documented"
wording = ["Manual change lost", "Results which differ from a previous import"]
where = ["Interchange > Results > XML/EDI results", "Interchange > Cambridge Technicals > Results documents > candidate achievement report"]
*/
SELECT
    centre_number,
    person_id,
    board,
    series,
    qualification_code,
    unit_code,
    CASE WHEN kind = 'unit' OR NOT coalesce(is_technical, FALSE) THEN option_code END AS option_code,
    -- nobody stands in the key of a row whose person is not found: its line does
    CASE
        WHEN state IN ('unusable', 'nobody', 'unclear') THEN ('manual_changes.csv:' || CAST(given_line AS VARCHAR))
        ELSE field
    END AS key_field,
    CASE
        WHEN state IN ('contradicted', 'undated', 'older') THEN 'the value that was entered by hand'
        WHEN state = 'agrees' THEN 'no row for what the board says itself'
        WHEN state = 'no_result' THEN 'a file that has the result'
        ELSE 'a row that can be used'
    END AS expected,
    CASE
        WHEN state IN ('contradicted', 'undated', 'older')
            THEN (
                field || ' ' || value || ' by hand on ' || CAST(changed_on AS VARCHAR) || '; ' || coalesce(said, 'another value') || ' now'
                || CASE WHEN state = 'older' THEN ', in a file from before the change: importing it again loses it' ELSE '' END
            )
        WHEN state = 'agrees' THEN (field || ' ' || value || ', and the files now say the same: the row can go')
        WHEN state = 'no_result' THEN (field || ' ' || value || ', and no file here has the result, so it cannot be checked')
        WHEN state = 'nobody' THEN ('line ' || CAST(given_line AS VARCHAR) || ' has numbers that are nobody''s here')
        WHEN state = 'unclear' THEN ('line ' || CAST(given_line AS VARCHAR) || ' has numbers that are more than one person''s')
        ELSE ('line ' || CAST(given_line AS VARCHAR) || ' cannot be used: ' || fault)
    END AS found,
    state AS cause,
    CASE
        WHEN state = 'contradicted' THEN 'error'
        WHEN state IN ('undated', 'nobody', 'unclear', 'unusable') THEN 'warning'
        ELSE 'info'
    END AS severity,
    CASE WHEN state IN ('contradicted', 'undated', 'older', 'agrees') THEN file_id END AS file_id,
    CASE WHEN state IN ('contradicted', 'undated', 'older', 'agrees') THEN line END AS line,
    CASE WHEN state NOT IN ('unusable', 'nobody', 'unclear') THEN embargo_until END AS embargo_until,
    state IN ('contradicted', 'undated', 'older', 'agrees', 'no_result', 'nobody', 'unclear', 'unusable') AS speaks
FROM manual_changes;

/* cases
a file made after the change that says otherwise is an error, one that agrees is told and the row can go
  manual_changes | centre_number | person_id | given_line | series | kind | unit_code | option_code | field | value | changed_on | state        | said                     | file_id | line
                 | 99999         | p1        | 2          | 6E26   | unit | 05838/01  | 583801      | grade | M     | 2026-08-10 | contradicted | EDI P                    | e       | 3
                 | 99999         | p2        | 3          | 6E26   | unit | 05838/01  | 583801      | grade | M     | 2026-08-10 | agrees       | EDI M                    | e       | 4
                 | 99999         | p3        | 4          | 6E26   | unit | 05838/01  | 583801      | grade | M     | 2026-08-10 | stands       | achievement report M     | a       | 5
                 | 99999         | p4        | 5          | 6E26   | unit | 05838/01  | 583801      | grade | M     | 2026-08-10 | replaced     | EDI P                    | e       | 6
  speaks         | person_id | severity | owner | unit_code | option_code | cause        | found                                          | file_id | line
                 | p1        | error    | mis   | 05838/01  | 583801      | contradicted | grade M by hand on 2026-08-10; EDI P now       | e       | 3
                 | p2        | info     | mis   | 05838/01  | 583801      | agrees       | grade M, and the files now say the same: the row can go | e | 4
  looked_at = 4

a file from before the change is only to know, one without a date is worth a look
  manual_changes | centre_number | person_id | given_line | series | kind | unit_code | option_code | field | value | changed_on | state   | said   | file_id | line
                 | 99999         | p1        | 2          | 6E26   | unit | 05838/01  | 583801      | mark  | 52    | 2026-08-10 | older   | EDI 49 | e       | 3
                 | 99999         | p2        | 3          | 6E26   | unit | 05838/01  | 583801      | mark  | 52    | 2026-08-10 | undated | EDI 49 | e       | 4
  speaks         | person_id | severity | found
                 | p1        | info     | mark 52 by hand on 2026-08-10; EDI 49 now, in a file from before the change: importing it again loses it
                 | p2        | warning  | mark 52 by hand on 2026-08-10; EDI 49 now

a row about nobody, about two people, or that cannot be used is told by its line
  manual_changes | centre_number | person_id | given_line | series | field | value | state    | fault
                 | 99999         |           | 2          | 6E26   | grade | M     | nobody   |
                 | 99999         |           | 3          | 6E26   | grade | M     | unclear  |
                 | 99999         |           | 4          | 6E26   | grade | M     | unusable | the reason is blank
                 |               |           | 1          |        |       |       | unusable | the header lacks value: no row of the file counts
  speaks         | severity | key                                    | found
                 | warning  | 99999·–·6E26·–·manual_changes.csv:2    | line 2 has numbers that are nobody's here
                 | warning  | 99999·–·6E26·–·manual_changes.csv:3    | line 3 has numbers that are more than one person's
                 | warning  | 99999·–·6E26·–·manual_changes.csv:4    | line 4 cannot be used: the reason is blank
                 | warning  | –·–·–·–·manual_changes.csv:1           | line 1 cannot be used: the header lacks value: no row of the file counts

a result that no file has is to know, and an award of a Cambridge Technical has no option
  manual_changes | centre_number | person_id | given_line | series | kind          | is_technical | qualification_code | option_code | field | value | state        | said  | changed_on
                 | 99999         | p1        | 2          | 9I25   | qualification | true         | 05839              | 05839       | grade | DD    | no_result    |       | 2026-08-10
                 | 99999         | p2        | 3          | 6B26   | qualification | false        | H446               | H446        | grade | A     | contradicted | EDI B | 2026-08-13
  speaks         | person_id | severity | qualification_code | option_code | key                             | found
                 | p1        | info     | 05839              |             | 99999·p1·9I25·05839·grade       | grade DD, and no file here has the result, so it cannot be checked
                 | p2        | error    | H446               | H446        | 99999·p2·6B26·H446·grade        | grade A by hand on 2026-08-13; EDI B now

grade and mark of one result are two findings, and without the file there are none
  manual_changes | centre_number | person_id | given_line | series | kind | unit_code | option_code | field | value | changed_on | state        | said
                 | 99999         | p1        | 2          | 6E26   | unit | 05838/01  | 583801      | grade | M     | 2026-08-10 | contradicted | EDI P
                 | 99999         | p1        | 3          | 6E26   | unit | 05838/01  | 583801      | mark  | 52    | 2026-08-10 | contradicted | EDI 49
  speaks         | key
                 | 99999·p1·6E26·05838/01·grade
                 | 99999·p1·6E26·05838/01·mark

what is expected, and until when it may not be told; the option is left out of awards of Cambridge Technicals alone
  manual_changes | centre_number | person_id | given_line | series | kind          | is_technical | qualification_code | unit_code | option_code | field | value | changed_on | state        | said  | embargo_until
                 | 99999         | p1        | 2          | 6E26   | unit          | true         |                    | 05838/01  | 583801      | grade | M     | 2026-08-10 | agrees       | EDI M | 2026-08-13 08:00+01
                 | 99999         | p2        | 3          | 6E26   | unit          | true         |                    | 05838/01  | 583801      | grade | M     | 2026-08-10 | no_result    |       |
                 | 99999         | p3        | 4          | 6B26   | qualification |              | H446               |           | H446        | grade | A     | 2026-08-10 | contradicted |       | 2026-08-13 08:00+01
  speaks         | person_id | option_code | expected                              | embargo_until          | found
                 | p1        | 583801      | no row for what the board says itself | 2026-08-13 07:00:00+00 | grade M, and the files now say the same: the row can go
                 | p2        | 583801      | a file that has the result            |                        | grade M, and no file here has the result, so it cannot be checked
                 | p3        | H446        | the value that was entered by hand    | 2026-08-13 07:00:00+00 | grade A by hand on 2026-08-10; another value now
*/
