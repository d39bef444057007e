/*
summary = "Pairs of groups that share a doubtful key and both say something of the person."
makes = "people_pairs"
reads = ["people_shared", "people_doubtful", "{groups}", "people_identities"]
parameters = ["groups"]

[columns]
one = "BIGINT: the lesser group"
other = "BIGINT: the greater"
*/
-- A group with neither name nor birth date contradicts nobody: hundreds of bare numbers make no pairs.
WITH speakers AS (
    SELECT DISTINCT s.join_key, s.group_id
    FROM people_shared AS s
    INNER JOIN people_doubtful AS d ON d.join_key = s.join_key
    INNER JOIN {groups} AS g ON g.group_id = s.group_id
    INNER JOIN people_identities AS i ON i.identity = g.identity
    WHERE i.speaks = 1
)

SELECT DISTINCT a.group_id AS one, b.group_id AS other
FROM speakers AS a
INNER JOIN speakers AS b ON b.join_key = a.join_key AND a.group_id < b.group_id
