/*
summary = "Each report, and each list of its own, that a centre should have beside the results files, and each that is here."
reads = ["run", "centres", "expected_files", "result_files", "series_seen", "series_due", "placed_results", "entries", "qualification_entries", "claims", "tracker", "release_calendar", "seasons", "series", "day_words"]
order = ["centre_number", "carrier", "series", "season", "file_id"]

[columns]
season = "VARCHAR: the academic year it is about"
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: achievement, marks, tracker, entries or claims"
series = "VARCHAR: of an examined marks report, the series"
what = "VARCHAR: its name"
state = "VARCHAR: arrived, awaited or missing"
due = "TIMESTAMP WITH TIME ZONE: when it can be had; NULL for what can be had at any time"
file_id = "VARCHAR: the file that is here"
next_step = "VARCHAR: what to download next, and how; NULL where nothing is wanted"
*/
WITH technical AS (
    SELECT centre_number, max(due) AS due
    FROM (
        SELECT centre_number, due FROM expected_files WHERE is_technical
        UNION ALL
        SELECT f.centre_number, d.released_to_centres AS due
        FROM result_files AS f
        INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM f.board AND s.series = f.series
        INNER JOIN run AS r ON r.season = s.season
        LEFT JOIN series_due AS d ON d.board IS NOT DISTINCT FROM f.board AND d.series = f.series
        WHERE s.family = 'cambridge_technicals'
    ) AS releases
    GROUP BY centre_number
),

-- the earliest academic year in which a student who is still being waited for began
beginnings AS (
    SELECT centre_number, min(entered_from) AS first_day
    FROM qualification_entries AS e
    CROSS JOIN run AS r
    WHERE e.is_live AND (e.expected_season IS NULL OR e.expected_season >= r.season)
    GROUP BY centre_number
),

wanted AS (
    SELECT
        t.centre_number,
        t.due,
        r.season,
        CAST(t.due + INTERVAL 1 HOUR AS DATE) AS release_day,
        released.words AS release_words,
        began.words AS first_words
    FROM technical AS t
    CROSS JOIN run AS r
    LEFT JOIN beginnings AS b ON b.centre_number = t.centre_number
    -- an hour is added because the calendar keeps London time
    LEFT JOIN day_words AS released ON released.day = CAST(t.due + INTERVAL 1 HOUR AS DATE)
    LEFT JOIN day_words AS began ON began.day = least(coalesce(b.first_day, r.season_start), r.season_start)
),

achievement_files AS (
    SELECT p.centre_number, p.file_id, max(p.stated_on) AS stated_on
    FROM placed_results AS p
    WHERE p.carrier = 'achievement'
    GROUP BY p.centre_number, p.file_id
),

achievement_here AS (
    SELECT
        f.centre_number,
        f.file_id,
        f.stated_on,
        CASE WHEN f.stated_on < r.season_start THEN made.season ELSE r.season END AS season,
        row_number() OVER (PARTITION BY f.centre_number ORDER BY f.stated_on DESC NULLS LAST, f.file_id ASC NULLS LAST) AS place
    FROM achievement_files AS f
    CROSS JOIN run AS r
    LEFT JOIN seasons AS made ON f.stated_on BETWEEN made.first_day AND made.last_day
),

achievement_reports AS (
    SELECT
        coalesce(h.season, w.season) AS season,
        coalesce(h.centre_number, w.centre_number) AS centre_number,
        'achievement' AS carrier,
        CAST(NULL AS VARCHAR) AS series,
        'candidate achievement report' AS what,
        CASE WHEN h.file_id IS NOT NULL THEN 'arrived' WHEN w.due <= :as_of THEN 'missing' ELSE 'awaited' END AS state,
        w.due,
        h.file_id,
        CASE
            WHEN h.file_id IS NULL OR (h.place = 1 AND h.stated_on < w.release_day)
                THEN (
                    CASE
                        WHEN h.file_id IS NOT NULL THEN ('This one was made before the results of ' || w.release_words || '. From that day on: log ')
                        WHEN w.due <= :as_of THEN 'Log '
                        ELSE ('From ' || coalesce(w.release_words, 'the day of the results') || ': log ')
                    END
                    || 'in to Interchange, hover over Cambridge Technicals, click Results documents and run the candidate achievement report as a CSV for the whole cohort'
                    || coalesce(', dates from ' || w.first_words || ' to ' || w.release_words, '')
                    || '.'
                )
        END AS next_step
    FROM wanted AS w
    FULL OUTER JOIN achievement_here AS h ON h.centre_number = w.centre_number AND h.season = w.season
),

marks_files AS (
    SELECT p.centre_number, p.board, p.series, p.file_id
    FROM placed_results AS p
    WHERE p.carrier = 'marks' AND p.series IS NOT NULL
    GROUP BY p.centre_number, p.board, p.series, p.file_id
),

