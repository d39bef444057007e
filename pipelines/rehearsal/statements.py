"""Single statements: what one carrier says once, as a row.

Takes a person and the facts; adds one row of EDI, achievement report, marks report, entries or claims, or the
rows of the tracker. Promises dates inside the window they are said to lie in, marks inside the boundaries.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pipelines.rehearsal.model import Person, Row, World
from pipelines.rehearsal.reference import Unit, boundaries

# Where a result is issued: series, then for annual series the window (0: before the windows, so in an earlier
# file that is not in the inbox; 1 and 2: the windows of the release calendar).
ISSUED = {
    "6E24": (date(2024, 8, 12), date(2024, 8, 12)),
    "6E25": (date(2025, 8, 11), date(2025, 8, 11)),
    "1E26": (date(2026, 3, 12), date(2026, 3, 12)),
    "6E26": (date(2026, 8, 10), date(2026, 8, 10)),
    "23-0": (date(2024, 1, 15), date(2024, 6, 14)),
    "23-1": (date(2024, 7, 1), date(2024, 7, 31)),
    "23-2": (date(2024, 8, 1), date(2024, 8, 7)),
    "24-0": (date(2025, 1, 13), date(2025, 6, 20)),
    "24-1": (date(2025, 7, 1), date(2025, 7, 31)),
    "24-2": (date(2025, 8, 1), date(2025, 8, 5)),
    "25-0": (date(2026, 1, 12), date(2026, 6, 19)),
    "25-1": (date(2026, 7, 1), date(2026, 7, 31)),
    "25-2": (date(2026, 8, 3), date(2026, 8, 3)),
}
TRACKER_DAY = date(2026, 7, 23)
ENTRY_DAY = {"1E26": "17/10/2025", "6E26": "19/02/2026"}
Sat = tuple[str, str, str]
IDENTITY = (
    "Centre Number",
    "OCR Candidate Number",
    "Candidate Number",
    "UCI",
    "ULN",
    "Surname",
    "Forename(s)",
    "Date of Birth",
)


def british(day: date) -> str:
    """A date as the reports print it."""
    return day.strftime("%d/%m/%Y")


def day_of(text: str) -> date:
    """The date a report prints."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def identity(person: Person) -> dict[str, str]:
    """The identity columns as a carrier without errors gives them."""
    values = (
        person.centre,
        person.ocr,
        person.number,
        person.uci,
        person.uln,
        person.surname,
        person.forenames,
        british(person.born),
    )
    return dict(zip(IDENTITY, values, strict=True))


def issued_on(world: World, slot: str) -> date:
    """A working day in the slot."""
    return world.random.choice(_working_days(slot))


@cache
def _working_days(slot: str) -> tuple[date, ...]:
    first, last = ISSUED[slot]
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5)


def series_of(slot: str, annual: str) -> str:
    """`25-1` of the 2016 suite is 9I25; an examined series is itself."""
    return slot if len(slot) == 4 and "-" not in slot else f"9{annual}{slot[:2]}"


def edi_result(world: World, person: Person, file: str, option: str, kind: str, grade: str, mark: str = "") -> Row:
    """A line of an EDI results file; `file` is series, or series and window (`9I25-1`)."""
    return world.add(
        "edi",
        file,
        person,
        centre=person.centre,
        number=person.number,
        uci=person.uci,
        entry=option,
        option=option,
        type=kind,
        mark=mark,
        grade=grade,
        flag="",
        uln=person.uln,
    )


def mark_for(world: World, unit: Unit, series: str, grade: str) -> int:
    """A mark inside the range of a grade."""
    low = boundaries(unit, series)
    order = ["U", "R", "P", "M", "D"]
    bounds = [0, low["R"], low["P"], low["M"], low["D"], unit.maximum_mark + 1]
    place = order.index(grade)
    return world.random.randrange(max(bounds[place], 3), bounds[place + 1])


def marks_row(world: World, person: Person, code: str, unit: Unit, series: str, grade: str) -> Row:
    """A row of the examined marks report, now and then with special consideration."""
    final = mark_for(world, unit, series, grade)
    tariff, extra = "", 0
    if world.random.random() < 0.12:
        percent = world.random.choice([1, 2, 3])
        tariff, extra = str(percent), (unit.maximum_mark * percent + 50) // 100
    raw = final - extra
    return world.add(
        "marks",
        series,
        person,
        **identity(person),
        **{
            "Series": series,
            "Qualification Code": code,
            "Qualification Title": world.reference.qualifications[code].title,
            "Unit Code": unit.code,
            "Unit Title": unit.title,
            "Raw Mark": str(raw),
            "Special Consideration Tariff": tariff,
            "Special Consideration Mark": str(extra) if tariff else "",
            "Final Mark": str(final),
            "Maximum Mark": str(unit.maximum_mark),
            "Grade": grade,
        },
    )


