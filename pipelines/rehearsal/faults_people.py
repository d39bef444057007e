"""Planted faults of identity: each function makes the people, breaks one thing, and says what must be found.

Takes a world of clean makers; adds rows and planted findings. Promises that nothing else about these people
is wrong, consequences included in what is planted.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal import identifiers
from pipelines.rehearsal.cohorts import finishing, year12, year13
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import ELSEWHERE, Person, World
from pipelines.rehearsal.statements import british


def _not_in_edi(world: World, person: Person, **which: str) -> None:
    world.drop(*world.find("edi", person, **which))


def no_uci_with_results(world: World) -> None:
    """Nobody gave a UCI: everything on Interchange, nothing in EDI."""
    person = world.invent("y13", uci="")
    exams = [("05838/01", "6E26", "M"), ("05838/02", "6E26", "P"), ("05838/03", "1E26", "M")]
    enrol(world, person, "05839", exams, [("05838/06", "25-1", "M"), ("05838/08", "25-2", "D")], issued="25-2")
    _not_in_edi(world, person)
    world.plant("missing_uci", "error", person)
    for series, unit in (
        ("6E26", "05838/01"),
        ("6E26", "05838/02"),
        ("1E26", "05838/03"),
        ("9I25", "05838/06"),
        ("9I25", "05838/08"),
    ):
        world.plant("missing_from_edi", "error", person, series=series, unit=unit, cause="missing_uci")
    world.plant("missing_from_edi", "error", person, series="9I25", qualification="05839", cause="missing_uci")


def no_uci_one_result(world: World) -> None:
    """Edge: one paper in January, and coursework issued before the windows, which was in an earlier file."""
    person = world.invent("y12", uci="")
    enrol(world, person, "05839", [("05838/01", "1E26", "P")], [("05838/06", "25-0", "M")], finish="2027")
    _not_in_edi(world, person)
    world.plant(
        "missing_uci",
        "error",
        person,
        note="edge: coursework issued in an earlier file is not missing from EDI",
    )
    world.plant("missing_from_edi", "error", person, series="1E26", unit="05838/01", cause="missing_uci")


def no_uci_entry_only(world: World) -> None:
    """Edge: only a qualification entry, and the placeholder ULN."""
    person = world.invent("y12", uci="", uln="9999999999")
    enrol(world, person, "05835", finish="2027")
    world.plant("missing_uci", "error", person, note="edge: an entry alone, no result yet")


def wrong_letter_in_entries(world: World) -> None:
    """The school's entries carry a wrong check letter; the board's files the right one."""
    person = world.invent("y12")
    year12(world, person, "05839")
    wrong = identifiers.wrong_uci(person.uci)
    for row in world.find("entry", person):
        row.cells["UCI"] = wrong
    person.more["uci"] = [wrong]
    world.plant(
        "invalid_uci",
        "warning",
        person,
        note=f"{wrong} in the entries; first twelve characters agree, so not multiple_ucis",
    )


def wrong_letter_everywhere(world: World) -> None:
    """Edge: the wrong letter in every file, so no carrier has the right one."""
    person = world.invent("y12")
    person.uci = identifiers.wrong_uci(person.uci)
    year12(world, person, "05835")
    world.plant("invalid_uci", "warning", person, note="edge: wrong in every carrier; it still joins the person")


def blank_letter(world: World) -> None:
    """The check letter is left out in the entries: worth knowing, no more."""
    person = world.invent("y12")
    year12(world, person, "05839")
    for row in world.find("entry", person):
        row.cells["UCI"] = person.uci[:12]
    world.plant("invalid_uci", "info", person, note="a blank 13th character")


def two_ucis(world: World) -> None:
    """A new UCI this season, the old one in last season's EDI; the ULN joins them."""
    person = world.invent("y13")
    year13_plan = (
        [("05838/01", "6E25", "M"), ("05838/02", "1E26", "M"), ("05838/03", "6E26", "P")],
        [("05838/05", "24-1", "M"), ("05838/07", "25-1", "D")],
    )
    enrol(world, person, "05839", *year13_plan, issued="25-2")
    old = identifiers.uci(f"99999023{person.number}")
    for file in ("6E25", "9I24-1"):
        world.one("edi", person, file=file).cells["uci"] = old
    person.more["uci"] = [old]
    world.plant(
        "multiple_ucis",
        "error",
        person,
        note="old UCI in 6E25 and 9I24 EDI, new one everywhere else; one ULN, one OCR number",
    )


def two_ucis_and_no_result(world: World) -> None:
    """Edge: came with another centre's UCI and was given a second one; a paper came back as X."""
    person = world.invent("y12")
    enrol(
        world,
        person,
        "05839",
        [("05838/01", "1E26", "M"), ("05838/02", "6E26", "P")],
        [("05838/06", "25-1", "M")],
        finish="2027",
    )
    first = identifiers.uci(f"{ELSEWHERE}0240{person.number[:3]}")
    for row in [*world.find("entry", person), *world.find("claim", person)]:
        row.cells["UCI"] = first
        row.cells["OCR Candidate Number"] = person.ocr
    person.more["uci"] = [first]
    world.one("edi", person, file="6E26").cells |= {"grade": "X", "mark": ""}
    world.one("achievement", person, Unit_Series="6E26").cells |= {"Unit Grade": "X", "Unit Points": ""}
    world.drop(world.one("marks", person, Series="6E26"))
    world.plant("multiple_ucis", "error", person, note="edge: the earlier one was issued by another centre")
    world.plant(
        "no_result_issued",
        "error",
        person,
        series="6E26",
        unit="05838/02",
        note="edge: follows from multiple_ucis",
    )


