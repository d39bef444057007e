/*
summary = "The groups after the last step, with the id that each is given as a person."
makes = "people_persons"
reads = ["{groups}", "people_identities"]
parameters = ["groups"]

[columns]
group_id = "BIGINT: the group, which is its least identity"
person_id = "VARCHAR: sixteen hexadecimal digits"
centre_number = "VARCHAR: the centre"
strongest_kind = "VARCHAR: kind of the strongest identifier"
strongest_value = "VARCHAR: its value"
first_step = "INTEGER: the strongest step that joined anything to the person; NULL where none did"
*/
WITH gathered AS (
    SELECT
        g.group_id,
        min(g.joined_in) AS first_step,
        min(i.name_text) AS name_text,
        min(i.mention_id) AS mention_id
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    GROUP BY g.group_id
),

-- the group's own identity is the least, so it carries the strongest identifier
named AS (
    SELECT
        d.group_id,
        d.first_step,
        d.mention_id,
        coalesce(d.name_text, '') AS name_text,
        i.centre_number,
        i.strongest_kind,
        i.strongest_value
    FROM gathered AS d
    INNER JOIN people_identities AS i ON i.identity = d.group_id
),

counted AS (
    SELECT
        n.*,
        count(*) OVER (PARTITION BY n.centre_number, n.strongest_kind, n.strongest_value) AS same_value,
        count(*) OVER (PARTITION BY n.centre_number, n.strongest_kind, n.strongest_value, n.name_text) AS same_name
    FROM named AS n
)

SELECT
    c.group_id,
    -- two people kept apart under one identifier must not get one id: the name decides, and if need be the mention
    substr(md5((c.centre_number || '|' || c.strongest_kind || '|' || c.strongest_value || CASE WHEN c.same_value > 1 THEN ('|' || c.name_text) ELSE '' END || CASE WHEN c.same_name > 1 THEN ('|' || c.mention_id) ELSE '' END)), 1, 16) AS person_id,
    c.centre_number,
    c.strongest_kind,
    c.strongest_value,
    c.first_step
FROM counted AS c
