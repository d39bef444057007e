/*
summary = "Students with more than one record at the awarding body, and records that two students share."
title = "Duplicate record"
to = "board"
takes = ["duplicate_candidate_number", "possible_duplicate_person", "shared_candidate_number"]
how = ["phone: 01223 553998, Customer Support, quoting the references", "screen: Interchange > Post results > Missing and incomplete results"]
before = """
1. Two students who may be one (possible_duplicate_person): compare them in the school's own system first. Brothers, sisters and namesakes are two people: take their row out, and waive the finding.
2. A number that two students share: settle whose it is before anything is asked.
3. Ask which number is kept, and put it into the school's own system and the claims."""
deadlines = []
board_if_unknown = "72"
reads = ["asked", "results_by_carrier", "pack_until"]

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
units_under_each = "long: the units with a result under each OCR candidate number"
request = "long: what is asked for"
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
WITH mentioned AS (
    SELECT DISTINCT a.reference, r.ocr_candidate_number, r.unit_code
    FROM asked AS a
    INNER JOIN results_by_carrier AS r
        ON r.centre_number = a.centre_number AND (r.person_id = a.person_id OR r.person_id = a.other_person_id)
    WHERE
        r.ocr_candidate_number IS NOT NULL AND r.unit_code IS NOT NULL
        AND coalesce(r.embargo_until <= CAST(:moment AS TIMESTAMP WITH TIME ZONE), TRUE)
),

numbers AS (
    SELECT
        reference,
        (ocr_candidate_number || ': ' || string_agg(unit_code, ' ' ORDER BY unit_code)) AS units
    FROM mentioned
    GROUP BY reference, ocr_candidate_number
),

under_each AS (
    SELECT reference, string_agg(units, '; ' ORDER BY units) AS units_under_each
    FROM numbers
    GROUP BY reference
)

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
    n.units_under_each,
    CASE a.code
        WHEN 'duplicate_candidate_number' THEN 'Please merge these records into one, and say which number is kept.'
        WHEN 'possible_duplicate_person' THEN 'Please say whether these are two records of one student, and merge them if so.'
        ELSE 'Please say which results were issued to which of these students.'
    END AS request,
    CASE WHEN a.code = 'possible_duplicate_person' THEN a.cause ELSE a.issued END AS issued,
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
LEFT JOIN under_each AS n ON n.reference = a.reference
ORDER BY
    a.centre_number ASC NULLS FIRST,
    a.board ASC NULLS FIRST,
    a.unit_code ASC NULLS FIRST,
    a.qualification_code ASC NULLS FIRST,
    a.series ASC NULLS FIRST,
    a.candidate_number ASC NULLS FIRST,
    a.ocr_candidate_number ASC NULLS FIRST,
    a.reference ASC NULLS FIRST;
