/*
summary = "Before the first step no join is refused."
makes = "people_refused_0"
reads = ["people_identities"]

[columns]
step = "VARCHAR: the step"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: where the key belongs to a year"
value = "VARCHAR: what the two share"
one = "BIGINT: an identity of the one group"
other = "BIGINT: an identity of the other"
*/
SELECT
    i.strongest_kind AS step,
    i.centre_number,
    i.academic_year,
    i.strongest_value AS value,
    i.identity AS one,
    i.identity AS other
FROM people_identities AS i
WHERE i.identity < 0
