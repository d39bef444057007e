"""Planted faults of results: where carriers disagree, are silent, or say something that is no grade.

Takes a world of clean makers; adds rows and planted findings. Promises that consequences are planted too.
"""

from __future__ import annotations

from pipelines.rehearsal.cohorts import IT_OPTIONAL, a_level, year13
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import MAIN, Person, World
from pipelines.rehearsal.statements import Sat

BASE: list[Sat] = [("05838/01", "1E26", "M"), ("05838/02", "6E26", "P")]


def _y12(world: World, work: list[Sat] | None = None, exams: list[Sat] | None = None, absent: str = "") -> Person:
    person = world.invent("y12")
    enrol(world, person, "05839", exams or BASE, work or [], finish="2027", absent=absent)
    return person


def lost_from_edi(world: World) -> None:
    """On Interchange, inside a covered window or series, and not in the EDI file, for no known reason."""
    person = _y12(world)
    world.drop(world.one("edi", person, file="6E26"))
    world.plant("missing_from_edi", "error", person, series="6E26", unit="05838/02", cause="unknown")
    edge = world.invent("y13")
    year13(world, edge, "05839")
    world.drop(world.one("edi", edge, option="05839"))
    note = "edge: the award itself, of 3 August"
    world.plant("missing_from_edi", "error", edge, series="9I25", qualification="05839", cause="unknown", note=note)
    july = _y12(world, [("05838/10", "25-1", "M")])
    world.drop(world.one("edi", july, file="9I25-1"))
    world.plant(
        "missing_from_edi",
        "error",
        july,
        series="9I25",
        unit="05838/10",
        cause="unknown",
        note="edge: coursework of July",
    )


def issued_too_late(world: World) -> None:
    """Issued after the file was written: it comes on Monday."""
    for unit, day, note in (
        ("05838/09", "06/08/2026", "after the last window"),
        ("05838/11", "04/08/2026", "edge: inside the window, a day after the file was created"),
    ):
        person = _y12(world, [(unit, "25-2", "M")])
        world.drop(world.one("edi", person, file="9I25-2"))
        world.one("achievement", person, Unit_Code=unit).cells["Unit Award Date"] = day
        world.plant(
            "missing_from_edi",
            "warning",
            person,
            series="9I25",
            unit=unit,
            cause="issued_after_edi",
            note=note,
        )


def line_set_aside(world: World) -> None:
    """The EDI line is there, but of a result type nobody knows."""
    person = _y12(world, [("05838/12", "25-2", "P")])
    line = world.one("edi", person, file="9I25-2")
    line.cells["type"] = "Z"
    world.plant("row_rejected", "error", row=line, file="R9999972.X03", note="unknown result type Z")
    world.plant("missing_from_edi", "error", person, series="9I25", unit="05838/12", cause="row_rejected")
    edge = _y12(world)
    line = world.one("edi", edge, file="6E26")
    line.only["R9999972.X06"] = {"type": "?"}
    world.plant(
        "row_rejected",
        "error",
        row=line,
        file="R9999972.X06",
        note="edge: good in the first June file, broken in its reissue",
    )
    note = "edge: the superseded file had it; the reissue is what counts"
    world.plant("missing_from_edi", "error", edge, series="6E26", unit="05838/02", cause="row_rejected", note=note)


def carriers_disagree_on_grade(world: World) -> None:
    """Two carriers, two grades."""
    person = _y12(world)
    world.one("achievement", person, Unit_Series="6E26").cells |= {"Unit Grade": "M", "Unit Points": "24"}
    world.plant(
        "grades_conflict",
        "error",
        person,
        series="6E26",
        unit="05838/02",
        note="EDI and marks report P, achievement report M",
    )
    double = world.invent("y13")
    slots = ["24-0", "24-1", "24-1", "24-2", "25-0", "25-1", "25-1", "25-2"]
    grades = "MMMMMDDD"
    work = [(unit, slot, grade) for unit, slot, grade in zip(IT_OPTIONAL[:8], slots, grades, strict=True)]
    exams = [("05838/01", "6E25", "D"), ("05838/02", "1E26", "D"), ("05838/03", "6E26", "D")]
    enrol(world, double, "05842", exams, work, issued="25-2")
    for row in world.find("achievement", double):
        row.cells["Qualification Grade"] = "DD"
    note = "edge: D2 in EDI is D*D, the report says DD; the units earn D*D"
    world.plant("grades_conflict", "error", double, series="9I25", qualification="05842", note=note)
    general = world.invent("left25", ocr="")
    a_level(world, general, "H446", "A")
    world.one("edi", general, file="6B25").cells["grade"] = "B"
    world.plant("grades_conflict", "error", general, series="6B25", option="H446", note="edge: EDI B, XML A")


