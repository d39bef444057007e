/*
summary = "The moderated units that a live qualification entry without an award needs, at centres whose claims are here: mandatory ones, and optional ones that were started."
reads = ["qualification_entries", "coverage", "combinations", "units", "achieved_units", "claims", "tracker", "unit_results", "series_seen", "seasons", "qualification_results", "entered_options", "run"]
order = ["centre_number", "person_id", "qualification_code", "unit_code"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered"
subject = "VARCHAR: its subject"
is_expected = "BOOLEAN: expected this season or earlier; NULL where nobody says"
guided_learning_hours = "INTEGER: hours its size needs"
unit_code = "VARCHAR: the unit"
option_code = "VARCHAR: the unit as EDI spells it"
requirement = "VARCHAR: mandatory or optional"
confidence = "VARCHAR: how sure that is"
failed_words = "VARCHAR: the last failing result, in words"
last_claim = "DATE: day of the last claim"
is_missing = "BOOLEAN: neither achieved nor claimed, and needed"
file_id = "VARCHAR: the file of the qualification entry"
line = "INTEGER: its line"
*/
WITH claiming AS (
    SELECT DISTINCT centre_number
    FROM coverage
    WHERE carrier = 'claims'
),

awarded AS (
    SELECT centre_number, person_id, qualification_code
    FROM qualification_results
    WHERE grade IS NULL OR grade NOT IN ('X', 'Q')
    UNION
    SELECT centre_number, person_id, qualification_code
    FROM tracker
    WHERE unit_code IS NULL AND status = 'result_achieved'
),

-- no award yet, and not known to finish in a later year
expecting AS (
    SELECT q.*
    FROM qualification_entries AS q
    INNER JOIN claiming AS c ON c.centre_number = q.centre_number
    LEFT JOIN awarded AS w
        ON
            w.centre_number = q.centre_number AND w.person_id = q.person_id
            AND w.qualification_code = q.qualification_code
    WHERE q.is_live AND coalesce(q.is_expected, TRUE) AND w.qualification_code IS NULL
),

listed AS (
    SELECT
        q.centre_number,
        q.person_id,
        q.qualification_code,
        k.unit_code,
        k.requirement,
        k.confidence,
        u.assessment,
        u.option_code,
        u.guided_learning_hours AS unit_hours
    FROM expecting AS q
    INNER JOIN combinations AS k ON k.qualification_code = q.qualification_code
    INNER JOIN units AS u ON u.unit_code = k.unit_code
),

achieved AS (
    SELECT DISTINCT centre_number, person_id, unit_code
    FROM achieved_units
    UNION
    SELECT DISTINCT centre_number, person_id, unit_code
    FROM tracker
    WHERE unit_code IS NOT NULL AND status = 'result_achieved'
),

-- a result that gives nothing; X and Q are no answer, and whoever achieved the unit elsewhere is not asked for it
failing AS (
    SELECT
        u.centre_number,
        u.person_id,
        u.unit_code,
        u.grade,
        u.series,
        coalesce(u.award_date, u.window_to, y.last_day) AS known_by,
        coalesce(u.award_date, u.window_from, y.first_day) AS not_before,
        row_number() OVER (
            PARTITION BY u.centre_number, u.person_id, u.unit_code
            ORDER BY coalesce(u.award_date, u.window_to, y.last_day) DESC NULLS LAST, u.series DESC NULLS LAST, u.grade ASC NULLS LAST
        ) AS place
    FROM unit_results AS u
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM u.board AND e.series = u.series
    LEFT JOIN seasons AS y ON y.season = e.season
    WHERE u.grade IS NOT NULL AND u.grade NOT IN ('X', 'Q')
),

failed AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        max(known_by) AS known_by,
        max(not_before) AS not_before,
        max(CASE WHEN place = 1 THEN (grade || ' in ' || series) END) AS words
    FROM failing
    GROUP BY centre_number, person_id, unit_code
),

-- X or Q in the place of a grade: without a claim there would be neither
withheld AS (
    SELECT u.centre_number, u.person_id, u.unit_code, max(coalesce(u.award_date, u.window_to, y.last_day)) AS known_by
    FROM unit_results AS u
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM u.board AND e.series = u.series
    LEFT JOIN seasons AS y ON y.season = e.season
    WHERE u.grade IN ('X', 'Q')
    GROUP BY u.centre_number, u.person_id, u.unit_code
),

