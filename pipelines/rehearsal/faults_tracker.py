"""Planted faults that the progress tracker shows, and attempts that are used up.

Takes a world of clean makers; adds rows and planted findings. Promises that what stands on the tracker is the only
thing amiss, that consequences are planted, and that nobody here finishes this summer without an award. The tracker
was frozen when the inbox was filled, so what waits must have waited on an earlier download.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal import identifiers
from pipelines.rehearsal.cohorts import year12, year13
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.faults_entries import IT_BASE
from pipelines.rehearsal.model import ELSEWHERE, Person, Row, World
from pipelines.rehearsal.quiet import coursework_twice
from pipelines.rehearsal.statements import Sat, claim, marks_row, tracker

JUNE_2025 = ("2025-06-26", "26/06/2025")
JULY = ("2026-07-16", "16/07/2026")


def on_tracker(world: World, person: Person, unit_code: str, status: str) -> Row:
    """Let the latest download say this of a unit, which may not have been on it."""
    found = world.find("detail", person, file="detail", Unit_Code=unit_code)
    if found:
        found[0].cells["Unit Achievement Status"] = status
        return found[0]
    unit = world.reference.units[unit_code]
    about = world.find("detail", person, file="detail")[0].cells
    changes = {
        "Unit Code": unit_code,
        "Unit Title": unit.title,
        "Unit Type": "Examined" if unit.examined else "Moderated",
        "Unit GLH": str(unit.hours or ""),
        "Unit Achievement Status": status,
    }
    return world.add("detail", "detail", person, **about | changes)


def earlier(world: World, row: Row, download: tuple[str, str], status: str) -> None:
    """The same unit on an earlier download."""
    said = {"Unit Achievement Status": status, "Last Updated": download[1]}
    world.add("detail", download[0], row.person, **row.cells | said)


def stuck(world: World) -> None:
    """A claim of last year that still waits; a result that has been pending for a week."""
    person = world.invent("y13")
    year13(world, person, "05839")
    earlier(world, on_tracker(world, person, "05838/20", "Claim submitted"), JUNE_2025, "Claim submitted")
    note = "submitted in June 2025, and still in July 2026"
    world.plant("claim_stuck", "warning", person, unit="05838/20", cause="claim_submitted", note=note)
    edge = world.invent("y12")
    year12(world, edge, "05839")
    claim(world, edge, "05839", "05838/13", "M", date(2026, 6, 10))
    earlier(world, on_tracker(world, edge, "05838/13", "Result pending"), JULY, "Result pending")
    note = "edge: pending on 16 and on 23 July, where a day should do"
    world.plant("claim_stuck", "warning", edge, unit="05838/13", cause="result_pending", note=note)
    note = "the claim of 10 June: claim_stuck follows from it"
    world.plant("claim_without_result", "error", edge, unit="05838/13", note=note)


def frozen(world: World) -> None:
    """Quiet: pending on the last download before the freeze, and issued while the tracker stood still."""
    person = world.invent("y12", who="a tracker frozen on Result pending, and the result came in August")
    enrol(world, person, "05839", IT_BASE, [("05838/09", "25-2", "M")], finish="2027")
    earlier(world, on_tracker(world, person, "05838/09", "Result pending"), JULY, "Sample selected")


def withdrawn_by_moderator(world: World) -> None:
    """Claimed, and no status on the tracker; quiet: claimed after the download, or never claimed."""
    person = world.invent("y12")
    year12(world, person, "05839")
    claim(world, person, "05839", "05838/14", "P", date(2026, 6, 15))
    on_tracker(world, person, "05838/14", "")
    edge = world.invent("y12")
    enrol(world, edge, "05839", IT_BASE, finish="2027", tracked=False)
    coursework_twice(world, edge, "05839", "05838/07", ("P", "P"), ("P", "M"))
    world.drop(world.one("edi", edge, file="9I25-2"), world.one("achievement", edge, Unit_Award_Date="03/08/2026"))
    tracker(world, edge, "05839", "2027", "Result not yet achieved")
    on_tracker(world, edge, "05838/07", "")
    for student, unit, note in (
        (person, "05838/14", ""),
        (edge, "05838/07", "edge: achieved in July, and the resubmission of 20 July withdrawn"),
    ):
        world.plant("unit_withdrawn_by_moderator", "warning", student, unit=unit, note=note)
        follows = "follows: the moderator withdrew the unit"
        world.plant("claim_without_result", "error", student, unit=unit, note=follows)
    since = world.invent("y12", who="no status on the tracker, which is older than the claim")
    enrol(world, since, "05839", IT_BASE, [("05838/08", "25-2", "M")], finish="2027")
    world.one("claim", since).cells["Claim Date"] = "27/07/2026"
    on_tracker(world, since, "05838/08", "")
    never = world.invent("y12", who="no status on the tracker for a unit that nobody claimed")
    year12(world, never, "05839")
    on_tracker(world, never, "05838/15", "")


def assessed_grades(world: World) -> None:
    """An assessed grade that waits for other units, or for nothing; quiet: one that has come since."""
    person = world.invent("y12", who="an assessed grade that waits for other units")
    year12(world, person, "05839")
    on_tracker(world, person, "05838/14", "Awaiting assessed grade")
    note = "05838/03 is not entered yet"
    world.plant("assessed_grade_awaited", "info", person, unit="05838/14", cause="other_units", note=note)
    edge = world.invent("y12", who="an assessed grade that waits, and nothing holds it up")
    exams: list[Sat] = [("05838/01", "1E26", "M"), ("05838/02", "1E26", "P"), ("05838/03", "6E26", "M")]
    enrol(world, edge, "05839", exams, [("05838/05", "25-1", "M")], finish="2027")
    on_tracker(world, edge, "05838/08", "Awaiting assessed grade")
    note = "edge: every other unit of it is achieved"
    world.plant("assessed_grade_awaited", "info", edge, unit="05838/08", cause="nothing_holds_it_up", note=note)
    come = world.invent("y12", who="an assessed grade awaited on the tracker, and issued since")
    enrol(world, come, "05839", IT_BASE, [("05838/09", "25-2", "M")], finish="2027")
    on_tracker(world, come, "05838/09", "Awaiting assessed grade")


def tracker_and_results(world: World) -> None:
    """Achieved on the tracker alone; failed on the tracker, achieved in January; what an earlier life explains."""
    person = world.invent("y12")
    year12(world, person, "05839")
    on_tracker(world, person, "05838/14", "Result achieved")
    note = "in no file and in no report"
    world.plant("tracker_disagrees", "warning", person, unit="05838/14", cause="no_result", note=note)
    edge = world.invent("y12")
    year12(world, edge, "05839")
    on_tracker(world, edge, "05838/01", "Result not achieved")
    note = "edge: a paper of January that every file calls achieved, months before the download"
    world.plant("tracker_disagrees", "warning", edge, unit="05838/01", cause="result_is_there", note=note)
    uci = identifiers.uci(f"{ELSEWHERE}0250418")
    moved = world.invent("y12", who="transferred in: a unit of the earlier centre stands on the tracker alone", uci=uci)
    year12(world, moved, "05839")
    on_tracker(world, moved, "05838/15", "Result achieved")
    note = "edge: achieved at the centre whose UCI it is"
    world.plant("tracker_disagrees", "info", moved, unit="05838/15", cause="transferred_in", note=note)
    old = world.invent("y13", who="achieved in an earlier season, on the tracker alone: no report reaches back so far")
    enrol(world, old, "05839", IT_BASE, [("05838/06", "25-1", "M")], finish="2027")
    on_tracker(world, old, "05838/18", "Result achieved")
    for row in [*world.find("summary", old), *world.find("detail", old)]:
        row.cells["Entry Date"] = "04/10/2022"
    note = "edge: began in 2022-23, and the reports here begin with 2023-24"
    world.plant("tracker_disagrees", "info", old, unit="05838/18", cause="report_may_not_reach_back", note=note)


def _three_times(unit: str, grades: str) -> list[Sat]:
    return [(unit, series, grade) for series, grade in zip(("6E25", "1E26", "6E26"), grades, strict=True)]


def attempts_used_up(world: World) -> None:
    """Three attempts at a paper, none of them enough; quiet: the third was enough, or one was an absence."""
    person = world.invent("y13")
    enrol(world, person, "05839", _three_times("05838/01", "UUU"), [("05838/06", "25-1", "M")], finish="2027")
    note = "the paper is mandatory"
    world.plant("attempts_exhausted", "error", person, unit="05838/01", cause="mandatory", note=note)
    edge = world.invent("y13")
    enrol(world, edge, "05839", [*IT_BASE, *_three_times("05838/25", "UUU")], finish="2027")
    note = "edge: an optional paper: another unit can take its place"
    world.plant("attempts_exhausted", "warning", edge, unit="05838/25", cause="not_mandatory", note=note)
    enough = world.invent("y13", who="failed a paper twice and achieved it at the third and last attempt")
    enrol(world, enough, "05839", _three_times("05838/01", "UUP"), finish="2027")
    earlier_year = world.invent("y13", who="two attempts, the first of them in last year's series: one is left")
    enrol(world, earlier_year, "05839", [("05838/01", "6E25", "U"), ("05838/01", "6E26", "U")], finish="2027")
    absent = world.invent("y13", who="failed, was absent, failed again: an absence is no attempt")
    entered = (("05838/01", "1E26"),)
    exams: list[Sat] = [("05838/01", "6E25", "U"), ("05838/01", "6E26", "U")]
    enrol(world, absent, "05839", exams, finish="2027", also_entered=entered)
    row = marks_row(world, absent, "05839", world.reference.units["05838/01"], "1E26", "P")
    row.cells |= {"Raw Mark": "ABS", "Final Mark": "ABS", "Grade": ""}
    row.cells |= {"Special Consideration Tariff": "", "Special Consideration Mark": ""}


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (
        stuck,
        frozen,
        withdrawn_by_moderator,
        assessed_grades,
        tracker_and_results,
        attempts_used_up,
    ):
        fault(world)
