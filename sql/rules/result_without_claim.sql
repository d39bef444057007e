/*
severity = "info"
owner = "centre"
summary = "A moderated unit of this season has a result that no claim in the centre's record precedes."
message = "{item}: result {found}, and {expected}."
action = """
1. Look the claim up on Interchange: it may have been made there and not written down.
2. If it was, add it to the centre's record with its day and grade.
3. If nobody claimed the unit for this student, call 01223 553998 before the result is given out: it may belong to another student."""
why = "The claim was made on Interchange by another teacher, or for another student of the same name."
source = "docs/semantics.md"
population = "results of moderated units of this season in a qualification and unit that the centre's record has claims of"
reads = ["claim_answers", "claims", "coverage", "qualification_entries", "latest_statements", "run"]
needs = ["claims", "edi", "achievement"]
key = ["person", "unit"]
follows_from = []
confidence = "ours"
wording = []
where = ["Interchange > Cambridge Technicals > moderated unit claims, By Candidate or By Unit"]
*/
WITH record_starts AS (
    SELECT centre_number, min(claim_date) AS first_claim
    FROM claims
    GROUP BY centre_number
),

-- a claim that still waits, or has no day, may be the one: a day typed wrong is no missing claim
open_claims AS (
    SELECT DISTINCT centre_number, person_id, unit_code
    FROM claim_answers
    WHERE outcome IN ('unanswered', 'undated')
),

-- what a student takes the unit for: entered, on the tracker, or as the report lists the unit
own_qualifications AS (
    SELECT centre_number, person_id, suite, subject, CAST(NULL AS VARCHAR) AS unit_code, qualification_code
    FROM qualification_entries
    UNION
    SELECT centre_number, person_id, CAST(NULL AS VARCHAR) AS suite, CAST(NULL AS VARCHAR) AS subject, unit_code, qualification_code
    FROM latest_statements
    WHERE carrier = 'achievement'
),

claimed_units AS (
    SELECT DISTINCT centre_number, qualification_code, unit_code
    FROM coverage
    WHERE carrier = 'claims'
),

covered AS (
    SELECT DISTINCT
        a.centre_number,
        a.person_id,
        a.unit_code,
        a.result_date
    FROM claim_answers AS a
    INNER JOIN own_qualifications AS q
        ON
            q.centre_number = a.centre_number AND q.person_id = a.person_id
            AND (q.unit_code = a.unit_code OR (q.suite = a.suite AND q.subject = a.subject))
    INNER JOIN claimed_units AS k
        ON k.centre_number = a.centre_number AND k.qualification_code = q.qualification_code AND k.unit_code = a.unit_code
    INNER JOIN record_starts AS s ON s.centre_number = a.centre_number AND s.first_claim <= a.result_date
    INNER JOIN run AS r ON r.season = a.result_season
),

judged AS (
    SELECT
        a.*,
        a.outcome = 'unclaimed' AND o.person_id IS NULL AS is_unclaimed,
        row_number() OVER (
            PARTITION BY a.centre_number, a.person_id, a.unit_code
            ORDER BY
                CASE WHEN a.outcome = 'unclaimed' THEN 0 ELSE 1 END ASC NULLS LAST,
                a.result_date ASC NULLS LAST
        ) AS place
    FROM claim_answers AS a
    INNER JOIN covered AS c
        ON
            c.centre_number = a.centre_number AND c.person_id = a.person_id
            AND c.unit_code = a.unit_code AND c.result_date = a.result_date
    LEFT JOIN open_claims AS o
        ON o.centre_number = a.centre_number AND o.person_id = a.person_id AND o.unit_code = a.unit_code
    WHERE a.outcome IN ('answered', 'unclaimed')
)

SELECT
    centre_number,
    person_id,
    '72' AS board,
    subject,
    unit_code,
    option_code,
    'no claim since the result before it' AS expected,
    (coalesce(result_grade, 'without a grade') || ' of ' || result_series || ', awarded by ' || CAST(result_date AS VARCHAR)) AS found,
    file_id,
    line,
    is_unclaimed AS speaks
FROM judged
WHERE place = 1;

