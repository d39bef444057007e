/*
summary = "Which result, if any, answers each claim of a unit; and each result of a moderated unit that answers none."
reads = ["claims", "unit_results", "units", "series_seen", "seasons", "grade_decodings"]
order = ["centre_number", "person_id", "unit_code", "claim_date", "result_date", "outcome"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
unit_code = "VARCHAR: the unit"
option_code = "VARCHAR: the unit as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: moderated; examined where a unit was claimed that is not moderated at all; NULL where nobody says"
outcome = "VARCHAR: answered (a result follows, and this is the last claim before it), replaced (a later claim came before that result), unanswered (no result follows), undated (a claim without a day), or unclaimed (a result that no claim precedes)"
qualification_code = "VARCHAR: the qualification the unit was claimed for"
claim_date = "DATE: day of the claim; NULL of an unclaimed result"
claim_season = "VARCHAR: the academic year of that day"
claimed_grade_as_sent = "VARCHAR: as the centre wrote it"
claimed_grade = "VARCHAR: decoded; NULL where nothing decodes it, or two claims of one day differ"
result_date = "DATE: the award date; where only EDI has the result, the last day of its window, else of its academic year; the day before a claim inside that window which the next result answers"
result_series = "VARCHAR: the series of the result"
result_season = "VARCHAR: the academic year of that series"
result_window_from = "DATE: its window"
result_grade = "VARCHAR: its grade, folded over the carriers"
withheld = "VARCHAR: X or Q where, after an unanswered claim, the board says that and no grade yet"
file_id = "VARCHAR: the file of the claim; of an unclaimed result, its own"
line = "INTEGER: the line there"
*/
WITH read_claims AS (
    SELECT
        c.*,
        u.assessment,
        d.grade AS decoded_grade,
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.unit_code, c.claim_date
            ORDER BY c.file_id ASC NULLS LAST, c.line ASC NULLS LAST
        ) AS place
    FROM claims AS c
    LEFT JOIN units AS u ON u.unit_code = c.unit_code
    LEFT JOIN grade_decodings AS d
        ON
            d.gradeset = CASE
                WHEN c.suite = '2012' THEN 'unit_2012'
                WHEN c.suite = '2016' AND c.level = 3 THEN 'unit_level3_2016'
                WHEN c.suite = '2016' AND c.level = 2 THEN 'unit_level2_2016'
            END
            AND d.code = upper(trim(c.claimed_grade))
),

-- a record handed in twice, or one unit claimed for two qualifications, is one claim
claim_days AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        claim_date,
        max(option_code) AS option_code,
        max(suite) AS suite,
        max(level) AS level,
        max(subject) AS subject,
        max(assessment) AS assessment,
        max(CASE WHEN place = 1 THEN qualification_code END) AS qualification_code,
        max(claim_season) AS claim_season,
        max(CASE WHEN place = 1 THEN claimed_grade END) AS claimed_grade_as_sent,
        CASE WHEN min(decoded_grade) = max(decoded_grade) THEN min(decoded_grade) END AS claimed_grade,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line
    FROM read_claims
    GROUP BY centre_number, person_id, unit_code, claim_date
),

dated AS (
    SELECT
        r.*,
        e.season,
        -- the stretch after the calendar's windows is open-ended, the academic year is not
        coalesce(r.award_date, least(r.window_to, y.last_day)) AS result_date
    FROM unit_results AS r
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM r.board AND e.series = r.series
    LEFT JOIN seasons AS y ON y.season = e.season
    WHERE r.unit_code IS NOT NULL AND r.assessment IS DISTINCT FROM 'examined'
),

-- EDI gives a window and the report a day: when they place one result in two windows it is still one
witnessed AS (
    SELECT
        d.*,
        sum(CASE WHEN d.award_date IS NULL THEN 1 ELSE 0 END) OVER (
            PARTITION BY d.centre_number, d.person_id, d.unit_code, d.series
        ) AS undated_results,
        sum(CASE WHEN d.award_date IS NULL THEN 0 ELSE 1 END) OVER (
            PARTITION BY d.centre_number, d.person_id, d.unit_code, d.series
        ) AS dated_results,
        max(CASE WHEN d.award_date IS NOT NULL AND strpos((' ' || d.carriers || ' '), ' edi ') = 0 THEN d.grade END) OVER (
            PARTITION BY d.centre_number, d.person_id, d.unit_code, d.series
        ) AS report_grade
    FROM dated AS d
    WHERE d.grade IS NOT NULL AND d.grade NOT IN ('X', 'Q') AND d.result_date IS NOT NULL
),

ranked AS (
    SELECT
        w.*,
        row_number() OVER (
            PARTITION BY w.centre_number, w.person_id, w.unit_code, w.result_date
            ORDER BY
                CASE WHEN w.award_date IS NULL THEN 1 ELSE 0 END ASC NULLS LAST,
                w.series DESC NULLS LAST,
                w.window_from DESC NULLS LAST,
                w.option_code ASC NULLS LAST
        ) AS place
    FROM witnessed AS w
    WHERE NOT (w.award_date IS NULL AND w.undated_results = 1 AND w.dated_results = 1 AND w.report_grade IS NOT DISTINCT FROM w.grade)
),

