/*
summary = "Distinct identities, with only those identifiers that count, numbered so that the strongest come first."
makes = "people_identities"
reads = ["mentions", "people_mention_identities"]

[columns]
identity = "BIGINT: number; within a centre a stronger identifier has a smaller one"
centre_number = "VARCHAR: the centre"
academic_year = "VARCHAR: 2025-26"
candidate_number = "VARCHAR: NULL where the academic year it belongs to is not known"
ocr_candidate_number = "VARCHAR: eight digits"
uci = "VARCHAR: at least twelve characters, else NULL"
uln = "VARCHAR: only where its check digit is right and it is not the placeholder 9999999999"
surname_key = "VARCHAR: folded"
surname_sorted = "VARCHAR: folded, parts sorted"
forename_key = "VARCHAR: first forename, folded"
forenames_key = "VARCHAR: all forenames, folded"
name_truncated = "BOOLEAN: the name may be cut short"
date_of_birth = "DATE: birth date"
is_identified = "INTEGER: 1 where any identifier counts"
speaks = "INTEGER: 1 where it has a detail that another identity could contradict"
strongest_kind = "VARCHAR: ocr_candidate_number, uci, uci_12, uln, candidate_number, name or mention"
strongest_value = "VARCHAR: the value of that kind"
name_text = "VARCHAR: folded name and birth date; NULL without a name"
mention_id = "VARCHAR: the least mention that says this"
*/
WITH firsts AS (
    SELECT m.*
    FROM mentions AS m
    INNER JOIN people_mention_identities AS f ON f.mention_id = m.mention_id AND f.first_mention_id = m.mention_id
),

weighed AS (
    SELECT
        f.mention_id,
        10 * TRY_CAST(substr(f.uln, 1, 1) AS INTEGER) + 9 * TRY_CAST(substr(f.uln, 2, 1) AS INTEGER)
        + 8 * TRY_CAST(substr(f.uln, 3, 1) AS INTEGER) + 7 * TRY_CAST(substr(f.uln, 4, 1) AS INTEGER)
        + 6 * TRY_CAST(substr(f.uln, 5, 1) AS INTEGER) + 5 * TRY_CAST(substr(f.uln, 6, 1) AS INTEGER)
        + 4 * TRY_CAST(substr(f.uln, 7, 1) AS INTEGER) + 3 * TRY_CAST(substr(f.uln, 8, 1) AS INTEGER)
        + 2 * TRY_CAST(substr(f.uln, 9, 1) AS INTEGER) AS weighed_sum,
        TRY_CAST(substr(f.uln, 10, 1) AS INTEGER) AS check_digit
    FROM firsts AS f
    WHERE length(f.uln) = 10 AND f.uln <> '9999999999'
),

counted AS (
    SELECT
        f.mention_id,
        f.centre_number,
        f.academic_year,
        CASE WHEN f.academic_year IS NOT NULL THEN f.candidate_number END AS candidate_number,
        f.ocr_candidate_number,
        CASE WHEN length(f.uci) >= 12 THEN f.uci END AS uci,
        -- where nothing remains the check digit would be ten: such a number is never issued
        CASE WHEN w.check_digit = 10 - mod(w.weighed_sum, 11) THEN f.uln END AS uln,
        f.surname_key,
        f.surname_sorted,
        f.forename_key,
        f.forenames_key,
        coalesce(f.name_truncated, FALSE) AS name_truncated,
        f.date_of_birth,
        CASE
            WHEN f.surname_key IS NOT NULL OR f.forename_key IS NOT NULL
                THEN (coalesce(f.surname_key, '') || ' ' || coalesce(f.forenames_key, f.forename_key, '') || ' ' || coalesce(CAST(f.date_of_birth AS VARCHAR), ''))
        END AS name_text
    FROM firsts AS f
    LEFT JOIN weighed AS w ON w.mention_id = f.mention_id
),

ranked AS (
    SELECT
        c.*,
        CASE
            WHEN c.ocr_candidate_number IS NOT NULL THEN 1
            WHEN length(c.uci) > 12 THEN 2
            WHEN c.uci IS NOT NULL THEN 3
            WHEN c.uln IS NOT NULL THEN 4
            WHEN c.candidate_number IS NOT NULL THEN 5
            WHEN c.name_text IS NOT NULL THEN 6
            ELSE 7
        END AS kind_rank
    FROM counted AS c
),

named AS (
    SELECT
        r.*,
        CASE r.kind_rank
            WHEN 1 THEN 'ocr_candidate_number' WHEN 2 THEN 'uci' WHEN 3 THEN 'uci_12' WHEN 4 THEN 'uln'
            WHEN 5 THEN 'candidate_number' WHEN 6 THEN 'name' ELSE 'mention'
        END AS strongest_kind,
        CASE r.kind_rank
            WHEN 1 THEN r.ocr_candidate_number WHEN 2 THEN r.uci WHEN 3 THEN r.uci WHEN 4 THEN r.uln
            WHEN 5 THEN (r.academic_year || ' ' || r.candidate_number)
            WHEN 6 THEN r.name_text ELSE r.mention_id
        END AS strongest_value
    FROM ranked AS r
)

SELECT
    row_number() OVER (
        ORDER BY
            n.centre_number ASC NULLS FIRST, n.kind_rank ASC NULLS LAST, n.strongest_value ASC NULLS LAST,
            n.mention_id ASC NULLS LAST
    ) AS identity,
    n.centre_number,
    n.academic_year,
    n.candidate_number,
    n.ocr_candidate_number,
    n.uci,
    n.uln,
    n.surname_key,
    n.surname_sorted,
    n.forename_key,
    n.forenames_key,
    n.name_truncated,
    n.date_of_birth,
    CASE WHEN n.kind_rank <= 5 THEN 1 ELSE 0 END AS is_identified,
    -- a differing OCR number contradicts only together with a forename, so it is no voice of its own
    CASE WHEN n.name_text IS NOT NULL OR n.date_of_birth IS NOT NULL THEN 1 ELSE 0 END AS speaks,
    n.strongest_kind,
    n.strongest_value,
    n.name_text,
    n.mention_id
FROM named AS n
