"""Planted faults of reports: an achievement report that stops too early, and one that leaves out a series.

Takes a world of clean makers; adds rows and planted findings. Promises that the students of these reports are clean:
their other carriers agree, and what a report was not asked for is nobody's fault but the report's.
"""

from __future__ import annotations

from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.faults_entries import IT_BASE
from pipelines.rehearsal.model import MAIN, World
from pipelines.rehearsal.statements import Sat


def stops_early(world: World) -> None:
    """The engineers' report was run in spring and never again, while their June papers are in EDI."""
    exams: list[Sat] = [("05822/01", "1E26", "M"), ("05822/02", "6E26", "P")]
    for _ in range(2):
        person = world.invent("y12", who="in a report that was run before the June papers were out")
        enrol(world, person, "05823", exams, finish="2027")
        for row in world.find("achievement", person):
            row.file = "engineering"
        world.drop(world.one("achievement", person, Unit_Series="6E26"))
    note = "run in spring; June is in EDI and in the marks report"
    name = "achievement_engineering.csv"
    world.plant("report_range_short", "warning", centre=MAIN, file=name, cause="stops_early", note=note)


def leaves_out(world: World) -> None:
    """The scientists' report was run for June alone, and they sat a paper in January."""
    exams: list[Sat] = [("05847/01", "1E26", "P"), ("05847/02", "6E26", "M")]
    for _ in range(2):
        person = world.invent("y12", who="in a report of one series, after papers in two")
        enrol(world, person, "05847", exams, finish="2027")
        for row in world.find("achievement", person):
            row.file = "science"
        world.drop(world.one("achievement", person, Unit_Series="1E26"))
    note = "edge: run for June by series; it reaches the day of the results, and January is not in it"
    name = "achievement_science_6E26.csv"
    world.plant("report_range_short", "warning", centre=MAIN, file=name, cause="series_left_out", note=note)


def january_again(world: World) -> None:
    """Quiet: a report run for January alone, beside the whole one, which has all that this one lacks."""
    for _ in range(2):
        person = world.invent("y12", who="in a report of one series, and in the whole one besides")
        enrol(world, person, "05839", IT_BASE, finish="2027")
        row = world.one("achievement", person, Unit_Series="1E26")
        world.add("achievement", "january", person, **row.cells)


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (stops_early, leaves_out, january_again):
        fault(world)
