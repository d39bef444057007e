/*
summary = "Results that differ from the run before, and results changed by hand in the school's own system: both values, and how the files stand to them."
title = "Changes"
place = 7
frozen = 3
reads = ["changes", "manual_changes", "candidates", "files"]
order = ["centre_number", "surname", "forenames", "person_id", "series", "code", "what", "carrier", "compared", "file", "line", "given_line"]

[columns]
surname = "text: Surname"
forenames = "text: Forenames"
candidate_number = "identifier: Candidate no."
what = "text: What happened"
code = "identifier: Code"
series = "identifier: Series"
compared = "text: Of"
before = "text: Before"
after = "text: Now"
carrier = "text: By"
note = "long: Note"
file = "text: File"
line = "number: Line"
centre_number = "identifier: Centre"
restricted = "restricted: May be told"
*/
WITH listed AS (
    SELECT
        centre_number,
        person_id,
        CASE direction WHEN 'other' THEN 'changed' ELSE direction END AS what,
        coalesce(unit_code, qualification_code, option_code) AS code,
        series,
        compared,
        before,
        after,
        carrier,
        CASE WHEN is_older THEN 'what stands now is older than what stood' END AS note,
        file_id,
        line,
        0 AS given_line,
        embargo_until
    FROM changes
    UNION ALL
    SELECT
        centre_number,
        person_id,
        'by hand' AS what,
        coalesce(unit_code, qualification_code, option_code) AS code,
        series,
        field AS compared,
        board_value AS before,
        coalesce(value, value_as_given) AS after,
        changed_by AS carrier,
        concat_ws('; ', replace(state, '_', ' '), reason, fault) AS note,
        file_id,
        line,
        given_line,
        embargo_until
    FROM manual_changes
)

SELECT
    c.surname,
    c.forenames,
    c.candidate_number,
    l.what,
    l.code,
    l.series,
    l.compared,
    l.before,
    l.after,
    l.carrier,
    l.note,
    f.name AS file,
    l.line,
    l.centre_number,
    CASE WHEN l.embargo_until > :as_of THEN CAST(epoch(l.embargo_until) AS BIGINT) END AS restricted
FROM listed AS l
LEFT JOIN candidates AS c ON c.centre_number = l.centre_number AND c.person_id = l.person_id
LEFT JOIN files AS f ON f.file_id = l.file_id
WHERE
    (:centre = '' OR l.centre_number = :centre)
    AND (NOT :only_released OR l.embargo_until IS NULL OR l.embargo_until <= :as_of)
ORDER BY
    l.centre_number NULLS FIRST,
    c.surname NULLS LAST,
    c.forenames NULLS LAST,
    l.person_id NULLS FIRST,
    l.series NULLS FIRST,
    l.code NULLS FIRST,
    l.what,
    l.carrier NULLS FIRST,
    l.compared NULLS FIRST,
    f.name NULLS FIRST,
    l.line NULLS FIRST,
    l.given_line,
    l.before NULLS FIRST,
    l.after NULLS FIRST
