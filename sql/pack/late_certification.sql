/*
summary = "General qualifications with unit results and no certification entry."
title = "Late certification"
to = "board"
takes = ["certification_entry_missing"]
how = ["screen: Interchange > Post results > late certification; requests on paper are not accepted"]
before = """
1. Ask the teacher whether the student finishes this summer; if the course goes on, take the row out.
2. Look for the certification entry on Interchange first."""
deadlines = []
reads = ["asked", "pack_until"]

[columns]
centre_number = "identifier: centre number"
candidate_number = "identifier: the candidate number the school gives; several are set apart by a space"
ocr_candidate_number = "identifier: the eight-digit number Cambridge OCR gives; several are set apart by a space"
uci = "identifier: unique candidate identifier; several are set apart by a space"
surname = "text: surname, as most files spell it"
forenames = "text: forenames, as most files spell them"
board = "identifier: the awarding body's code in EDI"
qualification_code = "identifier: qualification, where it is about one"
option_code = "identifier: the unit or option as EDI and entries spell it"
series = "identifier: series, as in the names of the files: 6E26"
request = "long: what is asked for"
expected = "long: what the centre expected"
issued = "long: what was issued, or is missing"
what = "long: the finding in one sentence"
evidence_file = "text: the file the evidence is in"
evidence_line = "number: its line"
evidence = "long: that line as it came, where the file is the awarding body's own"
noticed_on = "date: the day the centre's files were judged by"
until = "date: last day, where the calendar here knows one"
restricted = "text: RESTRICTED, where candidates may not be told yet, and until when"
goes_with_it = "long: what follows from it and is settled with it"
code = "identifier: the code of the finding; resultsday explain CODE says more"
reference = "identifier: our reference, to be quoted in the answer"
layout = "text: whose layout this is"
*/
SELECT
    a.centre_number,
    a.candidate_number,
    a.ocr_candidate_number,
    a.uci,
    a.surname,
    a.forenames,
    a.board,
    a.qualification_code,
    a.option_code,
    a.series,
    'Please certificate late.' AS request,
    a.expected,
    a.issued,
    a.what,
    a.evidence_file,
    a.evidence_line,
    a.evidence,
    a.noticed_on,
    u.until,
    a.restricted,
    a.goes_with_it,
    a.code,
    a.reference,
    'ours: made by resultsday, not a form of the awarding body' AS layout
FROM asked AS a
CROSS JOIN pack_until AS u
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.qualification_code ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.candidate_number ASC NULLS FIRST,
    a.ocr_candidate_number ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
