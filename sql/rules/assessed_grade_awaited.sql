/*
severity = "info"
owner = "centre"
summary = "A unit waits for an assessed grade, which is worked out once all the student's other units are achieved."
message = "{item}: {found}; {expected}."
action = """
1. Look up the units named here on My Cambridge > Progress Tracker: each of them has to be achieved first.
2. A unit that is not claimed: claim it. A unit that was failed or missed: enter the student again, or claim it again.
3. When all are achieved the status turns to Result achieved; run the candidate achievement report with an end date on or after the day of the results, or the assessed grade is not in it.
4. If nothing is named and the status stays, ring Customer Support, 01223 553998."""
why = "A reduction in assessment, or special consideration for an absence, was granted: the grade is taken from the other units, so they come first."
source = "Progress Tracker, achievement statuses: Awaiting assessed grade; awarding body guidance on results, summer 2026"
population = "units on the progress tracker"
reads = ["tracker", "achieved_units", "combinations", "qualification_entries", "units"]
needs = ["tracker"]
key = ["person", "unit"]
follows_from = []
confidence = "documented"
wording = ["Awaiting assessed grade"]
where = ["My Cambridge > Cambridge Technicals Progress Tracker"]
*/
WITH ranked AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.qualification_code, t.unit_code
            ORDER BY t.as_of DESC NULLS LAST, t.status ASC NULLS LAST, t.file_id ASC NULLS LAST, t.line ASC NULLS LAST
        ) AS place
    FROM tracker AS t
    WHERE t.unit_code IS NOT NULL
),

achieved AS (
    SELECT centre_number, person_id, unit_code
    FROM achieved_units
    UNION
    SELECT centre_number, person_id, unit_code
    FROM ranked
    WHERE place = 1 AND status = 'result_achieved'
),

withdrawn AS (
    SELECT centre_number, person_id, qualification_code
    FROM qualification_entries
    WHERE withdrawn
),

waiting AS (
    SELECT
        r.*,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.unit_code
            ORDER BY
                CASE WHEN r.status = 'awaiting_assessed_grade' AND w.person_id IS NULL THEN 0 ELSE 1 END ASC NULLS LAST,
                r.as_of DESC NULLS LAST,
                r.qualification_code ASC NULLS LAST
        ) AS row_place,
        (r.status = 'awaiting_assessed_grade' AND w.person_id IS NULL AND a.person_id IS NULL) AS is_waiting
    FROM ranked AS r
    LEFT JOIN withdrawn AS w
        ON w.centre_number = r.centre_number AND w.person_id = r.person_id AND w.qualification_code = r.qualification_code
    LEFT JOIN achieved AS a ON a.centre_number = r.centre_number AND a.person_id = r.person_id AND a.unit_code = r.unit_code
    WHERE r.place = 1
),

concerned AS (
    SELECT centre_number, person_id, qualification_code
    FROM waiting
    WHERE is_waiting
),

-- what must come first: every mandatory unit, and every other one that the student has begun
needed AS (
    SELECT c.centre_number, c.person_id, c.qualification_code, k.unit_code
    FROM concerned AS c
    INNER JOIN combinations AS k ON k.qualification_code = c.qualification_code AND k.requirement = 'mandatory'
    UNION
    SELECT c.centre_number, c.person_id, c.qualification_code, r.unit_code
    FROM concerned AS c
    INNER JOIN ranked AS r
        ON
            r.place = 1 AND r.centre_number = c.centre_number AND r.person_id = c.person_id
            AND r.qualification_code = c.qualification_code
            AND r.status NOT IN ('not_entered', 'withdrawn', 'withdrawn_by_moderator', 'unknown')
),

missing AS (
    SELECT
        n.centre_number,
        n.person_id,
        n.qualification_code,
        (n.unit_code || coalesce(' (' || r.status_as_sent || ')', '')) AS words,
        row_number() OVER (
            PARTITION BY n.centre_number, n.person_id, n.qualification_code
            ORDER BY n.unit_code ASC NULLS LAST
        ) AS number
    FROM needed AS n
    LEFT JOIN ranked AS r
        ON
            r.place = 1 AND r.centre_number = n.centre_number AND r.person_id = n.person_id
            AND r.qualification_code = n.qualification_code AND r.unit_code = n.unit_code
    LEFT JOIN achieved AS a ON a.centre_number = n.centre_number AND a.person_id = n.person_id AND a.unit_code = n.unit_code
    -- units that wait themselves do not hold each other up
    WHERE a.person_id IS NULL AND r.status IS DISTINCT FROM 'awaiting_assessed_grade'
),

named AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        count(*) AS units,
        concat_ws(
            ', ',
            max(CASE WHEN number = 1 THEN words END),
            max(CASE WHEN number = 2 THEN words END),
            max(CASE WHEN number = 3 THEN words END),
            max(CASE WHEN number = 4 THEN words END),
            max(CASE WHEN number = 5 THEN words END),
            max(CASE WHEN number = 6 THEN words END)
        ) AS words
    FROM missing
    GROUP BY centre_number, person_id, qualification_code
)

SELECT
    w.centre_number,
    w.person_id,
    '72' AS board,
    w.subject,
    w.unit_code,
    u.option_code,
    coalesce(
        'held up by ' || n.words || CASE WHEN n.units > 6 THEN (' and ' || CAST(n.units - 6 AS VARCHAR) || ' more') ELSE '' END,
        'nothing here holds it up: every other unit of it is achieved'
    ) AS expected,
    (
        'the tracker of ' || coalesce(CAST(w.as_of AS VARCHAR), 'a day unknown') || ' says Awaiting assessed grade'
        || coalesce(' for ' || w.qualification_code, '')
    ) AS found,
    CASE WHEN n.units IS NULL THEN 'nothing_holds_it_up' ELSE 'other_units' END AS cause,
    w.file_id,
    w.line,
    w.is_waiting AS speaks
FROM waiting AS w
LEFT JOIN named AS n
    ON n.centre_number = w.centre_number AND n.person_id = w.person_id AND n.qualification_code = w.qualification_code
LEFT JOIN units AS u ON u.unit_code = w.unit_code
WHERE w.row_place = 1;

