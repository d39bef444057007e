/*
summary = "Pairs of students of one centre who may be one person, by name and birth date alone: how near, and in what they differ."
reads = ["near_names", "known_as"]
cases_draw_beneath = true
order = ["centre_number", "person_id", "other_person_id"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the one"
other_person_id = "VARCHAR: the other, always the greater"
score = "DECIMAL(4,3): from 0 to 1, where all agrees; pairs below 0.68 are left out; from 0.85 all three details agree or nearly"
surname_words = "VARCHAR: how the surnames compare"
forename_words = "VARCHAR: how the forenames compare"
birth_words = "VARCHAR: how the birth dates compare"
surname_differs = "VARCHAR: none, form (parts, or cut short), sound, letters, other or missing"
forename_differs = "VARCHAR: none, form (initial, known-as, which forename comes first), sound, letters, other or missing"
birth_differs = "VARCHAR: none, swap, digit, part or other"
is_crossed = "BOOLEAN: the forename of the one is the surname of the other"
*/
-- A score is 1 less what each difference costs, in thousandths. A letter costs its share of the longer name. What is
-- only another way to write the same (an initial, a known-as form, parts in another order, day and month exchanged)
-- costs little; what may as well be another person's costs so much that it is never told on its own: another forename
-- is how twins differ, another surname and an equal birthday are a coincidence.
WITH known_forenames AS (
    SELECT name AS one, known_as AS other FROM known_as
    UNION
    SELECT known_as AS one, name AS other FROM known_as
    UNION
    SELECT a.known_as AS one, b.known_as AS other
    FROM known_as AS a
    INNER JOIN known_as AS b ON b.name = a.name
),

-- Comparing everybody with everybody is out of the question. Two are compared who were born on one day (day and month
-- in either order) and have a name that sounds or begins alike, or both initials; or whose birth dates share two
-- parts of three and who have a name that sounds alike. It makes no difference which of the names it is, so that a
-- forename in the surname's place is found too.
born AS (
    SELECT
        n.*,
        (substr(birth, 1, 4) || least(substr(birth, 6, 2), substr(birth, 9, 2)) || greatest(substr(birth, 6, 2), substr(birth, 9, 2))) AS day,
        substr(surname_key, 1, 1) AS surname_initial,
        substr(forename_key, 1, 1) AS forename_initial
    FROM near_names AS n
),

sounding AS (
    SELECT centre_number, person_id, birth, day, surname_sound AS sound FROM born WHERE surname_sound IS NOT NULL
    UNION
    SELECT centre_number, person_id, birth, day, forename_sound AS sound FROM born WHERE forename_sound IS NOT NULL
),

blocks AS (
    SELECT centre_number, person_id, ('sound ' || day || sound) AS block FROM sounding
    UNION
    SELECT centre_number, person_id, ('year and month ' || substr(birth, 1, 7) || sound) AS block FROM sounding
    UNION
    SELECT centre_number, person_id, ('year and day ' || substr(birth, 1, 4) || substr(birth, 8, 3) || sound) AS block FROM sounding
    UNION
    SELECT centre_number, person_id, ('month and day ' || substr(birth, 6, 5) || sound) AS block FROM sounding
    UNION
    SELECT centre_number, person_id, ('initials ' || day || least(surname_initial, forename_initial) || greatest(surname_initial, forename_initial)) AS block
    FROM born
    WHERE surname_initial IS NOT NULL AND forename_initial IS NOT NULL
    UNION
    SELECT centre_number, person_id, ('beginning ' || day || substr(surname_key, 1, 2)) AS block
    FROM born
    WHERE surname_key IS NOT NULL
    UNION
    SELECT centre_number, person_id, ('beginning ' || day || substr(forename_key, 1, 2)) AS block
    FROM born
    WHERE forename_key IS NOT NULL
),

pairs AS (
    SELECT DISTINCT
        a.centre_number,
        a.person_id,
        b.person_id AS other_person_id
    FROM blocks AS a
    INNER JOIN blocks AS b ON b.centre_number = a.centre_number AND b.block = a.block AND a.person_id < b.person_id
),

