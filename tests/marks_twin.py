"""Two rules about marks once more, slow and obvious: the twin that their SQL is held against.

Takes lines and boundaries as plain records; gives the people of whom a rule must speak. Nothing is shared with the
SQL: no ranges, no joins, one line after another, and the rounding of the decimal module.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FAILS = ("U", "Not Achieved")
PENDING = ("X", "Q")


@dataclass(frozen=True)
class Line:
    """What one carrier says of one person's result of the one unit; None where it is silent."""

    person_id: str
    carrier: str = "marks"
    grade: str | None = None
    is_on_scale: bool | None = None
    mark: Decimal | None = None
    raw_mark: Decimal | None = None
    tariff: Decimal | None = None
    added: Decimal | None = None
    maximum: Decimal | None = None
    is_absent: bool = False
    partial_absence: bool = False


@dataclass(frozen=True)
class Boundary:
    """One row of the published table, for the one unit."""

    grade: str
    minimum: Decimal
    state: str = "stands"


def _by_person(lines: Iterable[Line]) -> dict[str, list[Line]]:
    people: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        people[line.person_id].append(line)
    return people


def grades_that_differ(lines: Sequence[Line], boundaries: Sequence[Boundary]) -> tuple[set[str], set[str]]:
    """The people whose grade does not go with their mark, and all who can be judged."""
    least = {one.grade: one.minimum for one in boundaries if one.state == "stands"}
    wrong: set[str] = set()
    judged: set[str] = set()
    if not least:
        return wrong, judged
    for person, said in _by_person(lines).items():
        if any(line.is_absent or line.partial_absence for line in said):
            continue
        grades = {
            line.grade for line in said if line.grade and line.grade not in PENDING and line.is_on_scale in (None, True)
        }
        for line in said:
            if line.mark is None or (line.grade is not None and line.is_on_scale is False):
                continue
            grade = line.grade
            if grade is None and len(grades) == 1:
                (grade,) = grades
            if grade is None or grade in PENDING:
                continue
            judged.add(person)
            if _differs(grade, line.mark, least):
                wrong.add(person)
    return wrong, judged


def _differs(grade: str, mark: Decimal, least: dict[str, Decimal]) -> bool:
    reached = {name for name, minimum in least.items() if minimum <= mark}
    if grade in least:
        return grade not in reached or any(least[name] > least[grade] for name in reached)
    return grade in FAILS and bool(reached)


def special_consideration_that_differs(lines: Sequence[Line], permitted: Iterable[int]) -> dict[str, str]:
    """Of whom it must be said, and what: the sum, the mark or the tariff."""
    reports = [line for line in lines if line.carrier == "marks" and not line.is_absent]
    if not any(line.tariff is not None or line.added is not None for line in reports):
        return {}
    maxima = {line.maximum for line in lines if line.maximum}
    only = maxima.pop() if len(maxima) == 1 else None
    found = {}
    for line in reports:
        word = _wrong(line, line.maximum or only, set(permitted))
        if word:
            found[line.person_id] = word
    return found


def _wrong(line: Line, maximum: Decimal | None, permitted: set[int]) -> str:
    due = None
    if line.tariff is not None and maximum is not None:
        due = (line.tariff * maximum / 100).quantize(Decimal(1), ROUND_HALF_UP)
    counted = line.added
    if counted is None:
        counted = Decimal(0) if line.tariff is None else due
    if line.raw_mark is not None and line.mark is not None and counted is not None:
        total = line.raw_mark + counted
        allowed = {total} if maximum is None or total <= maximum else {total, maximum}
        if line.mark not in allowed:
            return "sum"
    if line.added is not None and due is not None:
        allowed = {due}
        if line.raw_mark is not None and maximum is not None and line.raw_mark + due > maximum:
            allowed.add(maximum - line.raw_mark)
        if line.added not in allowed:
            return "mark"
    return "tariff" if line.tariff is not None and line.tariff not in permitted else ""
