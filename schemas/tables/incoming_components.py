"""`incoming_components`: a component mark of one carrier."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import (
    FILLED,
    ID,
    ID_CHECKS,
    MARK,
    WHERE_FROM,
    WHERE_FROM_CHECKS,
    Checks,
    Columns,
    build,
    longest,
    one_of,
)

COLUMNS: Columns = {
    "carrier": ("VARCHAR", "who says it: edi or xml"),
    **ID,
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "option_code": ("VARCHAR", "option the component belongs to"),
    "component_code": ("VARCHAR", "component code as sent"),
    "mark": ("DECIMAL(7,2)", "mark"),
    "weighted_mark": ("DECIMAL(7,2)", "mark after weighting"),
    "maximum_mark": ("DECIMAL(7,2)", "maximum mark"),
    "is_absent": ("BOOLEAN", "the mark says absent"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "carrier": (
        FILLED,
        one_of("edi", "xml"),
    ),
    **ID_CHECKS,
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "option_code": (longest(20),),
    "component_code": (
        FILLED,
        longest(20),
    ),
    "mark": (MARK,),
    "weighted_mark": (MARK,),
    "maximum_mark": (MARK,),
    "is_absent": (FILLED,),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
