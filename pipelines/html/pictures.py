"""Where each mark of a picture stands: the report draws four, each a question with its numbers beneath.

Takes the answers of the queries `picture_…` and the weeks before; gives lengths and places in the units of the drawing,
960 wide, with one decimal. Templates put them into SVG; colours and patterns are the page's own. A picture without
anything to draw is None, and the page says so in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.html import words
from pipelines.html.facts import Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipelines.html.facts import ReportFacts
    from pipelines.html.queries import Rows

MOST_WEEKS = 12  #: drawn before this run
_DAY = 86_400
_NARROW = 22.0  #: a part of a bar with room for a letter


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: str
    said: str


@dataclass(frozen=True)
class Part:
    """A stretch of a bar; `said` is empty where it is too short to write in."""

    at: str
    length: str
    rank: int
    said: str


@dataclass(frozen=True)
class Arrival:
    """A line of the picture of arrivals: where its due day stands, and how its files do."""

    row: Mapping[str, Any]
    at: str | None  #: nothing where nobody knows when it is due
    state: str  #: here, cut, missing or awaited; the worst of them


@dataclass(frozen=True)
class Bar:
    """One run in the picture of weeks."""

    said: str
    week: Week
    errors: str
    warnings: str


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _state(row: Mapping[str, Any]) -> str:
    if row["missing"]:
        return "missing"
    if row["cut"]:
        return "cut"
    return "awaited" if row["awaited"] else "here"


def _months(first: int, last: int) -> list[tuple[int, str]]:
    """The first of each month between two moments, in seconds; at most twelve of them, evenly taken."""
    start, end = (datetime.fromtimestamp(moment, UTC) for moment in (first, last))
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month + 1)
    every = len(months) // 12 + 1
    found = [datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in months[::every]]
    return [(int(one.timestamp()), words.month(one.date())) for one in found]


def arrivals(rows: Rows, past: int | None, left: float = 350, right: float = 730) -> dict[str, Any] | None:
    """Due days along a line, `past` (the last release that is past) among them."""
    if not rows:
        return None
    dated = [row["due"] for row in rows if row["due"] is not None]
    ticks: list[Tick] = []
    places: dict[int, str] = {}
    line = None
    if dated:
        first, last = min(dated) - 10 * _DAY, max(dated) + 10 * _DAY
        scale = (right - left) / (last - first)

        def at(moment: int) -> str:
            return _at(left + (moment - first) * scale)

        ticks = [Tick(at(moment), said) for moment, said in _months(first, last) if first <= moment <= last]
        places = {moment: at(moment) for moment in dated}
        line = at(past) if past is not None and first <= past <= last else None
    lines = [Arrival(row, places.get(row["due"]), _state(row)) for row in rows]
    return {"rows": lines, "ticks": ticks, "past": line, "lines": rows[0]["lines"]}


def _parts(grades: Sequence[Mapping[str, Any]] | None, left: float, width: float) -> list[Part]:
    whole = sum(one["results"] for one in grades or ())
    parts, at = [], left
    for one in grades or ():
        length = width * one["results"] / whole
        said = one["grade"] if length >= _NARROW * max(1, len(one["grade"]) / 2) else ""
        parts.append(Part(_at(at), _at(length), one["rank"], said))
        at += length
    return parts


def grades(rows: Rows, left: float = 350, width: float = 460) -> dict[str, Any] | None:
    """Two bars a unit, each as long as the other: shares of the grades."""
    if not rows:
        return None
    drawn = [
        {"row": row, "now": _parts(row["grades"], left, width), "before": _parts(row["last_grades"], left, width)}
        for row in rows
    ]
    shown = {part["rank"]: part["grade"] for row in rows for part in row["grades"]}
    return {"rows": drawn, "lines": rows[0]["lines"], "total": rows[0]["total"], "ranks": sorted(shown)}


def carriers(rows: Rows, left: float = 400, width: float = 420) -> dict[str, Any] | None:
    """A line a set of carriers, as long as it has results."""
    if not rows:
        return None
    most = max(row["results"] for row in rows)
    drawn = []
    for row in rows:
        length = max(1.5, width * row["results"] / most)
        differ = _at(width * row["differ"] / most)
        drawn.append({"row": row, "length": _at(length), "differ": differ, "end": _at(left + length + 8)})
    return {"rows": drawn, "left": _at(left), "lines": rows[0]["lines"], "total": rows[0]["total"]}


def weeks(before: Sequence[Week], now: Week, say: Any, height: float = 150) -> dict[str, Any] | None:
    """A bar a week and one for this run; None where there is no week before."""
    if not before:
        return None
    runs = [(say(week.day), week) for week in before[-MOST_WEEKS:]] + [("this run", now)]
    most = max(1, *(week.errors + week.warnings for _, week in runs))
    bars = [
        Bar(said, week, _at(height * week.errors / most), _at(height * week.warnings / most)) for said, week in runs
    ]
    return {"bars": bars, "most": most, "left_out": max(0, len(before) - MOST_WEEKS)}


def _now(answers: Mapping[str, Rows], day: date) -> Week:
    found, totals = answers["picture_now"][0], answers["totals"][0]
    students = totals["ready"] + totals["hold"] + totals["waiting"]
    return Week(day, found["errors"], found["warnings"], found["infos"], totals["hold"], students)


def pictures(facts: ReportFacts, answers: Mapping[str, Rows]) -> dict[str, Any]:
    """All four, by name; the day of this run is not said, since runs of one identity have equal bytes."""
    say = words.day_words(int(facts.season[:4]))
    now = _now(answers, facts.as_of.date())
    return {
        "arrivals": arrivals(answers["picture_arrivals"], answers["releases"][0]["past"]),
        "grades": grades(answers["picture_grades"]),
        "carriers": carriers(answers["picture_carriers"]),
        "weeks": weeks(facts.weeks, now, say),
    }
