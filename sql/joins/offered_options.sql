/*
summary = "The one board that offers an option here, as basedata or results files name it; an option code of two boards is left out."
reads = ["incoming_options", "placed_results"]
spans_centres = true
order = ["option_code"]

[columns]
option_code = "VARCHAR: the option, as EDI spells it"
board = "VARCHAR: awarding body"
*/
WITH named AS (
    SELECT option_code, board FROM incoming_options WHERE board IS NOT NULL
    UNION
    SELECT option_code, board FROM placed_results WHERE board IS NOT NULL AND carrier IN ('edi', 'xml')
)

-- a code that two boards use says nothing of the board
SELECT option_code, min(board) AS board
FROM named
GROUP BY option_code
HAVING min(board) = max(board)