def twins_with_one_uci(world: World) -> None:
    """The second twin was entered under the first one's UCI."""
    first = world.invent("y12")
    second = world.invent("y12", surname=first.surname, born=first.born.isoformat(), forenames="Bettrys", sex="F")
    second.uci = first.uci
    year12(world, first, "05839")
    year12(world, second, "05839")
    world.plant(
        "shared_uci",
        "error",
        first,
        second,
        note="edge: twins, same papers; nameless EDI lines are decided by ULN and number",
    )


def leavers_uci_given_again(world: World) -> None:
    """A student carries the UCI of somebody who left last summer."""
    old = world.invent("left25")
    enrol(
        world,
        old,
        "05839",
        [("05838/01", "6E25", "P")],
        [("05838/04", "24-1", "M")],
        entered=False,
        tracked=False,
    )
    new = world.invent("y12", uci=old.uci)
    year12(world, new, "05835")
    world.plant("shared_uci", "error", old, new, note="one of them is a leaver; no paper in common")


def two_ocr_numbers(world: World) -> None:
    """Last year's units stand under another eight-digit number."""
    person = world.invent("y13")
    exams = [("05838/01", "6E25", "M"), ("05838/02", "1E26", "P"), ("05838/03", "6E26", "M")]
    enrol(world, person, "05839", exams, [("05838/06", "24-1", "P"), ("05838/09", "25-1", "M")], issued="25-2")
    old = "00314159"
    rows = [
        *world.find("achievement", person, Unit_Series="6E25"),
        *world.find("achievement", person, Unit_Series="9I24"),
    ]
    for row in [*rows, *world.find("marks", person, Series="6E25")]:
        row.cells["OCR Candidate Number"] = old
    person.more["ocr"] = [old]
    world.plant(
        "duplicate_candidate_number",
        "error",
        person,
        note="old units under one number, new ones under the other; together they make the award",
    )


def second_number_on_tracker(world: World) -> None:
    """Edge: the second number stands on the tracker only."""
    person = world.invent("y12")
    year12(world, person, "05835")
    other = f"{(int(person.ocr) + 7_654_321) % 100_000_000:08d}"
    for row in [*world.find("summary", person), *world.find("detail", person)]:
        row.cells["OCR Candidate Number"] = other
    person.more["ocr"] = [other]
    world.plant("duplicate_candidate_number", "error", person, note="edge: no result under the second number")


def one_number_two_people(world: World) -> None:
    """Two students with one four-digit number, in every carrier."""
    first = world.invent("y12")
    second = world.invent("y12", number=first.number)
    second.uci = identifiers.uci(f"9999902{5}{int(first.number) + 4000:04d}")
    year12(world, first, "05839")
    year12(world, second, "05835")
    world.plant("shared_candidate_number", "error", first, second)


def siblings_with_one_number(world: World) -> None:
    """Edge: brother and sister, so the surname agrees; the birth dates do not."""
    first = world.invent("y12", forenames="Gwenllian", sex="F")
    second = world.invent("y13", number=first.number, surname=first.surname, forenames="Octavian", sex="M")
    second.uci = identifiers.uci(f"9999902{4}{int(first.number) + 4500:04d}")
    year12(world, first, "05839")
    year13(world, second, "05838")
    world.plant(
        "shared_candidate_number",
        "error",
        first,
        second,
        note="edge: same surname, other birth date and forename",
    )


def one_uln_two_people(world: World) -> None:
    """The school typed a classmate's ULN into one student's entries."""
    first, second = world.invent("y12"), world.invent("y12")
    year12(world, first, "05839")
    year12(world, second, "05835")
    for row in world.find("entry", first):
        row.cells["ULN"] = second.uln
    world.plant(
        "identity_conflict",
        "error",
        first,
        second,
        note="the ULN would join two people; one row for the pair, or one for each",
    )


def one_uln_one_forename(world: World) -> None:
    """Edge: the two also share the forename; surname and birth date decide."""
    first = world.invent("y12", forenames="Rowena", sex="F")
    second = world.invent("y13", forenames="Rowena", sex="F", uln=first.uln)
    year12(world, first, "05835")
    exams, work = finishing(world, "05839")
    enrol(world, second, "05839", exams, work, issued="25-2")
    world.plant(
        "identity_conflict",
        "error",
        first,
        second,
        note="edge: same forename; one ULN in every carrier; one row for the pair, or one for each",
    )


def birth_date_swapped(world: World) -> None:
    """Edge: day and month swapped on the tracker; still one person."""
    person = world.invent("y12", born="2009-07-04")
    year12(world, person, "05839")
    for row in [*world.find("summary", person), *world.find("detail", person)]:
        row.cells["Date of Birth"] = british(date(2009, 4, 7))
    world.plant("details_differ", "warning", person, note="edge: birth date with day and month swapped")


def forename_spelled_otherwise(world: World) -> None:
    """The school writes the forename otherwise than the board does."""
    person = world.invent("y12", forenames="Kathryn", sex="F")
    year12(world, person, "05835")
    for row in world.find("entry", person):
        row.cells["Forename(s)"] = "Cathrine"
        row.cells["OCR Candidate Number"] = person.ocr
    world.plant("details_differ", "warning", person, note="forename: neither an initial nor a known-as pair")


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (
        no_uci_with_results,
        no_uci_one_result,
        no_uci_entry_only,
        wrong_letter_in_entries,
        wrong_letter_everywhere,
        blank_letter,
        two_ucis,
        two_ucis_and_no_result,
        twins_with_one_uci,
        leavers_uci_given_again,
        two_ocr_numbers,
        second_number_on_tracker,
        one_number_two_people,
        siblings_with_one_number,
        one_uln_two_people,
        one_uln_one_forename,
        birth_date_swapped,
        forename_spelled_otherwise,
    ):
        fault(world)
