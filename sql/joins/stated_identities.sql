/*
summary = "The identity that each line gives, with the academic year its candidate number belongs to."
reads = ["incoming_results", "incoming_components", "incoming_entries", "incoming_claims", "incoming_tracker", "file_facts", "file_series", "centres", "run"]
order = ["file_id", "line", "centre_number"]

[columns]
file_id = "VARCHAR: the file"
line = "INTEGER: the line"
mention_id = "VARCHAR: hash of centre, academic year, carrier and everything the line says of the person"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: 2025-26: of the series in EDI and XML, of the report elsewhere"
carrier = "VARCHAR: who says it"
candidate_number = "VARCHAR: four digits"
ocr_candidate_number = "VARCHAR: eight digits"
uci = "VARCHAR: as sent"
uln = "VARCHAR: as sent"
surname = "VARCHAR: as sent"
forenames = "VARCHAR: as sent"
date_of_birth = "DATE: birth date"
surname_key = "VARCHAR: folded"
surname_sorted = "VARCHAR: folded, parts sorted"
forename_key = "VARCHAR: first forename, folded"
forenames_key = "VARCHAR: all forenames, folded"
name_truncated = "BOOLEAN: the name may be cut short at 40 characters"
*/
WITH lines AS (
    SELECT file_id, line, series_as_sent, centre_number, candidate_number, ocr_candidate_number, uci, uln, surname, forenames, date_of_birth, surname_key, surname_sorted, forename_key, forenames_key, name_truncated
    FROM incoming_results
    UNION ALL
    SELECT file_id, line, series_as_sent, centre_number, candidate_number, ocr_candidate_number, uci, uln, surname, forenames, date_of_birth, surname_key, surname_sorted, forename_key, forenames_key, name_truncated
    FROM incoming_components
    UNION ALL
    SELECT file_id, line, series_as_sent, centre_number, candidate_number, ocr_candidate_number, uci, uln, surname, forenames, date_of_birth, surname_key, surname_sorted, forename_key, forenames_key, name_truncated
    FROM incoming_entries
    UNION ALL
    SELECT file_id, line, NULL AS series_as_sent, centre_number, candidate_number, ocr_candidate_number, uci, uln, surname, forenames, date_of_birth, surname_key, surname_sorted, forename_key, forenames_key, name_truncated
    FROM incoming_claims
    UNION ALL
    SELECT file_id, line, NULL AS series_as_sent, centre_number, candidate_number, ocr_candidate_number, uci, uln, surname, forenames, date_of_birth, surname_key, surname_sorted, forename_key, forenames_key, name_truncated
    FROM incoming_tracker
),

-- one line gives one identity, whatever number of options or awards it carries: where one ties with another they are equal
single AS (
    SELECT l.*, row_number() OVER (PARTITION BY l.file_id, l.line, l.centre_number ORDER BY l.series_as_sent ASC NULLS LAST) AS rank
    FROM lines AS l
),

dated AS (
    SELECT
        l.*,
        f.carrier,
        coalesce(s.season, f.season, r.season) AS academic_year
    FROM single AS l
    INNER JOIN file_facts AS f ON f.file_id = l.file_id AND f.is_used
    INNER JOIN centres AS c ON c.centre_number = l.centre_number
    CROSS JOIN run AS r
    LEFT JOIN file_series AS s
        ON
            s.file_id = l.file_id
            AND s.centre_number = l.centre_number
            AND s.series_as_sent IS NOT DISTINCT FROM l.series_as_sent
    WHERE l.rank = 1
)

SELECT
    file_id,
    line,
    md5((centre_number || '|' || academic_year || '|' || carrier || '|' || coalesce(candidate_number, '') || '|' || coalesce(ocr_candidate_number, '') || '|' || coalesce(uci, '') || '|' || coalesce(uln, '') || '|' || coalesce(surname, '') || '|' || coalesce(forenames, '') || '|' || coalesce(CAST(date_of_birth AS VARCHAR), ''))) AS mention_id,
    centre_number,
    academic_year,
    carrier,
    candidate_number,
    ocr_candidate_number,
    uci,
    uln,
    surname,
    forenames,
    date_of_birth,
    surname_key,
    surname_sorted,
    forename_key,
    forenames_key,
    coalesce(name_truncated, FALSE) AS name_truncated
FROM dated