-- a report is run for one subject at a time, so one may be here and another not
subjects_without AS (
    SELECT e.centre_number, e.series, min(e.subject) AS subject, count(*) AS subjects
    FROM (
        SELECT DISTINCT centre_number, series, subject
        FROM entries
        WHERE is_technical AND kind = 'unit' AND NOT withdrawn AND subject IS NOT NULL
    ) AS e
    LEFT JOIN (SELECT DISTINCT centre_number, series, subject FROM placed_results WHERE carrier = 'marks') AS p
        ON p.centre_number = e.centre_number AND p.series = e.series AND p.subject = e.subject
    WHERE p.subject IS NULL
    GROUP BY e.centre_number, e.series
),

marks_wanted AS (
    SELECT
        e.season,
        e.centre_number,
        e.series,
        min(e.due) AS due
    FROM expected_files AS e
    WHERE e.is_examined
    GROUP BY e.season, e.centre_number, e.series
),

marks_placed AS (
    SELECT
        coalesce(s.season, w.season) AS season,
        coalesce(h.centre_number, w.centre_number) AS centre_number,
        coalesce(h.series, w.series) AS series,
        CASE CAST(k.month AS INTEGER)
            WHEN 1 THEN ('January 20' || substr(k.code, 3, 2))
            WHEN 6 THEN ('June 20' || substr(k.code, 3, 2))
            ELSE coalesce(h.series, w.series)
        END AS series_words,
        w.due,
        w.centre_number IS NOT NULL AS is_wanted,
        h.file_id,
        row_number() OVER (
            PARTITION BY coalesce(h.centre_number, w.centre_number), coalesce(h.series, w.series)
            ORDER BY h.file_id ASC NULLS LAST
        ) AS place
    FROM marks_wanted AS w
    FULL OUTER JOIN marks_files AS h ON h.centre_number = w.centre_number AND h.series = w.series
    LEFT JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM h.board AND s.series = h.series
    LEFT JOIN (
        SELECT DISTINCT f.series AS code, t.month
        FROM (SELECT series FROM marks_wanted UNION SELECT series FROM marks_files) AS f
        INNER JOIN series AS t ON t.family = 'cambridge_technicals' AND f.series LIKE replace(t.series_pattern, '?', '_')
    ) AS k ON k.code = coalesce(h.series, w.series)
),

marks_reports AS (
    SELECT
        p.season,
        p.centre_number,
        'marks' AS carrier,
        p.series,
        ('examined marks report, ' || p.series_words) AS what,
        CASE WHEN p.file_id IS NOT NULL THEN 'arrived' WHEN p.due <= :as_of THEN 'missing' ELSE 'awaited' END AS state,
        p.due,
        p.file_id,
        CASE
            WHEN p.file_id IS NULL
                THEN (
                    CASE
                        WHEN p.due <= :as_of THEN 'Log '
                        ELSE ('From ' || coalesce(d.words, 'the day of the results') || ': log ')
                    END
                    || 'in to Interchange, hover over Cambridge Technicals, click Results documents and run the examined marks report (CSV) for '
                    || p.series_words
                    || ', once for each subject entered.'
                )
            WHEN p.is_wanted AND p.place = 1 AND u.subjects > 0
                THEN (
                    'Run it for '
                    || u.subject
                    || CASE WHEN u.subjects > 1 THEN (' and ' || CAST(u.subjects - 1 AS VARCHAR) || ' more of the subjects entered') ELSE '' END
                    || ' too: Interchange, Cambridge Technicals, Results documents, examined marks report, '
                    || p.series_words
                    || '.'
                )
        END AS next_step
    FROM marks_placed AS p
    LEFT JOIN subjects_without AS u ON u.centre_number = p.centre_number AND u.series = p.series
    LEFT JOIN day_words AS d ON d.day = CAST(p.due + INTERVAL 1 HOUR AS DATE)
),

standstill AS (
    SELECT
        min(c.window_to) AS last_day,
        min(f.words) AS first_words,
        min(l.words) AS last_words
    FROM release_calendar AS c
    INNER JOIN run AS r ON r.season = c.season
    LEFT JOIN day_words AS f ON f.day = c.window_from
    LEFT JOIN day_words AS l ON l.day = c.window_to
    WHERE strpos(('|' || c.carrier || '|'), '|tracker|') > 0
),

tracker_files AS (
    SELECT
        t.centre_number,
        t.file_id,
        max(t.as_of) AS as_of,
        max(CASE WHEN t.unit_code IS NOT NULL THEN 1 ELSE 0 END) AS has_units
    FROM tracker AS t
    GROUP BY t.centre_number, t.file_id
),

