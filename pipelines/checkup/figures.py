"""Whether the reference tables agree with one another, so that an award can be recomputed from them.

Takes the rows of every table, gives checks. Promises: what is `wrong` here would make a run recompute a false award or
take one code for another; what is merely not known (`complete` = false) is no fault. The words, and what complete
means, are those of docs/qualifications-howto.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from pipelines.checkup import Check, look, ok, wrong
from pipelines.checkup.rows import Row, Tables

#: one letter of a grade, the least first; a grade of several is as good as its letters together
_LETTERS = {"P": 1, "M": 2, "D": 3, "D*": 4}
_UNIT_GRADES = ("R", "P", "M", "D")
_Key = TypeVar("_Key")
_HOW = "docs/qualifications-howto.md shows every row a qualification needs."


@dataclass(frozen=True)
class Lack:
    """What keeps a qualification from being calculated, and where the row is, or would go."""

    what: str
    where: str


class Figures:
    """The reference tables by what they are looked up by."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.units = {row.text("unit_code"): row for row in tables.of("units")}
        self.qualifications = {row.text("qualification_code"): row for row in tables.of("qualifications")}

    @cached_property
    def combinations(self) -> dict[str, list[Row]]:
        """The rows of `combinations` by qualification."""
        return _grouped(self.tables.of("combinations"), lambda row: row.text("qualification_code"))

    @cached_property
    def thresholds(self) -> dict[tuple[str, ...], list[Row]]:
        """The rows of `grade_thresholds` by suite, level and size."""
        return _grouped(self.tables.of("grade_thresholds"), size_of)

    @cached_property
    def gradesets(self) -> dict[tuple[str, ...], str]:
        """The gradeset of each size."""
        return {size_of(row): row.text("gradeset") for row in self.tables.of("size_gradesets")}

    @cached_property
    def grades(self) -> dict[str, set[str]]:
        """The grades of each gradeset that an award may have; unclassified needs no points."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.tables.of("grade_codes"):
            if rank(row.text("grade")):
                found[row.text("gradeset")].add(row.text("grade"))
        return found

    @cached_property
    def points(self) -> set[tuple[str, ...]]:
        """Suite, level, hours and grade of every row of `unit_points` that says its points."""
        rows = self.tables.of("unit_points")
        return {(*_length_of(row), row.text("grade")) for row in rows if row.number("points") is not None}


def _grouped(rows: Iterable[Row], key: Callable[[Row], _Key]) -> dict[_Key, list[Row]]:
    found: dict[_Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def rank(grade: str) -> int:
    """How good an award's grade is beside the others of its gradeset; 0 for what is no grade of an award."""
    letters = re.findall(r"D\*|[DMP]", grade)
    return sum(_LETTERS[letter] for letter in letters) if letters and "".join(letters) == grade else 0


def size_of(row: Row) -> tuple[str, ...]:
    """What a size is told by: suite, level, name."""
    return row.text("suite"), row.text("level"), row.text("size")


def _length_of(row: Row) -> tuple[str, ...]:
    return row.text("suite"), row.text("level"), row.text("guided_learning_hours")


def check_figures(tables: Tables) -> list[Check]:
    """Ask every question of the tables together; one line for each that is well, one for each fault."""
    figures = Figures(tables)
    questions: tuple[tuple[str, Callable[[Figures], Iterator[Check]], str], ...] = (
        ("codes", _codes, f"{len(figures.units)} units, {len(figures.qualifications)} qualifications, no code twice"),
        ("combinations", _combinations, "every unit listed is there, of one subject, suite and level"),
        ("sizes", _mandatory_hours, "mandatory units never exceed the size"),
        ("thresholds", _thresholds, "they rise with the grade, on the scale of their size"),
        ("unit points", _unit_points, "a better grade earns more points"),
        ("complete", _complete, _told_complete(figures)),
    )
    checks = []
    for name, question, well in questions:
        found = list(question(figures))
        checks += found or [ok(name, well)]
    return checks