def achievement_row(
    world: World, person: Person, code: str, unit: Unit, series: str, grade: str, day: date, file: str = "all"
) -> Row:
    """A row of the candidate achievement report; the award columns are filled when the award is known."""
    points = world.reference.points(unit.code, grade)
    return world.add(
        "achievement",
        file,
        person,
        **identity(person),
        **{
            "Qualification Code": code,
            "Qualification Title": world.reference.qualifications[code].title,
            "Unit Code": unit.code,
            "Unit Title": unit.title,
            "Unit GLH": str(unit.hours or ""),
            "Unit Grade": grade,
            "Unit Points": "" if points is None else str(points),
            "Unit Series": series,
            "Unit Award Date": british(day),
        },
    )


def entry(world: World, person: Person, series: str, code: str, kind: str, level: str = "", **cells: str) -> Row:
    """A row of the centre's entries."""
    day = ENTRY_DAY.get(series, "03/10/2025")
    row = world.add("entry", "2025-26", person, **identity(person), **{"Series": series, "Entry Code": code})
    row.cells |= {"Entry Type": kind, "Intended Level": level, "Entry Date": day} | {
        name.replace("_", " "): value for name, value in cells.items()
    }
    if world.random.random() < 0.5:
        row.cells["OCR Candidate Number"] = ""
    return row


def claim(world: World, person: Person, code: str, unit: str, grade: str, day: date, kind: str = "claim") -> Row:
    """A row of the centre's own record of claims."""
    row = world.add("claim", world.reference.units[unit].subject, person, **identity(person))
    row.cells |= {
        "Qualification Code": code,
        "Unit Code": unit,
        "Claimed Grade": grade,
        "Claim Date": british(day),
        "Claim Type": kind,
        "Assessor": f"Assessor {world.random.choice('ABC')}",
    }
    if world.random.random() < 0.3:
        row.cells["OCR Candidate Number"] = ""
    return row


def tracker(world: World, person: Person, code: str, finish: str, status: str, absent: str = "") -> None:
    """The summary row, and a detailed row for each unit, as they stood when the tracker was exported."""
    q = world.reference.qualifications[code]
    started = "04/10/2025" if person.year == "y12" or q.hours <= 180 else "04/10/2024"
    about = identity(person) | {
        "Specification Code": code,
        "Specification Title": q.title,
        "Level": q.level,
        "GLH Required": str(q.hours),
        "Entry Date": started,
        "Estimated Completion Date": f"31/08/{finish}",
    }
    world.add("summary", "summary", person, **about, **{"Qualification Result Status": status})
    units = {r.cells["Unit Code"] for r in world.find("achievement", person, Qualification_Code=code)}
    entered = {r.cells["Entry Code"] for r in world.find("entry", person, Entry_Type="unit")}
    units |= {u for u in entered if u[:5] in {c[:5] for c in units} or not units}
    units |= set(world.reference.mandatory[code])
    for unit_code in sorted(units):
        unit = world.reference.units[unit_code]
        world.add(
            "detail",
            "detail",
            person,
            **about,
            **{
                "Unit Code": unit_code,
                "Unit Title": unit.title,
                "Unit Type": "Examined" if unit.examined else "Moderated",
                "Unit GLH": str(unit.hours or ""),
                "Unit Achievement Status": "Absent" if unit_code == absent else _status(world, person, unit),
                "Last Updated": british(TRACKER_DAY),
            },
        )


def _status(world: World, person: Person, unit: Unit) -> str:
    grades = [
        (row.cells["Unit Grade"], day_of(row.cells["Unit Award Date"]))
        for row in world.find("achievement", person, Unit_Code=unit.code)
    ]
    failing = ("U", "X", "Q") if unit.examined else ("U", "X", "Q", "R")
    before = [grade for grade, day in grades if day <= TRACKER_DAY]
    if any(grade not in failing for grade in before):
        return "Result achieved"
    if world.find("entry", person, Series="6E26", Entry_Code=unit.code):
        return "Entered"
    if any(day > TRACKER_DAY for _, day in grades):
        return world.random.choice(["Claim submitted", "Sample selected"])
    return "Result not achieved" if before else "Not entered"
