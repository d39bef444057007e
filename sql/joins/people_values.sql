/*
summary = "Every value of an identifier or a detail seen for a person, and where it is first seen."
reads = ["stated_identities", "mentions", "mention_people"]
order = ["person_id", "identifier", "value", "academic_year", "carrier"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
identifier = "VARCHAR: candidate_number, ocr_candidate_number, uci, uln, surname, forenames or date_of_birth"
value = "VARCHAR: its value"
academic_year = "VARCHAR: of a candidate number, the year it belongs to"
carrier = "VARCHAR: who says it"
matched_by = "VARCHAR: the step that joined the statement to the person"
file_id = "VARCHAR: the file where it is first seen"
line = "INTEGER: the line there"
lines = "INTEGER: lines that say it"
*/
-- what is said alike on many lines is one mention, whose first line is known: the lines need only be counted
WITH counted AS (
    SELECT mention_id, count(*) AS lines
    FROM stated_identities
    GROUP BY mention_id
),

stated AS (
    SELECT i.*, c.lines, m.person_id, m.matched_by
    FROM mentions AS i
    INNER JOIN counted AS c ON c.mention_id = i.mention_id
    INNER JOIN mention_people AS m ON m.mention_id = i.mention_id
),

listed AS (
    SELECT person_id, centre_number, 'candidate_number' AS identifier, candidate_number AS value, academic_year, carrier, matched_by, file_id, line, lines FROM stated
    UNION ALL
    SELECT person_id, centre_number, 'ocr_candidate_number', ocr_candidate_number, NULL, carrier, matched_by, file_id, line, lines FROM stated
    UNION ALL
    SELECT person_id, centre_number, 'uci', uci, NULL, carrier, matched_by, file_id, line, lines FROM stated
    UNION ALL
    SELECT person_id, centre_number, 'uln', uln, NULL, carrier, matched_by, file_id, line, lines FROM stated
    UNION ALL
    SELECT person_id, centre_number, 'surname', surname, NULL, carrier, matched_by, file_id, line, lines FROM stated
    UNION ALL
    SELECT person_id, centre_number, 'forenames', forenames, NULL, carrier, matched_by, file_id, line, lines FROM stated
    UNION ALL
    SELECT person_id, centre_number, 'date_of_birth', CAST(date_of_birth AS VARCHAR), NULL, carrier, matched_by, file_id, line, lines FROM stated
),

ranked AS (
    SELECT
        l.*,
        row_number() OVER (
            PARTITION BY l.person_id, l.identifier, l.value, l.academic_year, l.carrier
            ORDER BY l.file_id ASC NULLS LAST, l.line ASC NULLS LAST
        ) AS rank,
        sum(l.lines) OVER (PARTITION BY l.person_id, l.identifier, l.value, l.academic_year, l.carrier) AS all_lines
    FROM listed AS l
    WHERE l.value IS NOT NULL
)

SELECT
    centre_number,
    person_id,
    identifier,
    value,
    academic_year,
    carrier,
    matched_by,
    file_id,
    line,
    CAST(all_lines AS INTEGER) AS lines
FROM ranked
WHERE rank = 1
