"""What is on paper about invented students: entries, claims, tracker rows, statements, and the files of their centre.

The records of the twins of the rules about awards, levels, sizes and claims. A `School` is one centre with its own
choice of files; a `County` is many of them with one set of reference figures and one moment of looking.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from tests.award_records import Figures

Day = datetime.date
SEASON = "2025-26"
SEASONS = ("2021-22", "2022-23", "2023-24", "2024-25", SEASON)


class Window(NamedTuple):
    """A stretch of award dates of an annual series."""

    first: Day
    last: Day
    place: str  #: before, calendar or after


#: the windows that the calendar names, by the year they lie in; an earlier year has none
CALENDAR = {
    2026: ((Day(2026, 7, 1), Day(2026, 7, 31)), (Day(2026, 8, 1), Day(2026, 8, 4))),
    2025: ((Day(2025, 7, 1), Day(2025, 7, 31)), (Day(2025, 8, 1), Day(2025, 8, 5))),
    2024: ((Day(2024, 7, 1), Day(2024, 7, 31)), (Day(2024, 8, 1), Day(2024, 8, 7))),
}
#: from when the tracker stands still
FREEZE = Day(2026, 7, 24)
#: when the windows of a year are released
RELEASES = {2026: "2026-08-10 07:00", 2025: "2025-08-11 07:00", 2024: "2024-08-12 07:00"}
#: when examined series are released; of one that is not named, once anybody holds a result of it
RELEASED_ON = {
    **{f"6E{year % 100}": moment for year, moment in RELEASES.items()},
    "1E26": "2026-03-12 08:00",
    "1E25": "2025-03-13 08:00",
}


def summer(season: str) -> int:
    """The year in which a season ends."""
    return int(season[:4]) + 1


def season_of(day: Day) -> str:
    """The academic year of a day."""
    first = day.year - (day.month < 9)
    return f"{first}-{(first + 1) % 100:02d}"


def annual(suite: str, season: str) -> str:
    """The annual series of a season."""
    return f"{'9C' if suite == '2012' else '9I'}{season[2:4]}"


def june(season: str) -> str:
    """The June series of a season."""
    return f"6E{summer(season) % 100:02d}"


def season_of_series(series: str) -> str:
    """The academic year of a series: an annual one is named after its first year."""
    year = 2000 + int(series[2:4]) - (series[0] != "9")
    return f"{year}-{(year + 1) % 100:02d}"


def windows(series: str) -> tuple[Window, ...]:
    """All windows of a series, in order; none of an examined one, or where the calendar names none."""
    year = summer(season_of_series(series))
    named = CALENDAR.get(year, ()) if series[0] == "9" else ()
    if not named:
        return ()
    before = Window(Day(year - 1, 9, 1), named[0][0] - datetime.timedelta(1), "before")
    after = Window(named[-1][1] + datetime.timedelta(1), Day(year, 12, 31), "after")
    return before, *(Window(*pair, "calendar") for pair in named), after


@dataclass(frozen=True)
class Enrolled:
    """An entry for a qualification."""

    qualification_code: str
    season: str = SEASON
    withdrawn: bool = False
    completes: str | None = None  #: the season the entry itself expects the award in
    intended_level: int | None = None
    line: int = 1


@dataclass(frozen=True)
class Sitting:
    """An entry for a unit."""

    unit_code: str
    series: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Claim:
    """A claim of a moderated unit."""

    unit_code: str
    qualification_code: str
    day: Day | None


@dataclass(frozen=True)
class TrackerRow:
    """A row of the tracker; of a qualification where it names no unit."""

    qualification_code: str
    unit_code: str | None
    status: str
    as_of: Day = FREEZE
    completes: str | None = None
    entered_on: Day | None = None
    line: int = 1


@dataclass(frozen=True)
class Said:
    """What one carrier says of a unit or an award."""

    carrier: str
    code: str
    is_award: bool
    series: str
    grade: str | None
    window: Window | None = None
    award_date: Day | None = None
    is_absent: bool = False
    listed_under: str | None = None  #: of a report's unit, the qualification it stands under
    file_id: str = "f"
    line: int = 1


@dataclass(frozen=True)
class Student:
    """Everything that is on paper about one student."""

    name: str
    enrolled: tuple[Enrolled, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    claims: tuple[Claim, ...] = ()
    tracker: tuple[TrackerRow, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class School:
    """A centre: which EDI files, marks reports and achievement reports are here, and its students."""

    number: str
    edi: frozenset[tuple[str, Window | None]]
    marks: frozenset[tuple[str, str]]
    reports: tuple[tuple[str, Day | None], ...]  #: the file, and the day it says it was run on
    students: tuple[Student, ...]


@dataclass(frozen=True)
class County:
    """Centres that are looked at together."""

    figures: Figures
    schools: tuple[School, ...]
    as_of: str = "2026-08-10 07:30:00+00"


class Finding(NamedTuple):
    """Who is spoken of, and how."""

    code: str
    centre_number: str
    person_id: str
    qualification_code: str
    unit_code: str
    severity: str
    state: str
    cause: str
