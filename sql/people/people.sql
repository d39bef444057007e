/*
summary = "The people of each centre and the strongest identifier that each goes by."
makes = "people"
reads = ["people_persons"]
order = ["centre_number", "person_id"]

[columns]
person_id = "VARCHAR: hash of the centre and the strongest identifier"
centre_number = "VARCHAR: the centre"
strongest_kind = "VARCHAR: ocr_candidate_number, uci, uci_12 (no check letter), uln, candidate_number, name or mention"
strongest_value = "VARCHAR: the least value of that kind; a candidate number with its academic year before it"
*/
SELECT p.person_id, p.centre_number, p.strongest_kind, p.strongest_value
FROM people_persons AS p
ORDER BY p.centre_number ASC NULLS FIRST, p.person_id ASC NULLS LAST