/* cases
a unit that waits is reported with the mandatory and the begun units that are not achieved
  tracker        | centre_number | person_id | qualification_code | unit_code | assessment | subject | status                  | status_as_sent          | as_of      | file_id | line
                 | 99999         | p1        | 05839              | 05838/17  | moderated  | IT      | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 2
                 | 99999         | p1        | 05839              | 05838/01  | examined   | IT      | result_achieved         | Result achieved         | 2026-07-23 | t       | 3
                 | 99999         | p1        | 05839              | 05838/02  | examined   | IT      | entered                 | Entered                 | 2026-07-23 | t       | 4
                 | 99999         | p1        | 05839              | 05838/08  | moderated  | IT      | claim_submitted         | Claim submitted         | 2026-07-23 | t       | 5
                 | 99999         | p1        | 05839              | 05838/09  | moderated  | IT      | not_entered             | Not entered             | 2026-07-23 | t       | 6
                 | 99999         | p1        | 05839              | 05838/10  | moderated  | IT      | withdrawn_by_moderator  |                         | 2026-07-23 | t       | 7
                 | 99999         | p1        | 05839              | 05838/11  | moderated  | IT      | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 8
                 | 99999         | p2        | 05839              | 05838/17  | moderated  | IT      | claim_submitted         | Claim submitted         | 2026-07-23 | t       | 9
  combinations   | qualification_code | unit_code | requirement
                 | 05839              | 05838/01  | mandatory
                 | 05839              | 05838/02  | mandatory
                 | 05839              | 05838/09  | optional
  speaks         | key               | severity | unit_code | option_code | qualification_code | found                                                           | expected                                                         | cause       | file_id | line
                 | 99999·p1·05838/17 | info     | 05838/17  | 583817      |                    | the tracker of 2026-07-23 says Awaiting assessed grade for 05839 | held up by 05838/02 (Entered), 05838/08 (Claim submitted) | other_units | t       | 2
                 | 99999·p1·05838/11 | info     | 05838/11  | 583811      |                    | the tracker of 2026-07-23 says Awaiting assessed grade for 05839 | held up by 05838/02 (Entered), 05838/08 (Claim submitted) | other_units | t       | 8
  looked_at = 8

a result that has come since holds nothing up, and where it is the unit's own nothing is awaited
  tracker        | centre_number | person_id | qualification_code | unit_code | status                  | as_of
                 | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23
                 | 99999         | p1        | 05839              | 05838/02  | entered                 | 2026-07-23
                 | 99999         | p2        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23
  achieved_units | centre_number | person_id | unit_code
                 | 99999         | p1        | 05838/02
                 | 99999         | p2        | 05838/17
  combinations   | qualification_code | unit_code | requirement
                 | 05839              | 05838/02  | mandatory
  speaks         | person_id | unit_code | cause               | expected
                 | p1        | 05838/17  | nothing_holds_it_up | nothing here holds it up: every other unit of it is achieved
  looked_at = 3

a mandatory unit that the tracker does not list holds it up too, not entered or not mentioned
  tracker        | centre_number | person_id | qualification_code | unit_code | status                  | status_as_sent          | as_of
                 | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23
                 | 99999         | p1        | 05839              | 05838/02  | not_entered             | Not entered             | 2026-07-23
  combinations   | qualification_code | unit_code | requirement
                 | 05839              | 05838/01  | mandatory
                 | 05839              | 05838/02  | mandatory
  speaks         | person_id | expected
                 | p1        | held up by 05838/01, 05838/02 (Not entered)

more than six are counted
  tracker      | centre_number | person_id | qualification_code | unit_code | status                  | as_of
               | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23
               | 99999         | p2        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23
               | 99999         | p2        | 05842              | 05838/18  | awaiting_assessed_grade | 2026-07-23
  combinations | qualification_code | unit_code | requirement
               | 05839              | 05838/01  | mandatory
               | 05839              | 05838/02  | mandatory
               | 05839              | 05838/03  | mandatory
               | 05839              | 05838/04  | mandatory
               | 05839              | 05838/05  | mandatory
               | 05839              | 05838/06  | mandatory
               | 05839              | 05838/07  | mandatory
               | 05842              | 05838/01  | mandatory
               | 05842              | 05838/02  | mandatory
               | 05842              | 05838/03  | mandatory
               | 05842              | 05838/04  | mandatory
               | 05842              | 05838/05  | mandatory
               | 05842              | 05838/06  | mandatory
  speaks       | person_id | unit_code | expected
               | p1        | 05838/17  | held up by 05838/01, 05838/02, 05838/03, 05838/04, 05838/05, 05838/06 and 1 more
               | p2        | 05838/17  | held up by 05838/01, 05838/02, 05838/03, 05838/04, 05838/05, 05838/06 and 1 more
               | p2        | 05838/18  | held up by 05838/01, 05838/02, 05838/03, 05838/04, 05838/05, 05838/06

the latest download counts; a withdrawn student waits for nothing; one qualification of two is enough to name
  tracker               | centre_number | person_id | qualification_code | unit_code | status                  | as_of      | file_id
                        | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-06-01 | s
                        | 99999         | p1        | 05839              | 05838/17  | result_achieved         | 2026-07-23 | t
                        | 99999         | p2        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23 | t
                        | 99999         | p3        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23 | t
                        | 99999         | p3        | 05842              | 05838/17  | awaiting_assessed_grade | 2026-07-23 | t
  qualification_entries | centre_number | person_id | qualification_code | withdrawn
                        | 99999         | p2        | 05839              | true
                        | 99999         | p3        | 05839              | true
                        | 99999         | p3        | 05842              | false
  combinations          | qualification_code | unit_code | requirement
                        | 05838              | 05838/01  | mandatory
  speaks                | person_id | found
                        | p3        | the tracker of 2026-07-23 says Awaiting assessed grade for 05842
  looked_at = 3

each student is held up by their own units, in the qualification that waits, as the latest line of each says
  tracker               | centre_number | person_id | qualification_code | unit_code | status                  | status_as_sent          | as_of      | file_id | line
                        | 99999         | p1        | 05839              |           | eligible                | Eligible                | 2026-07-23 | t       | 1
                        | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | u       | 1
                        | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 3
                        | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 2
                        | 99999         | p1        | 05839              | 05838/02  | result_achieved         | Result achieved         | 2026-06-01 | s       | 4
                        | 99999         | p1        | 05839              | 05838/02  | entered                 | Entered                 | 2026-07-23 | t       | 5
                        | 99999         | p1        | 05839              | 05838/08  | claim_submitted         | Claim submitted         | 2026-06-01 | s       | 6
                        | 99999         | p1        | 05839              | 05838/08  | not_entered             | Not entered             | 2026-07-23 | t       | 7
                        | 99999         | p2        | 05839              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 8
                        | 99999         | p2        | 05839              | 05838/09  | claim_submitted         | Claim submitted         | 2026-07-23 | t       | 9
                        | 99999         | p3        | 05839              | 05838/18  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 10
                        | 99999         | p3        | 05839              | 05838/02  | claim_submitted         | Claim submitted         | 2026-07-23 | t       | 11
                        | 99999         | p3        | 05842              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 12
                        | 99999         | p3        | 05842              | 05838/02  | entered                 | Entered                 | 2026-07-23 | t       | 13
                        | 99999         | p3        | 05842              | 05838/10  | entered                 | Entered                 | 2026-07-23 | t       | 14
                        | 99999         | p4        | 05839              | 05838/17  | awaiting_assessed_grade | Awaiting assessed grade | 2026-07-23 | t       | 15
  achieved_units        | centre_number | person_id | unit_code
                        | 99999         | p2        | 05838/01
  qualification_entries | centre_number | person_id | qualification_code | withdrawn
                        | 99999         | p4        | 05839              | true
  combinations          | qualification_code | unit_code | requirement
                        | 05839              | 05838/01  | mandatory
                        | 05839              | 05838/02  | mandatory
                        | 05842              | 05838/03  | mandatory
  speaks                | person_id | unit_code | expected                                                    | file_id | line
                        | p1        | 05838/17  | held up by 05838/01, 05838/02 (Entered)                     | t       | 2
                        | p2        | 05838/17  | held up by 05838/02, 05838/09 (Claim submitted)             | t       | 8
                        | p3        | 05838/18  | held up by 05838/01, 05838/02 (Claim submitted)             | t       | 10
                        | p3        | 05838/17  | held up by 05838/02 (Entered), 05838/03, 05838/10 (Entered) | t       | 12
  looked_at = 10

of two qualifications the one that waits is named, then the latest said, then the first; what is not known is left out
  tracker      | centre_number | person_id | qualification_code | unit_code | status                  | as_of
               | 99999         | p1        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-20
               | 99999         | p1        | 05842              | 05838/17  | claim_submitted         | 2026-07-23
               | 99999         | p2        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-20
               | 99999         | p2        | 05842              | 05838/17  | awaiting_assessed_grade | 2026-07-23
               | 99999         | p3        | 05842              | 05838/17  | awaiting_assessed_grade | 2026-07-23
               | 99999         | p3        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23
               | 99999         | p4        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-06-01
               | 99999         | p4        | 05839              | 05838/17  | entered                 | 2026-07-23
               | 99999         | p5        | 05839              | 05838/17  | claim_submitted         | 2026-07-23
               | 99999         | p5        | 05839              | 05838/17  | awaiting_assessed_grade | 2026-07-23
               | 99999         | p6        |                    | 05999/17  | awaiting_assessed_grade |
  combinations | qualification_code | unit_code | requirement
               | 05838              | 05838/01  | mandatory
  speaks       | person_id | option_code | cause               | found
               | p1        | 583817      | nothing_holds_it_up | the tracker of 2026-07-20 says Awaiting assessed grade for 05839
               | p2        | 583817      | nothing_holds_it_up | the tracker of 2026-07-23 says Awaiting assessed grade for 05842
               | p3        | 583817      | nothing_holds_it_up | the tracker of 2026-07-23 says Awaiting assessed grade for 05839
               | p5        | 583817      | nothing_holds_it_up | the tracker of 2026-07-23 says Awaiting assessed grade for 05839
               | p6        |             | nothing_holds_it_up | the tracker of a day unknown says Awaiting assessed grade
  looked_at = 6
*/
