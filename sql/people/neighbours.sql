/*
summary = "Whom a group that is in several links would be joined to directly."
makes = "people_neighbours"
reads = ["people_links", "{groups}", "people_identities"]
parameters = ["groups"]

[columns]
middle = "BIGINT: the group in several links"
neighbour = "BIGINT: a group beside it that says something of the person"
*/
-- A group in one link only stands among groups that were compared already: it can bridge nothing.
WITH several AS (
    SELECT group_id
    FROM people_links
    GROUP BY group_id
    HAVING count(*) > 1
),

beside AS (
    SELECT DISTINCT l.group_id AS middle, n.group_id AS neighbour
    FROM several AS s
    INNER JOIN people_links AS l ON l.group_id = s.group_id
    INNER JOIN people_links AS n ON n.link = l.link AND n.group_id <> l.group_id
    WHERE greatest(l.opens, n.opens) = 1
)

SELECT DISTINCT b.middle, b.neighbour
FROM beside AS b
INNER JOIN {groups} AS g ON g.group_id = b.neighbour
INNER JOIN people_identities AS i ON i.identity = g.identity
WHERE i.speaks = 1
