/*
summary = "Every finding, a sheet a code: what to do, what is wrong, and where it stands in which file."
title = "Findings"
place = 4
frozen = 3
sheet_by = "code"
hides_empty = true
reads = ["shown_findings"]
order = ["code_rank", "code_findings", "code", "severity_rank", "root", "state", "centre_number", "key", "fingerprint"]

[columns]
severity = "severity: Severity"
surname = "text: Surname"
forenames = "text: Forenames"
candidate_number = "identifier: Candidate no."
ocr_candidate_number = "identifier: OCR candidate no."
uci = "identifier: UCI"
message = "long: What is wrong"
series = "identifier: Series"
qualification_code = "identifier: Qualification"
unit_code = "identifier: Unit"
option_code = "identifier: Option"
expected = "text: Expected"
found = "text: Found"
cause = "text: Why"
follows_from = "text: Follows from"
owner = "text: Who acts"
due = "moment: Due"
state = "text: State"
change = "text: Since the last run"
file = "text: File"
line = "number: Line"
evidence = "long: What the line says"
centre_number = "identifier: Centre"
restricted = "restricted: May be told"
key = "text: Key"
*/
WITH ranked AS (
    SELECT code, min(severity_rank) AS severity_rank, count(*) AS findings
    FROM shown_findings
    WHERE :centre = '' OR centre_number = :centre
    GROUP BY code
)

SELECT
    f.code,
    f.severity,
    f.surname,
    f.forenames,
    f.candidate_number,
    f.ocr_candidate_number,
    f.uci,
    f.message,
    f.series,
    f.qualification_code,
    f.unit_code,
    f.option_code,
    f.expected,
    f.found,
    f.cause,
    r.code || ': ' || r.key AS follows_from,
    CASE f.owner WHEN 'board' THEN 'Ring the board' WHEN 'centre' THEN 'Centre' ELSE 'MIS' END AS owner,
    f.due,
    f.state,
    f.change,
    f.file,
    f.line,
    f.evidence,
    f.centre_number,
    f.restricted_until AS restricted,
    f.key
FROM shown_findings AS f
INNER JOIN ranked AS k ON k.code = f.code
LEFT JOIN shown_findings AS r ON r.fingerprint = f.root
WHERE :centre = '' OR f.centre_number = :centre
ORDER BY
    k.severity_rank,
    k.findings DESC,
    f.code,
    f.severity_rank,
    f.root IS NOT NULL,
    CASE f.state WHEN 'open' THEN 1 WHEN 'pending' THEN 2 ELSE 3 END,
    f.centre_number NULLS FIRST,
    f.key,
    f.fingerprint
