"""Any number of ordinary students more: what makes the centre as large as a school, or as many schools.

Takes a world, a centre and a number; adds students of whom nothing is to be said, or gives the files of a further
centre that has nobody else. Promises that no two of one centre are alike in name, that their numbers are nobody
else's, and that the same word gives the same students.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from pipelines.rehearsal import edi, identifiers, inbox
from pipelines.rehearsal.cohorts import BUSINESS_OPTIONAL, IT_OPTIONAL, finishing
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import FIRST_BIRTHDAY, MAIN, Person, World
from pipelines.rehearsal.names import BOYS, GIRLS
from pipelines.rehearsal.sheets import ordered, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

#: centres that are nobody's; 99997 is the "other centre" of the planted faults, 99998 the small one
FURTHER = ("99990", "99991", "99992", "99993", "99994", "99995", "99996")
#: students a further centre takes at most
LARGEST = 8_000
#: candidate numbers that none of the sample's own people has
_NUMBERS = [f"{n:04d}" for n in range(1000, 10_000)]
_FREE_AT_MAIN = [f"{n:04d}" for n in range(4300, 10_000) if n != 8001]
#: years in which UCIs were given that none of the sample's own people has one of
_REGISTERED = {"y13": "19", "y12": "20", "left25": "18"}
_SYLLABLES = (
    "bar", "cot", "dun", "fel", "gim", "hov", "jas", "kel", "lum", "mir", "nob", "pax", "quil", "rud", "sten", "tov",
    "ulf", "vin", "wys", "yor", "zel", "bex", "tham",
)  # fmt: skip
_FINISHING = ("05839", "05838", "05835", "05839", "05840", "05836", "05841", "05835", "05842", "05837")
_SOURCES = {
    "X01": ("6E26", "6E26", date(2026, 8, 10)),
    "X02": ("9I25-1", "9I25", date(2026, 8, 1)),
    "X03": ("9I25-2", "9I25", date(2026, 8, 3)),
    "X04": ("6E25", "6E25", date(2025, 8, 11)),
    "X05": ("9I24-1", "9I24", date(2025, 8, 1)),
    "X06": ("9I24-2", "9I24", date(2025, 8, 6)),
}
WHO = "one of the crowd"


def spread(students: int) -> tuple[tuple[str, int], ...]:
    """Students over as few further centres as take them, evenly. Raises ValueError where all are full."""
    if students <= 0:
        return ()
    centres = FURTHER[: -(-students // LARGEST)]
    if students > LARGEST * len(FURTHER):
        raise ValueError(f"{LARGEST * len(FURTHER):,} students are all that further centres take")
    share, rest = divmod(students, len(centres))
    return tuple((centre, share + (n < rest)) for n, centre in enumerate(centres))


def send_home(world: World, students: int) -> None:
    """Take out so many of the sample's ordinary students, those in mid-course last; who has a story stays."""
    named = {id(person) for planted in world.planted for person in planted.people}
    ordinary = [
        p for p in world.people if not (p.who or p.troubled or id(p) in named) and p.year != "y12" and p.centre == MAIN
    ]
    gone = ordinary[: max(students, 0)]
    for person in gone:
        for kind in ("achievement", "marks", "edi", "entry", "claim", "summary", "detail"):
            world.drop(*world.find(kind, person))
    out = {id(person) for person in gone}
    world.people = [person for person in world.people if id(person) not in out]


