/*
summary = "Every rule: what it found of how many rows, or why it could not be judged; then what the layouts and the figures rest on."
title = "What was checked"
place = 9
frozen = 2
reads = ["rules_run", "shown_findings", "book_rules", "book_layouts", "formats_read", "award_calculations"]
order = ["part", "place", "name"]

[columns]
part = "text: Part"
name = "sheet: Rule, layout or figures"
outcome = "text: Outcome"
found = "number: Found"
looked_at = "number: Of"
reason = "long: Why not, or how far"
says = "long: What it is"
rests_on = "long: Rests on"
*/
WITH counted AS (
    SELECT code, count(*) AS found
    FROM shown_findings
    WHERE :centre = '' OR centre_number = :centre
    GROUP BY code
),

listed AS (
    SELECT
        1 AS part_place,
        'rule' AS part,
        CASE r.status WHEN 'failed' THEN 1 WHEN 'found' THEN 2 WHEN 'not_evaluated' THEN 3 ELSE 4 END AS place,
        r.code AS name,
        replace(r.status, '_', ' ') AS outcome,
        coalesce(c.found, 0) AS found,
        r.rows_checked AS looked_at,
        r.reason,
        b.summary AS says,
        b.confidence || ': ' || b.source AS rests_on
    FROM rules_run AS r
    LEFT JOIN counted AS c ON c.code = r.code
    LEFT JOIN book_rules AS b ON b.code = r.code
    WHERE r.centre_number = CASE WHEN :centre = '' THEN 'all' ELSE :centre END
    UNION ALL
    SELECT
        2 AS part_place,
        'layout' AS part,
        1 AS place,
        l.title AS name,
        f.files || CASE WHEN f.files = 1 THEN ' file' ELSE ' files' END AS outcome,
        NULL AS found,
        NULL AS looked_at,
        NULL AS reason,
        replace(l.kind, '_', ' ') AS says,
        l.public || ' columns from public sources, ' || l.inferred || ' inferred, ' || l.ours || ' ours. ' || l.source AS rests_on
    FROM book_layouts AS l
    INNER JOIN formats_read AS f ON f.format = l.name
    UNION ALL
    SELECT
        3 AS part_place,
        'figures' AS part,
        1 AS place,
        coalesce(a.figures_confidence, 'not known') AS name,
        count(*) || CASE WHEN count(*) = 1 THEN ' award worked out' ELSE ' awards worked out' END AS outcome,
        NULL AS found,
        NULL AS looked_at,
        NULL AS reason,
        'points and thresholds of awards' AS says,
        'of the points and thresholds of the qualifications entered' AS rests_on
    FROM award_calculations AS a
    WHERE a.entered AND a.is_calculated AND (:centre = '' OR a.centre_number = :centre)
    GROUP BY a.figures_confidence
)

SELECT part, name, outcome, found, looked_at, reason, says, rests_on
FROM listed
ORDER BY part_place, place, name
