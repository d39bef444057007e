/*
severity = "error"
owner = "board"
summary = "A mark is higher than the highest mark there is, or below zero."
message = "{item} in {series}: {found}; possible is {expected}."
action = """
1. Do not give this mark out.
2. Look the mark and the maximum up on Interchange, Results documents, by series.
3. If Interchange has another mark, take that, and fetch the newest file from there.
4. If Interchange has the same, ask the awarding body (OCR: 01223 553998) which mark stands, quoting the line."""
why = "A column of the report was read as another, a mark of another unit stands in the row, or the file was changed by hand."
source = "A mark lies between nought and the maximum that the report, the basedata or the published boundaries give"
population = "results with a mark whose maximum is known"
reads = ["latest_statements", "mark_maxima", "component_results"]
needs = []
key = ["person", "series", "option"]
follows_from = []
confidence = "documented"
wording = []
where = ["Interchange > Cambridge Technicals > Results documents > examined marks report", "Interchange > Post results > Missing and incomplete results"]
deadlines = ["clerical check"]
*/
WITH marks AS (
    SELECT
        s.centre_number,
        s.person_id,
        s.board,
        s.series,
        s.kind,
        s.option_code,
        s.unit_code,
        s.qualification_code,
        s.subject,
        s.is_technical,
        s.carrier,
        s.mark,
        s.raw_mark,
        -- a statement is held to its own maximum; of what the others say the greatest is meant
        coalesce(CASE WHEN s.maximum_mark > 0 THEN s.maximum_mark END, m.greatest_maximum) AS maximum,
        s.embargo_until,
        s.file_id,
        s.line
    FROM latest_statements AS s
    LEFT JOIN mark_maxima AS m
        ON
            m.centre_number = s.centre_number AND m.board IS NOT DISTINCT FROM s.board AND m.series = s.series
            AND m.option_code = s.option_code
    WHERE s.mark IS NOT NULL OR s.raw_mark IS NOT NULL
),

-- of a component only the plain mark has a maximum; the weighted one has none in the file
components AS (
    SELECT
        c.file_id,
        c.centre_number,
        c.person_id,
        c.series,
        c.option_code,
        c.component_code,
        c.mark,
        c.maximum_mark AS maximum,
        c.line
    FROM component_results AS c
    WHERE c.mark < 0 OR (c.maximum_mark > 0 AND c.mark > c.maximum_mark)
),

judged AS (
    SELECT
        m.*,
        c.component_code,
        c.mark AS component_mark,
        c.maximum AS component_maximum,
        c.line AS component_line,
        (m.mark < 0 OR m.mark > m.maximum) AS is_final_wrong,
        (m.raw_mark < 0 OR m.raw_mark > m.maximum) AS is_raw_wrong
    FROM marks AS m
    LEFT JOIN components AS c
        ON
            c.file_id = m.file_id AND c.centre_number = m.centre_number AND c.person_id = m.person_id
            AND c.series = m.series AND c.option_code = m.option_code
    WHERE m.maximum IS NOT NULL OR m.mark < 0 OR m.raw_mark < 0 OR c.file_id IS NOT NULL
),