compared AS (
    SELECT
        p.centre_number,
        p.person_id,
        p.other_person_id,
        a.surname_key AS surname,
        b.surname_key AS other_surname,
        a.surname_sorted,
        b.surname_sorted AS other_sorted,
        a.forename_key AS forename,
        b.forename_key AS other_forename,
        a.forenames_key AS forenames,
        b.forenames_key AS other_forenames,
        a.surname_sound,
        b.surname_sound AS other_surname_sound,
        a.forename_sound,
        b.forename_sound AS other_forename_sound,
        a.forenames_sound,
        b.forenames_sound AS other_forenames_sound,
        a.is_cut,
        b.is_cut AS other_is_cut,
        a.birth,
        b.birth AS other_birth,
        (
            a.forename_key = b.forename_key
            AND substr(a.forenames_key, 1, length(b.forenames_key)) <> b.forenames_key
            AND substr(b.forenames_key, 1, length(a.forenames_key)) <> a.forenames_key
        ) AS later_forenames_differ,
        (substr(b.birth, 1, 5) || substr(b.birth, 9, 2) || '-' || substr(b.birth, 6, 2)) AS other_turned,
        levenshtein(a.birth, b.birth) AS digits
    FROM pairs AS p
    INNER JOIN near_names AS a ON a.person_id = p.person_id
    INNER JOIN near_names AS b ON b.person_id = p.other_person_id
),

-- Nobody knows which of the two has the surname in the forename's place: each is tried.
crossed AS (
    SELECT c.*
    FROM compared AS c
    WHERE
        surname <> other_surname
        AND substr(surname, 1, 1) = substr(other_forename, 1, 1)
        AND substr(forename, 1, 1) = substr(other_surname, 1, 1)
),

crossed_either_way AS (
    SELECT c.* FROM crossed AS c
    UNION ALL
    SELECT
        c.centre_number,
        c.person_id,
        c.other_person_id,
        c.other_surname AS surname,
        c.surname AS other_surname,
        c.other_sorted AS surname_sorted,
        c.surname_sorted AS other_sorted,
        c.other_forename AS forename,
        c.forename AS other_forename,
        c.other_forenames AS forenames,
        c.forenames AS other_forenames,
        c.other_surname_sound AS surname_sound,
        c.surname_sound AS other_surname_sound,
        c.other_forename_sound AS forename_sound,
        c.forename_sound AS other_forename_sound,
        c.other_forenames_sound AS forenames_sound,
        c.forenames_sound AS other_forenames_sound,
        c.other_is_cut AS is_cut,
        c.is_cut AS other_is_cut,
        c.birth,
        c.other_birth,
        c.later_forenames_differ,
        c.other_turned,
        c.digits
    FROM crossed AS c
),

-- Two readings: as the names stand, and with the one's forename as the other's surname. Where the first forenames are
-- equal and later ones differ, all of them are compared, by letters and by sound: brothers may share the first.
readings AS (
    SELECT
        c.*,
        FALSE AS is_crossed,
        surname AS s,
        other_surname AS t,
        surname_sound AS s_sound,
        other_surname_sound AS t_sound,
        CASE WHEN later_forenames_differ THEN forenames ELSE forename END AS f,
        CASE WHEN later_forenames_differ THEN other_forenames ELSE other_forename END AS g,
        CASE WHEN later_forenames_differ THEN forenames_sound ELSE forename_sound END AS f_sound,
        CASE WHEN later_forenames_differ THEN other_forenames_sound ELSE other_forename_sound END AS g_sound
    FROM compared AS c
    UNION ALL
    SELECT
        c.*,
        TRUE AS is_crossed,
        surname AS s,
        CASE WHEN surname = other_forenames THEN other_forenames ELSE other_forename END AS t,
        surname_sound AS s_sound,
        other_forename_sound AS t_sound,
        CASE WHEN forenames = other_surname THEN forenames ELSE forename END AS f,
        other_surname AS g,
        forename_sound AS f_sound,
        other_surname_sound AS g_sound
    FROM crossed_either_way AS c
),

