/*
severity = "warning"
owner = "centre"
summary = "The units a student has achieved make another size of the qualification than the one entered."
message = "{item}: {found}; {expected}."
action = """
1. Ask the teacher which size is wanted; the student's place or next course decides, not we.
2. To move down: ask for the entry to be changed to the smaller size: Interchange > Post results > Missing and incomplete results, or 01223 553998. The award follows from the units that are there.
3. To top up: enter the larger size on Interchange (Cambridge Technicals, entries); the units already achieved count.
4. Check the combination against the centre handbook first: the confidence below says how sure ours is."""
why = "The student stopped earlier or went on longer than the entry said."
source = "Awarding body guidance on results, summer 2026: entered for the right size; a smaller one can be awarded, a larger one topped up"
population = "live Cambridge Technicals entries, expected by now, in subjects with another size that can be worked out"
reads = ["award_calculations", "awards_outstanding", "qualification_entries"]
needs = ["achievement", "edi", "tracker"]
key = ["person", "qualification"]
follows_from = ["wrong_level", "unit_not_claimed", "claim_without_result", "entry_without_result", "pending_result", "no_result_issued", "absent_from_exam"]
confidence = "inferred"
wording = ["Entered for the wrong size", "Move down", "Top up"]
where = ["Interchange > Post results > Missing and incomplete results", "Interchange > Cambridge Technicals > entries, annual series"]
*/
WITH entered AS (
    SELECT
        c.centre_number,
        c.person_id,
        c.qualification_code,
        c.suite,
        c.level,
        c.subject,
        c.size,
        c.glh_required,
        c.is_expected,
        c.is_calculated,
        c.not_calculated,
        c.eligible,
        q.file_id,
        q.line
    FROM award_calculations AS c
    INNER JOIN qualification_entries AS q
        ON
            q.centre_number = c.centre_number AND q.person_id = c.person_id
            AND q.qualification_code = c.qualification_code
    WHERE c.entered AND coalesce(c.is_expected, TRUE)
),

-- sizes the student is entered for, or has
held AS (
    SELECT centre_number, person_id, suite, level, subject, min(glh_required) AS smallest, max(glh_required) AS largest
    FROM award_calculations
    WHERE entered OR issued_grade IS NOT NULL
    GROUP BY centre_number, person_id, suite, level, subject
),

sizes AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.qualification_code,
        o.qualification_code AS other_code,
        o.size AS other_size,
        o.glh_required AS other_hours,
        o.eligible AS other_eligible,
        o.combination_confidence,
        o.glh_required < e.glh_required AS is_smaller
    FROM entered AS e
    INNER JOIN award_calculations AS o
        ON
            o.centre_number = e.centre_number AND o.person_id = e.person_id AND o.suite = e.suite
            AND o.level = e.level AND o.subject = e.subject AND o.glh_required <> e.glh_required
    WHERE o.is_calculated
),

-- the largest other size that is achieved: who has a larger one need not move down
ranked AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.qualification_code
            ORDER BY s.other_hours DESC NULLS LAST, s.other_code ASC NULLS LAST
        ) AS place
    FROM sizes AS s
    WHERE s.other_eligible
),

chosen AS (
    SELECT * FROM ranked WHERE place = 1
),

comparable AS (
    SELECT DISTINCT centre_number, person_id, qualification_code FROM sizes
),

