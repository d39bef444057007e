"""The award calculation's known answers: small invented subjects, and people whose award was worked out by hand.

Gives one `World` with everybody, and of each case what must come out. A result is written `02M` or, of a series,
`02M@6E25`; an absence is `02-`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.award_people import SEASONS, World
from tests.award_records import Entry, Person, Result, Tracked
from tests.award_subjects import FIGURES


@dataclass(frozen=True)
class Case:
    """What one person has, and what must come of one qualification or, where `unit` says so, one unit."""

    name: str
    qualification_code: str
    results: str
    expected: dict[str, Any]
    unit: str = ""
    tracked: str = ""  #: units that the tracker says are achieved
    entries: tuple[Entry, ...] = field(default=())


def _award(
    name: str, code: str, results: str, *, tracked: str = "", entries: tuple[Entry, ...] = (), **expected: Any
) -> Case:
    return Case(name, code, results, expected, "", tracked, entries)


def _unit(name: str, code: str, results: str, *, tracked: str = "", **expected: Any) -> Case:
    return Case(name, "", results, expected, code, tracked)


CASES = (
    _award(
        "an exact fill counts although a longer unit is worth more",
        "80001",
        "01P 02P 03D",
        units_counted="90001/01 90001/02",
        glh_counted=120,
        points=28,
        grade="P",
        glh_short=0,
    ),
    _award(
        "without an exact fill the smallest overshoot counts, then most points",
        "80002",
        "01P 02D 03M",
        units_counted="90002/02 90002/03",
        glh_counted=150,
        points=43,
        grade="M",
        eligible=True,
    ),
    _award(
        "of more units than are needed the best count",
        "80001",
        "01P 02D 04M 05D",
        units_counted="90001/02 90001/05",
        unit_count=2,
        points=36,
        grade="M",
        points_to_next=None,
    ),
    _award("of equal units the lower codes count", "80001", "05P 04P 02P", units_counted="90001/02 90001/04"),
    _award(
        "one unit of 60 hours goes before two of 30 that are worth as much",
        "80003",
        "01M 02M 03M",
        units_counted="90003/03",
        points=16,
    ),
    _award(
        "two units of 30 hours count where they are worth more than one of 60",
        "80003",
        "01D 02D 03M",
        units_counted="90003/01 90003/02",
        points=18,
        grade="D",
    ),
    _award(
        "of equal mixes the one with the longest unit counts",
        "80004",
        "01P 02P 03P 04P",
        units_counted="90004/03 90004/04",
        points=42,
        grade="P",
    ),
    _award(
        "with the longest equal the next longest decides", "80013", "01P 02P 03P 04P", units_counted="90013/03 90013/04"
    ),
    _award(
        "a near pass of an examined unit counts",
        "80005",
        "01R 02P",
        eligible=True,
        points=26,
        grade="P",
        next_grade="M",
        points_to_next=6,
    ),
    _award(
        "near passes alone are unclassified, and the least that is asked lifts to a pass",
        "80005",
        "01R 02R",
        eligible=True,
        points=24,
        grade="U",
        next_grade="P",
        points_to_next=2,
        next_unit="90005/01",
        next_unit_grade="P",
    ),
    _award(
        "R on a moderated unit achieves nothing",
        "80005",
        "01P 03R",
        eligible=False,
        units_counted="90005/01",
        glh_short=60,
        points=14,
        grade=None,
        next_unit="90005/03",
        next_unit_grade="P",
    ),
    _award(
        "without a mandatory unit there is no award, and its hours are kept free",
        "80005",
        "02P 03M",
        eligible=False,
        mandatory_missing="90005/01",
        units_counted="90005/03",
        glh_counted=60,
        points=16,
        grade=None,
        next_unit="90005/01",
        next_unit_grade="P",
    ),
    _award(
        "mandatory units count although they are longer than the size",
        "80006",
        "01D 02D 03D",
        eligible=True,
        units_counted="90006/01 90006/02",
        glh_counted=120,
        glh_short=0,
        points=36,
        grade="D",
        next_grade=None,
        points_to_next=None,
        next_unit=None,
    ),
    _award("Achieved counts on an examined unit of Level 2", "80007", "01Achieved 02P", points=8, grade="P"),
    _award("the moderated unit is asked for first", "80007", "01P 02P", next_unit="90007/02", next_unit_grade="D"),
    _award(
        "a near pass counts for nothing at Level 2", "80007", "01R 02P", eligible=False, mandatory_missing="90007/01"
    ),
    _award(
        "the 2012 suite counts its own points",
        "80008",
        "01M 02M 03M",
        points=240,
        grade="M",
        next_grade="D",
        points_to_next=10,
        next_unit="90008/01",
        next_unit_grade="D",
    ),
    _award(
        "what the reference data do not know whole is not calculated",
        "80009",
        "01P 02P",
        is_calculated=False,
        eligible=None,
        points=None,
        grade=None,
        units_counted=None,
        next_unit=None,
    ),
    _award("without thresholds nothing is calculated", "80010", "01P 02P", is_calculated=False, eligible=None),
    _award(
        "a new unit is the next step where hours are short",
        "80011",
        "01P 02P",
        eligible=False,
        glh_short=30,
        next_unit="90011/03",
        next_unit_grade="P",
    ),
    _award(
        "a unit already taken is asked for before a new one, a moderated before an examined",
        "80011",
        "01P 02P 04U 05U@1E24 05U@6E24 05U@6E25",
        eligible=False,
        next_unit="90011/04",
        next_unit_grade="P",
    ),
    _award(
        "a resit that asks one point more of a moderated unit comes before the same of an examined one",
        "80011",
        "05M 04M 03P",
        eligible=True,
        points=23,
        grade="P",
        next_unit="90011/03",
        next_unit_grade="M",
        points_to_next=1,
    ),
    _award("no single unit can lift what lacks two", "80011", "01P", eligible=False, glh_short=60, next_unit=None),
    _award(
        "a unit that is not listed does not count",
        "80012",
        "01P 02P 04D",
        units_counted="90012/01 90012/02",
        glh_short=30,
    ),
    _award(
        "an achievement that only the tracker knows makes an award but no grade",
        "80005",
        "01P",
        eligible=True,
        points=None,
        grade=None,
        next_unit=None,
        units_counted="90005/01 90005/02",
        tracked="02",
    ),
    _award(
        "a live entry makes a qualification considered without any unit",
        "80005",
        "",
        entered=True,
        is_expected=None,
        eligible=False,
        units_counted=None,
        points=0,
        next_unit=None,
        entries=(Entry("80005", True, None),),
    ),
    _award(
        "what was withdrawn is considered and not entered",
        "80005",
        "",
        entered=False,
        eligible=False,
        entries=(Entry("80005", False, True),),
    ),
    _unit(
        "a resit that goes worse takes nothing away",
        "90005/01",
        "01M@6E24 01P@6E25",
        grade="M",
        points=16,
        series="6E24",
        season="2023-24",
        attempts_seen=2,
        attempts_maximum=3,
    ),
    _unit(
        "of equal results the earliest stands", "90005/01", "01P@6E25 01P@1E25 01P@6E26", series="1E25", attempts_seen=3
    ),
    _unit(
        "an absence is no attempt and earns nothing",
        "90005/01",
        "01-@6E24 01P@6E25",
        grade="P",
        attempts_seen=1,
        points=14,
        is_achieved=True,
    ),
    _unit(
        "who was only absent has a unit that is not achieved",
        "90005/01",
        "01-@6E24",
        is_achieved=False,
        points=0,
        attempts_seen=0,
        grade=None,
    ),
    _unit("X is no result", "90005/01", "01X@6E24 01U@6E25", grade="U", attempts_seen=1, is_achieved=False, points=0),
    _unit("Q is no result", "90005/01", "01Q@6E24 01R@6E25", grade="R", attempts_seen=1, is_achieved=True, points=12),
    _unit(
        "a near pass of a moderated unit is no achievement",
        "90005/03",
        "03R",
        grade="R",
        is_achieved=False,
        points=0,
        attempts_maximum=None,
    ),
    _unit(
        "the word of the tracker has no grade, no points and no attempt",
        "90005/03",
        "",
        grade=None,
        is_achieved=True,
        points=None,
        attempts_seen=0,
        guided_learning_hours=60,
        tracked="03",
    ),
)


def results_of(own: str, written: str) -> tuple[Result, ...]:
    """The results written down, of the units whose codes begin with `own`."""
    results = []
    for line, text in enumerate(written.split(), start=1):
        said, _, series = text.partition("@")
        unit = FIGURES.unit[f"{own}/{said[:2]}"]
        annual = "9C25" if unit.suite == "2012" else "9I25"
        series = series or ("6E26" if unit.assessment == "examined" else annual)
        absent = said[2:] == "-"
        grade = None if absent else said[2:]
        results.append(
            Result(
                unit.unit_code,
                SEASONS[series],
                series,
                grade,
                None,
                None,
                absent,
                unit.option_code,
                None,
                "file1",
                line,
            )
        )
    return tuple(results)


def _person(number: int, case: Case) -> Person:
    own = case.unit.split("/")[0] or f"9{case.qualification_code[1:]}"
    tracked = tuple(Tracked(f"{own}/{number}", "result_achieved") for number in case.tracked.split())
    return Person("99999", f"case{number:03d}", results_of(own, case.results), (), case.entries, tracked)


WORLD = World(FIGURES, tuple(_person(number, case) for number, case in enumerate(CASES)))
