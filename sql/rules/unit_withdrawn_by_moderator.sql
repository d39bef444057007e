/*
severity = "warning"
owner = "centre"
summary = "A unit was claimed, and its status on the progress tracker is blank: the moderator has withdrawn it."
message = "{item}: {found}, {expected}."
action = """
1. Find the moderator's report: Interchange > Results > Reports on moderated work. It says why the unit was withdrawn.
2. Put right with the teacher what it names, and claim the unit again.
3. Look at My Cambridge > Progress Tracker the day after: it should say Claim submitted.
4. If there is no report, or the grade is needed this summer, ring Customer Support, 01223 553998."""
why = "The moderator could not accept the work or the claim as it stood: the sample did not come, or was of another unit or student."
source = "Progress Tracker, achievement statuses: a unit that the moderator has withdrawn shows no status"
population = "claimed moderated units on the progress tracker"
reads = ["tracker", "claim_answers", "qualification_entries", "run"]
needs = ["tracker", "claims"]
key = ["person", "unit"]
follows_from = []
confidence = "documented"
wording = ["Blank unit achievement status", "Withdrawn by moderator"]
where = ["My Cambridge > Cambridge Technicals Progress Tracker", "Interchange > Cambridge Technicals > moderated unit claims, By Candidate or By Unit"]
deadlines = ["last claims before the final moderation visit"]
*/
WITH ranked AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.unit_code
            ORDER BY
                t.as_of DESC NULLS LAST,
                -- listed for two qualifications, a unit that has a status under one of them has it
                CASE WHEN t.status = 'withdrawn_by_moderator' THEN 1 ELSE 0 END ASC NULLS LAST,
                t.qualification_code ASC NULLS LAST,
                t.file_id ASC NULLS LAST,
                t.line ASC NULLS LAST
        ) AS place
    FROM tracker AS t
    WHERE t.assessment = 'moderated'
),

latest AS (
    SELECT * FROM ranked WHERE place = 1
),

-- the tracker takes a day to show a claim; what it did not know yet is not withdrawn
claims_seen AS (
    SELECT
        a.*,
        (a.outcome = 'unanswered' AND a.claim_date < t.as_of AND a.withheld IS DISTINCT FROM 'Q') AS is_open,
        (a.claim_date >= t.as_of) AS is_later
    FROM claim_answers AS a
    INNER JOIN latest AS t ON t.centre_number = a.centre_number AND t.person_id = a.person_id AND t.unit_code = a.unit_code
),

claimed AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        max(option_code) AS option_code,
        max(CASE WHEN is_open THEN claim_date END) AS open_claim,
        max(CASE WHEN is_open THEN claim_season END) AS claim_season,
        max(CASE WHEN outcome = 'undated' THEN 1 ELSE 0 END) AS has_undated,
        max(CASE WHEN result_date IS NOT NULL THEN 1 ELSE 0 END) AS has_result,
        max(CASE WHEN is_later THEN 1 ELSE 0 END) AS is_claimed_since
    FROM claims_seen
    GROUP BY centre_number, person_id, unit_code
    HAVING max(CASE WHEN outcome <> 'unclaimed' THEN 1 ELSE 0 END) = 1
),

courses AS (
    SELECT
        e.centre_number,
        e.person_id,
        e.suite,
        e.subject,
        min(CASE WHEN e.withdrawn THEN 1 ELSE 0 END) AS has_left,
        max(CASE WHEN e.is_live AND coalesce(e.expected_season >= r.season, TRUE) THEN 1 ELSE 0 END) AS is_on_course
    FROM qualification_entries AS e
    CROSS JOIN run AS r
    GROUP BY e.centre_number, e.person_id, e.suite, e.subject
)

