/*
severity = "warning"
owner = "centre"
summary = "The files spell a student's surname, forename or birth date in more than one way."
message = "The files do not agree on {expected} for this student."
action = """
1. Look at the spellings and the files that have them; the birth certificate or passport decides.
2. Correct the school's own system first, then the awarding body's record (Interchange, candidate details), before certificates are printed: afterwards a correction is charged for.
3. If the surname was changed on purpose, tell the awarding body, so that old and new results stay together.
4. If these are two students, ring Customer Support, 01223 553998: their results are mixed."""
why = "A name was changed or mistyped, a known-as name was used, or day and month of a birth date were exchanged."
source = "Awarding body guidance on certificates: check that candidates' details are correct before certificates are issued"
population = "surnames, forenames and birth dates of students that are stated more than once"
reads = ["mentions", "mention_people", "known_as"]
needs = []
key = ["person", "key_detail"]
follows_from = []
confidence = "documented"
wording = ["Candidate details do not match", "Name misspelling"]
where = ["the school's own system: the student's examination details (UCI, ULN, candidate number)", "Interchange > Post results > Missing and incomplete results"]
private = ["found"]
*/
WITH said AS (
    SELECT
        m.centre_number,
        p.person_id,
        m.carrier,
        m.surname,
        m.surname_key,
        m.surname_sorted,
        m.forenames,
        m.forename_key,
        CAST(m.date_of_birth AS VARCHAR) AS birth,
        m.name_truncated AS is_cut,
        m.file_id,
        m.line
    FROM mentions AS m
    INNER JOIN mention_people AS p ON p.mention_id = m.mention_id
),

-- surnames in any order of their parts, the first forename alone, as people are compared when they are joined
details AS (
    SELECT centre_number, person_id, 'surname' AS detail, surname_sorted AS folded, surname_key AS unsorted, surname AS spelled, is_cut, carrier, file_id, line
    FROM said
    WHERE surname_sorted IS NOT NULL
    UNION ALL
    SELECT centre_number, person_id, 'forename' AS detail, forename_key AS folded, forename_key AS unsorted, forenames AS spelled, is_cut, carrier, file_id, line
    FROM said
    WHERE forename_key IS NOT NULL
    UNION ALL
    SELECT centre_number, person_id, 'date_of_birth' AS detail, birth AS folded, birth AS unsorted, birth AS spelled, FALSE AS is_cut, carrier, file_id, line
    FROM said
    WHERE birth IS NOT NULL
),

-- what a forty-character field cut short is the same as any whole name it begins
cut AS (
    SELECT DISTINCT d.centre_number, d.person_id, d.detail, d.folded
    FROM details AS d
    INNER JOIN details AS w
        ON
            w.centre_number = d.centre_number AND w.person_id = d.person_id AND w.detail = d.detail
            AND w.folded <> d.folded AND substr(w.unsorted, 1, length(d.unsorted)) = d.unsorted
    WHERE d.is_cut
),

whole AS (
    SELECT d.*
    FROM details AS d
    LEFT JOIN cut AS c
        ON
            d.is_cut AND c.centre_number = d.centre_number AND c.person_id = d.person_id
            AND c.detail = d.detail AND c.folded = d.folded
    WHERE c.folded IS NULL
),

counted AS (
    SELECT
        centre_number,
        person_id,
        detail,
        count(*) AS statements,
        min(folded) AS least,
        max(folded) AS greatest
    FROM whole
    GROUP BY centre_number, person_id, detail
),

doubtful AS (
    SELECT
        d.*,
        row_number() OVER (
            PARTITION BY d.centre_number, d.person_id, d.detail, d.folded
            ORDER BY d.file_id ASC NULLS LAST, d.line ASC NULLS LAST, d.carrier ASC NULLS LAST
        ) AS first_place
    FROM whole AS d
    INNER JOIN counted AS c
        ON c.centre_number = d.centre_number AND c.person_id = d.person_id AND c.detail = d.detail AND c.least < c.greatest
),

