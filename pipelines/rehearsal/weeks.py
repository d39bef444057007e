"""From week to week: what comes new on a Monday, what is gone, and what was planted in it.

Takes a world whose first morning is written, in which rows may change from here on; gives the files of each Monday by
their path below `data/sample/`. Promises that the inbox of a Monday is the one before, with these files laid over it
and without the names in `gone.txt`, and that `planted.csv` lists every finding that is not as it was the week before.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Unpack

from pipelines.rehearsal import edi
from pipelines.rehearsal.inbox import PLANTED
from pipelines.rehearsal.model import MAIN, Person, World
from pipelines.rehearsal.reference import boundaries
from pipelines.rehearsal.sheets import Spelling, ordered, sheet

BETTER = {"R": "P", "P": "M", "M": "D"}
WORSE = {"D": "M", "M": "P", "P": "R"}
#: what became of a finding since the Monday before, and which way a result went
COLUMNS = [*PLANTED, "change", "direction"]
MANUAL_CHANGES = [
    "id", "centre_number", "ocr_candidate_number", "candidate_number", "uci", "series", "option_code", "field",
    "value", "reason", "changed_by", "changed_on",
]  # fmt: skip
WAIVERS = [
    "id", "fingerprint", "code", "centre_number", "ocr_candidate_number", "candidate_number", "uci",
    "qualification_code", "unit_code", "reason", "waived_by", "waived_on", "expires_on",
]  # fmt: skip
DESTINATIONS = ["centre_number", "candidate_number", "uci", "ucas_id", "firm_choice", "offer", "tariff_points"]


def as_csv(header: list[str], rows: list[dict[str, str]]) -> bytes:
    """Rows under a header; cells left out are blank."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


@dataclass
class Monday:
    """One week's additions, as they are made."""

    world: World
    day: date
    inbox: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    manual: list[dict[str, str]] = field(default_factory=list)
    waivers: list[dict[str, str]] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    planted: list[dict[str, str]] = field(default_factory=list)

    def results(self, name: str, source: str, series: str, sequence: int, *centres: str, board: str = "72") -> None:
        """A results file of today with the rows of a source as they are now."""
        head = (board, series, sequence, self.day)
        self.inbox[name] = edi.lines_of(edi.results(self.world, name, centres or (MAIN,), source, head))

    def report(self, name: str, kind: str, file: str, title: str = "", **options: Unpack[Spelling]) -> None:
        """A report as it is downloaded today; `title` dates it."""
        if title:
            options["titles"] = (title, f"Run on {self.day:%d/%m/%Y}")
        rows = ordered(self.world.find(kind, file=file))
        self.inbox[name] = sheet(name, kind, rows, **options)

    def plant(
        self,
        code: str,
        severity: str,
        *people: Person,
        change: str = "new",
        direction: str = "",
        state: str = "open",
        note: str = "",
        **columns: str,
    ) -> None:
        """Say what becomes of a finding today: new, changed, reopened or resolved; the numbers are those of now."""
        for person in people:
            person.troubled = True
        if "unit" in columns:
            columns["option"] = columns.get("option") or self.world.reference.units[columns["unit"]].option
        names = {"qualification": "qualification_code", "unit": "unit_code", "option": "option_code"}
        told = {names.get(name, name): value for name, value in columns.items()}
        told["centre_number"] = told.pop("centre", "") or (people[0].centre if people else "")
        for name, kind in (("number", "candidate_number"), ("ocr", "ocr_candidate_number"), ("uci", "uci")):
            told[kind] = " ".join(sorted({value for person in people for value in person.known(name)}))
        told |= {"code": code, "severity": severity, "state": state, "note": note}
        told |= {"change": change, "direction": direction}
        self.planted.append(told)

    def by_hand(self, who: Person, series: str, option: str, value: str, on: str, reason: str) -> None:
        """A row of manual_changes.csv."""
        numbers = {"centre_number": who.centre, "ocr_candidate_number": who.ocr, "candidate_number": who.number}
        about = {"series": series, "option_code": option, "field": "grade", "value": value, "uci": who.uci}
        told = {"reason": reason, "changed_by": "A. Officer", "changed_on": on}
        name = f"M{on.replace('-', '')}-{len(self.manual) + 1}"
        self.manual.append({"id": name} | numbers | about | told)

    def waive(self, code: str, who: Person, on: str, until: str, reason: str) -> None:
        """A row of waivers.csv."""
        numbers = {"centre_number": who.centre, "ocr_candidate_number": who.ocr, "candidate_number": who.number}
        told = {"reason": reason, "waived_by": "A. Officer", "waived_on": on, "expires_on": until}
        self.waivers.append({"id": f"W{on.replace('-', '')}-{len(self.waivers) + 1}", "code": code} | numbers | told)

    def place(self, who: Person, firm_choice: str, offer: str, points: str) -> None:
        """A row of destinations.csv."""
        numbers = {"centre_number": who.centre, "candidate_number": who.number, "uci": who.uci}
        self.places.append(numbers | {"firm_choice": firm_choice, "offer": offer, "tariff_points": points})

    def files(self) -> dict[str, bytes]:
        """Everything of this Monday by its path below `data/sample/`."""
        rows = sorted(self.planted, key=lambda told: [told.get(name, "") for name in COLUMNS])
        made = {f"inbox/{name}": data for name, data in self.inbox.items()}
        made["as_of.txt"] = f"{self.day.isoformat()}T08:30\n".encode("ascii")
        made["gone.txt"] = "".join(f"{name}\n" for name in self.gone).encode("ascii")
        made["planted.csv"] = as_csv(COLUMNS, rows)
        made["local/manual_changes.csv"] = as_csv(MANUAL_CHANGES, self.manual)
        made["local/waivers.csv"] = as_csv(WAIVERS, self.waivers)
        made["local/destinations.csv"] = as_csv(DESTINATIONS, self.places)
        return {f"weeks/{self.day.isoformat()}/{name}": data for name, data in made.items()}


