/*
summary = "Which files are missing or awaited, when can they be had, and where?"
why = "An absence that is not due yet is no fault; this says when to look, and where."
reads = ["file_board"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
SELECT
    state,
    due,
    centre_number,
    what,
    series,
    window_from,
    window_to,
    next_step
FROM file_board
WHERE
    state IN ('missing', 'awaited')
    AND (:centre IS NULL OR centre_number = :centre)
ORDER BY
    CASE state WHEN 'missing' THEN 1 ELSE 2 END NULLS LAST,
    due NULLS LAST,
    centre_number NULLS FIRST,
    what NULLS LAST,
    series NULLS LAST,
    window_from NULLS LAST,
    window_to NULLS LAST,
    next_step NULLS LAST;
