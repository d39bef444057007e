"""Planted faults of marks: more than there are, another grade's range, special consideration, sums that fail.

Takes a world of clean makers; adds rows and planted findings. Promises that EDI and the reports tell each mark
alike, unless one of them alone has it, and that everybody here is in mid-course or has left, so that no award
hangs on a mark. Beside each fault stand the people who come near it and must be left alone.
"""

from __future__ import annotations

from pipelines.rehearsal.cohorts import A_LEVELS, a_level
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import Person, Row, World
from pipelines.rehearsal.reference import boundaries
from pipelines.rehearsal.statements import Sat

JANUARY: list[Sat] = [("05838/01", "1E26", "M")]


def _sat(world: World, grade: str, who: str = "", unit: str = "05838/02", code: str = "05839") -> Person:
    """In mid-course: a paper in January, and one in June with this grade."""
    person = world.invent("y12", who=who)
    enrol(world, person, code, [*(JANUARY if code == "05839" else []), (unit, "6E26", grade)], finish="2027")
    return person


def _marked(
    world: World, person: Person, final: int, raw: int | None = None, tariff: str = "", added: str = ""
) -> tuple[Row, Row]:
    """Give the June paper this mark in EDI and in the marks report; gives both rows, EDI first."""
    line, row = world.one("edi", person, file="6E26"), world.one("marks", person, Series="6E26")
    line.cells["mark"] = f"{final:04d}"
    row.cells |= {
        "Raw Mark": str(final if raw is None else raw),
        "Special Consideration Tariff": tariff,
        "Special Consideration Mark": added,
        "Final Mark": str(final),
    }
    return line, row


def _low(world: World, unit: str = "05838/02") -> dict[str, int]:
    return boundaries(world.reference.units[unit], "6E26")


def more_marks_than_there_are(world: World) -> None:
    """Eighty is the most there is; quiet: full marks, and none at all."""
    person = _sat(world, "D")
    _marked(world, person, 83)
    world.plant("mark_above_maximum", "error", person, series="6E26", unit="05838/02", note="83 of 80, in two carriers")
    edge = _sat(world, "D")
    _, row = _marked(world, edge, 85)
    world.drop(row)
    note = "edge: in EDI alone, which has no maximum; basedata and boundaries have"
    world.plant("mark_above_maximum", "error", edge, series="6E26", unit="05838/02", note=note)
    general = world.invent("left25", ocr="")
    a_level(world, general, "H240", "B")
    _components(world, general, [(101, "101.0"), (60, "60.0"), (60, "60.0")], 221)
    note = "edge: one component of an A level is over its own maximum, the whole is not"
    world.plant("mark_above_maximum", "error", general, series="6B25", option="H240", note=note)
    _marked(world, _sat(world, "D", "full marks, and no more"), 80)
    _marked(world, _sat(world, "U", "no mark at all in a paper that was sat"), 0)


def another_grades_range(world: World) -> None:
    """A grade that the mark does not reach, or is past; quiet: marks exactly on a boundary."""
    low = _low(world)
    person = _sat(world, "M")
    _marked(world, person, low["M"] - 1)
    note = "one mark short of the grade, in both carriers"
    world.plant("grade_boundary_differs", "warning", person, series="6E26", unit="05838/02", note=note)
    edge = _sat(world, "M")
    _marked(world, edge, low["D"])
    note = "edge: exactly on the next boundary, so the better grade"
    world.plant("grade_boundary_differs", "warning", edge, series="6E26", unit="05838/02", note=note)
    failed = _sat(world, "U")
    _marked(world, failed, low["R"])
    note = "edge: unclassified, with the marks of a near pass"
    world.plant("grade_boundary_differs", "warning", failed, series="6E26", unit="05838/02", note=note)
    for grade in "RPMD":
        _marked(world, _sat(world, grade, f"a mark exactly on the boundary of {grade}"), low[grade])