judged AS (
    SELECT
        e.*,
        s.person_id IS NOT NULL AS is_comparable,
        o.not_known,
        o.is_pending,
        o.due,
        c.other_code,
        c.other_size,
        c.combination_confidence,
        (c.is_smaller AND NOT e.eligible AND o.person_id IS NOT NULL AND h.smallest >= e.glh_required) AS is_down,
        (NOT c.is_smaller AND h.largest <= e.glh_required) AS is_up
    FROM entered AS e
    LEFT JOIN comparable AS s
        ON s.centre_number = e.centre_number AND s.person_id = e.person_id AND s.qualification_code = e.qualification_code
    LEFT JOIN chosen AS c
        ON c.centre_number = e.centre_number AND c.person_id = e.person_id AND c.qualification_code = e.qualification_code
    LEFT JOIN held AS h
        ON
            h.centre_number = e.centre_number AND h.person_id = e.person_id AND h.suite = e.suite
            AND h.level = e.level AND h.subject = e.subject
    LEFT JOIN awards_outstanding AS o
        ON o.centre_number = e.centre_number AND o.person_id = e.person_id AND o.qualification_code = e.qualification_code
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    qualification_code,
    ('they make ' || other_code || ', ' || other_size) AS expected,
    CASE
        WHEN is_up THEN ('the units achieved reach beyond ' || size)
        WHEN is_down THEN ('the units achieved do not make ' || size)
    END AS found,
    CASE WHEN is_up THEN 'top_up' WHEN is_down THEN 'move_down' END AS cause,
    CASE WHEN is_expected IS NULL THEN 'info' END AS severity,
    CASE WHEN is_down AND is_pending THEN 'pending' ELSE 'open' END AS state,
    CASE WHEN is_down AND is_pending THEN due END AS due,
    combination_confidence AS confidence,
    file_id,
    line,
    CASE
        WHEN NOT is_calculated THEN not_calculated
        WHEN NOT is_comparable THEN ('combinations.csv: no other size of ' || qualification_code || ' that can be worked out')
        WHEN is_down THEN not_known
    END AS not_evaluated,
    is_calculated AND (is_up OR (is_down AND not_known IS NULL)) AS speaks
FROM judged;

/* cases
units that make a smaller size, or already a larger one, are reported with the largest there is
  qualification_entries | centre_number | person_id | qualification_code | file_id | line
                        | 99999         | p1        | 05842              | f1      | 2
                        | 99999         | p2        | 05838              | f1      | 3
                        | 99999         | p3        | 05839              | f1      | 4
  award_calculations    | centre_number | person_id | qualification_code | suite | level | subject | size                 | glh_required | entered | is_expected | is_calculated | eligible | issued_grade | combination_confidence
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | true    | true        | true          | false    |              | inferred
                        | 99999         | p1        | 05841              | 2016  | 3     | IT      | Foundation Diploma   | 540          | false   |             | true          | true     |              | recollection
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | false   |             | true          | true     |              | inferred
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | true    | true        | true          | true     | M            | inferred
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | Extended Certificate | 360          | false   |             | true          | true     |              | inferred
                        | 99999         | p2        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | false   |             | true          | true     |              | recollection
                        | 99999         | p2        | 05877              | 2016  | 3     | IT      | Extended Diploma     | 1080         | false   |             | true          | false    |              | recollection
                        | 99999         | p3        | 05839              | 2016  | 3     | IT      | Extended Certificate | 360          | true    | true        | true          | true     | P            | inferred
                        | 99999         | p3        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | false   |             | true          | true     |              | inferred
                        | 99999         | p3        | 05840              | 2016  | 3     | IT      | Introductory Diploma | 360          | false   |             | true          | true     |              | inferred
                        | 99999         | p3        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | false   |             | true          | false    |              | inferred
  awards_outstanding    | centre_number | person_id | qualification_code | is_pending
                        | 99999         | p1        | 05842              | false
  speaks                | person_id | qualification_code | severity | state | cause     | expected                            | found                                          | confidence   | file_id | line
                        | p1        | 05842              | warning  | open  | move_down | they make 05841, Foundation Diploma | the units achieved do not make Diploma         | recollection | f1      | 2
                        | p2        | 05838              | warning  | open  | top_up    | they make 05842, Diploma            | the units achieved reach beyond Certificate    | recollection | f1      | 3
  looked_at = 3

a live entry or an award for a smaller size, or a larger one, answers it; a withdrawn one does not
  qualification_entries | centre_number | person_id | qualification_code
                        | 99999         | p1        | 05842
                        | 99999         | p2        | 05842
                        | 99999         | p3        | 05838
                        | 99999         | p3        | 05839
                        | 99999         | p4        | 05838
                        | 99999         | p5        | 05842
  award_calculations    | centre_number | person_id | qualification_code | suite | level | subject | size                 | glh_required | entered | is_expected | is_calculated | eligible | issued_grade
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | true    | true        | true          | false    |
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | true    | false       | true          | true     |
                        | 99999         | p2        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | true    | true        | true          | false    |
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | false   |             | true          | true     | P
                        | 99999         | p3        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | true    | true        | true          | true     |
                        | 99999         | p3        | 05839              | 2016  | 3     | IT      | Extended Certificate | 360          | true    | true        | true          | true     |
                        | 99999         | p4        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | true    | true        | true          | true     | P
                        | 99999         | p4        | 05839              | 2016  | 3     | IT      | Extended Certificate | 360          | false   |             | true          | true     | P
                        | 99999         | p5        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | true    | true        | true          | false    |
                        | 99999         | p5        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | false   |             | true          | true     |
                        | 99999         | p5        | 05838              | 2016  | 3     | Law     | Certificate          | 180          | true    | true        | true          | true     | P
                        | 99999         | p5        | 05838              | 2016  | 2     | IT      | Certificate          | 180          | true    | true        | true          | true     | P
                        | 99999         | p5        | 05838              | 2012  | 3     | IT      | Certificate          | 180          | true    | true        | true          | true     | P
  awards_outstanding    | centre_number | person_id | qualification_code | is_pending
                        | 99999         | p1        | 05842              | false
                        | 99999         | p2        | 05842              | false
                        | 99999         | p5        | 05842              | false
  speaks                | person_id | qualification_code | cause
                        | p5        | 05842              | move_down
  looked_at = 6

a later year is silent, an unknown one is info, an awarded size is not moved down, and what is awaited waits
  qualification_entries | centre_number | person_id | qualification_code
                        | 99999         | p1        | 05842
                        | 99999         | p2        | 05842
                        | 99999         | p3        | 05842
                        | 99999         | p4        | 05842
                        | 99999         | p5        | 05842
                        | 99999         | p6        | 05838
  award_calculations    | centre_number | person_id | qualification_code | suite | level | subject | size        | glh_required | entered | is_expected | is_calculated | eligible | issued_grade
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | Diploma     | 720          | true    | false       | true          | false    |
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | Certificate | 180          | false   |             | true          | true     |
                        | 99999         | p2        | 05842              | 2016  | 3     | IT      | Diploma     | 720          | true    |             | true          | false    |
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | Certificate | 180          | false   |             | true          | true     |
                        | 99999         | p3        | 05842              | 2016  | 3     | IT      | Diploma     | 720          | true    | true        | true          | false    | MM
                        | 99999         | p3        | 05838              | 2016  | 3     | IT      | Certificate | 180          | false   |             | true          | true     |
                        | 99999         | p4        | 05842              | 2016  | 3     | IT      | Diploma     | 720          | true    | true        | true          | false    |
                        | 99999         | p4        | 05838              | 2016  | 3     | IT      | Certificate | 180          | false   |             | true          | true     |
                        | 99999         | p5        | 05842              | 2016  | 3     | IT      | Diploma     | 720          | true    | true        | true          | false    |
                        | 99999         | p5        | 05838              | 2016  | 3     | IT      | Certificate | 180          | false   |             | true          | true     |
                        | 99999         | p6        | 05838              | 2016  | 3     | IT      | Certificate | 180          | true    | true        | true          | true     |
                        | 99999         | p6        | 05842              | 2016  | 3     | IT      | Diploma     | 720          | false   |             | true          | true     |
  awards_outstanding    | centre_number | person_id | qualification_code | is_pending | due                 | not_known
                        | 99999         | p2        | 05842              | false      | 2026-08-10 08:00+01 |
                        | 99999         | p4        | 05842              | true       | 2026-08-10 08:00+01 |
                        | 99999         | p5        | 05842              | false      |                     | results of earlier years are not here for 05842
                        | 99999         | p6        | 05838              | true       | 2026-08-10 08:00+01 | results of earlier years are not here for 05838
  speaks                | person_id | severity | state   | cause     | due
                        | p2        | info     | open    | move_down |
                        | p4        | info     | pending | move_down | 2026-08-10 07:00:00+00
                        | p6        | warning  | open    | top_up    |
  looked_at = 4
  not_evaluated = 1

a size that is not worked out, and a subject of one size, are counted apart
  qualification_entries | centre_number | person_id | qualification_code
                        | 99999         | p1        | 05822
                        | 99999         | p2        | 05842
                        | 99999         | p3        | 05842
  award_calculations    | centre_number | person_id | qualification_code | suite | level | subject     | size                 | glh_required | entered | is_expected | is_calculated | not_calculated                            | eligible
                        | 99999         | p1        | 05822              | 2016  | 3     | Engineering | Certificate          | 180          | true    | true        | false         | qualifications.csv: 05822 is not complete |
                        | 99999         | p2        | 05842              | 2016  | 3     | IT          | Diploma              | 720          | true    | true        | true          |                                           | false
                        | 99999         | p2        | 05877              | 2016  | 3     | IT          | Extended Diploma     | 1080         | false   |             | false         | qualifications.csv: 05877 is not complete |
                        | 99999         | p3        | 05842              | 2016  | 3     | IT          | Diploma              | 720          | true    | true        | true          |                                           | false
                        | 99999         | p3        | 05838              | 2016  | 3     | IT          | Certificate          | 180          | false   |             | true          |                                           | false
  speaks nothing
  looked_at = 1
  not_evaluated = 2

a size of another suite, level or subject is no other size; a withdrawn entry, an award the board's site has and a size still achievable are silent
  qualification_entries | centre_number | person_id | qualification_code
                        | 99999         | p1        | 05842
                        | 99999         | p2        | 05842
                        | 99999         | p3        | 05842
                        | 99999         | p4        | 05842
                        | 99999         | p5        | 05842
                        | 99999         | p6        | 05838
  award_calculations    | centre_number | person_id | qualification_code | suite | level | subject | size               | glh_required | entered | is_expected | is_calculated | not_calculated                            | eligible
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | Diploma            | 720          | true    | true        | true          |                                           | false
                        | 99999         | p1        | 05838              | 2016  | 3     | IT      | Certificate        | 180          | false   |             | true          |                                           | false
                        | 99999         | p1        | 05830              | 2016  | 3     | Law     | Foundation Diploma | 540          | false   |             | true          |                                           | true
                        | 99999         | p1        | 05895              | 2016  | 2     | IT      | Foundation Diploma | 540          | false   |             | true          |                                           | true
                        | 99999         | p1        | 05347              | 2012  | 3     | IT      | Subsidiary Diploma | 540          | false   |             | true          |                                           | true
                        | 99999         | p2        | 05842              | 2016  | 3     | IT      | Diploma            | 720          | false   |             | true          |                                           | false
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | Certificate        | 180          | false   |             | true          |                                           | true
                        | 99999         | p3        | 05842              | 2016  | 3     | IT      | Diploma            | 720          | true    | true        | true          |                                           | true
                        | 99999         | p3        | 05838              | 2016  | 3     | IT      | Certificate        | 180          | false   |             | true          |                                           | true
                        | 99999         | p4        | 05842              | 2016  | 3     | IT      | Diploma            | 720          | true    | true        | true          |                                           | false
                        | 99999         | p4        | 05838              | 2016  | 3     | IT      | Certificate        | 180          | false   |             | true          |                                           | true
                        | 99999         | p5        | 05842              | 2016  | 3     | IT      | Diploma            | 720          | true    | true        | true          |                                           | false
                        | 99999         | p5        | 05838              | 2016  | 3     | IT      | Certificate        | 180          | false   |             | true          |                                           | false
                        | 99999         | p6        | 05838              | 2016  | 3     | IT      | Certificate        | 180          | true    | true        | false         | qualifications.csv: 05838 is not complete |
                        | 99999         | p6        | 05842              | 2016  | 3     | IT      | Diploma            | 720          | false   |             | true          |                                           | true
  awards_outstanding    | centre_number | person_id | qualification_code | is_pending | not_known
                        | 99999         | p1        | 05842              | false      |
                        | 99999         | p2        | 05842              | false      |
                        | 99999         | p3        | 05842              | false      |
                        | 99999         | p5        | 05842              | false      | results of earlier years are not here for 05842
  speaks nothing
  looked_at = 4
  not_evaluated = 1

a student of two subjects is judged in each; of two sizes of equal hours the first by code is named, and a larger one achieved and held is enough
  qualification_entries | centre_number | person_id | qualification_code | file_id | line
                        | 99999         | p1        | 05842              | f1      | 2
                        | 99999         | p1        | 05833              | f1      | 3
                        | 99999         | p2        | 05838              | f1      | 4
                        | 99999         | p3        | 05839              | f1      | 5
                        | 99999         | p3        | 05842              | f1      | 6
  award_calculations    | centre_number | person_id | qualification_code | suite | level | subject | size                 | glh_required | entered | is_expected | is_calculated | eligible
                        | 99999         | p1        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | true    | true        | true          | false
                        | 99999         | p1        | 05841              | 2016  | 3     | IT      | Foundation Diploma   | 540          | false   |             | true          | true
                        | 99999         | p1        | 05833              | 2016  | 3     | Law     | Diploma              | 720          | true    | true        | true          | false
                        | 99999         | p1        | 05830              | 2016  | 3     | Law     | Certificate          | 180          | false   |             | true          | true
                        | 99999         | p2        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | true    | true        | true          | true
                        | 99999         | p2        | 05839              | 2016  | 3     | IT      | Extended Certificate | 360          | false   |             | true          | true
                        | 99999         | p2        | 05840              | 2016  | 3     | IT      | Introductory Diploma | 360          | false   |             | true          | true
                        | 99999         | p3        | 05838              | 2016  | 3     | IT      | Certificate          | 180          | false   |             | true          | true
                        | 99999         | p3        | 05839              | 2016  | 3     | IT      | Extended Certificate | 360          | true    | true        | true          | false
                        | 99999         | p3        | 05842              | 2016  | 3     | IT      | Diploma              | 720          | true    | true        | true          | true
  awards_outstanding    | centre_number | person_id | qualification_code | is_pending
                        | 99999         | p1        | 05842              | false
                        | 99999         | p1        | 05833              | false
                        | 99999         | p3        | 05839              | false
  speaks                | person_id | qualification_code | cause     | expected                              | file_id | line
                        | p1        | 05842              | move_down | they make 05841, Foundation Diploma   | f1      | 2
                        | p1        | 05833              | move_down | they make 05830, Certificate          | f1      | 3
                        | p2        | 05838              | top_up    | they make 05839, Extended Certificate | f1      | 4
  looked_at = 5
*/