def carriers_disagree_on_mark(world: World) -> None:
    """Two carriers, two marks, one grade."""
    person = _y12(world)
    line, row = world.one("edi", person, file="6E26"), world.one("marks", person, Series="6E26")
    for cell in ("Raw Mark", "Final Mark"):
        row.cells[cell] = "37"
    row.cells |= {"Special Consideration Tariff": "", "Special Consideration Mark": ""}
    line.cells["mark"] = "0038"
    world.plant(
        "marks_conflict",
        "error",
        person,
        series="6E26",
        unit="05838/02",
        note="EDI 38, marks report 37; P either way",
    )
    edge = _y12(world)
    line, row = world.one("edi", edge, file="1E26"), world.one("marks", edge, Series="1E26")
    row.cells |= {
        "Raw Mark": "50",
        "Special Consideration Tariff": "3",
        "Special Consideration Mark": "2",
        "Final Mark": "52",
    }
    line.cells["mark"] = "0050"
    world.plant(
        "marks_conflict",
        "error",
        edge,
        series="1E26",
        unit="05838/01",
        note="edge: EDI holds the raw mark, the report's final mark has special consideration",
    )
    general = world.invent("left25", ocr="")
    a_level(world, general, "H240", "B")
    line = world.one("edi", general, file="6B25")
    line.cells["mark"] = f"{int(line.cells['mark']) + 9:04d}"
    world.plant("marks_conflict", "error", general, series="6B25", option="H240", note="edge: EDI and XML")


def no_such_grade(world: World) -> None:
    """A near pass on coursework; a code that stands for nothing."""
    person = world.invent("y13")
    exams = [("05838/01", "6E25", "M"), ("05838/02", "1E26", "M"), ("05838/03", "6E26", "M")]
    work = [("05838/04", "24-1", "R"), ("05838/06", "24-1", "M"), ("05838/08", "25-1", "P")]
    enrol(world, person, "05839", exams, work, issued="25-2")
    note = "R is for examined units; EDI and report agree on it"
    world.plant("grade_not_on_scale", "error", person, series="9I24", unit="05838/04", note=note)
    triple = world.invent("y13")
    slots = [
        "24-0",
        "24-0",
        "24-1",
        "24-1",
        "24-1",
        "24-2",
        "25-0",
        "25-0",
        "25-0",
        "25-1",
        "25-1",
        "25-1",
        "25-1",
        "25-2",
    ]
    units = [*IT_OPTIONAL, "05838/19", "05838/21"]
    work = [(unit, slot, "M") for unit, slot in zip(units, slots, strict=True)]
    enrol(
        world,
        triple,
        "05877",
        [("05838/01", "6E25", "M"), ("05838/02", "1E26", "M"), ("05838/03", "6E26", "D")],
        work,
        issued="25-2",
    )
    world.one("edi", triple, option="05877").cells["grade"] = "D7"
    note = "edge: D7 decodes to nothing in a triple; undecoded is silence, so no grades_conflict"
    world.plant("grade_not_on_scale", "error", triple, series="9I25", qualification="05877", note=note)


def pending_at_the_board(world: World) -> None:
    """Q: the board has not made up its mind."""
    person = _y12(world)
    world.one("edi", person, file="6E26").cells |= {"grade": "Q", "mark": ""}
    world.one("achievement", person, Unit_Series="6E26").cells |= {"Unit Grade": "Q", "Unit Points": ""}
    world.drop(world.one("marks", person, Series="6E26"))
    world.plant(
        "pending_result",
        "warning",
        person,
        series="6E26",
        unit="05838/02",
        note="EDI and report both say Q: one row",
    )
    edge = world.invent("y13")
    year13(world, edge, "05835")
    world.one("edi", edge, option="05835").cells["grade"] = "Q"
    for row in world.find("achievement", edge):
        row.cells["Qualification Grade"] = "Q"
    world.plant("pending_result", "warning", edge, series="9I25", qualification="05835", note="edge: the award")


