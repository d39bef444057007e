/*
summary = "Results that two files tell differently, or that do not fit their own marks, scale or units, and files that came cut short."
title = "Results in question"
to = "board"
takes = ["grades_conflict", "marks_conflict", "grade_not_on_scale", "mark_above_maximum", "grade_boundary_differs:board", "special_consideration_differs", "component_total_differs", "award_grade_differs", "missing_from_interchange", "tracker_disagrees:board", "result_withdrawn", "file_truncated"]
rest_of = "board"
how = ["phone: 01223 553998, Customer Support, quoting the references", "screen: Interchange > Post results > Missing and incomplete results"]
before = """
1. Compare with Interchange, Cambridge Technicals, Results documents: what stands there today counts.
2. Give none of these results out until the awarding body has answered."""
deadlines = ["clerical check"]
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
until = "date: last day of a clerical check, which a wrong mark may need"
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
        WHEN 'file_truncated' THEN 'Please issue the file again: it came cut short.'
        WHEN 'result_withdrawn' THEN 'Please say why the result was withdrawn, and what stands instead.'
        WHEN 'missing_from_interchange' THEN 'Please say whether the result stands: it is not on Interchange.'
        WHEN 'award_grade_differs' THEN 'Please check the grade of the award against its units.'
        ELSE 'Please say which of these stands.'
    END AS request,
    a.expected,
    a.issued,
    a.what,
    a.evidence_file,
    a.evidence_line,
    a.evidence,
    a.noticed_on,
    CASE
        WHEN a.code IN ('marks_conflict', 'mark_above_maximum', 'grade_boundary_differs', 'component_total_differs') THEN u.until
    END AS until,
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
