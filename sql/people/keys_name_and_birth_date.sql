/*
summary = "Keys of the step name_and_birth_date: any surname with any birth date of a group that has a forename."
makes = "people_keys"
reads = ["{groups}", "people_identities"]
parameters = ["groups"]

[columns]
group_id = "BIGINT: a group as it stood before the step"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: always NULL: a birth date is for life"
form = "VARCHAR: in order, or sorted: how the parts of the surname are put together"
value = "VARCHAR: what the groups may share; the forename is judged pair by pair, since an initial agrees with many"
opens = "INTEGER: 1, this side can make a join"
*/
WITH named AS (
    SELECT DISTINCT g.group_id
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    WHERE i.forename_key IS NOT NULL
),

births AS (
    SELECT DISTINCT g.group_id, i.centre_number, CAST(i.date_of_birth AS VARCHAR) AS birth
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    WHERE i.date_of_birth IS NOT NULL
),

-- Most surnames read the same in order and sorted: the second form would only say everything twice.
turned AS (
    SELECT DISTINCT i.centre_number, i.surname_sorted
    FROM people_identities AS i
    WHERE i.surname_sorted <> i.surname_key
),

surnames AS (
    SELECT g.group_id, 'in order' AS form, i.surname_key AS surname
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    WHERE i.surname_key IS NOT NULL
    UNION
    SELECT g.group_id, 'sorted' AS form, i.surname_sorted AS surname
    FROM {groups} AS g
    INNER JOIN people_identities AS i ON i.identity = g.identity
    INNER JOIN turned AS t ON t.centre_number = i.centre_number AND t.surname_sorted = i.surname_sorted
)

SELECT
    s.group_id,
    b.centre_number,
    CAST(NULL AS VARCHAR) AS academic_year,
    s.form,
    (s.surname || ' ' || b.birth) AS value,
    1 AS opens
FROM surnames AS s
INNER JOIN named AS n ON n.group_id = s.group_id
INNER JOIN births AS b ON b.group_id = s.group_id
