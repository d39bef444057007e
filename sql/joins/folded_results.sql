/*
summary = "One row a result, whoever carries it: the values of the strongest carrier that states them."
reads = ["latest_statements"]
order = ["centre_number", "person_id", "series", "option_code", "kind", "window_from", "board"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
kind = "VARCHAR: unit or qualification"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of an award, the qualification"
unit_code = "VARCHAR: of a unit"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of award dates"
window_to = "DATE: its last day"
grade = "VARCHAR: decoded"
mark = "DECIMAL(7,2): final mark"
raw_mark = "DECIMAL(7,2): before special consideration"
special_consideration_tariff = "DECIMAL(7,2): percent"
special_consideration_mark = "DECIMAL(7,2): marks added"
maximum_mark = "DECIMAL(7,2): highest mark there is"
award_date = "DATE: day of the award"
is_absent = "BOOLEAN: absent"
partial_absence = "BOOLEAN: part was missed"
carriers = "VARCHAR: who states it, sorted, set apart by spaces"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the strongest statement"
line = "INTEGER: its line"
*/
WITH ranked AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY
                s.centre_number, s.person_id, CASE WHEN s.is_technical THEN '72' ELSE s.board END,
                s.series, s.option_code, s.kind, s.window_from
            ORDER BY
                -- X and Q say that there is no grade yet: a carrier that has one is stronger
                CASE WHEN s.grade IS NULL THEN 2 WHEN s.grade IN ('X', 'Q') THEN 1 ELSE 0 END ASC NULLS LAST,
                CASE s.carrier WHEN 'edi' THEN 1 WHEN 'xml' THEN 2 WHEN 'achievement' THEN 3 ELSE 4 END ASC NULLS LAST,
                s.award_date DESC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place
    FROM latest_statements AS s
)

SELECT
    centre_number,
    person_id,
    max(CASE WHEN place = 1 THEN board END) AS board,
    series,
    kind,
    option_code,
    max(CASE WHEN kind = 'qualification' THEN qualification_code END) AS qualification_code,
    max(unit_code) AS unit_code,
    max(CASE WHEN place = 1 THEN suite END) AS suite,
    max(CASE WHEN place = 1 THEN level END) AS level,
    max(CASE WHEN place = 1 THEN subject END) AS subject,
    max(CASE WHEN place = 1 THEN assessment END) AS assessment,
    max(CASE WHEN is_technical THEN 1 ELSE 0 END) = 1 AS is_technical,
    window_from,
    max(window_to) AS window_to,
    max(CASE WHEN place = 1 THEN grade END) AS grade,
    coalesce(max(CASE WHEN carrier = 'marks' THEN mark END), max(CASE WHEN carrier = 'edi' THEN mark END), max(mark)) AS mark,
    max(raw_mark) AS raw_mark,
    max(special_consideration_tariff) AS special_consideration_tariff,
    max(special_consideration_mark) AS special_consideration_mark,
    max(maximum_mark) AS maximum_mark,
    max(award_date) AS award_date,
    max(CASE WHEN is_absent THEN 1 ELSE 0 END) = 1 AS is_absent,
    max(CASE WHEN partial_absence THEN 1 ELSE 0 END) = 1 AS partial_absence,
    concat_ws(
        ' ',
        max(CASE WHEN carrier = 'achievement' THEN carrier END),
        max(CASE WHEN carrier = 'edi' THEN carrier END),
        max(CASE WHEN carrier = 'marks' THEN carrier END),
        max(CASE WHEN carrier = 'xml' THEN carrier END)
    ) AS carriers,
    max(embargo_until) AS embargo_until,
    max(CASE WHEN place = 1 THEN file_id END) AS file_id,
    max(CASE WHEN place = 1 THEN line END) AS line
FROM ranked
GROUP BY
    centre_number, person_id, CASE WHEN is_technical THEN '72' ELSE board END, series, kind, option_code, window_from
