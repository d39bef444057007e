/*
summary = "What the centre itself has to do, the most urgent first."
title = "The centre's own to-do list"
to = "centre"
takes = []
rest_of = "centre"
how = ["by hand: in the exams office, row by row"]
before = """
1. Work from the top: errors today, warnings this week.
2. Where the column also_on names a sheet, decide here first and send the row there."""
deadlines = []
reads = ["asked", "asked_of_all"]

[columns]
severity = "severity: error, act today; warning, look this week"
centre_number = "identifier: centre number"
candidate_number = "identifier: the candidate number the school gives; several are set apart by a space"
ocr_candidate_number = "identifier: the eight-digit number Cambridge OCR gives; several are set apart by a space"
uci = "identifier: unique candidate identifier; several are set apart by a space"
surname = "text: surname, as most files spell it"
forenames = "text: forenames, as most files spell them"
board = "identifier: the awarding body's code in EDI"
subject = "text: subject"
qualification_code = "identifier: qualification, where it is about one"
unit_code = "identifier: unit, where it is about one"
option_code = "identifier: the unit or option as EDI and entries spell it"
series = "identifier: series, as in the names of the files: 6E26"
what = "long: the finding in one sentence"
expected = "long: what the centre expected"
issued = "long: what was issued, or is missing"
action = "long: what to do, in steps"
also_on = "text: the other sheets that have this row"
evidence_file = "text: the file the evidence is in"
evidence_line = "number: its line"
noticed_on = "date: the day the centre's files were judged by"
change = "text: new, continuing, changed or reopened, against the run before"
goes_with_it = "long: what follows from it and is settled with it"
code = "identifier: the code of the finding; resultsday explain CODE says more"
reference = "identifier: our reference, to be quoted in the answer"
layout = "text: whose layout this is"
*/
WITH others AS (
    SELECT reference, string_agg(DISTINCT request, ', ' ORDER BY request) AS also_on
    FROM asked_of_all
    WHERE may_go AND request <> 'centre_to_do'
    GROUP BY reference
)

SELECT
    a.severity,
    a.centre_number,
    a.candidate_number,
    a.ocr_candidate_number,
    a.uci,
    a.surname,
    a.forenames,
    a.board,
    a.subject,
    a.qualification_code,
    a.unit_code,
    a.option_code,
    a.series,
    a.what,
    a.expected,
    a.issued,
    a.action,
    o.also_on,
    a.evidence_file,
    a.evidence_line,
    a.noticed_on,
    a.change,
    a.goes_with_it,
    a.code,
    a.reference,
    'ours: made by resultsday' AS layout
FROM asked AS a
LEFT JOIN others AS o ON o.reference = a.reference
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.severity_rank ASC NULLS FIRST,
    a.code ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.qualification_code ASC NULLS FIRST,
    a.candidate_number ASC NULLS FIRST,
    a.ocr_candidate_number ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
