WITH rows_read AS (
    SELECT *
    FROM read_csv('{{ env_var("PEERS_INBOX") }}/candidate_achievement_report.csv', all_varchar = true, filename = true)
)

SELECT
    parse_filename(filename) AS file,
    CAST(row_number() OVER () + 1 AS INTEGER) AS line,
    "Centre Number" AS centre_number,
    "Candidate Number" AS candidate_number,
    "OCR Candidate Number" AS ocr_candidate_number,
    "UCI" AS uci,
    "ULN" AS uln,
    "Surname" AS surname,
    "Forename(s)" AS forenames,
    CAST(strptime("Date of Birth", '%d/%m/%Y') AS DATE) AS date_of_birth,
    "Qualification Code" AS qualification_code,
    "Qualification Title" AS qualification_title,
    "Qualification Grade" AS qualification_grade,
    CAST(strptime("Qualification Award Date", '%d/%m/%Y') AS DATE) AS qualification_award_date,
    "Unit Code" AS unit_code,
    "Unit Title" AS unit_title,
    CAST("Unit GLH" AS INTEGER) AS unit_glh,
    "Unit Grade" AS unit_grade,
    "Unit Points" AS unit_points,
    "Unit Series" AS unit_series,
    CAST(strptime("Unit Award Date", '%d/%m/%Y') AS DATE) AS unit_award_date
FROM rows_read
