/*
summary = "A student's result of each unit and qualification: the one that counts, with what speaks against it. A unit counts at its best, an award at its latest."
reads = ["reconciliation", "results_with_manual_changes", "unit_achievements", "discrepancies", "candidates", "readiness", "units", "qualifications", "book_series"]
order = ["centre_number", "surname", "forenames", "person_id", "kind", "code"]
*/
WITH stated AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.kind,
        r.code,
        r.series,
        r.window_from,
        r.state,
        r.cause,
        r.is_stated,
        -- X and Q stand in a grade's place and are none
        CASE WHEN m.school_grade NOT IN ('X', 'Q') THEN m.school_grade END AS grade,
        coalesce(m.is_by_hand, FALSE) AS is_by_hand,
        greatest(r.embargo_until, m.embargo_until) AS embargo_until
    FROM reconciliation AS r
    LEFT JOIN results_with_manual_changes AS m
        ON m.centre_number = r.centre_number
        AND m.person_id = r.person_id
        AND m.kind = r.kind
        AND m.board IS NOT DISTINCT FROM r.board
        AND m.series IS NOT DISTINCT FROM r.series
        AND m.option_code IS NOT DISTINCT FROM r.option_code
        AND m.window_from IS NOT DISTINCT FROM r.window_from
        AND r.is_stated
    WHERE r.code IS NOT NULL AND r.state NOT IN ('not_expected', 'not_expected_yet', 'elsewhere')
    UNION ALL
    -- changed by hand, and stated by nobody
    SELECT
        m.centre_number,
        m.person_id,
        m.kind,
        CASE WHEN m.kind = 'unit' THEN coalesce(m.unit_code, m.option_code) ELSE coalesce(m.qualification_code, m.option_code) END AS code,
        m.series,
        m.window_from,
        'by_hand' AS state,
        NULL AS cause,
        FALSE AS is_stated,
        m.school_grade AS grade,
        TRUE AS is_by_hand,
        m.embargo_until
    FROM results_with_manual_changes AS m
    WHERE m.is_by_hand AND m.board_grade IS NULL AND m.board_mark IS NULL AND m.school_grade IS NOT NULL
),

told AS (
    SELECT s.*, b.season, b.place AS series_place
    FROM stated AS s
    LEFT JOIN book_series AS b ON b.series = s.series
    WHERE
        (NOT :only_released OR s.embargo_until IS NULL OR s.embargo_until <= :at)
        -- a slip is of one season; a broadsheet has what earlier ones add to it
        AND (:season = '' OR b.season = :season)
),

ranked AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.centre_number, t.person_id, t.kind, t.code
            ORDER BY
                t.grade IS NULL,
                a.person_id IS NULL,
                t.series_place DESC NULLS LAST,
                t.window_from DESC NULLS LAST,
                t.is_by_hand DESC,
                t.state,
                t.grade
        ) AS place
    FROM told AS t
    LEFT JOIN unit_achievements AS a
        ON a.centre_number = t.centre_number
        AND a.person_id = t.person_id
        AND t.kind = 'unit'
        AND a.unit_code = t.code
        AND a.series = t.series
        AND a.window_from IS NOT DISTINCT FROM t.window_from
),

-- whose results these are is not settled: that is a doubt of all of them
unsettled AS (
    SELECT centre_number, person_id
    FROM discrepancies
    WHERE state = 'open' AND severity = 'error' AND person_id IS NOT NULL
        AND code IN ('shared_uci', 'shared_candidate_number', 'identity_conflict')
    UNION
    SELECT centre_number, other_person_id AS person_id
    FROM discrepancies
    WHERE state = 'open' AND severity = 'error' AND other_person_id IS NOT NULL
        AND code IN ('shared_uci', 'shared_candidate_number', 'identity_conflict')
),

doubts AS (
    SELECT
        centre_number,
        person_id,
        CASE WHEN unit_code IS NOT NULL THEN 'unit' ELSE 'qualification' END AS kind,
        coalesce(unit_code, qualification_code, option_code) AS code,
        max(CASE WHEN severity = 'error' THEN 1 ELSE 0 END) AS errors
    FROM discrepancies
    WHERE state = 'open' AND severity IN ('error', 'warning') AND person_id IS NOT NULL
        AND coalesce(unit_code, qualification_code, option_code) IS NOT NULL
    GROUP BY
        centre_number,
        person_id,
        CASE WHEN unit_code IS NOT NULL THEN 'unit' ELSE 'qualification' END,
        coalesce(unit_code, qualification_code, option_code)
    UNION ALL
    -- of a general qualification a result goes by its option
    SELECT
        centre_number,
        person_id,
        'qualification' AS kind,
        option_code AS code,
        max(CASE WHEN severity = 'error' THEN 1 ELSE 0 END) AS errors
    FROM discrepancies
    WHERE state = 'open' AND severity IN ('error', 'warning') AND person_id IS NOT NULL
        AND unit_code IS NULL AND qualification_code IS NOT NULL AND option_code IS NOT NULL
    GROUP BY centre_number, person_id, option_code
),

doubted AS (
    SELECT centre_number, person_id, kind, code, max(errors) AS errors
    FROM doubts
    GROUP BY centre_number, person_id, kind, code
),

titles AS (
    SELECT 'unit' AS kind, unit_code AS code, max(title) AS title, max(subject) AS subject, max(suite) AS suite, max(level) AS level
    FROM units
    GROUP BY unit_code
    UNION ALL
    SELECT 'qualification' AS kind, qualification_code AS code, max(title) AS title, max(subject) AS subject, max(suite) AS suite, max(level) AS level
    FROM qualifications
    GROUP BY qualification_code
)

SELECT
    c.centre_number,
    c.person_id,
    c.surname,
    c.forenames,
    c.candidate_number,
    c.uci,
    d.readiness,
    r.kind,
    r.code,
    t.title,
    CASE WHEN t.subject IS NULL THEN 'General qualifications' ELSE t.subject || ', Level ' || t.level || ' (' || t.suite || ')' END AS subject,
    r.series,
    r.season,
    r.state,
    r.is_by_hand,
    r.grade,
    u.person_id IS NOT NULL OR b.code IS NOT NULL
        OR r.state IN ('differs', 'missing', 'withheld') AS is_doubted,
    u.person_id IS NOT NULL OR coalesce(b.errors, 0) = 1 OR r.state = 'differs' AS is_being_checked,
    r.embargo_until IS NOT NULL AND r.embargo_until > :at AS is_restricted
FROM ranked AS r
INNER JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
INNER JOIN readiness AS d ON d.centre_number = r.centre_number AND d.person_id = r.person_id
LEFT JOIN titles AS t ON t.kind = r.kind AND t.code = r.code
LEFT JOIN unsettled AS u ON u.centre_number = r.centre_number AND u.person_id = r.person_id
LEFT JOIN doubted AS b ON b.centre_number = r.centre_number AND b.person_id = r.person_id AND b.kind = r.kind AND b.code = r.code
WHERE r.place = 1 AND (:centre = '' OR c.centre_number = :centre)
ORDER BY c.centre_number, c.surname NULLS LAST, c.forenames NULLS LAST, c.person_id, r.kind, r.code
