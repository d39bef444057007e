/*
summary = "What does each carrier say of every result of the students on hold?"
why = "Shows at a glance which file lacks a result and which two disagree. Replaced statements are left out; of several of one carrier the newest is shown."
reads = ["readiness", "candidates", "results_by_carrier"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
SELECT
    b.centre_number,
    c.candidate_number,
    c.surname,
    c.forenames,
    b.series,
    b.window_from,
    b.option_code,
    coalesce(any_value(b.unit_code), any_value(b.qualification_code)) AS code,
    arg_max(coalesce(b.grade, CASE WHEN b.is_absent THEN 'absent' END), (b.stated_on, b.sequence, b.file_id, b.line))
        FILTER (b.carrier = 'edi') AS edi,
    arg_max(coalesce(b.grade, CASE WHEN b.is_absent THEN 'absent' END), (b.stated_on, b.sequence, b.file_id, b.line))
        FILTER (b.carrier = 'xml') AS xml,
    arg_max(coalesce(b.grade, CASE WHEN b.is_absent THEN 'absent' END), (b.stated_on, b.sequence, b.file_id, b.line))
        FILTER (b.carrier = 'achievement') AS achievement_report,
    arg_max(coalesce(b.grade, CASE WHEN b.is_absent THEN 'absent' END), (b.stated_on, b.sequence, b.file_id, b.line))
        FILTER (b.carrier = 'marks') AS marks_report,
    max(b.mark) AS highest_mark
FROM results_by_carrier AS b
INNER JOIN readiness AS r ON r.centre_number = b.centre_number AND r.person_id = b.person_id AND r.readiness = 'hold'
INNER JOIN candidates AS c ON c.centre_number = b.centre_number AND c.person_id = b.person_id
WHERE
    b.superseded_by IS NULL
    AND (:centre IS NULL OR b.centre_number = :centre)
GROUP BY
    b.centre_number, b.person_id, c.candidate_number, c.surname, c.forenames, b.series, b.window_from, b.option_code, b.kind
ORDER BY
    b.centre_number NULLS FIRST,
    c.surname NULLS LAST,
    c.forenames NULLS LAST,
    b.person_id NULLS FIRST,
    b.series NULLS LAST,
    b.window_from NULLS LAST,
    b.option_code NULLS LAST,
    b.kind NULLS LAST;