tracker_here AS (
    SELECT
        f.*,
        CASE WHEN f.as_of < r.season_start THEN made.season ELSE r.season END AS season,
        max(f.has_units) OVER (PARTITION BY f.centre_number) AS any_units,
        row_number() OVER (PARTITION BY f.centre_number ORDER BY f.has_units DESC NULLS LAST, f.as_of DESC NULLS LAST, f.file_id ASC NULLS LAST) AS place
    FROM tracker_files AS f
    CROSS JOIN run AS r
    LEFT JOIN seasons AS made ON f.as_of BETWEEN made.first_day AND made.last_day
),

tracker_reports AS (
    SELECT
        coalesce(h.season, w.season) AS season,
        coalesce(h.centre_number, w.centre_number) AS centre_number,
        'tracker' AS carrier,
        CAST(NULL AS VARCHAR) AS series,
        CASE WHEN h.has_units = 0 THEN 'progress tracker, summary view' ELSE 'progress tracker, detailed view' END AS what,
        CASE WHEN h.file_id IS NOT NULL THEN 'arrived' ELSE 'missing' END AS state,
        CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS due,
        h.file_id,
        CASE
            WHEN h.file_id IS NULL
                THEN (
                    'In My Cambridge open the Progress Tracker, click Done to see every candidate, choose the Result detailed view and click Download (.csv).'
                    || coalesce(' It is not updated between ' || z.first_words || ' and ' || z.last_words || '.', '')
                )
            WHEN h.place = 1 AND h.any_units = 0
                THEN 'Download the Result detailed view too: the summary view does not list the units.'
            WHEN h.place = 1 AND w.centre_number IS NOT NULL AND (z.last_day IS NOT NULL AND h.as_of <= z.last_day)
                THEN ('It shows a day before the results: download it again after ' || z.last_words || ', when the tracker is updated again.')
        END AS next_step
    FROM wanted AS w
    FULL OUTER JOIN tracker_here AS h ON h.centre_number = w.centre_number AND h.season = w.season
    CROSS JOIN standstill AS z
),

entry_files AS (
    SELECT e.centre_number, e.file_id, max(e.season) AS season, min(e.source) AS source
    FROM entries AS e
    GROUP BY e.centre_number, e.file_id
),

entry_lists AS (
    SELECT
        coalesce(h.season, r.season) AS season,
        coalesce(h.centre_number, c.centre_number) AS centre_number,
        'entries' AS carrier,
        CAST(NULL AS VARCHAR) AS series,
        CASE h.source
            WHEN 'edi' THEN 'entries sent by EDI'
            WHEN 'edi_amendment' THEN 'amendments of entries sent by EDI'
            ELSE 'the centre''s entries'
        END AS what,
        CASE WHEN h.file_id IS NOT NULL THEN 'arrived' ELSE 'missing' END AS state,
        CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS due,
        h.file_id,
        CASE
            WHEN h.file_id IS NULL
                THEN ('Export the entries of ' || r.season || ' from your own system as a CSV: every series, units and qualifications alike.')
        END AS next_step
    FROM centres AS c
    CROSS JOIN run AS r
    -- a list whose series nobody can place, or that looks ahead, is still this year's list
    FULL OUTER JOIN entry_files AS h ON h.centre_number = c.centre_number AND coalesce(h.season, r.season) >= r.season
),

claim_files AS (
    SELECT c.centre_number, c.file_id, max(c.claim_season) AS season
    FROM claims AS c
    GROUP BY c.centre_number, c.file_id
),

claim_lists AS (
    SELECT
        coalesce(h.season, w.season) AS season,
        coalesce(h.centre_number, w.centre_number) AS centre_number,
        'claims' AS carrier,
        CAST(NULL AS VARCHAR) AS series,
        'the centre''s own record of claims' AS what,
        CASE WHEN h.file_id IS NOT NULL THEN 'arrived' ELSE 'missing' END AS state,
        CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS due,
        h.file_id,
        CASE
            WHEN h.file_id IS NULL
                THEN ('Save your record of the units claimed in ' || w.season || ' as a CSV: a row for each student and moderated unit, with the grade and the date of the claim.')
        END AS next_step
    FROM wanted AS w
    FULL OUTER JOIN claim_files AS h ON h.centre_number = w.centre_number AND coalesce(h.season, w.season) >= w.season
)

SELECT season, centre_number, carrier, series, what, state, due, file_id, next_step FROM achievement_reports
UNION ALL
SELECT season, centre_number, carrier, series, what, state, due, file_id, next_step FROM marks_reports
UNION ALL
SELECT season, centre_number, carrier, series, what, state, due, file_id, next_step FROM tracker_reports
UNION ALL
SELECT season, centre_number, carrier, series, what, state, due, file_id, next_step FROM entry_lists
UNION ALL
SELECT season, centre_number, carrier, series, what, state, due, file_id, next_step FROM claim_lists
