"""Planted faults of series and certification: the wrong series entered, and units that nobody certificates.

Takes a world of clean makers; adds rows and planted findings. Promises that results answer every entry, and that the
general qualifications made of units are invented: two courses of January 2026, with basedata of their own.
"""

from __future__ import annotations

from pipelines.rehearsal.cohorts import year12
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.faults_entries import IT_BASE
from pipelines.rehearsal.model import Person, World
from pipelines.rehearsal.statements import edi_result, entry

# by series: option: syllabus, item, title, accreditation number, maximum mark; all of it invented
UNIT_COURSES = {
    "1A26": {
        "J910": ("J910", "C", "Countryside Management GCSE", "", ""),
        "J91001": ("J910", "U", "Hedges and ditches", "", "80"),
        "J91002": ("J910", "U", "Woodland and water", "", "80"),
        "J920": ("J920", "C", "Heritage Crafts GCSE", "", ""),
        "J92001": ("J920", "U", "Thatching", "", "60"),
    }
}


def _unit(world: World, person: Person, option: str, grade: str, mark: str) -> None:
    entry(world, person, "1A26", option, "unit").cells["Entry Date"] = "17/10/2025"
    edi_result(world, person, "1A26", option, "M", grade, mark)


def _certified(world: World, person: Person, option: str, grade: str = "", withdrawn: str = "") -> None:
    row = entry(world, person, "1A26", option, "certification")
    row.cells |= {"Entry Date": "17/10/2025", "Withdrawn": withdrawn}
    if grade:
        edi_result(world, person, "1A26", option, "G", grade)


def certification_forgotten(world: World) -> None:
    """Most of a group are certificated, two are not; of another course nobody is, and that is worth knowing."""
    for grade in "675":
        person = world.invent("y12", ocr="", who="units of a general qualification, and the certification entry")
        _unit(world, person, "J91001", grade, "0052")
        _unit(world, person, "J91002", grade, "0050")
        _certified(world, person, "J910", grade)
    left = world.invent("y12", ocr="", who="units of a general qualification, and the certification was withdrawn")
    _unit(world, left, "J91001", "4", "0031")
    _certified(world, left, "J910", withdrawn="Y")
    for also, note in (
        ("", "units, and nothing to make a grade of them"),
        ("J920", "edge: certificated in another course only, whose unit was sat too"),
    ):
        person = world.invent("y12", ocr="")
        _unit(world, person, "J91001", "5", "0044")
        _unit(world, person, "J91002", "5", "0043")
        if also:
            _unit(world, person, "J92001", "5", "0039")
            _certified(world, person, also, "5")
        world.plant(
            "certification_entry_missing",
            "error",
            person,
            series="1A26",
            qualification="J910",
            option="J910",
            note=note,
        )
    for _ in range(3):
        person = world.invent("y12", ocr="", who="a unit of a general qualification that goes on next year")
        _unit(world, person, "J92001", "6", "0045")
        note = "edge: hardly anybody of the group is certificated this year"
        world.plant(
            "certification_entry_missing", "info", person, series="1A26", qualification="J920", option="J920", note=note
        )


def wrong_series(world: World) -> None:
    """The qualification entered in June, a paper entered in the annual series; quiet: put right in time."""
    person = world.invent("y12")
    year12(world, person, "05839")
    world.one("entry", person, Series="9I25").cells |= {"Series": "6E26", "Entry Date": "19/02/2026"}
    note = "a qualification, in the series of the June papers"
    world.plant("entry_in_wrong_series", "warning", person, series="6E26", qualification="05839", note=note)
    edge = world.invent("y12")
    enrol(world, edge, "05839", IT_BASE, finish="2027")
    world.one("entry", edge, Series="6E26").cells["Series"] = "9I25"
    note = "edge: an examined unit in the annual series; its result came in June all the same"
    world.plant("entry_in_wrong_series", "warning", edge, series="9I25", unit="05838/02", note=note)
    note = "follows: the entry is in another series than the result"
    world.plant("result_without_entry", "info", edge, series="6E26", unit="05838/02", note=note)
    right = world.invent("y12", who="entered in the wrong series, withdrawn there and entered again")
    enrol(world, right, "05839", IT_BASE, finish="2027")
    row = world.one("entry", right, Series="9I25")
    world.add("entry", row.file, right, **row.cells | {"Series": "6E26", "Withdrawn": "Y"})


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (certification_forgotten, wrong_series):
        fault(world)
