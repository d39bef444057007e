/*
summary = "A student's lines: what was expected by whom, what each carrier says, and how that stands."
reads = ["item_places", "stated_grades", "expected_items", "units", "qualifications", "shown_findings", "about_people"]
makes = true
order = ["centre_number", "person_id", "kind", "item", "series", "window_from"]
*/
WITH said AS (
    SELECT
        centre_number,
        person_id,
        kind,
        item,
        series,
        window_from,
        string_agg(DISTINCT said, ' and ' ORDER BY said) FILTER (carrier = 'edi') AS edi,
        string_agg(DISTINCT said, ' and ' ORDER BY said) FILTER (carrier = 'xml') AS xml,
        string_agg(DISTINCT said, ' and ' ORDER BY said) FILTER (carrier = 'achievement') AS achievement,
        string_agg(DISTINCT said, ' and ' ORDER BY said) FILTER (carrier = 'marks') AS marks,
        count(DISTINCT carrier) AS carriers,
        count(DISTINCT grade) FILTER (grade NOT IN ('X', 'Q', 'absent')) AS grades,
        count(DISTINCT carrier) FILTER (grade IS NOT NULL) AS graded_by,
        min(grade) FILTER (grade IN ('X', 'Q', 'absent')) AS special,
        max(restricted_until) AS restricted_until
    FROM stated_grades
    GROUP BY centre_number, person_id, kind, item, series, window_from
),

expected AS (
    SELECT
        k.centre_number,
        k.person_id,
        k.kind,
        k.item,
        k.series,
        k.window_from,
        max(e.entered) AS entered,
        max(e.withdrawn) AS withdrawn,
        max(e.claimed) AS claimed,
        max(e.tracked) AS tracked,
        max(e.status) AS status,
        max(e.restricted_until) AS restricted_until
    FROM item_places AS k
    INNER JOIN expected_items AS e
        ON
            e.centre_number = k.centre_number AND e.person_id = k.person_id AND e.kind = k.kind AND e.item = k.item
            AND (
                (e.series = k.series AND k.is_newest_of_series)
                OR (e.series IS NULL AND k.series IS NULL)
                OR (
                    e.series IS NULL AND k.is_newest
                    AND (e.claimed IS NULL OR k.began = CAST(substr(:season, 3, 2) AS INTEGER))
                )
            )
    GROUP BY k.centre_number, k.person_id, k.kind, k.item, k.series, k.window_from
),

reported AS (
    SELECT
        b.centre_number,
        b.person_id,
        CASE WHEN f.unit_code IS NOT NULL THEN 'unit' ELSE 'qualification' END AS kind,
        coalesce(f.unit_code, f.qualification_code) AS item,
        f.option_code,
        f.series,
        f.severity_rank,
        f.severity,
        f.code
    FROM about_people AS b
    INNER JOIN shown_findings AS f ON f.fingerprint = b.fingerprint
    WHERE coalesce(f.unit_code, f.qualification_code, f.option_code) IS NOT NULL
),

flagged AS (
    SELECT DISTINCT k.centre_number, k.person_id, k.kind, k.item, k.series, k.window_from, r.severity_rank, r.severity, r.code
    FROM item_places AS k
    INNER JOIN reported AS r
        ON
            r.centre_number = k.centre_number AND r.person_id = k.person_id
            AND ((r.kind = k.kind AND r.item = k.item) OR (r.item IS NULL AND r.option_code = k.item))
            AND (r.series = k.series OR k.series IS NULL OR (r.series IS NULL AND k.is_newest))
),

flags AS (
    SELECT
        centre_number,
        person_id,
        kind,
        item,
        series,
        window_from,
        list({'severity': severity, 'code': code} ORDER BY severity_rank, code) AS flags
    FROM flagged
    GROUP BY centre_number, person_id, kind, item, series, window_from
)

SELECT
    k.centre_number,
    k.person_id,
    k.kind,
    k.item,
    k.series,
    k.window_from,
    -- level, size and subject tell a qualification; every one of a suite has the same two words between
    coalesce(u.title, replace(q.title, ' Cambridge Technical ', ' ')) AS title,
    CASE WHEN e.withdrawn IS NOT NULL AND e.entered IS NULL THEN 'withdrawn' ELSE concat_ws(', ', e.entered, e.claimed, e.tracked) END AS expected_by,
    s.edi,
    s.xml,
    s.achievement,
    s.marks,
    e.status AS tracker,
    CASE
        WHEN s.grades > 1 THEN 'they differ'
        WHEN s.grades = 1 AND s.graded_by > 1 THEN 'agreed'
        WHEN s.grades = 1 THEN 'one source'
        WHEN s.special = 'absent' THEN 'absent'
        WHEN s.special = 'Q' THEN 'pending'
        WHEN s.special = 'X' THEN 'no result issued'
        WHEN s.carriers > 0 THEN 'no grade'
        WHEN e.withdrawn IS NOT NULL AND e.entered IS NULL THEN 'withdrawn'
        WHEN e.status IN ('Result achieved', 'Result not achieved') THEN 'tracker alone'
        WHEN coalesce(e.entered, e.claimed, e.tracked) IS NOT NULL THEN 'no result here'
        ELSE 'not expected'
    END AS state,
    f.flags,
    greatest(s.restricted_until, e.restricted_until) AS restricted_until
FROM item_places AS k
LEFT JOIN said AS s
    ON
        s.centre_number = k.centre_number AND s.person_id = k.person_id AND s.kind = k.kind AND s.item = k.item
        AND s.series IS NOT DISTINCT FROM k.series AND s.window_from IS NOT DISTINCT FROM k.window_from
LEFT JOIN expected AS e
    ON
        e.centre_number = k.centre_number AND e.person_id = k.person_id AND e.kind = k.kind AND e.item = k.item
        AND e.series IS NOT DISTINCT FROM k.series AND e.window_from IS NOT DISTINCT FROM k.window_from
LEFT JOIN flags AS f
    ON
        f.centre_number = k.centre_number AND f.person_id = k.person_id AND f.kind = k.kind AND f.item = k.item
        AND f.series IS NOT DISTINCT FROM k.series AND f.window_from IS NOT DISTINCT FROM k.window_from
LEFT JOIN units AS u ON k.kind = 'unit' AND u.unit_code = k.item
LEFT JOIN qualifications AS q ON k.kind = 'qualification' AND q.qualification_code = k.item
