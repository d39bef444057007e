/*
summary = "Each mention and the first of those that say exactly the same of the same academic year."
makes = "people_mention_identities"
reads = ["mentions"]

[columns]
mention_id = "VARCHAR: a mention"
first_mention_id = "VARCHAR: the least mention_id among its equals; carriers do not count"
*/
SELECT
    m.mention_id,
    -- Several carriers repeat one identity word for word. Telling them apart would only multiply the work: nothing
    -- that a later step looks at could ever separate them.
    min(m.mention_id) OVER (
        PARTITION BY
            m.centre_number, m.academic_year, m.candidate_number, m.ocr_candidate_number, m.uci, m.uln,
            m.surname_key, m.surname_sorted, m.forename_key, m.forenames_key, m.name_truncated, m.date_of_birth
    ) AS first_mention_id
FROM mentions AS m