def absent_and_no_result(world: World) -> None:
    """X for somebody the tracker says was absent; and an absence the tracker alone knows of."""
    person = _y12(world, absent="05838/02")
    world.one("edi", person, file="6E26").cells |= {"grade": "X", "mark": ""}
    world.one("achievement", person, Unit_Series="6E26").cells |= {"Unit Grade": "X", "Unit Points": ""}
    row = world.one("marks", person, Series="6E26")
    row.cells |= {"Raw Mark": "ABS", "Final Mark": "ABS", "Grade": "X"}
    row.cells |= {"Special Consideration Tariff": "", "Special Consideration Mark": ""}
    world.plant(
        "no_result_issued",
        "error",
        person,
        series="6E26",
        unit="05838/02",
        note="follows from absent_from_exam",
    )
    world.plant(
        "absent_from_exam",
        "info",
        person,
        series="6E26",
        unit="05838/02",
        note="tracker, and ABS in the marks report: one row",
    )
    edge = world.invent("y12")
    exams = [("05838/01", "1E26", "P")]
    enrol(world, edge, "05839", exams, finish="2027", also_entered=(("05838/02", "6E26"),), absent="05838/02")
    note = "edge: the tracker alone; it silences entry_without_result"
    world.plant("absent_from_exam", "info", edge, series="6E26", unit="05838/02", note=note)


def part_of_it_missed(world: World) -> None:
    """The mark of partial absence beside a grade."""
    person = _y12(world)
    world.one("edi", person, file="6E26").cells["flag"] = "#"
    world.plant("partial_absence", "info", person, series="6E26", unit="05838/02")
    edge = world.invent("y13")
    year13(world, edge, "05838")
    world.one("edi", edge, option="05838").cells["flag"] = "#"
    world.plant(
        "partial_absence",
        "info",
        edge,
        series="9I25",
        qualification="05838",
        note="edge: in a block of grades and endorsements",
    )


def not_on_interchange(world: World) -> None:
    """In the EDI file, and not in the achievement report that covers it."""
    person = _y12(world)
    world.drop(world.one("achievement", person, Unit_Series="6E26"), world.one("marks", person, Series="6E26"))
    world.plant(
        "missing_from_interchange",
        "warning",
        person,
        series="6E26",
        unit="05838/02",
        note="neither in the achievement nor in the marks report",
    )
    edge = _y12(world, [("05838/07", "25-2", "M")])
    world.drop(world.one("achievement", edge, Unit_Code="05838/07"))
    world.plant(
        "missing_from_interchange",
        "warning",
        edge,
        series="9I25",
        unit="05838/07",
        note="edge: coursework of the second window",
    )


def basedata_lacks(world: World) -> None:
    """Results of options the basedata does not list (the option records are left out by the files)."""
    world.reference.left_out = {("9I25", "583816"), ("9I24", "583820")}
    for unit, slot, note in (
        ("05838/16", "25-1", ""),
        ("05838/20", "24-1", "edge: last season's basedata, in the archive"),
    ):
        person = world.invent("y12")
        enrol(world, person, "05839", BASE, [(unit, slot, "P")], finish="2027")
        series = f"9I{slot[:2]}"
        world.plant(
            "element_not_in_basedata",
            "error",
            centre=MAIN,
            series=series,
            unit=unit,
            note=note or "one result, in EDI and in the report: one row",
        )


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (
        lost_from_edi,
        issued_too_late,
        line_set_aside,
        carriers_disagree_on_grade,
        carriers_disagree_on_mark,
        no_such_grade,
        pending_at_the_board,
        absent_and_no_result,
        part_of_it_missed,
        not_on_interchange,
        basedata_lacks,
    ):
        fault(world)
