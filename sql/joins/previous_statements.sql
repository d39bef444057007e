/*
summary = "What each carrier said last in the run before, of each result, with the person as known now."
reads = ["previous_results", "previous_gaps", "person_links"]
empty_without = [["previous_results"]]
order = ["centre_number", "person_id", "series", "option_code", "kind", "window_from", "carrier", "file_id", "line"]

[columns]
centre_number = "VARCHAR: the centre"
previous_person_id = "VARCHAR: the person in the run before"
person_id = "VARCHAR: the same person now; the earlier id where nobody here is them"
is_certain = "BOOLEAN: it is certain that they are the same"
candidate_number = "VARCHAR: as the line gave it"
ocr_candidate_number = "VARCHAR: as the line gave it"
carrier = "VARCHAR: who said it"
board = "VARCHAR: awarding body; 72 for Cambridge Technicals"
series = "VARCHAR: the series"
series_as_sent = "VARCHAR: as the file spelled it"
kind = "VARCHAR: unit or qualification"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification"
unit_code = "VARCHAR: of a unit"
subject = "VARCHAR: subject"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of award dates"
grade_as_sent = "VARCHAR: as sent"
grade = "VARCHAR: decoded"
mark = "DECIMAL(7,2): final mark"
award_date = "DATE: day of the award"
partial_absence = "BOOLEAN: part was missed"
is_absent = "BOOLEAN: absent"
stated_on = "DATE: day of the statement"
sequence = "INTEGER: sequence number of the file"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file"
line = "INTEGER: its line"
*/
WITH ranked AS (
    SELECT
        r.*,
        CASE WHEN r.is_technical THEN '72' ELSE r.board END AS one_board,
        rank() OVER (
            PARTITION BY
                r.centre_number, r.person_id, CASE WHEN r.is_technical THEN '72' ELSE r.board END,
                r.series, r.option_code, r.kind, r.window_from, r.carrier
            ORDER BY
                r.stated_on DESC NULLS LAST,
                CASE WHEN r.carrier IN ('edi', 'xml') THEN r.sequence END DESC NULLS LAST,
                CASE WHEN r.carrier = 'achievement' THEN r.award_date END DESC NULLS LAST
        ) AS age
    FROM previous_results AS r
    WHERE
        r.superseded_by IS NULL AND r.series IS NOT NULL
        -- what an older version did not keep must not look like a change
        AND NOT EXISTS (SELECT 1 FROM previous_gaps WHERE table_name IN ('previous_results', 'previous_people', 'previous_identities'))
)

SELECT
    r.centre_number,
    r.person_id AS previous_person_id,
    coalesce(l.person_id, r.person_id) AS person_id,
    coalesce(l.is_certain, FALSE) AS is_certain,
    r.candidate_number,
    r.ocr_candidate_number,
    r.carrier,
    r.one_board AS board,
    r.series,
    r.series_as_sent,
    r.kind,
    r.option_code,
    r.qualification_code,
    r.unit_code,
    r.subject,
    r.is_technical,
    r.window_from,
    r.grade_as_sent,
    r.grade,
    r.mark,
    r.award_date,
    r.partial_absence,
    r.is_absent,
    r.stated_on,
    r.sequence,
    r.embargo_until,
    r.file_id,
    r.line
FROM ranked AS r
LEFT JOIN person_links AS l
    ON l.centre_number = r.centre_number AND l.previous_person_id = r.person_id AND l.is_first
WHERE r.age = 1
