/*
summary = "Each dated claim with the window its result is due in: whether that is past, whether a file or report for it is here, and whether a result answers the claim."
reads = ["claim_answers", "coverage", "report_coverage", "release_calendar", "qualification_entries", "run"]
order = ["centre_number", "person_id", "unit_code", "claim_date", "outcome"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
subject = "VARCHAR: subject"
unit_code = "VARCHAR: the unit"
assessment = "VARCHAR: moderated; examined where a unit was claimed that is not moderated at all; NULL where nobody says"
option_code = "VARCHAR: the unit as EDI spells it"
qualification_code = "VARCHAR: the qualification it was claimed for"
outcome = "VARCHAR: answered, replaced or unanswered, as in claim_answers"
claim_date = "DATE: day of the claim"
claimed_grade_as_sent = "VARCHAR: as the centre wrote it"
claimed_grade = "VARCHAR: decoded"
withheld = "VARCHAR: X or Q where the board says that and no grade yet"
annual_series = "VARCHAR: the annual series of that academic year"
window_from = "DATE: the first window that ends on or after the claim"
window_to = "DATE: its last day"
released_to_centres = "TIMESTAMP WITH TIME ZONE: when its file comes out"
is_of_this_season = "BOOLEAN: claimed this season or later"
is_covered = "BOOLEAN: a file or report for that window is here"
is_in_earlier_file_perhaps = "BOOLEAN: the result may have come in a file before the first one here"
is_due = "BOOLEAN: its file is out"
by_edi = "BOOLEAN: the EDI file of that window is here"
by_report = "BOOLEAN: an achievement report shows that window for the qualification"
has_left = "BOOLEAN: every entry of the student in the subject is withdrawn"
is_awaited = "BOOLEAN: a result of it can be asked for: a moderated unit, nobody has left, of this season or of a window that is due and covered"
is_missing = "BOOLEAN: no result answers it, and the board does not withhold one"
cause = "VARCHAR: file_awaited or earlier_file_not_here; NULL where neither is why"
file_id = "VARCHAR: the file of the claim"
line = "INTEGER: its line"
*/
-- all entries in the subject withdrawn: the student has left the course, and nobody waits for the unit
WITH left_course AS (
    SELECT centre_number, person_id, suite, subject
    FROM qualification_entries
    GROUP BY centre_number, person_id, suite, subject
    HAVING min(CASE WHEN withdrawn THEN 1 ELSE 0 END) = 1
),

claimed AS (
    SELECT
        c.*,
        w.person_id IS NOT NULL AS has_left,
        CASE c.suite WHEN '2016' THEN '9I' WHEN '2012' THEN '9C' END || substr(c.claim_season, 3, 2) AS annual_series
    FROM claim_answers AS c
    LEFT JOIN left_course AS w
        ON
            w.centre_number = c.centre_number AND w.person_id = c.person_id
            AND w.suite = c.suite AND w.subject = c.subject
    WHERE c.outcome IN ('answered', 'replaced', 'unanswered')
),

annual AS (
    SELECT DISTINCT annual_series FROM claimed WHERE annual_series IS NOT NULL
),

windows AS (
    SELECT DISTINCT a.annual_series, k.window_from, k.window_to, k.released_to_centres
    FROM annual AS a
    INNER JOIN release_calendar AS k
        ON
            a.annual_series LIKE replace(k.series, '?', '_')
            AND k.window_from IS NOT NULL
            AND strpos(('|' || k.carrier || '|'), '|edi|') > 0
            AND strpos(('|' || k.board || '|'), '|72|') > 0
),

awaited AS (
    SELECT
        c.*,
        w.window_from,
        w.window_to,
        w.released_to_centres,
        row_number() OVER (
            PARTITION BY c.centre_number, c.person_id, c.unit_code, c.claim_date
            ORDER BY w.window_to ASC NULLS LAST, w.window_from ASC NULLS LAST
        ) AS place
    FROM claimed AS c
    LEFT JOIN windows AS w ON w.annual_series = c.annual_series AND w.window_to >= c.claim_date
),

edi_windows AS (
    SELECT DISTINCT centre_number, series, window_from
    FROM coverage
    WHERE carrier = 'edi' AND window_from IS NOT NULL
),

edi_starts AS (
    SELECT centre_number, series, min(window_from) AS window_from
    FROM edi_windows
    GROUP BY centre_number, series
),

report_windows AS (
    SELECT DISTINCT centre_number, qualification_code, series, window_from
    FROM report_coverage
    WHERE kind = 'unit' AND window_from IS NOT NULL AND reaches_end
),

report_starts AS (
    SELECT centre_number, qualification_code, series, min(window_from) AS window_from
    FROM report_windows
    GROUP BY centre_number, qualification_code, series
),

judged AS (
    SELECT
        a.*,
        coalesce(a.claim_season >= r.season, FALSE) AS is_of_this_season,
        e.window_from IS NOT NULL AS by_edi,
        p.window_from IS NOT NULL AS by_report,
        (e.window_from IS NOT NULL OR p.window_from IS NOT NULL) AS is_covered,
        -- what was awarded between the claim and the first file here came in a file that is not
        (p.window_from IS NULL AND coalesce(a.claim_date < least(s.window_from, b.window_from), FALSE)) AS is_in_earlier_file_perhaps,
        coalesce(a.released_to_centres <= :as_of, FALSE) AS is_due
    FROM awaited AS a
    CROSS JOIN run AS r
    LEFT JOIN edi_windows AS e
        ON e.centre_number = a.centre_number AND e.series = a.annual_series AND e.window_from = a.window_from
    LEFT JOIN edi_starts AS s ON s.centre_number = a.centre_number AND s.series = a.annual_series
    LEFT JOIN report_windows AS p
        ON
            p.centre_number = a.centre_number AND p.series = a.annual_series AND p.window_from = a.window_from
            AND p.qualification_code = a.qualification_code
    LEFT JOIN report_starts AS b
        ON b.centre_number = a.centre_number AND b.series = a.annual_series AND b.qualification_code = a.qualification_code
    WHERE a.place = 1
)

SELECT
    centre_number,
    person_id,
    subject,
    unit_code,
    assessment,
    option_code,
    qualification_code,
    outcome,
    claim_date,
    claimed_grade_as_sent,
    claimed_grade,
    withheld,
    annual_series,
    window_from,
    window_to,
    released_to_centres,
    is_of_this_season,
    is_covered,
    is_in_earlier_file_perhaps,
    is_due,
    by_edi,
    by_report,
    has_left,
    (assessment IS DISTINCT FROM 'examined' AND NOT has_left AND (is_of_this_season OR (is_due AND is_covered))) AS is_awaited,
    outcome = 'unanswered' AND withheld IS NULL AS is_missing,
    CASE
        WHEN NOT (is_due AND is_covered) THEN 'file_awaited'
        WHEN is_in_earlier_file_perhaps THEN 'earlier_file_not_here'
    END AS cause,
    file_id,
    line
FROM judged
