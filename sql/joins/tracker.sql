/*
summary = "What the progress tracker says of each person's qualifications and units."
reads = ["incoming_tracker", "file_facts", "person_lines", "code_spellings", "tracker_statuses", "release_calendar", "run", "seasons"]
publish = true
order = ["centre_number", "person_id", "qualification_code", "unit_code", "file_id", "line"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the specification"
unit_code = "VARCHAR: the unit; NULL in the summary view"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
status_as_sent = "VARCHAR: the words in the file; NULL is a meaning of its own for a moderated unit"
status = "VARCHAR: our word for it; unknown where the reference data do not have it"
counts_as_claimed = "BOOLEAN: the unit has been claimed"
entry_date = "DATE: day of the qualification entry"
estimated_completion_date = "DATE: when the student should finish"
expected_season = "VARCHAR: the academic year of that day"
last_updated = "DATE: as the file has it"
as_of = "DATE: what the row is evidence for: never later than the start of the freeze it was downloaded in"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH freezes AS (
    SELECT season, window_from, window_to
    FROM release_calendar
    WHERE strpos(('|' || carrier || '|'), '|tracker|') > 0
)

SELECT
    t.centre_number,
    p.person_id,
    coalesce(q.qualification_code, t.qualification_code) AS qualification_code,
    CASE WHEN t.unit_code IS NOT NULL THEN coalesce(u.unit_code, t.unit_code) END AS unit_code,
    coalesce(u.suite, q.suite) AS suite,
    coalesce(q.level, t.level, u.level) AS level,
    coalesce(q.subject, u.subject) AS subject,
    coalesce(u.assessment, CASE WHEN lower(t.unit_type) IN ('examined', 'moderated') THEN lower(t.unit_type) END) AS assessment,
    t.status_as_sent,
    CASE
        WHEN s.status IS NOT NULL THEN s.status
        WHEN t.status_as_sent IS NULL AND t.unit_code IS NOT NULL THEN 'withdrawn_by_moderator'
        ELSE 'unknown'
    END AS status,
    coalesce(s.counts_as_claimed, FALSE) AS counts_as_claimed,
    t.entry_date,
    t.estimated_completion_date,
    done.season AS expected_season,
    t.last_updated,
    CASE
        WHEN t.last_updated IS NULL THEN coalesce(least(f.stated_on, now_freeze.window_from), now_freeze.window_from, f.stated_on)
        WHEN held.window_from IS NOT NULL THEN held.window_from
        ELSE t.last_updated
    END AS as_of,
    t.file_id,
    t.line
FROM incoming_tracker AS t
INNER JOIN file_facts AS f ON f.file_id = t.file_id AND f.is_used
INNER JOIN person_lines AS p ON p.file_id = t.file_id AND p.line = t.line AND p.centre_number = t.centre_number
CROSS JOIN run AS r
LEFT JOIN code_spellings AS q ON q.code_as_sent = t.qualification_code
LEFT JOIN code_spellings AS u ON u.code_as_sent = t.unit_code
LEFT JOIN tracker_statuses AS s
    ON
        s.status_as_sent = lower(trim(t.status_as_sent))
        AND (s.applies_to = 'both' OR s.applies_to = CASE WHEN t.unit_code IS NULL THEN 'qualification' ELSE 'unit' END)
LEFT JOIN freezes AS now_freeze ON now_freeze.season = r.season
LEFT JOIN freezes AS held ON t.last_updated BETWEEN held.window_from AND held.window_to
LEFT JOIN seasons AS done ON t.estimated_completion_date BETWEEN done.first_day AND done.last_day
