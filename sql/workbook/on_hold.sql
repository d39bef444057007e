/*
summary = "Students who cannot be given all their results yet: what for, who acts, by when."
title = "On hold"
place = 3
frozen = 4
reads = ["shown_readiness", "candidates"]
order = ["readiness", "centre_number", "surname", "forenames", "person_id"]

[columns]
readiness = "text: Where they stand"
surname = "text: Surname"
forenames = "text: Forenames"
candidate_number = "identifier: Candidate no."
ocr_candidate_number = "identifier: OCR candidate no."
uci = "identifier: UCI"
reason = "long: What for"
code = "sheet: Finding (its sheet)"
owner = "text: Who acts"
due = "moment: Due"
errors = "number: Errors open"
centre_number = "identifier: Centre"
restricted = "restricted: May be told"
*/
SELECT
    CASE r.readiness WHEN 'hold' THEN 'on hold' ELSE r.readiness END AS readiness,
    c.surname,
    c.forenames,
    c.candidate_number,
    c.ocr_candidate_number,
    c.uci,
    r.reason,
    r.code,
    CASE r.owner WHEN 'board' THEN 'Ring the board' WHEN 'centre' THEN 'Centre' WHEN 'mis' THEN 'MIS' END AS owner,
    r.due,
    r.errors,
    r.centre_number,
    r.restricted_until AS restricted
FROM shown_readiness AS r
INNER JOIN candidates AS c ON c.centre_number = r.centre_number AND c.person_id = r.person_id
WHERE r.readiness IN ('hold', 'waiting') AND (:centre = '' OR r.centre_number = :centre)
ORDER BY r.readiness, r.centre_number, c.surname NULLS LAST, c.forenames NULLS LAST, r.person_id
