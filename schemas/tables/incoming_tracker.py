"""`incoming_tracker`: a row of the progress tracker, summary or detailed view."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import (
    FILLED,
    ID,
    ID_CHECKS,
    SENSIBLE_DATE,
    WHERE_FROM,
    WHERE_FROM_CHECKS,
    Checks,
    Columns,
    between,
    build,
    longest,
)

COLUMNS: Columns = {
    **ID,
    "qualification_code": ("VARCHAR", "specification code as sent"),
    "level": ("INTEGER", "level of the qualification"),
    "glh_required": ("INTEGER", "guided learning hours the qualification asks for"),
    "entry_date": ("DATE", "date of the entry"),
    "estimated_completion_date": ("DATE", "when the qualification is to be complete"),
    "unit_code": ("VARCHAR", "unit code as sent; blank in the summary view"),
    "unit_type": ("VARCHAR", "examined or moderated, as sent"),
    "status_as_sent": ("VARCHAR", "status, not folded"),
    "last_updated": ("DATE", "when the row last changed"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    **ID_CHECKS,
    "qualification_code": (
        FILLED,
        longest(20),
    ),
    "level": (between(0, 9),),
    "glh_required": (between(0, 99999),),
    "entry_date": (SENSIBLE_DATE,),
    "estimated_completion_date": (SENSIBLE_DATE,),
    "unit_code": (longest(20),),
    "unit_type": (longest(50),),
    "status_as_sent": (longest(100),),
    "last_updated": (SENSIBLE_DATE,),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
