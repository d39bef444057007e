/*
summary = "What each code of a unit or a qualification, as spelled in any file, is."
reads = ["incoming_results", "incoming_entries", "incoming_claims", "incoming_tracker", "incoming_boundaries", "incoming_components", "incoming_options", "units", "qualifications"]
order = ["code_as_sent"]

[columns]
code_as_sent = "VARCHAR: the code as a file spells it"
kind = "VARCHAR: unit or qualification; NULL where neither the reference data nor the basedata know the code"
unit_code = "VARCHAR: of a unit, in the form 05838/01"
qualification_code = "VARCHAR: of a qualification, as entered (05839, H446)"
option_code = "VARCHAR: the six characters, or fewer, that EDI uses for it"
suite = "VARCHAR: 2016 or 2012, of a Cambridge Technical"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: the subject, in the words of the reference data"
assessment = "VARCHAR: examined or moderated, of a unit"
guided_learning_hours = "INTEGER: hours"
title = "VARCHAR: title"
is_technical = "BOOLEAN: it belongs to Cambridge Technicals"
*/
WITH spelled AS (
    SELECT unit_code AS code_as_sent FROM incoming_results
    UNION SELECT qualification_code FROM incoming_results
    UNION SELECT option_code FROM incoming_results
    UNION SELECT entry_option_code FROM incoming_results
    UNION SELECT option_code FROM incoming_entries
    UNION SELECT unit_code FROM incoming_claims
    UNION SELECT qualification_code FROM incoming_claims
    UNION SELECT unit_code FROM incoming_tracker
    UNION SELECT qualification_code FROM incoming_tracker
    UNION SELECT unit_code FROM incoming_boundaries
    UNION SELECT option_code FROM incoming_components
    UNION SELECT option_code FROM incoming_options
    UNION SELECT unit_code FROM units
    UNION SELECT qualification_code FROM qualifications
),

folded AS (
    SELECT code_as_sent, upper(translate(code_as_sent, ' /-.', '')) AS squeezed
    FROM spelled
    WHERE code_as_sent IS NOT NULL
),

unit_spellings AS (
    SELECT translate(unit_code, '/', '') AS squeezed, unit_code FROM units
    UNION SELECT option_code, unit_code FROM units WHERE option_code IS NOT NULL
    UNION SELECT translate(unit_reference, '/', ''), unit_code FROM units WHERE unit_reference IS NOT NULL
),

basedata AS (
    SELECT
        option_code,
        max(CASE item WHEN 'U' THEN 'unit' WHEN 'C' THEN 'qualification' WHEN 'B' THEN 'qualification' END) AS kind,
        max(title) AS title
    FROM incoming_options
    GROUP BY option_code
),

-- a unit's code is its family's lowest qualification code and a number, so the family is known even where the unit is not
shaped AS (
    SELECT
        f.code_as_sent,
        f.squeezed,
        u.unit_code AS known_unit,
        q.qualification_code AS known_qualification,
        CASE
            WHEN length(f.squeezed) = 7 THEN f.squeezed
            WHEN length(f.squeezed) = 6 THEN ('0' || f.squeezed)
        END AS long_form
    FROM folded AS f
    LEFT JOIN unit_spellings AS u ON u.squeezed = f.squeezed
    LEFT JOIN qualifications AS q ON q.qualification_code = f.squeezed
),

placed AS (
    SELECT
        s.code_as_sent,
        s.squeezed,
        s.known_qualification,
        coalesce(
            s.known_unit,
            CASE
                WHEN family.qualification_code IS NOT NULL AND s.known_qualification IS NULL
                    THEN (substr(s.long_form, 1, 5) || '/' || substr(s.long_form, 6, 2))
            END
        ) AS unit_code,
        family.suite AS family_suite,
        family.level AS family_level,
        family.subject AS family_subject
    FROM shaped AS s
    LEFT JOIN qualifications AS family ON family.qualification_code = substr(s.long_form, 1, 5)
)

SELECT
    p.code_as_sent,
    CASE
        WHEN p.unit_code IS NOT NULL THEN 'unit'
        WHEN p.known_qualification IS NOT NULL THEN 'qualification'
        ELSE b.kind
    END AS kind,
    p.unit_code,
    CASE WHEN p.unit_code IS NULL THEN p.squeezed END AS qualification_code,
    CASE
        WHEN p.unit_code IS NOT NULL
            THEN coalesce(u.option_code, substr(translate(p.unit_code, '/', ''), 2, 6))
        ELSE p.squeezed
    END AS option_code,
    coalesce(u.suite, q.suite, p.family_suite) AS suite,
    coalesce(u.level, q.level, p.family_level) AS level,
    coalesce(u.subject, q.subject, p.family_subject) AS subject,
    u.assessment,
    coalesce(u.guided_learning_hours, q.guided_learning_hours) AS guided_learning_hours,
    coalesce(u.title, q.title, b.title) AS title,
    (p.unit_code IS NOT NULL OR q.qualification_code IS NOT NULL) AS is_technical
FROM placed AS p
LEFT JOIN units AS u ON u.unit_code = p.unit_code
LEFT JOIN qualifications AS q ON q.qualification_code = p.known_qualification AND p.unit_code IS NULL
LEFT JOIN basedata AS b ON b.option_code = p.squeezed