placed AS (
    SELECT
        r.*,
        lag(r.result_date) OVER (PARTITION BY r.centre_number, r.person_id, r.unit_code ORDER BY r.result_date ASC NULLS LAST) AS previous_date
    FROM ranked AS r
    WHERE r.place = 1
),

counted AS (
    SELECT
        p.centre_number,
        p.person_id,
        p.unit_code,
        p.result_date,
        count(c.claim_date) AS claims,
        max(c.claim_date) AS last_claim
    FROM placed AS p
    LEFT JOIN claim_days AS c
        ON
            c.centre_number = p.centre_number AND c.person_id = p.person_id AND c.unit_code = p.unit_code
            AND c.claim_date <= p.result_date AND (p.previous_date IS NULL OR c.claim_date > p.previous_date)
    GROUP BY p.centre_number, p.person_id, p.unit_code, p.result_date
),

-- the end of a window is the latest day a result can be of: of two claims before it, one made inside the window may be the
-- next result's, and is where that result would have none
moved AS (
    SELECT
        p.*,
        CASE
            WHEN
                p.award_date IS NULL AND n.claims > 1 AND n.last_claim >= p.window_from
                AND lead(n.claims) OVER (PARTITION BY p.centre_number, p.person_id, p.unit_code ORDER BY p.result_date ASC NULLS LAST) = 0
                THEN CAST(n.last_claim - INTERVAL 1 DAY AS DATE)
            ELSE p.result_date
        END AS settled_on
    FROM placed AS p
    INNER JOIN counted AS n
        ON n.centre_number = p.centre_number AND n.person_id = p.person_id AND n.unit_code = p.unit_code AND n.result_date = p.result_date
),

results AS (
    SELECT
        m.centre_number,
        m.person_id,
        m.unit_code,
        m.option_code,
        m.suite,
        m.level,
        m.subject,
        m.assessment,
        m.series,
        m.season,
        m.window_from,
        m.grade,
        m.file_id,
        m.line,
        m.settled_on AS result_date,
        lag(m.settled_on) OVER (PARTITION BY m.centre_number, m.person_id, m.unit_code ORDER BY m.settled_on ASC NULLS LAST) AS previous_date
    FROM moved AS m
),

withheld AS (
    SELECT centre_number, person_id, unit_code, max(result_date) AS result_date, max(grade) AS grade
    FROM dated
    WHERE grade IN ('X', 'Q')
    GROUP BY centre_number, person_id, unit_code
),

-- a result answers the claims made after the result before it and not after itself
paired AS (
    SELECT
        c.*,
        r.result_date,
        r.series AS result_series,
        r.season AS result_season,
        r.window_from AS result_window_from,
        r.grade AS result_grade,
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.unit_code, r.result_date
            ORDER BY c.claim_date DESC NULLS LAST
        ) AS place
    FROM claim_days AS c
    LEFT JOIN results AS r
        ON
            r.centre_number = c.centre_number AND r.person_id = c.person_id AND r.unit_code = c.unit_code
            AND c.claim_date <= r.result_date AND (r.previous_date IS NULL OR c.claim_date > r.previous_date)
)

SELECT
    p.centre_number,
    p.person_id,
    p.unit_code,
    p.option_code,
    p.suite,
    p.level,
    p.subject,
    p.assessment,
    CASE
        WHEN p.claim_date IS NULL THEN 'undated'
        WHEN p.result_date IS NULL THEN 'unanswered'
        WHEN p.place = 1 THEN 'answered'
        ELSE 'replaced'
    END AS outcome,
    p.qualification_code,
    p.claim_date,
    p.claim_season,
    p.claimed_grade_as_sent,
    p.claimed_grade,
    p.result_date,
    p.result_series,
    p.result_season,
    p.result_window_from,
    p.result_grade,
    CASE WHEN p.result_date IS NULL AND h.result_date >= p.claim_date THEN h.grade END AS withheld,
    p.file_id,
    p.line
FROM paired AS p
LEFT JOIN withheld AS h ON h.centre_number = p.centre_number AND h.person_id = p.person_id AND h.unit_code = p.unit_code
UNION ALL
SELECT
    r.centre_number,
    r.person_id,
    r.unit_code,
    r.option_code,
    r.suite,
    r.level,
    r.subject,
    r.assessment,
    'unclaimed' AS outcome,
    CAST(NULL AS VARCHAR) AS qualification_code,
    CAST(NULL AS DATE) AS claim_date,
    CAST(NULL AS VARCHAR) AS claim_season,
    CAST(NULL AS VARCHAR) AS claimed_grade_as_sent,
    CAST(NULL AS VARCHAR) AS claimed_grade,
    r.result_date,
    r.series AS result_series,
    r.season AS result_season,
    r.window_from AS result_window_from,
    r.grade AS result_grade,
    CAST(NULL AS VARCHAR) AS withheld,
    r.file_id,
    r.line
FROM results AS r
LEFT JOIN paired AS p
    ON
        p.place = 1 AND p.centre_number = r.centre_number AND p.person_id = r.person_id
        AND p.unit_code = r.unit_code AND p.result_date = r.result_date
WHERE p.person_id IS NULL
