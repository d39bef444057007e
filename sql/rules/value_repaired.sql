/*
severity = "info"
owner = "centre"
summary = "Values of a column had been damaged and were put right, or left out where that was impossible."
message = "{file}: {found}."
action = """
1. Nothing needs to be done for this run: what could be put right was.
2. Next time put the file in the inbox as it was downloaded. A spreadsheet drops the noughts in front of a number when it opens a CSV, and saving makes that lasting.
3. Values that were left out are gone: put them right where the file comes from if you need them."""
why = "The file was opened in a spreadsheet and saved, or copied from a web page, or typed by hand."
source = "docs/formats.md: damage by a spreadsheet is repaired and reported"
population = "files that were read"
reads = ["incoming_repairs", "files"]
needs = []
key = ["file", "key_column"]
follows_from = []
confidence = "ours"
wording = ["Leading zeros missing"]
where = ["the file itself, in the program it came from"]
*/
WITH counted AS (
    SELECT
        file_id,
        column_name,
        sum(CASE WHEN repair = 'leading_zeros' THEN rows END) AS zeros,
        sum(CASE WHEN repair = 'formula_wrapper' THEN rows END) AS wrappers,
        sum(CASE WHEN repair = 'non_breaking_space' THEN rows END) AS spaces,
        sum(CASE WHEN repair = 'exponent' THEN rows END) AS exponents,
        sum(CASE WHEN repair = 'decimal_point' THEN rows END) AS points,
        sum(CASE WHEN repair = 'rounded' THEN rows END) AS rounded,
        sum(CASE WHEN repair = 'undefined_byte' THEN rows END) AS bytes,
        sum(CASE WHEN repair = 'undecodable' THEN rows END) AS omitted,
        sum(
            CASE
                WHEN repair IN ('leading_zeros', 'formula_wrapper', 'non_breaking_space', 'exponent', 'decimal_point', 'rounded', 'undefined_byte', 'undecodable')
                    THEN NULL
                ELSE rows
            END
        ) AS others,
        min(first_line) AS line
    FROM incoming_repairs
    GROUP BY file_id, column_name
)

SELECT
    f.reported_to AS centre_number,
    coalesce(c.column_name, 'whole lines') AS key_column,
    'values as they were downloaded' AS expected,
    (
        replace(coalesce(c.column_name, 'whole lines'), '_', ' ')
        || ': '
        || concat_ws(
            ', ',
            ('noughts in front put back in ' || CAST(c.zeros AS VARCHAR)),
            ('wrappers such as ="0042" taken off ' || CAST(c.wrappers AS VARCHAR)),
            ('spaces that do not break made plain in ' || CAST(c.spaces AS VARCHAR)),
            ('a series read back from a number in ' || CAST(c.exponents AS VARCHAR)),
            ('a decimal point taken off ' || CAST(c.points AS VARCHAR)),
            ('rounded to two places in ' || CAST(c.rounded AS VARCHAR)),
            ('a byte that means nothing marked in ' || CAST(c.bytes AS VARCHAR)),
            ('left out because unreadable in ' || CAST(c.omitted AS VARCHAR)),
            ('put right in ' || CAST(c.others AS VARCHAR))
        )
    ) AS found,
    c.file_id,
    c.line,
    TRUE AS speaks
FROM counted AS c
INNER JOIN files AS f ON f.file_id = c.file_id AND f.status IN ('read', 'truncated', 'superseded')
UNION ALL
SELECT
    f.reported_to AS centre_number,
    CAST(NULL AS VARCHAR) AS key_column,
    CAST(NULL AS VARCHAR) AS expected,
    CAST(NULL AS VARCHAR) AS found,
    f.file_id,
    CAST(NULL AS INTEGER) AS line,
    FALSE AS speaks
FROM files AS f
WHERE f.status IN ('read', 'truncated', 'superseded');

/* cases
noughts put back are counted by column, a file as it came is silent
  files            | file_id | reported_to | status
                   | f1      | 99999       | read
                   | f2      | 99999       | read
  incoming_repairs | file_id | column_name      | repair        | rows | first_line
                   | f1      | candidate_number | leading_zeros | 12   | 2
                   | f1      | centre_number    | leading_zeros | 3    | 9
  speaks           | centre_number | file_id | line | severity | found                                                  | key
                   | 99999         | f1      | 2    | info     | candidate number: noughts in front put back in 12     | 99999·f1·candidate_number
                   | 99999         | f1      | 9    | info     | centre number: noughts in front put back in 3         | 99999·f1·centre_number
  looked_at = 4

several repairs of one column are one finding, at the first line
  files            | file_id | reported_to | status
                   | f1      | 99999       | superseded
  incoming_repairs | file_id | column_name | repair             | rows | first_line
                   | f1      | uci         | non_breaking_space | 1    | 8
                   | f1      | uci         | formula_wrapper    | 2    | 4
                   | f1      | uci         | something_new      | 5    | 6
  speaks           | line | found
                   | 4    | uci: wrappers such as ="0042" taken off 2, spaces that do not break made plain in 1, put right in 5

a repair of whole lines, and values left out, are said too
  files            | file_id | reported_to | status
                   | f1      |             | truncated
  incoming_repairs | file_id | column_name   | repair         | rows | first_line
                   | f1      |               | undefined_byte | 1    | 3
                   | f1      | date_of_birth | undecodable    | 2    | 5
  speaks           | centre_number | key                  | found
                   |               | –·f1·whole lines     | whole lines: a byte that means nothing marked in 1
                   |               | –·f1·date_of_birth   | date of birth: left out because unreadable in 2

nothing in a refused file was repaired
  files            | file_id | reported_to | status
                   | f1      | 99999       | refused
  incoming_repairs | file_id | column_name      | repair        | rows | first_line
                   | f1      | candidate_number | leading_zeros | 12   | 2
  speaks nothing
  looked_at = 0
*/
