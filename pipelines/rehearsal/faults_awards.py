"""Planted faults of awards: missing, another grade, units that do not make the size; and who must be left alone.

Takes a world of clean makers; adds rows and planted findings. Promises that every unit of these people is told
alike by all carriers, so that the award alone is the fault.
"""

from __future__ import annotations

from pipelines.rehearsal.cohorts import year13
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import Person, World
from pipelines.rehearsal.statements import Sat

IT_EXAMS: list[Sat] = [("05838/01", "6E25", "M"), ("05838/02", "1E26", "P"), ("05838/03", "6E26", "M")]
IT_WORK: list[Sat] = [("05838/05", "24-1", "M"), ("05838/08", "25-1", "P")]


def never_awarded(world: World) -> None:
    """All units of the size, and no award in any carrier."""
    person = world.invent("y13")
    enrol(world, person, "05839", IT_EXAMS, IT_WORK)
    world.plant("award_missing", "error", person, qualification="05839")
    edge = world.invent("y13")
    exams: list[Sat] = [("05834/01", "6E25", "P"), ("05834/02", "1E26", "M"), ("05834/03", "6E26", "U")]
    work: list[Sat] = [("05834/04", "25-1", "P"), ("05834/06", "25-1", "M")]
    enrol(world, edge, "05835", [*exams, ("05834/09", "6E26", "P")], work)
    world.plant("award_missing", "error", edge, qualification="05835", note="edge: a failed optional paper besides")


def awarded_another_grade(world: World) -> None:
    """The award is one grade away from what the units make, and every carrier says so."""
    person = world.invent("y13")
    enrol(world, person, "05839", IT_EXAMS, IT_WORK, issued="25-2", grade="M")
    world.plant(
        "award_grade_differs",
        "warning",
        person,
        series="9I25",
        qualification="05839",
        note="M issued, the units make P",
    )
    edge = world.invent("y13")
    exams: list[Sat] = [("05838/01", "6E25", "M"), ("05838/02", "1E26", "M"), ("05838/03", "6E26", "D")]
    grades = zip((4, 5, 6, 7, 8, 9, 10, 11), "MMMMMDDD", strict=True)
    work: list[Sat] = [(f"05838/{n:02d}", "25-1" if n % 2 else "24-1", g) for n, g in grades]
    enrol(world, edge, "05842", exams, work, issued="25-2", grade="DM")
    world.plant(
        "award_grade_differs",
        "warning",
        edge,
        series="9I25",
        qualification="05842",
        note="edge: the board's printed example, 200 points are DD; DM was issued",
    )


def improved_after_the_award(world: World) -> None:
    """Quiet: awarded last summer, and a better grade in a paper this year; the old award was right."""
    person = world.invent(
        "left25", who="awarded last summer, then a better resit: the award was right when it was made"
    )
    exams: list[Sat] = [("05838/01", "6E25", "P"), ("05838/02", "6E25", "P"), ("05838/03", "6E25", "P")]
    work: list[Sat] = [("05838/05", "24-1", "P"), ("05838/08", "24-1", "P")]
    enrol(world, person, "05839", exams, work, issued="24-2", entered=False, tracked=False)
    enrol(world, person, "05839", [("05838/01", "6E26", "D")], entered=False, tracked=False)
    for row in world.find("achievement", person):
        first = world.find("achievement", person)[0].cells
        row.cells |= {name: first[name] for name in ("Qualification Grade", "Qualification Award Date")}
    world.plant(
        "result_without_entry",
        "info",
        person,
        series="6E26",
        unit="05838/01",
        note="edge: a resit of somebody who has left, which the school never entered",
    )


def mandatory_failed(world: World) -> None:
    """A mandatory paper failed, and nothing smaller to fall back on; one of whom nobody says when they finish."""
    person = world.invent("y13")
    exams: list[Sat] = [("05838/01", "6E25", "P"), ("05838/02", "6E26", "U"), ("05838/03", "1E26", "M")]
    enrol(world, person, "05839", exams, [("05838/04", "24-1", "M")])
    world.plant(
        "units_incomplete", "error", person, qualification="05839", note="05838/02 failed, one optional unit short"
    )
    unknown = world.invent("y13")
    enrol(world, unknown, "05839", exams, [("05838/04", "24-1", "M")])
    for row in [*world.find("summary", unknown), *world.find("detail", unknown)]:
        row.cells["Estimated Completion Date"] = ""
    world.plant(
        "units_incomplete",
        "info",
        unknown,
        qualification="05839",
        note="edge: nobody says when they finish",
    )


