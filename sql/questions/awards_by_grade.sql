/*
summary = "How are the awards of each qualification distributed over the grades, this season and before?"
why = "The line the head teacher asks for first; a qualification without any award is worth a look at its entries."
reads = ["qualification_results", "qualifications"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"

[parameters.qualification]
type = "text"
says = "only this qualification: 05839"
*/
SELECT
    r.centre_number,
    r.series,
    r.qualification_code,
    any_value(q.title) AS title,
    coalesce(r.grade, 'no grade') AS grade,
    count(DISTINCT r.person_id) AS students
FROM qualification_results AS r
LEFT JOIN qualifications AS q ON q.qualification_code = r.qualification_code
WHERE
    (:centre IS NULL OR r.centre_number = :centre)
    AND (:qualification IS NULL OR r.qualification_code = :qualification)
GROUP BY r.centre_number, r.series, r.qualification_code, coalesce(r.grade, 'no grade')
ORDER BY r.centre_number NULLS FIRST, r.series NULLS LAST, r.qualification_code NULLS FIRST, coalesce(r.grade, 'no grade');
