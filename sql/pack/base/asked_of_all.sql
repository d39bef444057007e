/*
summary = "Each finding that is sent, once for every request type that takes it up, with whom it goes to and what may be told there."
reads = ["discrepancies", "pack_takes", "candidates", "files", "unit_results", "qualification_results", "entries"]

[columns]
request = "VARCHAR: the request type"
may_go = "BOOLEAN: false of a result under embargo that this recipient may not be told"
person_id = "VARCHAR: the student"
other_person_id = "VARCHAR: the other student, where it is about two"
centre_number = "VARCHAR: centre"
board = "VARCHAR: awarding body it concerns"
candidate_number = "VARCHAR: candidate number"
ocr_candidate_number = "VARCHAR: OCR candidate number"
uci = "VARCHAR: UCI"
uln = "VARCHAR: ULN"
surname = "VARCHAR: surname"
forenames = "VARCHAR: forenames"
date_of_birth = "DATE: date of birth"
other_candidate_number = "VARCHAR: the other student's candidate number"
other_ocr_candidate_number = "VARCHAR: the other student's OCR candidate number"
other_uci = "VARCHAR: the other student's UCI"
subject = "VARCHAR: subject"
qualification_code = "VARCHAR: qualification"
unit_code = "VARCHAR: unit"
option_code = "VARCHAR: the unit or option as EDI spells it"
series = "VARCHAR: series"
expected = "VARCHAR: what was expected"
issued = "VARCHAR: what was found"
cause = "VARCHAR: the cause, where it is known"
what = "VARCHAR: the finding in one sentence"
action = "VARCHAR: what to do"
severity = "VARCHAR: error, warning or info"
severity_rank = "INTEGER: 1 error, 2 warning, 3 info"
owner = "VARCHAR: who acts"
change = "VARCHAR: new, continuing, changed or reopened"
evidence_file = "VARCHAR: the file of the evidence"
evidence_line = "INTEGER: its line"
evidence = "VARCHAR: the line as it came, of a file of that board"
noticed_on = "DATE: the day the run judges by"
due = "VARCHAR: when the answer was due, London time"
restricted = "VARCHAR: until when candidates may not be told"
goes_with_it = "VARCHAR: what follows from it"
code = "VARCHAR: code of the finding"
reference = "VARCHAR: our reference"
*/
WITH own_centres AS (
    SELECT CASE WHEN count(DISTINCT centre_number) = 1 THEN max(centre_number) END AS only_centre
    FROM candidates
),

-- where neither the finding nor its file names a board: that of what the student takes, the one whose numbers ours are first
boards_taken AS (
    SELECT
        centre_number,
        person_id,
        substr(min(CASE board WHEN '72' THEN '1' WHEN '01' THEN '2' ELSE '3' END || board), 2) AS board
    FROM (
        SELECT centre_number, person_id, board FROM unit_results
        UNION ALL
        SELECT centre_number, person_id, board FROM qualification_results
        UNION ALL
        SELECT centre_number, person_id, board FROM entries
    ) AS taken
    WHERE board IS NOT NULL
    GROUP BY centre_number, person_id
),

open_roots AS (
    SELECT
        d.*,
        coalesce(d.centre_number, o.only_centre) AS centre_shown,
        f.board AS file_board,
        coalesce(d.board, f.board) AS board_named,
        coalesce(d.board, f.board, t.board) AS board_likely,
        coalesce(d.embargo_until > CAST(:moment AS TIMESTAMP WITH TIME ZONE), FALSE) AS is_restricted
    FROM discrepancies AS d
    CROSS JOIN own_centres AS o
    LEFT JOIN files AS f ON f.file_id = d.file_id
    LEFT JOIN boards_taken AS t ON t.centre_number = d.centre_number AND t.person_id = d.person_id
    -- what is waived is settled, what is pending is not due, what follows goes with its cause
    WHERE d.state = 'open' AND d.root IS NULL
),

