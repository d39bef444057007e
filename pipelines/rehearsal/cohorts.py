"""The ordinary students: those of whom nothing is to be said.

Takes the world, adds finishing and mid-course students of both suites, leavers, a small second centre and the
general qualifications. Promises clean people: their carriers agree and their awards follow from their units.
"""

from __future__ import annotations

from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import SECOND, Person, World
from pipelines.rehearsal.statements import Sat, edi_result, entry

IT_OPTIONAL = [f"05838/{n:02d}" for n in (4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)]
BUSINESS_OPTIONAL = [f"05834/{n:02d}" for n in (5, 6, 7, 8, 11, 12, 13, 14)]
OLD_IT = [f"05347/{n:02d}" for n in range(3, 14)]
OPTIONAL_PLACES = {
    "05838": 0,
    "05839": 2,
    "05840": 3,
    "05841": 5,
    "05842": 8,
    "05877": 14,
    "05834": 0,
    "05835": 2,
    "05836": 4,
    "05837": 6,
    "05347": 3,
    "05349": 5,
    "05352": 8,
}


def _grade(world: World) -> str:
    return world.random.choice("PPMMMDD")


def finishing(world: World, code: str, last: str = "25") -> tuple[list[Sat], list[Sat]]:
    """What somebody does who finishes this size in the season that ends with the annual series 9x`last`."""
    pick, units = world.random, world.reference.units
    mandatory = world.reference.mandatory[code]
    pool = {"05838": IT_OPTIONAL, "05834": BUSINESS_OPTIONAL}.get(mandatory[0][:5] if mandatory else "", OLD_IT)
    pool = [u for u in pool if u not in mandatory]
    extra = IT_OPTIONAL[:0] if len(pool) >= OPTIONAL_PLACES[code] else [f"05838/{n}" for n in (17, 18, 19, 21)]
    optional = sorted(pick.sample([*pool, *extra], OPTIONAL_PLACES[code]))
    series = ["6E25", "1E26", "6E26"] if last == "25" else ["6E24", "6E25"]
    slots = ["24-0", "24-1", "25-0", "25-1", "25-1", "25-2"] if last == "25" else ["23-1", "24-0", "24-1", "24-2"]
    if code in ("05838", "05834", "05347"):
        series, slots = series[-2:], [s for s in slots if s.startswith(last)]
    exams = [(u, pick.choice(series), _grade(world)) for u in mandatory if units[u].examined]
    work = [(u, pick.choice(slots), _grade(world)) for u in mandatory if not units[u].examined]
    return exams, work + [(u, pick.choice(slots), _grade(world)) for u in optional]


def year13(world: World, person: Person, code: str) -> None:
    """Finishes this summer, with an award on 3 August."""
    exams, work = finishing(world, code)
    enrol(world, person, code, exams, work, issued="25-2")


def year12(world: World, person: Person, code: str) -> None:
    """In mid-course: two papers and two pieces of coursework, completion expected in 2027."""
    business = code.startswith("0583") and code < "05838"
    first, second = ("05834/02", "05834/01") if business else ("05838/01", "05838/02")
    pool = BUSINESS_OPTIONAL if business else IT_OPTIONAL
    work = [(u, world.random.choice(["25-0", "25-1", "25-1"]), _grade(world)) for u in world.random.sample(pool[:6], 2)]
    exams = [(first, "1E26", _grade(world)), (second, "6E26", world.random.choice("RPMD"))]
    enrol(world, person, code, exams, sorted(work), finish="2027")


def leaver(world: World, person: Person, code: str, last: str = "24") -> None:
    """Left in an earlier summer with the award."""
    exams, work = finishing(world, code, last)
    if last == "23":
        exams = [(u, "6E24", g) for u, _, g in exams]
        work = [(u, world.random.choice(["23-0", "23-1", "23-2"]), g) for u, _, g in work]
    enrol(world, person, code, exams, work, issued=f"{last}-2", entered=False, tracked=False)


def main_centre(world: World) -> None:
    """The ordinary students of the main centre."""
    for code, how_many in {
        "05839": 4,
        "05838": 2,
        "05840": 1,
        "05841": 1,
        "05842": 1,
        "05835": 4,
        "05836": 2,
        "05837": 1,
    }.items():
        for _ in range(how_many):
            person = world.invent("y13")
            person.on_entry_file = world.random.random() < 0.6
            year13(world, person, code)
    for code in ("05839", "05841", "05839", "05842", "05835", "05835", "05836"):
        person = world.invent("y12")
        person.on_entry_file = world.random.random() < 0.6
        year12(world, person, code)
    for code in ("05347", "05349", "05352"):
        year13(world, world.invent("y13"), code)
    for code, units in {
        "05325": ("05325/01", "05325/04"),
        "05327": ("05325/03", "05325/05", "05325/08"),
    }.items():
        work = [(u, "25-1", _grade(world)) for u in units]
        enrol(world, world.invent("y12"), code, [], work, issued="25-2")
    for code in ("05839", "05842", "05835", "05349"):
        leaver(world, world.invent("left25"), code)
    for code in ("05839", "05835"):
        leaver(world, world.invent("left24"), code, "23")


def digital_media(world: World) -> None:
    """Three students of a subject whose figures are not known, and whose report was run for one series only.

    The award is in EDI and not in that report, which does not cover the annual series and so proves nothing.
    """
    for _ in range(3):
        person = world.invent("y13", who="a report run for one series only: the award is in EDI alone")
        exams = [("05843/01", "6E26", _grade(world)), ("05843/02", "6E26", _grade(world))]
        enrol(world, person, "05843", exams, issued="25-2", tracked=True)
        for row in world.find("achievement", person):
            row.file = "digital_media"
            row.cells |= {"Qualification Grade": "", "Qualification Award Date": ""}


