"""`incoming_claims`: a unit claim, from the centre's own record."""

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
    build,
    longest,
    one_of,
)

COLUMNS: Columns = {
    **ID,
    "qualification_code": ("VARCHAR", "qualification code as sent"),
    "unit_code": ("VARCHAR", "unit code as sent"),
    "claimed_grade": ("VARCHAR", "grade claimed, as sent"),
    "claim_date": ("DATE", "date of the claim"),
    "claim_type": ("VARCHAR", "claim or resubmission"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    **ID_CHECKS,
    "qualification_code": (longest(20),),
    "unit_code": (
        FILLED,
        longest(20),
    ),
    "claimed_grade": (longest(30),),
    "claim_date": (SENSIBLE_DATE,),
    "claim_type": (one_of("claim", "resubmission"),),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
