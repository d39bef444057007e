"""Planted faults of entries.

Takes a world of clean makers; adds rows and planted findings. Promises that the rest of each person is clean,
and that a person whose award cannot follow is in mid-course, unless the fault itself is about finishing.
"""

from __future__ import annotations

from pipelines.rehearsal.cohorts import a_level, old_entry, year12, year13
from pipelines.rehearsal.courses import coursework, enrol, sit
from pipelines.rehearsal.model import World
from pipelines.rehearsal.statements import Sat, edi_result, entry

IT_BASE: list[Sat] = [("05838/01", "1E26", "M"), ("05838/02", "6E26", "P")]


def level_intended_differs(world: World) -> None:
    """Entered for Level 2, Level 3 intended and done."""
    person = world.invent("y12")
    work = [("05347/03", "25-1", "M"), ("05347/06", "25-1", "P"), ("05347/08", "25-0", "M")]
    enrol(world, person, "05327", [], work, finish="2027")
    world.one("entry", person).cells["Intended Level"] = "3"
    world.plant(
        "wrong_level",
        "error",
        person,
        qualification="05327",
        note="Intended Level 3 against a Level 2 entry; the units are Level 3 too",
    )


def level_of_units_differs(world: World) -> None:
    """Edge: nothing intended is stated; all units are at Level 2, the entry is at Level 3."""
    person = world.invent("y12")
    work = [("05325/02", "25-1", "P"), ("05325/04", "25-1", "P"), ("05325/06", "25-2", "M")]
    enrol(world, person, "05347", [], work, finish="2027")
    world.one("entry", person).cells["Intended Level"] = ""
    world.plant("wrong_level", "error", person, qualification="05347", note="edge: seen from the units alone")


def no_qualification_entry(world: World) -> None:
    """Papers and coursework in Business this year, and nobody entered the qualification."""
    person = world.invent("y12")
    sit(world, person, "05835", ("05834/02", "6E26", "M"))
    entry(world, person, "6E26", "05834/02", "unit", "3")
    coursework(world, person, "05835", ("05834/05", "25-1", "P"))
    coursework(world, person, "05835", ("05834/07", "25-1", "M"))
    world.plant(
        "qualification_entry_missing",
        "error",
        person,
        note="subject Business, 2016 suite; neither entry nor tracker row",
    )
    for unit in ("05834/05", "05834/07"):
        world.plant(
            "result_without_entry",
            "info",
            person,
            series="9I25",
            unit=unit,
            note="follows: no qualification entry to match",
        )


def entered_in_other_subject_only(world: World) -> None:
    """Edge: entered and tracked for IT, and did Business coursework besides."""
    person = world.invent("y12")
    enrol(world, person, "05839", IT_BASE, [("05838/07", "25-1", "M")], finish="2027")
    for unit in ("05834/06", "05834/08"):
        coursework(world, person, "05835", (unit, "25-1", "P"))
        world.plant(
            "result_without_entry",
            "info",
            person,
            series="9I25",
            unit=unit,
            note="follows: the only entry is in IT",
        )
    world.plant(
        "qualification_entry_missing",
        "error",
        person,
        note="edge: subject Business; the entry and the tracker row are in IT",
    )


def result_nobody_entered(world: World) -> None:
    """A paper sat on the day without an entry in the school's system."""
    person = world.invent("y12")
    year12(world, person, "05839")
    world.drop(world.one("entry", person, Series="6E26"))
    world.plant("result_without_entry", "info", person, series="6E26", unit="05838/02")
    edge = world.invent("left25", ocr="")
    a_level(world, edge, "H446", "C")
    world.drop(world.one("entry", edge))
    world.plant(
        "result_without_entry",
        "info",
        edge,
        series="6B25",
        option="H446",
        note="edge: a general qualification, told by EDI and XML; one row",
    )


