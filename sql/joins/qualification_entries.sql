/*
summary = "Which Cambridge Technicals qualifications each person is entered for, one row a qualification."
reads = ["entries", "tracker", "run", "seasons", "qualifications"]
order = ["centre_number", "person_id", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification entered"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: the level entered"
subject = "VARCHAR: subject"
size = "VARCHAR: Certificate, Extended Certificate, …"
guided_learning_hours = "INTEGER: hours the size needs"
is_complete = "BOOLEAN: the reference data know all its units and points"
series = "VARCHAR: the series of the latest entry; NULL where only the tracker has it"
intended_level = "INTEGER: what the centre says it means"
entered_from = "DATE: first day of the academic year of the entry"
expected_season = "VARCHAR: when the award is expected; NULL where nobody says"
is_expected = "BOOLEAN: expected this season or earlier; NULL where nobody says"
is_live = "BOOLEAN: not withdrawn, and not Not eligible on the tracker"
withdrawn = "BOOLEAN: withdrawn, in the entries or on the tracker"
by_entry = "BOOLEAN: an entry says so"
by_tracker = "BOOLEAN: the tracker says so"
file_id = "VARCHAR: the file of the entry, else of the tracker row"
line = "INTEGER: its line"
*/
WITH entered AS (
    SELECT
        e.*,
        -- the school's own export is kept up to date; an entry file is a record of what was sent once
        CASE e.source WHEN 'csv' THEN 1 WHEN 'edi_amendment' THEN 2 ELSE 3 END AS source_rank,
        min(CASE e.source WHEN 'csv' THEN 1 WHEN 'edi_amendment' THEN 2 ELSE 3 END)
            OVER (PARTITION BY e.person_id, e.qualification_code) AS best_source,
        row_number() OVER (
            PARTITION BY e.person_id, e.qualification_code
            ORDER BY
                CASE WHEN e.withdrawn THEN 1 ELSE 0 END ASC NULLS LAST,
                e.season DESC NULLS LAST,
                CASE WHEN e.source = 'csv' THEN 1 ELSE 2 END ASC NULLS LAST,
                e.entry_date DESC NULLS LAST,
                e.file_id ASC NULLS LAST,
                e.line ASC NULLS LAST
        ) AS place
    FROM entries AS e
    WHERE e.kind = 'qualification' AND e.is_technical
),

from_entries AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        max(CASE WHEN place = 1 THEN series END) AS series,
        max(CASE WHEN place = 1 THEN intended_level END) AS intended_level,
        min(CASE WHEN NOT withdrawn THEN coalesce(entry_date, CAST((substr(season, 1, 4) || '-09-01') AS DATE)) END) AS first_entered,
        min(CASE WHEN NOT withdrawn THEN season END) AS first_season,
        max(expected_season) AS expected_season,
        min(CASE WHEN source_rank > best_source THEN NULL WHEN withdrawn THEN 1 ELSE 0 END) = 1 AS withdrawn,
        min(CASE WHEN is_eligible THEN 0 ELSE 1 END) = 1 AS is_ineligible,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line
    FROM entered
    GROUP BY centre_number, person_id, qualification_code
),

tracked AS (
    SELECT
        t.*,
        -- of several downloads the newest counts: who was Not eligible in June may have the award in August
        max(t.as_of) OVER (PARTITION BY t.person_id, t.qualification_code) AS newest,
        max(CASE WHEN t.unit_code IS NULL THEN t.as_of END) OVER (PARTITION BY t.person_id, t.qualification_code) AS newest_summary,
        row_number() OVER (
            PARTITION BY t.person_id, t.qualification_code
            ORDER BY
                CASE WHEN t.unit_code IS NULL THEN 0 ELSE 1 END ASC NULLS LAST,
                t.as_of DESC NULLS LAST,
                t.file_id ASC NULLS LAST,
                t.line ASC NULLS LAST
        ) AS place
    FROM tracker AS t
),

from_tracker AS (
    SELECT
        centre_number,
        person_id,
        qualification_code,
        min(entry_date) AS first_entered,
        coalesce(max(CASE WHEN as_of IS NOT DISTINCT FROM newest THEN expected_season END), max(expected_season)) AS expected_season,
        max(CASE WHEN unit_code IS NULL AND as_of IS NOT DISTINCT FROM newest_summary AND status = 'withdrawn' THEN 1 ELSE 0 END) = 1 AS withdrawn,
        max(CASE WHEN unit_code IS NULL AND as_of IS NOT DISTINCT FROM newest_summary AND status = 'not_eligible' THEN 1 ELSE 0 END) = 1 AS is_ineligible,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line
    FROM tracked
    GROUP BY centre_number, person_id, qualification_code
),

both_sides AS (
    SELECT
        coalesce(e.centre_number, t.centre_number) AS centre_number,
        coalesce(e.person_id, t.person_id) AS person_id,
        coalesce(e.qualification_code, t.qualification_code) AS qualification_code,
        e.series,
        e.intended_level,
        coalesce(e.first_entered, t.first_entered) AS first_entered,
        e.first_season,
        coalesce(t.expected_season, e.expected_season) AS expected_season,
        coalesce(e.withdrawn, FALSE) OR coalesce(t.withdrawn, FALSE) AS withdrawn,
        coalesce(e.is_ineligible, FALSE) OR coalesce(t.is_ineligible, FALSE) AS is_ineligible,
        e.person_id IS NOT NULL AS by_entry,
        t.person_id IS NOT NULL AS by_tracker,
        coalesce(e.file_id, t.file_id) AS file_id,
        coalesce(e.line, t.line) AS line
    FROM from_entries AS e
    FULL OUTER JOIN from_tracker AS t
        ON t.centre_number = e.centre_number AND t.person_id = e.person_id AND t.qualification_code = e.qualification_code
)

SELECT
    b.centre_number,
    b.person_id,
    b.qualification_code,
    q.suite,
    q.level,
    q.subject,
    q.size,
    q.guided_learning_hours,
    coalesce(q.complete, FALSE) AS is_complete,
    b.series,
    b.intended_level,
    -- an annual series names its year; a date of entry is the next best witness
    coalesce(CAST((substr(b.first_season, 1, 4) || '-09-01') AS DATE), made.first_day) AS entered_from,
    b.expected_season,
    CASE WHEN b.expected_season IS NULL THEN NULL ELSE b.expected_season <= r.season END AS is_expected,
    NOT b.withdrawn AND NOT b.is_ineligible AS is_live,
    b.withdrawn,
    b.by_entry,
    b.by_tracker,
    b.file_id,
    b.line
FROM both_sides AS b
CROSS JOIN run AS r
LEFT JOIN qualifications AS q ON q.qualification_code = b.qualification_code
LEFT JOIN seasons AS made ON b.first_entered BETWEEN made.first_day AND made.last_day
