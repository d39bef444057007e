/*
summary = "Results that are due and that the awarding body has not issued, or not completed."
title = "Missing and incomplete results"
to = "board"
takes = ["entry_without_result:board", "claim_without_result", "award_missing", "claim_stuck:board", "no_result_issued:centre", "pending_result:board"]
how = ["screen: Interchange > Post results > Missing and incomplete results", "phone: 01223 553998, Customer Support, quoting the references", "e-mail, a claim on Result pending for over 24 hours: vqprocessing@ocr.org.uk"]
before = """
1. Look each student up on Interchange, Cambridge Technicals, Results documents: the result may have been issued since the file was made.
2. Take out those who were absent, and those whose unit was never claimed.
3. A student with a place at stake goes first."""
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
unit_code = "identifier: unit, where it is about one"
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
due = "text: when the result was due, London time"
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
    a.unit_code,
    a.option_code,
    a.series,
    CASE a.code
        WHEN 'award_missing' THEN 'Please issue the qualification award, or say which unit it lacks.'
        WHEN 'claim_without_result' THEN 'Please issue the result of the claim, or say what became of it.'
        WHEN 'claim_stuck' THEN 'Please say why the claim has not moved on.'
        WHEN 'no_result_issued' THEN 'Please say why no result is issued, and what is needed for one.'
        WHEN 'pending_result' THEN 'Please say when the result comes.'
        ELSE 'Please issue the result, or say why there is none.'
    END AS request,
    a.expected,
    a.issued,
    a.what,
    a.evidence_file,
    a.evidence_line,
    a.evidence,
    a.noticed_on,
    a.due,
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
