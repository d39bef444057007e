"""The second Monday, 17 August: reviews have come back, a UCI was found, and somebody's list of changes is at stake.

Takes a Monday over the world as it was on the first; changes rows, adds the files, plants what must be said of it.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal import edi, identifiers
from pipelines.rehearsal.model import MAIN, SECOND, Person, World
from pipelines.rehearsal.statements import achievement_row, british, edi_result
from pipelines.rehearsal.weeks import BETTER, WORSE, Monday, middle, ordinary, regrade, two_records, unit_of, whose

REPORT = "candidate_achievement_report_17_August.csv"


def _changed(monday: Monday, person: Person, unit: str, direction: str, note: str, **columns: str) -> None:
    told = {"series": "6E26", "unit": unit, "cause": direction} | columns
    severity = told.pop("severity", "error")
    monday.plant("result_changed", severity, person, direction=direction, note=note, **told)


def reviews(monday: Monday) -> None:
    """After review: three grades up, one down, one mark up within its grade."""
    world = monday.world
    for n in range(3):
        person, unit, grade = ordinary(world, "6E26", "RPM")
        regrade(world, person, unit, "6E26", BETTER[grade])
        _changed(monday, person, unit, "up", "after a review of marking")
        if n == 0:
            monday.by_hand(person, "6E26", unit, BETTER[grade], "2026-08-13", "letter of the board, review of marking")
            note = "the file says now what was entered by hand: the row can go"
            told = {"series": "6E26", "unit": unit, "cause": "agrees"}
            monday.plant("manual_change_overwritten", "info", person, note=note, **told)
    person, unit, grade = ordinary(world, "6E26", "DM")
    regrade(world, person, unit, "6E26", WORSE[grade])
    _changed(monday, person, unit, "down", "after a review of marking: down")
    person, unit, grade = ordinary(world, "6E26", "MP")
    mark = int(world.one("edi", person, file="6E26").cells["mark"])
    regrade(world, person, unit, "6E26", grade, max(mark + 1, middle(world, unit, "6E26", grade)))
    _changed(monday, person, unit, "up", "edge: the mark alone, within the grade")


def taken_back(monday: Monday) -> None:
    """A paper that the reissue and today's achievement report no longer have; the report of the week before has it."""
    world = monday.world
    person, unit, _grade = ordinary(world, "6E26", "RPMD")
    world.drop(
        *world.find("edi", person, file="6E26"),
        *world.find("achievement", person, Unit_Series="6E26"),
    )
    told = {"series": "6E26", "unit": unit}
    monday.plant("result_withdrawn", "error", person, direction="withdrawn", note="gone from the reissue", **told)
    note = "follows: the report of the first Monday has it still"
    monday.plant("missing_from_edi", "error", person, note=note, **told | {"cause": "unknown"})


def has_come(monday: Monday) -> None:
    """What was X is a grade now."""
    world = monday.world
    person = whose(world, "no_result_issued", "multiple_ucis")
    unit = "05838/02"
    told = {"series": "6E26", "unit": unit}
    monday.plant("no_result_issued", "error", person, change="resolved", note="the result has come", **told)
    regrade(world, person, unit, "6E26", "P")
    told["cause"] = "the result has come"
    monday.plant("result_changed", "warning", person, direction="other", note="edge: X is P now", **told)


def uci_found(monday: Monday) -> None:
    """The UCI was found: in entries and report, and all results are in EDI, the late ones in files of their own."""
    world = monday.world
    person = whose(world, "missing_uci")
    papers = (("6E26", "05838/01", "M"), ("6E26", "05838/02", "P"), ("1E26", "05838/03", "M"))
    work = (("9I25", "05838/06", "M"), ("9I25", "05838/08", "D"))
    note = "the UCI was found"
    monday.plant("missing_uci", "error", person, change="resolved", note=note)
    for series, unit, _ in (*papers, *work):
        told = {"series": series, "unit": unit}
        monday.plant("missing_from_edi", "error", person, change="resolved", note=note, **told)
    told = {"series": "9I25", "qualification": "05839"}
    monday.plant("missing_from_edi", "error", person, change="resolved", note=note, **told)
    person.uci = identifiers.uci(f"99999024{person.number}")
    for kind in ("entry", "achievement"):
        for row in world.find(kind, person):
            row.cells["UCI"] = person.uci
    for series, unit, grade in papers:
        mark = next(iter(world.find("marks", person, Series=series, Unit_Code=unit))).cells["Final Mark"]
        file = "6E26" if series == "6E26" else "1E26-late"
        edi_result(world, person, file, world.reference.units[unit].option, "M", grade, f"{int(mark):04d}")
    for _, unit, grade in work:
        edi_result(world, person, "9I25-late", world.reference.units[unit].option, "M", grade)
    award = world.find("achievement", person, Qualification_Code="05839")[0].cells["Qualification Grade"]
    edi_result(world, person, "9I25-late", "05839", "G", award)
    for series, unit, _ in (*papers, *work):
        told = {"series": series, "unit": unit}
        monday.plant("result_added", "info", person, direction="new", note=note, **told)
    told = {"series": "9I25", "qualification": "05839"}
    monday.plant("result_added", "info", person, direction="new", note=note, **told)


