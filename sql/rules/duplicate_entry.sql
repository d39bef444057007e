/*
severity = "warning"
owner = "centre"
summary = "A student is entered twice for one option in one series."
message = "{item} in {series} is entered twice: {cause}."
action = """
1. Look both entries up in the school's own system and on Interchange.
2. Withdraw the one that is too many, before the late-entry fee or a second set of papers.
3. If the two stand under two candidate numbers, decide which number the student keeps and withdraw everything under the other.
4. If the student has results under both already, ring Customer Support, 01223 553998."""
why = "The entry was made once by hand and once by a marksheet, or the student was added again under another candidate number."
source = "docs/semantics.md"
population = "entries that are not withdrawn, one row for each student, series and option"
reads = ["entries"]
needs = ["entries"]
key = ["person", "series", "option"]
follows_from = []
confidence = "ours"
wording = ["Duplicate entry"]
where = ["the school's own system: entries of the series", "Interchange > Cambridge Technicals > entries, annual series"]
*/
WITH live AS (
    SELECT
        centre_number,
        person_id,
        series,
        option_code,
        candidate_number,
        qualification_code,
        unit_code,
        board,
        subject,
        embargo_until,
        file_id,
        line,
        row_number() OVER (
            PARTITION BY centre_number, person_id, series, option_code, file_id
            ORDER BY line ASC NULLS LAST
        ) AS time_in_file,
        row_number() OVER (
            PARTITION BY centre_number, person_id, series, option_code
            ORDER BY file_id ASC NULLS LAST, line ASC NULLS LAST
        ) AS place
    FROM entries
    WHERE NOT withdrawn
),

folded AS (
    SELECT
        centre_number,
        person_id,
        series,
        option_code,
        max(qualification_code) AS qualification_code,
        max(unit_code) AS unit_code,
        max(board) AS board,
        max(subject) AS subject,
        max(embargo_until) AS embargo_until,
        max(time_in_file) AS times,
        min(candidate_number) AS least_number,
        max(candidate_number) AS greatest_number,
        min(CASE WHEN time_in_file = 2 THEN place END) AS second_place
    FROM live
    GROUP BY centre_number, person_id, series, option_code
),

-- the line to look at first: the second of a file, else the one under the other number
pointed AS (
    SELECT
        l.centre_number,
        l.person_id,
        l.series,
        l.option_code,
        l.file_id,
        l.line,
        row_number() OVER (
            PARTITION BY l.centre_number, l.person_id, l.series, l.option_code
            ORDER BY
                CASE WHEN l.place = f.second_place THEN 1 WHEN l.candidate_number > f.least_number THEN 2 ELSE 3 END ASC NULLS LAST,
                l.place ASC NULLS LAST
        ) AS rank
    FROM live AS l
    INNER JOIN folded AS f
        ON
            f.centre_number = l.centre_number AND f.person_id = l.person_id
            AND f.series IS NOT DISTINCT FROM l.series AND f.option_code = l.option_code
            AND (f.times > 1 OR f.least_number < f.greatest_number)
)

SELECT
    f.centre_number,
    f.person_id,
    f.board,
    f.series,
    f.subject,
    f.qualification_code,
    f.unit_code,
    f.option_code,
    'one entry' AS expected,
    CASE
        WHEN f.least_number < f.greatest_number THEN ('under ' || f.least_number || ' and ' || f.greatest_number)
        ELSE (CAST(f.times AS VARCHAR) || ' times in one file')
    END AS found,
    CASE
        WHEN f.least_number < f.greatest_number THEN 'under two candidate numbers'
        ELSE 'in one file'
    END AS cause,
    p.file_id,
    p.line,
    f.embargo_until,
    f.times > 1 OR f.least_number < f.greatest_number AS speaks
FROM folded AS f
LEFT JOIN pointed AS p
    ON
        p.rank = 1 AND p.centre_number = f.centre_number AND p.person_id = f.person_id
        AND p.series IS NOT DISTINCT FROM f.series AND p.option_code = f.option_code;

