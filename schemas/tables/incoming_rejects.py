"""`incoming_rejects`: a record set aside, and why."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, WHERE_FROM_CHECKS, Checks, Columns, build

COLUMNS: Columns = {
    "file_id": ("VARCHAR", "first 16 characters of the sha256"),
    "line": ("INTEGER", "line it stands on"),
    "raw": ("VARCHAR", "its text as it came"),
    "reason": ("VARCHAR", "what is wrong with it"),
    "column_name": ("VARCHAR", "column at fault"),
    "column_from": ("INTEGER", "its first character, from 1, in a fixed-width file"),
    "column_to": ("INTEGER", "its last character"),
    "expected": ("VARCHAR", "what would have done"),
    "centre_number": ("VARCHAR", "as it stands in the record"),
    "candidate_number": ("VARCHAR", "as it stands in the record"),
    "ocr_candidate_number": ("VARCHAR", "as it stands in the record"),
    "uci": ("VARCHAR", "as it stands in the record"),
    "option_code": ("VARCHAR", "option, unit or qualification as it stands in the record"),
}

CHECKS: Checks = {
    **WHERE_FROM_CHECKS,
    "raw": (FILLED,),
    "reason": (FILLED,),
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
