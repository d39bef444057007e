/*
summary = "The results that are not what they were: up and down first, then withdrawn, otherwise and new."
reads = ["result_moves"]
order = ["place"]
*/
SELECT *
FROM result_moves
WHERE place <= :most_rows
ORDER BY place
