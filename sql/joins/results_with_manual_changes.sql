/*
summary = "Every result as the boards state it, and beside it what was changed by hand in the school's own system."
reads = ["folded_results", "manual_changes"]
publish = true
order = ["centre_number", "person_id", "series", "kind", "option_code", "window_from", "board", "is_by_hand"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body"
series = "VARCHAR: the series"
kind = "VARCHAR: unit or qualification"
qualification_code = "VARCHAR: of an award"
unit_code = "VARCHAR: of a unit"
option_code = "VARCHAR: as EDI spells it"
window_from = "DATE: the window of award dates"
board_grade = "VARCHAR: what the boards say, carriers folded; nothing by hand is ever here"
board_mark = "DECIMAL(7,2): likewise the mark"
manual_grade = "VARCHAR: the grade by hand"
manual_mark = "DECIMAL(7,2): the mark by hand"
is_by_hand = "BOOLEAN: somebody changed it by hand"
school_grade = "VARCHAR: what the school's own system is to show: the grade by hand where there is one, else the board's"
school_mark = "DECIMAL(7,2): likewise the mark"
changed_by = "VARCHAR: who changed it"
changed_on = "DATE: when"
change_state = "VARCHAR: how the files stand to the change, as in manual_changes; the worse of two"
embargo_until = "TIMESTAMP WITH TIME ZONE: candidates may not be told before"
*/
WITH ranked AS (
    SELECT
        m.*,
        CASE m.state
            WHEN 'contradicted' THEN 1 WHEN 'undated' THEN 2 WHEN 'older' THEN 3 WHEN 'no_result' THEN 4 WHEN 'stands' THEN 5 ELSE 6
        END AS rank
    FROM manual_changes AS m
    WHERE m.state IN ('contradicted', 'undated', 'older', 'no_result', 'stands', 'agrees')
),

placed AS (
    SELECT
        r.*,
        row_number() OVER (
            PARTITION BY r.centre_number, r.person_id, r.board, r.series, r.kind, r.option_code, r.window_from
            ORDER BY r.changed_on DESC NULLS LAST, r.given_line DESC NULLS LAST
        ) AS place
    FROM ranked AS r
),

-- a grade and a mark of one result may both have been changed
by_hand AS (
    SELECT
        centre_number,
        person_id,
        board,
        series,
        kind,
        option_code,
        window_from,
        max(qualification_code) AS qualification_code,
        max(unit_code) AS unit_code,
        max(CASE WHEN field = 'grade' THEN value END) AS grade,
        max(CASE WHEN field = 'mark' THEN CAST(value AS DECIMAL(7, 2)) END) AS mark,
        max(CASE WHEN place = 1 THEN changed_by END) AS changed_by,
        max(changed_on) AS changed_on,
        min(rank) AS rank,
        max(embargo_until) AS embargo_until
    FROM placed
    GROUP BY centre_number, person_id, board, series, kind, option_code, window_from
),

overlaid AS (
    SELECT
        coalesce(f.centre_number, h.centre_number) AS centre_number,
        coalesce(f.person_id, h.person_id) AS person_id,
        coalesce(f.board, h.board) AS board,
        coalesce(f.series, h.series) AS series,
        coalesce(f.kind, h.kind) AS kind,
        coalesce(f.qualification_code, h.qualification_code) AS qualification_code,
        coalesce(f.unit_code, h.unit_code) AS unit_code,
        coalesce(f.option_code, h.option_code) AS option_code,
        coalesce(f.window_from, h.window_from) AS window_from,
        f.grade AS board_grade,
        f.mark AS board_mark,
        h.grade AS manual_grade,
        h.mark AS manual_mark,
        h.person_id IS NOT NULL AS is_by_hand,
        h.changed_by,
        h.changed_on,
        h.rank,
        CASE WHEN f.person_id IS NOT NULL THEN f.embargo_until ELSE h.embargo_until END AS embargo_until
    FROM folded_results AS f
    FULL OUTER JOIN by_hand AS h
        ON
            h.centre_number = f.centre_number AND h.person_id = f.person_id AND h.kind = f.kind AND h.option_code = f.option_code
            AND coalesce(h.series, '') = coalesce(f.series, '') AND coalesce(h.board, '') = coalesce(f.board, '')
            AND coalesce(CAST(h.window_from AS VARCHAR), '') = coalesce(CAST(f.window_from AS VARCHAR), '')
)

SELECT
    centre_number,
    person_id,
    board,
    series,
    kind,
    qualification_code,
    unit_code,
    option_code,
    window_from,
    board_grade,
    board_mark,
    manual_grade,
    manual_mark,
    is_by_hand,
    coalesce(manual_grade, board_grade) AS school_grade,
    coalesce(manual_mark, board_mark) AS school_mark,
    changed_by,
    changed_on,
    CASE rank
        WHEN 1 THEN 'contradicted' WHEN 2 THEN 'undated' WHEN 3 THEN 'older' WHEN 4 THEN 'no_result' WHEN 5 THEN 'stands' WHEN 6 THEN 'agrees'
    END AS change_state,
    embargo_until
FROM overlaid
