/*
summary = "The awards worked out: each person and every size of a qualification they are entered for, have, or have units of."
reads = ["qualification_entries", "qualification_results", "unit_achievements", "unit_attempts", "qualifications", "award_sizes", "series_seen"]
order = ["award_key"]

[columns]
award_key = "BIGINT: a number for the row, good within one run"
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
qualification_code = "VARCHAR: the qualification"
variant = "VARCHAR: now: by all results; at_award: by those up to the season of the award; without_near_pass: as if a near pass were none"
up_to_season = "VARCHAR: of at_award, that season"
entered = "BOOLEAN: a live entry, or the tracker, says so"
is_expected = "BOOLEAN: of the entry: expected this season or earlier; NULL where nobody says"
issued_grade = "VARCHAR: the latest award issued; NULL where there is none"
issued_series = "VARCHAR: its series"
issued_file_id = "VARCHAR: the file that states it"
issued_line = "INTEGER: its line"
embargo_until = "TIMESTAMP WITH TIME ZONE: of the award"
*/
WITH awards AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.qualification_code,
        r.suite,
        r.level,
        r.subject,
        r.grade,
        r.series,
        e.season,
        r.embargo_until,
        r.file_id,
        r.line,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.qualification_code
            ORDER BY
                e.season DESC NULLS LAST,
                coalesce(r.award_date, r.window_from) DESC NULLS LAST,
                r.series DESC NULLS LAST,
                r.file_id ASC NULLS LAST,
                r.line ASC NULLS LAST,
                r.option_code ASC NULLS LAST
        ) AS place
    FROM qualification_results AS r
    LEFT JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM r.board AND e.series = r.series
    WHERE r.is_technical AND r.qualification_code IS NOT NULL AND r.grade IS NOT NULL AND r.grade NOT IN ('X', 'Q')
),

families AS (
    SELECT centre_number, person_id, suite, level, subject FROM qualification_entries
    UNION SELECT centre_number, person_id, suite, level, subject FROM awards
    UNION SELECT centre_number, person_id, suite, level, subject FROM unit_achievements WHERE is_achieved
),

wanted AS (
    SELECT f.centre_number, f.person_id, q.qualification_code
    FROM families AS f
    INNER JOIN qualifications AS q ON q.suite = f.suite AND q.level = f.level AND q.subject = f.subject
    -- a code the reference data do not have is named, not passed over
    UNION SELECT centre_number, person_id, qualification_code FROM qualification_entries WHERE qualification_code IS NOT NULL
    UNION SELECT centre_number, person_id, qualification_code FROM awards
),

known AS (
    SELECT
        w.centre_number,
        w.person_id,
        w.qualification_code,
        coalesce(q.is_live, FALSE) AS entered,
        CASE WHEN q.is_live THEN q.is_expected END AS is_expected,
        a.grade AS issued_grade,
        a.series AS issued_series,
        a.season AS issued_season,
        a.file_id AS issued_file_id,
        a.line AS issued_line,
        a.embargo_until
    FROM wanted AS w
    LEFT JOIN qualification_entries AS q
        ON
            q.centre_number = w.centre_number AND q.person_id = w.person_id
            AND q.qualification_code = w.qualification_code
    LEFT JOIN awards AS a
        ON
            a.centre_number = w.centre_number AND a.person_id = w.person_id
            AND a.qualification_code = w.qualification_code AND a.place = 1
),

-- whoever did better after their award: what was issued is compared with what there was then
improved AS (
    SELECT DISTINCT k.centre_number, k.person_id, k.qualification_code
    FROM known AS k
    INNER JOIN unit_attempts AS a
        ON a.centre_number = k.centre_number AND a.person_id = k.person_id AND a.season > k.issued_season
    WHERE k.issued_grade IS NOT NULL AND a.grade_rank > 0
),

-- the award stands or falls with a near pass only where there is one
near_passes AS (
    SELECT DISTINCT centre_number, person_id, suite, level, subject
    FROM unit_achievements
    WHERE is_achieved AND grade = 'R'
),

variants AS (
    SELECT
        k.*,
        'now' AS variant,
        CAST(NULL AS VARCHAR) AS up_to_season
    FROM known AS k
    UNION ALL
    SELECT
        k.*,
        'at_award' AS variant,
        k.issued_season AS up_to_season
    FROM known AS k
    INNER JOIN improved AS i
        ON
            i.centre_number = k.centre_number AND i.person_id = k.person_id
            AND i.qualification_code = k.qualification_code
    UNION ALL
    SELECT
        k.*,
        'without_near_pass' AS variant,
        CAST(NULL AS VARCHAR) AS up_to_season
    FROM known AS k
    INNER JOIN award_sizes AS s ON s.qualification_code = k.qualification_code AND s.is_calculated
    INNER JOIN near_passes AS n
        ON
            n.centre_number = k.centre_number AND n.person_id = k.person_id AND n.suite = s.suite
            AND n.level = s.level AND n.subject = s.subject
)

SELECT
    row_number() OVER (
        ORDER BY v.centre_number ASC NULLS LAST, v.person_id ASC NULLS LAST, v.qualification_code ASC NULLS LAST, v.variant ASC NULLS LAST
    ) AS award_key,
    v.centre_number,
    v.person_id,
    v.qualification_code,
    v.variant,
    v.up_to_season,
    v.entered,
    v.is_expected,
    v.issued_grade,
    v.issued_series,
    v.issued_file_id,
    v.issued_line,
    v.embargo_until
FROM variants AS v