def late_award(monday: Monday) -> None:
    """All units were there on the first Monday, and the award comes now."""
    world = monday.world
    person = whose(world, "award_missing")
    told = {"qualification": "05839"}
    monday.plant("award_missing", "error", person, change="resolved", note="awarded late", **told)
    best: dict[str, str] = {}
    for row in world.find("achievement", person, Qualification_Code="05839"):
        best[row.cells["Unit Code"]] = row.cells["Unit Grade"]
    grade = world.reference.award("05839", best)
    for row in world.find("achievement", person, Qualification_Code="05839"):
        row.cells |= {"Qualification Grade": grade, "Qualification Award Date": british(date(2026, 8, 4))}
    edi_result(world, person, "9I25-late", "05839", "G", grade)
    told["series"] = "9I25"
    monday.plant("result_added", "info", person, direction="new", note="an addition file: a late award", **told)


def report_behind(monday: Monday) -> None:
    """The second record of a student: changed in EDI and in the marks report, not yet in the achievement report."""
    world = monday.world
    _first, second = two_records(world)
    unit, grade = unit_of(world, second, "6E26")
    new = BETTER.get(grade) or WORSE[grade]
    direction = "up" if grade in BETTER else "down"
    regrade(world, second, unit, "6E26", new, report=False)
    _changed(monday, second, unit, direction, "in EDI and the marks report, not in the achievement report")
    told = {"series": "6E26", "unit": unit}
    monday.plant("grades_conflict", "error", second, note="the achievement report is behind", **told)


def numbers_mended(monday: Monday) -> None:
    """The entries of today have the right check letter, and an OCR number for a student who had none."""
    world = monday.world
    person = whose(world, "invalid_uci", "in the entries")
    monday.plant("invalid_uci", "warning", person, change="resolved", note="put right in the entries")
    for row in world.find("entry", person):
        row.cells["UCI"] = person.uci
    gains = whose(world, "certification_entry_missing", "nothing to make")
    gains.ocr = "31415926"
    told = {"series": "1A26", "qualification": "J910", "option": "J910"}
    note = "has an OCR number now: the finding goes on"
    monday.plant("certification_entry_missing", "error", gains, change="continuing", note=note, **told)
    for row in world.find("entry", gains):
        row.cells["OCR Candidate Number"] = gains.ocr


def a_levels(monday: Monday) -> None:
    """The A levels of the 13th, which nobody could have had on the first Monday."""
    world = monday.world
    note = "the file has come"
    monday.plant("file_missing", "error", centre=MAIN, series="6B26", state="pending", change="resolved", note=note)
    for option, grade, mark in (("H446", "B", "0246"), ("H240", "C", "0171")):
        entries = [row for row in world.find("entry", Series="6B26") if row.cells["Entry Code"] == option]
        person = entries[0].person
        if person is None:
            raise LookupError(option)
        told = {"series": "6B26", "option": option, "state": "pending", "change": "resolved"}
        monday.plant("entry_without_result", "error", person, note=note, **told)
        edi_result(world, person, "6B26", option, "M", grade, mark)
    monday.results("R9999901.X03", "6B26", "6B26", 3, board="01")
    for name, lines in edi.basedata(world, "6B26", "01").items():
        monday.inbox[f"basedata/{name}"] = edi.lines_of(lines)


def longer_range(monday: Monday) -> None:
    """The engineers' report, run again so that it reaches June, and saved over the old one."""
    world = monday.world
    name = "achievement_engineering.csv"
    for person in [p for p in world.people if p.who.startswith("in a report that was run before")]:
        marks = world.one("marks", person, Series="6E26")
        unit = world.reference.units["05822/02"]
        day = date(2026, 8, 10)
        achievement_row(world, person, "05823", unit, "6E26", marks.cells["Grade"], day, "engineering")
    note = "run again, and it reaches June"
    cause = {"cause": "stops_early"}
    monday.plant("report_range_short", "warning", centre=MAIN, file=name, change="resolved", note=note, **cause)
    monday.report(name, "achievement", "engineering")


