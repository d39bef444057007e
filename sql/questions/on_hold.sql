/*
summary = "Who is on hold, for what, and who must act?"
why = "The first question on the morning: whom not to give results to yet, and what would release them."
reads = ["readiness", "candidates"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.owner]
type = "text"
says = "only what this one must act on"
choices = ["centre", "board", "mis"]
*/
SELECT
    r.centre_number,
    c.candidate_number,
    c.ocr_candidate_number,
    c.surname,
    c.forenames,
    r.code,
    r.reason,
    r.owner,
    r.due
FROM readiness AS r
INNER JOIN candidates AS c USING (centre_number, person_id)
WHERE
    r.readiness = 'hold'
    AND (:centre IS NULL OR r.centre_number = :centre)
    AND (:owner IS NULL OR r.owner = :owner)
ORDER BY r.centre_number NULLS FIRST, c.surname NULLS LAST, c.forenames NULLS LAST, r.person_id NULLS FIRST;
