/*
summary = "What the newest download of the progress tracker says otherwise than the one before it, by person, qualification and unit."
reads = ["tracker", "qualifications", "units"]
publish = true
order = ["centre_number", "person_id", "qualification_code", "unit_code", "change"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the specification"
unit_code = "VARCHAR: the unit; NULL for the qualification itself"
subject = "VARCHAR: subject"
change = "VARCHAR: status (it says another), date (another estimated completion date alone), new (not in the download before), gone (in that one, and no more in this, though the person is)"
direction = "VARCHAR: of a status: forward, back or sideways on the way from an entry to a result; NULL otherwise"
status_before = "VARCHAR: our word for the status in the download before"
status_after = "VARCHAR: in the newest"
status_before_as_sent = "VARCHAR: the words in the file; a moderated unit may have none"
status_after_as_sent = "VARCHAR: likewise"
completion_before = "DATE: estimated completion date in the download before"
completion_after = "DATE: in the newest"
day_before = "DATE: what the download before is evidence for"
day_after = "DATE: what the newest is evidence for"
file_before = "VARCHAR: its file; of a new item NULL"
line_before = "INTEGER: its line"
file_id = "VARCHAR: the file of the newest; of what is gone NULL"
line = "INTEGER: its line"
*/
-- a download is of one day, the latest that one of its rows has; summary and detailed view are not compared with each other
WITH file_days AS (
    SELECT
        t.centre_number,
        t.file_id,
        CASE WHEN t.unit_code IS NULL THEN 'summary' ELSE 'detailed' END AS shown_in,
        max(t.as_of) AS day
    FROM tracker AS t
    GROUP BY t.centre_number, t.file_id, CASE WHEN t.unit_code IS NULL THEN 'summary' ELSE 'detailed' END
),

-- a download may be of one subject alone: it speaks of the qualifications it lists
listings AS (
    SELECT
        t.*,
        d.shown_in,
        d.day,
        dense_rank() OVER (
            PARTITION BY t.centre_number, t.qualification_code, d.shown_in
            ORDER BY d.day DESC NULLS LAST
        ) AS age
    FROM tracker AS t
    INNER JOIN file_days AS d
        ON
            d.centre_number = t.centre_number AND d.file_id = t.file_id
            AND d.shown_in = CASE WHEN t.unit_code IS NULL THEN 'summary' ELSE 'detailed' END
    WHERE d.day IS NOT NULL AND t.qualification_code IS NOT NULL
),

ranked AS (
    SELECT
        l.*,
        CASE
            WHEN l.status = 'result_achieved' THEN 5
            WHEN l.status IN ('result_pending', 'awaiting_assessed_grade') THEN 4
            WHEN l.status = 'sample_selected' THEN 3
            WHEN l.status = 'claim_submitted' THEN 2
            WHEN l.status IN ('entered', 'result_not_yet_achieved') THEN 1
            ELSE 0
        END AS step,
        row_number() OVER (
            PARTITION BY l.centre_number, l.person_id, l.qualification_code, l.unit_code, l.shown_in, l.day
            ORDER BY
                -- two downloads of one day: what is furthest on
                CASE WHEN l.status = 'result_achieved' THEN 0 WHEN l.counts_as_claimed THEN 1 ELSE 2 END ASC NULLS LAST,
                l.file_id ASC NULLS LAST,
                l.line ASC NULLS LAST
        ) AS place
    FROM listings AS l
    WHERE l.age <= 2
),

compared_days AS (
    SELECT
        centre_number,
        qualification_code,
        shown_in,
        max(CASE WHEN age = 1 THEN day END) AS day_after,
        max(CASE WHEN age = 2 THEN day END) AS day_before
    FROM ranked
    GROUP BY centre_number, qualification_code, shown_in
    HAVING max(age) = 2
),

newest AS (
    SELECT * FROM ranked WHERE place = 1 AND age = 1
),

earlier AS (
    SELECT * FROM ranked WHERE place = 1 AND age = 2
),

-- somebody whom a filter left out has not lost anything
listed_now AS (
    SELECT DISTINCT centre_number, person_id, shown_in
    FROM newest
),

paired AS (
    SELECT
        coalesce(n.centre_number, e.centre_number) AS centre_number,
        coalesce(n.person_id, e.person_id) AS person_id,
        coalesce(n.qualification_code, e.qualification_code) AS qualification_code,
        coalesce(n.unit_code, e.unit_code) AS unit_code,
        coalesce(n.shown_in, e.shown_in) AS shown_in,
        CASE
            WHEN e.person_id IS NULL THEN 'new'
            WHEN n.person_id IS NULL THEN 'gone'
            WHEN n.status IS DISTINCT FROM e.status OR lower(trim(n.status_as_sent)) IS DISTINCT FROM lower(trim(e.status_as_sent)) THEN 'status'
            WHEN n.estimated_completion_date IS DISTINCT FROM e.estimated_completion_date THEN 'date'
        END AS change,
        n.step AS step_after,
        e.step AS step_before,
        e.status AS status_before,
        n.status AS status_after,
        e.status_as_sent AS status_before_as_sent,
        n.status_as_sent AS status_after_as_sent,
        e.estimated_completion_date AS completion_before,
        n.estimated_completion_date AS completion_after,
        e.file_id AS file_before,
        e.line AS line_before,
        n.file_id,
        n.line
    FROM newest AS n
    FULL OUTER JOIN earlier AS e
        ON
            e.centre_number = n.centre_number AND e.person_id = n.person_id AND e.shown_in = n.shown_in
            AND e.qualification_code = n.qualification_code AND e.unit_code IS NOT DISTINCT FROM n.unit_code
)

SELECT
    p.centre_number,
    p.person_id,
    p.qualification_code,
    p.unit_code,
    coalesce(u.subject, q.subject) AS subject,
    p.change,
    CASE
        WHEN p.change <> 'status' THEN NULL
        WHEN p.step_after > p.step_before THEN 'forward'
        WHEN p.step_after < p.step_before THEN 'back'
        ELSE 'sideways'
    END AS direction,
    p.status_before,
    p.status_after,
    p.status_before_as_sent,
    p.status_after_as_sent,
    p.completion_before,
    p.completion_after,
    d.day_before,
    d.day_after,
    p.file_before,
    p.line_before,
    p.file_id,
    p.line
FROM paired AS p
INNER JOIN compared_days AS d
    ON d.centre_number = p.centre_number AND d.qualification_code = p.qualification_code AND d.shown_in = p.shown_in
LEFT JOIN listed_now AS l ON l.centre_number = p.centre_number AND l.person_id = p.person_id AND l.shown_in = p.shown_in
LEFT JOIN qualifications AS q ON q.qualification_code = p.qualification_code
LEFT JOIN units AS u ON u.unit_code = p.unit_code
WHERE p.change IS NOT NULL AND (p.change <> 'gone' OR l.person_id IS NOT NULL)
