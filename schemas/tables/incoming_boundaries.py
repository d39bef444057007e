"""`incoming_boundaries`: the least mark for one grade of one unit."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import (
    FILLED,
    MARK,
    WHERE_FROM,
    WHERE_FROM_CHECKS,
    Checks,
    Columns,
    build,
    longest,
)

COLUMNS: Columns = {
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "unit_code": ("VARCHAR", "unit code as sent"),
    "maximum_mark": ("DECIMAL(7,2)", "maximum mark"),
    "grade": ("VARCHAR", "grade as sent"),
    "minimum_mark": ("DECIMAL(7,2)", "least mark for it"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "series_as_sent": (
        FILLED,
        longest(30),
    ),
    "unit_code": (
        FILLED,
        longest(20),
    ),
    "maximum_mark": (
        FILLED,
        MARK,
    ),
    "grade": (
        FILLED,
        longest(30),
    ),
    "minimum_mark": (
        FILLED,
        MARK,
    ),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
