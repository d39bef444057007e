"""`incoming_files`: a file: what it is, what it says of itself, and what became of its rows."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, Checks, Columns, between, build

COLUMNS: Columns = {
    "file_id": ("VARCHAR", "first 16 characters of its sha256"),
    "kind": ("VARCHAR", "what it is; blank when refused because no layout fits"),
    "format": ("VARCHAR", "format that reads it"),
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "created_at": ("DATE", "creation date of the file header"),
    "sequence": ("VARCHAR", "sequence of the file header"),
    "run_on": ("DATE", "export date that a title line of a report gives"),
    "has_uci_column": ("BOOLEAN", "it has a place for a UCI"),
    "delimiter": ("VARCHAR", "comma, semicolon, tab or sheet; blank where lines have no cells"),
    "cells": ("VARCHAR", "the column each cell of a line is, set apart by commas; nothing for one that is not used"),
    "rows_read": ("INTEGER", "body records: kept and rejected"),
    "rows_framing": ("INTEGER", "headers, trailers, titles, totals, blank lines"),
    "rows_kept": ("INTEGER", "body records kept"),
    "rows_rejected": ("INTEGER", "body records rejected; all of them when the file is refused"),
    "is_truncated": ("BOOLEAN", "its trailer is missing or wrong, or it is cut short: it covers nothing"),
    "is_refused": ("BOOLEAN", "it contributes nothing"),
    "reason": ("VARCHAR", "why it is refused or cut short"),
    "detail": ("VARCHAR", "the evidence for it"),
}

CHECKS: Checks = {
    "file_id": (FILLED,),
    "rows_read": (
        FILLED,
        between(0, 2147483647),
    ),
    "rows_framing": (
        FILLED,
        between(0, 2147483647),
    ),
    "rows_kept": (
        FILLED,
        between(0, 2147483647),
    ),
    "rows_rejected": (
        FILLED,
        between(0, 2147483647),
    ),
    "has_uci_column": (FILLED,),
    "is_truncated": (FILLED,),
    "is_refused": (FILLED,),
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
