"""`incoming_entries`: an entry, from the school's own system or an EDI entry or amendment file."""

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
    one_of,
)

COLUMNS: Columns = {
    **ID,
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "option_code": ("VARCHAR", "option, unit or qualification entered, as sent"),
    "kind": ("VARCHAR", "qualification, unit or certification; blank where the file does not say"),
    "intended_level": ("INTEGER", "level the candidate is meant to reach"),
    "entry_date": ("DATE", "date of the entry"),
    "expected_completion": ("VARCHAR", "when the qualification is to be complete, as sent"),
    "withdrawn": ("BOOLEAN", "the entry is withdrawn"),
    "source": ("VARCHAR", "csv, edi or edi_amendment"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    **ID_CHECKS,
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "option_code": (
        FILLED,
        longest(20),
    ),
    "kind": (one_of("qualification", "unit", "certification"),),
    "intended_level": (between(0, 9),),
    "entry_date": (SENSIBLE_DATE,),
    "expected_completion": (longest(50),),
    "withdrawn": (FILLED,),
    "source": (
        FILLED,
        one_of("csv", "edi", "edi_amendment"),
    ),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
