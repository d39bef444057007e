SELECT DISTINCT e.centre_number, e.candidate_number, e.series, e.option_code
FROM {{ ref('results') }} AS e
INNER JOIN {{ ref('report') }} AS r
    ON
        r.centre_number = e.centre_number AND r.candidate_number = e.candidate_number
        AND r.unit_series = e.series AND ltrim(replace(r.unit_code, '/', ''), '0') = e.option_code
WHERE r.unit_grade <> e.grade