/* cases
twice in one file is reported at the second line, and the entry file that says what the export says is not
  entries | centre_number | person_id | series | option_code | unit_code | candidate_number | source | withdrawn | file_id | line
          | 99999         | p1        | 6E26   | 583801      | 05838/01  | 0042             | csv    | false     | f1      | 2
          | 99999         | p1        | 6E26   | 583801      | 05838/01  | 0042             | csv    | false     | f1      | 9
          | 99999         | p1        | 6E26   | 583801      | 05838/01  | 0042             | edi    | false     | e1      | 3
          | 99999         | p2        | 6E26   | 583801      | 05838/01  | 0043             | csv    | false     | f1      | 4
          | 99999         | p2        | 6E26   | 583801      | 05838/01  | 0043             | edi    | false     | e1      | 4
  speaks  | person_id | series | unit_code | option_code | cause       | file_id | line
          | p1        | 6E26   | 05838/01  | 583801      | in one file | f1      | 9
  looked_at = 2

under two candidate numbers of one student is reported, in whichever files they stand
  entries | centre_number | person_id | series | option_code | qualification_code | candidate_number | withdrawn | file_id | line
          | 99999         | p1        | 9I25   | 05839       | 05839              | 0042             | false     | f1      | 2
          | 99999         | p1        | 9I25   | 05839       | 05839              | 0051             | false     | e1      | 9
          | 99999         | p2        | 9I25   | 05839       | 05839              | 0043             | false     | f1      | 3
          | 99999         | p2        | 9I25   | 05839       | 05839              |                  | false     | e1      | 3
  speaks  | person_id | qualification_code | found              | cause                       | file_id | line
          | p1        | 05839              | under 0042 and 0051 | under two candidate numbers | e1      | 9
  looked_at = 2

withdrawn and entered again, a resit in another series, and two options are no duplicates
  entries | centre_number | person_id | series | option_code | candidate_number | withdrawn | file_id | line
          | 99999         | p1        | 6E26   | 583801      | 0042             | true      | f1      | 2
          | 99999         | p1        | 6E26   | 583801      | 0042             | false     | f1      | 3
          | 99999         | p1        | 1E26   | 583801      | 0042             | false     | f1      | 4
          | 99999         | p1        | 6E26   | 583802      | 0042             | false     | f1      | 5
  speaks nothing
  looked_at = 3

twins entered for the same unit are two students, and an entry whose series nobody knows is compared all the same
  entries | centre_number | person_id | series | option_code | candidate_number | withdrawn | file_id | line
          | 99999         | p1        | 6E26   | 583801      | 0042             | false     | f1      | 2
          | 99999         | p2        | 6E26   | 583801      | 0043             | false     | f1      | 3
          | 99999         | p3        |        | 583801      | 0044             | false     | f1      | 4
          | 99999         | p3        |        | 583801      | 0044             | false     | f1      | 5
  speaks  | person_id | file_id | line
          | p3        | f1      | 5
  looked_at = 3

each student's, series' and option's second line is shown, of the first file that has two
  entries | centre_number | person_id | series | option_code | candidate_number | withdrawn | file_id | line
          | 99999         | p1        | 6E26   | 583801      | 0042             | false     | f1      | 2
          | 99999         | p1        | 6E26   | 583801      | 0042             | false     | f1      | 9
          | 99999         | p1        | 6E26   | 583802      | 0042             | false     | f1      | 3
          | 99999         | p1        | 6E26   | 583802      | 0042             | false     | f1      | 8
          | 99999         | p1        | 1E26   | 583801      | 0042             | false     | f1      | 4
          | 99999         | p1        | 1E26   | 583801      | 0042             | false     | f1      | 7
          | 99999         | p2        | 6E26   | 583801      |                  | false     | e1      | 1
          | 99999         | p2        | 6E26   | 583801      |                  | false     | f1      | 5
          | 99999         | p2        | 6E26   | 583801      |                  | false     | f1      | 6
          | 99999         | p2        | 6E26   | 583801      |                  | false     | g1      | 5
          | 99999         | p2        | 6E26   | 583801      |                  | false     | g1      | 6
          | 99999         | p2        | 6E26   | 583802      |                  | false     | f1      | 10
          | 99999         | p2        | 6E26   | 583802      |                  | false     | f1      | 12
          | 99999         | p2        | 6E26   | 583802      |                  | false     | f1      | 11
          | 99999         | p2        | 1E26   | 583801      |                  | false     | f1      | 13
          | 99999         | p2        | 1E26   | 583801      |                  | false     | f1      | 14
  speaks  | person_id | series | option_code | found               | file_id | line
          | p1        | 6E26   | 583801      | 2 times in one file | f1      | 9
          | p1        | 6E26   | 583802      | 2 times in one file | f1      | 8
          | p1        | 1E26   | 583801      | 2 times in one file | f1      | 7
          | p2        | 6E26   | 583801      | 2 times in one file | f1      | 6
          | p2        | 6E26   | 583802      | 3 times in one file | f1      | 11
          | p2        | 1E26   | 583801      | 2 times in one file | f1      | 14
  looked_at = 6

of two numbers the line under the later is shown, but the second of one file before it
  entries | centre_number | person_id | series | option_code | candidate_number | withdrawn | file_id | line
          | 99999         | p1        | 6E26   | 583801      | 0042             | false     | a1      | 2
          | 99999         | p1        | 6E26   | 583801      | 0051             | false     | b1      | 3
          | 99999         | p1        | 6E26   | 583801      | 0051             | false     | c1      | 4
          | 99999         | p2        | 6E26   | 583801      | 0051             | false     | a1      | 5
          | 99999         | p2        | 6E26   | 583801      | 0043             | false     | b1      | 6
          | 99999         | p2        | 6E26   | 583801      | 0043             | false     | b1      | 7
  speaks  | person_id | found               | file_id | line
          | p1        | under 0042 and 0051 | b1      | 3
          | p2        | under 0043 and 0051 | b1      | 7
*/
