/*
summary = "Which checks were not made, at which centre, and what would make them possible?"
why = "No finding is good news only where somebody looked."
reads = ["rules_run"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.code]
type = "text"
says = "only this rule"
*/
SELECT
    code,
    centre_number,
    status,
    reason
FROM rules_run
WHERE
    status IN ('not_evaluated', 'failed')
    AND (:centre IS NULL OR centre_number = :centre)
    AND (:code IS NULL OR code = :code)
ORDER BY CASE status WHEN 'failed' THEN 1 ELSE 2 END NULLS LAST, code NULLS LAST, centre_number NULLS LAST;
