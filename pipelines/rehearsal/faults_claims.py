"""Planted faults of claims: forgotten, unanswered, answered otherwise.

Takes a world of clean makers; adds rows and planted findings. Promises that the rest of each person is clean,
and that nobody without an award finishes this summer, unless the forgotten unit is the reason.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal.cohorts import year12, year13
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.faults_entries import IT_BASE
from pipelines.rehearsal.model import World
from pipelines.rehearsal.quiet import coursework_twice
from pipelines.rehearsal.statements import claim, tracker


def mandatory_unit_forgotten(world: World) -> None:
    """Finishing this summer without the mandatory coursework unit; the claims record knows nothing of it."""
    person = world.invent("y13")
    exams = [("05834/01", "6E25", "M"), ("05834/02", "6E26", "U")]
    work = [("05834/05", "24-1", "P"), ("05834/08", "25-1", "M")]
    enrol(world, person, "05835", exams, work)
    world.plant("unit_not_claimed", "error", person, qualification="05835", unit="05834/04")
    failed = world.invent("y13")
    enrol(world, failed, "05835", exams, [*work, ("05834/04", "25-1", "U")])
    row = world.one("claim", failed, Unit_Code="05834/04")
    row.cells["Claimed Grade"] = "P"
    note = "edge: claimed at P and answered by a failing result, which does not count"
    world.plant("unit_not_claimed", "error", failed, qualification="05835", unit="05834/04", note=note)
    world.plant(
        "claimed_grade_differs",
        "warning",
        failed,
        unit="05834/04",
        note="follows: claimed P, issued U",
    )
    follows = "follows: without that unit, and with a paper failed, there is no valid combination"
    for student in (person, failed):
        world.plant("units_incomplete", "error", student, qualification="05835", note=follows)
    for finish, severity, note in (
        ("31/08/2026", "error", "edge: season known from the entry alone (2012 suite, no tracker row)"),
        ("", "info", "edge: no tracker row and no expected completion, so the season is unknown"),
    ):
        old = world.invent("y13")
        units = [(f"05347/{n:02d}", "25-1", "M") for n in (4, 5)]
        enrol(world, old, "05349", [], units, tracked=False)
        world.one("entry", old).cells["Expected Completion"] = finish
        world.plant("unit_not_claimed", severity, old, qualification="05349", unit="05347/01", note=note)
        world.plant(
            "units_incomplete", severity, old, qualification="05349", note="follows: three units of four are missing"
        )


def claims_without_answer(world: World) -> None:
    """Claimed, due, and nothing came."""
    spare = world.invent("y13")
    year13(world, spare, "05838")
    claim(world, spare, "05838", "05838/20", "M", date(2026, 6, 10))
    world.plant("claim_without_result", "error", spare, unit="05838/20", note="claimed 10 June")
    late = world.invent("y12")
    year12(world, late, "05839")
    claim(world, late, "05839", "05838/13", "P", date(2026, 8, 2))
    world.plant(
        "claim_without_result",
        "error",
        late,
        unit="05838/13",
        note="edge: claimed 2 August, so in the second window",
    )
    again = world.invent("y12")
    enrol(world, again, "05839", IT_BASE, finish="2027", tracked=False)
    coursework_twice(world, again, "05839", "05838/05", ("P", "P"), ("P", "M"))
    world.drop(world.one("edi", again, file="9I25-2"), world.one("achievement", again, Unit_Award_Date="03/08/2026"))
    tracker(world, again, "05839", "2027", "Result not yet achieved")
    world.plant(
        "claim_without_result",
        "error",
        again,
        unit="05838/05",
        note="edge: the first claim was answered, the resubmission of 20 July was not",
    )
    waiting = world.invent("y12")
    year12(world, waiting, "05839")
    claim(world, waiting, "05839", "05838/14", "M", date(2026, 8, 6))
    world.plant(
        "claim_without_result",
        "error",
        waiting,
        unit="05838/14",
        state="pending",
        note="edge: claimed after the last window: not due",
    )


def claimed_otherwise(world: World) -> None:
    """Claimed one grade, given another."""
    person = world.invent("y12")
    enrol(world, person, "05839", IT_BASE, [("05838/08", "25-1", "M")], finish="2027")
    world.one("claim", person).cells["Claimed Grade"] = "D"
    world.plant("claimed_grade_differs", "warning", person, unit="05838/08", note="claimed D, issued M")
    edge = world.invent("y12")
    enrol(world, edge, "05839", IT_BASE, finish="2027", tracked=False)
    coursework_twice(world, edge, "05839", "05838/06", ("P", "M"), ("P", "D"))
    tracker(world, edge, "05839", "2027", "Result not yet achieved")
    world.plant(
        "claimed_grade_differs",
        "warning",
        edge,
        unit="05838/06",
        note="edge: the first claim agrees, the resubmission does not (claimed D, issued M)",
    )


def issued_without_claim(world: World) -> None:
    """A result of this season that nobody noted as claimed."""
    for unit, slot, note in (
        ("05838/06", "25-1", ""),
        ("05838/05", "25-0", "edge: issued before the windows, in an earlier file"),
    ):
        person = world.invent("y12")
        enrol(world, person, "05839", IT_BASE, [(unit, slot, "M")], finish="2027", claimed=False)
        world.plant("result_without_claim", "info", person, unit=unit, note=note)


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (mandatory_unit_forgotten, claims_without_answer, claimed_otherwise, issued_without_claim):
        fault(world)