def second_centre(world: World) -> None:
    """A small centre of the same trust: no 2012 suite, no claims record, two of its five EDI files here."""
    for code in ("05835", "05835", "05838", "05839"):
        exams, work = finishing(world, code)
        exams = [(u, "6E26" if s == "1E26" else s, g) for u, s, g in exams]
        work = [(u, "25-1", g) for u, _, g in work]
        person = world.invent("y13", SECOND)
        enrol(world, person, code, exams, work, issued="25-2", claimed=False)
        person.who = "at the small centre: only two of its five EDI files are in"
    for code in ("05835", "05839", "05839"):
        person = world.invent("y12", SECOND, who="at the small centre, which has no 2012-suite students")
        business = code == "05835"
        unit = "05834/02" if business else "05838/01"
        enrol(world, person, code, [(unit, "6E26", _grade(world))], [], finish="2027")
    january = world.invent("y12", SECOND, who="at the small centre: a January paper whose EDI file is missing")
    enrol(world, january, "05839", [("05838/01", "1E26", "M"), ("05838/02", "6E26", "P")], [], finish="2027")
    world.drop(*world.find("marks", january, Series="1E26"))


def both_centres(world: World) -> None:
    """One person taught at both centres: a legal transfer of the UCI, never joined across centres."""
    here = world.invent("y12", who="taught at both centres with one UCI and one OCR number")
    year12(world, here, "05839")
    there = world.invent("y12", SECOND, surname=here.surname, forenames=here.forenames, ocr=here.ocr)
    there.uci, there.uln, there.born, there.who = here.uci, here.uln, here.born, here.who
    enrol(world, there, "05835", [("05834/02", "6E26", "M")], [], finish="2027")


A_LEVELS = {
    "H446": ("Computer Science A Level", (("01", 140, "1"), ("02", 140, "1"), ("03", 70, "1"))),
    "H240": ("Mathematics A Level", (("01", 100, "1"), ("02", 100, "1"), ("03", 100, "1"))),
    "H556": ("Physics A Level", (("01", 100, "1"), ("02", 80, "1.25"), ("03", 70, "1"))),
}


def a_level(world: World, person: Person, code: str, grade: str) -> None:
    """An A level of June 2025: entry, EDI line and XML record."""
    components, total = [], 0.0
    for number, maximum, weight in A_LEVELS[code][1]:
        mark = world.random.randrange(maximum // 2, maximum * 9 // 10) // 4 * 4
        weighted = mark * float(weight)
        total += weighted
        components.append((f"{code}/{number}", str(mark), str(maximum), f"{weighted:.1f}"))
    whole = str(round(total))
    edi_result(world, person, "6B25", code, "M", {"A*": "*"}.get(grade, grade), f"{int(whole):04d}")
    row = world.add("xml", "6B25", person, option=code, title=A_LEVELS[code][0], grade=grade, mark=whole)
    full = sum(maximum * float(weight) for _, maximum, weight in A_LEVELS[code][1])
    row.cells |= {"maximum": str(round(full)), "components": ";".join(" ".join(c) for c in components)}
    old_entry(world, person, "6B25", code)


def old_entry(world: World, person: Person, series: str, code: str) -> None:
    """An entry of last season's general qualifications."""
    row = entry(world, person, series, code, "qualification", "")
    row.file = "general"
    row.cells |= {
        "Entry Date": "12/02/2025" if series == "6B25" else "30/09/2024",
        "OCR Candidate Number": "",
    }


def general(world: World) -> None:
    """Last season's A levels by EDI and XML, a cut-short GCSE file, and another board's November GCSE."""
    for code, grade in (("H446", "B"), ("H446", "A*"), ("H240", "C"), ("H556", "A"), ("H240", "D")):
        a_level(
            world,
            world.invent("left25", ocr="", who="A level of last season: EDI and XML say the same"),
            code,
            grade,
        )
    private = world.invent("private", number="8001", ocr="", who="a private candidate")
    a_level(world, private, "H240", "B")
    for _ in range(3):
        person = world.invent("y12", ocr="", who="GCSE of last season, in the XML file that was cut short")
        components = ";".join(f"J277/{n:02d} {world.random.randrange(40, 75)} 80 0" for n in (1, 2))
        row = world.add("xml", "6A25", person, option="J277", title="Computer Science GCSE", maximum="160")
        marks = [int(part.split()[1]) for part in components.split(";")]
        weighted = ";".join(f"J277/{n:02d} {m} 80 {m}.0" for n, m in enumerate(marks, 1))
        row.cells |= {"components": weighted, "mark": str(sum(marks)), "grade": str(sum(marks) // 20)}
    for grade in ("5", "4"):
        person = world.invent("y13", who="a GCSE resit with another awarding body")
        year13(world, person, "05839")
        edi_result(world, person, "BG24", "8300H", "G", grade)
        old_entry(world, person, "BG24", "8300H")


def numbers_used_again(world: World) -> None:
    """A leaver's candidate number given to somebody else two years later: not a shared number."""
    old = world.invent("left25", number="0042", who="left in 2025; the candidate number was given out again")
    leaver(world, old, "05835")
    for row in [*world.find("achievement", old), *world.find("marks", old)]:
        row.cells["Candidate Number"] = ""
    new = world.invent("y12", number="0042", who="has the candidate number of somebody who left")
    year12(world, new, "05835")


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    main_centre(world)
    digital_media(world)
    second_centre(world)
    both_centres(world)
    general(world)
    numbers_used_again(world)