counted AS (
    SELECT
        r.*,
        CASE WHEN s = t THEN 0 ELSE levenshtein(s, t) END AS s_letters,
        CASE WHEN f = g THEN 0 ELSE levenshtein(f, g) END AS f_letters,
        CAST(greatest(length(s), length(t)) AS DOUBLE) AS s_length,
        CAST(greatest(length(f), length(g)) AS DOUBLE) AS f_length
    FROM readings AS r
),

-- two letters that changed places are one slip: nothing but letters of the other name, as many, and two of them moved
slips AS (
    SELECT
        c.*,
        CASE WHEN s_letters = 2 AND length(s) = length(t) AND translate(s, t, '') = '' AND translate(t, s, '') = '' THEN 1 ELSE s_letters END AS s_slips,
        CASE WHEN f_letters = 2 AND length(f) = length(g) AND translate(f, g, '') = '' AND translate(g, f, '') = '' THEN 1 ELSE f_letters END AS f_slips
    FROM counted AS c
),

judged AS (
    SELECT
        x.*,
        CASE
            WHEN s IS NULL OR t IS NULL THEN 'missing'
            WHEN s = t THEN 'none'
            WHEN NOT is_crossed AND surname_sorted = other_sorted THEN 'form'
            WHEN NOT is_crossed AND is_cut = 1 AND substr(t, 1, length(s)) = s THEN 'form'
            WHEN NOT is_crossed AND other_is_cut = 1 AND substr(s, 1, length(t)) = t THEN 'form'
            WHEN s_sound = t_sound THEN 'sound'
            -- one of two surnames left out
            WHEN least(length(s), length(t)) >= 4 AND abs(length(s) - length(t)) >= 3 AND (
                substr(s, 1, length(t)) = t OR substr(t, 1, length(s)) = s
                OR substr(s, length(s) - length(t) + 1) = t OR substr(t, length(t) - length(s) + 1) = s
            ) THEN 'form'
            WHEN s_slips <= 2 AND 3 * s_slips <= s_length THEN 'letters'
            ELSE 'other'
        END AS surname_differs,
        CASE
            WHEN f IS NULL OR g IS NULL THEN 'missing'
            WHEN f = g OR (NOT is_crossed AND (forenames = other_forename OR forename = other_forenames)) THEN 'none'
            WHEN k.one IS NOT NULL THEN 'form'
            WHEN length(f) = 1 AND substr(g, 1, 1) = f THEN 'form'
            WHEN length(g) = 1 AND substr(f, 1, 1) = g THEN 'form'
            WHEN is_cut = 1 AND substr(g, 1, length(f)) = f THEN 'form'
            WHEN other_is_cut = 1 AND substr(f, 1, length(g)) = g THEN 'form'
            -- known by the second forename
            WHEN length(g) >= 4 AND length(forenames) > length(g) AND substr(forenames, length(forenames) - length(g) + 1) = g THEN 'form'
            WHEN length(f) >= 4 AND length(other_forenames) > length(f) AND substr(other_forenames, length(other_forenames) - length(f) + 1) = f THEN 'form'
            WHEN f_sound = g_sound AND f_slips <= 2 THEN 'sound'
            WHEN f_letters = 2 AND f_slips = 1 THEN 'sound'
            -- Amelie and Amelia, Jayden and Kayden: a first or a last letter makes another name
            WHEN f_slips = 1 AND f_length >= 4 AND substr(f, 1, 1) = substr(g, 1, 1) AND substr(f, length(f)) = substr(g, length(g)) THEN 'letters'
            ELSE 'other'
        END AS forename_differs,
        CASE
            WHEN birth = other_birth THEN 'none'
            WHEN birth = other_turned THEN 'swap'
            WHEN digits = 1 THEN 'digit'
            WHEN digits = 2 AND translate(birth, other_birth, '') = '' AND translate(other_birth, birth, '') = '' THEN 'digit'
            WHEN substr(birth, 1, 7) = substr(other_birth, 1, 7) OR substr(birth, 6) = substr(other_birth, 6) THEN 'part'
            WHEN substr(birth, 1, 4) = substr(other_birth, 1, 4) AND substr(birth, 8) = substr(other_birth, 8) THEN 'part'
            ELSE 'other'
        END AS birth_differs
    FROM slips AS x
    LEFT JOIN known_forenames AS k ON k.one = x.f AND k.other = x.g
),

