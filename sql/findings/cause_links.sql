/*
summary = "Which other finding of the same person a finding follows from."
reads = ["fingerprinted", "rule_causes"]
order = ["fingerprint"]
*/
WITH linked AS (
    SELECT
        f.fingerprint,
        c.fingerprint AS cause_fingerprint,
        row_number() OVER (
            PARTITION BY f.fingerprint
            ORDER BY r.place ASC NULLS LAST, c.fingerprint ASC NULLS LAST
        ) AS place
    FROM fingerprinted AS f
    INNER JOIN rule_causes AS r ON r.code = f.code
    INNER JOIN fingerprinted AS c
        ON
            c.code = r.cause
            AND c.centre_number = f.centre_number
            AND c.person_id = f.person_id
            -- what follows from a waived finding is not waived with it: it stands for itself
            AND (c.state = 'open' OR (c.state = 'waived' AND f.state = 'waived'))
    WHERE
        (c.qualification_code IS NULL OR f.qualification_code IS NULL OR c.qualification_code = f.qualification_code)
        AND (c.unit_code IS NULL OR f.unit_code IS NULL OR c.unit_code = f.unit_code)
)

SELECT fingerprint, cause_fingerprint
FROM linked
WHERE place = 1
