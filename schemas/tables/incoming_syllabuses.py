"""`incoming_syllabuses`: a syllabus of the basedata."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import FILLED, WHERE_FROM, WHERE_FROM_CHECKS, Checks, Columns, build, longest

COLUMNS: Columns = {
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "syllabus_code": ("VARCHAR", "syllabus code"),
    "title": ("VARCHAR", "title"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "syllabus_code": (
        FILLED,
        longest(20),
    ),
    "title": (longest(100),),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
