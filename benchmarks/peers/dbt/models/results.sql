WITH texts AS (
    SELECT parse_filename(filename) AS file, string_split(content, chr(10)) AS lines
    FROM read_text('{{ env_var("PEERS_INBOX") }}/*.X*')
),

numbered AS (
    SELECT file, substr(lines[1], 7, 4) AS series, unnest(lines) AS raw, generate_subscripts(lines, 1) AS line
    FROM texts
)

SELECT
    file,
    CAST(line AS INTEGER) AS line,
    series,
    substr(raw, 3, 5) AS centre_number,
    substr(raw, 8, 4) AS candidate_number,
    nullif(trim(substr(raw, 12, 13)), '') AS uci,
    trim(substr(raw, 31, 6)) AS option_code,
    CASE WHEN substr(raw, 37, 1) = 'M' THEN TRY_CAST(trim(substr(raw, 38, 4)) AS DECIMAL(7, 2)) END AS mark,
    trim(CASE WHEN substr(raw, 37, 1) = 'M' THEN substr(raw, 42, 2) ELSE substr(raw, 38, 2) END, ' ' || chr(13)) AS grade
FROM numbered
WHERE raw LIKE 'R5%'