chosen AS (
    SELECT
        j.*,
        (j.is_final_wrong OR j.is_raw_wrong OR j.component_code IS NOT NULL) AS is_wrong,
        row_number() OVER (
            PARTITION BY j.centre_number, j.person_id, j.series, coalesce(j.unit_code, j.qualification_code, j.option_code)
            ORDER BY
                CASE WHEN j.is_final_wrong THEN 0 WHEN j.is_raw_wrong THEN 1 WHEN j.component_code IS NOT NULL THEN 2 ELSE 3 END ASC NULLS LAST,
                CASE j.carrier WHEN 'marks' THEN 1 WHEN 'xml' THEN 2 ELSE 3 END ASC NULLS LAST,
                j.board ASC NULLS LAST,
                j.kind ASC NULLS LAST,
                j.option_code ASC NULLS LAST,
                j.file_id ASC NULLS LAST,
                j.line ASC NULLS LAST,
                j.component_line ASC NULLS LAST,
                j.component_code ASC NULLS LAST
        ) AS place
    FROM judged AS j
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    CASE WHEN kind = 'qualification' THEN qualification_code END AS qualification_code,
    CASE WHEN kind = 'unit' THEN unit_code END AS unit_code,
    CASE WHEN kind = 'unit' OR NOT coalesce(is_technical, FALSE) THEN option_code END AS option_code,
    coalesce(
        'nought to ' || replace(CAST(CASE WHEN is_final_wrong OR is_raw_wrong THEN maximum ELSE component_maximum END AS VARCHAR), '.00', ''),
        'nought or more'
    ) AS expected,
    (
        CASE carrier WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' WHEN 'marks' THEN 'marks report' ELSE carrier END
        || CASE
            WHEN is_final_wrong THEN (' mark ' || replace(CAST(mark AS VARCHAR), '.00', ''))
            WHEN is_raw_wrong THEN (' raw mark ' || replace(CAST(raw_mark AS VARCHAR), '.00', ''))
            WHEN component_code IS NOT NULL THEN (' component ' || component_code || ' mark ' || replace(CAST(component_mark AS VARCHAR), '.00', ''))
            ELSE ''
        END
    ) AS found,
    embargo_until,
    file_id,
    CASE WHEN is_final_wrong OR is_raw_wrong THEN line ELSE component_line END AS line,
    is_wrong AS speaks
FROM chosen
WHERE place = 1;

/* cases
a mark over the maximum of its own line is reported; the maximum itself and nought are not
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | qualification_code | is_technical | carrier | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | 05839              | true         | marks   | 81   | 80           | m       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | 05839              | true         | marks   | 80   | 80           | m       | 3
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      | 05839              | true         | marks   | 0    | 80           | m       | 4
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/01  | 583801      | 05839              | true         | marks   | 80.5 | 80           | m       | 5
  speaks            | person_id | severity | owner | unit_code | option_code | qualification_code | expected     | found                   | file_id | line
                    | p1        | error    | board | 05838/01  | 583801      |                    | nought to 80 | marks report mark 81    | m       | 2
                    | p4        | error    | board | 05838/01  | 583801      |                    | nought to 80 | marks report mark 80.50 | m       | 5
  looked_at = 4

below zero is reported, whether or not a maximum is known
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | is_technical | carrier | mark | raw_mark | maximum_mark
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | -1   |          |
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/02  | 583802      | true         | marks   | 3    | -2       | 80
  speaks            | person_id | expected       | found
                    | p1        | nought or more | marks report mark -1
                    | p2        | nought to 80   | marks report raw mark -2

where a statement has no maximum the greatest counts that another line of the centre, the basedata or the boundaries give
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | is_technical | carrier | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 85   |              | e       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 50   | 80           | m       | 3
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/02  | 583802      | true         | edi     | 85   |              | e       | 4
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/03  | 583803      | true         | edi     | 85   |              | e       | 5
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/04  | 583804      | true         | edi     | 85   |              | e       | 6
                    | 99998         | p6        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 70   |              | f       | 2
  incoming_options  | file_id | series_as_sent | option_code | maximum_mark
                    | o       | 6E26           | 583801      | 60
                    | o       | 6E26           | 583802      | 80
                    | o       | 6E26           | 583804      | 0
  file_series       | file_id | board | series_as_sent | series
                    | o       | 72    | 6E26           | 6E26
  grade_boundaries  | series | unit_code | option_code | maximum_mark | grade | minimum_mark | state
                    | 6E26   | 05838/03  | 583803      | 60           | D     | 42           | stands
                    | 6E26   | 05838/02  | 583802      | 90           | D     | 42           | superseded
  speaks            | person_id | expected     | found
                    | p1        | nought to 80 | EDI mark 85
                    | p3        | nought to 80 | EDI mark 85
                    | p4        | nought to 60 | EDI mark 85
                    | p6        | nought to 60 | EDI mark 70
  looked_at = 5

a maximum of another board, of another series or of another option says nothing
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | carrier | mark | maximum_mark
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | false        | edi     | 400  |
                    | 99999         | p2        | 70    | 6B26   | qualification | H446        | H446               | false        | xml     | 40   | 50
                    | 99999         | p3        | 01    | 6B25   | qualification | H446        | H446               | false        | xml     | 40   | 50
  incoming_options  | file_id | series_as_sent | option_code | maximum_mark
                    | o       | 6B25           | H446        | 50
  file_series       | file_id | board | series_as_sent | series
                    | o       | 01    | 6B25           | 6B25
  speaks nothing
  looked_at = 2

a raw mark over the maximum is one too; no mark is silence; one key where two carriers say it
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | is_technical | carrier | mark | raw_mark | maximum_mark | is_absent | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 80   | 82       | 80           |           | m       | 2
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 80   |          |              |           | e       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   |      |          | 80           | true      | m       | 3
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | edi     | 99   |          |              |           | e       | 4
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      | true         | marks   | 99   | 99       | 80           |           | m       | 4
  speaks            | person_id | found                    | file_id | line
                    | p1        | marks report raw mark 82 | m       | 2
                    | p3        | marks report mark 99     | m       | 4
  looked_at = 2

a component over its maximum is said of its qualification; of a replaced file it is not
  latest_statements | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | carrier | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 300  | 350          | x       | 9
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | false        | xml     | 300  | 350          | x       | 20
  component_results | centre_number | person_id | board | series | option_code | component_code | mark | weighted_mark | maximum_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/01        | 141  | 141           | 140          | x       | 12
                    | 99999         | p1        | 01    | 6B26   | H446        | H446/02        | 140  | 159           | 140          | x       | 13
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/01        | 150  | 150           | 140          | old     | 12
                    | 99999         | p2        | 01    | 6B26   | H446        | H446/02        | 10   | 159           |              | x       | 23
  speaks            | person_id | qualification_code | option_code | expected      | found                          | file_id | line
                    | p1        | H446               | H446        | nought to 140 | XML component H446/01 mark 141 | x       | 12
  looked_at = 2

raw marks alone, nought, and nought or one as a maximum, with and without a maximum elsewhere
  latest_statements | centre_number | person_id | board | series | kind | option_code | unit_code | qualification_code | is_technical | carrier | mark | raw_mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | 05839              | true         | marks   |      | 82       | 80           | m       | 1
                    | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | 05839              | true         | marks   |      | 80       | 80           | m       | 2
                    | 99999         | p3        | 72    | 6E26   | unit | 583801      | 05838/01  | 05839              | true         | marks   | 10   | 0        | 80           | m       | 3
                    | 99999         | p4        | 72    | 6E26   | unit | 583801      | 05838/01  | 05839              | true         | marks   | 50   |          | 0            | m       | 4
                    | 99999         | p5        | 72    | 6E26   | unit | 583801      | 05838/01  | 05839              | true         | marks   | 2    |          | 1            | m       | 5
                    | 99999         | p6        | 72    | 6E26   | unit | 583802      | 05838/02  | 05839              | true         | marks   | 3    | -1       |              | m       | 6
                    | 99999         | p7        | 72    | 6E26   | unit | 583802      | 05838/02  | 05839              | true         | marks   | 0    |          |              | m       | 7
                    | 99999         | p8        | 72    | 6E26   | unit | 583802      | 05838/02  | 05839              | true         | marks   | 3    | 0        |              | m       | 8
                    | 99999         | p9        |       | 6E26   | unit | 583803      | 05838/03  | 05839              | true         | marks   | 90   |          |              | m       | 9
                    | 99999         | p10       |       | 6E26   | unit | 583803      | 05838/03  | 05839              | true         | marks   | 50   |          | 80           | m       | 10
  speaks            | person_id | found                    | expected       | line
                    | p1        | marks report raw mark 82 | nought to 80   | 1
                    | p5        | marks report mark 2      | nought to 1    | 5
                    | p6        | marks report raw mark -1 | nought or more | 6
                    | p9        | marks report mark 90     | nought to 80   | 9
  looked_at = 8

a component is held to its own maximum, and is said of the result of its own file, student, series and option
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier | mark | raw_mark | maximum_mark | file_id | line
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          |              | x       | 1
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          |              | x       | 11
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 21
                    | 99999         | p3        | 01    | 6B25   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 31
                    | 99999         | p3        | 01    | 6B26   | qualification | H556        |           | H556               | false        | xml     | 30   |          | 90           | x       | 41
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 51
                    | 99999         | p5        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 61
                    | 99999         | p6        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 71
                    | 99999         | p7        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 81
                    | 99999         | p8        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 90           | x       | 91
                    | 99999         | p9        | 01    | 6B26   | qualification | H240        |           | H240               |              | xml     | 30   |          | 90           | x       | 95
  component_results | centre_number | person_id | series | option_code | component_code | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 6B26   | H446        | H446/01        | -1   |              | x       | 2
                    | 99999         | p2        | 6B26   | H446        | H446/02        | 141  | 140          | x       | 13
                    | 99999         | p2        | 6B26   | H446        | H446/03        | 142  | 140          | x       | 12
                    | 99999         | p2        | 6B26   | H446        | H446/04        | 143  | 140          | x       | 12
                    | 99999         | p3        | 6B26   | H446        | H446/01        | 141  | 140          | x       | 22
                    | 99999         | p3        | 6B26   | H556        | H556/01        | 142  | 140          | x       | 42
                    | 99999         | p4        | 6B26   | H446        | H446/01        | 0    | 140          | x       | 52
                    | 99999         | p5        | 6B26   | H446        | H446/01        | 5    | 0            | x       | 62
                    | 99999         | p6        | 6B26   | H446        | H446/01        | 140  | 140          | x       | 72
                    | 99999         | p7        | 6B26   | H446        | H446/01        | 10   | 140          | x       | 82
                    | 99999         | p8        | 6B26   | H446        | H446/01        | 2    | 1            | x       | 92
                    | 99999         | p9        | 6B26   | H240        | H240/01        | 3    | 2            | x       | 96
  speaks            | person_id | series | qualification_code | option_code | found                          | expected       | line
                    | p1        | 6B26   | H446               | H446        | XML component H446/01 mark -1  | nought or more | 2
                    | p2        | 6B26   | H446               | H446        | XML component H446/03 mark 142 | nought to 140  | 12
                    | p3        | 6B26   | H446               | H446        | XML component H446/01 mark 141 | nought to 140  | 22
                    | p3        | 6B26   | H556               | H556        | XML component H556/01 mark 142 | nought to 140  | 42
                    | p8        | 6B26   | H446               | H446        | XML component H446/01 mark 2   | nought to 1    | 92
                    | p9        | 6B26   | H240               | H240        | XML component H240/01 mark 3   | nought to 2    | 96
  looked_at = 11

of one result a final mark goes before a raw one, and that before a component; then the marks report, XML, and the first line
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier | mark | raw_mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | marks   | 70   | 82       | 80           | m       | 1
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 81   |          | 80           | e       | 1
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        |           | H446               | false        | edi     | 81   |          | 80           | y       | 3
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 80           | x       | 3
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 80           | x       | 5
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        |           | H446               | false        | marks   | 30   | 82       | 80           | y       | 5
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        |           | H446               | false        | marks   | 30   |          | 80           | w       | 5
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   |          | 80           | x       | 7
                    | 99999         | p4        | 01    | 6B26   | qualification | H446        |           | H446               | false        | marks   | 30   |          | 80           | w       | 7
                    | 99999         | p5        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | xml     | 81   |          | 80           | x       | 9
                    | 99999         | p5        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | marks   | 82   |          | 80           | y       | 9
                    | 99999         | p6        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | xml     | 81   |          | 80           | x       | 10
                    | 99999         | p6        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 82   |          | 80           | e       | 10
                    | 99999         | p7        | 71    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 81   |          | 80           | y       | 12
                    | 99999         | p7        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 82   |          | 80           | x       | 11
                    | 99999         | p8        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 81   |          | 80           | y       | 14
                    | 99999         | p8        | 72    | 6E26   | unit          | 583802      | 05838/01  | 05839              | true         | edi     | 82   |          | 80           | x       | 13
                    | 99999         | p9        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 81   |          | 80           | x       | 16
                    | 99999         | p9        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 82   |          | 80           | y       | 15
                    | 99999         | p10       | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 81   |          | 80           | x       | 17
                    | 99999         | p10       | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | edi     | 82   |          | 80           | x       | 18
                    | 99999         | p11       | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 81   |          | 80           | x       | 20
                    | 99999         | p12       | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 30   | 82       | 80           | x       | 30
  component_results | centre_number | person_id | series | option_code | component_code | mark | maximum_mark | file_id | line
                    | 99999         | p2        | 6B26   | H446        | H446/01        | 141  | 140          | x       | 4
                    | 99999         | p3        | 6B26   | H446        | H446/01        | 141  | 140          | x       | 6
                    | 99999         | p4        | 6B26   | H446        | H446/01        | 141  | 140          | x       | 8
                    | 99999         | p11       | 6B26   | H446        | H446/01        | 141  | 140          | x       | 21
                    | 99999         | p12       | 6B26   | H446        | H446/01        | 141  | 140          | x       | 31
  speaks            | person_id | found                          | file_id | line
                    | p1        | EDI mark 81                    | e       | 1
                    | p2        | EDI mark 81                    | y       | 3
                    | p3        | marks report raw mark 82       | y       | 5
                    | p4        | XML component H446/01 mark 141 | x       | 8
                    | p5        | marks report mark 82           | y       | 9
                    | p6        | XML mark 81                    | x       | 10
                    | p7        | EDI mark 81                    | y       | 12
                    | p8        | EDI mark 81                    | y       | 14
                    | p9        | EDI mark 81                    | x       | 16
                    | p10       | EDI mark 81                    | x       | 17
                    | p11       | XML mark 81                    | x       | 20
                    | p12       | XML raw mark 82                | x       | 30
  looked_at = 12

each series, unit and qualification of a student is said for itself; an award of Cambridge Technicals has no option
  latest_statements | centre_number | person_id | board | series | kind          | option_code | unit_code | qualification_code | is_technical | carrier | mark | raw_mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit          | 583801      | 05838/01  | 05839              | true         | marks   | 81   |          | 80           | m       | 1
                    | 99999         | p1        | 72    | 1E26   | unit          | 583801      | 05838/01  | 05839              | true         | marks   | 81   |          | 80           | m       | 2
                    | 99999         | p1        | 72    | 6E26   | unit          | 583802      | 05838/02  | 05839              | true         | marks   | 81   |          | 80           | m       | 3
                    | 99999         | p1        | 01    | 6B26   | qualification | H446        |           | H446               | false        | xml     | 81   |          | 80           | x       | 4
                    | 99999         | p1        | 01    | 6B26   | qualification | H556        |           | H556               | false        | xml     | 81   |          | 80           | x       | 5
                    | 99999         | p2        | 01    | 6B26   | qualification | H446        |           |                    | false        | xml     | 81   |          | 80           | x       | 6
                    | 99999         | p2        | 01    | 6B26   | qualification | H556        |           |                    | false        | xml     | 81   |          | 80           | x       | 7
                    | 99999         | p3        | 01    | 6B26   | qualification | H446        |           | H446               |              | xml     | 81   |          | 80           | x       | 8
                    | 99999         | p4        | 01    | 6B26   | qualification | 05839       |           | 05839              | true         | xml     | 81   |          | 80           | x       | 9
  speaks            | person_id | series | unit_code | qualification_code | option_code | line
                    | p1        | 6E26   | 05838/01  |                    | 583801      | 1
                    | p1        | 1E26   | 05838/01  |                    | 583801      | 2
                    | p1        | 6E26   | 05838/02  |                    | 583802      | 3
                    | p1        | 6B26   |           | H446               | H446        | 4
                    | p1        | 6B26   |           | H556               | H556        | 5
                    | p2        | 6B26   |           |                    | H446        | 6
                    | p2        | 6B26   |           |                    | H556        | 7
                    | p3        | 6B26   |           | H446               | H446        | 8
                    | p4        | 6B26   |           | 05839              |             | 9
  looked_at = 9

a component is judged where no maximum of its result is known
  latest_statements | centre_number | person_id | series | kind          | option_code | qualification_code | carrier | mark | file_id | line
                    | 99999         | p1        | 6B26   | qualification | H432        | H432               | xml     | 30   | x       | 3
  component_results | centre_number | person_id | series | option_code | component_code | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 6B26   | H432        | H432/01        | 141  | 140          | x       | 4
  speaks            | person_id | expected      | line
                    | p1        | nought to 140 | 4
  looked_at = 1
*/
