/*
severity = "warning"
owner = "mis"
summary = "A result came for another option than the one entered."
message = "The entry for {expected} in {series} was answered by a result for {found}: the school's own system will ask where to put it."
action = """
1. Compare the entry with what the student sat: another tier, another pathway or another component.
2. If the result is right, change the entry in the school's own system to the option of the result, then import the file again.
3. If the entry is right, ask the awarding body which option was taken (Interchange, Post results, Missing and incomplete results).
4. When importing, click through the message; the result is not lost."""
why = "The student was moved to another tier or option at the awarding body, or the entry was changed on one side only."
source = "Formats of the awarding bodies: a result names the option entered and the option it is for"
population = "entry options that results name"
reads = ["results_by_carrier", "units"]
needs = ["edi"]
key = ["person", "series", "key_entry_option"]
follows_from = []
confidence = "documented"
wording = ["E3", "Results returned against a different element entry"]
where = ["the school's own system: import of results and basedata", "the school's own system: basedata of the series"]
*/
WITH named AS (
    SELECT
        r.*,
        CASE WHEN r.option_code <> r.entry_option_code THEN 1 ELSE 0 END AS is_other,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.series, r.entry_option_code
            ORDER BY
                CASE WHEN r.option_code <> r.entry_option_code THEN 1 ELSE 2 END ASC NULLS LAST,
                r.option_code ASC NULLS LAST,
                r.file_id ASC NULLS LAST,
                r.line ASC NULLS LAST
        ) AS place
    FROM results_by_carrier AS r
    WHERE r.superseded_by IS NULL AND r.entry_option_code IS NOT NULL AND r.option_code IS NOT NULL
),

grouped AS (
    SELECT
        centre_number,
        person_id,
        series,
        entry_option_code,
        max(CASE WHEN place = 1 THEN board END) AS board,
        max(CASE WHEN place = 1 THEN subject END) AS subject,
        max(CASE WHEN place = 1 THEN kind END) AS kind,
        min(CASE WHEN is_other = 1 THEN option_code END) AS least_option,
        max(CASE WHEN is_other = 1 THEN option_code END) AS greatest_option,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line,
        max(embargo_until) AS embargo_until,
        max(is_other) = 1 AS speaks
    FROM named
    GROUP BY centre_number, person_id, series, entry_option_code
)

-- the finding is about the entry: what came for it stands in found
SELECT
    g.centre_number,
    g.person_id,
    g.series,
    g.entry_option_code AS key_entry_option,
    g.board,
    g.subject,
    CASE WHEN g.kind = 'qualification' THEN g.entry_option_code END AS qualification_code,
    u.unit_code,
    CASE WHEN g.kind = 'unit' OR g.board <> '72' THEN g.entry_option_code END AS option_code,
    g.entry_option_code AS expected,
    concat_ws(' and ', g.least_option, nullif(g.greatest_option, g.least_option)) AS found,
    g.file_id,
    g.line,
    g.embargo_until,
    g.speaks
FROM grouped AS g
LEFT JOIN units AS u ON u.option_code = g.entry_option_code AND g.kind = 'unit';