def other_element(world: World) -> None:
    """Entered for one optional paper, the result came back against another."""
    person = world.invent("y12")
    enrol(world, person, "05838", IT_BASE, finish="2027", also_entered=(("05838/03", "6E26"),))
    sit(world, person, "05838", ("05838/25", "6E26", "M"))
    line = world.one("edi", person, option="583825")
    line.cells["entry"] = "583803"
    note = "entry option 583803, result option 583825; the entry is answered, so no entry_without_result"
    world.plant("result_against_other_element", "warning", person, series="6E26", option="583803", note=note)
    edge = world.invent("y13")
    year13(world, edge, "05839")
    edi_result(world, edge, "BG24", "8300F", "G", "4").cells["entry"] = "8300H"
    old_entry(world, edge, "BG24", "8300H")
    note = "edge: change of tier at another board; result option 8300F"
    world.plant("result_against_other_element", "warning", edge, series="BG24", option="8300H", note=note)


def entered_twice(world: World) -> None:
    """The same paper twice in the entries file; under two numbers; twice in one EDI record."""
    twice, numbers, record = world.invent("y12"), world.invent("y12"), world.invent("y12")
    for person in (twice, numbers, record):
        year12(world, person, "05839")
    first = world.one("entry", twice, Series="6E26")
    world.add("entry", first.file, twice, **first.cells)
    world.plant(
        "duplicate_entry",
        "warning",
        twice,
        series="6E26",
        unit="05838/02",
        note="two rows of the entries file",
    )
    first = world.one("entry", numbers, Series="6E26")
    other = f"{int(numbers.number) + 4300:04d}"
    first.cells["OCR Candidate Number"] = numbers.ocr
    world.add("entry", first.file, numbers, **first.cells | {"Candidate Number": other})
    numbers.more["number"] = [other]
    world.plant(
        "duplicate_entry",
        "warning",
        numbers,
        series="6E26",
        unit="05838/02",
        note="edge: under two four-digit numbers of one person",
    )
    record.on_entry_file = True
    record.entered_twice = ("583802",)
    world.plant(
        "duplicate_entry",
        "warning",
        record,
        series="6E26",
        unit="05838/02",
        note="edge: twice in one record of the EDI entries file, once in the CSV",
    )


def entry_never_answered(world: World) -> None:
    """An entry, no absence, and no result in any carrier."""
    person = world.invent("y12")
    enrol(world, person, "05839", IT_BASE, [], finish="2027", also_entered=(("05838/03", "6E26"),))
    world.plant("entry_without_result", "error", person, series="6E26", unit="05838/03")
    edge = world.invent("y12")
    exams = [("05838/01", "6E26", "M")]
    enrol(
        world,
        edge,
        "05839",
        exams,
        [("05838/05", "25-1", "P")],
        finish="2027",
        also_entered=(("05838/01", "1E26"),),
    )
    world.plant(
        "entry_without_result",
        "error",
        edge,
        series="1E26",
        unit="05838/01",
        note="edge: the same paper has a result in June",
    )
    kept = world.invent("y12")
    enrol(world, kept, "05839", IT_BASE, [], finish="2027", also_entered=(("05838/03", "6E26"),))
    world.one("entry", kept, Entry_Code="05838/03").cells["Withdrawn"] = "No"
    world.plant("entry_without_result", "error", kept, series="6E26", unit="05838/03", note="edge: Withdrawn says No")
    general = world.invent("left25", ocr="")
    old_entry(world, general, "6B25", "H446")
    world.plant(
        "entry_without_result",
        "error",
        general,
        series="6B25",
        option="H446",
        note="edge: a general qualification, covered by EDI and XML",
    )


def awaited_results(world: World) -> None:
    """Entries of series that are not due yet: pending, never open."""
    for code, series, year in (("H446", "6B26", "y13"), ("H240", "6B26", "y13"), ("J277", "6A26", "y12")):
        person = world.invent(year)
        (year13 if year == "y13" else year12)(world, person, "05839")
        row = entry(world, person, series, code, "qualification", "")
        row.cells["Entry Date"] = "10/02/2026"
        due = {"6B26": "2026-08-12T00:01", "6A26": "2026-08-19T00:01"}[series]
        world.plant(
            "entry_without_result",
            "error",
            person,
            series=series,
            option=code,
            state="pending",
            note=f"due {due}",
        )


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (
        level_intended_differs,
        level_of_units_differs,
        no_qualification_entry,
        entered_in_other_subject_only,
        result_nobody_entered,
        other_element,
        entered_twice,
        entry_never_answered,
        awaited_results,
    ):
        fault(world)
