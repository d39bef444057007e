/*
summary = "What the rules about results and people found, as waivers are held against it: before the rules about waivers ran."
reads = ["found"]
order = ["fingerprint"]

[columns]
fingerprint = "VARCHAR: hash of code and key"
code = "VARCHAR: the rule"
key = "VARCHAR: what the finding is about, readable"
key_shape = "VARCHAR: the key, the labels of its people left open as {person} and {other}"
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
other_person_id = "VARCHAR: the other person, where it is about two"
qualification_code = "VARCHAR: qualification"
unit_code = "VARCHAR: unit"
option_code = "VARCHAR: the unit or option as EDI spells it"
*/
WITH hashed AS (
    SELECT
        f.code,
        f.key,
        f.key_shape,
        f.centre_number,
        f.person_id,
        f.other_person_id,
        f.qualification_code,
        f.unit_code,
        f.option_code,
        substr(md5(f.code || '|' || f.key), 1, 16) AS fingerprint,
        -- the row that fingerprinted keeps
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

SELECT fingerprint, code, key, key_shape, centre_number, person_id, other_person_id, qualification_code, unit_code, option_code
FROM hashed
WHERE place = 1
