/*
summary = "How many results went up, down or otherwise, came or were withdrawn since the run compared with."
reads = ["result_moves"]
order = []
*/
SELECT
    count(*) AS results,
    count(*) FILTER (direction = 'up') AS up,
    count(*) FILTER (direction = 'down') AS down,
    count(*) FILTER (direction = 'other') AS other,
    count(*) FILTER (direction = 'new') AS new,
    count(*) FILTER (direction = 'withdrawn') AS withdrawn
FROM result_moves
