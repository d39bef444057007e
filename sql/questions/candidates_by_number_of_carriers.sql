/*
summary = "How many students are told of by how many carriers?"
why = "Whoever is in one carrier only has nobody to contradict it, and often is somebody's second record."
reads = ["candidates", "results_by_carrier"]

[parameters.centre]
type = "text"
says = "only of this centre: 99999"
*/
WITH told AS (
    SELECT
        c.centre_number,
        c.person_id,
        count(DISTINCT b.carrier) AS carriers,
        coalesce(string_agg(DISTINCT b.carrier, ' ' ORDER BY b.carrier), 'none') AS which
    FROM candidates AS c
    LEFT JOIN results_by_carrier AS b ON b.centre_number = c.centre_number AND b.person_id = c.person_id
    WHERE (:centre IS NULL OR c.centre_number = :centre)
    GROUP BY c.centre_number, c.person_id
)

SELECT centre_number, carriers, which, count(*) AS students
FROM told
GROUP BY centre_number, carriers, which
ORDER BY centre_number NULLS FIRST, carriers, which;