costs AS (
    SELECT
        j.*,
        CASE surname_differs
            WHEN 'none' THEN 0
            WHEN 'missing' THEN 200
            WHEN 'form' THEN CASE WHEN surname_sorted = other_sorted THEN 10 ELSE 60 END
            WHEN 'sound' THEN floor(125 * s_slips / s_length)
            WHEN 'letters' THEN floor(250 * s_slips / s_length)
            ELSE least(250, 60 + floor(250 * s_slips / s_length))
        END AS surname_cost,
        CASE forename_differs
            WHEN 'none' THEN 0
            WHEN 'missing' THEN 200
            WHEN 'form' THEN 40
            WHEN 'sound' THEN floor(125 * f_slips / f_length)
            WHEN 'letters' THEN floor(250 * f_slips / f_length)
            ELSE least(250, 120 + floor(250 * f_slips / f_length))
        END AS forename_cost,
        CASE birth_differs WHEN 'none' THEN 0 WHEN 'swap' THEN 30 WHEN 'digit' THEN 140 WHEN 'part' THEN 200 ELSE 400 END AS birth_cost,
        CASE WHEN is_crossed THEN 30 ELSE 0 END AS crossed_cost
    FROM judged AS j
),

ranked AS (
    SELECT
        c.*,
        CAST(1000 - surname_cost - forename_cost - birth_cost - crossed_cost AS INTEGER) AS thousandths,
        row_number() OVER (
            PARTITION BY centre_number, person_id, other_person_id
            ORDER BY
                surname_cost + forename_cost + birth_cost + crossed_cost ASC NULLS LAST, is_crossed ASC NULLS LAST,
                forename_cost ASC NULLS LAST, surname_cost ASC NULLS LAST, forename_differs ASC NULLS LAST,
                surname_differs ASC NULLS LAST, birth_differs ASC NULLS LAST
        ) AS place
    FROM costs AS c
    WHERE surname_cost + forename_cost + birth_cost + crossed_cost <= 320
)

SELECT
    centre_number,
    person_id,
    other_person_id,
    CAST(thousandths / 1000 AS DECIMAL(4, 3)) AS score,
    CASE surname_differs
        WHEN 'none' THEN 'same surname'
        WHEN 'form' THEN 'surname in another form'
        WHEN 'sound' THEN 'surnames that sound alike'
        WHEN 'letters' THEN CASE WHEN s_slips = 1 THEN 'surnames one letter apart' ELSE 'surnames two letters apart' END
        WHEN 'missing' THEN 'one surname missing'
        ELSE 'another surname'
    END AS surname_words,
    CASE forename_differs
        WHEN 'none' THEN 'same forename'
        WHEN 'form' THEN 'forename in another form'
        WHEN 'sound' THEN CASE WHEN f_sound = g_sound THEN 'forenames that sound alike' ELSE 'two letters of the forename exchanged' END
        WHEN 'letters' THEN 'forenames one letter apart'
        WHEN 'missing' THEN 'one forename missing'
        ELSE 'another forename'
    END AS forename_words,
    CASE birth_differs
        WHEN 'none' THEN 'same birth date'
        WHEN 'swap' THEN 'day and month of the birth date exchanged'
        WHEN 'digit' THEN CASE WHEN digits = 1 THEN 'one digit of the birth date differs' ELSE 'two digits of the birth date exchanged' END
        ELSE 'another birth date'
    END AS birth_words,
    surname_differs,
    forename_differs,
    birth_differs,
    is_crossed
FROM ranked
WHERE place = 1