spellings AS (
    SELECT
        centre_number,
        person_id,
        detail,
        folded,
        min(spelled) AS spelled,
        count(*) AS statements,
        concat_ws(
            ', ',
            max(CASE WHEN carrier = 'entries' THEN 'entries' END),
            max(CASE WHEN carrier = 'claims' THEN 'claims' END),
            max(CASE WHEN carrier = 'achievement' THEN 'achievement report' END),
            max(CASE WHEN carrier = 'marks' THEN 'marks report' END),
            max(CASE WHEN carrier = 'tracker' THEN 'tracker' END),
            max(CASE WHEN carrier IN ('edi', 'xml') THEN 'results file' END)
        ) AS places,
        max(CASE WHEN first_place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN first_place = 1 THEN line END) AS line
    FROM doubtful
    GROUP BY centre_number, person_id, detail, folded
),

nicknames AS (
    SELECT name AS one, known_as AS other FROM known_as
    UNION
    SELECT known_as AS one, name AS other FROM known_as
    UNION
    SELECT a.known_as AS one, b.known_as AS other
    FROM known_as AS a
    INNER JOIN known_as AS b ON b.name = a.name
),

-- an initial differs from no name that it begins
differing AS (
    SELECT
        a.centre_number,
        a.person_id,
        a.detail,
        a.folded AS one,
        b.folded AS other,
        CASE WHEN a.detail = 'forename' AND k.one IS NOT NULL THEN 1 ELSE 0 END AS is_known_as
    FROM spellings AS a
    INNER JOIN spellings AS b
        ON b.centre_number = a.centre_number AND b.person_id = a.person_id AND b.detail = a.detail AND a.folded < b.folded
    LEFT JOIN nicknames AS k ON k.one = a.folded AND k.other = b.folded
    WHERE
        -- the shorter of the two comes first
        a.detail <> 'forename' OR substr(b.folded, 1, 1) <> a.folded
),

faults AS (
    SELECT centre_number, person_id, detail, min(is_known_as) = 1 AS is_known_as
    FROM differing
    GROUP BY centre_number, person_id, detail
),

members AS (
    SELECT centre_number, person_id, detail, one AS folded FROM differing
    UNION
    SELECT centre_number, person_id, detail, other AS folded FROM differing
),

numbered AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.detail
            ORDER BY s.statements DESC NULLS LAST, s.folded ASC NULLS LAST
        ) AS number
    FROM spellings AS s
    INNER JOIN members AS m
        ON m.centre_number = s.centre_number AND m.person_id = s.person_id AND m.detail = s.detail AND m.folded = s.folded
),

worded AS (
    SELECT
        centre_number,
        person_id,
        detail,
        concat_ws(
            '; ',
            max(CASE WHEN number = 1 THEN (spelled || ' (' || places || ')') END),
            max(CASE WHEN number = 2 THEN (spelled || ' (' || places || ')') END),
            max(CASE WHEN number = 3 THEN (spelled || ' (' || places || ')') END)
        ) AS words,
        max(CASE WHEN number = 2 THEN file_id END) AS file_id,
        max(CASE WHEN number = 2 THEN line END) AS line
    FROM numbered
    GROUP BY centre_number, person_id, detail
)

SELECT
    c.centre_number,
    c.person_id,
    c.detail AS key_detail,
    CASE c.detail WHEN 'surname' THEN 'one surname' WHEN 'forename' THEN 'one forename' ELSE 'one birth date' END AS expected,
    w.words AS found,
    CASE WHEN f.is_known_as THEN 'known_as' END AS cause,
    -- Andy for Andrew is no mistake, but a certificate prints what it is given
    CASE WHEN f.is_known_as THEN 'info' END AS severity,
    w.file_id,
    w.line,
    f.person_id IS NOT NULL AS speaks
FROM counted AS c
LEFT JOIN faults AS f ON f.centre_number = c.centre_number AND f.person_id = c.person_id AND f.detail = c.detail
LEFT JOIN worded AS w ON w.centre_number = c.centre_number AND w.person_id = c.person_id AND w.detail = c.detail
WHERE c.statements > 1;

