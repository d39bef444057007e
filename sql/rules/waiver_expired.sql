/*
severity = "warning"
owner = "centre"
summary = "A waiver has run out, covers nothing, or cannot be used."
message = "A row of waivers.csv: {found}."
action = """
1. Open `data/local/waivers.csv` at the line given here, or list it: `resultsday waive list`.
2. If the matter is settled, take the row out: `resultsday waive remove ID`.
3. If it still stands, give it again, with a reason and a new last day: `resultsday waive add`.
4. If a number, a code or a date is mistyped, correct it in the row, save the file as CSV (UTF-8) and run again."""
why = "A waiver holds until the day it names and no longer, so that nothing is forgotten; what it covered is open again."
source = "docs/local-files.md: a waiver needs a reason, a name and a last day"
population = "rows in waivers.csv"
reads = ["waivers"]
empty_without = [["waivers"]]
needs = []
key = ["key_waiver"]
follows_from = []
confidence = "ours"
wording = []
where = []
*/
SELECT
    centre_number,
    -- two rows may claim one id, and one has none: the line tells them apart
    (coalesce(id, 'waivers.csv') || CASE WHEN id IS NULL OR state = 'unusable' THEN (':' || CAST(given_line AS VARCHAR)) ELSE '' END) AS key_waiver,
    CASE state
        WHEN 'expired' THEN 'a last day that is still to come'
        WHEN 'badly_dated' THEN 'two dates, the last day not before the first'
        WHEN 'unused' THEN 'a finding that it covers'
        ELSE 'a row that can be used'
    END AS expected,
    (
        coalesce(id || ', ', '') || 'line ' || CAST(given_line AS VARCHAR) || ' '
        || CASE
            WHEN state = 'expired' THEN ('ran out at the end of ' || CAST(expires_on AS VARCHAR))
            WHEN state = 'badly_dated' THEN ('counts as run out: ' || fault)
            WHEN state = 'unusable' THEN ('cannot be used: ' || fault)
            WHEN fault IS NOT NULL THEN ('covers nothing: ' || fault)
            ELSE 'covers nothing that this run found'
        END
        || CASE
            WHEN state IN ('expired', 'badly_dated') AND findings = 1 THEN ', and 1 finding it covered is open again'
            WHEN state IN ('expired', 'badly_dated') AND findings > 1
                THEN (', and ' || CAST(findings AS VARCHAR) || ' findings it covered are open again')
            ELSE ''
        END
    ) AS found,
    state AS cause,
    state IN ('expired', 'badly_dated', 'unused', 'unusable') AS speaks
FROM waivers;

/* cases
one that has run out is reported, one that covers something is not
  waivers | centre_number | id | given_line | state   | expires_on | findings
          | 99999         | w1 | 2          | expired | 2026-08-09 | 1
          | 99999         | w2 | 3          | live    | 2026-08-10 | 1
          | 99999         | w3 | 4          | expired | 2026-08-01 | 3
          | 99999         | w4 | 5          | expired | 2026-08-01 | 0
  speaks  | key      | cause   | found
          | 99999·w1 | expired | w1, line 2 ran out at the end of 2026-08-09, and 1 finding it covered is open again
          | 99999·w3 | expired | w3, line 4 ran out at the end of 2026-08-01, and 3 findings it covered are open again
          | 99999·w4 | expired | w4, line 5 ran out at the end of 2026-08-01
  looked_at = 4

one that covers nothing is reported with why, unless its rule had nothing to look at
  waivers | centre_number | id | given_line | state      | findings | fault
          | 99999         | w1 | 2          | unused     | 0        |
          | 99999         | w2 | 3          | unused     | 0        | the numbers are nobody's here
          | 99999         | w3 | 4          | not_judged | 0        |
  speaks  | key      | cause  | found
          | 99999·w1 | unused | w1, line 2 covers nothing that this run found
          | 99999·w2 | unused | w2, line 3 covers nothing: the numbers are nobody's here

a bad date counts as run out
  waivers | centre_number | id | given_line | state       | findings | fault
          | 99999         | w1 | 2          | badly_dated | 1        | the expires_on is blank
  speaks  | key      | severity | owner  | cause       | found
          | 99999·w1 | warning  | centre | badly_dated | w1, line 2 counts as run out: the expires_on is blank, and 1 finding it covered is open again

a row without an id, a file that is no table, and two rows of one id are each told by their line
  waivers | centre_number | id | given_line | state    | fault
          |               |    | 1          | unusable | the header lacks reason: no row of the file counts
          | 99999         | w1 | 3          | unusable | a row above has the same id
          | 99999         | w1 | 2          | live     |
  speaks  | key                 | found
          | –·waivers.csv:1     | line 1 cannot be used: the header lacks reason: no row of the file counts
          | 99999·w1:3          | w1, line 3 cannot be used: a row above has the same id

without waivers there is nothing to look at
  speaks nothing
  looked_at = 0

findings are told of a waiver that has run out alone, and a row without an id by its line whatever its state
  waivers | centre_number | id | given_line | state   | expires_on | findings
          | 99999         | w1 | 2          | unused  |            | 1
          | 99999         | w2 | 3          | unused  |            | 2
          | 99999         | w3 | 4          | expired | 2026-08-01 | 2
          | 99999         |    | 5          | expired | 2026-08-01 | 0
  speaks  | key                 | found
          | 99999·w1            | w1, line 2 covers nothing that this run found
          | 99999·w2            | w2, line 3 covers nothing that this run found
          | 99999·w3            | w3, line 4 ran out at the end of 2026-08-01, and 2 findings it covered are open again
          | 99999·waivers.csv:5 | line 5 ran out at the end of 2026-08-01
*/