SELECT
    t.centre_number,
    t.person_id,
    '72' AS board,
    t.subject,
    t.unit_code,
    c.option_code,
    coalesce('claimed on ' || CAST(c.open_claim AS VARCHAR), 'claimed on a day that the record does not say') AS expected,
    ('the tracker of ' || coalesce(CAST(t.as_of AS VARCHAR), 'a day unknown') || ' shows no status') AS found,
    CASE WHEN c.open_claim IS NULL THEN 'info' END AS severity,
    t.file_id,
    t.line,
    (
        t.status = 'withdrawn_by_moderator'
        AND c.is_claimed_since = 0
        -- a claim without a day may have been the one that an earlier result answered
        AND (c.open_claim IS NOT NULL OR (c.has_undated = 1 AND c.has_result = 0))
        AND coalesce(e.has_left, 0) = 0
        AND (c.open_claim IS NULL OR c.claim_season >= r.season OR e.is_on_course = 1)
    ) AS speaks
FROM latest AS t
CROSS JOIN run AS r
INNER JOIN claimed AS c ON c.centre_number = t.centre_number AND c.person_id = t.person_id AND c.unit_code = t.unit_code
LEFT JOIN courses AS e
    ON e.centre_number = t.centre_number AND e.person_id = t.person_id AND e.suite = t.suite AND e.subject = t.subject;

