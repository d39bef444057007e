/*
summary = "Every entry of a used file with its codes and its series looked up, before people are known."
reads = ["incoming_entries", "file_facts", "file_series", "centres", "series_spellings", "code_spellings"]
order = ["file_id", "line", "option_code"]

[columns]
centre_number = "VARCHAR: the centre"
board = "VARCHAR: two characters; NULL where neither header nor code says"
series_as_sent = "VARCHAR: as the file spells it"
series = "VARCHAR: the canonical code"
option_code = "VARCHAR: the option entered, as EDI spells it"
kind = "VARCHAR: qualification, unit or certification"
qualification_code = "VARCHAR: of a qualification or certification entry"
unit_code = "VARCHAR: of a unit entry, 05838/01"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: level of what is entered"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated, of a unit"
is_technical = "BOOLEAN: Cambridge Technicals"
intended_level = "INTEGER: the level the centre says it means"
entry_date = "DATE: day of the entry"
expected_completion = "VARCHAR: as the file has it"
withdrawn = "BOOLEAN: the entry was withdrawn"
source = "VARCHAR: csv, edi or edi_amendment"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
SELECT
    e.centre_number,
    coalesce(s.board, e.board, CASE WHEN k.is_technical THEN '72' END) AS board,
    coalesce(s.series_as_sent, e.series_as_sent) AS series_as_sent,
    CASE
        WHEN s.series IS NOT NULL THEN s.series
        WHEN k.is_technical AND substr(p.code, 1, 2) IN ('6I', '6C')
            THEN ('9' || substr(p.code, 2, 1) || lpad(CAST(CAST(substr(p.code, 3, 2) AS INTEGER) - 1 AS VARCHAR), 2, '0'))
        WHEN p.code IS NOT NULL THEN p.code
        WHEN p.month IS NULL OR p.year IS NULL OR NOT coalesce(k.is_technical, FALSE) THEN NULL
        WHEN k.kind = 'qualification' OR k.assessment = 'moderated' OR k.suite = '2012'
            THEN (CASE WHEN k.suite = '2012' THEN '9C' ELSE '9I' END || lpad(CAST((CASE WHEN p.month >= 9 THEN p.year ELSE p.year - 1 END) % 100 AS VARCHAR), 2, '0'))
        ELSE (CASE WHEN p.month <= 5 THEN '1E' ELSE '6E' END || lpad(CAST(p.year % 100 AS VARCHAR), 2, '0'))
    END AS series,
    coalesce(k.option_code, e.option_code) AS option_code,
    coalesce(CASE WHEN k.is_technical THEN k.kind END, e.kind, k.kind, 'qualification') AS kind,
    CASE
        WHEN coalesce(CASE WHEN k.is_technical THEN k.kind END, e.kind, k.kind, 'qualification') <> 'unit'
            THEN coalesce(k.qualification_code, e.option_code)
    END AS qualification_code,
    CASE
        WHEN coalesce(CASE WHEN k.is_technical THEN k.kind END, e.kind, k.kind, 'qualification') = 'unit'
            THEN coalesce(k.unit_code, e.option_code)
    END AS unit_code,
    k.suite,
    k.level,
    k.subject,
    k.assessment,
    coalesce(k.is_technical, FALSE) AS is_technical,
    e.intended_level,
    e.entry_date,
    e.expected_completion,
    coalesce(e.withdrawn, FALSE) AS withdrawn,
    e.source,
    e.file_id,
    e.line
FROM incoming_entries AS e
INNER JOIN file_facts AS f ON f.file_id = e.file_id AND f.is_used
INNER JOIN centres AS c ON c.centre_number = e.centre_number
LEFT JOIN file_series AS s
    ON
        s.file_id = e.file_id
        AND s.centre_number = e.centre_number
        AND s.series_as_sent IS NOT DISTINCT FROM e.series_as_sent
LEFT JOIN series_spellings AS p ON p.series_as_sent = e.series_as_sent
LEFT JOIN code_spellings AS k ON k.code_as_sent = e.option_code
