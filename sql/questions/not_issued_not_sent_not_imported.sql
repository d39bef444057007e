/*
summary = "What is not where it should be: was it not issued, not sent, or not imported, and why?"
why = "Each has its own remedy: what was not issued is asked of the awarding body, what was not sent comes with a UCI or a later file, what was not imported is mended here."
reads = ["reconciliation", "candidates"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.answer]
type = "text"
says = "only this answer"
choices = ["not issued", "not sent", "not imported", "not on Interchange", "not asked for", "not due, or its file is not here"]
*/
WITH answers AS (
    SELECT
        *,
        CASE
            WHEN state = 'not_in_edi' OR (state = 'missing' AND cause = 'missing_uci') THEN 'not sent'
            WHEN state = 'not_imported' THEN 'not imported'
            WHEN state = 'not_in_report' THEN 'not on Interchange'
            WHEN state = 'pending' THEN 'not due, or its file is not here'
            WHEN cause IN ('not_claimed', 'units_incomplete', 'invalid_combination', 'wrong_level', 'entered_in_wrong_series', 'claim_not_received')
                THEN 'not asked for'
            ELSE 'not issued'
        END AS answer
    FROM reconciliation
    WHERE state IN ('not_in_edi', 'not_in_report', 'not_imported', 'missing', 'pending', 'withheld')
)

SELECT
    a.answer,
    a.state,
    a.cause,
    count(*) OVER (PARTITION BY a.answer, a.state, a.cause) AS of_this_cause,
    a.centre_number,
    c.candidate_number,
    c.ocr_candidate_number,
    c.uci,
    c.surname,
    c.forenames,
    a.kind,
    a.code,
    a.series,
    a.window_from,
    a.claim_date,
    a.expected_by,
    a.edi_grade AS edi,
    a.xml_grade AS xml,
    a.achievement_grade AS achievement_report,
    a.marks_grade AS marks_report,
    a.tracker_status AS tracker
FROM answers AS a
LEFT JOIN candidates AS c ON c.centre_number = a.centre_number AND c.person_id = a.person_id
WHERE
    (:centre IS NULL OR a.centre_number = :centre)
    AND (:answer IS NULL OR a.answer = :answer)
ORDER BY
    a.answer NULLS FIRST, a.state NULLS FIRST, a.cause NULLS LAST, a.centre_number NULLS FIRST, c.candidate_number NULLS LAST,
    a.person_id NULLS LAST, a.kind NULLS LAST, a.code NULLS LAST, a.option_code NULLS LAST, a.series NULLS LAST,
    a.window_from NULLS LAST, a.claim_date NULLS LAST, a.is_stated NULLS LAST;
