"""The people a checker is tempted to accuse, and must not.

Takes the world, adds one small story a function. Promises that at error and warning nothing is true of them,
the surname change alone excepted, which is planted.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal import identifiers
from pipelines.rehearsal.cohorts import year12, year13
from pipelines.rehearsal.courses import award, enrol
from pipelines.rehearsal.model import ELSEWHERE, Person, World
from pipelines.rehearsal.names import AWKWARD
from pipelines.rehearsal.statements import achievement_row, claim, edi_result, entry, marks_row, tracker


def level2_then_level3(world: World) -> None:
    """A Level 2 award last summer, a Level 3 course this year."""
    person = world.invent("y13", who="Level 2 awarded last season, then Level 3")
    old = [("05325/02", "24-1", "M"), ("05325/06", "24-1", "P"), ("05325/09", "24-1", "M")]
    enrol(world, person, "05327", [], old, issued="24-2", entered=False, tracked=False)
    new = [("05347/03", "25-1", "M"), ("05347/05", "25-1", "P"), ("05347/09", "25-0", "M")]
    enrol(world, person, "05347", [], new, issued="25-2")


def two_sizes(world: World) -> None:
    """Entered for, and awarded, two sizes of one subject; the report repeats the shared units under both."""
    person = world.invent("y13", who="two sizes of one subject at once")
    exams = [("05838/01", "6E25", "M"), ("05838/02", "1E26", "D"), ("05838/03", "6E26", "M")]
    work = [("05838/06", "24-1", "M"), ("05838/08", "25-1", "D")]
    enrol(world, person, "05839", exams, work, issued="25-2")
    for unit in ("05838/01", "05838/02"):
        row = world.one("achievement", person, Unit_Code=unit, Qualification_Code="05839")
        title = world.reference.qualifications["05838"].title
        world.add(
            "achievement",
            "all",
            person,
            **row.cells | {"Qualification Code": "05838", "Qualification Title": title},
        )
    entry(world, person, "9I25", "05838", "qualification", "3")
    award(world, person, "05838", "25-1", world.reference.award("05838", {"05838/01": "M", "05838/02": "D"}))
    world.add(
        "summary",
        "summary",
        person,
        **world.one("summary", person).cells
        | {
            "Specification Code": "05838",
            "Specification Title": world.reference.qualifications["05838"].title,
            "GLH Required": "180",
            "Qualification Result Status": "Result not yet achieved",
        },
    )


def resit(world: World) -> None:
    """The same paper in June, January and June again, better each time."""
    person = world.invent("y13", who="a resit in a later series")
    exams = [
        ("05838/01", "6E25", "R"),
        ("05838/01", "1E26", "P"),
        ("05838/02", "1E26", "M"),
        ("05838/03", "6E26", "M"),
    ]
    work = [("05838/07", "24-1", "M"), ("05838/10", "25-1", "M")]
    enrol(world, person, "05839", [*exams, ("05838/02", "6E26", "D")], work, issued="25-2")


def resubmission(world: World) -> None:
    """Coursework claimed and issued in July, improved, claimed and issued again in August."""
    person = world.invent("y13", who="a resubmission in the other window of one annual series")
    exams = [("05838/01", "6E25", "M"), ("05838/02", "1E26", "M"), ("05838/03", "1E26", "P")]
    enrol(world, person, "05839", exams, [("05838/09", "24-1", "M")], entered=True, tracked=False)
    coursework_twice(world, person, "05839", "05838/07", ("P", "M"), ("P", "M"))
    award(
        world,
        person,
        "05839",
        "25-2",
        world.reference.award("05839", {e[0]: e[2] for e in exams} | {"05838/09": "M", "05838/07": "M"}),
    )
    tracker(world, person, "05839", "2026", "Result not yet achieved")


def coursework_twice(
    world: World, person: Person, code: str, unit: str, issued: tuple[str, str], claimed: tuple[str, str]
) -> None:
    """One unit in both windows: claimed on 9 June and 20 July, issued on 9 July and 3 August."""
    u = world.reference.units[unit]
    for window, grade, day in (("1", issued[0], date(2026, 7, 9)), ("2", issued[1], date(2026, 8, 3))):
        achievement_row(world, person, code, u, "9I25", grade, day)
        edi_result(world, person, f"9I25-{window}", u.option, "M", grade)
    claim(world, person, code, unit, claimed[0], date(2026, 6, 9))
    claim(world, person, code, unit, claimed[1], date(2026, 7, 20), "resubmission")


def leaver_with_units(world: World) -> None:
    """Left without an award: old units only, in the report and in last season's files."""
    person = world.invent("left25", who="a leaver with old units only")
    enrol(
        world,
        person,
        "05839",
        [("05838/01", "6E25", "P")],
        [("05838/06", "24-1", "M")],
        entered=False,
        tracked=False,
    )


