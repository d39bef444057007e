/*
severity = "info"
owner = "centre"
summary = "The award would not be made without a near pass."
message = "{item} rests on a near pass: {found}."
action = """
1. Nothing is wrong: R counts towards the award with fewer points than a pass.
2. If a place hangs on the grade, or the student stays another year, think of a resit of the unit named here while an attempt is left: the better result counts."""
why = "A near pass in an examined Level 3 unit gives points, so that one weak paper does not cost the whole award."
source = "Awarding body, grading of Cambridge Technicals 2016: near pass, Level 3 examined units only"
population = "awards issued, or earned by a live entry, to which a near pass may count"
reads = ["award_calculations", "unit_achievements", "combinations"]
needs = ["achievement", "edi", "marks"]
key = ["person", "qualification"]
follows_from = []
confidence = "documented"
rests_on_figures = true
wording = ["Near pass"]
where = ["Interchange > Cambridge Technicals > Results documents > candidate achievement report"]
*/
WITH near_passes AS (
    SELECT
        a.centre_number,
        a.person_id,
        k.qualification_code,
        min(a.unit_code) AS first_unit,
        count(*) AS units
    FROM unit_achievements AS a
    INNER JOIN combinations AS k ON k.unit_code = a.unit_code
    WHERE a.is_achieved AND a.grade = 'R'
    GROUP BY a.centre_number, a.person_id, k.qualification_code
)

SELECT
    c.centre_number,
    c.person_id,
    '72' AS board,
    c.issued_series AS series,
    c.subject,
    c.qualification_code,
    (coalesce(c.issued_grade, c.grade, 'an award') || ' with a near pass') AS expected,
    (
        'R in ' || n.first_unit
        || CASE WHEN n.units > 1 THEN (' and ' || CAST(n.units - 1 AS VARCHAR) || ' more') ELSE '' END
        || ', and no award without it'
    ) AS found,
    c.confidence,
    c.issued_file_id AS file_id,
    c.issued_line AS line,
    c.embargo_until,
    CASE WHEN c.stands_without_near_pass IS NULL THEN ('the units here do not say of ' || c.qualification_code) END AS not_evaluated,
    NOT c.stands_without_near_pass AS speaks
FROM award_calculations AS c
INNER JOIN near_passes AS n
    ON n.centre_number = c.centre_number AND n.person_id = c.person_id AND n.qualification_code = c.qualification_code
WHERE c.issued_grade <> 'U' OR (c.entered AND c.eligible AND c.grade IS DISTINCT FROM 'U');

/* cases
an award that falls without its near pass is told; one that stands without it is not
  unit_achievements  | centre_number | person_id | unit_code | is_achieved | grade
                     | 99999         | p1        | 05838/01  | true        | R
                     | 99999         | p1        | 05838/02  | true        | P
                     | 99999         | p2        | 05838/03  | true        | R
                     | 99999         | p3        | 05838/01  | true        | R
                     | 99999         | p3        | 05838/02  | true        | R
                     | 99999         | p4        | 05838/01  | true        | P
                     | 99999         | p5        | 05838/01  | false       | R
  award_calculations | centre_number | person_id | qualification_code | subject | entered | eligible | issued_grade | issued_series | grade | stands_without_near_pass | confidence   | issued_file_id | issued_line
                     | 99999         | p1        | 05839              | IT      | true    | true     | M            | 9I25          | M     | false                    | recollection | f1             | 4
                     | 99999         | p2        | 05838              | IT      | true    | true     | P            | 9I25          | P     | true                     | recollection | f1             | 5
                     | 99999         | p3        | 05839              | IT      | true    | true     |              |               | P     | false                    | recollection |                |
                     | 99999         | p4        | 05839              | IT      | true    | true     | P            | 9I25          | P     |                          | recollection | f1             | 6
                     | 99999         | p5        | 05839              | IT      | true    | true     | P            | 9I25          | P     | false                    | recollection | f1             | 7
  speaks             | person_id | severity | qualification_code | found                                                 | expected           | file_id | line
                     | p1        | info     | 05839              | R in 05838/01, and no award without it                | M with a near pass | f1      | 4
                     | p3        | info     | 05839              | R in 05838/01 and 1 more, and no award without it     | P with a near pass |         |
  looked_at = 3

a size that is neither entered nor issued, an unclassified award, and one not worked out are left
  unit_achievements  | centre_number | person_id | unit_code | is_achieved | grade
                     | 99999         | p1        | 05838/01  | true        | R
                     | 99999         | p2        | 05838/01  | true        | R
                     | 99999         | p3        | 05838/01  | true        | R
                     | 99999         | p4        | 05838/01  | true        | R
                     | 99999         | p5        | 05838/01  | true        | R
                     | 99999         | p6        | 05838/01  | true        | R
                     | 99999         | p7        | 05838/01  | true        | R
  award_calculations | centre_number | person_id | qualification_code | entered | eligible | issued_grade | grade | stands_without_near_pass
                     | 99999         | p1        | 05839              | false   | true     |              | P     | false
                     | 99999         | p2        | 05839              | true    | true     | U            | U     | false
                     | 99999         | p3        | 05839              | true    | true     |              | U     | false
                     | 99999         | p4        | 05839              | true    | true     | P            |       |
                     | 99999         | p5        | 05839              | true    | false    |              |       |
                     | 99999         | p6        | 05839              | false   | true     | P            | P     | false
                     | 99999         | p7        | 05839              | true    | true     |              |       | false
  speaks             | person_id | expected
                     | p6        | P with a near pass
                     | p7        | an award with a near pass
  looked_at = 2
  not_evaluated = 1
*/
