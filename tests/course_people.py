"""Invented centres and students for the twins: courses of two years, resits, withdrawals, files that are not here.

Takes a source of chance and reference figures; gives a `County`. First comes what the board issued, then what the
files that are here tell of it, so that an absence may mean a fault or a file that never came.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, replace

from tests.award_people import invented_figures
from tests.award_records import Figures, Qualification, Unit
from tests.course_records import (
    SEASON,
    SEASONS,
    Claim,
    County,
    Day,
    Enrolled,
    Said,
    School,
    Sitting,
    Student,
    TrackerRow,
    Window,
    annual,
    season_of_series,
    summer,
    windows,
)

#: the moment of looking: after the release, before it, and the year before it all
MOMENTS = ("2026-08-10 07:30:00+00", "2026-08-10 07:30:00+00", "2026-08-10 06:59:00+00", "2026-07-28 09:00:00+00")
UNIT_STATUSES = (
    ("result_achieved",) * 4
    + ("claim_submitted", "sample_selected", "result_pending", "awaiting_assessed_grade", "entered")
    + ("not_entered", "withdrawn_by_moderator", "result_not_yet_achieved", "absent", "withdrawn", "unknown")
)
CLAIMED = ("claim_submitted", "sample_selected", "result_pending", "awaiting_assessed_grade")
HABITS = ("all", "edi", "report", "july", "tracker", "nothing", "june report", "mixed", "mixed", "this year")


@dataclass(frozen=True)
class Issued:
    """A result as the board has it."""

    code: str
    is_award: bool
    series: str
    grade: str | None
    window: Window | None
    day: Day
    is_absent: bool
    under: str


def _day(rnd: random.Random, first: Day, last: Day) -> Day:
    return first + datetime.timedelta(rnd.randint(0, (last - first).days))


def _place(rnd: random.Random, series: str) -> tuple[Window | None, Day]:
    """A window of the series and a day in it."""
    year = summer(season_of_series(series))
    if series[0] != "9":
        return None, Day(year, 3 if series[0] == "1" else 8, rnd.randint(1, 28))
    some = windows(series)
    if not some:
        return None, _day(rnd, Day(year - 1, 10, 1), Day(year, 8, 4))
    window = rnd.choices(some, (4, 8, 4, 1))[0]
    return window, _day(rnd, window.first, min(window.last, Day(year, 8, 28)))


def _series(rnd: random.Random, unit: Unit) -> str:
    season = rnd.choices(SEASONS[1:], (1, 2, 6, 10))[0]
    if unit.assessment == "moderated":
        return annual(unit.suite, season)
    return f"{rnd.choice('166')}E{summer(season) % 100:02d}"


def _grade(rnd: random.Random, unit: Unit, ability: float) -> str:
    if rnd.random() < 0.05:
        return rnd.choice("XQ")
    if rnd.random() > ability:
        return rnd.choice(("U", "U", "R"))
    examined = unit.assessment == "examined"
    near = ("R", "R", "R") if unit.level == 3 else ("Achieved",)
    return str(rnd.choice(("P", "M", "D", *(near if examined else ()))))


def _unit_results(rnd: random.Random, unit: Unit, ability: float, under: str) -> list[Issued]:
    found: dict[tuple[str, Window | None], Issued] = {}
    for _ in range(rnd.choice((1, 1, 1, 1, 2, 3))):
        series = _series(rnd, unit)
        window, day = _place(rnd, series)
        absent = unit.assessment == "examined" and rnd.random() < 0.08
        grade = rnd.choice((None, "U")) if absent else _grade(rnd, unit, ability)
        found[series, window] = Issued(unit.unit_code, False, series, grade, window, day, absent, under)
    return list(found.values())


def _award(rnd: random.Random, figures: Figures, q: Qualification) -> list[Issued]:
    if rnd.random() > 0.3:
        return []
    scale = [t.grade for t in figures.thresholds if (t.suite, t.level, t.size) == (q.suite, q.level, q.size)]
    found = {}
    for _ in range(rnd.choice((1, 1, 1, 2))):
        series = annual(q.suite, rnd.choice(SEASONS[2:]))
        window, day = _place(rnd, series)
        grade = rnd.choice((*scale, *scale, "U", "X", "Q", "P"))
        code = q.qualification_code
        found[series, window] = Issued(code, True, series, grade, window, day, False, code)
    return list(found.values())


def _edi_files(rnd: random.Random, habit: str) -> frozenset[tuple[str, Window | None]]:
    files: list[tuple[str, Window | None]] = []
    for season in SEASONS[1:]:
        year = summer(season) % 100
        series = [f"1E{year}", f"6E{year}", annual("2016", season), annual("2012", season)]
        every = [(one, window) for one in series for window in (windows(one) or (None,))]
        files += [file for file in every if file[1] is None or file[1].place != "after" or rnd.random() < 0.1]
    if habit in ("all", "edi"):
        return frozenset(f for f in files if f[1] is None or f[1].place != "before" or rnd.random() < 0.6)
    if habit == "july":
        return frozenset(f for f in files if f[1] is None or f[1].first.month == 7)
    if habit == "this year":
        return frozenset(
            f for f in files if season_of_series(f[0]) == SEASON and (f[1] is None or f[1].place != "before")
        )
    if habit == "mixed":
        share = rnd.choice((0.5, 0.9, 0.97))
        return frozenset(f for f in files if rnd.random() < share)
    return frozenset()


@dataclass(frozen=True)
class Report:
    """An achievement report: of a range of days, or of one examined series and the awards beside it."""

    file_id: str
    first: Day
    last: Day
    series: str | None
    run_on: Day | None

    def shows(self, rnd: random.Random, one: Issued) -> bool:
        """Whether a result is on it; now and then it forgets one."""
        if rnd.random() < 0.02:
            return False
        if self.series is not None and not one.is_award:
            return one.series == self.series
        return self.first <= one.day <= self.last


def _reports(rnd: random.Random, number: str, habit: str) -> list[Report]:
    def report(n: int, first: Day, last: Day, series: str | None = None) -> Report:
        return Report(f"report {number} {n}", first, last, series, rnd.choice((None, last)))

    start = Day(rnd.choice((2021, 2022, 2023, 2024, 2025)), 9, 1)
    end = rnd.choice((Day(2026, 8, 10), Day(2026, 8, 10), Day(2026, 8, 4), Day(2026, 7, 20), Day(2025, 8, 31)))
    if habit in ("all", "report", "mixed") and rnd.random() < 0.8:
        more = [report(2, Day(2025, 9, 1), Day(2026, 8, 10))] if rnd.random() < 0.2 else []
        return [report(1, start, end), *more]
    if habit == "june report":
        old = [report(2, Day(2023, 9, 1), Day(2024, 8, 20), "6E24")] if rnd.random() < 0.4 else []
        return [report(1, Day(2020, 9, 1), Day(2026, 8, 10), "6E26"), *old]
    return []


def _told(
    rnd: random.Random, number: str, files: tuple[frozenset[tuple[str, Window | None]], frozenset[tuple[str, str]]],
    reports: list[Report], issued: list[Issued],
) -> list[Said]:  # fmt: skip
    """What the files that are here say of what was issued."""
    has_uci, found = rnd.random() < 0.93, []
    for line, one in enumerate(issued, 1):
        about = Said(
            "edi", one.code, one.is_award, one.series, one.grade, one.window, None, one.is_absent, None, "edi", line
        )
        if has_uci and (one.series, one.window) in files[0] and rnd.random() < 0.98:
            # the file may be older than the grade
            found.append(replace(about, grade="Q") if rnd.random() < 0.02 and not one.is_absent else about)
        if not one.is_award and (one.series, one.code) in files[1]:
            found.append(replace(about, carrier="marks", file_id="marks"))
        if one.is_absent and one.grade is None:
            continue
        for report in reports:
            if report.shows(rnd, one):
                told = replace(about, carrier="achievement", award_date=one.day, listed_under=one.under)
                found.append(replace(told, is_absent=False, file_id=report.file_id))
    return found


def _claims(rnd: random.Random, unit: Unit, under: str, issued: list[Issued]) -> list[Claim]:
    """The claims that the results answer, one without a result, or none at all."""
    days: list[Day | None] = [
        one.day - datetime.timedelta(rnd.choice((0, 3, 30))) for one in issued if rnd.random() < 0.8
    ]
    if rnd.random() < 0.15:
        days.append(rnd.choice((Day(2026, 5, 7), Day(2026, 7, 30), Day(2026, 8, 2), Day(2024, 5, 7), None)))
    return [Claim(unit.unit_code, under, day) for day in days]


def _tracker(
    rnd: random.Random, q: Qualification, units: list[Unit], issued: list[Issued], plan: str | None
) -> list[TrackerRow]:
    code = q.qualification_code
    entered_on = rnd.choice((None, Day(2023, 10, 2), Day(2024, 10, 2), Day(2025, 10, 2)))
    as_of = rnd.choice((Day(2026, 7, 24), Day(2026, 7, 24), Day(2026, 6, 2), Day(2025, 7, 24)))
    rows = []
    if rnd.random() < 0.8:
        status = rnd.choice(("result_not_yet_achieved",) * 8 + ("result_achieved", "withdrawn", "not_eligible"))
        rows.append(TrackerRow(code, None, status, as_of, plan, entered_on, 1))
    if rnd.random() < 0.7:
        good = {one.code for one in issued if one.grade in ("P", "M", "D")}
        for line, unit in enumerate(units, 2):
            if unit.is_known and rnd.random() < 0.9:
                told = "result_achieved" if unit.unit_code in good and rnd.random() < 0.9 else rnd.choice(UNIT_STATUSES)
                rows.append(TrackerRow(code, unit.unit_code, told, as_of, plan, entered_on, line))
    return rows


def _enrolled(rnd: random.Random, q: Qualification) -> list[Enrolled]:
    """The entry of a course: once, again in its second year, or withdrawn; now and then at another level than meant."""
    plan = rnd.choice((SEASON,) * 6 + ("2024-25", "2026-27", None, None, None, None))
    season = rnd.choice((SEASON, SEASON, "2024-25", "2024-25", "2023-24"))
    other = 5 - q.level
    intended = rnd.choice((None,) * 8 + (q.level,) * 4 + (other,))
    rows = [Enrolled(q.qualification_code, season, rnd.random() < 0.06, plan, intended, 1)]
    if season != SEASON and rnd.random() < 0.3:
        rows.append(Enrolled(q.qualification_code, SEASON, rnd.random() < 0.1, plan, intended, 2))
    return rows


def _sittings(rnd: random.Random, units: list[Unit], issued: list[Issued]) -> list[Sitting]:
    known = {unit.unit_code: unit for unit in units if unit.assessment == "examined"}
    pairs = {(one.code, one.series) for one in issued if one.code in known and rnd.random() < 0.8}
    pairs |= {(code, rnd.choice(("6E26", "6E26", "1E26", "6E25"))) for code in sorted(known) if rnd.random() < 0.15}
    return [Sitting(code, series, rnd.random() < 0.08) for code, series in sorted(pairs)]


def _student(rnd: random.Random, figures: Figures, number: str, name: str, habit: str, reports: list[Report],
             files: tuple[frozenset[tuple[str, Window | None]], frozenset[tuple[str, str]]]) -> Student:  # fmt: skip
    """Somebody on one course, or on two of one subject."""
    main = rnd.choice(figures.qualifications)
    family = [q for q in figures.qualifications if q.subject == main.subject]
    courses = [main, *rnd.sample(family, min(len(family), rnd.choice((0, 0, 0, 1))))]
    courses = list({q.qualification_code: q for q in courses}.values())
    listed = {
        row.unit_code for q in courses for row in figures.listed if row.qualification_code == q.qualification_code
    }
    others = [unit for unit in figures.units if unit.subject == main.subject]
    diligence, ability = rnd.choice((0.5, 0.9, 1.0)), rnd.choice((0.6, 0.9, 1.0))
    stray = rnd.choice((0.0, 0.0, 0.1, 0.7))
    units = [u for u in figures.units if u.unit_code in listed and rnd.random() < diligence]
    units += [u for u in others if u not in units and rnd.random() < stray]
    issued = [one for unit in units for one in _unit_results(rnd, unit, ability, main.qualification_code)]
    claims = [
        claim for unit in units if unit.assessment == "moderated"
        for claim in _claims(rnd, unit, main.qualification_code, [o for o in issued if o.code == unit.unit_code])
    ]  # fmt: skip
    awards = [award for q in family if q in courses or rnd.random() < 0.1 for award in _award(rnd, figures, q)]
    entered = [row for q in courses for row in _enrolled(rnd, q)] if rnd.random() < 0.85 else []
    has_tracker = habit in ("all", "tracker") or rnd.random() < 0.3
    tracker = [
        row for q in courses for row in _tracker(rnd, q, units, issued, rnd.choice((SEASON, SEASON, "2026-27", None)))
    ] if has_tracker else []  # fmt: skip
    sittings = _sittings(rnd, units, issued) if rnd.random() < 0.7 else []
    said = _told(rnd, number, files, reports, issued + awards)
    return Student(name, tuple(entered), tuple(sittings), tuple(claims), tuple(tracker), tuple(said))


def _school(rnd: random.Random, figures: Figures, number: str, students: int) -> School:
    habit = rnd.choice(HABITS)
    edi, reports = _edi_files(rnd, habit), _reports(rnd, number, habit)
    examined = [unit.unit_code for unit in figures.units if unit.assessment == "examined"]
    marks = frozenset(
        (series, code) for code in examined for series in ("6E26", "1E26", "6E25")
        if habit in ("all", "mixed", "june report") and rnd.random() < 0.4
    )  # fmt: skip
    newcomers = rnd.random() < 0.15
    people = [_student(rnd, figures, number, f"{number} p{n}", habit, reports, (edi, marks)) for n in range(students)]
    if rnd.random() < 0.3:
        people = [replace(student, claims=()) for student in people]
    if rnd.random() < 0.2:
        people = [replace(student, sittings=()) for student in people]
    if newcomers:
        people = [
            replace(one, enrolled=tuple(replace(row, season=SEASON, line=1) for row in one.enrolled[:1]))
            for one in people
        ]
    here = tuple((report.file_id, report.run_on) for report in reports)
    return School(number, edi, marks, here, tuple(people))


def invented_county(rnd: random.Random, subjects: int, schools: int, students: int) -> County:
    """Many centres with a few students each: the centre's number gets a tail that tells them apart."""
    figures = invented_figures(rnd, subjects)
    numbers = [f"{rnd.choice(('99999', '99998'))}/{n}" for n in range(schools)]
    return County(figures, tuple(_school(rnd, figures, one, students) for one in numbers), rnd.choice(MOMENTS))
