/*
summary = "For each result that anybody states, and for X and for Q: whether that letter still stands in a grade's place."
reads = ["latest_statements", "entries", "series_seen", "run"]
order = ["letter", "centre_number", "person_id", "series", "option_code", "qualification_code"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
letter = "VARCHAR: X (no result is issued) or Q (it is still to come)"
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body, of the statement that has the letter"
series = "VARCHAR: the series"
subject = "VARCHAR: subject"
qualification_code = "VARCHAR: of an award"
unit_code = "VARCHAR: of a unit"
option_code = "VARCHAR: of a unit or a general qualification, as EDI spells it"
said = "VARCHAR: who has the letter, in words"
other_grade = "VARCHAR: the grade another carrier has in the same window"
is_graded_elsewhere = "BOOLEAN: another carrier has a grade in the same window"
is_absent = "BOOLEAN: a carrier says absent"
was_achieved_before = "BOOLEAN: the unit was achieved in an earlier series"
is_withheld = "BOOLEAN: the letter stands: no later window or series has a grade, and the student is still here"
file_id = "VARCHAR: the file of the statement that has the letter"
line = "INTEGER: its line"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
WITH letters AS (
    SELECT 'X' AS letter
    UNION ALL
    SELECT 'Q' AS letter
),

stated AS (
    SELECT
        s.*,
        l.letter,
        CASE
            WHEN s.grade = l.letter THEN 'held'
            WHEN s.grade NOT IN ('X', 'Q') AND NOT coalesce(s.is_absent, FALSE) THEN 'graded'
            ELSE 'other'
        END AS says,
        -- a series without windows has one, long ago
        coalesce(s.window_from, DATE '1900-01-01') AS stretch,
        CASE s.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END AS carrier_rank,
        e.season,
        -- month after year: of one option, the later series has the later text
        (substr(s.series, 3, 2) || substr(s.series, 1, 1)) AS series_order
    FROM latest_statements AS s
    CROSS JOIN letters AS l
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM s.board AND e.series = s.series
    WHERE s.grade IS NOT NULL
),

results AS (
    SELECT
        letter,
        centre_number,
        person_id,
        series,
        kind,
        option_code,
        max(series_order) AS series_order,
        max(season) AS season,
        max(CASE WHEN says = 'held' THEN stretch END) AS held_in,
        max(CASE WHEN says = 'graded' THEN stretch END) AS graded_in,
        min(CASE WHEN says = 'graded' THEN grade END) AS other_grade,
        max(CASE WHEN is_absent THEN 1 ELSE 0 END) AS is_absent,
        max(CASE WHEN says = 'graded' AND grade NOT IN ('U', 'Not Achieved') THEN 1 ELSE 0 END) AS is_achieved
    FROM stated
    GROUP BY letter, centre_number, person_id, series, kind, option_code
),

-- the same option in other series, and whether the student is still here
sittings AS (
    SELECT
        r.*,
        max(CASE WHEN r.graded_in IS NOT NULL THEN r.series_order END) OVER (
            PARTITION BY r.letter, r.centre_number, r.person_id, r.kind, r.option_code
        ) AS last_graded,
        min(CASE WHEN r.is_achieved = 1 THEN r.series_order END) OVER (
            PARTITION BY r.letter, r.centre_number, r.person_id, r.kind, r.option_code
        ) AS first_achieved,
        max(r.season) OVER (PARTITION BY r.letter, r.centre_number, r.person_id) AS last_season
    FROM results AS r
),

last_entries AS (
    SELECT centre_number, person_id, max(season) AS season
    FROM entries
    WHERE NOT withdrawn
    GROUP BY centre_number, person_id
),

judged AS (
    SELECT
        s.*,
        -- as new as a grade elsewhere: the carriers are not in step; older than one: settled
        coalesce(s.graded_in = s.held_in, FALSE) AS is_graded_elsewhere,
        coalesce(s.first_achieved < s.series_order, FALSE) AS was_achieved_before,
        (
            s.held_in IS NOT NULL
            AND NOT coalesce(s.graded_in > s.held_in, FALSE)
            AND NOT coalesce(s.last_graded > s.series_order, FALSE)
            -- who left with it is nobody's task this summer
            AND NOT coalesce(s.season < t.season AND greatest(s.last_season, e.season) < t.season, FALSE)
        ) AS is_withheld
    FROM sittings AS s
    CROSS JOIN run AS t
    LEFT JOIN last_entries AS e ON e.centre_number = s.centre_number AND e.person_id = s.person_id
),

first_lines AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.letter, s.centre_number, s.person_id, s.series, s.kind, s.option_code
            ORDER BY
                s.stretch DESC NULLS LAST,
                s.carrier_rank ASC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place
    FROM stated AS s
    WHERE s.says = 'held'
)

SELECT
    j.letter,
    j.centre_number,
    j.person_id,
    f.board,
    j.series,
    f.subject,
    CASE WHEN j.kind = 'qualification' THEN f.qualification_code END AS qualification_code,
    CASE WHEN j.kind = 'unit' THEN f.unit_code END AS unit_code,
    CASE WHEN j.kind = 'unit' OR NOT coalesce(f.is_technical, FALSE) THEN j.option_code END AS option_code,
    (
        CASE f.carrier
            WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' WHEN 'achievement' THEN 'the achievement report'
            ELSE 'the marks report'
        END || ' says ' || j.letter
    ) AS said,
    CASE WHEN j.is_graded_elsewhere THEN j.other_grade END AS other_grade,
    j.is_graded_elsewhere,
    j.is_absent = 1 AS is_absent,
    j.was_achieved_before,
    j.is_withheld,
    f.file_id,
    f.line,
    f.embargo_until
FROM judged AS j
LEFT JOIN first_lines AS f
    ON
        f.place = 1 AND f.letter = j.letter AND f.centre_number = j.centre_number AND f.person_id = j.person_id
        AND f.series IS NOT DISTINCT FROM j.series AND f.kind = j.kind AND f.option_code = j.option_code
