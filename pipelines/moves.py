"""What became of results since the run before, in one line that every screen tells alike.

Takes counts by direction, as `run.json` and `resultsday diff` have them; gives plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def in_words(results: Mapping[str, int], lost: int = 0) -> str:
    """`▲ 4 up  ▼ 1 down  + 12 new  − 0 withdrawn`, then what moved off the scale and what would be lost, if any."""
    told = (
        f"▲ {results.get('up', 0):,} up  ▼ {results.get('down', 0):,} down  + {results.get('new', 0):,} new  "
        f"− {results.get('withdrawn', 0):,} withdrawn"
    )
    told += f"  ~ {results['other']:,} otherwise" if results.get("other") else ""
    return told + (f"  ! {lost:,} manual change{'' if lost == 1 else 's'} would be lost" if lost else "")
