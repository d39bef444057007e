"""`incoming_links`: which components an option of the basedata has."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, WHERE_FROM, WHERE_FROM_CHECKS, Checks, Columns, build, longest

COLUMNS: Columns = {
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "option_code": ("VARCHAR", "option code"),
    "component_code": ("VARCHAR", "component code"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "option_code": (
        FILLED,
        longest(20),
    ),
    "component_code": (
        FILLED,
        longest(20),
    ),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
