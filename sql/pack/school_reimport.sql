/*
summary = "Results that are issued and are not in the school's own system, or not as they were issued."
title = "Import again"
to = "mis"
takes = ["missing_from_edi", "manual_change_overwritten", "result_against_other_element", "no_result_issued:mis", "pending_result:mis"]
rest_of = "mis"
how = ["by hand: the school's own system, import of results; the supplier's help desk where an import fails"]
before = """
1. Refresh the basedata before any import, and check the series you import into.
2. An import overwrites what was changed by hand: look at resultsday diff first."""
deadlines = []
reads = ["asked"]

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
expected = "long: what the centre expected"
issued = "long: what was issued, or is missing"
cause = "text: the cause, where it is known"
what = "long: the finding in one sentence"
action = "long: what to do, in steps"
evidence_file = "text: the file the evidence is in"
evidence_line = "number: its line"
noticed_on = "date: the day the centre's files were judged by"
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
    a.expected,
    a.issued,
    a.cause,
    a.what,
    a.action,
    a.evidence_file,
    a.evidence_line,
    a.noticed_on,
    a.goes_with_it,
    a.code,
    a.reference,
    'ours: made by resultsday' AS layout
FROM asked AS a
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.qualification_code ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.candidate_number ASC NULLS FIRST,
    a.ocr_candidate_number ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
