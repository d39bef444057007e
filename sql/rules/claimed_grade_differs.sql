/*
severity = "warning"
owner = "centre"
summary = "The board's grade for a moderated unit is not the grade that was claimed."
message = "{item}: claimed {expected}, result {found} ({cause})."
action = """
1. Read the moderator's report for the unit: Interchange > Results > Reports on moderated work.
2. If the grade went down, tell the teacher: the work can be improved and claimed again, or a review of moderation asked for, within the centre's deadlines.
3. If the grade went up, or nobody knows why it moved, compare the claim on Interchange with the centre's own record: a grade may have been typed wrong.
4. If the claim on Interchange agrees with the record, ask on 01223 553998 before the result is given out."""
why = "The moderator changed the centre's grade, or the grade was keyed wrong in the claim or in the centre's record."
source = "Awarding body guidance, summers 2024 and 2026: claims must be made at the correct grade"
population = "claimed units with a result"
reads = ["claim_answers"]
needs = ["claims"]
key = ["person", "unit"]
follows_from = ["grades_conflict"]
confidence = "documented"
wording = ["Claimed at the wrong grade"]
where = ["Interchange > Cambridge Technicals > moderated unit claims, By Candidate or By Unit", "Interchange > Post results > Missing and incomplete results"]
deadlines = ["review of moderation"]
*/
WITH pairs AS (
    SELECT
        c.*,
        -- a resubmission settles what its first claim left open
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.unit_code
            ORDER BY c.result_date DESC NULLS LAST, c.claim_date DESC NULLS LAST
        ) AS place
    FROM claim_answers AS c
    WHERE c.outcome = 'answered' AND c.claimed_grade IS NOT NULL AND c.result_grade IS NOT NULL
),

scale AS (
    SELECT
        p.*,
        CASE p.claimed_grade WHEN 'D' THEN 4 WHEN 'M' THEN 3 WHEN 'P' THEN 2 WHEN 'R' THEN 1 WHEN 'U' THEN 0 END AS claimed_step,
        CASE p.result_grade WHEN 'D' THEN 4 WHEN 'M' THEN 3 WHEN 'P' THEN 2 WHEN 'R' THEN 1 WHEN 'U' THEN 0 END AS result_step
    FROM pairs AS p
    WHERE p.place = 1
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    unit_code,
    option_code,
    claimed_grade AS expected,
    result_grade AS found,
    CASE
        WHEN result_step > claimed_step THEN 'up'
        WHEN result_step < claimed_step THEN 'down'
        ELSE 'not on one scale'
    END AS cause,
    file_id,
    line,
    claimed_grade <> result_grade AS speaks
FROM scale;

/* cases
a result other than the claim is reported with its direction, an equal one is not
  claim_answers | centre_number | person_id | unit_code | option_code | outcome  | claim_date | claimed_grade | result_date | result_grade | file_id | line
                | 99999         | p1        | 05838/10  | 583810      | answered | 2026-05-14 | D             | 2026-07-08  | M            | c       | 5
                | 99999         | p2        | 05838/10  | 583810      | answered | 2026-05-14 | P             | 2026-07-08  | M            | c       | 6
                | 99999         | p3        | 05838/10  | 583810      | answered | 2026-05-14 | M             | 2026-07-08  | M            | c       | 7
                | 99999         | p4        | 05838/10  | 583810      | answered | 2026-05-14 | P             | 2026-07-08  | U            | c       | 8
  speaks        | person_id | unit_code | option_code | series | expected | found | cause | file_id | line
                | p1        | 05838/10  | 583810      |        | D        | M     | down  | c       | 5
                | p2        | 05838/10  | 583810      |        | P        | M     | up    | c       | 6
                | p4        | 05838/10  | 583810      |        | P        | U     | down  | c       | 8
  looked_at = 4

a resubmission that got what it claimed settles the first difference, one that did not is the one reported
  claim_answers | centre_number | person_id | unit_code | outcome  | claim_date | claimed_grade | result_date | result_grade | line
                | 99999         | p1        | 05838/10  | answered | 2026-05-14 | D             | 2026-07-08  | P            | 5
                | 99999         | p1        | 05838/10  | answered | 2026-07-20 | D             | 2026-08-03  | D            | 6
                | 99999         | p2        | 05838/10  | answered | 2026-05-14 | P             | 2026-07-08  | P            | 7
                | 99999         | p2        | 05838/10  | answered | 2026-07-20 | D             | 2026-08-03  | M            | 8
  speaks        | person_id | expected | found | line
                | p2        | D        | M     | 8
  looked_at = 2

a claim that was replaced, that waits, that nothing decodes or that has no grade is silent
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | claimed_grade | result_date | result_grade
                | 99999         | p1        | 05838/10  | replaced   | 2026-05-14 | P             | 2026-07-08  | M
                | 99999         | p2        | 05838/10  | unanswered | 2026-05-14 | P             |             |
                | 99999         | p3        | 05838/10  | answered   | 2026-05-14 |               | 2026-07-08  | M
                | 99999         | p4        | 05838/10  | unclaimed  |            |               | 2026-07-08  | M
  speaks nothing
  looked_at = 0

a near pass lies between a pass and a fail, claimed or given; two units of one student are two
  claim_answers | centre_number | person_id | unit_code | option_code | outcome  | claim_date | claimed_grade | result_date | result_grade | line
                | 99999         | p1        | 05838/01  | 583801      | answered | 2026-05-14 | P             | 2026-07-08  | R            | 5
                | 99999         | p1        | 05838/02  | 583802      | answered | 2026-05-15 | R             | 2026-07-09  | U            | 6
  speaks        | person_id | unit_code | cause | line
                | p1        | 05838/01  | down  | 5
                | p1        | 05838/02  | down  | 6
  looked_at = 2

two claims that one result answers are judged by the later; an answer that nothing decodes is not looked at
  claim_answers | centre_number | person_id | unit_code | outcome  | claim_date | claimed_grade | result_date | result_grade
                | 99999         | p1        | 05838/10  | answered | 2026-05-14 | D             | 2026-07-08  | M
                | 99999         | p1        | 05838/10  | answered | 2026-06-20 | M             | 2026-07-08  | M
                | 99999         | p2        | 05838/10  | answered | 2026-05-14 | P             | 2026-07-08  |
  speaks nothing
  looked_at = 1
*/
