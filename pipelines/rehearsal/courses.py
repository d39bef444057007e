"""A course: what one person sat, claimed and was awarded for one qualification, told alike by every carrier.

Takes a person and what they did; adds the rows of EDI, achievement report, marks report, entries, claims and
tracker. Promises that the carriers agree, that dates lie in the window of the file that carries the result,
that marks lie inside the grade boundaries, and that an award has the grade its units earn.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.rehearsal.model import Person, World
from pipelines.rehearsal.statements import (
    ENTRY_DAY,
    ISSUED,
    TRACKER_DAY,
    Sat,
    achievement_row,
    british,
    claim,
    day_of,
    edi_result,
    entry,
    issued_on,
    marks_row,
    series_of,
    tracker,
)


def sit(world: World, person: Person, code: str, sat: Sat, file: str = "all") -> None:
    """One examined unit in one series: result everywhere it is told."""
    unit, series, grade = world.reference.units[sat[0]], sat[1], sat[2]
    achievement_row(world, person, code, unit, series, grade, ISSUED[series][0], file)
    if series != "6E24":
        marks = marks_row(world, person, code, unit, series, grade)
        edi_result(world, person, series, unit.option, "M", grade, f"{int(marks.cells['Final Mark']):04d}")


def coursework(world: World, person: Person, code: str, sat: Sat, claimed: str | None = None) -> date:
    """One moderated unit in one window, with this season's claim; gives the day it was issued."""
    unit, slot, grade = world.reference.units[sat[0]], sat[1], sat[2]
    series = series_of(slot, "I" if unit.suite == "2016" else "C")
    day = issued_on(world, slot)
    achievement_row(world, person, code, unit, series, grade, day)
    if not slot.endswith("-0"):
        edi_result(world, person, f"{series}-{slot[-1]}", unit.option, "M", grade)
    if slot.startswith("25-") and claimed != "":
        claim(
            world,
            person,
            code,
            unit.code,
            claimed or grade,
            day - timedelta(days=world.random.randrange(14, 40)),
        )
    return day


def award(world: World, person: Person, code: str, slot: str, grade: str) -> None:
    """The qualification itself: an EDI line, and the award columns of the report."""
    q = world.reference.qualifications[code]
    day = issued_on(world, slot)
    for row in world.find("achievement", person, Qualification_Code=code):
        row.cells |= {"Qualification Grade": grade, "Qualification Award Date": british(day)}
    series = series_of(slot, q.annual)
    edi_result(world, person, f"{series}-{slot[-1]}", code, "G", world.reference.edi_grade(code, grade))


def enrol(
    world: World,
    person: Person,
    code: str,
    exams: list[Sat] | None = None,
    work: list[Sat] | None = None,
    *,
    issued: str = "",
    grade: str = "",
    finish: str = "2026",
    entered: bool = True,
    tracked: bool = True,
    claimed: bool = True,
    absent: str = "",
    also_entered: tuple[tuple[str, str], ...] = (),
) -> None:
    """A whole course. `issued` is the slot of the award, `also_entered` examined units without a result.

    `finish` is the year of the estimated completion date; leavers are neither entered nor tracked.
    """
    q = world.reference.qualifications[code]
    for sat in exams or []:
        sit(world, person, code, sat)
    for sat in work or []:
        coursework(world, person, code, sat, None if claimed else "")
    wanted = [(unit, series) for unit, series, _ in exams or [] if series in ENTRY_DAY]
    for unit, series in [*wanted, *also_entered] if entered else ():
        entry(world, person, series, unit, "unit", q.level)
    if entered:
        entry(world, person, f"9{q.annual}25", code, "qualification", q.level)
    if issued:
        best: dict[str, str] = {}
        for unit, _, got in [*(exams or []), *(work or [])]:
            if (world.reference.points(unit, got) or 0) >= (world.reference.points(unit, best.get(unit, "U")) or 0):
                best[unit] = got
        award(world, person, code, issued, grade or world.reference.award(code, best))
    if tracked:
        done = issued in ("25-0", "25-1") and bool(
            [
                r
                for r in world.find("achievement", person, Qualification_Code=code)
                if day_of(r.cells["Qualification Award Date"]) <= TRACKER_DAY
            ]
        )
        tracker(world, person, code, finish, "Result achieved" if done else "Result not yet achieved", absent)
