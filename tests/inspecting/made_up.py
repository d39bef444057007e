"""Files of invented people for the tests of `inspect`: right check letters and digits, known codes, any layout."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import resources
from pipelines.inspecting.known import Known, known_codes
from pipelines.reference import load_reference

CENTRE = "99999"
UNITS = ("05838/01", "05838/02", "05838/03", "05834/01", "05834/02", "05834/03")
QUALIFICATIONS = ("05838", "05839", "05835", "05836")
SURNAMES = ("Quillfeather", "Nightingrove", "Oddsworthy", "Thistlebrook", "Pemberwick", "Ambergate", "O'Sample")
FORENAMES = ("Isolde", "Barnabas", "Ysolde", "Tarquin", "Xanthippe", "Lysander", "Zenobia")


@cache
def known() -> Known:
    return known_codes(load_reference(resources.reference_data()))


def uci(candidate: str, year: int = 25, centre: str = CENTRE) -> str:
    """A UCI of the form that a centre gives out, with its check letter (JCQ: weights 16 to 5, modulo 17)."""
    figures = f"{centre}0{year:02d}{candidate}"
    return figures + "ABCDEFGHKLMRTVWXY"[sum(int(f) * (16 - n) for n, f in enumerate(figures)) % 17]


def uln(number: int) -> str:
    """The first ULN from nine figures on that has a check digit (LRS: weights 10 to 2, modulo 11)."""
    while True:
        figures = f"{number:09d}"
        rest = sum(int(f) * (10 - n) for n, f in enumerate(figures)) % 11
        if rest:
            return f"{figures}{10 - rest}"
        number += 1


@dataclass(frozen=True)
class Person:
    candidate: str
    uci: str
    uln: str
    ocr: str
    surname: str
    forename: str
    born: str


def people(number: int, seed: int = 1) -> list[Person]:
    """Invented candidates of centre 99999, in order of their numbers."""
    chance = random.Random(seed)
    numbers = sorted(chance.sample(range(1, 4000), number))
    return [
        Person(
            candidate=f"{n:04d}",
            uci=uci(f"{n:04d}"),
            uln=uln(chance.randrange(100_000_000, 999_000_000)),
            ocr=f"{chance.randrange(1, 99_999_999):08d}",
            surname=chance.choice(SURNAMES),
            forename=chance.choice(FORENAMES),
            born=f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/{chance.choice((2007, 2008, 2009))}",
        )
        for n in numbers
    ]


def results(who: Sequence[Person], seed: int = 1, kinds: str = "M") -> list[str]:
    """R5 lines as the shipped layout has them, two of each person."""
    chance = random.Random(seed)
    lines = []
    for person in who:
        for _ in range(2):
            kind = chance.choice(kinds)
            if kind == "M":
                option = chance.choice(UNITS).replace("0", "", 1).replace("/", "")
                block = f"M{chance.randrange(10, 91):04d}{chance.choice(('P', 'M', 'D', 'D*')):<2}"
            else:
                option = chance.choice(QUALIFICATIONS)
                block = f"G{chance.choice(('P', 'M', 'D', 'D*', 'DD', 'D1')):<2}"
            codes = f"{option:<6}{option:<6}"
            lines.append(f"R5{CENTRE}{person.candidate}{person.uci:<13}{codes}{block:<16}{person.uln}")
    return lines


def edi(body: Sequence[str], series: str = "6E26", letter: str = "R") -> str:
    """A whole file round body lines."""
    head = [f"{letter}11472{series}001100826", f"{letter}3{CENTRE}{series}"]
    tail = [f"{letter}7{CENTRE}{len(body) + 2:07d}", f"{letter}9{len(body) + 4:07d}"]
    return "".join(f"{line}\r\n" for line in [*head, *body, *tail])


def inserted(lines: Sequence[str], at: int, fillers: Sequence[str]) -> list[str]:
    """Every line with a filler put in before character `at` (from 1)."""
    return [line[: at - 1] + fill + line[at - 1 :] for line, fill in zip(lines, fillers, strict=True)]


DEFAULT_ROWS = 30
TITLES = {
    "05838": "Level 3 Cambridge Technical Certificate in IT",
    "05834": "Level 3 Cambridge Technical Certificate in Business",
}
UNIT_TITLES = {
    "05838/01": "Fundamentals of IT",
    "05838/02": "Global information",
    "05838/03": "Cyber security",
    "05834/01": "The business environment",
    "05834/02": "Working in business",
    "05834/03": "Business decisions",
}
MAXIMUM = {"05838/01": 80, "05838/02": 80, "05838/03": 60, "05834/01": 90, "05834/02": 60, "05834/03": 60}


def rows_of(kind: str, seed: int) -> tuple[list[str], list[list[str]]]:
    """The columns of a delimited format that are filled, and rows of invented people; the same for the same seed."""
    chance = random.Random(seed)
    rows = [row for person in people(DEFAULT_ROWS, seed) for row in _rows(kind, person, chance)]
    if kind == "grade_boundaries":
        rows = [_boundary(unit, grade) for unit in UNITS for grade in ("R", "P", "M", "D", "D*")]
    return list(rows[0]), [list(row.values()) for row in rows]


def _boundary(unit: str, grade: str) -> dict[str, str]:
    share = {"R": 0.3, "P": 0.4, "M": 0.55, "D": 0.7, "D*": 0.85}[grade]
    return {
        "series_as_sent": "6E26",
        "unit_code": unit,
        "maximum_mark": str(MAXIMUM[unit]),
        "grade": grade,
        "minimum_mark": str(round(MAXIMUM[unit] * share)),
    }


def _identity(person: Person) -> dict[str, str]:
    return {
        "centre_number": CENTRE,
        "ocr_candidate_number": person.ocr,
        "candidate_number": person.candidate,
        "uci": person.uci,
        "surname": person.surname,
        "forenames": person.forename,
        "date_of_birth": person.born,
    }


def _rows(kind: str, person: Person, chance: random.Random) -> list[dict[str, str]]:
    suite = chance.choice(("05838", "05834"))
    units = chance.sample([unit for unit in UNITS if unit.startswith(suite)], 2)
    award = {"grade": chance.choice(("P", "M", "D")), "date": f"0{chance.randrange(1, 5)}/08/2026"}
    return [_row(kind, person, suite, unit, number, award, chance) for number, unit in enumerate(units)]


def _row(
    kind: str, person: Person, suite: str, unit: str, number: int, award: dict[str, str], chance: random.Random
) -> dict[str, str]:
    who = _identity(person)
    grade = ("P", "M", "D")[(("P", "M", "D").index(award["grade"]) + number) % 3]
    qualification = {"qualification_code": suite, "qualification_title": TITLES[suite]}
    entered = {"entry_date": "04/10/2025", "estimated_completion_date": f"{chance.randrange(10, 29)}/08/2026"}
    match kind:
        case "achievement_report":
            return {
                **who,
                "uln": person.uln,
                **qualification,
                "qualification_grade": award["grade"],
                "qualification_award_date": award["date"],
                "unit_code": unit,
                "unit_title": UNIT_TITLES[unit],
                "unit_grade": grade,
                "series_as_sent": chance.choice(("6E26", "1E26")),
                "unit_award_date": f"{10 + number}/0{8 - number}/2026",
            }
        case "examined_marks":
            raw, extra = chance.randrange(10, MAXIMUM[unit] - 5), chance.choice((0, 0, 2))
            return {
                **who,
                "series_as_sent": "6E26",
                **qualification,
                "unit_code": unit,
                "title": UNIT_TITLES[unit],
                "raw_mark": str(raw),
                "special_consideration_mark": str(extra) if extra else "",
                "mark": str(raw + extra),
                "maximum_mark": str(MAXIMUM[unit]),
                "grade_as_sent": grade,
            }
        case "tracker_summary":
            return {**who, **qualification, "level": "3", **entered, "status_as_sent": _STATUSES[number]}
        case "tracker_detailed":
            kind_of_unit = chance.choice(("Moderated", "Examined"))
            return {
                **who,
                **qualification,
                **entered,
                "unit_code": unit,
                "unit_title": UNIT_TITLES[unit],
                "unit_type": kind_of_unit,
                "status_as_sent": _STATUSES[number],
                "last_updated": f"{chance.randrange(10, 29)}/07/2026",
            }
        case "claims":
            claimed = {
                "claimed_grade": grade,
                "claim_date": f"{chance.randrange(10, 29)}/05/2026",
                "claim_type": "claim",
            }
            assessor = f"Assessor {chance.choice('ABC')}"
            return {**who, "qualification_code": suite, "unit_code": unit, **claimed, "assessor": assessor}
        case _:
            series, code, sort = [("6E26", unit, "unit"), ("9I25", suite, "qualification")][number]
            entry = {"series_as_sent": series, "option_code": code, "kind": sort, "entry_date": "18/02/2026"}
            return {**who, "uln": person.uln, **entry}


_STATUSES = ("Result achieved", "Entered")
