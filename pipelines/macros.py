"""The table macros of `results.duckdb`: short names for what people ask every day.

Takes nothing; gives the CREATE statements that the export runs in a finished database. Logic never uses them.
"""

from __future__ import annotations

MACROS = (
    """CREATE MACRO candidate(number) AS TABLE
        SELECT * FROM candidates
        WHERE list_contains(string_split(candidate_number, ' '), number)
            OR list_contains(string_split(ocr_candidate_number, ' '), number)
            OR list_contains(string_split(uci, ' '), number)
        ORDER BY centre_number, person_id""",
    """CREATE MACRO results_of(number) AS TABLE
        SELECT r.* FROM results_by_carrier AS r
        WHERE r.person_id IN (SELECT person_id FROM candidate(number))
        ORDER BY r.series, r.option_code, r.carrier, r.file_id, r.line""",
    """CREATE MACRO findings_of(number) AS TABLE
        SELECT d.* FROM discrepancies AS d
        WHERE d.person_id IN (SELECT person_id FROM candidate(number))
        ORDER BY d.severity_rank, d.code, d.key""",
    """CREATE MACRO findings(wanted) AS TABLE
        SELECT * FROM discrepancies WHERE code = wanted ORDER BY severity_rank, code, key""",
)
