"""`incoming_results`: what one carrier says of one result."""

from __future__ import annotations

from typing import Any

from schemas.tables.incoming import (
    FILLED,
    ID,
    ID_CHECKS,
    MARK,
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
    "carrier": ("VARCHAR", "who says it: edi, xml, achievement (report) or marks (report)"),
    "kind": ("VARCHAR", "unit or qualification; blank where only an option code is known"),
    **ID,
    "board": ("VARCHAR", "awarding body, two characters, of the file header"),
    "series_as_sent": ("VARCHAR", "series as the file says it"),
    "entry_option_code": ("VARCHAR", "option entered"),
    "option_code": ("VARCHAR", "option the result is for"),
    "qualification_code": ("VARCHAR", "qualification code as sent"),
    "unit_code": ("VARCHAR", "unit code as sent"),
    "result_type": ("VARCHAR", "EDI result type: how the result block is laid out"),
    "grade_as_sent": ("VARCHAR", "grade, not decoded"),
    "second_grade_as_sent": ("VARCHAR", "second grade, not decoded"),
    "first_endorsement_as_sent": ("VARCHAR", "endorsement to the first grade, not decoded"),
    "second_endorsement_as_sent": ("VARCHAR", "endorsement to the second grade, not decoded"),
    "mark": ("DECIMAL(7,2)", "final mark"),
    "raw_mark": ("DECIMAL(7,2)", "mark before special consideration"),
    "special_consideration_tariff": ("DECIMAL(7,2)", "special consideration, per cent"),
    "special_consideration_mark": ("DECIMAL(7,2)", "marks added by special consideration"),
    "maximum_mark": ("DECIMAL(7,2)", "maximum mark"),
    "is_absent": ("BOOLEAN", "a mark column says absent"),
    "partial_absence": ("BOOLEAN", "a partial-absence flag is set"),
    "award_date": ("DATE", "date of the award"),
    "reported_points": ("INTEGER", "points that the report gives"),
    "reported_glh": ("INTEGER", "guided learning hours that the report gives"),
    "title": ("VARCHAR", "title as sent"),
    **WHERE_FROM,
}

CHECKS: Checks = {
    "carrier": (
        FILLED,
        one_of("edi", "xml", "achievement", "marks"),
    ),
    "kind": (one_of("unit", "qualification"),),
    **ID_CHECKS,
    "board": (longest(10),),
    "series_as_sent": (longest(30),),
    "entry_option_code": (longest(20),),
    "option_code": (longest(20),),
    "qualification_code": (longest(20),),
    "unit_code": (longest(20),),
    "result_type": (longest(1),),
    "grade_as_sent": (longest(30),),
    "second_grade_as_sent": (longest(30),),
    "first_endorsement_as_sent": (longest(30),),
    "second_endorsement_as_sent": (longest(30),),
    "mark": (MARK,),
    "raw_mark": (MARK,),
    "special_consideration_mark": (MARK,),
    "maximum_mark": (MARK,),
    "special_consideration_tariff": (between(0, 100),),
    "is_absent": (FILLED,),
    "partial_absence": (FILLED,),
    "award_date": (SENSIBLE_DATE,),
    "reported_points": (between(0, 99999),),
    "reported_glh": (between(0, 99999),),
    "title": (longest(500),),
    **WHERE_FROM_CHECKS,
}


def schema() -> Any:
    """The pandera schema; validate eager frames only."""
    return build(COLUMNS, CHECKS)