def short_of_the_next(world: World) -> None:
    """Up to two marks below a better grade: worth knowing; quiet altogether: three below."""
    low = _low(world)
    person = _sat(world, "P", "one mark below Merit, which is worth knowing and nothing more")
    _marked(world, person, low["M"] - 1)
    world.plant("near_boundary", "info", person, series="6E26", unit="05838/02", note="one mark below M")
    edge = _sat(world, "U", "two marks below a near pass, which is worth knowing and nothing more")
    _marked(world, edge, low["R"] - 2)
    note = "edge: two marks, the most that count as near, and from below all boundaries"
    world.plant("near_boundary", "info", edge, series="6E26", unit="05838/02", note=note)
    _marked(world, _sat(world, "M", "three marks below Distinction: not near"), low["D"] - 3)


def special_consideration(world: World) -> None:
    """Figures that do not fit; quiet: halves rounded up, and a final mark that stops at the maximum."""
    low = _low(world)
    person = _sat(world, "P")
    _marked(world, person, low["P"] + 4, low["P"] + 4, "3", "2")
    note = "two marks were granted and not added"
    world.plant("special_consideration_differs", "warning", person, series="6E26", unit="05838/02", note=note)
    other = _sat(world, "M")
    _marked(world, other, low["M"] + 5, low["M"] + 1, "3", "4")
    note = "edge: three per cent of 80 are 2, not 4; the sum is right"
    world.plant("special_consideration_differs", "warning", other, series="6E26", unit="05838/02", note=note)
    unknown = _sat(world, "P")
    _marked(world, unknown, low["P"] + 7, low["P"] + 1, "7", "6")
    note = "edge: nobody is given seven per cent"
    world.plant("special_consideration_differs", "warning", unknown, series="6E26", unit="05838/02", note=note)
    capped = _sat(world, "D", "a final mark that special consideration would lift over the maximum stops there")
    _marked(world, capped, 80, 79, "5", "4")
    added = _sat(world, "D", "the same, and the report states the one mark that could be added")
    _marked(world, added, 80, 79, "5", "1")
    low = _low(world, "05834/01")
    half = _sat(world, "M", "special consideration of four marks and a half is five", "05834/01", "05835")
    _marked(world, half, low["M"] + 6, low["M"] + 1, "5", "5")


def _components(world: World, person: Person, marks: list[tuple[int, str]], total: int) -> None:
    """Give an A level these plain and weighted component marks, and this mark in XML and EDI."""
    row = world.one("xml", person)
    parts = A_LEVELS[row.cells["option"]][1]
    row.cells["components"] = ";".join(
        f"{row.cells['option']}/{number} {mark} {full} {weighted}"
        for (number, full, _), (mark, weighted) in zip(parts, marks, strict=True)
    )
    row.cells["mark"] = str(total)
    world.one("edi", person, file="6B25").cells["mark"] = f"{total:04d}"


def component_sums(world: World) -> None:
    """Weighted marks that do not make the whole; quiet: rounding, and a file without weighted marks."""
    person = world.invent("left25", ocr="")
    a_level(world, person, "H446", "B")
    _components(world, person, [(88, "88.0"), (96, "96.0"), (44, "44.0")], 237)
    note = "228 together, 237 in XML and EDI"
    world.plant("component_total_differs", "warning", person, series="6B25", option="H446", note=note)
    edge = world.invent("left25", ocr="")
    a_level(world, edge, "H556", "C")
    _components(world, edge, [(60, "60.0"), (52, "65.0"), (40, "40.0")], 152)
    note = "edge: the plain marks make the whole, the weighted ones do not"
    world.plant("component_total_differs", "warning", edge, series="6B25", option="H556", note=note)
    rounded = world.invent("left25", ocr="", who="A level of last season: weighted marks that only rounding parts")
    a_level(world, rounded, "H556", "B")
    _components(world, rounded, [(71, "70.5"), (53, "66.25"), (41, "40.75")], 179)
    bare = world.invent("left25", ocr="", who="A level of last season: the XML file has no weighted marks")
    a_level(world, bare, "H556", "A")
    _components(world, bare, [(81, "-"), (70, "-"), (60, "-")], 228)


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (
        more_marks_than_there_are,
        another_grades_range,
        short_of_the_next,
        special_consideration,
        component_sums,
    ):
        fault(world)
