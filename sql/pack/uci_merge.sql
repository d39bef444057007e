/*
summary = "Students with two UCIs, and UCIs that two students share."
title = "UCI merge"
to = "board"
takes = ["multiple_ucis", "shared_uci"]
how = ["phone: 01223 553998, Customer Support, quoting the references", "screen: Interchange > Post results > Missing and incomplete results"]
before = """
1. Look each student up in the school's own system: which UCI is the earlier, and whose is it?
2. One UCI on two students, twins perhaps: find or make the other student's own before asking."""
deadlines = []
reads = ["asked", "pack_until"]

[columns]
centre_number = "identifier: centre number"
candidate_number = "identifier: the candidate number the school gives; several are set apart by a space"
ocr_candidate_number = "identifier: the eight-digit number Cambridge OCR gives; several are set apart by a space"
uci = "identifier: unique candidate identifier; several are set apart by a space"
surname = "text: surname, as most files spell it"
forenames = "text: forenames, as most files spell them"
date_of_birth = "date: date of birth, as most files say"
other_candidate_number = "identifier: the other student's candidate number, where it is about two"
other_ocr_candidate_number = "identifier: the other student's OCR candidate number"
other_uci = "identifier: the other student's UCI"
board = "identifier: the awarding body's code in EDI"
request = "long: what is asked for"
expected = "long: what the centre expected"
issued = "long: what was issued, or is missing"
what = "long: the finding in one sentence"
evidence_file = "text: the file the evidence is in"
evidence_line = "number: its line"
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
    a.date_of_birth,
    a.other_candidate_number,
    a.other_ocr_candidate_number,
    a.other_uci,
    a.board,
    CASE a.code
        WHEN 'multiple_ucis' THEN 'Please merge these UCIs; the earliest is kept.'
        ELSE 'Please say which results were issued to which of these students.'
    END AS request,
    a.expected,
    a.issued,
    a.what,
    a.evidence_file,
    a.evidence_line,
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
