/*
summary = "Keys of the step name_unique: the full name of a group without identifiers, where one identified group has it."
makes = "people_keys"
reads = ["{groups}", "people_identities"]
parameters = ["groups"]

[columns]
group_id = "BIGINT: a group as it stood before the step"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: the year of the mention without identifiers; the identified group is seen in that year too"
form = "VARCHAR: in order, or sorted: how the parts of the surname are put together"
value = "VARCHAR: what the groups may share"
opens = "INTEGER: 1 for the identified group: two without identifiers join only through it"
*/
WITH known AS (
    SELECT g.group_id, max(i.is_identified) AS is_identified
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    GROUP BY g.group_id
),

names AS (
    SELECT DISTINCT
        g.group_id,
        k.is_identified,
        i.centre_number,
        i.academic_year,
        i.surname_key,
        i.surname_sorted,
        i.forenames_key
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    INNER JOIN known AS k ON k.group_id = g.group_id
    WHERE i.surname_key IS NOT NULL AND i.forenames_key IS NOT NULL
),

forms AS (
    SELECT
        group_id,
        is_identified,
        centre_number,
        academic_year,
        'in order' AS form,
        (surname_key || ' ' || forenames_key) AS value
    FROM names
    UNION
    SELECT
        group_id,
        is_identified,
        centre_number,
        academic_year,
        'sorted' AS form,
        (surname_sorted || ' ' || forenames_key) AS value
    FROM names
    WHERE surname_sorted IS NOT NULL
),

askers AS (
    SELECT group_id, centre_number, academic_year, form, value
    FROM forms
    WHERE is_identified = 0 AND academic_year IS NOT NULL
),

candidates AS (
    SELECT DISTINCT f.group_id, f.centre_number, f.form, f.value
    FROM forms AS f
    INNER JOIN askers AS a ON a.centre_number = f.centre_number AND a.form = f.form AND a.value = f.value
    WHERE f.is_identified = 1
),

years AS (
    SELECT DISTINCT c.group_id, c.centre_number, i.academic_year, c.form, c.value
    FROM candidates AS c
    INNER JOIN {groups} AS g ON g.group_id = c.group_id
    INNER JOIN people_identities AS i ON i.identity = g.identity
    WHERE i.academic_year IS NOT NULL
),

answers AS (
    SELECT
        a.group_id AS asker,
        y.group_id AS answer,
        a.centre_number,
        a.academic_year,
        a.form,
        a.value
    FROM askers AS a
    INNER JOIN years AS y
        ON
            y.centre_number = a.centre_number AND y.academic_year = a.academic_year
            AND y.form = a.form AND y.value = a.value
),

-- two people of one name: nothing tells whose mention it is, so it goes to neither
sure AS (
    SELECT asker
    FROM answers
    GROUP BY asker
    HAVING min(answer) = max(answer)
)

SELECT n.asker AS group_id, n.centre_number, n.academic_year, n.form, n.value, 0 AS opens
FROM answers AS n
INNER JOIN sure AS s ON s.asker = n.asker
UNION
SELECT n.answer AS group_id, n.centre_number, n.academic_year, n.form, n.value, 1 AS opens
FROM answers AS n
INNER JOIN sure AS s ON s.asker = n.asker
