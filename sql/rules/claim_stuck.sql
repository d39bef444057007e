/*
severity = "warning"
owner = "centre"
summary = "The progress tracker shows a claim that has not moved on since it should have become a result."
message = "{item}: {found}, and {expected} is not here."
action = """
1. Open My Cambridge > Progress Tracker today and look at the unit again: it may have moved on since this download.
2. Claim submitted: ask the teacher whether the moderator has been in touch, and that the claim was sent and not only saved.
3. Sample selected: make sure that the whole sample has reached the moderator.
4. Result pending for more than a day: write to vqprocessing@ocr.org.uk with the centre, the OCR candidate number and the unit.
5. If nobody knows where it is, ring Customer Support, 01223 553998."""
why = "The sample did not arrive, the moderator's visit did not take place, or the confirmed claim stopped on its way to becoming a result."
source = "Progress Tracker, achievement statuses: Claim submitted, Sample selected, Result pending and the 24 hours it may take; docs/semantics.md, coverage"
population = "units that are not examined on the progress tracker"
reads = ["tracker", "claim_answers", "unit_results", "release_calendar", "seasons", "qualification_entries", "units", "run"]
needs = ["tracker"]
key = ["person", "unit"]
follows_from = ["claim_without_result"]
confidence = "documented"
wording = ["Claim submitted", "Sample selected", "Result pending"]
where = ["My Cambridge > Cambridge Technicals Progress Tracker", "Interchange > Cambridge Technicals > moderated unit claims, By Candidate or By Unit"]
deadlines = ["last claims before the final moderation visit"]
*/
-- an hour is added because the calendar keeps London time
WITH clock AS (
    SELECT season, CAST(CAST(:as_of AS TIMESTAMP WITH TIME ZONE) + INTERVAL 1 HOUR AS DATE) AS today
    FROM run
),

freezes AS (
    SELECT window_from, window_to
    FROM release_calendar
    WHERE strpos(('|' || carrier || '|'), '|tracker|') > 0
),

-- where rows carry days of their own, the file was still saying so on its latest
file_days AS (
    SELECT file_id, max(as_of) AS day
    FROM tracker
    WHERE last_updated IS NOT NULL
    GROUP BY file_id
),

seen AS (
    SELECT
        t.*,
        CASE WHEN t.last_updated IS NULL THEN t.as_of ELSE coalesce(f.day, t.as_of) END AS known_on,
        CASE WHEN t.status IN ('result_achieved', 'result_not_achieved') THEN 1 ELSE 0 END AS is_settled,
        CASE WHEN t.status IN ('claim_submitted', 'sample_selected', 'result_pending') THEN 1 ELSE 0 END AS is_waiting
    FROM tracker AS t
    LEFT JOIN file_days AS f ON f.file_id = t.file_id
    WHERE t.unit_code IS NOT NULL AND t.assessment IS DISTINCT FROM 'examined'
),

-- a unit may be listed for two qualifications: a result under one is a result, a claim under one is a claim
placed AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code
            ORDER BY
                s.known_on DESC NULLS LAST,
                s.is_settled DESC NULLS LAST,
                s.is_waiting DESC NULLS LAST,
                s.status DESC NULLS LAST,
                s.qualification_code ASC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place,
        max(CASE WHEN s.is_settled = 1 THEN s.known_on END) OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code
        ) AS last_settled,
        max(CASE WHEN s.is_settled = 1 OR (s.is_waiting = 1 AND s.status <> 'result_pending') THEN s.known_on END) OVER (
            PARTITION BY s.centre_number, s.person_id, s.unit_code
        ) AS last_not_pending
    FROM seen AS s
),

-- the earliest day on which a download shows what the latest one shows
histories AS (
    SELECT
        p.*,
        min(CASE WHEN p.is_waiting = 1 AND (p.last_settled IS NULL OR p.as_of > p.last_settled) THEN p.as_of END) OVER (
            PARTITION BY p.centre_number, p.person_id, p.unit_code
        ) AS waiting_since,
        min(CASE WHEN p.status = 'result_pending' AND (p.last_not_pending IS NULL OR p.as_of > p.last_not_pending) THEN p.as_of END) OVER (
            PARTITION BY p.centre_number, p.person_id, p.unit_code
        ) AS pending_since,
        max(p.expected_season) OVER (PARTITION BY p.centre_number, p.person_id, p.unit_code) AS finishing_season
    FROM placed AS p
),

