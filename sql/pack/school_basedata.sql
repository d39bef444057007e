/*
summary = "Series and options whose basedata the school's own system lacks."
title = "Basedata"
to = "mis"
takes = ["element_not_in_basedata", "basedata_missing"]
how = ["by hand: the school's own system, import of basedata; download it from the awarding body or A2C first"]
before = """
1. Refresh the basedata before anything else, all of it: every unit and every qualification.
2. Import the results again afterwards."""
deadlines = []
reads = ["asked"]

[columns]
centre_number = "identifier: centre number"
board = "identifier: the awarding body's code in EDI"
series = "identifier: series, as in the names of the files: 6E26"
option_code = "identifier: the unit or option as EDI and entries spell it"
expected = "long: what the basedata should have"
issued = "long: what was issued, or is missing"
what = "long: the finding in one sentence"
action = "long: what to do, in steps"
evidence_file = "text: the file the evidence is in"
evidence_line = "number: its line"
noticed_on = "date: the day the centre's files were judged by"
code = "identifier: the code of the finding; resultsday explain CODE says more"
reference = "identifier: our reference, to be quoted in the answer"
layout = "text: whose layout this is"
*/
SELECT
    a.centre_number,
    a.board,
    a.series,
    a.option_code,
    a.expected,
    a.issued,
    a.what,
    a.action,
    a.evidence_file,
    a.evidence_line,
    a.noticed_on,
    a.code,
    a.reference,
    'ours: made by resultsday' AS layout
FROM asked AS a
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.option_code ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
