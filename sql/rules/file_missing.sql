/*
severity = "error"
owner = "centre"
summary = "A results file that the calendar has and the centre's entries ask for is due and not here."
message = "{expected}: {found}."
action = """
1. Log in to Interchange, hover over Results, click XML/EDI results and download the file of this series.
2. If it is not there, open A2C and choose Send/Receive. If the A2C log has the file already, close A2C, log in again and choose Send/Receive once more.
3. Ask whether another user at the centre has downloaded it on another PC, and take their copy.
4. If nobody has it, ring customer support on 01223 553998; of another board, ring that board.
5. Put the file in the inbox and run again."""
why = "The file was not downloaded, went to another user's A2C, or did not come; until it is here its results are unknown, and nobody's result in it can be called missing."
source = "Awarding body guidance on results files and A2C; docs/semantics.md, expected files; the release calendar"
population = "results files of this season that an entry, a claim or a tracker row asks for"
reads = ["file_board"]
needs = ["entries", "claims", "tracker"]
key = ["key_season", "board", "series", "key_window"]
follows_from = []
confidence = "documented"
wording = ["I haven't received my results file", "Results file not received"]
where = ["Interchange > Results > XML/EDI results", "A2C > Send/Receive files, and its log"]
*/
WITH slots AS (
    SELECT
        season,
        centre_number,
        board,
        series,
        window_from,
        min(what) AS what,
        min(due) AS due,
        max(CASE WHEN state IN ('arrived', 'superseded') THEN 1 ELSE 0 END) AS is_here,
        max(CASE WHEN state = 'awaited' THEN 1 ELSE 0 END) AS is_awaited,
        min(CASE WHEN state IN ('missing', 'awaited') THEN file_id END) AS unreadable_file
    FROM file_board
    WHERE is_expected
    GROUP BY season, centre_number, board, series, window_from
)

SELECT
    centre_number,
    board,
    series,
    season AS key_season,
    CAST(window_from AS VARCHAR) AS key_window,
    (series || ', ' || what) AS expected,
    CASE
        WHEN unreadable_file IS NOT NULL THEN 'a file of this series is here, but it could not be read'
        WHEN is_awaited = 1 THEN 'not due yet'
        ELSE 'due, and not here'
    END AS found,
    CASE WHEN unreadable_file IS NOT NULL THEN 'file_refused' WHEN is_awaited = 1 THEN 'file_awaited' END AS cause,
    due,
    CASE WHEN is_awaited = 1 THEN 'pending' END AS state,
    unreadable_file AS file_id,
    is_here = 0 AS speaks
FROM slots;