claimed AS (
    SELECT
        a.centre_number,
        a.person_id,
        a.unit_code,
        max(CASE WHEN a.outcome = 'unanswered' AND a.claim_date <= p.known_on THEN a.claim_date END) AS open_claim,
        max(CASE WHEN a.withheld IS NOT NULL THEN 1 ELSE 0 END) AS is_withheld,
        max(a.result_date) AS last_result
    FROM claim_answers AS a
    INNER JOIN placed AS p
        ON p.place = 1 AND p.centre_number = a.centre_number AND p.person_id = a.person_id AND p.unit_code = a.unit_code
    GROUP BY a.centre_number, a.person_id, a.unit_code
),

-- X and Q have rules of their own
withheld AS (
    SELECT centre_number, person_id, unit_code, max(coalesce(award_date, window_to)) AS withheld_on
    FROM unit_results
    WHERE grade IN ('X', 'Q')
    GROUP BY centre_number, person_id, unit_code
),

left_course AS (
    SELECT centre_number, person_id, suite, subject
    FROM qualification_entries
    GROUP BY centre_number, person_id, suite, subject
    HAVING min(CASE WHEN withdrawn THEN 1 ELSE 0 END) = 1
),

bounded AS (
    SELECT
        h.*,
        c.open_claim,
        c.last_result,
        c.is_withheld,
        w.withheld_on,
        -- the claim was made on this day or before
        coalesce(c.open_claim, h.waiting_since) AS claimed_by,
        l.person_id IS NOT NULL AS has_left
    FROM histories AS h
    LEFT JOIN claimed AS c ON c.centre_number = h.centre_number AND c.person_id = h.person_id AND c.unit_code = h.unit_code
    LEFT JOIN withheld AS w ON w.centre_number = h.centre_number AND w.person_id = h.person_id AND w.unit_code = h.unit_code
    LEFT JOIN left_course AS l
        ON l.centre_number = h.centre_number AND l.person_id = h.person_id AND l.suite = h.suite AND l.subject = h.subject
    WHERE h.place = 1
),

-- the windows of the annual series; those of the tracker's freeze are of no suite
windows AS (
    SELECT season, CASE substr(series, 1, 2) WHEN '9I' THEN '2016' WHEN '9C' THEN '2012' END AS suite, window_to
    FROM release_calendar
),

-- the first window that could have held its result; where nobody says when it was claimed, the last of that academic year
ends AS (
    SELECT
        b.centre_number,
        b.person_id,
        b.unit_code,
        min(CASE WHEN w.window_to >= b.claimed_by THEN w.window_to END) AS window_end,
        max(CASE WHEN w.season = told.season THEN w.window_to END) AS last_end,
        made.season AS claim_season
    FROM bounded AS b
    LEFT JOIN seasons AS made ON b.claimed_by BETWEEN made.first_day AND made.last_day
    LEFT JOIN seasons AS told ON b.known_on BETWEEN told.first_day AND told.last_day
    LEFT JOIN windows AS w ON w.suite = b.suite
    GROUP BY b.centre_number, b.person_id, b.unit_code, made.season
),

standstill AS (
    SELECT b.known_on
    FROM bounded AS b
    CROSS JOIN clock AS c
    INNER JOIN freezes AS f ON f.window_from <= c.today AND f.window_to >= b.known_on
    GROUP BY b.known_on
),

judged AS (
    SELECT
        b.*,
        coalesce(e.window_end, CASE WHEN b.open_claim IS NULL AND b.last_result IS NULL THEN e.last_end END) AS due_by,
        CASE
            WHEN b.status <> 'result_pending' THEN NULL
            WHEN b.known_on > CAST(b.pending_since + INTERVAL 1 DAY AS DATE) THEN b.known_on
            -- the tracker may have moved on since, but a day is all that it should take
            WHEN s.known_on IS NULL AND c.today > CAST(b.known_on + INTERVAL 1 DAY AS DATE) THEN c.today
        END AS still_pending_on,
        (
            b.is_withheld IS DISTINCT FROM 1
            AND NOT b.has_left
            AND NOT coalesce(b.last_result >= b.claimed_by, FALSE)
            AND NOT coalesce(b.withheld_on >= b.claimed_by, FALSE)
            AND (e.claim_season >= c.season OR b.finishing_season >= c.season)
        ) AS is_open
    FROM bounded AS b
    CROSS JOIN clock AS c
    INNER JOIN ends AS e ON e.centre_number = b.centre_number AND e.person_id = b.person_id AND e.unit_code = b.unit_code
    LEFT JOIN standstill AS s ON s.known_on = b.known_on
)

