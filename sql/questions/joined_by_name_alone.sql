/*
summary = "Which lines were given to a student by name alone, or to nobody?"
why = "The weakest joins are worth reading once: a number added to the line settles it for good."
reads = ["candidate_identities", "candidates", "files"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
SELECT
    i.centre_number,
    p.candidate_number,
    p.ocr_candidate_number,
    i.matched_by,
    i.carrier,
    any_value(f.name) AS file,
    min(i.line) AS first_line,
    count(DISTINCT i.line) AS lines
FROM candidate_identities AS i
INNER JOIN candidates AS p ON p.centre_number = i.centre_number AND p.person_id = i.person_id
LEFT JOIN files AS f ON f.file_id = i.file_id
WHERE
    i.matched_by IN ('name_unique', 'name_and_birth_date', 'none')
    AND (:centre IS NULL OR i.centre_number = :centre)
GROUP BY i.centre_number, i.person_id, p.candidate_number, p.ocr_candidate_number, i.matched_by, i.carrier, i.file_id
ORDER BY
    i.matched_by,
    i.centre_number NULLS FIRST,
    p.candidate_number NULLS LAST,
    p.ocr_candidate_number NULLS LAST,
    i.person_id,
    i.carrier NULLS LAST,
    i.file_id;
