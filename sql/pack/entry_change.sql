/*
summary = "Qualification entries that have to be changed before the award can follow."
title = "Entry change"
to = "board"
takes = ["wrong_level", "wrong_size", "qualification_entry_missing", "entry_in_wrong_series", "duplicate_entry"]
how = ["screen: Interchange > Cambridge Technicals > entries, annual series; never an amendment file", "screen, where the award is needed this summer: Interchange > Post results > Missing and incomplete results", "phone: 01223 553998, Customer Support, quoting the references"]
before = """
1. Ask the teacher which level and size is wanted, and write it into the column change_to.
2. What the centre can change on Interchange itself is changed there, and its row taken out.
3. Check the combination against the centre handbook before asking for another size."""
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
change_to = "text: to be filled in by the centre: the qualification that is right"
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
    CAST(NULL AS VARCHAR) AS change_to,
    CASE a.code
        WHEN 'wrong_level' THEN 'Please move the entry to the level given.'
        WHEN 'wrong_size' THEN 'Please move the entry to the size given.'
        WHEN 'qualification_entry_missing' THEN 'Please enter the student for the qualification given.'
        WHEN 'entry_in_wrong_series' THEN 'Please move the entry to the right series.'
        ELSE 'Please withdraw the entry that is too many.'
    END AS request,
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
