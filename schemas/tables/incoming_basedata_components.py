"""`incoming_basedata_components`: a component of the basedata."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import (
    FILLED,
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
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "component_code": ("VARCHAR", "component code"),
    "title": ("VARCHAR", "title"),
    "teacher_marks": ("VARCHAR", "whether the teacher sends marks; G grades"),
    "maximum_mark": ("INTEGER", "maximum mark"),
    "gradeset": ("VARCHAR", "gradeset"),
    "due_date": ("DATE", "when marks are due"),
    "timetabled": ("VARCHAR", "N: no date"),
    "timetable_date": ("DATE", "date of the examination"),
    "session": ("VARCHAR", "A morning, P afternoon"),
    "minutes": ("INTEGER", "time allowed, minutes"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "component_code": (
        FILLED,
        longest(20),
    ),
    "maximum_mark": (between(0, 999),),
    "due_date": (SENSIBLE_DATE,),
    "timetable_date": (SENSIBLE_DATE,),
    "minutes": (between(0, 999),),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
