/*
summary = "Which person each mention is of, and the step that says so."
makes = "mention_people"
reads = ["people_mention_identities", "people_identities", "people_persons", "{groups}"]
parameters = ["groups"]
order = ["mention_id"]

[columns]
mention_id = "VARCHAR: a mention"
person_id = "VARCHAR: its person"
matched_by = "VARCHAR: ocr_candidate_number, uci, uci_12, uln, candidate_number, name_and_birth_date, name_unique or none"
*/
-- matched_by is the step that brought the mention together with the mention that carries the person's strongest
-- identifier. That one itself gets the strongest step that brought anything to it. Where all of a person's mentions
-- say exactly the same, it is the step of the strongest thing they say; a single mention has none.
WITH decided AS (
    SELECT
        m.mention_id,
        p.person_id,
        coalesce(
            g.joined_in,
            p.first_step,
            CASE WHEN count(*) OVER (PARTITION BY g.group_id) > 1 THEN
                CASE i.strongest_kind
                    WHEN 'ocr_candidate_number' THEN 1
                    WHEN 'uci' THEN 2
                    WHEN 'uci_12' THEN 2
                    WHEN 'uln' THEN 4
                    WHEN 'candidate_number' THEN 5
                    WHEN 'name' THEN
                        CASE
                            WHEN
                                i.surname_key IS NOT NULL
                                AND i.forename_key IS NOT NULL
                                AND i.date_of_birth IS NOT NULL
                                THEN 6
                            ELSE 7
                        END
                END
            END
        ) AS step
    FROM people_mention_identities AS m
    INNER JOIN people_identities AS i ON i.mention_id = m.first_mention_id
    INNER JOIN {groups} AS g ON g.identity = i.identity
    INNER JOIN people_persons AS p ON p.group_id = g.group_id
)

SELECT
    d.mention_id,
    d.person_id,
    CASE d.step
        WHEN 1 THEN 'ocr_candidate_number' WHEN 2 THEN 'uci' WHEN 3 THEN 'uci_12' WHEN 4 THEN 'uln'
        WHEN 5 THEN 'candidate_number' WHEN 6 THEN 'name_and_birth_date' WHEN 7 THEN 'name_unique'
        ELSE 'none'
    END AS matched_by
FROM decided AS d
ORDER BY d.mention_id ASC NULLS LAST