def withdrawn(world: World) -> None:
    """Withdrew in spring: the entries and the tracker say so."""
    person = world.invent("y13", who="withdrawn")
    enrol(world, person, "05839", [("05838/01", "1E26", "P")], [], also_entered=(("05838/03", "6E26"),))
    for row in world.find("entry", person):
        if row.cells["Series"] != "1E26":
            row.cells["Withdrawn"] = "Y"
    world.one("summary", person).cells["Qualification Result Status"] = "Withdrawn"
    for row in world.find("detail", person):
        if row.cells["Unit Achievement Status"] == "Entered":
            row.cells["Unit Achievement Status"] = "Not entered"


def not_eligible(world: World) -> None:
    """The tracker says not eligible: nothing is expected of this entry."""
    person = world.invent("y13", who="not eligible on the tracker")
    enrol(world, person, "05835", [("05834/02", "6E26", "P")], [("05834/07", "25-1", "P")])
    world.one("summary", person).cells["Qualification Result Status"] = "Not eligible"


def transferred_in(world: World) -> None:
    """Came from another centre: its UCI, and a unit issued there before the windows began."""
    uci = identifiers.uci(f"{ELSEWHERE}0240317")
    person = world.invent("y13", who="transferred in with another centre's UCI", uci=uci)
    exams = [("05838/01", "1E26", "M"), ("05838/02", "6E26", "P"), ("05838/03", "6E26", "M")]
    enrol(world, person, "05839", exams, [("05838/04", "24-0", "D"), ("05838/11", "25-1", "M")], issued="25-2")


def twins(world: World) -> None:
    """Same surname, same birthday, same papers: two people."""
    first = world.invent("y12", who="a twin")
    year12(world, first, "05835")
    second = world.invent("y12", who="a twin", surname=first.surname, born=first.born.isoformat(), forenames="Ottilie")
    if first.forenames.startswith("Ott"):
        raise ValueError("the twins need different forenames")
    year12(world, second, "05835")


def surname_changed(world: World) -> None:
    """Married: the school's system still has the old surname, the board the new one."""
    person = world.invent("y13", who="surname changed (only details_differ)")
    year13(world, person, "05839")
    for row in [*world.find("entry", person), *world.find("claim", person)]:
        row.cells["Surname"] = "Formerly-Brightwater"
    world.plant("details_differ", "warning", person, note="surname; the carriers otherwise agree")


def absent_then_achieved(world: World) -> None:
    """Absent in January, achieved in June: the absence is worth knowing and nothing more."""
    person = world.invent("y13", who="absent, then achieved")
    exams = [("05838/01", "6E25", "M"), ("05838/02", "6E26", "M"), ("05838/03", "6E26", "P")]
    work = [("05838/05", "24-1", "M"), ("05838/06", "25-1", "M")]
    enrol(world, person, "05839", exams, work, issued="25-2", also_entered=(("05838/02", "1E26"),))
    row = marks_row(world, person, "05839", world.reference.units["05838/02"], "1E26", "P")
    row.cells |= {"Raw Mark": "A", "Final Mark": "A", "Grade": ""}
    row.cells |= {"Special Consideration Tariff": "", "Special Consideration Mark": ""}