def _codes(figures: Figures) -> Iterator[Check]:
    for table, column in (("units", "option_code"), ("units", "unit_reference"), ("qualifications", "qan")):
        seen: dict[str, Row] = {}
        for row in figures.tables.of(table):
            code = row.text(column)
            if code and code in seen:
                what = f"{column} {code} is also that of {seen[code].where}."
                yield wrong("codes", what, row.where, "Correct one of them: a file that names it could mean either.")
            seen.setdefault(code, row)


def _combinations(figures: Figures) -> Iterator[Check]:
    for row in figures.tables.of("combinations"):
        unit, award = row.text("unit_code"), row.text("qualification_code")
        for table, code, known in (
            ("units", unit, figures.units),
            ("qualifications", award, figures.qualifications),
        ):
            if code not in known:
                what = f"{row.text('requirement')} unit {unit} of {award}: {code} is not in {table}."
                yield wrong("combinations", what, row.where, f"Add it to {figures.tables.places[table]}.")
        if unit in figures.units and award in figures.qualifications:
            yield from _same_kind(row, figures.units[unit], figures.qualifications[award])


def _same_kind(row: Row, unit: Row, award: Row) -> Iterator[Check]:
    for column in ("subject", "suite", "level"):
        if unit.text(column) != award.text(column):
            codes = f"{unit.text('unit_code')} and {award.text('qualification_code')}"
            what = f"{codes} differ in {column}: {unit.text(column)} and {award.text(column)}."
            yield wrong("combinations", what, row.where, f"Correct {unit.where} or {award.where}, or take the row out.")


def _hours(figures: Figures, code: str, requirement: str) -> list[int]:
    """Guided learning hours of the units of a qualification, those that are known."""
    listed = [row for row in figures.combinations.get(code, []) if row.text("requirement") == requirement]
    units = [figures.units[row.text("unit_code")] for row in listed if row.text("unit_code") in figures.units]
    return [hours for unit in units if (hours := unit.number("guided_learning_hours")) is not None]


def _mandatory_hours(figures: Figures) -> Iterator[Check]:
    for code, award in figures.qualifications.items():
        mandatory, size = sum(_hours(figures, code, "mandatory")), award.number("guided_learning_hours")
        if size is not None and mandatory > size:
            what = f"{code}: its mandatory units have {mandatory} hours, its size is {size}."
            yield wrong("sizes", what, award.where, "Correct the hours, or make some of its combinations optional.")


def _thresholds(figures: Figures) -> Iterator[Check]:
    hours: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for award in figures.qualifications.values():
        if (length := award.number("guided_learning_hours")) is not None:
            hours[size_of(award)].add(length)
    for size, rows in figures.thresholds.items():
        gradeset = figures.gradesets.get(size)
        if gradeset is None:
            what = f"No row says on which scale a {_told(size)} is graded."
            todo = f"Add a row to {figures.tables.places['size_gradesets']}."
            yield wrong("thresholds", what, rows[0].where, todo)
            continue
        for row in rows:
            if row.text("grade") not in figures.grades.get(gradeset, set()):
                what = f"{row.text('grade')} is no grade of a {_told(size)}, whose scale is {gradeset}."
                yield wrong("thresholds", what, row.where, "Correct the grade, or the size's row in size_gradesets.")
            if hours[size] and row.number("guided_learning_hours") not in hours[size]:
                what = f"A {_told(size)} has {_listed(map(str, sorted(hours[size])))} hours in qualifications."
                yield wrong("thresholds", what, row.where, "Correct the hours here or there.")
        graded = [row for row in rows if rank(row.text("grade"))]
        graded.sort(key=lambda row: rank(row.text("grade")))
        yield from _not_rising("thresholds", graded, "minimum_points", "needs")


def _unit_points(figures: Figures) -> Iterator[Check]:
    for rows in _grouped(figures.tables.of("unit_points"), _length_of).values():
        graded = [row for row in rows if row.text("grade") in _UNIT_GRADES]
        graded.sort(key=lambda row: _UNIT_GRADES.index(row.text("grade")))
        yield from _not_rising("unit points", graded, "points", "earns")


