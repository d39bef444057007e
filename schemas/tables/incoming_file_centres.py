"""`incoming_file_centres`: a centre that a file speaks of; in EDI and XML with the series of its group."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, Checks, Columns, between, build

COLUMNS: Columns = {
    "file_id": ("VARCHAR", "first 16 characters of the sha256"),
    "centre_number": ("VARCHAR", "centre number"),
    "series_as_sent": ("VARCHAR", "series of the group; blank in CSV"),
    "rows_kept": ("INTEGER", "records kept of that centre"),
}

CHECKS: Checks = {
    "file_id": (FILLED,),
    "centre_number": (FILLED,),
    "rows_kept": (
        FILLED,
        between(0, 2147483647),
    ),
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