@dataclass
class _Supply:
    """Names and numbers for the students of one centre."""

    centre: str
    random: Random
    known: frozenset[str]  #: candidate and OCR numbers that somebody has, or is said to have

    def __post_init__(self) -> None:
        self.numbers = [n for n in (_FREE_AT_MAIN if self.centre == MAIN else _NUMBERS) if n not in self.known]
        self.random.shuffle(self.numbers)
        # two of these names are two syllables of four apart, so that nobody is taken for somebody else
        size = len(_SYLLABLES)
        triples = list(product(range(size), repeat=3))
        self.random.shuffle(triples)
        self.surnames = iter(
            "".join(_SYLLABLES[n] for n in (*three, sum(three) % size)).capitalize() for three in triples
        )
        self.ocr = iter(self._ocr())
        self.taken: set[str] = set()

    def _ocr(self) -> Iterator[str]:
        # a block of numbers for each centre, so that no two centres share one
        block = 20_000_000 + int(self.centre[-1]) * 1_000_000
        for n in self.random.sample(range(1_000_000), len(self.numbers) + len(self.known)):
            if (number := f"{block + n:08d}") not in self.known:
                yield number

    def next(self, year: str) -> Person:
        """The next student."""
        number, sex = self.numbers.pop(), self.random.choice("FM")
        born = date(FIRST_BIRTHDAY[year], 9, 1) + timedelta(days=self.random.randrange(365))
        uln = identifiers.uln(self.random)
        while uln in self.taken:
            uln = identifiers.uln(self.random)
        self.taken.add(uln)
        uci = identifiers.uci(f"{self.centre}0{_REGISTERED[year]}{number}")
        forename = self.random.choice(GIRLS if sex == "F" else BOYS)
        return Person(
            self.centre, number, next(self.ocr), uci, uln, next(self.surnames), forename, born, sex, year, who=WHO
        )


def join(world: World, centre: str, students: int, word: str) -> None:
    """Add students to a centre of the world; what the world draws afterwards is what it would have drawn."""
    drawn, world.random = world.random, Random(f"crowd {centre} {word}")
    known = frozenset(number for person in world.people for kind in ("number", "ocr") for number in person.known(kind))
    supply = _Supply(centre, Random(f"crowd names {centre} {word}"), known)
    for n in range(students):
        year = ("y13", "y12", "y13", "y12", "left25")[n % 5]
        person = supply.next(year)
        world.people.append(person)
        if year == "y12":
            _in_mid_course(world, person)
        else:
            _finished(world, person, _FINISHING[n // 5 % len(_FINISHING)], "25" if year == "y13" else "24")
    world.random = drawn


def _finished(world: World, person: Person, code: str, last: str) -> None:
    exams, work = finishing(world, code, last)
    # of January there are no files at the further centres
    exams = [(unit, "6E26" if series == "1E26" else series, grade) for unit, series, grade in exams]
    is_here = last == "25"
    enrol(world, person, code, exams, work, issued=f"{last}-2", entered=is_here, tracked=is_here)


def _in_mid_course(world: World, person: Person) -> None:
    code = world.random.choice(("05839", "05835", "05841"))
    is_business = code == "05835"
    unit = "05834/02" if is_business else "05838/01"
    pool = BUSINESS_OPTIONAL if is_business else IT_OPTIONAL
    work = [(optional, "25-1", world.random.choice("PPMMD")) for optional in sorted(world.random.sample(pool[:6], 2))]
    enrol(world, person, code, [(unit, "6E26", world.random.choice("RPMD"))], work, finish="2027")


def centre(number: str, students: int, word: str) -> dict[str, bytes]:
    """The files of a further centre that has the crowd and nobody else; of `quiet.csv` its lines, without a header."""
    world = World(0)
    join(world, number, students, word)
    found = {}
    for n, (ending, (source, series, created)) in enumerate(_SOURCES.items(), 1):
        name = f"R{number}72.{ending}"
        found[name] = edi.lines_of(edi.results(world, name, (number,), source, ("72", series, n, created)))
    for name, kind, file in (
        (f"candidate_achievement_report_{number}.csv", "achievement", "all"),
        (f"examined_marks_6E26_{number}.csv", "marks", "6E26"),
        (f"examined_marks_6E25_{number}.csv", "marks", "6E25"),
        (f"tracker_summary_{number}.csv", "summary", "summary"),
        (f"tracker_detailed_{number}.csv", "detail", "detail"),
        (f"claims_IT_{number}.csv", "claim", "IT"),
        (f"claims_business_{number}.csv", "claim", "Business"),
        (f"entries_{number}.csv", "entry", "2025-26"),
    ):
        found[name] = sheet(name, kind, ordered(world.find(kind, file=file)))
    made = {f"inbox/{name}": data for name, data in found.items()}
    header, rest = inbox.quiet(world).split(b"\n", 1)
    del header
    made["quiet.csv"] = rest
    return made
