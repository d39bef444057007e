/*
severity = "error"
owner = "centre"
summary = "A moderated unit that a student's qualification needs was neither achieved nor claimed."
message = "{item} was not claimed: {found}; {expected}."
action = """
1. Ask the teacher whether the unit is finished, and at which grade.
2. Claim it on Interchange (Cambridge Technicals, moderated unit claims), or claim it again where the last claim failed.
3. Look for the unit on My Cambridge, Progress Tracker the day after: it should say Claim submitted.
4. If the moderator has been already and the grade is needed this summer, ring Customer Support, 01223 553998."""
why = "The class was claimed and this student was left out, a unit was left out for the whole class, or a failed claim was not made again."
source = "Awarding body guidance on results, summer 2026: all required moderated units are claimed, including resits; combinations.csv for what is required (check the centre handbook)"
population = "moderated units that live qualification entries need, at centres whose claims are here: mandatory ones, and optional ones that were started"
reads = ["needed_units", "qualifications", "deadlines", "run"]
empty_without = [["needed_units"]]
needs = ["claims"]
key = ["person", "qualification", "unit"]
follows_from = ["wrong_level"]
confidence = "inferred"
wording = ["Unit not claimed", "Claim missing"]
where = ["Interchange > Cambridge Technicals > moderated unit claims, By Candidate or By Unit", "My Cambridge > Cambridge Technicals Progress Tracker"]
deadlines = ["last claims before the final moderation visit"]
*/
-- until the day for the last claims is over nothing is late; an hour is added because the calendar keeps London time
WITH last_day AS (
    SELECT
        r.season,
        max(d.deadline) AS deadline,
        CAST(CAST(:as_of AS TIMESTAMP WITH TIME ZONE) + INTERVAL 1 HOUR AS DATE) <= max(d.deadline) AS is_to_come
    FROM run AS r
    LEFT JOIN deadlines AS d
        ON d.season = r.season AND d.service = 'last claims before the final moderation visit'
    GROUP BY r.season
)

SELECT
    c.centre_number,
    c.person_id,
    '72' AS board,
    c.subject,
    c.qualification_code,
    c.unit_code,
    c.option_code,
    (
        CASE WHEN c.requirement = 'mandatory' THEN 'mandatory for ' ELSE 'started, and its hours are needed for ' END
        || c.qualification_code || coalesce((' ' || n.title), '')
        || CASE WHEN c.confidence = 'recollection' THEN ' (check the centre handbook)' ELSE '' END
    ) AS expected,
    CASE
        WHEN c.failed_words IS NULL THEN 'no claim and no result'
        WHEN c.last_claim IS NOT NULL THEN ('claimed, answered by ' || c.failed_words || ', and not claimed since')
        ELSE ('last result ' || c.failed_words || ', and not claimed since')
    END AS found,
    CASE WHEN c.is_expected IS NULL THEN 'info' END AS severity,
    CASE WHEN l.is_to_come THEN 'pending' ELSE 'open' END AS state,
    CASE WHEN l.is_to_come THEN CAST(l.deadline AS TIMESTAMP WITH TIME ZONE) + INTERVAL 23 HOUR END AS due,
    c.confidence,
    c.file_id,
    c.line,
    c.is_missing AS speaks
FROM needed_units AS c
CROSS JOIN last_day AS l
LEFT JOIN qualifications AS n ON n.qualification_code = c.qualification_code;