SELECT
    j.centre_number,
    j.person_id,
    '72' AS board,
    j.subject,
    j.unit_code,
    u.option_code,
    CASE
        WHEN j.status = 'result_pending' THEN 'the result that should follow within 24 hours'
        ELSE ('a result in the awards up to ' || CAST(j.due_by AS VARCHAR))
    END AS expected,
    (
        'the tracker of ' || CAST(j.known_on AS VARCHAR) || ' says ' || j.status_as_sent
        || CASE
            WHEN j.pending_since < j.known_on THEN (', as it did on ' || CAST(j.pending_since AS VARCHAR))
            WHEN j.open_claim IS NOT NULL THEN (', claimed on ' || CAST(j.open_claim AS VARCHAR))
            WHEN j.waiting_since < j.known_on THEN (', claimed by ' || CAST(j.waiting_since AS VARCHAR))
            ELSE ''
        END
    ) AS found,
    j.status AS cause,
    CASE WHEN j.status = 'result_pending' THEN 'board' END AS owner,
    j.file_id,
    j.line,
    (
        j.is_waiting = 1
        AND j.is_open
        AND CASE
            WHEN j.status = 'result_pending' THEN j.still_pending_on IS NOT NULL
            ELSE j.due_by < j.known_on
        END
    ) AS speaks
FROM judged AS j
LEFT JOIN units AS u ON u.unit_code = j.unit_code;

