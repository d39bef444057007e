/*
summary = "Moderated units whose result is not the grade that the centre claimed."
title = "Wrong unit or grade claimed"
to = "board"
takes = ["claimed_grade_differs"]
how = ["screen: Interchange > Post results > Missing and incomplete results", "phone: 01223 553998, Customer Support, quoting the references"]
before = """
1. Read the moderator's report: a grade that the moderator changed is no query, take its row out.
2. Compare the claim on Interchange with the centre's own record; keep the rows where the claim was keyed wrong."""
deadlines = ["review of moderation"]
reads = ["asked", "claims", "pack_until"]

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
claimed_on = "date: the day of the latest claim at the grade expected"
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
WITH claimed AS (
    SELECT centre_number, person_id, unit_code, claimed_grade, max(claim_date) AS claimed_on
    FROM claims
    GROUP BY centre_number, person_id, unit_code, claimed_grade
)

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
    c.claimed_on,
    'Please correct the unit or grade of this claim.' AS request,
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
LEFT JOIN claimed AS c
    ON
        c.centre_number = a.centre_number AND c.person_id = a.person_id
        AND c.unit_code = a.unit_code AND c.claimed_grade = a.expected
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.qualification_code ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.candidate_number ASC NULLS FIRST,
    a.ocr_candidate_number ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
