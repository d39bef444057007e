/*
summary = "Before the first step every identity is a group by itself."
makes = "people_groups_0"
reads = ["people_identities"]

[columns]
identity = "BIGINT: an identity"
group_id = "BIGINT: its group, which is always the least identity in it: the one with the strongest identifier"
joined_in = "INTEGER: number of the step in which it came to that group; NULL for the group's own"
*/
SELECT i.identity, i.identity AS group_id, CAST(NULL AS INTEGER) AS joined_in
FROM people_identities AS i
