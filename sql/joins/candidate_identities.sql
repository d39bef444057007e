/*
summary = "Every identifier seen for a person."
reads = ["people_values"]
publish = true
order = ["centre_number", "person_id", "identifier", "value", "academic_year", "carrier"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
identifier = "VARCHAR: candidate_number, ocr_candidate_number, uci or uln"
value = "VARCHAR: its value"
academic_year = "VARCHAR: of a candidate number, the year it belongs to"
carrier = "VARCHAR: who says it"
file_id = "VARCHAR: the file where it is first seen"
line = "INTEGER: the line there"
matched_by = "VARCHAR: the step that joined that line to the person; none where it stands alone"
*/
SELECT centre_number, person_id, identifier, value, academic_year, carrier, file_id, line, matched_by
FROM people_values
WHERE identifier IN ('candidate_number', 'ocr_candidate_number', 'uci', 'uln')
