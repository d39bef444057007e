/*
summary = "Which findings each row of waivers.csv covers, whether or not it has run out."
reads = ["given_waivers", "local_people", "waivable_findings", "candidate_identities", "candidates"]
empty_without = [["given_waivers"]]
order = ["line", "fingerprint"]

[columns]
line = "INTEGER: the row's line in waivers.csv"
fingerprint = "VARCHAR: a finding that it covers"
*/
WITH usable AS (
    SELECT
        g.line,
        g.fingerprint,
        g.code,
        g.centre_number,
        translate(g.qualification_code, ' /-.', '') AS qualification_squeezed,
        translate(g.unit_code, ' /-.', '') AS unit_squeezed,
        replace(g.candidate_number, ' ', '+') AS candidate_label,
        replace(g.ocr_candidate_number, ' ', '+') AS ocr_label,
        p.centre_number AS whose_centre,
        p.person_id,
        p.has_number
    FROM given_waivers AS g
    INNER JOIN local_people AS p ON p.given = 'waivers' AND p.line = g.line
    WHERE g.fault IS NULL AND p.is_ours
),

by_scope AS (
    SELECT u.line, f.fingerprint
    FROM usable AS u
    INNER JOIN waivable_findings AS f ON f.code = u.code
    WHERE
        u.fingerprint IS NULL
        AND (u.centre_number IS NULL OR f.centre_number = u.centre_number)
        -- numbers that are nobody's, or not one person's, cover nothing
        AND (NOT u.has_number OR (f.centre_number = u.whose_centre AND (f.person_id = u.person_id OR f.other_person_id = u.person_id)))
        AND (u.qualification_squeezed IS NULL OR translate(f.qualification_code, ' /-.', '') = u.qualification_squeezed)
        AND (
            u.unit_squeezed IS NULL
            OR translate(f.unit_code, ' /-.', '') = u.unit_squeezed
            OR (f.unit_code IS NOT NULL AND f.option_code = u.unit_squeezed)
        )
),

by_fingerprint AS (
    SELECT u.line, f.fingerprint
    FROM usable AS u
    INNER JOIN waivable_findings AS f ON f.fingerprint = u.fingerprint
),

-- a fingerprint that nothing has any more: the person may go by another number since
unmatched AS (
    SELECT u.*
    FROM usable AS u
    LEFT JOIN by_fingerprint AS b ON b.line = u.line
    WHERE u.fingerprint IS NOT NULL AND b.line IS NULL
),

waiting AS (
    SELECT count(*) AS waivers FROM unmatched
),

-- only where a waiver waits for it: else no key is spelled anew
about AS (
    SELECT f.*
    FROM waivable_findings AS f
    CROSS JOIN waiting AS w
    WHERE w.waivers > 0 AND f.person_id IS NOT NULL
),

whom AS (
    SELECT centre_number, person_id FROM about
    UNION
    SELECT centre_number, other_person_id FROM about WHERE other_person_id IS NOT NULL
),

-- every label under which a person may have stood in a key: a number, the numbers of a waiver of theirs, an id made of a number
labels AS (
    SELECT c.centre_number, c.person_id, c.label
    FROM candidates AS c
    INNER JOIN whom AS w ON w.centre_number = c.centre_number AND w.person_id = c.person_id
    UNION
    SELECT i.centre_number, i.person_id, i.value AS label
    FROM candidate_identities AS i
    INNER JOIN whom AS w ON w.centre_number = i.centre_number AND w.person_id = i.person_id
    WHERE i.identifier IN ('candidate_number', 'ocr_candidate_number')
    UNION
    SELECT
        i.centre_number,
        i.person_id,
        substr(md5((
            i.centre_number || '|'
            || CASE WHEN i.identifier = 'uci' AND length(i.value) = 12 THEN 'uci_12' ELSE i.identifier END || '|'
            || CASE WHEN i.identifier = 'candidate_number' THEN (i.academic_year || ' ' || i.value) ELSE i.value END
        )), 1, 16) AS label
    FROM candidate_identities AS i
    INNER JOIN whom AS w ON w.centre_number = i.centre_number AND w.person_id = i.person_id
    UNION
    SELECT whose_centre, person_id, candidate_label FROM unmatched WHERE person_id IS NOT NULL AND candidate_label IS NOT NULL
    UNION
    SELECT whose_centre, person_id, ocr_label FROM unmatched WHERE person_id IS NOT NULL AND ocr_label IS NOT NULL
),

spelled AS (
    SELECT
        f.fingerprint,
        f.code,
        f.centre_number,
        f.person_id,
        f.other_person_id,
        replace(replace(f.key_shape, '{person}', p.label), '{other}', coalesce(o.label, '–')) AS old_key
    FROM about AS f
    INNER JOIN labels AS p ON p.centre_number = f.centre_number AND p.person_id = f.person_id
    LEFT JOIN labels AS o ON o.centre_number = f.centre_number AND o.person_id = f.other_person_id
),

renamed AS (
    SELECT DISTINCT u.line, s.fingerprint, s.person_id
    FROM unmatched AS u
    INNER JOIN spelled AS s ON substr(md5(s.code || '|' || s.old_key), 1, 16) = u.fingerprint
    WHERE NOT u.has_number OR s.person_id = u.person_id OR s.other_person_id = u.person_id
),

-- last year's 0042 may be somebody else: where two people would answer, neither does
sure AS (
    SELECT line
    FROM renamed
    GROUP BY line
    HAVING count(DISTINCT person_id) = 1
)

SELECT line, fingerprint FROM by_scope
UNION
SELECT line, fingerprint FROM by_fingerprint
UNION
SELECT r.line, r.fingerprint
FROM renamed AS r
INNER JOIN sure AS s ON s.line = r.line
