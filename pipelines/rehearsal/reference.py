"""The reference facts the sample is built on.

Takes the shipped reference tables, gives units, qualifications, points, thresholds, grade codes, and the arithmetic
that makes an invented award agree with its units. Promises nothing about confidence: the sample uses the
figures as they stand, so an award in it is right by the same figures the product uses.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass

from pipelines import resources


@dataclass(frozen=True)
class Unit:
    """A unit of a specification; `hours` are guided learning hours, None if not known."""

    code: str
    option: str
    subject: str
    suite: str
    level: str
    number: int
    title: str
    hours: int | None
    examined: bool

    @property
    def maximum_mark(self) -> int:
        """Marks on the paper (examined units only); made up, by size."""
        return {60: 60, 90: 80, 120: 90}.get(self.hours or 0, 70)


@dataclass(frozen=True)
class Qualification:
    """A qualification of one size."""

    code: str
    title: str
    subject: str
    suite: str
    level: str
    size: str
    hours: int
    qan: str

    @property
    def annual(self) -> str:
        """The letter of its annual series: I for the 2016 suite, C for the 2012 suite."""
        return "I" if self.suite == "2016" else "C"


def _rows(name: str) -> list[dict[str, str]]:
    with (resources.reference_data() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Reference:
    """Everything the makers look up."""

    def __init__(self) -> None:
        self.units = {
            r["unit_code"]: Unit(
                r["unit_code"],
                r["option_code"],
                r["subject"],
                r["suite"],
                r["level"],
                int(r["unit_number"]),
                r["title"],
                int(r["guided_learning_hours"]) if r["guided_learning_hours"] else None,
                r["assessment"] == "examined",
            )
            for r in _rows("units")
        }
        self.qualifications = {
            r["qualification_code"]: Qualification(
                r["qualification_code"],
                r["title"],
                r["subject"],
                r["suite"],
                r["level"],
                r["size"],
                int(r["guided_learning_hours"]),
                r["qan"],
            )
            for r in _rows("qualifications")
        }
        self.mandatory = {
            code: [
                r["unit_code"]
                for r in _rows("combinations")
                if r["qualification_code"] == code and r["requirement"] == "mandatory"
            ]
            for code in self.qualifications
        }
        self._points = {
            (r["suite"], r["level"], int(r["guided_learning_hours"]), r["grade"]): int(r["points"])
            for r in _rows("unit_points")
        }
        self._thresholds = [
            ((r["suite"], r["level"], r["size"]), int(r["minimum_points"]), r["grade"])
            for r in _rows("grade_thresholds")
        ]
        self.left_out: set[tuple[str, str]] = set()
        self._gradesets = {(r["suite"], r["level"], r["size"]): r["gradeset"] for r in _rows("size_gradesets")}
        self._codes = {(r["gradeset"], r["grade"]): r["code"] for r in _rows("grade_codes") if len(r["code"]) <= 2}

    def points(self, unit: str, grade: str) -> int | None:
        """Points of a grade for a unit: 0 for a failing one, None where the figures are not known."""
        u = self.units[unit]
        if grade == "U" or (grade == "R" and not u.examined):
            return 0
        return self._points.get((u.suite, u.level, u.hours or 0, grade))

    def award(self, code: str, best: dict[str, str]) -> str:
        """The grade of a qualification from the best grade of each unit.

        All optional units used in the sample are of 60 hours, so the best ones simply fill what the mandatory
        units leave. Raises ValueError when the units do not reach the size: a sample award must be right.
        """
        q = self.qualifications[code]
        if q.level == "2" or any(self.units[u].hours is None for u in best):
            return Counter(sorted(best.values())).most_common(1)[0][0]
        scored = {u: self.points(u, g) or 0 for u, g in best.items()}
        mandatory = self.mandatory[code]
        optional = sorted((p for u, p in scored.items() if u not in mandatory and p), reverse=True)
        places, rest = divmod(q.hours - sum(self.units[u].hours or 0 for u in mandatory), 60)
        if rest or any(not scored.get(u) for u in mandatory) or len(optional) < places:
            raise ValueError(f"the units given do not reach {code}")
        total = sum(scored[u] for u in mandatory) + sum(optional[:places])
        reached = [g for key, low, g in self._thresholds if key == (q.suite, q.level, q.size) and total >= low]
        return reached[-1] if reached else "U"

    def edi_grade(self, code: str, grade: str) -> str:
        """An award's grade as two characters: `DDD` of a triple is coded, a single `D*` is itself."""
        q = self.qualifications[code]
        if len(grade) <= 2:
            return grade
        return self._codes[(self._gradesets[(q.suite, q.level, q.size)], grade)]


def boundaries(unit: Unit, series: str) -> dict[str, int]:
    """The lowest mark of R, P, M and D on one paper; invented, a mark or two apart from series to series."""
    shift = (unit.number + int(series[0]) + int(series[2:])) % 3
    return {g: unit.maximum_mark * share // 100 + shift for g, share in zip("RPMD", (33, 41, 55, 69), strict=True)}