def whose(world: World, code: str, note: str = "", series: str = "") -> Person:
    """The first person of a finding planted on the first Monday, whose note holds the words, of the series."""
    found = [p for p in world.planted if p.code == code and p.people and note in p.note]
    return next(p.people[0] for p in found if not series or p.columns.get("series") == series)


def two_records(world: World) -> tuple[Person, ...]:
    """The student planted as two records, a letter of the surname apart."""
    return next(p.people for p in world.planted if p.code == "possible_duplicate_person" and "letter" in p.note)


def ordinary(world: World, file: str, grades: str) -> tuple[Person, str, str]:
    """A student in mid-course of whom nothing was said so far, with a unit in a file that has one of these grades."""
    named = [id(person) for planted in world.planted for person in planted.people]
    units = {unit.option: unit.code for unit in world.reference.units.values()}
    for person in sorted(world.people, key=lambda p: p.sample_name):
        is_free = person.year == "y12" and person.centre == MAIN and not person.troubled
        is_free = is_free and (not person.who or person.who.startswith("an awkward name"))
        if not is_free or id(person) in named or not (person.uci and person.ocr):
            continue
        for line in world.find("edi", person, file=file):
            if line.cells["grade"] in tuple(grades) and not line.only:
                person.troubled = True
                return person, units[line.cells["option"]], line.cells["grade"]
    raise LookupError(f"nobody with {grades} in {file}")


def middle(world: World, unit: str, series: str, grade: str) -> int:
    """A mark in the middle of a grade, far from its boundaries."""
    one = world.reference.units[unit]
    low = boundaries(one, series) | {"U": 0}
    order = ["U", "R", "P", "M", "D"]
    after = order.index(grade) + 1
    return (low[grade] + (low[order[after]] if after < len(order) else one.maximum_mark)) // 2


def regrade(
    world: World, person: Person, unit: str, series: str, grade: str, mark: int | None = None, report: bool = True
) -> None:
    """Another grade of an examined unit, in every carrier; without `report` not in the achievement report."""
    final = middle(world, unit, series, grade) if mark is None else mark
    option = world.reference.units[unit].option
    world.one("edi", person, file=series, option=option).cells |= {"grade": grade, "mark": f"{final:04d}"}
    for row in world.find("marks", person, Unit_Code=unit, Series=series):
        extra = int(row.cells["Special Consideration Mark"] or "0")
        row.cells |= {"Final Mark": str(final), "Raw Mark": str(final - extra), "Grade": grade}
    if report:
        points = world.reference.points(unit, grade)
        for row in world.find("achievement", person, Unit_Code=unit, Unit_Series=series):
            row.cells |= {"Unit Grade": grade, "Unit Points": str(points)}


def unit_of(world: World, person: Person, file: str) -> tuple[str, str]:
    """The unit of the one result that a person has in a file, and its grade."""
    line = world.one("edi", person, file=file)
    option = line.cells["option"]
    return next(u.code for u in world.reference.units.values() if u.option == option), line.cells["grade"]


def regrade_work(world: World, person: Person, unit: str, window: str, grade: str) -> None:
    """Another grade of a moderated unit, in EDI and in the achievement report; the claim stays what was claimed."""
    option = world.reference.units[unit].option
    world.one("edi", person, file=window, option=option).cells["grade"] = grade
    points = world.reference.points(unit, grade)
    for row in world.find("achievement", person, Unit_Code=unit, Unit_Series=window[:4]):
        row.cells |= {"Unit Grade": grade, "Unit Points": str(points)}
