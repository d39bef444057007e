/*
severity = "warning"
owner = "centre"
summary = "A row of destinations.csv cannot be used, or more than one row or student is meant."
message = "A row of destinations.csv: {found}."
action = """
1. Open `data/local/destinations.csv` at the line given here.
2. Correct the number, the points or the header, leave one row a student, and save the file as CSV (UTF-8).
3. Run again: until then the place that the row is about is not shown as at stake."""
why = "The list comes out of another system: numbers lose their zeros, offers are typed into the points, a student is listed twice."
source = "docs/local-files.md: what destinations.csv holds"
population = "rows in destinations.csv"
reads = ["destinations"]
empty_without = [["destinations"]]
needs = []
key = ["key_row"]
follows_from = []
confidence = "ours"
wording = []
where = []
*/
SELECT
    centre_number,
    person_id,
    ('destinations.csv:' || CAST(given_line AS VARCHAR)) AS key_row,
    CASE state
        WHEN 'replaced' THEN 'one row a student'
        WHEN 'unclear' THEN 'the numbers of one student'
        ELSE 'a row that can be used'
    END AS expected,
    (
        'line ' || CAST(given_line AS VARCHAR) || ' '
        || CASE state
            WHEN 'replaced' THEN 'is about a student whom a later row is about too, and does not count'
            WHEN 'unclear' THEN 'may mean more than one student, and counts for none'
            ELSE ('cannot be used: ' || fault)
        END
    ) AS found,
    state AS cause,
    -- the list of a whole year group has students whom no file here knows: they are nobody's fault
    state IN ('unusable', 'unclear', 'replaced') AS speaks
FROM destinations;

/* cases
what cannot be used is told by its line; who holds a place, has none, or is in no file here is not
  destinations | centre_number | person_id | given_line | state     | firm_choice | fault
               | 99999         | p1        | 2          | held      | Elm Park    |
               | 99999         | p2        | 3          | no_choice |             |
               | 99999         |           | 4          | nobody    | Elm Park    |
               | 99999         |           | 5          | unusable  | Elm Park    | the uci is not thirteen characters
               | 99999         |           | 6          | unclear   | Elm Park    |
               | 99999         | p1        | 7          | replaced  | Elm Park    |
               |               |           | 1          | unusable  |             | the file is not UTF-8: save it as CSV (UTF-8)
  speaks       | key                       | severity | owner  | cause    | expected                   | found
               | –·destinations.csv:1      | warning  | centre | unusable | a row that can be used     | line 1 cannot be used: the file is not UTF-8: save it as CSV (UTF-8)
               | 99999·destinations.csv:5  | warning  | centre | unusable | a row that can be used     | line 5 cannot be used: the uci is not thirteen characters
               | 99999·destinations.csv:6  | warning  | centre | unclear  | the numbers of one student | line 6 may mean more than one student, and counts for none
               | 99999·destinations.csv:7  | warning  | centre | replaced | one row a student          | line 7 is about a student whom a later row is about too, and does not count
  looked_at = 7

without the file there is nothing to look at
  destinations | centre_number
  speaks nothing
  looked_at = 0
*/
