/*
summary = "The places that students hold, with the tariff points asked for and those their awards give."
reads = ["given_destinations", "local_people", "award_calculations", "ucas_tariff"]
empty_without = [["given_destinations"]]
publish = true
order = ["centre_number", "given_line"]

[columns]
centre_number = "VARCHAR: the centre; NULL where that is open"
person_id = "VARCHAR: whose place it is; NULL where the numbers are nobody's or not one person's"
given_line = "INTEGER: the row's line in destinations.csv"
ucas_id = "VARCHAR: UCAS personal identifier, as given"
firm_choice = "VARCHAR: the place held; NULL where none is"
offer = "VARCHAR: what is asked for, as given"
tariff_asked = "INTEGER: UCAS Tariff points asked for; NULL where the offer is in grades alone"
awards_issued = "BIGINT: awards issued that the tariff table has points for, the largest of each subject and level"
tariff_issued = "BIGINT: tariff points of those; other qualifications are not counted; NULL where there is none"
tariff_calculated = "BIGINT: tariff points of the awards entered or issued as their units make them; NULL where none is made"
tariff_confidence = "VARCHAR: the least sure of the tariff figures used"
is_at_stake = "BOOLEAN: a place is held, and the awards issued here do not show that what is asked is reached"
state = "VARCHAR: held, no_choice, nobody, unclear, unusable, or replaced by a later row about the same student"
fault = "VARCHAR: why the row cannot be used"
embargo_until = "TIMESTAMP WITH TIME ZONE: of the awards counted"
*/
WITH placed AS (
    SELECT
        g.line AS given_line,
        p.centre_number,
        p.person_id,
        p.people,
        g.ucas_id,
        g.firm_choice,
        g.offer,
        g.tariff_points,
        g.fault,
        row_number() OVER (
            PARTITION BY p.centre_number, p.person_id
            ORDER BY CASE WHEN g.fault IS NULL THEN 0 ELSE 1 END ASC NULLS LAST, g.line DESC NULLS LAST
        ) AS latest
    FROM given_destinations AS g
    INNER JOIN local_people AS p ON p.given = 'destinations' AND p.line = g.line AND p.is_ours
),

holders AS (
    SELECT DISTINCT centre_number, person_id
    FROM placed
    WHERE person_id IS NOT NULL
),

worth AS (
    SELECT
        a.centre_number,
        a.person_id,
        a.suite,
        a.level,
        a.subject,
        a.embargo_until,
        i.points AS issued,
        c.points AS calculated,
        greatest(
            CASE i.confidence WHEN 'recollection' THEN 3 WHEN 'inferred' THEN 2 WHEN 'documented' THEN 1 END,
            CASE c.confidence WHEN 'recollection' THEN 3 WHEN 'inferred' THEN 2 WHEN 'documented' THEN 1 END
        ) AS confidence_rank
    FROM holders AS h
    INNER JOIN award_calculations AS a ON a.centre_number = h.centre_number AND a.person_id = h.person_id
    LEFT JOIN ucas_tariff AS i ON i.level = a.level AND i.size = a.size AND i.grade = a.issued_grade
    LEFT JOIN ucas_tariff AS c ON c.level = a.level AND c.size = a.size AND c.grade = a.grade
    WHERE a.entered OR a.issued_grade IS NOT NULL
),

-- two sizes of one subject rest on the same units: the larger is counted, and not both
by_subject AS (
    SELECT
        centre_number,
        person_id,
        suite,
        level,
        subject,
        max(issued) AS issued,
        max(calculated) AS calculated,
        max(confidence_rank) AS confidence_rank,
        max(CASE WHEN issued IS NOT NULL OR calculated IS NOT NULL THEN embargo_until END) AS embargo_until
    FROM worth
    GROUP BY centre_number, person_id, suite, level, subject
),

summed AS (
    SELECT
        centre_number,
        person_id,
        count(issued) AS awards_issued,
        CAST(sum(issued) AS BIGINT) AS tariff_issued,
        CAST(sum(calculated) AS BIGINT) AS tariff_calculated,
        max(confidence_rank) AS confidence_rank,
        max(embargo_until) AS embargo_until
    FROM by_subject
    GROUP BY centre_number, person_id
),

judged AS (
    SELECT
        p.*,
        CASE
            WHEN p.fault IS NOT NULL THEN 'unusable'
            WHEN p.people > 1 THEN 'unclear'
            WHEN p.person_id IS NULL THEN 'nobody'
            WHEN p.latest > 1 THEN 'replaced'
            WHEN p.firm_choice IS NULL THEN 'no_choice'
            ELSE 'held'
        END AS state
    FROM placed AS p
)

SELECT
    j.centre_number,
    j.person_id,
    j.given_line,
    j.ucas_id,
    j.firm_choice,
    j.offer,
    j.tariff_points AS tariff_asked,
    coalesce(s.awards_issued, 0) AS awards_issued,
    s.tariff_issued,
    s.tariff_calculated,
    CASE s.confidence_rank WHEN 1 THEN 'documented' WHEN 2 THEN 'inferred' WHEN 3 THEN 'recollection' END AS tariff_confidence,
    (j.state = 'held' AND NOT coalesce(s.tariff_issued >= j.tariff_points, FALSE)) AS is_at_stake,
    j.state,
    j.fault,
    s.embargo_until
FROM judged AS j
LEFT JOIN summed AS s ON s.centre_number = j.centre_number AND s.person_id = j.person_id
