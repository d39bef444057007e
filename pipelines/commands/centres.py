"""The centres of a run in words, for the screen: how many students of each are ready, on hold and waiting.

Takes the manifest of a run; gives lines, the centre with most on hold first, and none where there is one centre or
where an older version did not count them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 6  #: centres with a line of their own
_MOST_IN_STORY = 3
WHERE = "reports/trust.html"  #: in the folder of the run, all of them


def _ranked(manifest: Mapping[str, Any]) -> list[tuple[str, dict[str, int], int]]:
    """Centre, its students by where they stand, its errors; who has most to do first."""
    told = manifest.get("centres") or {}
    if len(told) < 2:
        return []
    rows = [
        (name, one["readiness"], one["findings"]["by_severity"].get("error", {"roots": 0})["roots"])
        for name, one in told.items()
    ]
    return sorted(rows, key=lambda one: (-one[1]["hold"], -one[2], one[0]))


def _counts(ready: Mapping[str, int]) -> str:
    return f"{ready['ready']:,} ready, {ready['hold']:,} on hold, {ready['waiting']:,} waiting"


def story_line(manifest: Mapping[str, Any]) -> list[str]:
    """One line, since the story has no room for more: the first three and how many others there are."""
    ranked = _ranked(manifest)
    if not ranked:
        return []
    shown = [
        f"{name}: {ready['ready']:,}/{ready['hold']:,}/{ready['waiting']:,}"
        for name, ready, _ in ranked[:_MOST_IN_STORY]
    ]
    rest = len(ranked) - _MOST_IN_STORY
    more = f"; {rest:,} more in {WHERE}" if rest > 0 else ""
    return [f"centres   {len(ranked):,}; ready/on hold/waiting {', '.join(shown)}{more}"]


def lines(manifest: Mapping[str, Any]) -> list[str]:
    """A line a centre, as far as a screen has room for."""
    ranked = _ranked(manifest)
    if not ranked:
        return []
    told = [f"centres   {len(ranked):,}: centre by centre without names in {WHERE}"]
    for name, ready, errors in ranked[:MOST]:
        told.append(f"  {name}: {_counts(ready)}; {errors:,} error{'' if errors == 1 else 's'}")
    if len(ranked) > MOST:
        told.append(f"  … and {len(ranked) - MOST:,} more")
    return told
