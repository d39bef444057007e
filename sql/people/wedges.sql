/*
summary = "Pairs of groups with a common neighbour."
makes = "people_wedges"
reads = ["people_neighbours"]

[columns]
one = "BIGINT: the lesser group"
other = "BIGINT: the greater"
*/
SELECT DISTINCT a.neighbour AS one, b.neighbour AS other
FROM people_neighbours AS a
INNER JOIN people_neighbours AS b ON b.middle = a.middle AND a.neighbour < b.neighbour
