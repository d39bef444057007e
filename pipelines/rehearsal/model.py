"""The world of the sample: people, rows that will stand in files, and what was planted.

Takes makers that add people and rows; gives `inbox` rows to write and the list of planted findings. Promises
that every row knows its file and line once written, so a planted finding can name them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pipelines.rehearsal import identifiers
from pipelines.rehearsal.names import Names
from pipelines.rehearsal.others import Others
from pipelines.rehearsal.reference import Reference

MAIN, SECOND, ELSEWHERE = "99999", "99998", "99997"
FIRST_BIRTHDAY = {"y13": 2007, "y12": 2008, "left25": 2006, "left24": 2005, "private": 1994}
REGISTERED = {"y13": "24", "y12": "25", "left25": "23", "left24": "22", "private": "21"}


@dataclass
class Person:
    """One invented person at one centre, with the identifiers the carriers give for them."""

    centre: str
    number: str
    ocr: str
    uci: str
    uln: str
    surname: str
    forenames: str
    born: date
    sex: str
    year: str
    more: dict[str, list[str]] = field(default_factory=dict)
    who: str = ""
    on_entry_file: bool = False
    troubled: bool = False
    entered_twice: tuple[str, ...] = ()
    sample_name: tuple[str, str] = ("", "")  #: who they are in the sample: the same place in line under any name

    def known(self, name: str) -> list[str]:
        """Every number of one kind that some carrier gives for this person."""
        return [value for value in (getattr(self, name), *self.more.get(name, [])) if value]


@dataclass
class Row:
    """One line of one file; `cells` is what it says, `lines` where it stands in each file written.

    `cut` keeps only so many cells of it, as a broken export would.
    """

    kind: str
    file: str
    person: Person | None
    cells: dict[str, str]
    only: dict[str, dict[str, str] | None] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    cut: int = 0

    def says(self, name: str) -> dict[str, str] | None:
        """What the row says in the file of that name: reissues may differ, or leave it out (None)."""
        if name not in self.only:
            return self.cells
        change = self.only[name]
        return None if change is None else self.cells | change


@dataclass
class Planted:
    """One row of `planted.csv`."""

    code: str
    severity: str
    people: tuple[Person, ...]
    columns: dict[str, str]
    row: Row | None
    state: str
    note: str


class World:
    """Everything made so far. `others` names and numbers the same people differently."""

    def __init__(self, seed: int, others: Others | None = None) -> None:
        self.reference = Reference()
        self.random = Random(seed)
        self.names = Names(self.random)
        self.others = others
        self.people: list[Person] = []
        self.planted: list[Planted] = []
        self._rows: dict[str, dict[int, Row]] = {}
        self._of_person: dict[tuple[str, int], dict[int, Row]] = {}
        self._numbers: dict[str, list[str]] = {}
        self._born: set[date] = set()

    def invent(self, year: str, centre: str = MAIN, who: str = "", **given: str) -> Person:
        """A new person; `year` is the year group, `given` fixes single details."""
        number = given.get("number") or self._number(centre)
        surname, forenames, sex = self.names.next()
        start = date(FIRST_BIRTHDAY[year], 9, 1)
        born = start + timedelta(days=self.random.randrange(365))
        while born in self._born or born.day == born.month:
            born = start + timedelta(days=self.random.randrange(365))
        self._born.add(born)
        person = Person(
            centre,
            number,
            self._ocr_number(),
            identifiers.uci(f"{centre}0{REGISTERED[year]}{number}"),
            identifiers.uln(self.random),
            given.get("surname", surname),
            given.get("forenames", forenames),
            date.fromisoformat(given["born"]) if "born" in given else born,
            given.get("sex", sex),
            year,
            who=who,
        )
        person.sample_name = (person.surname, person.forenames)
        if self.others is not None:
            self._rename(self.others, person, given)
        for name in ("ocr", "uci", "uln"):
            if name in given:
                setattr(person, name, given[name])
        self.people.append(person)
        return person

    @staticmethod
    def _rename(others: Others, person: Person, given: dict[str, str]) -> None:
        """Give other names and numbers; what was drawn for the sample was drawn all the same, and stays unused."""
        names = others.name(person.sex)
        person.surname, person.forenames = given.get("surname", names[0]), given.get("forenames", names[1])
        person.born = person.born if "born" in given else others.born(FIRST_BIRTHDAY[person.year])
        person.number = given.get("number") or others.number(person.centre)
        person.ocr, person.uln = others.ocr(), others.uln()
        person.uci = identifiers.uci(f"{person.centre}0{REGISTERED[person.year]}{person.number}")

    def _ocr_number(self) -> str:
        small = self.random.random() < 0.35
        return f"{self.random.randrange(100_000, 999_999) if small else self.random.randrange(10**7, 10**8):08d}"

    def _number(self, centre: str) -> str:
        free = self._numbers.setdefault(centre, [])
        if not free:
            free.extend(f"{n:04d}" for n in self.random.sample(range(51, 4200), 400))
        return free.pop()

    def add(self, kind: str, file: str, person: Person | None, **cells: str) -> Row:
        """A new row for a file of one kind."""
        row = Row(kind, file, person, dict(cells))
        self._rows.setdefault(kind, {})[id(row)] = row
        self._of_person.setdefault((kind, id(person)), {})[id(row)] = row
        return row

    def find(self, kind: str, person: Person | None = None, **cells: str) -> list[Row]:
        """Rows of a kind, of a person, whose cells (spaces as underscores) hold the values given."""
        wanted = {name.replace("_", " "): value for name, value in cells.items()}
        rows = self._rows.get(kind, {}) if person is None else self._of_person.get((kind, id(person)), {})
        return [
            row
            for row in rows.values()
            if all((row.file if name == "file" else row.cells.get(name)) == v for name, v in wanted.items())
        ]

    def one(self, kind: str, person: Person | None = None, **cells: str) -> Row:
        """The only such row; raises LookupError when there is not exactly one."""
        found = self.find(kind, person, **cells)
        if len(found) != 1:
            raise LookupError(f"{len(found)} rows of {kind} {cells} instead of one")
        return found[0]

    def drop(self, *rows: Row) -> None:
        """Take rows out again."""
        for row in rows:
            self._rows[row.kind].pop(id(row), None)
            self._of_person[row.kind, id(row.person)].pop(id(row), None)

    def plant(
        self,
        code: str,
        severity: str,
        *people: Person,
        row: Row | None = None,
        state: str = "open",
        note: str = "",
        **columns: str,
    ) -> None:
        """Say that the product should report this; columns left out are not compared."""
        if severity != "info":
            for person in people:
                person.troubled = True
        if "unit" in columns:
            columns["option"] = columns.get("option") or self.reference.units[columns["unit"]].option
        self.planted.append(Planted(code, severity, people, columns, row, state, note))