/* cases
a claim still submitted, or its sample still selected, after the window it belongs to has ended is reported
  as_of = 2026-08-21T08:30:00+01:00
  tracker       | centre_number | person_id | qualification_code | unit_code | suite | subject | assessment | status          | status_as_sent  | expected_season | last_updated | as_of      | file_id | line
                | 99999         | p1        | 05838              | 05838/17  | 2016  | IT      | moderated  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 2
                | 99999         | p2        | 05838              | 05838/17  | 2016  | IT      | moderated  | sample_selected | Sample selected | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 3
                | 99999         | p3        | 05838              | 05838/17  | 2016  | IT      | moderated  | result_achieved | Result achieved | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 4
                | 99999         | p4        | 05838              | 05838/01  | 2016  | IT      | examined   | entered         | Entered         | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 5
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14
                | 99999         | p2        | 05838/17  | unanswered | 2026-08-02
                | 99999         | p3        | 05838/17  | unanswered | 2026-05-14
  speaks        | key              | severity | owner  | unit_code | option_code | qualification_code | expected                                | found                                                                   | cause           | file_id | line
                | 99999·p1·05838/17 | warning | centre | 05838/17  | 583817      |                    | a result in the awards up to 2026-07-31 | the tracker of 2026-08-20 says Claim submitted, claimed on 2026-05-14 | claim_submitted | t       | 2
                | 99999·p2·05838/17 | warning | centre | 05838/17  | 583817      |                    | a result in the awards up to 2026-08-04 | the tracker of 2026-08-20 says Sample selected, claimed on 2026-08-02 | sample_selected | t       | 3
  looked_at = 3

a download from before the window's end says nothing, on release day or any later day
  tracker       | centre_number | person_id | unit_code | suite | status          | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p2        | 05838/17  | 2016  | sample_selected | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p3        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-07-23   | 2026-07-23
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14
  speaks nothing
  looked_at = 3

the same, weeks later
  as_of = 2026-09-21T08:30:00+01:00
  tracker       | centre_number | person_id | unit_code | suite | status          | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p3        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-07-23   | 2026-07-23
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14
  speaks nothing
  looked_at = 2

frozen: a row without a day, or of a day in the freeze, is evidence for its first day alone
  tracker       | centre_number | person_id | unit_code | suite | status          | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-09   | 2026-07-24
                | 99999         | p2        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-08-06   | 2026-07-24
                | 99999         | p3        | 05838/17  | 2016  | result_pending  | 2025-26         |              | 2026-07-24
                | 99999         | p4        | 05838/17  | 2016  | claim_submitted | 2025-26         |              |
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14
  speaks nothing
  looked_at = 4

the last day of the window is still in time, the day after is not
  as_of = 2026-08-21T08:30:00+01:00
  release_calendar | season  | series | board | carrier | window_from | window_to  | released_to_centres
                   | 2025-26 | 9I25   | 72    | edi     | 2026-07-01  | 2026-07-16 | 2026-08-10T08:00:00+01:00
  tracker          | centre_number | person_id | unit_code | suite | status          | expected_season | last_updated | as_of
                   | 99999         | p1        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-07-16   | 2026-07-16
                   | 99999         | p2        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-07-17   | 2026-07-17
  claim_answers    | centre_number | person_id | unit_code | outcome    | claim_date
                   | 99999         | p1        | 05838/17  | unanswered | 2026-07-16
                   | 99999         | p2        | 05838/17  | unanswered | 2026-07-16
  speaks           | person_id
                   | p2

a claim of last summer that is still submitted this summer is stuck, whatever the freeze
  tracker       | centre_number | person_id | unit_code | suite | status          | status_as_sent  | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p2        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2024-25         | 2026-07-23   | 2026-07-23
                | 99999         | p3        | 05347/10  | 2012  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p1        | 05838/17  | unanswered | 2025-05-14
                | 99999         | p2        | 05838/17  | unanswered | 2025-05-14
                | 99999         | p3        | 05347/10  | unanswered | 2025-08-05
  speaks        | person_id | expected
                | p1        | a result in the awards up to 2025-07-31
                | p3        | a result in the awards up to 2025-08-05

answered since, X or Q since, or a claim of after the last window: silent
  as_of = 2026-08-21T08:30:00+01:00
  tracker       | centre_number | person_id | unit_code | suite | status          | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p2        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p3        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p4        | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p5        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-08-18   | 2026-08-18
                | 99999         | p6        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-08-18   | 2026-08-18
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | result_date | withheld
                | 99999         | p1        | 05838/17  | answered   | 2026-05-14 | 2026-07-31  |
                | 99999         | p2        | 05838/17  | unanswered | 2026-05-14 |             | Q
                | 99999         | p3        | 05838/17  | unanswered | 2026-08-06 |             |
                | 99999         | p4        | 05838/17  | undated    |            | 2026-07-31  |
                | 99999         | p5        | 05838/17  | unclaimed  |            | 2026-08-19  |
  unit_results  | centre_number | person_id | unit_code | series | grade | window_to
                | 99999         | p6        | 05838/17  | 9I25   | Q     | 2026-08-31
  speaks nothing
  looked_at = 6

without the centre's claims an earlier download tells when it was claimed; without that too, the season's last window must be past
  as_of = 2026-08-21T08:30:00+01:00
  tracker | centre_number | person_id | unit_code | suite | status          | status_as_sent  | expected_season | last_updated | as_of      | file_id | line
          | 99999         | p1        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23 | s       | 2
          | 99999         | p1        | 05838/17  | 2016  | sample_selected | Sample selected | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 2
          | 99999         | p2        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 3
          | 99999         | p3        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2026-27         | 2026-10-01   | 2026-10-01 | u       | 4
          | 99999         | p4        | 05838/17  |       | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | t       | 5
  speaks  | person_id | found                                                                   | expected
          | p1        | the tracker of 2026-08-20 says Sample selected, claimed by 2026-07-23 | a result in the awards up to 2026-07-31
          | p2        | the tracker of 2026-08-20 says Claim submitted                         | a result in the awards up to 2026-08-04
  looked_at = 4

a result that the tracker knew before the claim is no answer to it; one that it knows after is
  as_of = 2026-08-21T08:30:00+01:00
  tracker       | centre_number | person_id | unit_code | suite | status              | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | result_not_achieved | 2025-26         | 2026-02-02   | 2026-02-02
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted     | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted     | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p2        | 05838/17  | 2016  | claim_submitted     | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p2        | 05838/17  | 2016  | result_achieved     | 2025-26         | 2026-08-20   | 2026-08-20
  claim_answers | centre_number | person_id | unit_code | outcome   | result_date
                | 99999         | p1        | 05838/17  | unclaimed | 2026-01-20
  speaks        | person_id
                | p1

listed for two qualifications: a claim under one is a claim, a result under one is a result
  as_of = 2026-08-21T08:30:00+01:00
  tracker       | centre_number | person_id | qualification_code | unit_code | suite | status          | expected_season | last_updated | as_of      | line
                | 99999         | p1        | 05838              | 05838/17  | 2016  | not_entered     | 2025-26         | 2026-08-20   | 2026-08-20 | 2
                | 99999         | p1        | 05839              | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20 | 3
                | 99999         | p2        | 05838              | 05838/17  | 2016  | result_achieved | 2025-26         | 2026-08-20   | 2026-08-20 | 4
                | 99999         | p2        | 05839              | 05838/17  | 2016  | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20 | 5
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14
                | 99999         | p2        | 05838/17  | unanswered | 2026-05-14
  speaks        | person_id | line
                | p1        | 3
  looked_at = 2

result pending for more than a day by the clock is reported, unless the tracker stands still
  as_of = 2026-07-22T08:30:00+01:00
  tracker | centre_number | person_id | unit_code | suite | status         | status_as_sent | expected_season | last_updated | as_of      | line
          | 99999         | p1        | 05838/17  | 2016  | result_pending | Result pending | 2025-26         | 2026-07-20   | 2026-07-20 | 2
          | 99999         | p2        | 05838/17  | 2016  | result_pending | Result pending | 2025-26         | 2026-07-21   | 2026-07-21 | 3
          | 99998         | p3        | 05838/17  | 2016  | result_pending | Result pending | 2025-26         | 2026-07-20   | 2026-07-20 | 4
          | 99999         | p4        | 05838/17  | 2016  | result_pending | Result pending | 2025-26         | 2026-07-20   | 2026-07-20 | 5
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date
                | 99999         | p4        | 05838/17  | unanswered | 2026-07-20
  speaks  | person_id | owner | found                                                                  | expected                                      | line
          | p1        | board | the tracker of 2026-07-20 says Result pending                          | the result that should follow within 24 hours | 2
          | p3        | board | the tracker of 2026-07-20 says Result pending                          | the result that should follow within 24 hours | 4
          | p4        | board | the tracker of 2026-07-20 says Result pending, claimed on 2026-07-20 | the result that should follow within 24 hours | 5

two downloads that say Result pending two days apart prove it, in a freeze too; one day apart does not
  tracker | centre_number | person_id | unit_code | suite | status          | status_as_sent  | expected_season | last_updated | as_of      | file_id
          | 99999         | p1        | 05838/17  | 2016  | result_pending  | Result pending  | 2025-26         | 2026-07-21   | 2026-07-21 | s
          | 99999         | p1        | 05838/17  | 2016  | result_pending  | Result pending  | 2025-26         | 2026-07-23   | 2026-07-23 | t
          | 99999         | p2        | 05838/17  | 2016  | result_pending  | Result pending  | 2025-26         | 2026-07-22   | 2026-07-22 | r
          | 99999         | p2        | 05838/17  | 2016  | result_pending  | Result pending  | 2025-26         | 2026-07-23   | 2026-07-23 | t
          | 99999         | p3        | 05838/17  | 2016  | sample_selected | Sample selected | 2025-26         | 2026-07-22   | 2026-07-22 | r
          | 99999         | p3        | 05838/17  | 2016  | result_pending  | Result pending  | 2025-26         | 2026-07-23   | 2026-07-23 | t
  speaks  | person_id | found
          | p1        | the tracker of 2026-07-23 says Result pending, as it did on 2026-07-21

rows with days of their own: what the file still says on its latest day is of that day
  tracker | centre_number | person_id | unit_code | suite | status          | expected_season | last_updated | as_of      | file_id
          | 99999         | p1        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-07-15   | 2026-07-15 | t
          | 99999         | p2        | 05838/17  | 2016  | result_achieved | 2025-26         | 2026-07-23   | 2026-07-23 | t
          | 99999         | p3        | 05838/17  | 2016  | result_pending  | 2025-26         | 2026-07-15   | 2026-07-15 | s
          | 99999         | p4        | 05838/17  | 2016  | not_entered     | 2025-26         |              | 2026-07-23 | s
  speaks  | person_id
          | p1

whoever is withdrawn from every entry in the subject is silent
  as_of = 2026-08-21T08:30:00+01:00
  tracker               | centre_number | person_id | unit_code | suite | subject | status          | expected_season | last_updated | as_of
                        | 99999         | p1        | 05838/17  | 2016  | IT      | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20
                        | 99999         | p2        | 05838/17  | 2016  | IT      | claim_submitted | 2025-26         | 2026-08-20   | 2026-08-20
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | withdrawn
                        | 99999         | p1        | 05838              | 2016  | IT      | true
                        | 99999         | p2        | 05838              | 2016  | IT      | true
                        | 99999         | p2        | 05839              | 2016  | IT      | false
  speaks                | person_id
                        | p2

the tracker stands still from the freeze's first day to its last
  as_of = 2026-07-27T08:30:00+01:00
  release_calendar | season  | board | carrier | window_from | window_to
                   | 2025-26 | 72    | tracker | 2026-07-24  | 2026-07-24
  tracker          | centre_number | person_id | unit_code | suite | status         | expected_season | last_updated | as_of
                   | 99999         | p1        | 05838/17  | 2016  | result_pending | 2025-26         | 2026-07-24   | 2026-07-24
                   | 99999         | p2        | 05838/17  | 2016  | result_pending | 2025-26         | 2026-07-25   | 2026-07-25
  speaks           | person_id
                   | p2
  looked_at = 2

on the freeze's first day the tracker stands still already
  as_of = 2026-07-24T08:30:00+01:00
  tracker | centre_number | person_id | unit_code | suite | status         | expected_season | last_updated | as_of
          | 99999         | p1        | 05838/17  | 2016  | result_pending | 2025-26         | 2026-07-20   | 2026-07-20
  speaks nothing
  looked_at = 1

each unit is judged by its own rows, claims and results, and by its own student's; another subject or suite that was left is another course
  as_of = 2026-08-21T08:30:00+01:00
  tracker               | centre_number | person_id | unit_code | suite | subject | status              | status_as_sent  | expected_season | last_updated | as_of
                        | 99999         | p1        | 05838/17  | 2016  | IT      | claim_submitted     | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                        | 99999         | p1        | 05838/17  | 2016  | IT      | claim_submitted     | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                        | 99999         | p1        | 05838/15  | 2016  | IT      | sample_selected     | Sample selected | 2025-26         | 2026-05-20   | 2026-05-20
                        | 99999         | p1        | 05838/15  | 2016  | IT      | sample_selected     | Sample selected | 2025-26         | 2026-08-20   | 2026-08-20
                        | 99999         | p1        | 05838/16  | 2016  | IT      | result_not_achieved |                 | 2025-26         | 2026-08-01   | 2026-08-01
                        | 99999         | p2        | 05838/17  | 2016  | IT      | claim_submitted     | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                        | 99999         | p3        | 05838/17  | 2016  | IT      | claim_submitted     | Claim submitted | 2025-26         | 2025-07-20   | 2025-07-20
                        | 99999         | p3        | 05838/17  | 2016  | IT      | claim_submitted     | Claim submitted | 2025-26         | 2025-09-30   | 2025-09-30
                        | 99999         | p3        | 05838/15  | 2016  | IT      | not_entered         |                 | 2025-26         | 2026-08-20   | 2026-08-20
                        | 99999         | p4        | 05838/17  | 2016  | IT      | claim_submitted     | Claim submitted | 2024-25         | 2026-07-23   | 2026-07-23
                        | 99999         | p4        | 05838/15  | 2016  | IT      | not_entered         |                 | 2025-26         | 2026-07-23   | 2026-07-23
                        | 99999         | p5        | 05838/17  | 2016  | IT      | result_pending      | Result pending  | 2025-26         | 2026-07-15   | 2026-07-15
                        | 99999         | p5        | 05838/17  | 2016  | IT      | result_pending      | Result pending  | 2025-26         | 2026-07-18   | 2026-07-18
                        | 99999         | p5        | 05838/15  | 2016  | IT      | sample_selected     | Sample selected | 2025-26         | 2026-07-16   | 2026-07-16
                        | 99999         | p5        | 05838/16  | 2016  | IT      | result_pending      | Result pending  | 2025-26         | 2026-07-10   | 2026-07-10
  claim_answers         | centre_number | person_id | unit_code | outcome    | claim_date | withheld
                        | 99999         | p1        | 05838/16  | unanswered | 2026-06-14 | Q
                        | 99999         | p3        | 05838/17  | unanswered | 2026-08-02 |
                        | 99999         | p4        | 05838/17  | unanswered | 2025-05-14 |
  unit_results          | centre_number | person_id | unit_code | series | grade | award_date
                        | 99999         | p1        | 05838/16  | 9I25   | Q     | 2026-08-02
                        | 99999         | p2        | 05838/17  | 9I25   | Q     | 2026-08-20
  qualification_entries | centre_number | person_id | qualification_code | suite | subject  | withdrawn
                        | 99999         | p1        | 05838              | 2016  | IT       | false
                        | 99999         | p1        | 05834              | 2016  | Business | true
                        | 99999         | p1        | 05346              | 2012  | IT       | true
  speaks                | person_id | unit_code | found                                                                  | expected
                        | p1        | 05838/17  | the tracker of 2026-08-20 says Claim submitted, claimed by 2026-07-23  | a result in the awards up to 2026-07-31
                        | p1        | 05838/15  | the tracker of 2026-08-20 says Sample selected, claimed by 2026-05-20  | a result in the awards up to 2026-07-31
                        | p3        | 05838/17  | the tracker of 2025-09-30 says Claim submitted, claimed by 2025-07-20  | a result in the awards up to 2025-07-31
                        | p5        | 05838/17  | the tracker of 2026-07-18 says Result pending, as it did on 2026-07-15 | the result that should follow within 24 hours
  looked_at = 11

of several claims, results and seasons the latest counts, and a result of the day itself answers
  as_of = 2026-08-21T08:30:00+01:00
  tracker       | centre_number | person_id | unit_code | suite | status          | status_as_sent  | expected_season | last_updated | as_of
                | 99999         | p1        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p2        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p3        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p3        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p4        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p4        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p5        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p6        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p6        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p7        | 05838/17  | 2016  | claim_submitted | Claim submitted |                 | 2026-08-20   | 2026-08-20
                | 99999         | p8        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p8        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | p9        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | p9        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
                | 99999         | pa        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2024-25         | 2025-09-30   | 2025-09-30
                | 99999         | pa        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
                | 99999         | pb        | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
  claim_answers | centre_number | person_id | unit_code | outcome    | claim_date | result_date | withheld
                | 99999         | p1        | 05838/17  | unanswered | 2026-05-14 |             |
                | 99999         | p1        | 05838/17  | unanswered | 2026-08-02 |             |
                | 99999         | p2        | 05838/17  | unanswered | 2026-05-14 |             | X
                | 99999         | p2        | 05838/17  | unanswered | 2026-06-20 |             |
                | 99999         | p3        | 05838/17  | unclaimed  |            | 2026-01-20  |
                | 99999         | p3        | 05838/17  | unclaimed  |            | 2026-08-01  |
                | 99999         | p5        | 05838/17  | answered   | 2026-07-03 | 2026-07-15  |
                | 99999         | p5        | 05838/17  | unanswered | 2026-07-16 |             |
                | 99999         | p6        | 05838/17  | answered   | 2026-01-10 | 2026-02-01  |
                | 99999         | p7        | 05838/17  | unanswered | 2026-05-14 |             |
                | 99999         | p9        | 05838/17  | unclaimed  |            | 2026-07-23  |
                | 99999         | pa        | 05838/17  | unanswered | 2025-05-14 |             |
                | 99999         | pb        | 05838/17  | unanswered | 2025-08-06 |             |
  unit_results  | centre_number | person_id | unit_code | series | grade | window_to  | award_date
                | 99999         | p4        | 05838/17  | 9I25   | Q     | 2026-01-31 | 2026-01-20
                | 99999         | p4        | 05838/17  | 9I25   | Q     | 2026-08-04 | 2026-08-01
                | 99999         | p5        | 05838/17  | 9I25   | U     | 2026-07-31 |
                | 99999         | p8        | 05838/17  | 9I25   | X     | 2026-07-31 | 2026-07-23
  speaks        | person_id | found                                                                 | expected
                | p1        | the tracker of 2026-08-20 says Claim submitted, claimed on 2026-08-02 | a result in the awards up to 2026-08-04
                | p5        | the tracker of 2026-08-20 says Claim submitted, claimed on 2026-07-16 | a result in the awards up to 2026-07-31
                | p6        | the tracker of 2026-08-20 says Claim submitted, claimed by 2026-07-23 | a result in the awards up to 2026-07-31
                | p7        | the tracker of 2026-08-20 says Claim submitted, claimed on 2026-05-14 | a result in the awards up to 2026-07-31
                | pa        | the tracker of 2026-07-23 says Claim submitted, claimed on 2025-05-14 | a result in the awards up to 2025-07-31
                | pb        | the tracker of 2026-08-20 says Claim submitted, claimed on 2025-08-06 | a result in the awards up to 2026-07-31
  looked_at = 11

a claim or a pending result is as old as the first download since the tracker last said something else
  as_of = 2026-08-21T08:30:00+01:00
  tracker | centre_number | person_id | qualification_code | unit_code | suite | status              | status_as_sent  | expected_season | last_updated | as_of
          | 99999         | p1        | 05838              | 05838/17  | 2016  | not_entered         |                 | 2025-26         | 2026-03-01   | 2026-03-01
          | 99999         | p1        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
          | 99999         | p1        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
          | 99999         | p2        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-01-10   | 2026-01-10
          | 99999         | p2        | 05838              | 05838/17  | 2016  | result_not_achieved |                 | 2025-26         | 2026-02-02   | 2026-02-02
          | 99999         | p2        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-03-15   | 2026-03-15
          | 99999         | p2        | 05838              | 05838/17  | 2016  | result_not_achieved |                 | 2025-26         | 2026-05-02   | 2026-05-02
          | 99999         | p2        | 05839              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-05-02   | 2026-05-02
          | 99999         | p2        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-07-23   | 2026-07-23
          | 99999         | p2        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20
          | 99999         | p3        | 05838              | 05838/17  | 2016  | sample_selected     | Sample selected | 2025-26         | 2026-07-01   | 2026-07-01
          | 99999         | p3        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-10   | 2026-07-10
          | 99999         | p3        | 05838              | 05838/17  | 2016  | sample_selected     | Sample selected | 2025-26         | 2026-07-20   | 2026-07-20
          | 99999         | p3        | 05839              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-20   | 2026-07-20
          | 99999         | p3        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-21   | 2026-07-21
          | 99999         | p3        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-22   | 2026-07-22
          | 99999         | p4        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-10   | 2026-07-10
          | 99999         | p4        | 05838              | 05838/17  | 2016  | result_not_achieved |                 | 2025-26         | 2026-07-15   | 2026-07-15
          | 99999         | p4        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-22   | 2026-07-22
          | 99999         | p4        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-23   | 2026-07-23
          | 99999         | p5        | 05838              | 05838/17  | 2016  | claim_submitted     | Claim submitted | 2025-26         | 2026-07-01   | 2026-07-01
          | 99999         | p5        | 05838              | 05838/17  | 2016  | not_entered         |                 | 2025-26         | 2026-07-10   | 2026-07-10
          | 99999         | p5        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-22   | 2026-07-22
          | 99999         | p5        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-23   | 2026-07-23
          | 99999         | p6        | 05838              | 05838/17  | 2016  | sample_selected     | Sample selected | 2025-26         | 2026-07-10   | 2026-07-10
          | 99999         | p6        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-20   | 2026-07-20
          | 99999         | p6        | 05839              | 05838/17  | 2016  | not_entered         |                 | 2025-26         | 2026-07-21   | 2026-07-21
          | 99999         | p6        | 05838              | 05838/17  | 2016  | result_pending      | Result pending  | 2025-26         | 2026-07-23   | 2026-07-23
  speaks  | person_id | found
          | p1        | the tracker of 2026-08-20 says Claim submitted, claimed by 2026-07-23
          | p2        | the tracker of 2026-08-20 says Claim submitted, claimed by 2026-07-23
          | p6        | the tracker of 2026-07-23 says Result pending, as it did on 2026-07-20
  looked_at = 6

of one day's rows the one furthest on is shown, then the lesser qualification, file and line; a unit nobody knows is told all the same
  as_of = 2026-08-21T08:30:00+01:00
  tracker | centre_number | person_id | qualification_code | unit_code | suite | status          | status_as_sent  | expected_season | last_updated | as_of      | file_id | line
          | 99999         | p1        | 05838              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | a       | 1
          | 99999         | p1        | 05839              | 05838/17  | 2016  | sample_selected | Sample selected | 2025-26         | 2026-08-20   | 2026-08-20 | b       | 2
          | 99999         | p2        | 05839              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | a       | 3
          | 99999         | p2        | 05838              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | b       | 4
          | 99999         | p3        | 05838              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | b       | 5
          | 99999         | p3        | 05838              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | a       | 6
          | 99999         | p4        | 05838              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | a       | 8
          | 99999         | p4        | 05838              | 05838/17  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | a       | 7
          | 99999         | p5        |                    | 09901/01  | 2016  | claim_submitted | Claim submitted | 2025-26         | 2026-08-20   | 2026-08-20 | a       | 9
  speaks  | person_id | unit_code | option_code | cause           | file_id | line
          | p1        | 05838/17  | 583817      | sample_selected | b       | 2
          | p2        | 05838/17  | 583817      | claim_submitted | b       | 4
          | p3        | 05838/17  | 583817      | claim_submitted | a       | 6
          | p4        | 05838/17  | 583817      | claim_submitted | a       | 7
          | p5        | 09901/01  |             | claim_submitted | a       | 9
  looked_at = 5
*/