/* cases
a file that is due and not here is an error, one that is here is not
  file_board | season  | centre_number | board | carrier | series | window_from | what                  | state   | is_expected | due                  | confidence | file_id
             | 2025-26 | 99999         | 72    | edi     | 9I25   | 2026-07-01  | EDI results, July     | arrived | true        | 2026-08-10T07:00:00Z | documented | f1
             | 2025-26 | 99999         | 72    | edi     | 9I25   | 2026-08-01  | EDI results, August   | missing | true        | 2026-08-10T07:00:00Z | documented |
             | 2025-26 | 99999         | 72    | edi     | 6E26   |             | EDI results, examined | arrived | true        | 2026-08-10T07:00:00Z | documented | f2
  speaks     | centre_number | series | board | severity | state | expected                  | found             | key
             | 99999         | 9I25   | 72    | error    | open  | 9I25, EDI results, August | due, and not here | 99999·2025-26·72·9I25·2026-08-01
  looked_at = 3

before it is due it is pending, and only to be known
  file_board | season  | centre_number | board | carrier | series | what                   | state   | is_expected | due                  | confidence
             | 2025-26 | 99999         | 01    | edi     | 6B26   | AS and A level results | awaited | true        | 2026-08-11T23:01:00Z | inferred
  speaks     | series | severity | state   | cause        | due
             | 6B26   | info     | pending | file_awaited | 2026-08-11 23:01:00+00

a release long past is an error though its day is known from memory alone
  file_board | season  | centre_number | board | carrier | series | what        | state   | is_expected | due                  | confidence
             | 2025-26 | 99999         | 72    | edi     | 1E26   | EDI results | missing | true        | 2026-03-12T08:00:00Z | recollection
  speaks     | series | severity | state
             | 1E26   | error    | open

a file that came and could not be read is named
  file_board | season  | centre_number | board | carrier | series | what        | state   | is_expected | due                  | confidence | file_id
             | 2025-26 | 99999         | 72    | edi     | 6E26   | EDI results | missing | true        | 2026-08-10T07:00:00Z | documented | bad
  speaks     | series | cause        | file_id
             | 6E26   | file_refused | bad

either of two carriers will do, and a superseded file has arrived
  file_board | season  | centre_number | board | carrier | series | window_from | what | state      | is_expected | due                  | file_id
             | 2025-26 | 99999         | 01    | xml     | 6B26   |             | GCE  | arrived    | true        | 2026-08-11T23:01:00Z | f1
             | 2025-26 | 99999         | 72    | edi     | 9I25   | 2026-07-01  | July | superseded | true        | 2026-08-10T07:00:00Z | f2
             | 2025-26 | 99999         | 72    | edi     | 9I25   | 2026-07-01  | July | arrived    | true        | 2026-08-10T07:00:00Z | f3
  speaks nothing
  looked_at = 2

what the calendar does not ask for is not looked at: a report, a file that nobody expected
  file_board | season  | centre_number | board | carrier     | series | what                         | state      | is_expected
             | 2025-26 | 99999         |       | achievement |        | candidate achievement report | missing    | false
             | 2025-26 | 99999         | 72    | edi         | 9C25   | EDI results                  | unexpected | false
  speaks nothing
  looked_at = 0

two boards may use one series code
  file_board | season  | centre_number | board | carrier | series | what | state   | is_expected | due
             | 2025-26 | 99999         | 10    | edi     | 6G26   | GCE  | missing | true        | 2026-08-19T00:01:00+01:00
             | 2025-26 | 99999         | 70    | edi     | 6G26   | GCE  | missing | true        | 2026-08-19T00:01:00+01:00
  speaks     | board | series
             | 10    | 6G26
             | 70    | 6G26

of two carriers that could both bring it, one here is enough, and while one is awaited nothing is missing
  file_board | season  | centre_number | board | carrier | series | what       | state   | is_expected | due                       | file_id
             | 2025-26 | 99999         | 01    | edi     | 6B26   | GCE by EDI | arrived | true        | 2026-08-10T08:00:00+01:00 |
             | 2025-26 | 99999         | 01    | xml     | 6B26   | GCE by XML | missing | true        | 2026-08-10T08:00:00+01:00 |
             | 2025-26 | 99999         | 01    | edi     | 6A26   | GCSE EDI   | awaited | true        | 2026-08-19T00:01:00+01:00 |
             | 2025-26 | 99999         | 01    | xml     | 6A26   | GCSE XML   | missing | true        | 2026-08-18T00:01:00+01:00 |
             | 2025-26 | 99999         | 01    | edi     | 1A26   | A EDI      | missing | true        | 2026-03-05T08:00:00Z      | g
             | 2025-26 | 99999         | 01    | xml     | 1A26   | A XML      | missing | true        | 2026-03-06T08:00:00Z      | f
  speaks     | series | expected       | found                                                   | state   | severity | due                    | cause        | file_id
             | 6A26   | 6A26, GCSE EDI | not due yet                                             | pending | info     | 2026-08-17 23:01:00+00 | file_awaited |
             | 1A26   | 1A26, A EDI    | a file of this series is here, but it could not be read | open    | error    | 2026-03-05 08:00:00+00 | file_refused | f
  looked_at = 3
*/