named AS (
    SELECT DISTINCT t.request, t.recipient, d.fingerprint
    FROM open_roots AS d
    INNER JOIN pack_takes AS t
        ON t.code = d.code AND (t.owner IS NULL OR t.owner = d.owner) AND (d.severity <> 'info' OR t.takes_info)
),

remaining AS (
    SELECT t.request, t.recipient, d.fingerprint
    FROM open_roots AS d
    INNER JOIN pack_takes AS t ON t.code IS NULL AND t.owner = d.owner
    WHERE
        d.severity <> 'info'
        AND NOT EXISTS (
            SELECT 1
            FROM named AS n
            WHERE n.fingerprint = d.fingerprint AND n.recipient = t.recipient
        )
),

taken AS (
    SELECT n.* FROM named AS n
    UNION ALL
    SELECT r.* FROM remaining AS r
),

followers AS (
    SELECT
        d.root AS fingerprint,
        string_agg(
            DISTINCT concat_ws(' ', d.code, coalesce(d.unit_code, d.qualification_code, d.option_code), d.series), ', '
            ORDER BY concat_ws(' ', d.code, coalesce(d.unit_code, d.qualification_code, d.option_code), d.series)
        ) AS told
    FROM discrepancies AS d
    WHERE
        d.root IS NOT NULL AND d.state = 'open'
        -- a follower may be about a result of another board, which this recipient may not be told
        AND coalesce(d.embargo_until <= CAST(:moment AS TIMESTAMP WITH TIME ZONE), TRUE)
    GROUP BY d.root
)

SELECT
    t.request,
    -- before its release a result goes to nobody but the board that issued it
    (NOT d.is_restricted OR (t.recipient = 'board' AND d.board_named IS NOT NULL AND :is_exams_office)) AS may_go,
    d.person_id,
    d.other_person_id,
    d.centre_shown AS centre_number,
    coalesce(d.board_likely, w.board_if_unknown) AS board,
    d.candidate_number,
    d.ocr_candidate_number,
    d.uci,
    c.uln,
    d.surname,
    d.forenames,
    c.date_of_birth,
    x.candidate_number AS other_candidate_number,
    x.ocr_candidate_number AS other_ocr_candidate_number,
    x.uci AS other_uci,
    d.subject,
    d.qualification_code,
    d.unit_code,
    d.option_code,
    d.series,
    d.expected,
    d.found AS issued,
    d.cause,
    d.message AS what,
    d.action,
    d.severity,
    d.severity_rank,
    d.owner,
    d.change,
    d.file AS evidence_file,
    d.line AS evidence_line,
    -- a line of the centre's own lists, or of another board, may hold what is nobody's business there
    CASE WHEN d.file_board = coalesce(d.board_likely, w.board_if_unknown) THEN d.evidence END AS evidence,
    CAST(CAST(:as_of AS TIMESTAMP WITH TIME ZONE) AS DATE) AS noticed_on,
    strftime(CAST(d.due AS TIMESTAMP), '%Y-%m-%d %H:%M') AS due,
    CASE
        WHEN d.is_restricted
            THEN ('RESTRICTED until ' || strftime(CAST(d.embargo_until AS TIMESTAMP), '%Y-%m-%d %H:%M'))
    END AS restricted,
    l.told AS goes_with_it,
    d.code,
    d.fingerprint AS reference
FROM taken AS t
INNER JOIN open_roots AS d ON d.fingerprint = t.fingerprint
INNER JOIN (SELECT DISTINCT request, board_if_unknown FROM pack_takes) AS w ON w.request = t.request
LEFT JOIN candidates AS c ON c.centre_number = d.centre_number AND c.person_id = d.person_id
LEFT JOIN candidates AS x ON x.centre_number = d.centre_number AND x.person_id = d.other_person_id
LEFT JOIN followers AS l ON l.fingerprint = d.fingerprint
