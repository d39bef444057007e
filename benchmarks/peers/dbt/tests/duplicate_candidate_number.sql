SELECT centre_number, candidate_number
FROM {{ ref('report') }}
GROUP BY centre_number, candidate_number
HAVING count(DISTINCT ocr_candidate_number) > 1
