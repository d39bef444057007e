/*
summary = "Every result statement of a used file with its codes and its series looked up, before people are known."
reads = ["incoming_results", "file_facts", "file_series", "centres", "series_spellings", "code_spellings"]
order = ["file_id", "line", "kind", "option_code", "qualification_code"]

[columns]
centre_number = "VARCHAR: the centre"
carrier = "VARCHAR: edi, xml, achievement or marks"
board = "VARCHAR: two characters; 72 for the vocational reports, which do not say"
kind = "VARCHAR: unit or qualification"
series_as_sent = "VARCHAR: the series as the file or the row spells it"
series = "VARCHAR: the canonical code; NULL where nothing allows one"
entry_option_code = "VARCHAR: the option that was entered, where the result names it"
option_code = "VARCHAR: the option the result is for, as EDI spells it"
qualification_code = "VARCHAR: of an award, the qualification; of a report's unit row, the qualification it is listed under"
unit_code = "VARCHAR: of a unit, 05838/01"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
is_technical = "BOOLEAN: Cambridge Technicals"
result_type = "VARCHAR: EDI's flag for the result block"
grade_as_sent = "VARCHAR: as the file has it"
second_grade_as_sent = "VARCHAR: likewise"
first_endorsement_as_sent = "VARCHAR: likewise"
second_endorsement_as_sent = "VARCHAR: likewise"
mark = "DECIMAL(7,2): the final mark"
raw_mark = "DECIMAL(7,2): before special consideration"
special_consideration_tariff = "DECIMAL(7,2): percent of the maximum mark"
special_consideration_mark = "DECIMAL(7,2): marks added"
maximum_mark = "DECIMAL(7,2): highest mark there is"
is_absent = "BOOLEAN: absent"
partial_absence = "BOOLEAN: part of the assessment was missed"
award_date = "DATE: day of the award"
title = "VARCHAR: title as the file has it"
stated_on = "DATE: the day of the statement: a file's header, a report's run-on title, else the report's latest award date"
sequence = "INTEGER: sequence number of the file"
is_truncated = "BOOLEAN: the file is not whole"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH used AS (
    SELECT r.*, f.stated_on, f.sequence, f.is_truncated
    FROM incoming_results AS r
    INNER JOIN file_facts AS f ON f.file_id = r.file_id AND f.is_used
    INNER JOIN centres AS c ON c.centre_number = r.centre_number
),

last_award AS (
    SELECT file_id, max(award_date) AS award_date
    FROM used
    WHERE carrier IN ('achievement', 'marks')
    GROUP BY file_id
),

coded AS (
    SELECT
        u.*,
        coalesce(unit.unit_code, CASE WHEN u.kind = 'unit' OR u.unit_code IS NOT NULL THEN u.unit_code END, opt.unit_code) AS place_unit,
        coalesce(qual.qualification_code, u.qualification_code) AS listed_under,
        CASE WHEN u.kind IS NULL THEN coalesce(opt.kind, 'qualification') ELSE u.kind END AS place_kind,
        coalesce(unit.option_code, CASE WHEN u.kind = 'qualification' THEN qual.option_code END, opt.option_code, u.option_code, u.unit_code, u.qualification_code) AS place_option,
        coalesce(entered.option_code, u.entry_option_code) AS place_entry_option,
        opt.qualification_code AS option_qualification,
        coalesce(unit.suite, opt.suite, qual.suite) AS place_suite,
        coalesce(unit.level, opt.level, qual.level) AS place_level,
        coalesce(unit.subject, opt.subject, qual.subject) AS place_subject,
        coalesce(unit.assessment, opt.assessment) AS known_assessment,
        coalesce(unit.is_technical, opt.is_technical, qual.is_technical, u.carrier IN ('achievement', 'marks')) AS place_technical
    FROM used AS u
    LEFT JOIN code_spellings AS unit ON unit.code_as_sent = u.unit_code
    LEFT JOIN code_spellings AS qual ON qual.code_as_sent = u.qualification_code
    LEFT JOIN code_spellings AS opt ON opt.code_as_sent = u.option_code
    LEFT JOIN code_spellings AS entered ON entered.code_as_sent = u.entry_option_code
),

dated AS (
    SELECT
        c.*,
        s.series AS header_series,
        s.board AS header_board,
        coalesce(s.series_as_sent, c.series_as_sent) AS spelled_series,
        p.code AS spelled_code,
        CASE WHEN c.series_as_sent IS NULL THEN CAST(extract(month FROM c.award_date) AS INTEGER) ELSE p.month END AS series_month,
        CASE WHEN c.series_as_sent IS NULL THEN CAST(extract(year FROM c.award_date) AS INTEGER) ELSE p.year END AS series_year,
        -- a marks report holds examined units only; what EDI places in an annual series is moderated
        CASE
            WHEN c.place_kind = 'qualification' THEN 'award'
            WHEN c.known_assessment IS NOT NULL THEN c.known_assessment
            WHEN c.carrier = 'marks' THEN 'examined'
            WHEN substr(coalesce(s.series, p.code), 1, 1) = '9' THEN 'moderated'
            WHEN c.place_suite = '2012' THEN 'moderated'
        END AS place_assessment,
        a.award_date AS last_award
    FROM coded AS c
    LEFT JOIN file_series AS s
        ON
            s.file_id = c.file_id
            AND s.centre_number = c.centre_number
            AND s.series_as_sent IS NOT DISTINCT FROM c.series_as_sent
    LEFT JOIN series_spellings AS p ON p.series_as_sent = c.series_as_sent
    LEFT JOIN last_award AS a ON a.file_id = c.file_id
),

placed AS (
    SELECT
        d.*,
        CASE
            WHEN d.carrier IN ('edi', 'xml') THEN d.header_series
            WHEN substr(d.spelled_code, 1, 2) IN ('6I', '6C')
                THEN ('9' || substr(d.spelled_code, 2, 1) || lpad(CAST(CAST(substr(d.spelled_code, 3, 2) AS INTEGER) - 1 AS VARCHAR), 2, '0'))
            WHEN d.spelled_code IS NOT NULL THEN d.spelled_code
            WHEN d.series_month IS NULL OR d.series_year IS NULL THEN NULL
            WHEN d.place_assessment IN ('award', 'moderated')
                THEN (CASE WHEN d.place_suite = '2012' THEN '9C' ELSE '9I' END || lpad(CAST((CASE WHEN d.series_month >= 9 THEN d.series_year ELSE d.series_year - 1 END) % 100 AS VARCHAR), 2, '0'))
            -- results of January come in March, those of June in August
            ELSE (CASE WHEN d.series_month <= 5 THEN '1E' ELSE '6E' END || lpad(CAST(d.series_year % 100 AS VARCHAR), 2, '0'))
        END AS place_series
    FROM dated AS d
)

SELECT
    centre_number,
    carrier,
    coalesce(header_board, board, CASE WHEN place_technical THEN '72' END) AS board,
    place_kind AS kind,
    CASE WHEN carrier IN ('edi', 'xml') THEN spelled_series ELSE series_as_sent END AS series_as_sent,
    place_series AS series,
    place_entry_option AS entry_option_code,
    place_option AS option_code,
    CASE
        WHEN place_kind = 'qualification' THEN coalesce(listed_under, option_qualification, option_code)
        ELSE listed_under
    END AS qualification_code,
    CASE WHEN place_kind = 'unit' THEN coalesce(place_unit, option_code) END AS unit_code,
    place_suite AS suite,
    place_level AS level,
    place_subject AS subject,
    CASE WHEN place_assessment <> 'award' THEN place_assessment END AS assessment,
    place_technical AS is_technical,
    result_type,
    grade_as_sent,
    second_grade_as_sent,
    first_endorsement_as_sent,
    second_endorsement_as_sent,
    mark,
    raw_mark,
    special_consideration_tariff,
    special_consideration_mark,
    maximum_mark,
    coalesce(is_absent, FALSE) AS is_absent,
    coalesce(partial_absence, FALSE) AS partial_absence,
    award_date,
    title,
    coalesce(stated_on, last_award) AS stated_on,
    sequence,
    is_truncated,
    file_id,
    line
FROM placed
