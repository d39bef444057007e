/*
summary = "A sample of one unit's cohort for a review of marking, drawn so that nobody can pick."
title = "Cohort sample for a review of marking"
to = "board"
takes = []
is_cohort = true
how = ["screen: Interchange > Post results > the service needed, Service 2 review of marking"]
before = """
1. At least 8 candidates, or a tenth of the cohort up to 20: the awarding body's results FAQ says so. It is of 2012: check what the service asks for today.
2. Get the written consent of each student drawn, after the results are out: mark and grade may go down. Write its day into consent_on.
3. Do not swap anybody for another: a student who does not consent is left out, and the awarding body told how many were drawn."""
deadlines = ["review of marking"]
reads = ["unit_results", "qualification_results", "entries", "candidates", "pack_until"]

[columns]
centre_number = "identifier: centre number"
candidate_number = "identifier: the candidate number the school gives; several are set apart by a space"
ocr_candidate_number = "identifier: the eight-digit number Cambridge OCR gives; several are set apart by a space"
uci = "identifier: unique candidate identifier; several are set apart by a space"
surname = "text: surname, as most files spell it"
forenames = "text: forenames, as most files spell them"
board = "identifier: the awarding body's code in EDI"
unit_code = "identifier: the unit, or of a general qualification the qualification"
option_code = "identifier: the unit or option as EDI and entries spell it"
series = "identifier: series, as in the names of the files: 6E26"
grade = "text: the grade issued"
mark = "decimal: the final mark"
maximum_mark = "decimal: the highest mark there is"
place_drawn = "number: in which place the student was drawn"
drawn_from = "long: the cohort the sample was drawn from"
seed = "text: the word the draw was made with, where one was given"
consent_on = "date: to be filled in by the centre: the day of the student's written consent"
until = "date: last day of the service"
restricted = "text: RESTRICTED, where candidates may not be told yet, and until when"
reference = "identifier: our reference, to be quoted in the answer"
layout = "text: whose layout this is"
*/
WITH results AS (
    SELECT
        centre_number, person_id, board, series, unit_code, option_code, grade, final_mark AS mark, maximum_mark,
        is_absent, window_from, embargo_until
    FROM unit_results
    WHERE
        coalesce(assessment, 'examined') = 'examined'
        AND (translate(unit_code, ' /-.', '') = :unit OR translate(option_code, ' /-.', '') = :unit)
    UNION ALL
    -- a linear qualification has no units: its cohort is that of the whole
    SELECT
        centre_number, person_id, board, series, coalesce(qualification_code, option_code) AS unit_code, option_code, grade,
        mark, maximum_mark, FALSE AS is_absent, window_from, embargo_until
    FROM qualification_results
    WHERE
        NOT coalesce(is_technical, FALSE)
        AND (translate(qualification_code, ' /-.', '') = :unit OR translate(option_code, ' /-.', '') = :unit)
),

-- the series asked for, else the latest: by year, then January before June before November
placed AS (
    SELECT
        r.*,
        dense_rank() OVER (
            PARTITION BY r.centre_number, r.board
            ORDER BY substr(r.series, 3, 2) DESC NULLS LAST, substr(r.series, 1, 1) DESC NULLS LAST, r.series DESC NULLS LAST
        ) AS series_place,
        row_number() OVER (
            PARTITION BY r.centre_number, r.board, r.series, r.person_id
            ORDER BY r.window_from DESC NULLS LAST, r.mark DESC NULLS LAST, r.option_code ASC NULLS LAST, r.unit_code ASC NULLS LAST
        ) AS place
    FROM results AS r
    WHERE r.series = coalesce(CAST(:series AS VARCHAR), r.series)
),

withdrawals AS (
    SELECT centre_number, person_id, series, option_code
    FROM entries
    GROUP BY centre_number, person_id, series, option_code
    HAVING min(CASE WHEN withdrawn THEN 1 ELSE 0 END) = 1
),

cohort AS (
    SELECT
        p.*,
        c.candidate_number,
        c.ocr_candidate_number,
        c.uci,
        c.surname,
        c.forenames,
        CASE
            WHEN w.person_id IS NOT NULL THEN 'withdrawn'
            WHEN p.is_absent THEN 'absent'
            WHEN p.grade IS NULL OR p.grade IN ('X', 'Q') THEN 'without a grade'
        END AS left_out,
        -- the same for the same student, unit and series in every run: none of it is ours
        sha256(concat_ws(
            '|', p.centre_number, p.series, p.unit_code,
            coalesce(list_min(string_split(coalesce(c.ocr_candidate_number, c.uci, c.candidate_number), ' ')), p.person_id), :seed
        )) AS lot
    FROM placed AS p
    INNER JOIN candidates AS c ON c.centre_number = p.centre_number AND c.person_id = p.person_id
    LEFT JOIN withdrawals AS w
        ON
            w.centre_number = p.centre_number AND w.person_id = p.person_id AND w.series = p.series
            AND w.option_code = p.option_code
    WHERE
        p.place = 1 AND p.series_place = 1
        AND (coalesce(p.embargo_until <= CAST(:moment AS TIMESTAMP WITH TIME ZONE), TRUE) OR :is_exams_office)
),

counted AS (
    SELECT
        k.*,
        count(*) FILTER (WHERE k.left_out IS NULL) OVER one_cohort AS cohort_size,
        count(*) FILTER (WHERE k.left_out = 'absent') OVER one_cohort AS absent,
        count(*) FILTER (WHERE k.left_out = 'withdrawn') OVER one_cohort AS withdrawn,
        count(*) FILTER (WHERE k.left_out = 'without a grade') OVER one_cohort AS without_grade,
        row_number() OVER (
            PARTITION BY k.centre_number, k.board, k.series, k.left_out IS NULL
            ORDER BY k.lot ASC, k.person_id ASC
        ) AS place_drawn
    FROM cohort AS k
    WINDOW one_cohort AS (PARTITION BY k.centre_number, k.board, k.series)
),

drawn AS (
    SELECT
        n.*,
        substr(n.lot, 1, 16) AS reference,
        nullif(CAST(:seed AS VARCHAR), '') AS seed,
        (
            least(n.cohort_size, greatest(8, least(20, CAST(ceil(n.cohort_size / 10.0) AS BIGINT)))) || ' of '
            || n.cohort_size || ' with a grade in ' || n.series || '; left out: ' || n.absent || ' absent, '
            || n.withdrawn || ' withdrawn, ' || n.without_grade || ' without a grade'
        ) AS drawn_from,
        CASE
            WHEN n.embargo_until > CAST(:moment AS TIMESTAMP WITH TIME ZONE)
                THEN ('RESTRICTED until ' || strftime(CAST(n.embargo_until AS TIMESTAMP), '%Y-%m-%d %H:%M'))
        END AS restricted
    FROM counted AS n
    WHERE
        n.left_out IS NULL
        AND n.place_drawn <= greatest(8, least(20, CAST(ceil(n.cohort_size / 10.0) AS BIGINT)))
)

SELECT
    a.centre_number,
    a.candidate_number,
    a.ocr_candidate_number,
    a.uci,
    a.surname,
    a.forenames,
    a.board,
    a.unit_code,
    a.option_code,
    a.series,
    a.grade,
    a.mark,
    a.maximum_mark,
    a.place_drawn,
    a.drawn_from,
    a.seed,
    CAST(NULL AS DATE) AS consent_on,
    u.until,
    a.restricted,
    a.reference,
    'ours: made by resultsday, not a form of the awarding body' AS layout
FROM drawn AS a
CROSS JOIN pack_until AS u
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.place_drawn ASC NULLS FIRST;
