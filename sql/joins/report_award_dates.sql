/*
summary = "The windows in which the achievement report dates a person's result of an option in an annual series."
reads = ["placed_results", "person_lines", "award_windows"]
order = ["centre_number", "series", "person_id", "option_code", "window_from"]

[columns]
centre_number = "VARCHAR: the centre"
series = "VARCHAR: the annual series"
person_id = "VARCHAR: the person"
option_code = "VARCHAR: the option"
window_from = "DATE: first day of the window"
window_to = "DATE: last day of the window"
*/
SELECT DISTINCT
    r.centre_number,
    r.series,
    p.person_id,
    r.option_code,
    w.window_from,
    w.window_to
FROM placed_results AS r
INNER JOIN person_lines AS p ON p.file_id = r.file_id AND p.line = r.line AND p.centre_number = r.centre_number
INNER JOIN award_windows AS w
    ON w.board IS NOT DISTINCT FROM r.board AND w.series = r.series AND r.award_date BETWEEN w.window_from AND w.window_to
WHERE r.carrier = 'achievement'
