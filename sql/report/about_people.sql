/*
summary = "Which findings are about which people: one about two people is about both."
reads = ["shown_findings"]
makes = true
order = ["centre_number", "person_id", "fingerprint"]
*/
SELECT centre_number, person_id, fingerprint FROM shown_findings WHERE person_id IS NOT NULL
UNION
SELECT centre_number, other_person_id AS person_id, fingerprint FROM shown_findings WHERE other_person_id IS NOT NULL