claimed AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        max(claim_date) AS last_claim,
        max(CASE WHEN claim_date IS NULL THEN 1 ELSE 0 END) AS has_undated
    FROM claims
    GROUP BY centre_number, person_id, unit_code
),

tracked AS (
    SELECT
        centre_number,
        person_id,
        unit_code,
        max(CASE WHEN counts_as_claimed THEN 1 ELSE 0 END) AS is_claimed,
        max(CASE WHEN counts_as_claimed THEN as_of END) AS claimed_as_of,
        max(CASE WHEN status NOT IN ('not_entered', 'withdrawn_by_moderator', 'withdrawn', 'unknown') THEN 1 ELSE 0 END) AS is_started
    FROM tracker
    WHERE unit_code IS NOT NULL
    GROUP BY centre_number, person_id, unit_code
),

-- an examined unit of this season may still come
awaited AS (
    SELECT DISTINCT o.centre_number, o.person_id, o.unit_code
    FROM entered_options AS o
    INNER JOIN run AS r ON r.season = o.season
    LEFT JOIN unit_results AS u
        ON
            u.centre_number = o.centre_number AND u.person_id = o.person_id
            AND u.series = o.series AND u.option_code = o.option_code
    WHERE o.kind = 'unit' AND NOT o.withdrawn AND u.option_code IS NULL
),

judged AS (
    SELECT
        l.*,
        a.unit_code IS NOT NULL AS is_achieved,
        -- a claim is open until a failing result answers it; the tracker's word stands until one is surely later
        (
            (c.unit_code IS NOT NULL AND (c.has_undated = 1 OR f.known_by IS NULL OR c.last_claim > f.known_by))
            OR (coalesce(t.is_claimed, 0) = 1 AND (t.claimed_as_of IS NULL OR f.not_before IS NULL OR f.not_before <= t.claimed_as_of))
            OR (x.unit_code IS NOT NULL AND (f.known_by IS NULL OR x.known_by IS NULL OR x.known_by >= f.known_by))
        ) AS is_claimed,
        w.unit_code IS NOT NULL AND l.assessment = 'examined' AS is_awaited,
        (
            a.unit_code IS NOT NULL OR f.unit_code IS NOT NULL OR c.unit_code IS NOT NULL
            OR coalesce(t.is_started, 0) = 1
        ) AS is_started,
        f.words AS failed_words,
        c.last_claim
    FROM listed AS l
    LEFT JOIN achieved AS a ON a.centre_number = l.centre_number AND a.person_id = l.person_id AND a.unit_code = l.unit_code
    LEFT JOIN failed AS f ON f.centre_number = l.centre_number AND f.person_id = l.person_id AND f.unit_code = l.unit_code
    LEFT JOIN withheld AS x ON x.centre_number = l.centre_number AND x.person_id = l.person_id AND x.unit_code = l.unit_code
    LEFT JOIN claimed AS c ON c.centre_number = l.centre_number AND c.person_id = l.person_id AND c.unit_code = l.unit_code
    LEFT JOIN tracked AS t ON t.centre_number = l.centre_number AND t.person_id = l.person_id AND t.unit_code = l.unit_code
    LEFT JOIN awaited AS w ON w.centre_number = l.centre_number AND w.person_id = l.person_id AND w.unit_code = l.unit_code
),

counted AS (
    SELECT
        j.*,
        -- with every mandatory unit, what it has: what is short then must come from optional ones
        sum(CASE WHEN j.requirement = 'mandatory' OR j.is_achieved OR j.is_claimed OR j.is_awaited THEN j.unit_hours ELSE 0 END)
            OVER (PARTITION BY j.centre_number, j.person_id, j.qualification_code) AS hours
    FROM judged AS j
)

SELECT
    c.centre_number,
    c.person_id,
    c.qualification_code,
    q.subject,
    q.is_expected,
    q.guided_learning_hours,
    c.unit_code,
    c.option_code,
    c.requirement,
    c.confidence,
    c.failed_words,
    c.last_claim,
    NOT c.is_achieved AND NOT c.is_claimed AND (c.requirement = 'mandatory' OR c.hours < q.guided_learning_hours) AS is_missing,
    q.file_id,
    q.line
FROM counted AS c
INNER JOIN expecting AS q
    ON q.centre_number = c.centre_number AND q.person_id = c.person_id AND q.qualification_code = c.qualification_code
WHERE c.assessment = 'moderated' AND (c.requirement = 'mandatory' OR c.is_started)
