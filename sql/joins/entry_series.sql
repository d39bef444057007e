/*
summary = "Every live entry of an examined unit or a qualification of Cambridge Technicals: whether its series is of the kind that holds such results."
reads = ["entered_options", "series_seen"]
order = ["centre_number", "person_id", "series", "option_code"]
# a rule that reads it draws the tables beneath it in its cases
cases_draw_beneath = true

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series entered"
kind = "VARCHAR: unit or qualification"
subject = "VARCHAR: subject"
option_code = "VARCHAR: the option"
qualification_code = "VARCHAR: of a qualification entry"
unit_code = "VARCHAR: of a unit entry"
is_annual = "BOOLEAN: the series runs a whole academic year"
is_misplaced = "BOOLEAN: an examined unit in an annual series, or a qualification in a series of examined units"
file_id = "VARCHAR: the file of the entry"
line = "INTEGER: its line"
*/
WITH known AS (
    SELECT
        series,
        max(CASE WHEN is_annual THEN 1 ELSE 0 END) = 1 AS is_annual,
        max(CASE WHEN carries = 'examined_units' THEN 1 ELSE 0 END) = 1 AS holds_examined
    FROM series_seen
    WHERE family = 'cambridge_technicals'
    GROUP BY series
)

SELECT
    e.centre_number,
    e.person_id,
    e.board,
    e.series,
    e.kind,
    e.subject,
    e.option_code,
    e.qualification_code,
    e.unit_code,
    k.is_annual,
    CASE WHEN e.kind = 'unit' THEN k.is_annual ELSE (k.holds_examined AND NOT k.is_annual) END AS is_misplaced,
    e.file_id,
    e.line
FROM entered_options AS e
INNER JOIN known AS k ON k.series = e.series
WHERE
    e.is_technical
    AND NOT e.withdrawn
    AND (e.kind <> 'unit' OR e.assessment = 'examined')
