/*
summary = "How are the grades of each unit distributed, series by series?"
why = "A unit whose grades are far from last year's is worth a look before results are handed out."
reads = ["unit_results", "units"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.unit]
type = "text"
says = "only this unit: 05838/01"

[parameters.series]
type = "text"
says = "only this series: 6E26"
*/
SELECT
    u.centre_number,
    u.series,
    u.unit_code,
    any_value(t.title) AS title,
    coalesce(u.grade, CASE WHEN u.is_absent THEN 'absent' ELSE 'no grade' END) AS grade,
    count(*) AS students,
    round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY u.centre_number, u.series, u.unit_code), 1) AS percent
FROM unit_results AS u
LEFT JOIN units AS t ON t.unit_code = u.unit_code
WHERE
    (:centre IS NULL OR u.centre_number = :centre)
    AND (:unit IS NULL OR u.unit_code = :unit)
    AND (:series IS NULL OR u.series = :series)
GROUP BY u.centre_number, u.series, u.unit_code, coalesce(u.grade, CASE WHEN u.is_absent THEN 'absent' ELSE 'no grade' END)
ORDER BY ALL;
