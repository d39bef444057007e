/*
severity = "warning"
owner = "board"
summary = "Raw mark, special consideration and final mark of an examined unit do not fit together."
message = "{item} in {series}: {cause}; the line has the figures."
action = """
1. Look the unit up on Interchange, Cambridge Technicals > Results documents, examined marks report: does it have the same figures?
2. Compare the tariff with the one in the answer to your application for special consideration.
3. If they differ, or the final mark is not the sum, ask Customer Support on 01223 553998 for the right mark, quoting the line. A mark more can be a grade.
4. Show these figures to nobody who need not see them: they say that something happened to the student."""
why = "Special consideration was granted or changed after the mark was made, or was worked out of another maximum."
source = "JCQ, guide to the special consideration process: a percentage of the maximum mark is added to the raw mark, up to the maximum"
population = "lines of examined marks reports with a raw and a final mark, or with special consideration"
reads = ["latest_statements", "mark_maxima", "special_consideration"]
needs = ["marks"]
key = ["person", "series", "unit"]
follows_from = ["mark_above_maximum", "marks_conflict"]
confidence = "documented"
wording = []
where = ["Interchange > Cambridge Technicals > Results documents > examined marks report", "Interchange > Post results > Missing and incomplete results"]
private = ["expected", "found"]
*/
WITH reports AS (
    SELECT s.*, coalesce(CASE WHEN s.maximum_mark > 0 THEN s.maximum_mark END, CASE WHEN m.least_maximum = m.greatest_maximum THEN m.greatest_maximum END) AS maximum
    FROM latest_statements AS s
    LEFT JOIN mark_maxima AS m
        ON
            m.centre_number = s.centre_number AND m.board IS NOT DISTINCT FROM s.board AND m.series = s.series
            AND m.option_code = s.option_code
    WHERE s.carrier = 'marks' AND s.kind = 'unit' AND NOT coalesce(s.is_absent, FALSE)
),

-- a report without the two columns cannot say why a final mark is higher than the raw one
reports_that_say AS (
    SELECT DISTINCT file_id
    FROM reports
    WHERE special_consideration_mark IS NOT NULL OR special_consideration_tariff IS NOT NULL
),

lines AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.board,
        r.series,
        r.subject,
        r.unit_code,
        r.option_code,
        r.window_from,
        r.raw_mark,
        r.special_consideration_tariff AS tariff,
        r.special_consideration_mark AS added,
        r.mark AS final_mark,
        r.maximum,
        -- half up: 2.5 marks are 3
        CAST(floor((r.special_consideration_tariff * r.maximum + 50) / 100) AS DECIMAL(7, 2)) AS due,
        r.embargo_until,
        r.file_id,
        r.line
    FROM reports AS r
    INNER JOIN reports_that_say AS f ON f.file_id = r.file_id
),

summed AS (
    SELECT
        l.*,
        coalesce(l.added, l.due, CASE WHEN l.tariff IS NULL THEN 0 END) AS counted
    FROM lines AS l
),

judged AS (
    SELECT
        s.*,
        CASE WHEN s.maximum < s.raw_mark + s.counted THEN s.maximum ELSE s.raw_mark + s.counted END AS expected_final,
        coalesce(
            s.final_mark <> s.raw_mark + s.counted AND NOT coalesce(s.final_mark = s.maximum AND s.raw_mark + s.counted > s.maximum, FALSE),
            FALSE
        ) AS is_sum_wrong,
        coalesce(
            s.added <> s.due AND NOT coalesce(s.raw_mark + s.due > s.maximum AND s.added = s.maximum - s.raw_mark, FALSE),
            FALSE
        ) AS is_mark_wrong,
        (s.tariff IS NOT NULL AND t.tariff_percent IS NULL) AS is_tariff_unknown
    FROM summed AS s
    LEFT JOIN special_consideration AS t ON t.tariff_percent = s.tariff
    WHERE (s.raw_mark IS NOT NULL AND s.final_mark IS NOT NULL) OR s.tariff IS NOT NULL OR s.added IS NOT NULL
),

