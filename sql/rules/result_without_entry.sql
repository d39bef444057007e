/*
severity = "info"
owner = "mis"
summary = "A result is here for which no entry is."
message = "{item} in {series} has a result and {found}: the school's own system will say that the result is not matched by an entry."
action = """
1. When importing, click through the message: the result is not lost and the import goes on.
2. Then add the entry to the school's own system, so that the result has a place: examined units in their series, qualifications in the annual series.
3. If the student did not take this at all, compare name and number with the line shown: it may be somebody else's result.
4. Only in that case ring Customer Support, 01223 553998."""
why = "The entry was made on Interchange and not in the school's own system, or was withdrawn there, or stands under another number or series."
source = "Awarding body guidance, summer 2026: results not matched by an entry are no fatal error"
population = "results in series whose entries are here"
reads = ["folded_results", "results_by_carrier", "entered_options", "qualification_entries", "series_seen"]
needs = ["entries"]
key = ["person", "series", "option"]
follows_from = ["wrong_level", "qualification_entry_missing", "shared_candidate_number", "shared_uci", "identity_conflict"]
confidence = "documented"
wording = ["E2", "Results not matched by an entry"]
where = ["the school's own system: entries of the series"]
*/
WITH ranked AS (
    SELECT
        f.*,
        -- awards and moderated units are never entered by themselves: the qualification entry stands for them
        CASE
            WHEN f.is_technical AND (f.kind = 'qualification' OR f.assessment = 'moderated' OR s.is_annual) THEN 1
            ELSE 0
        END AS is_by_qualification,
        CAST((substr(s.season, 1, 4) || '-09-01') AS DATE) AS season_start,
        s.season,
        row_number() OVER (
            PARTITION BY f.centre_number, f.person_id, f.series, f.kind, f.option_code
            ORDER BY f.window_from DESC NULLS LAST, f.file_id ASC NULLS LAST, f.line ASC NULLS LAST
        ) AS place
    FROM folded_results AS f
    INNER JOIN series_seen AS s ON s.board IS NOT DISTINCT FROM f.board AND s.series = f.series
),

results AS (
    SELECT *
    FROM ranked
    WHERE place = 1
),

-- the option of the result and the ones it was entered as
named AS (
    SELECT centre_number, person_id, series, option_code, entry_option_code AS entered_code
    FROM results_by_carrier
    WHERE superseded_by IS NULL AND entry_option_code IS NOT NULL
    UNION
    SELECT centre_number, person_id, series, option_code, option_code AS entered_code
    FROM results
    WHERE is_by_qualification = 0
),

matched AS (
    SELECT
        n.centre_number,
        n.person_id,
        n.series,
        n.option_code,
        min(CASE WHEN o.withdrawn THEN 1 ELSE 0 END) AS is_withdrawn
    FROM named AS n
    INNER JOIN entered_options AS o
        ON
            o.centre_number = n.centre_number AND o.person_id = n.person_id
            AND o.series = n.series AND o.option_code = n.entered_code
    GROUP BY n.centre_number, n.person_id, n.series, n.option_code
),

covered_series AS (
    SELECT DISTINCT centre_number, board, series
    FROM entered_options
),

annual AS (
    SELECT centre_number, suite, min(season) AS first_season
    FROM entered_options
    WHERE is_annual
    GROUP BY centre_number, suite
),

qualified AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.series,
        r.kind,
        r.option_code,
        max(CASE WHEN q.is_live OR q.by_tracker THEN 1 ELSE 0 END) AS is_matched,
        max(CASE WHEN q.withdrawn THEN 1 ELSE 0 END) AS is_withdrawn
    FROM results AS r
    INNER JOIN qualification_entries AS q
        ON
            q.centre_number = r.centre_number AND q.person_id = r.person_id AND q.suite = r.suite
            AND q.subject = r.subject AND (q.entered_from IS NULL OR q.entered_from <= r.season_start)
    WHERE r.is_by_qualification = 1
    GROUP BY r.centre_number, r.person_id, r.series, r.kind, r.option_code
),

