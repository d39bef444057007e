"""`incoming_repairs`: a kind of damage repaired in a column of a file."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, Checks, Columns, between, build

COLUMNS: Columns = {
    "file_id": ("VARCHAR", "first 16 characters of the sha256"),
    "column_name": ("VARCHAR", "column; blank where it is the whole line"),
    "repair": ("VARCHAR", "what was repaired"),
    "rows": ("INTEGER", "rows it was done in"),
    "first_line": ("INTEGER", "first of them"),
}

CHECKS: Checks = {
    "file_id": (FILLED,),
    "repair": (FILLED,),
    "rows": (
        FILLED,
        between(1, 2147483647),
    ),
    "first_line": (
        FILLED,
        between(1, 2147483647),
    ),
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
