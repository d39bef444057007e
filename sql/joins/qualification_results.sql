/*
summary = "A person's award of one qualification in one series and window, carriers folded."
reads = ["folded_results"]
publish = true
order = ["centre_number", "person_id", "series", "qualification_code", "option_code", "window_from", "board"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
qualification_code = "VARCHAR: the qualification"
option_code = "VARCHAR: the option as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
is_technical = "BOOLEAN: Cambridge Technicals"
window_from = "DATE: the window of award dates"
window_to = "DATE: its last day"
grade = "VARCHAR: decoded"
mark = "DECIMAL(7,2): total mark"
maximum_mark = "DECIMAL(7,2): highest mark there is"
award_date = "DATE: day of the award"
carriers = "VARCHAR: who states it, sorted, set apart by spaces"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
file_id = "VARCHAR: the file of the strongest statement"
line = "INTEGER: its line"
*/
SELECT
    centre_number,
    person_id,
    board,
    series,
    qualification_code,
    option_code,
    suite,
    level,
    subject,
    is_technical,
    window_from,
    window_to,
    grade,
    mark,
    maximum_mark,
    award_date,
    carriers,
    embargo_until,
    file_id,
    line
FROM folded_results
WHERE kind = 'qualification'
