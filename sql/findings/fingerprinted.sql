/*
summary = "What the rules found, each with the fingerprint that follows it from run to run."
reads = ["found"]
order = ["fingerprint"]
*/
WITH hashed AS (
    SELECT
        f.*,
        substr(md5(f.code || '|' || f.key), 1, 16) AS fingerprint,
        row_number() OVER (
            PARTITION BY f.code, f.key
            ORDER BY
                CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END ASC NULLS LAST,
                f.file_id ASC NULLS LAST,
                f.line ASC NULLS LAST,
                f.found ASC NULLS LAST,
                f.expected ASC NULLS LAST
        ) AS place
    FROM found AS f
)

SELECT * FROM hashed WHERE place = 1
