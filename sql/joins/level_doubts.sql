/*
summary = "Every live qualification entry with its level, and what speaks for another one."
reads = ["qualification_entries", "claims", "entered_options", "achieved_units", "tracker", "units", "qualifications", "qualification_results", "latest_statements", "run"]
order = ["centre_number", "person_id", "qualification_code"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
subject = "VARCHAR: subject"
qualification_code = "VARCHAR: the qualification entered"
level = "INTEGER: its level"
intended_level = "INTEGER: what the centre says it means"
other_level = "INTEGER: the level of the units at another one"
at_level = "BIGINT: units of the student at the level entered"
at_other = "BIGINT: units of theirs at another one"
by_intent = "BOOLEAN: the level intended is another"
by_units = "BOOLEAN: most of the units are at another level"
is_recorded = "BOOLEAN: an entry of another year would be seen here"
file_id = "VARCHAR: the file of the entry"
line = "INTEGER: its line"
*/
WITH live AS (
    SELECT *
    FROM qualification_entries
    WHERE is_live AND level IS NOT NULL
),

-- what the student did, and from when it shows what they are doing
work AS (
    SELECT centre_number, person_id, subject, unit_code, level, claim_date AS done_on
    FROM claims
    WHERE claim_date IS NOT NULL
    UNION
    SELECT centre_number, person_id, subject, unit_code, level, CAST((substr(season, 1, 4) || '-09-01') AS DATE) AS done_on
    FROM entered_options
    WHERE kind = 'unit' AND is_technical AND NOT withdrawn AND season IS NOT NULL
    UNION
    SELECT centre_number, person_id, subject, unit_code, level, CAST((substr(season, 1, 4) || '-09-01') AS DATE) AS done_on
    FROM achieved_units
    WHERE season IS NOT NULL
),

evidence AS (
    SELECT q.centre_number, q.person_id, q.qualification_code, w.unit_code, w.level
    FROM live AS q
    INNER JOIN work AS w
        ON
            w.centre_number = q.centre_number AND w.person_id = q.person_id AND w.subject = q.subject
            AND w.done_on >= q.entered_from
    WHERE w.level IS NOT NULL AND w.unit_code IS NOT NULL
    UNION
    -- the tracker lists units under the entry they are taken for
    SELECT t.centre_number, t.person_id, t.qualification_code, t.unit_code, coalesce(u.level, family.level) AS level
    FROM tracker AS t
    LEFT JOIN units AS u ON u.unit_code = t.unit_code
    LEFT JOIN qualifications AS family ON family.qualification_code = substr(t.unit_code, 1, 5)
    WHERE
        (t.counts_as_claimed OR t.status IN ('entered', 'result_achieved'))
        AND t.unit_code IS NOT NULL
        AND coalesce(u.level, family.level) IS NOT NULL
),

awards AS (
    SELECT DISTINCT centre_number, person_id, qualification_code, subject, level
    FROM qualification_results
    WHERE suite IS NOT NULL AND (grade IS NULL OR grade NOT IN ('X', 'Q'))
),

awarded_levels AS (
    SELECT DISTINCT centre_number, person_id, subject, level
    FROM awards
),

unused AS (
    SELECT
        q.centre_number,
        q.person_id,
        q.qualification_code,
        count(DISTINCT CASE WHEN e.level = q.level THEN e.unit_code END) AS at_level,
        count(DISTINCT CASE WHEN e.level <> q.level THEN e.unit_code END) AS at_other,
        max(CASE WHEN e.level <> q.level THEN e.level END) AS other_level
    FROM live AS q
    INNER JOIN evidence AS e
        ON e.centre_number = q.centre_number AND e.person_id = q.person_id AND e.qualification_code = q.qualification_code
    -- an award at the other level took its units; of this level only the award of this very entry surely did
    LEFT JOIN awarded_levels AS l
        ON
            l.centre_number = q.centre_number AND l.person_id = q.person_id AND l.subject = q.subject
            AND l.level = e.level AND e.level <> q.level
    LEFT JOIN awards AS a
        ON
            a.centre_number = q.centre_number AND a.person_id = q.person_id
            AND a.qualification_code = q.qualification_code AND e.level = q.level
    WHERE l.level IS NULL AND a.qualification_code IS NULL
    GROUP BY q.centre_number, q.person_id, q.qualification_code
),

-- withdrawn ones too: whoever moved from one level to the other has claims at both
entered_levels AS (
    SELECT centre_number, person_id, subject, level
    FROM qualification_entries
    WHERE level IS NOT NULL
    UNION
    -- the achievement report lists units under the entry they were taken for
    SELECT s.centre_number, s.person_id, q.subject, q.level
    FROM latest_statements AS s
    INNER JOIN qualifications AS q ON q.qualification_code = s.qualification_code
    WHERE s.carrier = 'achievement'
),

-- an entry of another year is seen on the tracker, on the report, or where that year's entries are here
recorded AS (
    SELECT centre_number, person_id, subject
    FROM qualification_entries
    WHERE by_tracker AND subject IS NOT NULL
    UNION
    SELECT centre_number, person_id, subject
    FROM latest_statements
    WHERE carrier = 'achievement' AND subject IS NOT NULL
),

looked_back AS (
    SELECT DISTINCT o.centre_number
    FROM entered_options AS o
    INNER JOIN run AS r ON o.season < r.season
    WHERE o.is_annual AND o.is_technical
),

judged AS (
    SELECT
        q.*,
        coalesce(u.at_level, 0) AS at_level,
        coalesce(u.at_other, 0) AS at_other,
        u.other_level,
        coalesce(q.intended_level <> q.level, FALSE) AS by_intent,
        coalesce(
            u.at_other >= 2 AND u.at_level < u.at_other AND o.level IS NULL,
            FALSE
        ) AS by_units,
        (k.person_id IS NOT NULL OR b.centre_number IS NOT NULL) AS is_recorded
    FROM live AS q
    LEFT JOIN unused AS u
        ON u.centre_number = q.centre_number AND u.person_id = q.person_id AND u.qualification_code = q.qualification_code
    LEFT JOIN entered_levels AS o
        ON
            o.centre_number = q.centre_number AND o.person_id = q.person_id
            AND o.subject = q.subject AND o.level = u.other_level
    LEFT JOIN recorded AS k ON k.centre_number = q.centre_number AND k.person_id = q.person_id AND k.subject = q.subject
    LEFT JOIN looked_back AS b ON b.centre_number = q.centre_number
)

SELECT
    centre_number,
    person_id,
    subject,
    qualification_code,
    level,
    intended_level,
    other_level,
    at_level,
    at_other,
    by_intent,
    by_units,
    is_recorded,
    file_id,
    line
FROM judged
