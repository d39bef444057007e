/*
summary = "What students are compared by when no number joins them: each name and birth date they go by, and how the names sound."
reads = ["mentions", "mention_people"]
cases_draw_beneath = true
order = ["centre_number", "person_id", "surname_key", "forenames_key", "forename_key", "surname_sorted", "birth"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
surname_key = "VARCHAR: folded"
surname_sorted = "VARCHAR: folded, parts sorted"
forename_key = "VARCHAR: first forename, folded"
forenames_key = "VARCHAR: all forenames, folded"
is_cut = "INTEGER: 1 where the name may be cut short"
birth = "VARCHAR: birth date as YYYY-MM-DD"
surname_sound = "VARCHAR: the surname, letters that sound alike written alike"
forename_sound = "VARCHAR: the first forename likewise"
forenames_sound = "VARCHAR: all forenames likewise"
*/
-- Only who has a birth date and part of a name can be compared. A name from one file goes with a birth date from
-- another: both are the person's.
WITH said AS (
    SELECT
        p.person_id,
        m.centre_number,
        m.surname_key,
        coalesce(m.surname_sorted, m.surname_key) AS surname_sorted,
        m.forename_key,
        coalesce(m.forenames_key, m.forename_key) AS forenames_key,
        m.name_truncated,
        m.date_of_birth
    FROM mentions AS m
    INNER JOIN mention_people AS p ON p.mention_id = m.mention_id
),

births AS (
    SELECT DISTINCT person_id, CAST(date_of_birth AS VARCHAR) AS birth
    FROM said
    WHERE date_of_birth IS NOT NULL
),

named AS (
    SELECT
        centre_number,
        person_id,
        surname_key,
        surname_sorted,
        forename_key,
        forenames_key,
        max(CASE WHEN name_truncated THEN 1 ELSE 0 END) AS is_cut
    FROM said
    WHERE surname_key IS NOT NULL OR forename_key IS NOT NULL
    GROUP BY centre_number, person_id, surname_key, surname_sorted, forename_key, forenames_key
),

spelled AS (
    SELECT surname_key AS name FROM named WHERE surname_key IS NOT NULL
    UNION
    SELECT forename_key AS name FROM named WHERE forename_key IS NOT NULL
    UNION
    SELECT forenames_key AS name FROM named WHERE forenames_key IS NOT NULL
),

-- Vowels stay: Hassan and Hussain have one skeleton of consonants, and are the names of twins.
groups_of_letters AS (
    SELECT
        name,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            name,
            'eigh', 'i'), 'igh', 'i'), 'chr', 'kr'), 'sch', 'x'), 'tch', 'x'), 'ch', 'x'), 'sh', 'x'), 'ph', 'f'),
            'ck', 'k'), 'mac', 'mc'), 'mps', 'ms') AS consonants
    FROM spelled
),

vowels AS (
    SELECT
        name,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            consonants,
            'ee', 'i'), 'ea', 'i'), 'ei', 'i'), 'ie', 'i'), 'ey', 'i'), 'ou', 'u'), 'ow', 'u'), 'oo', 'u'), 'au', 'o'),
            'aw', 'o') AS written
    FROM groups_of_letters
),

-- Within a name v is written f, z is s and h is silent; at its beginning they tell names apart, as Sara and Zara.
letters AS (
    SELECT name, (translate(substr(written, 1, 1), 'ycq', 'ikk') || translate(substr(written, 2), 'yvczqh', 'ifksk')) AS written
    FROM vowels
),

sounds AS (
    SELECT
        name,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            written,
            'aa', 'a'), 'bb', 'b'), 'dd', 'd'), 'ff', 'f'), 'gg', 'g'), 'ii', 'i'), 'kk', 'k'), 'll', 'l'), 'mm', 'm'),
            'nn', 'n'), 'pp', 'p'), 'rr', 'r'), 'ss', 's'), 'tt', 't') AS sound
    FROM letters
)

SELECT
    n.centre_number,
    n.person_id,
    n.surname_key,
    n.surname_sorted,
    n.forename_key,
    n.forenames_key,
    n.is_cut,
    b.birth,
    s.sound AS surname_sound,
    f.sound AS forename_sound,
    a.sound AS forenames_sound
FROM named AS n
INNER JOIN births AS b ON b.person_id = n.person_id
LEFT JOIN sounds AS s ON s.name = n.surname_key
LEFT JOIN sounds AS f ON f.name = n.forename_key
LEFT JOIN sounds AS a ON a.name = n.forenames_key
