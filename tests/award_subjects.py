"""Small invented subjects for the award calculation's known answers, each with one qualification.

Gives `FIGURES`. A unit is written `02:60m`: number, hours, and e for examined or m for moderated. A unit is worth what
it is in the shipped figures, near enough; the thresholds are made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.award_people import PER_30
from tests.award_records import Figures, Limit, Listed, Points, Qualification, Threshold, Unit


@dataclass(frozen=True)
class Size:
    """One qualification that is the only one of its subject."""

    code: str
    hours: int
    units: str
    mandatory: str = ""
    optional: str = ""
    suite: str = "2016"
    level: int = 3
    thresholds: tuple[tuple[str, int], ...] = ()
    complete: bool = True


SIZES = (
    Size("80001", 120, "01:60m 02:60m 03:90m 04:60m 05:60m", "", "01 02 03 04 05", thresholds=(("P", 26), ("M", 32))),
    Size("80002", 120, "01:90m 02:90m 03:60m", "", "01 02 03", thresholds=(("P", 28), ("M", 40))),
    Size("80003", 60, "01:30m 02:30m 03:60m", "", "01 02 03", thresholds=(("P", 14), ("M", 16), ("D", 18))),
    Size("80004", 180, "01:90m 02:90m 03:60m 04:120m", "", "01 02 03 04", thresholds=(("P", 42), ("M", 48))),
    Size("80005", 120, "01:60e 02:60e 03:60m", "01", "02 03", thresholds=(("P", 26), ("M", 32), ("D", 36))),
    Size("80006", 60, "01:60e 02:60m 03:60m", "01 02", "03", thresholds=(("P", 14), ("D", 36))),
    Size("80007", 60, "01:30e 02:30m", "01", "02", "2016", 2, (("P", 8), ("M", 10))),
    Size("80008", 180, "01:60m 02:60m 03:60m", "", "01 02 03", "2012", 3, (("P", 210), ("M", 230), ("D", 250))),
    Size("80009", 120, "01:60m 02:60m", "", "01 02", thresholds=(("P", 28),), complete=False),
    Size("80010", 120, "01:60m 02:60m", "", "01 02"),
    Size("80011", 90, "01:30m 02:30m 03:30m 04:30m 05:30e", "", "01 02 03 04 05", thresholds=(("P", 21), ("M", 24))),
    Size("80013", 180, "01:30m 02:30m 03:60m 04:120m", "", "01 02 03 04", thresholds=(("P", 40),)),
    Size("80012", 180, "01:120m 02:30m 03:30m 04:90m", "", "02 03 01", thresholds=(("P", 40),)),
)


def _figures() -> Figures:
    units, qualifications, listed, thresholds = [], [], [], []
    for size in SIZES:
        own = f"9{size.code[1:]}"
        for unit in size.units.split():
            number, kind = unit.split(":")
            assessment = {"e": "examined", "m": "moderated"}[kind[-1]]
            about = (f"Subject {own}", size.suite, size.level, int(kind[:-1]), assessment)
            units.append(Unit(f"{own}/{number}", f"{own[1:]}{number}", *about))
        name = f"Size {size.code}"
        qualifications.append(
            Qualification(size.code, f"Subject {own}", size.suite, size.level, name, size.hours, size.complete)
        )
        for requirement, numbers in (("mandatory", size.mandatory), ("optional", size.optional)):
            listed += [Listed(size.code, f"{own}/{number}", requirement) for number in numbers.split()]
        thresholds += [Threshold(size.suite, size.level, name, *threshold) for threshold in size.thresholds]
    points = [
        Points(suite, level, hours, grade, worth * hours // 30)
        for (suite, level), scale in PER_30.items()
        for hours in (30, 60, 90, 120)
        for grade, worth in scale.items()
    ]
    limits = (Limit("2016", 3, "examined", 3), Limit("2016", 2, "examined", 2))
    return Figures(tuple(units), tuple(qualifications), tuple(listed), tuple(points), tuple(thresholds), limits)


FIGURES = _figures()
