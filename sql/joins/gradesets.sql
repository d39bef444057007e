/*
summary = "The gradeset of each option a result was given for."
reads = ["placed_results", "size_gradesets", "qualifications", "incoming_options"]
spans_centres = true
order = ["board", "series", "option_code", "kind"]

[columns]
board = "VARCHAR: the board"
series = "VARCHAR: the series"
option_code = "VARCHAR: the option"
kind = "VARCHAR: unit or qualification"
gradeset = "VARCHAR: its gradeset; NULL where nobody says"
*/
WITH seen AS (
    SELECT
        board,
        series,
        option_code,
        kind,
        max(CASE WHEN kind = 'qualification' THEN qualification_code END) AS qualification_code,
        max(suite) AS suite,
        max(level) AS level,
        max(assessment) AS assessment,
        max(CASE WHEN is_technical THEN 1 ELSE 0 END) AS is_technical
    FROM placed_results
    GROUP BY board, series, option_code, kind
),

options AS (
    SELECT option_code, max(certification_type) AS certification_type, max(unit_type) AS unit_type
    FROM incoming_options
    GROUP BY option_code
)

SELECT
    s.board,
    s.series,
    s.option_code,
    s.kind,
    CASE
        WHEN s.is_technical = 1 AND s.kind = 'qualification' THEN g.gradeset
        WHEN s.is_technical = 1 AND s.suite = '2012' THEN 'unit_2012'
        WHEN s.is_technical = 1 AND s.level = 3 THEN 'unit_level3_2016'
        WHEN s.is_technical = 1 AND s.level = 2 AND s.assessment = 'examined' THEN 'unit_level2_1c'
        WHEN s.is_technical = 1 AND s.level = 2 THEN 'unit_level2_2016'
        WHEN s.is_technical = 1 THEN NULL
        WHEN trim(coalesce(o.certification_type, o.unit_type)) IN ('GCE', 'GCSE')
            THEN lower(trim(coalesce(o.certification_type, o.unit_type)))
        -- a type that has no gradeset here, such as an entry level award, is read by no other's
        WHEN trim(coalesce(o.certification_type, o.unit_type)) <> '' THEN NULL
        WHEN s.board IN ('01', '72') AND substr(s.series, 2, 1) = 'B' THEN 'gce'
        WHEN s.board IN ('01', '72') AND substr(s.series, 1, 2) IN ('6A', 'BA') THEN 'gcse'
    END AS gradeset
FROM seen AS s
LEFT JOIN qualifications AS q ON q.qualification_code = s.qualification_code
LEFT JOIN size_gradesets AS g ON g.suite = q.suite AND g.level = q.level AND g.size = q.size
LEFT JOIN options AS o ON o.option_code = s.option_code
