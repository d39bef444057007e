SELECT centre_number, candidate_number
FROM {{ ref('report') }}
GROUP BY centre_number, candidate_number
HAVING count(uci) = 0