/* cases
a result that nobody claimed is reported where the record has claims of that unit, a claimed one is not
  claim_answers         | centre_number | person_id | unit_code | option_code | suite | subject | outcome   | result_date | result_series | result_season | result_grade | file_id | line
                        | 99999         | p1        | 05838/17  | 583817      | 2016  | IT      | unclaimed | 2026-07-08  | 9I25          | 2025-26       | M            | e       | 4
                        | 99999         | p2        | 05838/17  | 583817      | 2016  | IT      | answered  | 2026-07-08  | 9I25          | 2025-26       | M            | c       | 5
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
                        | 99999         | p2        | 05838              | 2016  | IT
  claims                | centre_number | person_id | claim_date
                        | 99999         | p2        | 2026-05-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
  speaks                | person_id | unit_code | option_code | found                          | file_id | line
                        | p1        | 05838/17  | 583817      | M of 9I25, awarded by 2026-07-08 | e       | 4
  looked_at = 2

where the report lists the unit counts as what it is taken for
  claim_answers     | centre_number | person_id | unit_code | suite | subject | outcome   | result_date | result_series | result_season
                    | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed | 2026-07-08  | 9I25          | 2025-26
  latest_statements | centre_number | person_id | carrier     | kind | unit_code | qualification_code
                    | 99999         | p1        | achievement | unit | 05838/17  | 05838
  claims            | centre_number | person_id | claim_date
                    | 99999         | p2        | 2026-05-14
  coverage          | centre_number | carrier | qualification_code | unit_code
                    | 99999         | claims  | 05838              | 05838/17
  speaks            | person_id
                    | p1

nobody in the class is in the record, or nobody says what the unit is taken for: silent
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome   | result_date | result_series | result_season
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unclaimed | 2026-07-08  | 9I25          | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05842              | 2016  | IT
  claims                | centre_number | person_id | claim_date
                        | 99999         | p3        | 2026-05-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
                        | 99999         | claims  | 05842              | 05838/16
  speaks nothing
  looked_at = 0

results of earlier seasons, and from before the record begins, need no claim
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome   | result_date | result_series | result_season
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed | 2025-07-08  | 9I24          | 2024-25
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unclaimed | 2025-10-08  | 9I25          | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
                        | 99999         | p2        | 05838              | 2016  | IT
  claims                | centre_number | person_id | claim_date
                        | 99999         | p3        | 2026-01-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
  speaks nothing
  looked_at = 0

a claim without a day, or one that waits, may be the one
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome    | claim_date | result_date | result_series | result_season
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p1        | 05838/17  | 2016  | IT      | undated    |            |             |               |
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unanswered | 2026-07-09 |             |               |
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
                        | 99999         | p2        | 05838              | 2016  | IT
  claims                | centre_number | person_id | claim_date
                        | 99999         | p3        | 2026-01-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
  speaks nothing
  looked_at = 2

another student's claim, unit or entry, another subject, another day and another centre's record decide nothing here
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome    | claim_date | result_date | result_series | result_season
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p1        | 05838/18  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p1        | 05838/19  | 2016  | IT      | unanswered | 2026-07-10 |             |               |
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p3        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p4        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p5        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p5        | 05838/17  | 2016  | IT      | unanswered | 2026-07-10 |             |               |
                        | 99999         | p6        | 05838/17  | 2016  | IT      | unclaimed  |            | 2025-07-08  | 9I24          | 2024-25
                        | 99999         | p7        | 05838/17  | 2016  | IT      | replaced   | 2026-05-10 | 2026-07-08  | 9I25          | 2025-26
                        | 99999         | p8        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99998         | q1        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
                        | 99997         | r1        | 05838/17  | 2016  | IT      | unclaimed  |            | 2026-07-08  | 9I25          | 2025-26
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
                        | 99999         | p3        | 05838              | 2016  | Media
                        | 99999         | p4        | 05838              | 2012  | IT
                        | 99999         | p5        | 05838              | 2016  | IT
                        | 99999         | p6        | 05838              | 2016  | IT
                        | 99999         | p7        | 05838              | 2016  | IT
                        | 99998         | q1        | 05838              | 2016  | IT
                        | 99997         | r1        | 05838              | 2016  | IT
  latest_statements     | centre_number | person_id | carrier | kind | unit_code | qualification_code
                        | 99999         | p8        | edi     | unit | 05838/17  | 05838
  claims                | centre_number | person_id | claim_date
                        | 99999         | p9        | 2024-09-14
                        | 99999         | p9        | 2026-08-01
                        | 99998         | q9        | 2026-01-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
                        | 99997         | claims  | 05838              | 05838/17
  speaks                | person_id | unit_code
                        | p1        | 05838/17
  looked_at = 2

of several results of a unit the first that nobody claimed is told, on the first day of the record too
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome   | claim_date | result_date | result_series | result_season | result_grade | line
                        | 99999         | p1        | 05838/17  | 2016  | IT      | answered  | 2026-05-14 | 2026-07-08  | 9I25          | 2025-26       | P            | 3
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed |            | 2026-08-03  | 9I25          | 2025-26       | M            | 4
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unclaimed |            | 2026-08-03  | 9I25          | 2025-26       | M            | 5
                        | 99999         | p2        | 05838/17  | 2016  | IT      | unclaimed |            | 2026-05-14  | 9I25          | 2025-26       |              | 6
                        | 99999         | p2        | 05838/18  | 2016  | IT      | unclaimed |            | 2026-08-03  | 9I25          | 2025-26       | M            | 7
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
                        | 99999         | p2        | 05838              | 2016  | IT
  claims                | centre_number | person_id | claim_date
                        | 99999         | p1        | 2026-05-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
                        | 99999         | claims  | 05838              | 05838/18
  speaks                | person_id | unit_code | found                                          | line
                        | p1        | 05838/17  | M of 9I25, awarded by 2026-08-03               | 4
                        | p2        | 05838/17  | without a grade of 9I25, awarded by 2026-05-14 | 6
                        | p2        | 05838/18  | M of 9I25, awarded by 2026-08-03               | 7
  looked_at = 3

a result from before the record is not looked at beside one since, even of the same unit
  claim_answers         | centre_number | person_id | unit_code | suite | subject | outcome   | result_date | result_series | result_season | line
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed | 2026-01-08  | 9I25          | 2025-26       | 3
                        | 99999         | p1        | 05838/17  | 2016  | IT      | unclaimed | 2026-07-08  | 9I25          | 2025-26       | 4
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
  claims                | centre_number | person_id | claim_date
                        | 99999         | p2        | 2026-05-14
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05838              | 05838/17
  speaks                | person_id | line
                        | p1        | 4
  looked_at = 1
*/