chosen AS (
    SELECT
        j.*,
        row_number() OVER (
            PARTITION BY j.centre_number, j.person_id, j.series, j.unit_code
            ORDER BY
                CASE WHEN j.is_sum_wrong THEN 0 WHEN j.is_mark_wrong THEN 1 WHEN j.is_tariff_unknown THEN 2 ELSE 3 END ASC NULLS LAST,
                j.window_from DESC NULLS LAST,
                j.file_id ASC NULLS LAST,
                j.line ASC NULLS LAST
        ) AS place
    FROM judged AS j
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    unit_code,
    option_code,
    CASE
        WHEN is_sum_wrong THEN ('final mark ' || replace(CAST(expected_final AS VARCHAR), '.00', ''))
        WHEN is_mark_wrong THEN ('special consideration mark ' || replace(CAST(due AS VARCHAR), '.00', ''))
        WHEN is_tariff_unknown THEN 'a tariff of whole per cent, up to five'
    END AS expected,
    concat_ws(
        ', ',
        ('raw mark ' || replace(CAST(raw_mark AS VARCHAR), '.00', '')),
        ('tariff ' || replace(CAST(tariff AS VARCHAR), '.00', '') || ' per cent' || coalesce(' of ' || replace(CAST(maximum AS VARCHAR), '.00', ''), '')),
        ('special consideration mark ' || replace(CAST(added AS VARCHAR), '.00', '')),
        ('final mark ' || replace(CAST(final_mark AS VARCHAR), '.00', ''))
    ) AS found,
    CASE
        WHEN is_sum_wrong THEN 'the final mark is not the raw mark and the special consideration mark together'
        WHEN is_mark_wrong THEN 'the special consideration mark is not the tariff of the maximum mark'
        WHEN is_tariff_unknown THEN 'the tariff of special consideration is none that is given'
    END AS cause,
    CASE WHEN NOT is_sum_wrong AND NOT is_mark_wrong THEN 'recollection' END AS confidence,
    embargo_until,
    file_id,
    line,
    (is_sum_wrong OR is_mark_wrong OR is_tariff_unknown) AS speaks
FROM chosen
WHERE place = 1;

/* cases
the final mark is the raw mark and what special consideration adds; one more or less is reported
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/03  | 583803      | marks   | 40       | 5                            | 3                          | 43   | 60           | m       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/03  | 583803      | marks   | 40       | 5                            | 3                          | 40   | 60           | m       | 3
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/03  | 583803      | marks   | 40       | 5                            | 3                          | 44   | 60           | m       | 4
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/03  | 583803      | marks   | 40       |                              |                            | 40   | 60           | m       | 5
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/03  | 583803      | marks   | 40       |                              |                            | 42   | 60           | m       | 6
  speaks            | person_id | severity | owner | unit_code | option_code | expected      | found                                                                             | file_id | line
                    | p2        | warning  | board | 05838/03  | 583803      | final mark 43 | raw mark 40, tariff 5 per cent of 60, special consideration mark 3, final mark 40 | m       | 3
                    | p3        | warning  | board | 05838/03  | 583803      | final mark 43 | raw mark 40, tariff 5 per cent of 60, special consideration mark 3, final mark 44 | m       | 4
                    | p5        | warning  | board | 05838/03  | 583803      | final mark 40 | raw mark 40, final mark 42                                                        | m       | 6
  looked_at = 5

the mark added is the tariff of the maximum, rounded half up
  latest_statements | centre_number | person_id | series | kind | unit_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            | 3                          | 43   | 50           | m
                    | 99999         | p2        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            | 2                          | 42   | 50           | m
                    | 99999         | p3        | 6E26   | unit | 05838/01  | marks   | 40       | 3                            | 2                          | 42   | 80           | m
                    | 99999         | p4        | 6E26   | unit | 05838/01  | marks   | 40       | 3                            | 3                          | 43   | 80           | m
                    | 99999         | p5        | 6E26   | unit | 05838/01  | marks   | 40       | 1                            | 0                          | 40   | 49           | m
                    | 99999         | p6        | 6E26   | unit | 05838/01  | marks   | 40       | 1                            | 1                          | 41   | 50           | m
                    | 99999         | p7        | 6E26   | unit | 05838/01  | marks   | 40       | 0                            | 0                          | 40   | 50           | m
                    | 99999         | p8        | 6E26   | unit | 05838/01  | marks   | 40       | 0                            |                            | 40   | 50           | m
  speaks            | person_id | expected                     | cause
                    | p2        | special consideration mark 3 | the special consideration mark is not the tariff of the maximum mark
                    | p4        | special consideration mark 2 | the special consideration mark is not the tariff of the maximum mark
  looked_at = 8

at the maximum the sum is cut, and the mark added with it
  latest_statements | centre_number | person_id | series | kind | unit_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | marks   | 78       | 5                            | 4                          | 80   | 80           | m
                    | 99999         | p2        | 6E26   | unit | 05838/01  | marks   | 78       | 5                            | 2                          | 80   | 80           | m
                    | 99999         | p3        | 6E26   | unit | 05838/01  | marks   | 76       | 5                            | 4                          | 80   | 80           | m
                    | 99999         | p4        | 6E26   | unit | 05838/01  | marks   | 80       | 5                            | 0                          | 80   | 80           | m
                    | 99999         | p5        | 6E26   | unit | 05838/01  | marks   | 74       | 5                            | 4                          | 80   | 80           | m
                    | 99999         | p6        | 6E26   | unit | 05838/01  | marks   | 78       | 5                            | 4                          | 82   | 80           | m
                    | 99999         | p7        | 6E26   | unit | 05838/01  | marks   | 78       | 5                            | 1                          | 79   | 80           | m
                    | 99999         | p8        | 6E26   | unit | 05838/01  | marks   | 78       | 5                            | 4                          | 79   | 80           | m
  speaks            | person_id | expected
                    | p5        | final mark 78
                    | p7        | special consideration mark 4
                    | p8        | final mark 80

a tariff that is not given is reported as far as memory goes
  latest_statements | centre_number | person_id | series | kind | unit_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | marks   | 40       | 10                           | 8                          | 48   | 80           | m
                    | 99999         | p2        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            | 4                          | 44   | 80           | m
                    | 99999         | p3        | 6E26   | unit | 05838/01  | marks   | 40       | 2.5                          | 2                          | 42   | 80           | m
                    | 99999         | p4        | 6E26   | unit | 05838/01  | marks   | 40       | 10                           | 8                          | 44   | 80           | m
  speaks            | person_id | severity | confidence   | cause
                    | p1        | warning  | recollection | the tariff of special consideration is none that is given
                    | p3        | warning  | recollection | the tariff of special consideration is none that is given
                    | p4        | warning  | documented   | the final mark is not the raw mark and the special consideration mark together

a maximum that the line lacks is taken from another line of the centre, never of another centre
  latest_statements | centre_number | person_id | series | kind | unit_code | option_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | 583801      | marks   | 40       | 5                            | 1                          | 41   |              | m
                    | 99998         | p2        | 6E26   | unit | 05838/01  | 583801      | marks   | 40       | 5                            | 1                          | 41   |              | n
                    | 99998         | p3        | 6E26   | unit | 05838/01  | 583801      | marks   | 40       | 5                            | 4                          | 44   | 80           | n
  speaks            | person_id | expected
                    | p2        | special consideration mark 4

what is blank says nothing: no raw mark, no final mark, no maximum, no mark beside the tariff
  latest_statements | centre_number | person_id | series | kind | unit_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | is_absent | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | marks   |          | 5                            | 4                          | 44   | 80           |           | m
                    | 99999         | p2        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            | 4                          |      | 80           |           | m
                    | 99999         | p3        | 6E26   | unit | 05838/02  | marks   | 40       | 5                            | 1                          | 41   |              |           | m
                    | 99999         | p4        | 6E26   | unit | 05838/02  | marks   | 40       | 5                            |                            | 41   |              |           | m
                    | 99999         | p5        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            |                            | 44   | 80           |           | m
                    | 99999         | p6        | 6E26   | unit | 05838/01  | marks   | 40       |                              | 7                          | 47   | 80           |           | m
                    | 99999         | p7        | 6E26   | unit | 05838/01  | marks   |          |                              |                            | 47   | 80           |           | m
                    | 99999         | p8        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            | 3                          | 40   | 80           | true      | m
  speaks nothing
  looked_at = 6

a tariff without its mark is worked out, and what is worked out must be in the final mark
  latest_statements | centre_number | person_id | series | kind | unit_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | marks   | 40       | 5                            |                            | 40   | 80           | m
  speaks            | person_id | expected
                    | p1        | final mark 44

a report that never speaks of special consideration cannot be asked why a mark was raised; EDI has no raw marks
  latest_statements | centre_number | person_id | series | kind | unit_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 6E26   | unit | 05838/01  | marks   | 40       |                              |                            | 44   | 80           | m
                    | 99999         | p2        | 6E26   | unit | 05838/01  | edi     | 40       | 5                            | 4                          | 40   | 80           | e
  speaks nothing
  looked_at = 0

the maximum of the other lines of the unit stands in where they agree, and nothing where they do not
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      | marks   | 40       | 5                            | 3                          | 43   |              | m
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      | marks   | 40       |                              |                            | 40   | 80           | m
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/02  | 583802      | marks   | 40       | 5                            | 3                          | 43   |              | m
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/02  | 583802      | marks   | 40       |                              |                            | 40   | 80           | m
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/02  | 583802      | marks   | 40       |                              |                            | 40   | 90           | m
  speaks            | person_id | expected
                    | p1        | special consideration mark 4

of several lines on one unit and series the gravest is said, then the latest window, then the first line
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | window_from | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 3                          | 43   | 80           | m       | 1
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 2
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 10                           | 8                          | 48   | 80           | m       | 3
                    | 99999         | p2        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 3                          | 43   | 80           | m       | 4
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 44   | 80           | m       | 5
                    | 99999         | p3        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 10                           | 8                          | 48   | 80           | m       | 6
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/01  | 583801      | 2026-07-01  | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 7
                    | 99999         | p4        | 72    | 6E26   | unit | 05838/01  | 583801      | 2026-08-01  | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 8
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 10
                    | 99999         | p5        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | n       | 9
                    | 99999         | p6        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 11
                    | 99999         | p6        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 12
                    | 99999         | p7        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 13
                    | 99999         | p7        | 72    | 1E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 14
                    | 99999         | p7        | 72    | 6E26   | unit | 05838/02  | 583802      |             | marks   | 40       | 5                            | 4                          | 43   | 80           | m       | 15
  speaks            | person_id | series | unit_code | cause                                                                          | file_id | line
                    | p1        | 6E26   | 05838/01  | the final mark is not the raw mark and the special consideration mark together | m       | 2
                    | p2        | 6E26   | 05838/01  | the special consideration mark is not the tariff of the maximum mark           | m       | 4
                    | p3        | 6E26   | 05838/01  | the tariff of special consideration is none that is given                      | m       | 6
                    | p4        | 6E26   | 05838/01  | the final mark is not the raw mark and the special consideration mark together | m       | 8
                    | p5        | 6E26   | 05838/01  | the final mark is not the raw mark and the special consideration mark together | m       | 10
                    | p6        | 6E26   | 05838/01  | the final mark is not the raw mark and the special consideration mark together | m       | 11
                    | p7        | 6E26   | 05838/01  | the final mark is not the raw mark and the special consideration mark together | m       | 13
                    | p7        | 1E26   | 05838/01  | the final mark is not the raw mark and the special consideration mark together | m       | 14
                    | p7        | 6E26   | 05838/02  | the final mark is not the raw mark and the special consideration mark together | m       | 15
  looked_at = 9

what is known is judged without the rest: a tariff or a mark alone, a final mark without a maximum; a cut mark must be what is left up to the maximum
  latest_statements | centre_number | person_id | board | series | kind          | unit_code | option_code | window_from | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   |          | 10                           |                            |      |              | m       | 1
                    | 99999         | p2        | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   |          |                              | 3                          |      | 80           | m       | 2
                    | 99999         | p3        | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   | 40       |                              |                            |      | 80           | m       | 3
                    | 99999         | p4        | 72    | 6E26   | unit          | 05838/03  | 583803      |             | marks   | 40       |                              | 3                          | 40   |              | n       | 4
                    | 99999         | p5        | 72    | 6E26   | unit          | 05838/03  | 583803      |             | marks   | 40       | 10                           | 8                          | 40   |              | m       | 5
                    | 99999         | p6        | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   | 75       | 5                            | 5                          | 80   | 80           | m       | 6
                    | 99999         | p7        | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   |          | 5                            | 3                          |      | 80           | m       | 7
                    | 99999         | p8        | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   | 40       | 10                           | 4                          | 44   | 80           | m       | 8
                    | 99999         | p9        | 72    | 6E26   | unit          | 05838/03  | 583803      |             | marks   | 40       | 10                           |                            |      |              | m       | 9
                    | 99999         | p10       | 72    | 6E26   | unit          | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 44   | 0            | m       | 10
                    | 99999         | p11       | 72    | 6E26   | qualification | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 40   | 80           | m       | 11
  speaks            | person_id | cause                                                                          | confidence   | found
                    | p1        | the tariff of special consideration is none that is given                      | recollection | tariff 10 per cent of 80
                    | p4        | the final mark is not the raw mark and the special consideration mark together | documented   | raw mark 40, special consideration mark 3, final mark 40
                    | p5        | the final mark is not the raw mark and the special consideration mark together | documented   | raw mark 40, tariff 10 per cent, special consideration mark 8, final mark 40
                    | p6        | the special consideration mark is not the tariff of the maximum mark           | documented   | raw mark 75, tariff 5 per cent of 80, special consideration mark 5, final mark 80
                    | p7        | the special consideration mark is not the tariff of the maximum mark           | documented   | tariff 5 per cent of 80, special consideration mark 3
                    | p8        | the special consideration mark is not the tariff of the maximum mark           | documented   | raw mark 40, tariff 10 per cent of 80, special consideration mark 4, final mark 44
                    | p9        | the tariff of special consideration is none that is given                      | recollection | raw mark 40, tariff 10 per cent
  looked_at = 9

the maximum is asked of the same board and series, even where the board is not known
  latest_statements | centre_number | person_id | board | series | kind | unit_code | option_code | window_from | carrier | raw_mark | special_consideration_tariff | special_consideration_mark | mark | maximum_mark | file_id | line
                    | 99999         | p1        | 72    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 1                          | 41   |              | m       | 1
                    | 99999         | p2        | 71    | 6E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 44   | 80           | m       | 2
                    | 99999         | p3        | 72    | 1E26   | unit | 05838/01  | 583801      |             | marks   | 40       | 5                            | 4                          | 44   | 80           | m       | 3
                    | 99999         | p4        |       | 6E26   | unit | 05838/02  | 583802      |             | marks   | 40       | 5                            | 3                          | 43   |              | m       | 4
                    | 99999         | p5        |       | 6E26   | unit | 05838/02  | 583802      |             | marks   | 40       | 5                            | 4                          | 44   | 80           | m       | 5
  speaks            | person_id | cause
                    | p4        | the special consideration mark is not the tariff of the maximum mark
  looked_at = 5
*/