def _not_rising(name: str, graded: list[Row], column: str, verb: str) -> Iterator[Check]:
    """Where of two neighbouring grades, the lower first, the higher does not stand above."""
    for lower, higher in pairwise(row for row in graded if row.number(column) is not None):
        low, high = lower.number(column) or 0, higher.number(column) or 0
        if low >= high:
            what = f"{higher.text('grade')} {verb} {high} points, {lower.text('grade')} {verb} {low}."
            yield wrong(name, what, higher.where, f"Correct it, or {lower.where}.")


def lacks(figures: Figures, code: str) -> Iterator[Lack]:
    """Everything that keeps a qualification from being calculated; nothing where it can be."""
    award, places = figures.qualifications[code], figures.tables.places
    size, gradeset = size_of(award), figures.gradesets.get(size_of(award))
    if not all(size) or award.number("guided_learning_hours") is None:
        yield Lack("its suite, level, size or hours are blank", award.where)
    if gradeset is None:
        yield Lack(f"no row says on which scale a {_told(size)} is graded", places["size_gradesets"])
    there = {row.text("grade") for row in figures.thresholds.get(size, []) if row.number("minimum_points") is not None}
    if missing := sorted(figures.grades.get(gradeset or "single", set()) - there, key=rank):
        yield Lack(f"no threshold for {_listed(missing)} of a {_told(size)}", places["grade_thresholds"])
    if not figures.combinations.get(code):
        yield Lack("it has no units in combinations", places["combinations"])
        return
    yield from _unit_lacks(figures, code)
    yield from _fill_lacks(figures, code, award)


def _unit_lacks(figures: Figures, code: str) -> Iterator[Lack]:
    asked: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in figures.combinations[code]:
        unit = figures.units.get(row.text("unit_code"))
        if unit is None:
            yield Lack(f"its unit {row.text('unit_code')} is not in units", row.where)
        elif unit.number("guided_learning_hours") is None:
            yield Lack(f"the hours of its unit {row.text('unit_code')} are blank", unit.where)
        else:
            # only an examined unit of Level 3, 2016 suite, can be nearly passed
            nearly = (unit.text("suite"), unit.text("level"), unit.text("assessment")) == ("2016", "3", "examined")
            asked[_length_of(unit)].update(_UNIT_GRADES[0 if nearly else 1 :])
    for length, grades in asked.items():
        if missing := [grade for grade in _UNIT_GRADES if grade in grades and (*length, grade) not in figures.points]:
            what = f"no points for {_listed(missing)} of a unit of {length[2]} hours ({length[0]}, Level {length[1]})"
            yield Lack(what, figures.tables.places["unit_points"])


def _fill_lacks(figures: Figures, code: str, award: Row) -> Iterator[Lack]:
    size, mandatory = award.number("guided_learning_hours"), sum(_hours(figures, code, "mandatory"))
    if size is None or mandatory >= size:
        return
    reached = {0}
    for hours in _hours(figures, code, "optional"):
        reached |= {total + hours for total in reached if total + hours <= size - mandatory}
    if size - mandatory not in reached:
        what = f"no choice of its optional units fills the {size - mandatory} hours left of {size} exactly"
        yield Lack(what, award.where)


def _complete(figures: Figures) -> Iterator[Check]:
    """A qualification called complete lacks nothing; of a centre's own, what is still missing is told."""
    for code, award in figures.qualifications.items():
        found = list(lacks(figures, code))
        if award.text("complete") == "true":
            for lack in found:
                todo = f"Add or correct it, or set complete = false in {award.where}. {_HOW}"
                yield wrong("complete", f"{code} is complete, but {lack.what}.", lack.where, todo)
        elif award.is_local and found:
            what = f"{code} is not calculated: {'; '.join(lack.what for lack in found)}."
            yield look("complete", what, award.where, _HOW)
        elif award.is_local:
            yield look("complete", f"{code} lacks nothing, yet complete = false.", award.where, "Set complete = true.")


def _told_complete(figures: Figures) -> str:
    complete = sum(row.text("complete") == "true" for row in figures.qualifications.values())
    rest = len(figures.qualifications) - complete
    return f"{complete} qualifications can be calculated; of {rest} the combinations are not all known"


def _told(size: tuple[str, ...]) -> str:
    suite, level, name = size
    return f"Level {level or '?'} {name or 'qualification of unknown size'} ({suite or 'suite unknown'})"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
