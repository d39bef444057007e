/*
summary = "Keys of the step uci_12: the first twelve characters of a UCI, where one side lacks the check letter."
makes = "people_keys"
reads = ["{groups}", "people_identities"]
parameters = ["groups"]

[columns]
group_id = "BIGINT: a group as it stood before the step"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: always NULL: the number is for life"
form = "VARCHAR: always blank: the value has one form"
value = "VARCHAR: what the groups may share"
opens = "INTEGER: 1 where the group gives it without the letter; two groups that both give a letter join nothing here"
*/
SELECT
    g.group_id,
    i.centre_number,
    CAST(NULL AS VARCHAR) AS academic_year,
    '' AS form,
    substr(i.uci, 1, 12) AS value,
    max(CASE WHEN length(i.uci) = 12 THEN 1 ELSE 0 END) AS opens
FROM {groups} AS g
INNER JOIN people_identities AS i ON i.identity = g.identity
WHERE length(i.uci) IN (12, 13)
GROUP BY g.group_id, i.centre_number, substr(i.uci, 1, 12)
