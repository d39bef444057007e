/*
summary = "Every discrepancy of this run, with the evidence to the line and who must act."
reads = ["fingerprinted", "roots", "candidates", "rule_texts", "file_names", "incoming_evidence", "incoming_rejects", "rejects", "results_by_carrier", "component_results", "finding_origins", "series_seen"]
publish = true
order = ["severity_rank", "code", "key", "fingerprint"]

[columns]
severity = "VARCHAR: error (act today), warning (look this week) or info"
code = "VARCHAR: the fault in words, the name of its rule"
key = "VARCHAR: what the finding is about, readable"
fingerprint = "VARCHAR: hash of code and key; the same finding keeps it from run to run"
root = "VARCHAR: the fingerprint of the finding this one follows from"
owner = "VARCHAR: who acts: centre, board or mis"
state = "VARCHAR: open, pending or waived"
change = "VARCHAR: new, continuing, changed or reopened, against the run before"
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
candidate_number = "VARCHAR: their candidate number; several are set apart by spaces"
ocr_candidate_number = "VARCHAR: their OCR candidate number"
uci = "VARCHAR: their UCI"
surname = "VARCHAR: surname"
forenames = "VARCHAR: forenames"
other_person_id = "VARCHAR: the other person, where it is about two"
subject = "VARCHAR: subject"
board = "VARCHAR: awarding body"
series = "VARCHAR: series"
qualification_code = "VARCHAR: qualification"
unit_code = "VARCHAR: unit"
option_code = "VARCHAR: the unit or option as EDI spells it"
expected = "VARCHAR: what was expected"
found = "VARCHAR: what was found"
cause = "VARCHAR: the cause, where the rule can tell"
message = "VARCHAR: one sentence, without a name or a UCI"
action = "VARCHAR: what to do"
confidence = "VARCHAR: how sure the figures behind it are"
due = "TIMESTAMP WITH TIME ZONE: when the answer is due"
file = "VARCHAR: name of the file of the evidence"
file_id = "VARCHAR: that file"
line = "INTEGER: its line"
evidence = "VARCHAR: the line as it came"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
severity_rank = "INTEGER: 1 error, 2 warning, 3 info"
*/
WITH evidence AS (
    SELECT file_id, line, max(raw) AS raw
    FROM (
        SELECT e.file_id, e.line, e.raw
        FROM incoming_evidence AS e
        WHERE EXISTS (SELECT 1 FROM fingerprinted AS f WHERE f.file_id = e.file_id AND f.line = e.line)
        UNION ALL
        SELECT r.file_id, r.line, r.raw
        FROM incoming_rejects AS r
        WHERE EXISTS (SELECT 1 FROM fingerprinted AS f WHERE f.file_id = r.file_id AND f.line = r.line)
    ) AS both_kinds
    GROUP BY file_id, line
),

embargoes AS (
    SELECT series, max(embargo_until) AS embargo_until
    FROM series_seen
    WHERE embargo_until IS NOT NULL
    GROUP BY series
),

-- the evidence is the line itself: whatever a finding is about, its line may hold a grade
line_embargoes AS (
    SELECT file_id, line, max(embargo_until) AS embargo_until
    FROM (
        SELECT file_id, line, embargo_until FROM results_by_carrier WHERE embargo_until IS NOT NULL
        UNION ALL
        SELECT file_id, line, embargo_until FROM component_results WHERE embargo_until IS NOT NULL
        UNION ALL
        SELECT file_id, line, embargo_until FROM rejects WHERE embargo_until IS NOT NULL
    ) AS restricted
    GROUP BY file_id, line
),

named AS (
    SELECT
        f.*,
        r.root,
        c.candidate_number,
        c.ocr_candidate_number,
        c.uci,
        c.surname,
        c.forenames,
        t.action,
        n.name AS file,
        e.raw AS evidence,
        greatest(f.embargo_until, b.embargo_until, s.embargo_until, l.embargo_until) AS held_until,
        o.change
    FROM fingerprinted AS f
    LEFT JOIN roots AS r ON r.fingerprint = f.fingerprint
    LEFT JOIN candidates AS c ON c.person_id = f.person_id AND c.centre_number = f.centre_number
    LEFT JOIN rule_texts AS t ON t.code = f.code
    LEFT JOIN file_names AS n ON n.file_id = f.file_id
    LEFT JOIN evidence AS e ON e.file_id = f.file_id AND e.line = f.line
    LEFT JOIN series_seen AS b ON b.board = f.board AND b.series = f.series
    LEFT JOIN embargoes AS s ON s.series = f.series AND b.series IS NULL
    LEFT JOIN line_embargoes AS l ON l.file_id = f.file_id AND l.line = f.line
    LEFT JOIN finding_origins AS o ON o.fingerprint = f.fingerprint
)

SELECT
    severity,
    code,
    key,
    fingerprint,
    root,
    owner,
    state,
    coalesce(change, 'new') AS change,
    centre_number,
    person_id,
    candidate_number,
    ocr_candidate_number,
    uci,
    surname,
    forenames,
    other_person_id,
    subject,
    board,
    series,
    qualification_code,
    unit_code,
    option_code,
    expected,
    found,
    cause,
    message,
    action,
    confidence,
    due,
    file,
    file_id,
    line,
    evidence,
    held_until AS embargo_until,
    CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END AS severity_rank
FROM named
