/*
summary = "A person's result of one unit in one series and window, carriers folded."
reads = ["folded_results"]
publish = true
order = ["centre_number", "person_id", "series", "unit_code", "option_code", "window_from", "board"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
unit_code = "VARCHAR: the unit"
option_code = "VARCHAR: the unit as EDI spells it"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: 2 or 3"
subject = "VARCHAR: subject"
is_technical = "BOOLEAN: Cambridge Technicals"
assessment = "VARCHAR: examined or moderated"
window_from = "DATE: the window of award dates"
window_to = "DATE: its last day"
grade = "VARCHAR: decoded"
raw_mark = "DECIMAL(7,2): before special consideration"
special_consideration_tariff = "DECIMAL(7,2): percent"
special_consideration_mark = "DECIMAL(7,2): marks added"
final_mark = "DECIMAL(7,2): the mark the grade rests on"
maximum_mark = "DECIMAL(7,2): highest mark there is"
is_absent = "BOOLEAN: absent"
partial_absence = "BOOLEAN: part was missed"
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
    unit_code,
    option_code,
    suite,
    level,
    subject,
    is_technical,
    assessment,
    window_from,
    window_to,
    grade,
    raw_mark,
    special_consideration_tariff,
    special_consideration_mark,
    mark AS final_mark,
    maximum_mark,
    is_absent,
    partial_absence,
    award_date,
    carriers,
    embargo_until,
    file_id,
    line
FROM folded_results
WHERE kind = 'unit'
