/*
summary = "Shared keys that could hold a contradiction, since their groups give more than one value of a detail."
makes = "people_doubtful"
reads = ["people_shared", "{groups}", "people_identities"]
parameters = ["groups", "strict", "same_forename"]

[columns]
join_key = "VARCHAR: the key"
*/
-- Most keys are held by groups that spell everything alike: one pass finds them clean, without comparing pairs.
SELECT s.join_key
FROM people_shared AS s
INNER JOIN {groups} AS g ON g.group_id = s.group_id
INNER JOIN people_identities AS i ON i.identity = g.identity
GROUP BY s.join_key
HAVING
    min(i.date_of_birth) < max(i.date_of_birth)
    OR (min(i.forename_key) < max(i.forename_key) AND min(i.ocr_candidate_number) < max(i.ocr_candidate_number))
    OR ({strict} AND min(i.surname_key) < max(i.surname_key))
    OR ({same_forename} AND min(i.forename_key) < max(i.forename_key))