def one_unit_short(world: World) -> None:
    """The mandatory units and one optional of two: the Certificate is there, the Extended Certificate is not."""
    person = world.invent("y13")
    enrol(world, person, "05839", IT_EXAMS, IT_WORK[:1])
    _moved_down(world, person, "05839", "units_incomplete", "edge: no mandatory unit missing, 60 hours short")


def wrong_units(world: World) -> None:
    """Hours enough, and not the units the size asks for: a mandatory one replaced; half of them at the other level."""
    person = world.invent("y13")
    work: list[Sat] = [
        ("05838/05", "24-1", "M"),
        ("05838/06", "24-1", "P"),
        ("05838/08", "25-1", "P"),
        ("05838/10", "25-1", "P"),
    ]
    enrol(world, person, "05839", IT_EXAMS[:2], work)
    _moved_down(world, person, "05839", "invalid_combination", "05838/03 was never taken; 420 hours")
    edge = world.invent("y13")
    old: list[Sat] = [("05347/01", "25-1", "P"), ("05347/03", "25-1", "M"), ("05347/06", "25-2", "P")]
    other: list[Sat] = [("05325/02", "25-1", "P"), ("05325/04", "25-1", "P"), ("05325/05", "25-1", "M")]
    enrol(world, edge, "05349", [], [*old, *other])
    _moved_down(
        world,
        edge,
        "05349",
        "invalid_combination",
        "edge: half of the hours are at Level 2, too few to say wrong level",
    )


def _moved_down(world: World, person: Person, code: str, plain: str, note: str) -> None:
    world.plant(plain, "error", person, qualification=code, note=note)
    world.plant(
        "wrong_size",
        "warning",
        person,
        qualification=code,
        cause="move_down",
        note="follows: the units make a smaller size",
    )


def more_than_entered(world: World) -> None:
    """Entered for, and awarded, the Certificate, with the units of a larger size."""
    person = world.invent("y13")
    enrol(world, person, "05838", IT_EXAMS, IT_WORK, issued="25-2")
    world.plant("wrong_size", "warning", person, qualification="05838", cause="top_up", note="the units make 05839")


def near_passes(world: World) -> None:
    """An award that rests on a near pass; quiet: one that would stand without it."""
    person = world.invent("y13")
    exams: list[Sat] = [("05838/01", "6E25", "D"), ("05838/02", "1E26", "R"), ("05838/03", "6E26", "D")]
    work: list[Sat] = [("05838/05", "24-1", "D"), ("05838/08", "25-1", "D")]
    enrol(world, person, "05839", exams, work, issued="25-2")
    world.plant("near_pass_relied_on", "info", person, series="9I25", qualification="05839")
    edge = world.invent("y13")
    exams = [("05834/01", "6E25", "R"), ("05834/02", "1E26", "M"), ("05834/03", "6E26", "M")]
    work = [("05834/04", "25-1", "M"), ("05834/06", "25-1", "M"), ("05834/07", "24-1", "M")]
    enrol(world, edge, "05835", exams, work, issued="25-2")
    world.plant(
        "near_pass_relied_on",
        "info",
        edge,
        series="9I25",
        qualification="05835",
        note="edge: two papers, one near pass",
    )
    safe = world.invent("y13", who="a near pass in an optional paper that the award does not need")
    exams = [*IT_EXAMS, ("05838/25", "6E26", "R")]
    enrol(world, safe, "05839", exams, [("05838/05", "24-1", "M"), ("05838/08", "25-1", "P")], issued="25-2")


def sizes_beside_each_other(world: World) -> None:
    """Quiet: entered for a Diploma that is still to come, and for the Certificate that is already made."""
    person = world.invent("y13", who="a smaller size entered beside a larger one that will be finished next year")
    year13(world, person, "05838")
    enrol(world, person, "05842", finish="2027", tracked=True)


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (
        never_awarded,
        awarded_another_grade,
        improved_after_the_award,
        mandatory_failed,
        one_unit_short,
        wrong_units,
        more_than_entered,
        near_passes,
        sizes_beside_each_other,
    ):
        fault(world)
