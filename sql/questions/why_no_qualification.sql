/*
summary = "Whose Cambridge Technicals qualification is expected and not there, why, and what is missing for it?"
why = "The awarding body's own list of checks, gone through for each student: the right qualification and level, every unit claimed and issued, a valid combination, one record, a UCI."
reads = ["reconciliation", "award_calculations", "candidates", "qualifications"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.qualification]
type = "text"
says = "only this qualification: 05839"
*/
WITH lacking AS (
    SELECT
        r.centre_number,
        r.person_id,
        r.subject,
        string_agg(DISTINCT (r.code || ' ' || coalesce(r.cause, r.state)), ', ' ORDER BY (r.code || ' ' || coalesce(r.cause, r.state))) AS units
    FROM reconciliation AS r
    WHERE r.kind = 'unit' AND r.state IN ('missing', 'not_imported', 'pending', 'withheld', 'absent')
    GROUP BY r.centre_number, r.person_id, r.subject
)

SELECT
    r.cause,
    r.state,
    count(*) OVER (PARTITION BY r.cause, r.state) AS of_this_cause,
    r.centre_number,
    c.candidate_number,
    c.ocr_candidate_number,
    c.uci,
    c.surname,
    c.forenames,
    r.code AS qualification_code,
    q.title,
    r.expected_by,
    r.tracker_status AS tracker,
    a.eligible,
    a.mandatory_missing,
    a.glh_short,
    l.units AS units_to_settle,
    a.confidence
FROM reconciliation AS r
INNER JOIN qualifications AS q ON q.qualification_code = r.code
LEFT JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
LEFT JOIN award_calculations AS a
    ON a.centre_number = r.centre_number AND a.person_id = r.person_id AND a.qualification_code = r.code
LEFT JOIN lacking AS l
    ON l.centre_number = r.centre_number AND l.person_id = r.person_id AND l.subject = r.subject
WHERE
    r.kind = 'qualification' AND NOT r.is_stated AND r.state IN ('missing', 'pending', 'not_known')
    AND (:centre IS NULL OR r.centre_number = :centre)
    AND (:qualification IS NULL OR r.code = :qualification)
ORDER BY
    r.state NULLS FIRST, r.cause NULLS LAST, r.centre_number NULLS FIRST, c.candidate_number NULLS LAST,
    r.person_id NULLS LAST, qualification_code NULLS LAST;
