/*
summary = "Which students have two OCR candidate numbers or more, who uses which, and which units lie under each?"
why = "Units under two numbers make no award together until the awarding body merges the records; the list is what to send."
reads = ["candidates", "candidate_identities", "results_by_carrier", "files"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
WITH numbers AS (
    SELECT
        i.centre_number,
        i.person_id,
        i.value AS ocr_candidate_number,
        string_agg(DISTINCT i.carrier, ' ' ORDER BY i.carrier) AS used_by,
        min(f.name || ':' || i.line) AS seen_at
    FROM candidate_identities AS i
    LEFT JOIN files AS f ON f.file_id = i.file_id
    WHERE i.identifier = 'ocr_candidate_number'
    GROUP BY i.centre_number, i.person_id, i.value
),

units AS (
    SELECT person_id, ocr_candidate_number, string_agg(DISTINCT unit_code, ' ' ORDER BY unit_code) AS units
    FROM results_by_carrier
    WHERE ocr_candidate_number IS NOT NULL AND unit_code IS NOT NULL
    GROUP BY person_id, ocr_candidate_number
),

several AS (
    SELECT *, count(*) OVER (PARTITION BY centre_number, person_id) AS held
    FROM numbers
)

SELECT
    s.centre_number,
    c.candidate_number,
    c.uci,
    c.surname,
    c.forenames,
    s.ocr_candidate_number,
    u.units,
    s.used_by,
    s.seen_at
FROM several AS s
INNER JOIN candidates AS c ON c.centre_number = s.centre_number AND c.person_id = s.person_id
LEFT JOIN units AS u ON u.person_id = s.person_id AND u.ocr_candidate_number = s.ocr_candidate_number
WHERE
    s.held > 1
    AND (:centre IS NULL OR s.centre_number = :centre)
ORDER BY
    s.centre_number NULLS FIRST,
    c.surname NULLS LAST,
    c.forenames NULLS LAST,
    s.person_id NULLS FIRST,
    s.ocr_candidate_number NULLS LAST;