judged AS (
    SELECT
        r.*,
        CASE WHEN r.is_by_qualification = 1 THEN q.is_matched = 1 ELSE m.is_withdrawn = 0 END AS is_matched,
        CASE WHEN r.is_by_qualification = 1 THEN q.is_withdrawn = 1 ELSE m.is_withdrawn = 1 END AS is_withdrawn
    FROM results AS r
    LEFT JOIN matched AS m
        ON
            m.centre_number = r.centre_number AND m.person_id = r.person_id
            AND m.series = r.series AND m.option_code = r.option_code
    LEFT JOIN qualified AS q
        ON
            q.centre_number = r.centre_number AND q.person_id = r.person_id
            AND q.series = r.series AND q.kind = r.kind AND q.option_code = r.option_code
    LEFT JOIN covered_series AS c
        ON c.centre_number = r.centre_number AND c.board = r.board AND c.series = r.series
    LEFT JOIN annual AS a ON a.centre_number = r.centre_number AND a.suite = r.suite AND a.first_season <= r.season
    WHERE
        (r.is_by_qualification = 0 AND c.series IS NOT NULL)
        OR (r.is_by_qualification = 1 AND a.suite IS NOT NULL AND r.subject IS NOT NULL)
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    subject,
    CASE WHEN kind = 'qualification' THEN qualification_code END AS qualification_code,
    CASE WHEN kind = 'unit' THEN unit_code END AS unit_code,
    CASE WHEN kind = 'unit' OR NOT is_technical THEN option_code END AS option_code,
    CASE
        WHEN is_by_qualification = 1 THEN ('a qualification entry in ' || subject || ', this year or before')
        ELSE ('an entry in ' || series)
    END AS expected,
    CASE
        WHEN is_withdrawn THEN 'its entry was withdrawn'
        WHEN is_by_qualification = 1 THEN 'no qualification entry'
        ELSE 'no entry'
    END AS found,
    file_id,
    line,
    embargo_until,
    NOT coalesce(is_matched, FALSE) AS speaks
FROM judged;

/* cases
an examined unit that nobody entered is told, one entered is not, nor one entered as another option
  series_seen        | board | series | season  | is_annual
                     | 72    | 6E26   | 2025-26 | false
  folded_results     | centre_number | person_id | board | series | kind | option_code | unit_code | suite | subject | assessment | is_technical | file_id | line
                     | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         | e       | 3
                     | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         | e       | 4
                     | 99999         | p3        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         | e       | 5
                     | 99999         | p4        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         | e       | 6
  results_by_carrier | centre_number | person_id | series | option_code | entry_option_code
                     | 99999         | p3        | 6E26   | 583801      | 583802
  entered_options    | centre_number | person_id | board | series | season  | option_code | withdrawn
                     | 99999         | p2        | 72    | 6E26   | 2025-26 | 583801      | false
                     | 99999         | p3        | 72    | 6E26   | 2025-26 | 583802      | false
                     | 99999         | p4        | 72    | 6E26   | 2025-26 | 583801      | true
  speaks             | person_id | severity | owner | unit_code | option_code | found                   | file_id | line
                     | p1        | info     | mis   | 05838/01  | 583801      | no entry                | e       | 3
                     | p4        | info     | mis   | 05838/01  | 583801      | its entry was withdrawn | e       | 6
  looked_at = 4

a moderated unit or an award matches a qualification entry of its suite and subject, of this annual series or an earlier one, or the tracker
  series_seen           | board | series | season  | is_annual
                        | 72    | 9I25   | 2025-26 | true
  folded_results        | centre_number | person_id | board | series | kind          | option_code | qualification_code | unit_code | suite | subject  | assessment | is_technical | window_from
                        | 99999         | p1        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true         | 2026-07-01
                        | 99999         | p1        | 72    | 9I25   | qualification | 05839       | 05839              |           | 2016  | IT       |            | true         | 2026-07-01
                        | 99999         | p2        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true         | 2026-07-01
                        | 99999         | p3        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true         | 2026-07-01
                        | 99999         | p3        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true         | 2026-08-01
                        | 99999         | p4        | 72    | 9I25   | qualification | 05839       | 05839              |           | 2016  | IT       |            | true         | 2026-07-01
                        | 99999         | p5        | 72    | 9I25   | qualification | 05839       | 05839              |           | 2016  | IT       |            | true         | 2026-07-01
  qualification_entries | centre_number | person_id | qualification_code | suite | subject  | entered_from | is_live | withdrawn | by_tracker
                        | 99999         | p1        | 05838              | 2016  | IT       | 2024-09-01   | true    | false     | false
                        | 99999         | p2        | 05838              | 2016  | IT       |              | false   | true      | true
                        | 99999         | p3        | 05834              | 2016  | Business | 2025-09-01   | true    | false     | false
                        | 99999         | p4        | 05839              | 2016  | IT       | 2025-09-01   | false   | true      | false
                        | 99999         | p5        | 05839              | 2016  | IT       | 2026-09-01   | true    | false     | false
  entered_options       | centre_number | person_id | board | series | season  | option_code | suite | is_technical | is_annual
                        | 99999         | p9        | 72    | 9I25   | 2025-26 | 05839       | 2016  | true         | true
  speaks                | person_id | qualification_code | unit_code | option_code | found
                        | p3        |                    | 05838/20  | 583820      | no qualification entry
                        | p4        | 05839              |           |             | its entry was withdrawn
                        | p5        | 05839              |           |             | no qualification entry
  looked_at = 6

where the entries do not cover the series, the board or the suite, nothing is said
  series_seen     | board | series | season  | is_annual
                  | 72    | 6E25   | 2024-25 | false
                  | 70    | 6A26   | 2025-26 | false
                  | 72    | 9C25   | 2025-26 | true
                  | 72    | 9I24   | 2024-25 | true
  folded_results  | centre_number | person_id | board | series | kind          | option_code | unit_code | suite | subject  | assessment | is_technical
                  | 99999         | p1        | 72    | 6E25   | unit          | 583801      | 05838/01  | 2016  | IT       | examined   | true
                  | 99999         | p1        | 70    | 6A26   | qualification | 8700        |           |       |          |            | false
                  | 99999         | p1        | 72    | 9C25   | unit          | 532503      | 05325/03  | 2012  | IT       | moderated  | true
                  | 99999         | p1        | 72    | 9I24   | unit          | 583820      | 05838/20  | 2016  | IT       | moderated  | true
                  | 99999         | p1        | 72    | 9I24   | unit          | 599920      | 05999/20  |       |          | moderated  | true
  entered_options | centre_number | person_id | board | series | season  | option_code | suite | is_technical | is_annual
                  | 99999         | p9        | 72    | 6E26   | 2025-26 | 583801      | 2016  | true         | false
                  | 99999         | p9        | 01    | 6A26   | 2025-26 | J560        |       | false        | false
                  | 99999         | p9        |       | 6A26   | 2025-26 | 8700        |       | false        | false
                  | 99999         | p9        | 72    | 9I25   | 2025-26 | 05839       | 2016  | true         | true
  speaks nothing
  looked_at = 0

a general qualification is matched by its option in its series
  series_seen     | board | series | season  | is_annual
                  | 01    | 6B26   | 2025-26 | false
  folded_results  | centre_number | person_id | board | series | kind          | option_code | qualification_code | is_technical | embargo_until
                  | 99999         | p1        | 01    | 6B26   | qualification | H446        | H446               | false        | 2026-08-13 08:00+01
                  | 99999         | p2        | 01    | 6B26   | qualification | H446        | H446               | false        | 2026-08-13 08:00+01
  entered_options | centre_number | person_id | board | series | season  | option_code | withdrawn
                  | 99999         | p1        | 01    | 6B26   | 2025-26 | H446        | false
  speaks          | person_id | qualification_code | option_code | embargo_until
                  | p2        | H446               | H446        | 2026-08-13 07:00:00+00
  looked_at = 2

each result is matched by an entry for its own option in its own series, and shown once, at its last window's first line
  series_seen        | board | series | season  | is_annual
                     | 72    | 6E26   | 2025-26 | false
                     | 72    | 1E26   | 2025-26 | false
  folded_results     | centre_number | person_id | board | series | kind | option_code | unit_code | suite | subject | assessment | is_technical | window_from | file_id | line
                     | 99999         | p1        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 3
                     | 99999         | p1        | 72    | 1E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 4
                     | 99999         | p1        | 72    | 6E26   | unit | 583802      | 05838/02  | 2016  | IT      | examined   | true         |             | e       | 5
                     | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | f       | 1
                     | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 7
                     | 99999         | p2        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 6
                     | 99999         | p3        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         | 2026-07-01  | a       | 1
                     | 99999         | p3        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         | 2026-08-01  | e       | 8
                     | 99999         | p4        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 9
                     | 99999         | p5        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 10
                     | 99998         | q1        | 72    | 6E26   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 11
                     | 99999         | p6        | 72    | 6E25   | unit | 583801      | 05838/01  | 2016  | IT      | examined   | true         |             | e       | 12
                     | 99999         | p6        | 70    | 6E26   | unit | 583803      | 05838/03  | 2016  | IT      | examined   | true         |             | e       | 13
  results_by_carrier | centre_number | person_id | series | option_code | entry_option_code | superseded_by
                     | 99999         | p4        | 6E26   | 583801      | 583802            | f
                     | 99999         | p5        | 6E26   | 583801      | 583802            |
  entered_options    | centre_number | person_id | board | series | season  | option_code | withdrawn
                     | 99999         | p1        | 72    | 1E26   | 2025-26 | 583801      | false
                     | 99999         | p1        | 72    | 6E26   | 2025-26 | 583802      | false
                     | 99999         | p4        | 72    | 6E26   | 2025-26 | 583802      | false
                     | 99999         | p5        | 72    | 6E26   | 2025-26 | 583801      | true
                     | 99999         | p5        | 72    | 6E26   | 2025-26 | 583802      | false
                     | 99999         | p6        | 70    | 6E26   | 2025-26 | 8700        | false
                     | 99999         | p6        | 72    | 6E25   | 2024-25 | 583802      | false
  speaks             | person_id | series | option_code | expected         | file_id | line
                     | p1        | 6E26   | 583801      | an entry in 6E26 | e       | 3
                     | p2        | 6E26   | 583801      | an entry in 6E26 | e       | 6
                     | p3        | 6E26   | 583801      | an entry in 6E26 | e       | 8
                     | p4        | 6E26   | 583801      | an entry in 6E26 | e       | 9
  looked_at = 7

each moderated unit and award is matched by an entry of its own suite, subject and year; one live entry is enough
  series_seen           | board | series | season  | is_annual
                        | 72    | 9I25   | 2025-26 | true
                        | 72    | 9I24   | 2024-25 | true
                        |       | 9C25   | 2025-26 | true
  folded_results        | centre_number | person_id | board | series | kind          | option_code | qualification_code | unit_code | suite | subject  | assessment | is_technical
                        | 99999         | p1        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true
                        | 99999         | p1        | 72    | 9I24   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true
                        | 99999         | p1        | 72    | 9I25   | unit          | 583420      |                    | 05834/20  | 2016  | Business | moderated  | true
                        | 99999         | p1        | 72    | 9I25   | qualification | 583820      | 05834              |           | 2016  | Business |            | true
                        | 99999         | p2        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true
                        | 99999         | p3        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true
                        | 99999         | p4        |       | 9C25   | unit          | 534704      |                    | 05347/04  | 2012  | IT       | moderated  | true
                        | 99998         | q1        | 72    | 9I25   | unit          | 583820      |                    | 05838/20  | 2016  | IT       | moderated  | true
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | entered_from | is_live | withdrawn | by_tracker
                        | 99999         | p1        | 05839              | 2016  | IT      | 2025-09-01   | true    | false     | false
                        | 99999         | p1        | 05838              | 2016  | IT      | 2025-09-01   | false   | true      | false
                        | 99999         | p2        | 05839              | 2016  | IT      | 2025-09-01   | false   | true      | false
                        | 99999         | p2        | 05838              | 2016  | IT      | 2025-09-01   | false   | false     | false
                        | 99999         | p3        | 05347              | 2012  | IT      | 2025-09-01   | true    | false     | false
  entered_options       | centre_number | person_id | board | series | season  | option_code | suite | is_technical | is_annual
                        | 99999         | p9        | 72    | 9I24   | 2024-25 | 05839       | 2016  | true         | true
                        | 99999         | p9        | 72    | 9I26   | 2026-27 | 05839       | 2016  | true         | true
                        | 99999         | p9        | 72    | 9C25   | 2025-26 | 05347       | 2012  | true         | true
  speaks                | person_id | series | qualification_code | unit_code | expected                                               | found
                        | p1        | 9I24   |                    | 05838/20  | a qualification entry in IT, this year or before       | no qualification entry
                        | p1        | 9I25   |                    | 05834/20  | a qualification entry in Business, this year or before | no qualification entry
                        | p1        | 9I25   | 05834              |           | a qualification entry in Business, this year or before | no qualification entry
                        | p2        | 9I25   |                    | 05838/20  | a qualification entry in IT, this year or before       | its entry was withdrawn
                        | p3        | 9I25   |                    | 05838/20  | a qualification entry in IT, this year or before       | no qualification entry
                        | p4        | 9C25   |                    | 05347/04  | a qualification entry in IT, this year or before       | no qualification entry
  looked_at = 7

an award wherever it came, a moderated unit, and any unit of an annual series stand or fall with the qualification entry
  series_seen     | board | series | season  | is_annual
                  | 72    | 6I26   | 2025-26 | false
                  | 72    | 9I25   | 2025-26 | true
  folded_results  | centre_number | person_id | board | series | kind          | option_code | qualification_code | unit_code | suite | subject | assessment | is_technical
                  | 99999         | p1        | 72    | 6I26   | qualification | 05839       | 05839              |           | 2016  | IT      |            | true
                  | 99999         | p2        | 72    | 6I26   | unit          | 583820      |                    | 05838/20  | 2016  | IT      | moderated  | true
                  | 99999         | p3        | 72    | 9I25   | unit          | 583899      |                    | 05838/99  | 2016  | IT      |            | true
                  | 99999         | p4        | 72    | 9I25   | unit          | 599920      |                    | 05999/20  | 2016  |         | moderated  | true
                  | 99999         | p5        | 72    | 6I26   | unit          | 583801      |                    | 05838/01  | 2016  | IT      | examined   | true
  entered_options | centre_number | person_id | board | series | season  | option_code | suite | is_technical | is_annual
                  | 99999         | p9        | 72    | 9I25   | 2025-26 | 05839       | 2016  | true         | true
  speaks          | person_id | found
                  | p1        | no qualification entry
                  | p2        | no qualification entry
                  | p3        | no qualification entry
  looked_at = 3

entries of examined units alone say nothing of moderated ones
  series_seen     | board | series | season  | is_annual
                  | 72    | 9I25   | 2025-26 | true
  folded_results  | centre_number | person_id | board | series | kind | option_code | unit_code | suite | subject | assessment | is_technical
                  | 99999         | p1        | 72    | 9I25   | unit | 583820      | 05838/20  | 2016  | IT      | moderated  | true
                  | 99999         | p2        | 72    | 9I25   | unit | 599920      | 05999/20  |       |         | moderated  | true
  entered_options | centre_number | person_id | board | series | season  | option_code | suite | is_technical | is_annual
                  | 99999         | p9        | 72    | 6E26   | 2025-26 | 583801      | 2016  | true         | false
                  | 99999         | p9        | 72    | 9I25   | 2025-26 | 05999       |       | true         | true
  speaks nothing
  looked_at = 0
*/