/* cases
a result for another option than the one entered is reported, one for the same is not
  results_by_carrier | centre_number | person_id | board | series | kind          | carrier | entry_option_code | option_code | qualification_code | file_id | line
                     | 99999         | p1        | 01    | 6A26   | qualification | edi     | J560F             | J560H       | J560H              | e       | 3
                     | 99999         | p2        | 01    | 6A26   | qualification | edi     | J560F             | J560F       | J560F              | e       | 4
  speaks             | person_id | key                   | qualification_code | option_code | expected | found | file_id | line
                     | p1        | 99999·p1·6A26·J560F | J560F              | J560F       | J560F    | J560H | e       | 3
  looked_at = 2

a unit that came against a unit is told with the unit entered, in one row though two files say so
  results_by_carrier | centre_number | person_id | series | kind | carrier | is_technical | entry_option_code | option_code | unit_code | file_id | line
                     | 99999         | p1        | 6E26   | unit | edi     | true         | 583801            | 583802      | 05838/02  | e       | 3
                     | 99999         | p1        | 6E26   | unit | edi     | true         | 583801            | 583802      | 05838/02  | f       | 3
                     | 99999         | p1        | 6E26   | unit | edi     | true         | 583801            | 583803      | 05838/03  | f       | 4
  speaks             | person_id | unit_code | option_code | found             | file_id | line
                     | p1        | 05838/01  | 583801      | 583802 and 583803 | e       | 3
  looked_at = 1

a report names no entry, a moderated unit stands against itself, and a file that was replaced says nothing
  results_by_carrier | centre_number | person_id | series | kind | carrier     | entry_option_code | option_code | superseded_by | file_id | line
                     | 99999         | p1        | 6E26   | unit | achievement |                   | 583801      |               | a       | 3
                     | 99999         | p1        | 9I25   | unit | edi         | 583804            | 583804      |               | e       | 4
                     | 99999         | p1        | 6E26   | unit | edi         | 583801            | 583802      | f             | e       | 5
  speaks nothing
  looked_at = 1

each person's, series' and entry's result is told with its own line
  results_by_carrier | centre_number | person_id | board | series | kind | carrier | entry_option_code | option_code | subject  | embargo_until        | file_id | line
                     | 99999         | p1        | 72    | 6E26   | unit | edi     | 583801            | 583809      | Business |                      | e       | 3
                     | 99999         | p1        | 72    | 6E26   | unit | edi     | 583802            | 583809      | Media    |                      | e       | 4
                     | 99999         | p1        | 72    | 1E26   | unit | edi     | 583801            | 583809      | Business |                      | e       | 5
                     | 99999         | p2        | 72    | 6E26   | unit | edi     | 583801            | 583809      | Business |                      | e       | 6
                     | 99999         | p2        | 72    | 6E26   | unit | edi     | 583801            |             | Business |                      | e       | 7
                     | 99999         | p3        | 72    | 6E26   | unit | edi     | 583801            | 583801      | Art      | 2026-08-20T00:00:00Z | a       | 1
                     | 99999         | p3        | 72    | 6E26   | unit | edi     | 583801            | 583809      | Business | 2026-08-19T00:00:00Z | e       | 9
                     | 99999         | p3        | 72    | 6E26   | unit | edi     | 583801            | 583809      | Business | 2026-08-19T00:00:00Z | e       | 8
                     | 99999         | p4        | 72    | 6E26   | unit | edi     | 583801            |             | Business |                      | e       | 7
  speaks             | person_id | key                  | subject  | unit_code | option_code | found  | file_id | line | embargo_until
                     | p1        | 99999·p1·6E26·583801 | Business | 05838/01  | 583801      | 583809 | e       | 3    |
                     | p1        | 99999·p1·6E26·583802 | Media    | 05838/02  | 583802      | 583809 | e       | 4    |
                     | p1        | 99999·p1·1E26·583801 | Business | 05838/01  | 583801      | 583809 | e       | 5    |
                     | p2        | 99999·p2·6E26·583801 | Business | 05838/01  | 583801      | 583809 | e       | 6    |
                     | p3        | 99999·p3·6E26·583801 | Business | 05838/01  | 583801      | 583809 | e       | 8    | 2026-08-20 00:00:00+00
  looked_at = 5

an award is told by its qualification alone, and another board's code is no unit of ours
  results_by_carrier | centre_number | person_id | board | series | kind          | carrier | entry_option_code | option_code | file_id | line
                     | 99999         | p1        | 72    | 9I25   | qualification | edi     | 05839             | 05842       | e       | 3
                     | 99999         | p2        | 70    | 6B26   | qualification | edi     | 583801            | 583802      | e       | 4
  speaks             | person_id | qualification_code | unit_code | option_code
                     | p1        | 05839              |           |
                     | p2        | 583801             |           | 583801
*/
