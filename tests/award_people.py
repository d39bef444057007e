"""Invented qualifications and people for the award calculation, and the tables that hold them.

Takes a source of chance; gives a `World`: reference figures of small subjects (so that trying every set is quick) and
people who resit, resubmit, are absent, get X or Q, near passes where there are none, or only the tracker's word.
`fill` puts a world into a database as the tables that the calculation reads. The same source gives the same world.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.award_records import (
    NO_RESULT,
    Entry,
    Figures,
    Limit,
    Listed,
    Person,
    Points,
    Qualification,
    Result,
    Threshold,
    Tracked,
    Unit,
)

CONFIDENCES = ("documented", "inferred", "recollection")
#: series of the two suites, with their seasons: examined units, then what an annual series holds
EXAMINED = {"1E24": "2023-24", "6E24": "2023-24", "1E25": "2024-25", "6E25": "2024-25", "6E26": "2025-26"}
ANNUAL = {
    "2016": {"9I23": "2023-24", "9I24": "2024-25", "9I25": "2025-26"},
    "2012": {"9C23": "2023-24", "9C24": "2024-25", "9C25": "2025-26"},
}
SEASONS = {**EXAMINED, **ANNUAL["2016"], **ANNUAL["2012"]}
SCALES = (("P", "M", "D", "D*"), ("PP", "MP", "MM", "DM", "DD", "D*D", "D*D*"), ("P",))
STATUSES = ("result_achieved", "result_achieved", "result_not_achieved", "claim_submitted", "not_entered", "absent")
KINDS = {"2016": ("examined", "moderated", "moderated"), "2012": ("moderated",)}
PER_30 = {
    ("2016", 3): {"R": 6, "P": 7, "M": 8, "D": 9},
    ("2012", 3): {"P": 35, "M": 40, "D": 45},
    ("2016", 2): {"P": 4, "M": 5, "D": 6, "Achieved": 4},
    ("2012", 2): {"P": 20, "M": 23, "D": 27},
}


@dataclass(frozen=True)
class World:
    """Reference figures and the people they are about."""

    figures: Figures
    people: tuple[Person, ...]


def _points(rnd: random.Random) -> list[Points]:
    """Points in step with the hours, as the board has them, or crooked; now and then a row is not known."""
    rows = []
    for (suite, level), scale in PER_30.items():
        if rnd.random() < 0.08:
            continue
        for hours in (30, 60, 90, 120):
            crooked = rnd.choice((0, 0, rnd.randint(-2, 3)))
            gone = rnd.random() < 0.06
            rows += [
                Points(suite, level, hours, grade, points * hours // 30 + crooked, rnd.choice(CONFIDENCES))
                for grade, points in scale.items()
                if not gone and rnd.random() > 0.02
            ]
    return rows


def _thresholds(rnd: random.Random, sizes: Mapping[tuple[str, int, str], int]) -> list[Threshold]:
    """Ascending thresholds of each size, the lowest between a little below and a little above all passes."""
    rows = []
    for (suite, level, size), hours in sizes.items():
        if rnd.random() < 0.06:
            continue
        scale, per_30 = rnd.choice(SCALES), PER_30[suite, level]
        minimum = per_30["P"] * hours // 30 + rnd.randint(-6, 4)
        for grade in scale:
            rows.append(Threshold(suite, level, size, grade, minimum, rnd.choice(CONFIDENCES)))
            minimum += rnd.randint(1, 1 + (per_30["D"] - per_30["P"]) * hours // 30 // len(scale) * 2)
    return rows


def _subject(rnd: random.Random, number: int) -> list[Unit]:
    suite, level = rnd.choice(("2016", "2016", "2012")), rnd.choice((3, 3, 2))
    lengths = rnd.choice(((30, 60), (60,), (30, 60, 90, 120), (60, 90, 120), (30, 60, 120)))
    return [
        Unit(
            f"{90000 + number}/{n:02d}", f"{number:02d}{n:02d}XY", f"Subject {number // 2}", suite, level,
            rnd.choice(lengths), rnd.choice(KINDS[suite]), rnd.choice(CONFIDENCES),
        )
        for n in range(1, rnd.randint(3, 9))
    ]  # fmt: skip


def _forgotten(rnd: random.Random, unit: Unit) -> Unit:
    """A unit as it is, or now and then one whose hours nobody knows, or of which the reference data have no row."""
    if rnd.random() > 0.03:
        return unit
    return replace(unit, guided_learning_hours=None, is_known=rnd.random() < 0.5)


def invented_figures(rnd: random.Random, subjects: int) -> Figures:
    """Subjects of three to six units, each with one to four sizes; some reference rows are missing."""
    units = [[_forgotten(rnd, unit) for unit in _subject(rnd, number)] for number in range(subjects)]
    qualifications: list[Qualification] = []
    listed: list[Listed] = []
    sizes: dict[tuple[str, int, str], int] = {}
    for number, own in enumerate(units):
        one = own[0]
        for n in range(rnd.randint(1, 4)):
            code, hours = f"{80000 + number * 10 + n}", rnd.choice((60, 90, 120, 180, 240))
            size = f"Size {hours}"
            sizes[one.suite, one.level, size] = hours
            complete, is_known = rnd.choice((True,) * 12 + (False, None)), rnd.random() > 0.03
            about = (one.subject, one.suite, one.level, size, hours, complete, rnd.choice(CONFIDENCES), is_known)
            qualifications.append(Qualification(code, *about))
            if rnd.random() < 0.06:
                continue
            share = rnd.choice((0.0, 0.2, 0.4))
            # now and then a unit of another subject counts too
            alike = [unit for others in units for unit in others if (unit.suite, unit.level) == (one.suite, one.level)]
            foreign = [rnd.choice(alike)] if rnd.random() < 0.1 else []
            for unit in {unit.unit_code: unit for unit in own + foreign}.values():
                if rnd.random() < 0.93:
                    requirement = "mandatory" if rnd.random() < share else "optional"
                    listed.append(Listed(code, unit.unit_code, requirement, rnd.choice(CONFIDENCES)))
    limits = (Limit("2016", 3, "examined", rnd.choice((2, 3))), Limit("2016", 2, "examined", 2))
    return Figures(
        tuple(unit for own in units for unit in own), tuple(qualifications), tuple(listed),
        tuple(_points(rnd)), tuple(_thresholds(rnd, sizes)), limits,
    )  # fmt: skip


def _grade(rnd: random.Random, unit: Unit, ability: float, usual: tuple[str, ...]) -> str:
    if rnd.random() < 0.06:
        return rnd.choice(("X", "Q"))
    if rnd.random() > ability:
        return rnd.choice(("U", "R", "U", "Not Achieved"))
    if unit.level == 2 and unit.assessment == "examined" and rnd.random() < 0.4:
        return "Achieved"
    scale = ("D", "M", "P", "R" if unit.assessment == "examined" and unit.level == 3 else "P")
    return rnd.choice(usual * 2 + scale)


def _results(rnd: random.Random, unit: Unit, ability: float, usual: tuple[str, ...], line: int) -> list[Result]:
    """What the person has of one unit: one result, or several of several series and windows."""
    series = EXAMINED if unit.assessment == "examined" else ANNUAL[unit.suite]
    found: dict[tuple[str, object], Result] = {}
    for n in range(rnd.choice((1, 1, 1, 2, 3, 4))):
        code = rnd.choice(sorted(series))
        year = int(series[code][:4]) + 1
        window = None
        if unit.assessment == "moderated" and rnd.random() < 0.8:
            window = datetime.date(year, rnd.choice((7, 8)), 1)
        absent = unit.assessment == "examined" and rnd.random() < 0.12
        found[code, window] = Result(
            unit.unit_code, series[code], code,
            rnd.choice((None, None, "U")) if absent else _grade(rnd, unit, ability, usual),
            window,
            datetime.date(year, window.month if window else 3, rnd.randint(1, 28)) if rnd.random() < 0.8 else None,
            absent, unit.option_code, rnd.choice((None, None, f"{year}-08-1{n} 07:00:00+00")),
            f"file{rnd.randint(1, 3)}", line * 10 + n,
        )  # fmt: skip
    return _with_a_sit(list(found.values()))


def _with_a_sit(results: list[Result]) -> list[Result]:
    """The results, without those of X and Q where nothing else was ever said."""
    if any(result.grade not in NO_RESULT and not result.is_absent for result in results):
        return results
    return [result for result in results if result.grade not in NO_RESULT]


def _awards(rnd: random.Random, figures: Figures, code: str, line: int) -> list[Result]:
    q = next(q for q in figures.qualifications if q.qualification_code == code)
    scale = [t.grade for t in figures.thresholds if (t.suite, t.level, t.size) == (q.suite, q.level, q.size)]
    found: dict[tuple[str, object], Result] = {}
    for n in range(rnd.choice((1, 1, 2, 3))):
        series = rnd.choice(sorted(ANNUAL[q.suite]))
        window = datetime.date(int(SEASONS[series][:4]) + 1, rnd.choice((7, 8)), 1)
        grade = rnd.choice((*scale, "U", "X", "Q"))
        embargo = rnd.choice((None, f"{window.year}-08-20 07:00:00+00"))
        found[series, window] = Result(
            code,
            SEASONS[series],
            series,
            grade,
            window,
            rnd.choice((window, None)),
            False,
            code,
            embargo,
            "file9",
            line * 10 + n,
        )
    return list(found.values())


def invented_person(rnd: random.Random, figures: Figures, number: int) -> Person:
    """Someone who studies one or two subjects, in some of their units, better or worse."""
    subjects = rnd.sample(sorted({unit.subject for unit in figures.units}), 1)
    if rnd.random() < 0.2:
        subjects.append(rnd.choice(sorted({unit.subject for unit in figures.units})))
    ability, diligence = rnd.choice((0.5, 0.8, 0.95)), rnd.choice((0.3, 0.7, 1.0))
    # whoever does as well in everything has many sets of units that are worth as much
    usual = rnd.choice(((), ("P", "P", "P"), ("M", "M"), ("D", "D", "D")))
    results: list[Result] = []
    tracked: list[Tracked] = []
    units = [unit for unit in figures.units if unit.subject in subjects]
    for line, unit in enumerate(units, start=number * 1000):
        if rnd.random() < diligence:
            results += _results(rnd, unit, ability, usual, line)
        for n in range(rnd.choice((0,) * 12 + (1, 2)) if unit.is_known else 0):
            day = datetime.date(rnd.choice((2024, 2025, 2026)), rnd.randint(1, 12), 1)
            tracked.append(Tracked(unit.unit_code, rnd.choice(STATUSES), day, "tracker", line * 10 + n))
    codes = [q.qualification_code for q in figures.qualifications if q.subject in subjects]
    entered = [code for code in codes if rnd.random() < 0.4]
    return Person(
        rnd.choice(("99999", "99998")),
        f"p{number:05d}",
        tuple(results),
        tuple(award for code in codes if rnd.random() < 0.2 for award in _awards(rnd, figures, code, number)),
        tuple(Entry(code, rnd.random() < 0.85, rnd.choice((True, False, None))) for code in entered),
        tuple(tracked),
    )


def invented_world(rnd: random.Random, subjects: int, people: int) -> World:
    """Figures, and people who are measured by them."""
    figures = invented_figures(rnd, subjects)
    return World(figures, tuple(invented_person(rnd, figures, number) for number in range(people)))
