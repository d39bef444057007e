/*
severity = "error"
owner = "board"
summary = "Two carriers give two marks for one result."
message = "{item} in {series}: {found}."
action = """
1. Do not give this mark out.
2. Look the mark up on Interchange, and note which file is older: special consideration may have been added in between.
3. If Interchange agrees with the newest file, take the mark from there and import that file again.
4. If not, ask the awarding body which mark stands, quoting both lines."""
why = "Special consideration or a review of marking changed the mark after one of the files was made, or a column of a report was read as another."
source = "docs/semantics.md, folding: a conflict needs two values that differ"
population = "results that two carriers give a mark for"
reads = ["latest_statements"]
needs = []
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = ["E5", "Results which differ from a previous import"]
where = ["Interchange > Cambridge Technicals > Results documents > examined marks report", "Interchange > Results > XML/EDI results", "Interchange > Post results > Missing and incomplete results"]
deadlines = ["clerical check"]
*/
WITH marked AS (
    SELECT s.*
    FROM latest_statements AS s
    -- a blank or an absence is silence, nought is a mark
    WHERE s.mark IS NOT NULL
),

compared AS (
    SELECT
        centre_number,
        person_id,
        board,
        series,
        kind,
        option_code,
        window_from,
        max(unit_code) AS unit_code,
        max(qualification_code) AS qualification_code,
        max(subject) AS subject,
        max(CASE WHEN is_technical THEN 1 ELSE 0 END) AS is_technical,
        count(*) AS statements,
        min(CASE WHEN carrier = 'edi' THEN mark END) AS edi_mark,
        max(CASE WHEN carrier = 'edi' THEN mark END) AS other_edi_mark,
        min(CASE WHEN carrier = 'xml' THEN mark END) AS xml_mark,
        max(CASE WHEN carrier = 'xml' THEN mark END) AS other_xml_mark,
        min(CASE WHEN carrier = 'marks' THEN mark END) AS report_mark,
        max(CASE WHEN carrier = 'marks' THEN mark END) AS other_report_mark,
        min(CASE WHEN carrier <> 'edi' THEN mark END) AS least_mark,
        max(CASE WHEN carrier <> 'edi' THEN mark END) AS greatest_mark,
        max(embargo_until) AS embargo_until
    FROM marked
    GROUP BY centre_number, person_id, board, series, kind, option_code, window_from
),

judged AS (
    SELECT
        c.*,
        -- EDI has whole marks only: a half that another carrier has is no conflict
        (
            c.edi_mark <> c.other_edi_mark
            OR c.least_mark <> c.greatest_mark
            OR abs(c.edi_mark - c.least_mark) >= 1
        ) AS differs
    FROM compared AS c
    WHERE c.statements > 1
),

-- a unit marked in two windows is two results and one key
chosen AS (
    SELECT
        j.*,
        row_number() OVER (
            PARTITION BY j.centre_number, j.person_id, j.series, coalesce(j.unit_code, j.qualification_code, j.option_code)
            ORDER BY
                CASE WHEN j.differs THEN 0 ELSE 1 END ASC NULLS LAST,
                j.window_from DESC NULLS LAST,
                j.board ASC NULLS LAST,
                j.kind ASC NULLS LAST,
                j.option_code ASC NULLS LAST
        ) AS rank
    FROM judged AS j
),

placed AS (
    SELECT
        m.*,
        row_number() OVER (
            PARTITION BY m.centre_number, m.person_id, m.board, m.series, m.kind, m.option_code, m.window_from
            ORDER BY
                CASE m.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 ELSE 3 END ASC NULLS LAST,
                m.file_id ASC NULLS LAST,
                m.line ASC NULLS LAST
        ) AS rank
    FROM marked AS m
)

SELECT
    c.centre_number,
    c.person_id,
    c.board,
    c.series,
    c.subject,
    CASE WHEN c.kind = 'qualification' THEN c.qualification_code END AS qualification_code,
    CASE WHEN c.kind = 'unit' THEN c.unit_code END AS unit_code,
    CASE WHEN c.kind = 'unit' OR c.is_technical = 0 THEN c.option_code END AS option_code,
    'one mark from every carrier' AS expected,
    concat_ws(
        ', ',
        ('EDI ' || CAST(c.edi_mark AS VARCHAR) || CASE WHEN c.other_edi_mark <> c.edi_mark THEN (' and ' || CAST(c.other_edi_mark AS VARCHAR)) ELSE '' END),
        ('XML ' || CAST(c.xml_mark AS VARCHAR) || CASE WHEN c.other_xml_mark <> c.xml_mark THEN (' and ' || CAST(c.other_xml_mark AS VARCHAR)) ELSE '' END),
        ('marks report ' || CAST(c.report_mark AS VARCHAR) || CASE WHEN c.other_report_mark <> c.report_mark THEN (' and ' || CAST(c.other_report_mark AS VARCHAR)) ELSE '' END)
    ) AS found,
    p.file_id,
    p.line,
    c.embargo_until,
    c.differs AS speaks
