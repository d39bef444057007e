"""The records of the award calculation's twin: reference figures, what is known of a person, and what comes of it.

The fields are the columns of the reference tables, of the tables the calculation reads, and of the two it makes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

#: said in a grade's place: not issued, or still to come
NO_RESULT = ("X", "Q")


@dataclass(frozen=True)
class Unit:
    """A row of `units`."""

    unit_code: str
    option_code: str
    subject: str
    suite: str
    level: int
    guided_learning_hours: int | None
    assessment: str
    confidence: str | None = "documented"
    is_known: bool = True  #: false of a unit that only results speak of: the reference data have no row


@dataclass(frozen=True)
class Qualification:
    """A row of `qualifications`."""

    qualification_code: str
    subject: str
    suite: str
    level: int
    size: str
    guided_learning_hours: int
    complete: bool | None
    confidence: str = "documented"
    is_known: bool = True  #: false of one that is entered or awarded and has no row in the reference data


@dataclass(frozen=True)
class Listed:
    """A row of `combinations`."""

    qualification_code: str
    unit_code: str
    requirement: str
    confidence: str = "documented"


@dataclass(frozen=True)
class Points:
    """A row of `unit_points`."""

    suite: str
    level: int
    guided_learning_hours: int
    grade: str
    points: int
    confidence: str = "documented"


@dataclass(frozen=True)
class Threshold:
    """A row of `grade_thresholds`."""

    suite: str
    level: int
    size: str
    grade: str
    minimum_points: int
    confidence: str = "documented"


@dataclass(frozen=True)
class Limit:
    """A row of `attempts`."""

    suite: str
    level: int
    assessment: str
    maximum_attempts: int


@dataclass(frozen=True)
class Figures:
    """The reference tables the calculation stands on."""

    units: tuple[Unit, ...]
    qualifications: tuple[Qualification, ...]
    listed: tuple[Listed, ...]
    points: tuple[Points, ...]
    thresholds: tuple[Threshold, ...]
    limits: tuple[Limit, ...]

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Units by code."""
        return {unit.unit_code: unit for unit in self.units}

    @cached_property
    def worth(self) -> Mapping[tuple[str, int, int | None, str | None], Points]:
        """What a grade is worth, by suite, level, hours and grade."""
        return {(p.suite, p.level, p.guided_learning_hours, p.grade): p for p in self.points}

    def maximum_attempts(self, unit: Unit) -> int | None:
        """How often the unit may be attempted; None where there is no limit."""
        for limit in self.limits:
            if (limit.suite, limit.level, limit.assessment) == (unit.suite, unit.level, unit.assessment):
                return limit.maximum_attempts
        return None


@dataclass(frozen=True)
class Result:
    """What matters of a row of `unit_results` or, with a qualification as its code, of `qualification_results`."""

    code: str
    season: str
    series: str
    grade: str | None
    window_from: datetime.date | None = None
    award_date: datetime.date | None = None
    is_absent: bool = False
    option_code: str | None = None
    embargo_until: str | None = None
    file_id: str = "f"
    line: int = 1

    @property
    def when(self) -> tuple[object, ...]:
        """Sorts results from the earliest; what no window holds was awarded before the windows of its series."""
        window, award = self.window_from or datetime.date.min, self.award_date or datetime.date.max
        return self.season, self.series, window, award, self.option_code or "~", self.file_id, self.line


@dataclass(frozen=True)
class Entry:
    """What matters of a row of `qualification_entries`."""

    qualification_code: str
    is_live: bool = True
    is_expected: bool | None = True


@dataclass(frozen=True)
class Tracked:
    """What matters of a row of `tracker` about a unit."""

    unit_code: str
    status: str
    as_of: datetime.date = datetime.date(2026, 8, 1)
    file_id: str = "t"
    line: int = 1

    @property
    def season(self) -> str:
        """The academic year of the day the row is evidence for."""
        first = self.as_of.year - (self.as_of.month < 9)
        return f"{first}-{(first + 1) % 100:02d}"


@dataclass(frozen=True)
class Person:
    """All that is known of one person."""

    centre_number: str
    person_id: str
    results: tuple[Result, ...] = ()
    awards: tuple[Result, ...] = ()
    entries: tuple[Entry, ...] = ()
    tracked: tuple[Tracked, ...] = ()


@dataclass(frozen=True)
class Achievement:
    """A row of `unit_achievements`."""

    centre_number: str
    person_id: str
    unit_code: str
    option_code: str | None
    suite: str
    level: int
    subject: str
    assessment: str
    guided_learning_hours: int | None
    grade: str | None
    is_achieved: bool
    points: int | None
    points_confidence: str | None
    series: str | None
    season: str | None
    window_from: datetime.date | None
    award_date: datetime.date | None
    attempts_seen: int
    attempts_maximum: int | None
    embargo_until: str | None
    file_id: str
    line: int


@dataclass(frozen=True)
class Held:
    """An achieved unit that a qualification lists."""

    unit_code: str
    hours: int
    points: int | None


@dataclass(frozen=True)
class Count:
    """What counts of the units held: the units, their hours and points, and the grade they come to."""

    units: tuple[Held, ...]
    hours: int
    missing: tuple[str, ...]
    eligible: bool
    points: int | None
    rank: int  #: -1 not eligible, 0 unclassified, 1 the lowest grade …


@dataclass(frozen=True)
class Calculation:
    """A row of `award_calculations`, all but `not_calculated`, which is words."""

    centre_number: str
    person_id: str
    qualification_code: str
    suite: str | None
    level: int | None
    subject: str | None
    size: str | None
    entered: bool
    is_expected: bool | None
    is_calculated: bool
    eligible: bool | None = None
    units_counted: str | None = None
    unit_count: int | None = None
    glh_counted: int | None = None
    glh_required: int | None = None
    glh_short: int | None = None
    mandatory_missing: str | None = None
    points: int | None = None
    grade: str | None = None
    issued_grade: str | None = None
    issued_series: str | None = None
    next_grade: str | None = None
    points_to_next: int | None = None
    next_unit: str | None = None
    next_unit_grade: str | None = None
    next_step: str | None = None  #: just what the change makes: the words are the SQL's own
    confidence: str | None = None
    combination_confidence: str | None = None
    figures_confidence: str | None = None
    points_at_award: int | None = None
    grade_at_award: str | None = None
    stands_without_near_pass: bool | None = None
    issued_file_id: str | None = None
    issued_line: int | None = None
    embargo_until: str | None = None


def columns(kind: type) -> tuple[str, ...]:
    """The names of a record's columns."""
    return tuple(field.name for field in fields(kind))