def entered_last_year(world: World) -> None:
    """On the tracker, but the school exports only this year's new entries."""
    person = world.invent("y13", who="two-year course entered last year: on the tracker, not in this year's entries")
    work = [("05838/12", "24-1", "M"), ("05838/13", "25-1", "P")]
    exams = [("05838/01", "6E25", "P"), ("05838/02", "6E25", "M"), ("05838/03", "6E25", "M")]
    enrol(world, person, "05839", exams, work, issued="25-2")
    world.drop(*world.find("entry", person))


def awkward_names(world: World) -> None:
    """Names that break things."""
    codes = {
        "apostrophe": "05839",
        "hyphen": "05835",
        "accents": "05839",
        "null": "05835",
        "long": "05839",
        "short": "05839",
    }
    for kind, (surname, forenames) in AWKWARD.items():
        person = world.invent("y12", surname=surname, forenames=forenames, who=f"an awkward name ({kind})")
        person.on_entry_file = kind in ("apostrophe", "accents", "null", "long", "spaces")
        year12(world, person, codes.get(kind, "05839"))


def unknown_ulns(world: World) -> None:
    """Two people with the placeholder ULN, which joins nobody."""
    for _ in range(2):
        person = world.invent("y12", who="ULN 9999999999: a placeholder, joins nobody", uln="9999999999")
        year12(world, person, "05839")


def coded_awards(world: World) -> None:
    """Long grades: D*D* of a double is D1 in EDI and D*D* in the report."""
    person = world.invent("y13", who="a coded award: D1 in EDI, D*D* in the report")
    work = [
        (f"05838/{n:02d}", s, "D")
        for n, s in zip(range(4, 12), ["24-0", "24-1", "24-1", "24-2", "25-0", "25-1", "25-1", "25-2"], strict=True)
    ]
    exams = [("05838/01", "6E25", "D"), ("05838/02", "1E26", "D"), ("05838/03", "6E26", "D")]
    enrol(world, person, "05842", exams, work, issued="25-2")


def bare_claim(world: World) -> None:
    """A claim with no number at all: the full name finds the person."""
    person = world.invent("y12", who="a claim row with nothing but the name")
    year12(world, person, "05839")
    for row in world.find("claim", person):
        row.cells |= {"OCR Candidate Number": "", "Candidate Number": "", "UCI": ""}


def lower_case_uci(world: World) -> None:
    """The school typed the check letter in lower case, and unit codes in two more spellings."""
    person = world.invent("y12", who="UCI typed in lower case, unit codes spelled 05838-01 and 583802")
    year12(world, person, "05839")
    for row in world.find("entry", person):
        row.cells["UCI"] = row.cells["UCI"].lower()
        row.cells["Entry Code"] = {"05838/01": "05838-01", "05838/02": "583802"}.get(
            row.cells["Entry Code"], row.cells["Entry Code"]
        )


def corrected_in_reissue(world: World) -> None:
    """A mark that was wrong in the first June file and right in the reissue: superseded: silence."""
    person = world.invent("y12", who="a mark put right in the reissued file")
    year12(world, person, "05839")
    line = world.one("edi", person, file="6E26")
    line.only["R9999972.X01"] = {"mark": f"{int(line.cells['mark']) - 2:04d}"}
    edge = world.invent("y12", who="new in the reissued file")
    year12(world, edge, "05839")
    world.one("edi", edge, file="6E26").only["R9999972.X01"] = None


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for story in (
        level2_then_level3,
        two_sizes,
        resit,
        resubmission,
        leaver_with_units,
        withdrawn,
        not_eligible,
        transferred_in,
        twins,
        surname_changed,
        absent_then_achieved,
        entered_last_year,
        awkward_names,
        unknown_ulns,
        coded_awards,
        bare_claim,
        lower_case_uci,
        corrected_in_reissue,
    ):
        story(world)
