/*
summary = "Pairs of forenames that one person may go by, in both directions."
makes = "people_known_forenames"
reads = ["known_as"]

[columns]
one = "VARCHAR: a folded forename"
other = "VARCHAR: another that may be the same person's"
*/
SELECT k.name AS one, k.known_as AS other
FROM known_as AS k
UNION
SELECT k.known_as AS one, k.name AS other
FROM known_as AS k
UNION
-- two short forms of one name: neither is the other's, yet both are the same person's
SELECT a.known_as AS one, b.known_as AS other
FROM known_as AS a
INNER JOIN known_as AS b ON b.name = a.name
