/*
summary = "No group at all: stands for the groups that wait, in a step where none can."
makes = "people_nobody"
reads = ["people_identities"]

[columns]
group_id = "BIGINT: a group"
*/
SELECT i.identity AS group_id
FROM people_identities AS i
WHERE i.identity < 0
