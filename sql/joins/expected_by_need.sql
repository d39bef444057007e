/*
summary = "Each moderated unit that a qualification entered needs and nobody has claimed."
reads = ["needed_units", "units", "run"]
empty_without = [["needed_units"]]
order = ["centre_number", "person_id", "code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
kind = "VARCHAR: unit"
code = "VARCHAR: the unit"
option_code = "VARCHAR: the option as EDI spells it"
subject = "VARCHAR: subject"
series = "VARCHAR: this season's annual series"
window_from = "DATE: always NULL"
claim_date = "DATE: always NULL"
is_stated = "BOOLEAN: somebody states the result, under the same option, series and window"
by_entry = "BOOLEAN: an entry expects it"
by_claim = "BOOLEAN: a claim does"
by_tracker = "BOOLEAN: the tracker does"
in_edi = "BOOLEAN: FALSE where an EDI file covers it and says nothing"
in_xml = "BOOLEAN: likewise XML"
in_achievement = "BOOLEAN: likewise the achievement report"
in_marks = "BOOLEAN: likewise the marks report"
state = "VARCHAR: of what nobody states, as in reconciliation"
cause = "VARCHAR: likewise"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the qualification entry"
line = "INTEGER: its line"
*/
WITH placed AS (
    SELECT
        n.*,
        row_number() OVER (
            PARTITION BY n.centre_number, n.person_id, n.unit_code
            ORDER BY CASE WHEN n.is_expected THEN 0 ELSE 1 END ASC NULLS LAST, n.qualification_code ASC NULLS LAST
        ) AS place
    FROM needed_units AS n
    WHERE n.is_missing
)

SELECT
    p.centre_number,
    p.person_id,
    '72' AS board,
    'unit' AS kind,
    p.unit_code AS code,
    p.option_code,
    p.subject,
    (CASE u.suite WHEN '2012' THEN '9C' ELSE '9I' END || substr(r.season, 3, 2)) AS series,
    CAST(NULL AS DATE) AS window_from,
    CAST(NULL AS DATE) AS claim_date,
    FALSE AS is_stated,
    TRUE AS by_entry,
    FALSE AS by_claim,
    FALSE AS by_tracker,
    CAST(NULL AS BOOLEAN) AS in_edi,
    CAST(NULL AS BOOLEAN) AS in_xml,
    CAST(NULL AS BOOLEAN) AS in_achievement,
    CAST(NULL AS BOOLEAN) AS in_marks,
    -- nobody says when the award is due: it may be next year's unit
    CASE WHEN p.is_expected THEN 'missing' ELSE 'not_known' END AS state,
    'not_claimed' AS cause,
    CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS embargo_until,
    p.file_id,
    p.line
FROM placed AS p
INNER JOIN units AS u ON u.unit_code = p.unit_code
CROSS JOIN run AS r
WHERE p.place = 1
