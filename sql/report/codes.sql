/*
summary = "Every code that found something: counted in full, the first rows of it beside."
reads = ["shown_findings", "rejects", "files", "picked_students", "places"]
order = ["severity_rank", "findings", "code"]
*/
WITH ranked AS (
    SELECT
        f.*,
        coalesce(s.is_at_stake, FALSE) AS is_at_stake,
        row_number() OVER (
            PARTITION BY f.code
            ORDER BY
                f.severity_rank,
                f.root IS NOT NULL,
                CASE WHEN s.is_at_stake THEN 1 ELSE 2 END,
                CASE f.state WHEN 'open' THEN 1 WHEN 'pending' THEN 2 ELSE 3 END,
                f.centre_number NULLS FIRST,
                f.key,
                f.fingerprint
        ) AS place
    FROM shown_findings AS f
    LEFT JOIN places AS s ON s.centre_number = f.centre_number AND s.person_id = f.person_id
),

follow_ons AS (
    SELECT
        root,
        count(*) AS total,
        list(
            {'severity': severity, 'code': code, 'message': message, 'fingerprint': fingerprint, 'restricted_until': restricted_until}
            ORDER BY severity_rank, code, key, fingerprint
        )[1:10] AS follow_ons
    FROM shown_findings
    WHERE root IS NOT NULL
    GROUP BY root
),

-- where a row was set aside, the column at fault is known
faults AS (
    SELECT file_id, line, column_name, column_from, column_to
    FROM (
        SELECT
            file_id,
            line,
            column_name,
            column_from,
            column_to,
            row_number() OVER (PARTITION BY file_id, line ORDER BY column_from, column_to, column_name) AS place
        FROM rejects
        WHERE because = 'row' AND column_name IS NOT NULL
    ) AS placed
    WHERE place = 1
),

cut AS (
    SELECT
        r.*,
        x.column_name,
        x.column_from,
        x.column_to,
        i.format,
        i.delimiter,
        i.cells
    FROM ranked AS r
    LEFT JOIN files AS i ON i.file_id = r.file_id
    LEFT JOIN faults AS x ON x.file_id = r.file_id AND x.line = r.line
    WHERE r.place <= :most_rows
),

rows_shown AS (
    SELECT
        c.code,
        list(
            {
                'fingerprint': c.fingerprint, 'severity': c.severity, 'centre_number': c.centre_number,
                'person_id': CASE WHEN p.is_shown THEN c.person_id END,
                'is_at_stake': c.is_at_stake, 'surname': c.surname, 'forenames': c.forenames, 'candidate_number': c.candidate_number,
                'ocr_candidate_number': c.ocr_candidate_number, 'uci': c.uci, 'message': c.message,
                'expected': c.expected, 'found': c.found, 'cause': c.cause, 'state': c.state, 'change': c.change,
                'due': c.due, 'restricted_until': c.restricted_until, 'file': c.file, 'line': c.line,
                'root': t.fingerprint, 'root_code': c.root_code, 'follow_ons': o.follow_ons, 'follow_ons_total': o.total,
                'key': c.key, 'option_code': c.option_code, 'line_text': substr(c.evidence, 1, :most_of_a_line),
                'line_length': length(c.evidence), 'format': c.format, 'delimiter': c.delimiter, 'cells': c.cells,
                'column_name': c.column_name, 'column_from': c.column_from, 'column_to': c.column_to
            }
            ORDER BY c.place
        ) AS shown
    FROM cut AS c
    LEFT JOIN follow_ons AS o ON o.root = c.fingerprint
    -- a root beyond the rows shown has no place to lead to
    LEFT JOIN cut AS t ON t.fingerprint = c.root
    LEFT JOIN picked_students AS p ON p.centre_number = c.centre_number AND p.person_id = c.person_id
    GROUP BY c.code
),

counted AS (
    SELECT
        code,
        min(severity_rank) AS severity_rank,
        count(*) AS findings,
        count(DISTINCT person_id) AS students,
        count(*) FILTER (state = 'open') AS open,
        count(*) FILTER (state = 'pending') AS pending,
        count(*) FILTER (state = 'waived') AS waived,
        count(*) FILTER (root IS NOT NULL) AS following
    FROM shown_findings
    GROUP BY code
)

SELECT c.*, r.shown
FROM counted AS c
INNER JOIN rows_shown AS r ON r.code = c.code
ORDER BY c.severity_rank, c.findings DESC, c.code
