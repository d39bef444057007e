"""`incoming_evidence`: every kept line or record as it came."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, WHERE_FROM, WHERE_FROM_CHECKS, Checks, Columns, build

COLUMNS: Columns = {
    **WHERE_FROM,
    "raw": ("VARCHAR", "its text"),
}

CHECKS: Checks = {
    **WHERE_FROM_CHECKS,
    "raw": (FILLED,),
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