/* cases
up to the day for the last claims a unit that is not claimed is only to come
  as_of = 2026-06-15T23:30:00+01:00
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | subject  | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | Business | 360                   | true    | true
  speaks                | person_id | unit_code | severity | state   | found
                        | p1        | 05834/04  | info     | pending | no claim and no result

from the day after, it is missing
  as_of = 2026-06-16T00:30:00+01:00
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | subject  | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | Business | 360                   | true    | true
  speaks                | person_id | unit_code | severity | state | due
                        | p1        | 05834/04  | error    | open  |

in a season whose last day for claims is not known, a unit that is not claimed is missing
  as_of = 2026-06-01T08:30:00+01:00
  deadlines             | season  | service             | deadline
                        | 2025-26 | review of marking   | 2026-09-24
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | subject  | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | Business | 360                   | true    | true
  speaks                | person_id | unit_code | severity | state
                        | p1        | 05834/04  | error    | open

a mandatory moderated unit without claim or result is reported; claimed, achieved or claimed on the tracker it is not
  coverage              | centre_number | carrier | qualification_code | unit_code
                        | 99999         | claims  | 05835              | 05834/16
  qualification_entries | centre_number | person_id | qualification_code | subject  | series | guided_learning_hours | is_live | is_expected | file_id | line
                        | 99999         | p1        | 05835              | Business | 9I25   | 360                   | true    | true        | f1      | 2
                        | 99999         | p2        | 05835              | Business | 9I25   | 360                   | true    | true        | f1      | 3
                        | 99999         | p3        | 05835              | Business | 9I25   | 360                   | true    | true        | f1      | 4
                        | 99999         | p4        | 05835              | Business | 9I25   | 360                   | true    | true        | f1      | 5
                        | 99999         | p5        | 05835              | Business | 9I25   | 360                   | true    | true        | f1      | 6
  claims                | centre_number | person_id | unit_code | claim_date
                        | 99999         | p2        | 05834/04  | 2026-05-17
                        | 99999         | p1        | 05834/16  | 2026-05-17
  achieved_units        | centre_number | person_id | unit_code | season
                        | 99999         | p3        | 05834/04  | 2024-25
  tracker               | centre_number | person_id | qualification_code | unit_code | status                  | counts_as_claimed | as_of
                        | 99999         | p1        | 05835              | 05834/04  | not_entered             | false             | 2026-07-24
                        | 99999         | p4        | 05835              | 05834/04  | awaiting_assessed_grade | true              | 2026-07-24
                        | 99999         | p5        | 05835              | 05834/04  | result_achieved         | false             | 2026-07-24
  speaks                | person_id | severity | qualification_code | unit_code | option_code | found                  | file_id | line
                        | p1        | error    | 05835              | 05834/04  | 583404      | no claim and no result | f1      | 2
  looked_at = 6

a claim that a failing result answered counts no more; one made after it does, and X or Q answers nothing
  series_seen           | board | series | season
                        | 72    | 9I25   | 2025-26
                        | 72    | 9I24   | 2024-25
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | 360                   | true    | true
                        | 99999         | p2        | 05835              | 360                   | true    | true
                        | 99999         | p3        | 05835              | 360                   | true    | true
                        | 99999         | p4        | 05835              | 360                   | true    | true
                        | 99999         | p5        | 05835              | 360                   | true    | true
                        | 99999         | p6        | 05835              | 360                   | true    | true
  claims                | centre_number | person_id | unit_code | claim_date
                        | 99999         | p1        | 05834/04  | 2026-05-17
                        | 99999         | p2        | 05834/04  | 2026-05-17
                        | 99999         | p2        | 05834/04  | 2026-08-02
                        | 99999         | p3        | 05834/04  | 2026-05-17
                        | 99999         | p4        | 05834/04  | 2025-10-17
                        | 99999         | p6        | 05834/04  |
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | grade | window_from | window_to  | award_date
                        | 99999         | p1        | 72    | 9I25   | 05834/04  | 583404      | U     | 2026-07-01  | 2026-07-31 |
                        | 99999         | p2        | 72    | 9I25   | 05834/04  | 583404      | U     | 2026-07-01  | 2026-07-31 |
                        | 99999         | p3        | 72    | 9I25   | 05834/04  | 583404      | Q     | 2026-07-01  | 2026-07-31 |
                        | 99999         | p4        | 72    | 9I24   | 05834/04  | 583404      | U     |             |            |
                        | 99999         | p5        | 72    | 9I24   | 05834/04  | 583404      | U     |             |            | 2025-07-09
                        | 99999         | p6        | 72    | 9I25   | 05834/04  | 583404      | U     |             |            | 2026-07-09
  speaks                | person_id | found
                        | p1        | claimed, answered by U in 9I25, and not claimed since
                        | p5        | last result U in 9I24, and not claimed since
  looked_at = 6

X or Q in the place of the grade shows a claim that nobody here has; a failing result of a later day answers that too
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | 360                   | true    | true
                        | 99999         | p2        | 05835              | 360                   | true    | true
                        | 99999         | p3        | 05835              | 360                   | true    | true
  unit_results          | centre_number | person_id | board | series | unit_code | option_code | grade | window_from | window_to  | award_date
                        | 99999         | p1        | 72    | 9I25   | 05834/04  | 583404      | Q     | 2026-07-01  | 2026-07-31 |
                        | 99999         | p2        | 72    | 9I25   | 05834/04  | 583404      | U     | 2026-07-01  | 2026-07-31 | 2026-07-09
                        | 99999         | p2        | 72    | 9I25   | 05834/04  | 583404      | X     | 2026-08-01  | 2026-08-04 | 2026-08-03
                        | 99999         | p3        | 72    | 9I25   | 05834/04  | 583404      | X     | 2026-07-01  | 2026-07-31 | 2026-07-09
                        | 99999         | p3        | 72    | 9I25   | 05834/04  | 583404      | U     | 2026-08-01  | 2026-08-04 | 2026-08-03
  speaks                | person_id | found
                        | p3        | last result U in 9I25, and not claimed since
  looked_at = 3

the day of the claim itself is answered; the tracker's claim stands until a result is surely later
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | 360                   | true    | true
                        | 99999         | p2        | 05835              | 360                   | true    | true
                        | 99999         | p3        | 05835              | 360                   | true    | true
  claims                | centre_number | person_id | unit_code | claim_date
                        | 99999         | p1        | 05834/04  | 2026-07-09
  tracker               | centre_number | person_id | unit_code | status          | counts_as_claimed | as_of
                        | 99999         | p2        | 05834/04  | claim_submitted | true              | 2026-07-24
                        | 99999         | p3        | 05834/04  | claim_submitted | true              | 2026-07-24
  unit_results          | centre_number | person_id | series | unit_code | option_code | grade | window_from | window_to  | award_date
                        | 99999         | p1        | 9I25   | 05834/04  | 583404      | U     | 2026-07-01  | 2026-07-31 | 2026-07-09
                        | 99999         | p2        | 9I25   | 05834/04  | 583404      | U     | 2026-07-01  | 2026-07-31 |
                        | 99999         | p3        | 9I25   | 05834/04  | 583404      | U     | 2026-08-01  | 2026-08-04 |
  speaks                | person_id
                        | p1
                        | p3

a later year is silent, an unknown one is info, withdrawn and awarded are silent, and without any claim of the centre nobody is looked at
  coverage              | centre_number | carrier
                        | 99999         | claims
                        | 99998         | tracker
  qualification_entries | centre_number | person_id | qualification_code | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | 360                   | true    | false
                        | 99999         | p2        | 05835              | 360                   | true    |
                        | 99999         | p3        | 05835              | 360                   | false   | true
                        | 99999         | p4        | 05835              | 360                   | true    | true
                        | 99999         | p5        | 05835              | 360                   | true    | true
                        | 99999         | p6        | 05835              | 360                   | true    | true
                        | 99998         | p7        | 05835              | 360                   | true    | true
  qualification_results | centre_number | person_id | qualification_code | grade
                        | 99999         | p4        | 05835              | M
                        | 99999         | p6        | 05835              | X
  tracker               | centre_number | person_id | qualification_code | unit_code | status
                        | 99999         | p5        | 05835              |           | result_achieved
  speaks                | person_id | severity
                        | p2        | info
                        | p6        | error
  looked_at = 2

an optional unit that was started is needed only while the hours are short without it
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05839              | 360                   | true    | true
                        | 99999         | p2        | 05839              | 360                   | true    | true
                        | 99999         | p3        | 05839              | 360                   | true    | true
  achieved_units        | centre_number | person_id | unit_code
                        | 99999         | p1        | 05838/01
                        | 99999         | p1        | 05838/15
                        | 99999         | p2        | 05838/15
                        | 99999         | p2        | 05838/16
  claims                | centre_number | person_id | unit_code | claim_date
                        | 99999         | p3        | 05838/15  | 2026-05-17
                        | 99999         | p3        | 05838/16  | 2026-05-17
  unit_results          | centre_number | person_id | series | unit_code | option_code | grade | award_date
                        | 99999         | p1        | 9I24   | 05838/17  | 583817      | U     | 2025-07-09
                        | 99999         | p2        | 9I24   | 05838/17  | 583817      | U     | 2025-07-09
                        | 99999         | p3        | 9I24   | 05838/17  | 583817      | U     | 2025-07-09
  speaks                | person_id | unit_code | option_code | found                                        | expected
                        | p1        | 05838/17  | 583817      | last result U in 9I24, and not claimed since | started, and its hours are needed for 05839 Level 3 Cambridge Technical Extended Certificate in IT (check the centre handbook)
  looked_at = 8

the last day for claims of another season says nothing
  deadlines             | season  | service                                       | deadline
                        | 2025-26 | last claims before the final moderation visit | 2026-06-15
                        | 2026-27 | last claims before the final moderation visit | 2027-06-15
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | subject  | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | Business | 360                   | true    | true
  speaks                | person_id | unit_code | severity | state
                        | p1        | 05834/04  | error    | open

a qualification of which the reference data list units and no title is told by its code
  qualifications        | qualification_code
                        | 05839
  coverage              | centre_number | carrier
                        | 99999         | claims
  qualification_entries | centre_number | person_id | qualification_code | guided_learning_hours | is_live | is_expected
                        | 99999         | p1        | 05835              | 360                   | true    | true
  speaks                | person_id | unit_code | expected
                        | p1        | 05834/04  | mandatory for 05835 (check the centre handbook)
*/
