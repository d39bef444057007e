/*
summary = "Every published grade boundary that was typed in, its codes looked up, and whether it stands."
reads = ["incoming_boundaries", "file_facts", "series_spellings", "code_spellings", "gradesets", "grade_decodings"]
empty_without = [["incoming_boundaries"]]
publish = true
spans_centres = true
order = ["series", "unit_code", "minimum_mark", "grade", "file_id", "line"]

[columns]
series_as_sent = "VARCHAR: the series as the file spells it"
series = "VARCHAR: the canonical code; NULL where nothing allows one"
unit_code = "VARCHAR: the unit, 05838/01"
option_code = "VARCHAR: the unit as EDI spells it"
maximum_mark = "DECIMAL(7,2): highest mark there is"
grade_as_sent = "VARCHAR: the grade as typed"
grade = "VARCHAR: decoded by the gradeset of the unit; as typed where no result of the unit is here"
minimum_mark = "DECIMAL(7,2): least mark for it"
state = "VARCHAR: stands; repeated (another row says the same); superseded (a file of a later day says it again); contradicted (another row of that day has another mark)"
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
*/
WITH typed AS (
    SELECT
        b.*,
        f.stated_on,
        p.code,
        p.month,
        p.year,
        coalesce(k.unit_code, b.unit_code) AS known_unit,
        coalesce(k.option_code, b.unit_code) AS known_option,
        coalesce(k.is_technical AND k.kind = 'unit', FALSE) AS is_technical
    FROM incoming_boundaries AS b
    INNER JOIN file_facts AS f ON f.file_id = b.file_id AND f.is_used
    LEFT JOIN series_spellings AS p ON p.series_as_sent = b.series_as_sent
    LEFT JOIN code_spellings AS k ON k.code_as_sent = b.unit_code
),

placed AS (
    SELECT
        t.*,
        CASE
            WHEN t.code IS NOT NULL THEN t.code
            -- a month in words: only of an examined unit is it known which series it means
            WHEN t.is_technical AND t.month IS NOT NULL AND t.year IS NOT NULL
                THEN (CASE WHEN t.month <= 5 THEN '1E' ELSE '6E' END || lpad(CAST(t.year % 100 AS VARCHAR), 2, '0'))
        END AS series
    FROM typed AS t
),

scales AS (
    SELECT series, option_code, min(gradeset) AS gradeset
    FROM gradesets
    WHERE kind = 'unit' AND gradeset IS NOT NULL
    GROUP BY series, option_code
    HAVING min(gradeset) = max(gradeset)
),

decoded AS (
    SELECT p.*, coalesce(d.grade, p.grade) AS known_grade
    FROM placed AS p
    LEFT JOIN scales AS s ON s.series = p.series AND s.option_code = p.known_option
    LEFT JOIN grade_decodings AS d ON d.gradeset = s.gradeset AND d.code = upper(p.grade)
),

aged AS (
    SELECT
        d.*,
        rank() OVER (
            PARTITION BY d.series, d.known_unit, d.known_grade
            ORDER BY d.stated_on DESC NULLS LAST
        ) AS age
    FROM decoded AS d
),

compared AS (
    SELECT
        a.*,
        min(a.minimum_mark) OVER (PARTITION BY a.series, a.known_unit, a.known_grade, a.age) AS least_mark,
        max(a.minimum_mark) OVER (PARTITION BY a.series, a.known_unit, a.known_grade, a.age) AS greatest_mark,
        row_number() OVER (
            PARTITION BY a.series, a.known_unit, a.known_grade, a.age
            ORDER BY a.file_id ASC NULLS LAST, a.line ASC NULLS LAST
        ) AS place
    FROM aged AS a
)

SELECT
    series_as_sent,
    series,
    known_unit AS unit_code,
    known_option AS option_code,
    maximum_mark,
    grade AS grade_as_sent,
    known_grade AS grade,
    minimum_mark,
    CASE
        WHEN age > 1 THEN 'superseded'
        WHEN least_mark <> greatest_mark THEN 'contradicted'
        WHEN place > 1 THEN 'repeated'
        ELSE 'stands'
    END AS state,
    file_id,
    line
FROM compared