/* cases
a claimed unit without a status is reported; with a status, or never claimed, it is not
  tracker       | centre_number | person_id | qualification_code | unit_code | assessment | status                 | status_as_sent  | as_of      | file_id | line
                | 99999         | p1        | 05838              | 05838/17  | moderated  | withdrawn_by_moderator |                 | 2026-07-23 | t       | 2
                | 99999         | p2        | 05838              | 05838/17  | moderated  | claim_submitted        | Claim submitted | 2026-07-23 | t       | 3
                | 99999         | p3        | 05838              | 05838/17  | moderated  | withdrawn_by_moderator |                 | 2026-07-23 | t       | 4
                | 99999         | p4        | 05838              | 05838/17  | moderated  | withdrawn              | Withdrawn       | 2026-07-23 | t       | 5
  claim_answers | centre_number | person_id | unit_code | option_code | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/17  | 583817      | unanswered | 2026-05-14 | 2025-26
                | 99999         | p2        | 05838/17  | 583817      | unanswered | 2026-05-14 | 2025-26
                | 99999         | p4        | 05838/17  | 583817      | unanswered | 2026-05-14 | 2025-26
  speaks        | key               | severity | owner  | unit_code | option_code | qualification_code | expected              | found                                      | file_id | line
                | 99999·p1·05838/17 | warning  | centre | 05838/17  | 583817      |                    | claimed on 2026-05-14 | the tracker of 2026-07-23 shows no status | t       | 2
  looked_at = 3

an examined unit, and one of which nobody knows how it is assessed, are not looked at
  tracker       | centre_number | person_id | unit_code | assessment | status                 | as_of
                | 99999         | p1        | 05838/01  | examined   | withdrawn_by_moderator | 2026-07-23
                | 99999         | p2        | 05999/17  |            | withdrawn_by_moderator | 2026-07-23
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/01  | unanswered | 2026-05-14 | 2025-26
                | 99999         | p2        | 05999/17  | unanswered | 2026-05-14 | 2025-26
  speaks nothing
  looked_at = 0

a claim of the tracker's own day, or made since, is not known to it yet; one of the day before is
  tracker       | centre_number | person_id | unit_code | assessment | status                 | as_of
                | 99999         | p1        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p2        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p3        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p4        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p5        | 05838/17  | moderated  | withdrawn_by_moderator |
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/17  | unanswered | 2026-07-23 | 2025-26
                | 99999         | p2        | 05838/17  | unanswered | 2026-07-22 | 2025-26
                | 99999         | p3        | 05838/17  | unanswered | 2026-05-14 | 2025-26
                | 99999         | p3        | 05838/17  | unanswered | 2026-07-30 | 2025-26
                | 99999         | p4        | 05838/17  | unanswered | 2026-08-02 | 2025-26
                | 99999         | p5        | 05838/17  | unanswered | 2026-05-14 | 2025-26
  speaks        | person_id
                | p2
  looked_at = 5

a result has answered the claim since, or Q stands for it: silent; X is what a withdrawn unit gets
  tracker       | centre_number | person_id | unit_code | assessment | status                 | as_of
                | 99999         | p1        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p2        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p3        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p4        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | claim_season | result_date | withheld
                | 99999         | p1        | 05838/17  | answered   | 2026-05-14 | 2025-26      | 2026-07-31  |
                | 99999         | p2        | 05838/17  | unanswered | 2026-05-14 | 2025-26      |             | Q
                | 99999         | p3        | 05838/17  | unanswered | 2026-05-14 | 2025-26      |             | X
                | 99999         | p4        | 05838/17  | answered   | 2026-01-14 | 2025-26      | 2026-02-10  |
                | 99999         | p4        | 05838/17  | unanswered | 2026-05-14 | 2025-26      |             |
  speaks        | person_id
                | p3
                | p4
  looked_at = 4

a claim without a day is to be known only, and nothing where a result is there already
  tracker       | centre_number | person_id | unit_code | assessment | status                 | as_of
                | 99999         | p1        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                | 99999         | p2        | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
  claim_answers | centre_number | person_id | unit_code | outcome   | result_date
                | 99999         | p1        | 05838/17  | undated   |
                | 99999         | p2        | 05838/17  | undated   |
                | 99999         | p2        | 05838/17  | unclaimed | 2026-02-10
  speaks        | person_id | severity | expected
                | p1        | info     | claimed on a day that the record does not say

the latest download counts, and a status under either of two qualifications
  tracker       | centre_number | person_id | qualification_code | unit_code | assessment | status                 | as_of      | file_id
                | 99999         | p1        | 05838              | 05838/17  | moderated  | withdrawn_by_moderator | 2026-06-01 | s
                | 99999         | p1        | 05838              | 05838/17  | moderated  | claim_submitted        | 2026-07-23 | t
                | 99999         | p2        | 05838              | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t
                | 99999         | p2        | 05839              | 05838/17  | moderated  | sample_selected        | 2026-07-23 | t
                | 99999         | p3        | 05838              | 05838/17  | moderated  | sample_selected        | 2026-06-01 | s
                | 99999         | p3        | 05838              | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | claim_season
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14 | 2025-26
                | 99999         | p2        | 05838/17  | unanswered | 2026-05-14 | 2025-26
                | 99999         | p3        | 05838/17  | unanswered | 2026-05-14 | 2025-26
  speaks        | person_id | file_id
                | p3        | t
  looked_at = 3

an old claim is said of students still on the course, not of leavers, nor of those withdrawn from all entries
  tracker               | centre_number | person_id | suite | subject | unit_code | assessment | status                 | as_of
                        | 99999         | p1        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p2        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p3        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p4        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
  claim_answers         | centre_number | person_id | unit_code | outcome    | claim_date | claim_season
                        | 99999         | p1        | 05838/17  | unanswered | 2025-05-14 | 2024-25
                        | 99999         | p2        | 05838/17  | unanswered | 2025-05-14 | 2024-25
                        | 99999         | p3        | 05838/17  | unanswered | 2026-05-14 | 2025-26
                        | 99999         | p4        | 05838/17  | unanswered | 2025-05-14 | 2024-25
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | withdrawn | is_live | expected_season
                        | 99999         | p1        | 05838              | 2016  | IT      | false     | true    | 2025-26
                        | 99999         | p2        | 05838              | 2016  | IT      | false     | true    | 2024-25
                        | 99999         | p3        | 05838              | 2016  | IT      | true      | false   | 2025-26
                        | 99999         | p4        | 05838              | 2016  | IT      | true      | false   |
                        | 99999         | p4        | 05839              | 2016  | IT      | false     | true    | 2026-27
  speaks                | person_id
                        | p1
                        | p4
  looked_at = 4

each unit of each student is judged by its own line and its own claims, and the course by its own subject and suite
  tracker               | centre_number | person_id | qualification_code | suite | subject  | unit_code | assessment | status                 | as_of      | file_id | line
                        | 99999         | p1        | 05839              | 2016  | IT       | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 2
                        | 99999         | p1        | 05838              | 2016  | IT       | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 4
                        | 99999         | p1        | 05838              | 2016  | IT       | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 3
                        | 99999         | p1        | 05838              | 2016  | IT       | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | u       | 1
                        | 99999         | p1        | 05838              | 2016  | IT       | 05838/18  | moderated  | claim_submitted        | 2026-04-01 | s       | 5
                        | 99999         | p2        | 05834              | 2016  | Business | 05834/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 6
                        | 99999         | p2        | 05381              | 2012  | IT       | 05380/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 7
                        | 99999         | p3        | 05838              | 2016  | IT       | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 8
                        | 99999         | p4        | 05838              | 2016  | IT       | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23 | t       | 9
  claim_answers         | centre_number | person_id | unit_code | option_code | outcome    | claim_date | claim_season | result_date
                        | 99999         | p1        | 05838/17  | 583817      | unanswered | 2025-05-14 | 2024-25      |
                        | 99999         | p1        | 05838/17  | 583817      | unanswered | 2026-05-14 | 2025-26      |
                        | 99999         | p1        | 05838/18  | 583818      | unanswered | 2026-05-15 | 2025-26      |
                        | 99999         | p2        | 05834/17  | 583417      | unanswered | 2025-05-14 | 2024-25      |
                        | 99999         | p2        | 05380/17  | 538017      | unanswered | 2025-05-14 | 2024-25      |
                        | 99999         | p3        | 05838/17  | 583817      | answered   | 2025-05-14 | 2024-25      | 2025-07-31
                        | 99999         | p4        | 05838/17  | 583817      | unanswered | 2025-05-14 | 2024-25      |
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | withdrawn | is_live | expected_season
                        | 99999         | p2        | 05838              | 2016  | IT      | false     | true    | 2025-26
                        | 99999         | p3        | 05838              | 2016  | IT      | false     | true    | 2025-26
                        | 99999         | p4        | 05838              | 2016  | IT      | false     | true    |
  speaks                | person_id | unit_code | option_code | expected              | found                                     | file_id | line
                        | p1        | 05838/17  | 583817      | claimed on 2026-05-14 | the tracker of 2026-07-23 shows no status | t       | 3
                        | p4        | 05838/17  | 583817      | claimed on 2025-05-14 | the tracker of 2026-07-23 shows no status | t       | 9
  looked_at = 6

of several claims any may be the open one; a result without a claim, one claimed again since and a student not eligible are silent
  tracker               | centre_number | person_id | suite | subject | unit_code | assessment | status                 | as_of
                        | 99999         | p1        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator |
                        | 99999         | p2        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p3        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p4        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p5        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
                        | 99999         | p6        | 2016  | IT      | 05838/17  | moderated  | withdrawn_by_moderator | 2026-07-23
  claim_answers         | centre_number | person_id | unit_code | outcome    | claim_date | claim_season | result_date | withheld
                        | 99999         | p1        | 05838/17  | undated    |            |              |             |
                        | 99999         | p1        | 05838/17  | unanswered | 2026-05-14 | 2025-26      |             |
                        | 99999         | p2        | 05838/17  | unclaimed  |            |              | 2026-02-10  |
                        | 99999         | p3        | 05838/17  | unclaimed  |            |              | 2026-02-10  |
                        | 99999         | p3        | 05838/17  | unanswered | 2026-05-14 | 2025-26      |             |
                        | 99999         | p4        | 05838/17  | unanswered | 2026-05-14 | 2025-26      |             |
                        | 99999         | p4        | 05838/17  | unanswered | 2026-07-23 | 2025-26      |             |
                        | 99999         | p5        | 05838/17  | unanswered | 2025-05-14 | 2024-25      |             |
                        | 99999         | p6        | 05838/17  | unanswered | 2025-05-14 | 2024-25      |             | Q
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | withdrawn | is_live | expected_season
                        | 99999         | p5        | 05838              | 2016  | IT      | false     | false   | 2025-26
                        | 99999         | p6        | 05838              | 2016  | IT      | false     | true    | 2025-26
  speaks                | person_id | severity | expected                                      | found
                        | p1        | info     | claimed on a day that the record does not say | the tracker of a day unknown shows no status
                        | p3        | warning  | claimed on 2026-05-14                         | the tracker of 2026-07-23 shows no status
  looked_at = 5
*/