/* cases
a surname that changed is reported with the files that have each, the rarer one's line first to look at
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p1
  mentions       | mention_id | centre_number | carrier     | academic_year | surname | surname_key | surname_sorted | forenames | forename_key | file_id | line
                 | m1         | 99999         | entries     | 2025-26       | Sample  | sample      | sample         | Robin     | robin        | f1      | 2
                 | m2         | 99999         | achievement | 2025-26       | SAMPLE  | sample      | sample         | Robin Lee | robin        | f2      | 3
                 | m3         | 99999         | marks       | 2024-25       | Pattern | pattern     | pattern        | ROBIN     | robin        | f3      | 4
  speaks         | person_id | key               | severity | found                                                        | file_id | line
                 | p1        | 99999·p1·surname  | warning  | SAMPLE (entries, achievement report); Pattern (marks report) | f3      | 4
  looked_at = 2

parts in another order, accents, an initial, middle names and a name cut at forty characters differ from nothing
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p1
                 | m4         | p1
  mentions       | mention_id | centre_number | carrier | surname     | surname_key | surname_sorted | forenames    | forename_key | name_truncated | file_id | line
                 | m1         | 99999         | entries | Vela Moreno | velamoreno  | morenovela     | Renée Amélie | renee        |                | f1      | 2
                 | m2         | 99999         | claims  | Moreno-Vela | morenovela  | morenovela     | R            | r            |                | f2      | 2
                 | m3         | 99999         | tracker | VELA MORENO | velamoreno  | morenovela     | RENEE        | renee        |                | f3      | 2
                 | m4         | 99999         | entries | VELA MORE   | velamore    | morevela       | REN          | ren          | true           | f4      | 2
  speaks nothing
  looked_at = 2

a birth date with day and month exchanged is told; a blank one is silence
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p2
                 | m4         | p2
  mentions       | mention_id | centre_number | carrier | date_of_birth | file_id | line
                 | m1         | 99999         | entries | 2008-03-05    | f1      | 2
                 | m2         | 99999         | tracker | 2008-05-03    | f2      | 2
                 | m3         | 99999         | entries | 2008-03-05    | f1      | 3
                 | m4         | 99999         | tracker |               | f2      | 3
  speaks         | person_id | key                    | found
                 | p1        | 99999·p1·date_of_birth | 2008-03-05 (entries); 2008-05-03 (tracker)
  looked_at = 1

a known-as name is worth knowing, another name is worth a warning
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p2
                 | m4         | p2
                 | m5         | p3
                 | m6         | p3
                 | m7         | p3
  mentions       | mention_id | centre_number | carrier | forenames | forename_key | file_id | line
                 | m1         | 99999         | entries | Andrew    | andrew       | f1      | 2
                 | m2         | 99999         | claims  | Andy      | andy         | f2      | 2
                 | m3         | 99999         | entries | Sam       | sam          | f1      | 3
                 | m4         | 99999         | claims  | Jo        | jo           | f2      | 3
                 | m5         | 99999         | entries | Andrew    | andrew       | f1      | 4
                 | m6         | 99999         | claims  | Andy      | andy         | f2      | 4
                 | m7         | 99999         | tracker | Robin     | robin        | f3      | 4
  speaks         | person_id | severity | cause
                 | p1        | info     | known_as
                 | p2        | warning  |
                 | p3        | warning  |

twins are two people, and what one file alone says is compared with nothing
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p2
  mentions       | mention_id | centre_number | carrier | surname | surname_key | surname_sorted | forenames | forename_key | date_of_birth | file_id | line
                 | m1         | 99999         | entries | Sample  | sample      | sample         | Robin     | robin        | 2008-03-05    | f1      | 2
                 | m2         | 99999         | entries | Sample  | sample      | sample         | Wren      | wren         | 2008-03-05    | f1      | 3
  speaks nothing
  looked_at = 0

a name cut short is the beginning of a whole one of the same student and the same detail, or it differs
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p2
                 | m4         | p2
                 | m5         | p2
                 | m6         | p3
                 | m7         | p3
                 | m8         | p3
                 | m9         | p4
                 | m10        | p4
  mentions       | mention_id | centre_number | carrier | surname     | surname_key | surname_sorted | forenames  | forename_key | name_truncated | file_id | line
                 | m1         | 99999         | edi     | VELA MORE   | velamore    | morevela       |            |              | true           | f1      | 1
                 | m2         | 99999         | entries | Pattern     | pattern     | pattern        | Velamoreno | velamoreno   |                | f2      | 1
                 | m3         | 99999         | edi     | VELA MORE   | velamore    | morevela       |            |              | true           | f1      | 2
                 | m4         | 99999         | entries | Vela Moreno | velamoreno  | morenovela     |            |              |                | f2      | 2
                 | m5         | 99999         | xml     | OTHE        | othe        | othe           | VELA MORE  | morevela     | true           | f1      | 3
                 | m6         | 99999         | edi     | VELA MORE   | velamore    | morevela       |            |              | true           | f1      | 4
                 | m7         | 99999         | claims  | Vela More   | velamore    | morevela       |            |              |                | f2      | 4
                 | m8         | 99999         | entries | Vela Moreno | velamoreno  | morenovela     |            |              |                | f2      | 5
                 | m9         | 99999         | edi     |             |             |                | MOREVELA   | morevela     | true           | f1      | 6
                 | m10        | 99999         | entries |             |             |                | Wren       | wren         |                | f2      | 6
  speaks         | key               | found
                 | 99999·p1·surname  | VELA MORE (results file); Pattern (entries)
                 | 99999·p2·surname  | Vela Moreno (entries); OTHE (results file)
                 | 99999·p3·surname  | Vela Moreno (entries); Vela More (claims)
                 | 99999·p4·forename | MOREVELA (results file); Wren (entries)

an initial differs from no name that it begins and is not told beside names that do; a surname has no initial
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p1
                 | m4         | p2
                 | m5         | p2
                 | m6         | p3
                 | m7         | p3
                 | m8         | p2
  mentions       | mention_id | centre_number | carrier | surname | surname_key | surname_sorted | forenames | forename_key | file_id | line
                 | m1         | 99999         | entries |         |             |                | R         | r            | f1      | 1
                 | m2         | 99999         | claims  |         |             |                | Robin     | robin        | f2      | 1
                 | m3         | 99999         | tracker |         |             |                | Roberta   | roberta      | f3      | 1
                 | m4         | 99999         | entries | S       | s           | s              | R         | r            | f1      | 2
                 | m5         | 99999         | claims  | Sample  | sample      | sample         | Wren      | wren         | f2      | 2
                 | m6         | 99999         | entries | Andrew  | andrew      | andrew         | Andy      | andy         | f1      | 3
                 | m7         | 99999         | claims  | Andy    | andy        | andy           | Drew      | drew         | f2      | 3
                 | m8         | 99999         | marks   | R       | r           | r              | W         | w            | f2      | 2
  speaks         | key               | severity | found
                 | 99999·p1·forename | warning  | Roberta (tracker); Robin (claims)
                 | 99999·p2·surname  | warning  | R (marks report); S (entries); Sample (claims)
                 | 99999·p2·forename | warning  | R (entries); W (marks report); Wren (claims)
                 | 99999·p3·surname  | warning  | Andrew (entries); Andy (claims)
                 | 99999·p3·forename | info     | Andy (entries); Drew (claims)

each student's and each detail's rarer spelling is shown at its first line; three spellings are named
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p1
                 | m4         | p1
                 | m5         | p1
                 | m6         | p2
                 | m7         | p2
                 | m8         | p2
                 | m9         | p3
                 | m10        | p3
                 | m11        | p3
  mentions       | mention_id | centre_number | carrier | surname | surname_key | surname_sorted | date_of_birth | file_id | line
                 | m1         | 99999         | entries | Sample  | sample      | sample         | 2008-03-05    | f1      | 1
                 | m2         | 99999         | claims  | Sample  | sample      | sample         | 2008-03-05    | f1      | 9
                 | m3         | 99999         | tracker | Sample  | sample      | sample         | 2008-03-05    | f4      | 1
                 | m4         | 99999         | marks   | Pattern | pattern     | pattern        | 2008-03-06    | f3      | 9
                 | m5         | 99999         | marks   | Pattern | pattern     | pattern        |               | f3      | 8
                 | m6         | 99999         | entries | Sample  | sample      | sample         |               | f1      | 2
                 | m7         | 99999         | claims  | Pattern | pattern     | pattern        |               | f2      | 6
                 | m8         | 99999         | marks   | Pattern | pattern     | pattern        |               | f2      | 7
                 | m9         | 99999         | entries | Art     | art         | art            |               | f1      | 3
                 | m10        | 99999         | claims  | Bell    | bell        | bell           |               | f2      | 8
                 | m11        | 99999         | marks   | Cole    | cole        | cole           |               | f3      | 7
  speaks         | key                    | found                                                            | file_id | line
                 | 99999·p1·surname       | Sample (entries, claims, tracker); Pattern (marks report)        | f3      | 8
                 | 99999·p1·date_of_birth | 2008-03-05 (entries, claims, tracker); 2008-03-06 (marks report) | f3      | 9
                 | 99999·p2·surname       | Pattern (claims, marks report); Sample (entries)                 | f1      | 2
                 | 99999·p3·surname       | Art (entries); Bell (claims); Cole (marks report)                | f2      | 8

the first line of a spelling is its own, not another student's and not another detail's
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p2
                 | m4         | p2
  mentions       | mention_id | centre_number | carrier | surname | surname_key | surname_sorted | forenames | forename_key | file_id | line
                 | m1         | 99999         | entries | Bell    | bell        | bell           | Sam       | sam          | f1      | 1
                 | m2         | 99999         | claims  | Cole    | cole        | cole           | Bell      | bell         | f2      | 1
                 | m3         | 99999         | entries | Bell    | bell        | bell           | Cole      | cole         | f1      | 5
                 | m4         | 99999         | claims  | Cole    | cole        | cole           | Sam       | sam          | f2      | 2
  speaks         | key               | found                         | file_id | line
                 | 99999·p1·surname  | Bell (entries); Cole (claims) | f2      | 1
                 | 99999·p1·forename | Bell (claims); Sam (entries)  | f1      | 1
                 | 99999·p2·surname  | Bell (entries); Cole (claims) | f2      | 2
                 | 99999·p2·forename | Cole (entries); Sam (claims)  | f2      | 2

an initial beside its name is no fault though the surname changed, nor is a cut forename like a cut surname
  mention_people | mention_id | person_id
                 | m1         | p1
                 | m2         | p1
                 | m3         | p2
                 | m4         | p2
                 | m5         | p3
                 | m6         | p3
                 | m7         | p4
                 | m8         | p4
                 | m9         | p4
                 | m10        | p4
                 | m11        | p4
  mentions       | mention_id | centre_number | carrier | surname | surname_key | surname_sorted | forenames | forename_key | name_truncated | file_id | line
                 | m1         | 99999         | entries | Sample  | sample      | sample         | R         | r            |                | f1      | 1
                 | m2         | 99999         | claims  | Pattern | pattern     | pattern        | Robin     | robin        |                | f2      | 1
                 | m3         | 99999         | entries | S       | s           | s              | Robin     | robin        |                | f1      | 2
                 | m4         | 99999         | claims  | Sample  | sample      | sample         | Robin     | robin        |                | f2      | 2
                 | m5         | 99999         | edi     | MORE    | more        | more           | MORE      | more         | true           | f1      | 3
                 | m6         | 99999         | entries | Moreno  | moreno      | moreno         | Wren      | wren         |                | f2      | 3
                 | m7         | 99999         | entries | Sample  | sample      | sample         | Robin     | robin        |                | f1      | 4
                 | m8         | 99999         | claims  | Sample  | sample      | sample         | Robin     | robin        |                | f2      | 4
                 | m9         | 99999         | tracker | Sample  | sample      | sample         | Robin     | robin        |                | f3      | 4
                 | m10        | 99999         | edi     | Pattern | pattern     | pattern        | Robin     | robin        |                | f4      | 9
                 | m11        | 99999         | marks   | Pattern | pattern     | pattern        | Robin     | robin        |                | f5      | 1
  speaks         | key               | found                                                                   | file_id | line
                 | 99999·p1·surname  | Pattern (claims); Sample (entries)                                      | f1      | 1
                 | 99999·p2·surname  | S (entries); Sample (claims)                                            | f2      | 2
                 | 99999·p3·forename | MORE (results file); Wren (entries)                                     | f2      | 3
                 | 99999·p4·surname  | Sample (entries, claims, tracker); Pattern (marks report, results file) | f4      | 9
*/
