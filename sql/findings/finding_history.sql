/*
summary = "Every finding ever seen here, and whether it is still open."
reads = ["fingerprinted", "finding_matches", "finding_origins", "previous_history", "person_links", "run"]
publish = true
order = ["fingerprint"]

[columns]
centre_number = "VARCHAR: the centre"
fingerprint = "VARCHAR: the finding"
code = "VARCHAR: its rule"
key = "VARCHAR: what it is about"
person_id = "VARCHAR: the person it is about, as known now"
other_person_id = "VARCHAR: the other person, where it is about two"
key_shape = "VARCHAR: the key without its people: with them what finds it again when a person gains a number"
first_run = "VARCHAR: the run that first had it, by its identity (run.json)"
last_run = "VARCHAR: the last run that had it"
state = "VARCHAR: open, pending or waived; resolved once a run no longer has it; renamed where it goes on under another fingerprint"
reopened = "INTEGER: how often it came back"
became = "VARCHAR: of a renamed finding, the fingerprint it goes on under"
*/
WITH standing AS (
    SELECT
        f.centre_number,
        f.fingerprint,
        f.code,
        f.key,
        f.person_id,
        f.other_person_id,
        f.key_shape,
        coalesce(o.first_run, r.identity) AS first_run,
        r.identity AS last_run,
        f.state,
        coalesce(o.reopened, 0) AS reopened,
        CAST(NULL AS VARCHAR) AS became
    FROM fingerprinted AS f
    CROSS JOIN run AS r
    LEFT JOIN finding_origins AS o ON o.fingerprint = f.fingerprint
),

past AS (
    SELECT
        h.centre_number,
        h.fingerprint,
        h.code,
        h.key,
        coalesce(a.person_id, h.person_id) AS person_id,
        coalesce(b.person_id, h.other_person_id) AS other_person_id,
        h.key_shape,
        h.first_run,
        h.last_run,
        CASE WHEN coalesce(m.fingerprint, h.became) IS NOT NULL THEN 'renamed' ELSE 'resolved' END AS state,
        coalesce(h.reopened, 0) AS reopened,
        -- what was renamed before follows what it was renamed to
        coalesce(m.fingerprint, n.fingerprint, h.became) AS became
    FROM previous_history AS h
    LEFT JOIN finding_matches AS m ON m.previous_fingerprint = h.fingerprint
    LEFT JOIN finding_matches AS n ON n.previous_fingerprint = h.became
    LEFT JOIN person_links AS a ON a.centre_number = h.centre_number AND a.previous_person_id = h.person_id AND a.is_first
    LEFT JOIN person_links AS b ON b.centre_number = h.centre_number AND b.previous_person_id = h.other_person_id AND b.is_first
    WHERE NOT EXISTS (SELECT 1 FROM fingerprinted AS f WHERE f.fingerprint = h.fingerprint)
)

SELECT centre_number, fingerprint, code, key, person_id, other_person_id, key_shape, first_run, last_run, state, CAST(reopened AS INTEGER) AS reopened, became
FROM standing
UNION ALL
SELECT centre_number, fingerprint, code, key, person_id, other_person_id, key_shape, first_run, last_run, state, CAST(reopened AS INTEGER) AS reopened, became
FROM past