def follow_on(monday: Monday) -> None:
    """What was there before, and reads otherwise for the files that came."""
    world = monday.world
    told = {"change": "changed"}
    note = "the reissue of the reissue holds its results"
    monday.plant("file_superseded", "info", centre=MAIN, file="R9999972.X01", note=note, **told)
    for centre in (MAIN, SECOND):
        note = "more results that cannot be checked"
        monday.plant("basedata_missing", "warning", centre=centre, series="1E26", note=note, **told)
    note = "the broken line's file is superseded"
    monday.plant("row_rejected", "info", file="R9999972.X06", note=note, **told)
    whole = whose(world, "missing_from_edi", "the reissue is what counts")
    told = {"series": "6E26", "unit": "05838/02", "change": "resolved"}
    monday.plant("missing_from_edi", "error", whole, note="the line is good in the reissue", **told)
    late = next(p.people[0] for p in world.planted if "a day after the file" in p.note)
    told = {"series": "9I25", "unit": "05838/11", "change": "changed", "cause": "unknown"}
    note = "a later file of the series has come, and it is not in that either"
    monday.plant("missing_from_edi", "error", late, note=note, **told)


def kept_by_hand(monday: Monday) -> None:
    """Two more changes by hand: one that this file would undo, one that stands; and three waivers."""
    world = monday.world
    person, unit, grade = ordinary(world, "6E26", "RPM")
    monday.by_hand(person, "6E26", unit, BETTER[grade], "2026-08-12", "told on the telephone")
    told = {"series": "6E26", "unit": unit, "cause": "contradicted"}
    note = "this week's file would undo it"
    monday.plant("manual_change_overwritten", "error", person, note=note, **told)
    without = whose(world, "missing_uci", "earlier file")
    monday.by_hand(without, "1E26", "05838/01", "P", "2026-08-12", "not in EDI, typed in from the report")
    monday.waive("missing_uci", without, "2026-08-12", "2026-09-30", "applied for")
    told = {"change": "continuing", "state": "waived"}
    monday.plant("missing_uci", "error", without, note="waived until 30 September", **told)
    awaits = whose(world, "award_missing", "failed")
    monday.waive("award_missing", awaits, "2026-08-12", "2026-08-21", "the board is asked")
    note = "waived until 21 August"
    monday.plant("award_missing", "error", awaits, qualification="05835", note=note, **told)
    monday.waive("missing_uci", person, "2026-08-12", "2026-09-30", "mistyped: this student has one")
    monday.plant("waiver_expired", "warning", centre=MAIN, cause="unused", note="covers nothing")


def places_held(monday: Monday) -> None:
    """The school's list of university places, with two rows that cannot count."""
    world = monday.world
    monday.place(whose(world, "award_missing", "failed"), "Elm Park University", "112 points", "112")
    typed_in = next(p.people[0] for p in world.planted if p.code == "units_incomplete" and p.people)
    monday.place(typed_in, "Larkfield College", "MM", "MM")
    note = "the offer was typed into the points"
    monday.plant("destination_unclear", "warning", centre=MAIN, cause="unusable", note=note)
    listed_twice = whose(world, "missing_uci", "earlier file")
    monday.place(listed_twice, "Larkfield College", "96 points", "96")
    monday.place(listed_twice, "Elm Park University", "104 points", "104")
    monday.plant(
        "destination_unclear",
        "warning",
        listed_twice,
        cause="replaced",
        note="edge: listed twice, the later row counts",
    )


def everyone(world: World) -> Monday:
    """The whole Monday: rows first, then the files they stand in."""
    monday = Monday(world, date(2026, 8, 17))
    for story in (
        reviews,
        taken_back,
        has_come,
        uci_found,
        late_award,
        report_behind,
        numbers_mended,
        a_levels,
        longer_range,
        follow_on,
        kept_by_hand,
        places_held,
    ):
        story(monday)
    monday.results("R9999972.X07", "6E26", "6E26", 7)
    monday.results("R9999972.X08", "9I25-late", "9I25", 8)
    monday.results("R9999972.X09", "1E26-late", "1E26", 9)
    monday.results("R9C25_72.X10", "9C25-2", "9C25", 10)
    note = "6E26 of 10 August; R9999972.X07 is the reissue after review"
    monday.plant("file_superseded", "info", centre=MAIN, file="R9999972.X06", note=note)
    note = "edge: the same results again under another name: nothing changes"
    monday.plant("file_superseded", "info", centre=MAIN, file="R9999972.X05", note=note)
    world.drop(*[row for row in world.find("achievement", file="all") if row.person is None])
    monday.report(REPORT, "achievement", "all", "Candidate achievement report: awards from 01/08/2024 to 17/08/2026")
    monday.report("examined_marks_6E26.csv", "marks", "6E26", delimiter=";")
    monday.report("entries_2025-26.csv", "entry", "2025-26")
    return monday
