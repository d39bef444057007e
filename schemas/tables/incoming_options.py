"""`incoming_options`: an option of the basedata: what can be entered and resulted."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import (
    FILLED,
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
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "option_code": ("VARCHAR", "option code"),
    "syllabus_code": ("VARCHAR", "syllabus it belongs to"),
    "certification_type": ("VARCHAR", "qualification, certification"),
    "certification_level": ("VARCHAR", "level, certification"),
    "item": ("VARCHAR", "C certification, U unit, B both"),
    "unit_type": ("VARCHAR", "qualification, unit"),
    "unit_level": ("VARCHAR", "level, unit"),
    "process": ("VARCHAR", "E entry, R registration"),
    "classification_code": ("VARCHAR", "discount code"),
    "qan": ("VARCHAR", "accreditation number without slashes"),
    "title": ("VARCHAR", "title"),
    "result_type": ("VARCHAR", "result type"),
    "first_gradeset": ("VARCHAR", "gradeset of the first grade"),
    "second_gradeset": ("VARCHAR", "gradeset of the second grade"),
    "first_endorsement_gradeset": ("VARCHAR", "gradeset of the endorsement to the first grade"),
    "second_endorsement_gradeset": ("VARCHAR", "gradeset of the endorsement to the second grade"),
    "maximum_mark": ("INTEGER", "maximum mark"),
    "component_count": ("INTEGER", "number of components"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "option_code": (
        FILLED,
        longest(20),
    ),
    "item": (one_of("C", "U", "B"),),
    "maximum_mark": (between(0, 9999),),
    "component_count": (between(0, 99),),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
