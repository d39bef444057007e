/*
summary = "Keys that several groups hold, and who holds them."
makes = "people_shared"
reads = ["people_keys"]

[columns]
join_key = "VARCHAR: centre, year, form and value in one"
group_id = "BIGINT: a group that holds it"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: where the key belongs to a year"
value = "VARCHAR: what they share"
opens = "INTEGER: 1 where this side can make a join; a join needs one such side"
*/
WITH counted AS (
    SELECT
        k.*,
        count(*) OVER (PARTITION BY k.centre_number, k.academic_year, k.form, k.value) AS holders,
        max(k.opens) OVER (PARTITION BY k.centre_number, k.academic_year, k.form, k.value) AS any_opens
    FROM people_keys AS k
)

SELECT
    (c.centre_number || '|' || coalesce(c.academic_year, '') || '|' || c.form || '|' || c.value) AS join_key,
    c.group_id,
    c.centre_number,
    c.academic_year,
    c.value,
    c.opens
FROM counted AS c
WHERE c.holders > 1 AND c.any_opens = 1