FROM chosen AS c
INNER JOIN placed AS p
    ON
        p.rank = 1 AND p.centre_number = c.centre_number AND p.person_id = c.person_id
        AND p.board IS NOT DISTINCT FROM c.board AND p.series IS NOT DISTINCT FROM c.series
        AND p.kind = c.kind AND p.option_code = c.option_code AND p.window_from IS NOT DISTINCT FROM c.window_from
WHERE c.rank = 1;

/* cases
two carriers that differ are reported once, two that agree are not
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | is_technical | carrier | mark | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | true         | edi     | 52   | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | 05838/01  | true         | marks   | 54   | m       | 9
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | true         | edi     | 52   | e       | 4
                    | 99999         | p2        | 6E26   | unit | 583801      | 05838/01  | true         | marks   | 52.0 | m       | 8
  speaks            | person_id | unit_code | option_code | qualification_code | found                             | file_id | line
                    | p1        | 05838/01  | 583801      |                    | EDI 52.00, marks report 54.00     | e       | 3
  looked_at = 2

no mark is silence, nought is a mark
  latest_statements | centre_number | person_id | series | kind | option_code | carrier     | mark | is_absent
                    | 99999         | p1        | 6E26   | unit | 583801      | edi         |      | true
                    | 99999         | p1        | 6E26   | unit | 583801      | marks       | 54   | false
                    | 99999         | p2        | 6E26   | unit | 583801      | achievement |      | false
                    | 99999         | p2        | 6E26   | unit | 583801      | edi         | 54   | false
                    | 99999         | p3        | 6E26   | unit | 583801      | edi         | 0    | false
                    | 99999         | p3        | 6E26   | unit | 583801      | marks       | 54   | false
  speaks            | person_id | found
                    | p3        | EDI 0.00, marks report 54.00
  looked_at = 1

EDI has whole marks: a half beside it is none, a whole one is; two others must agree to the half
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | carrier | mark
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | false        | edi     | 372
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 372.5
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | false        | edi     | 372
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 373
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        | H446               | false        | marks   | 372
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 372.5
  speaks            | person_id | qualification_code | option_code | found
                    | p2        | H446               | H446        | EDI 372.00, XML 373.00
                    | p3        | H446               | H446        | XML 372.50, marks report 372.00
  looked_at = 3

a unit marked in two windows is two results: only one of them speaks
  latest_statements | centre_number | person_id | series | kind | option_code | unit_code | is_technical | window_from | carrier | mark | line
                    | 99999         | p1        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | edi     | 30   | 3
                    | 99999         | p1        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-08-01  | edi     | 45   | 4
                    | 99999         | p2        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | edi     | 30   | 5
                    | 99999         | p2        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-07-01  | xml     | 31   | 6
                    | 99999         | p2        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-08-01  | edi     | 45   | 7
                    | 99999         | p2        | 9I25   | unit | 583820      | 05838/20  | true         | 2026-08-01  | xml     | 45   | 8
  speaks            | person_id | line
                    | p2        | 5
  looked_at = 1

one board's option is not another's, and one person at two centres is two
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | carrier | mark
                    | 99999         | p1        | 01    | 6B26   | qualification | 1234        | 1234               | edi     | 40
                    | 99999         | p1        | 70    | 6B26   | qualification | 1234        | 1234               | xml     | 90
                    | 99998         | p1        | 01    | 6B26   | qualification | 1234        | 1234               | xml     | 60
  speaks nothing
  looked_at = 0

what agrees for another board, series, kind, option or window stands apart from what does not
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | window_from | carrier | mark | file_id | line
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | 30   | e       | 9
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | 40   | x       | 9
                    | 99999         | p1        | 70    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | 30   | a       | 1
                    | 99999         | p1        | 70    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | 30   | a       | 2
                    | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | 30   | a       | 3
                    | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | 30   | a       | 4
                    | 99999         | p1        | 72    | 9I25   | qualification | 583820      |           | 583820             | 2026-07-01  | edi     | 30   | a       | 5
                    | 99999         | p1        | 72    | 9I25   | qualification | 583820      |           | 583820             | 2026-07-01  | xml     | 30   | a       | 6
                    | 99999         | p1        | 72    | 9I25   | unit          | 583821      | 05838/21  |                    | 2026-07-01  | edi     | 30   | a       | 7
                    | 99999         | p1        | 72    | 9I25   | unit          | 583821      | 05838/21  |                    | 2026-07-01  | xml     | 30   | a       | 8
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-06-01  | edi     | 30   | a       | 10
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-06-01  | xml     | 30   | a       | 11
                    | 99999         | p2        | 72    |        | unit          | 583820      | 05838/20  |                    |             | edi     | 30   | e       | 12
                    | 99999         | p2        | 72    |        | unit          | 583820      | 05838/20  |                    |             | xml     | 40   | x       | 12
                    | 99999         | p2        | 72    |        | unit          | 583820      | 05838/20  |                    |             | marks   | 40   | a       | 12
  speaks            | key                    | found                                    | file_id | line
                    | 99999·p1·9I25·05838/20 | EDI 30.00, XML 40.00                     | e       | 9
                    | 99999·p2·–·05838/20    | EDI 30.00, XML 40.00, marks report 40.00 | e       | 12

each carrier's two marks are named, and its first line shown: EDI's, XML's, the marks report's
  latest_statements | centre_number | person_id | series | kind | option_code | carrier | mark | file_id | line
                    | 99999         | p1        | 6E26   | unit | 583801      | edi     | 40   | e       | 4
                    | 99999         | p1        | 6E26   | unit | 583801      | edi     | 45   | e       | 3
                    | 99999         | p1        | 6E26   | unit | 583801      | edi     | 40   | f       | 1
                    | 99999         | p2        | 6E26   | unit | 583801      | xml     | 40   | e       | 5
                    | 99999         | p2        | 6E26   | unit | 583801      | xml     | 45   | e       | 6
                    | 99999         | p2        | 6E26   | unit | 583801      | marks   | 40   | a       | 1
                    | 99999         | p2        | 6E26   | unit | 583801      | marks   | 45   | a       | 2
  speaks            | person_id | found                                             | file_id | line
                    | p1        | EDI 40.00 and 45.00                               | e       | 3
                    | p2        | XML 40.00 and 45.00, marks report 40.00 and 45.00 | e       | 5

of two results under one key the later window is told, then the first board; units that nobody knows are told by their options
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | window_from | carrier | mark | line
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | edi     | 30   | 3
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-07-01  | xml     | 40   | 3
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-08-01  | edi     | 50   | 4
                    | 99999         | p1        | 72    | 9I25   | unit          | 583820      | 05838/20  |                    | 2026-08-01  | xml     | 60   | 4
                    | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  |                    | 2025-07-01  | edi     | 50   | 5
                    | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  |                    | 2025-07-01  | xml     | 60   | 5
                    | 99999         | p1        | 72    | 9I25   | unit          | 583898      |           |                    |             | edi     | 50   | 6
                    | 99999         | p1        | 72    | 9I25   | unit          | 583898      |           |                    |             | xml     | 60   | 6
                    | 99999         | p1        | 72    | 9I25   | unit          | 583899      |           |                    |             | edi     | 50   | 7
                    | 99999         | p1        | 72    | 9I25   | unit          | 583899      |           |                    |             | xml     | 60   | 7
                    | 99999         | p2        | 70    | 6B26   | qualification | 1234        |           | 1234               |             | edi     | 50   | 9
                    | 99999         | p2        | 70    | 6B26   | qualification | 1234        |           | 1234               |             | xml     | 60   | 9
                    | 99999         | p2        | 01    | 6B26   | qualification | 1234        |           | 1234               |             | edi     | 50   | 8
                    | 99999         | p2        | 01    | 6B26   | qualification | 1234        |           | 1234               |             | xml     | 60   | 8
  speaks            | person_id | board | series | option_code | found                | line
                    | p1        | 72    | 9I25   | 583820      | EDI 50.00, XML 60.00 | 4
                    | p1        | 72    | 9I24   | 583820      | EDI 50.00, XML 60.00 | 5
                    | p1        | 72    | 9I25   | 583898      | EDI 50.00, XML 60.00 | 6
                    | p1        | 72    | 9I25   | 583899      | EDI 50.00, XML 60.00 | 7
                    | p2        | 01    | 6B26   | 1234        | EDI 50.00, XML 60.00 | 8
  looked_at = 5
*/
