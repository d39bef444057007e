/*
summary = "Pairs of groups that the step would bring together over several links."
makes = "people_within"
reads = ["people_joins", "{labels}", "{groups}", "people_identities"]
parameters = ["labels", "groups"]

[columns]
one = "BIGINT: the lesser group"
other = "BIGINT: the greater"
*/
-- A chain can bring two contradicted groups together though no single group stands between them.
WITH several AS (
    SELECT group_id
    FROM people_joins
    GROUP BY group_id
    HAVING count(*) > 1
),

chained AS (
    SELECT DISTINCT l.label
    FROM several AS s
    INNER JOIN {labels} AS l ON l.group_id = s.group_id
),

speakers AS (
    SELECT DISTINCT l.label, l.group_id
    FROM chained AS c
    INNER JOIN {labels} AS l ON l.label = c.label
    INNER JOIN {groups} AS g ON g.group_id = l.group_id
    INNER JOIN people_identities AS i ON i.identity = g.identity
    WHERE i.speaks = 1
)

SELECT a.group_id AS one, b.group_id AS other
FROM speakers AS a
INNER JOIN speakers AS b ON b.label = a.label AND a.group_id < b.group_id
