"""Attempts at examined units once more, slow and obvious: the twin of the rule and of the ready question.

Takes small invented worlds of sittings, entries, a tracker and coverage; gives what each student has used, with plain
loops. Nothing is shared with the SQL but the words of the definition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines import resources
from pipelines.rules import load_rules
from pipelines.sql_files import load_sql_file
from tests.rule_cases import Case, _database, run_case

Row = dict[str, str]

(RULE,) = (rule for rule in load_rules(resources.sql() / "rules") if rule.code == "attempts_exhausted")
SEASON = "2025-26"
SERIES = ("6E24", "1E25", "6E25", "1E26", "6E26")
SEASONS = {"6E24": "2023-24", "1E25": "2024-25", "6E25": "2024-25", "1E26": "2025-26", "6E26": "2025-26"}


class Level(NamedTuple):
    """A unit, its option, its most attempts, a qualification that must have it and one that need not."""

    unit: str
    option: str
    most: int
    needs: str
    may_have: str


LEVELS = {3: Level("05838/01", "583801", 3, "05838", "05840"), 2: Level("05893/01", "589301", 2, "05895", "05896")}


@dataclass(frozen=True)
class Sitting:
    """One row of `unit_results`."""

    series: str
    window: str = ""
    grade: str = ""
    mark: str = ""
    absent: bool = False


@dataclass(frozen=True)
class Entry:
    """One row of `qualification_entries`, and whether its award is issued."""

    is_mandatory: bool = True
    level: int = 3
    is_live: bool = True
    began: str = ""
    expected: str = ""
    is_awarded: bool = False


@dataclass(frozen=True)
class Student:
    """All that is known of one student and one unit."""

    level: int = 3
    sittings: tuple[Sitting, ...] = ()
    entries: tuple[Entry, ...] = ()
    unit_entries: tuple[str, ...] = ()
    status: str = ""
    status_day: str = ""


@dataclass(frozen=True)
class World:
    """A few students of one centre, and the series that its files speak of."""

    students: tuple[Student, ...]
    edi: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


def _when(series: str) -> tuple[str, str]:
    return series[2:4], series[0]


def _achieves(student: Student) -> bool:
    good = {"P", "M", "D", "Achieved"} | ({"R"} if student.level == 3 else set())
    return any(one.grade in good for one in student.sittings)


def _missed(student: Student) -> tuple[str, str] | None:
    """The series that the tracker's absence belongs to, by its year and month."""
    if student.status != "absent":
        return None
    month = "0123456789ABC"[int(student.status_day[5:7])]
    taken = {_when(one.series) for one in student.sittings} | {_when(one) for one in student.unit_entries}
    return max((one for one in taken if one <= (student.status_day[2:4], month)), default=None)


def attempts(student: Student, knows_absence: bool = True) -> set[tuple[str, str]]:
    """The sittings that count: each series and window once."""
    missed = _missed(student) if knows_absence else None
    counted = set()
    for one in student.sittings:
        if one.absent or one.grade in ("X", "Q") or (not one.grade and not one.mark):
            continue
        if _when(one.series) == missed and int(one.mark or 0) == 0:
            continue
        counted.add((one.series, one.window))
    return counted


def _matters(student: Student, courses: list[Entry], last: str) -> bool:
    if not courses:
        return last >= SEASON
    expected = [one.expected or SEASON for one in courses if one.is_live and not one.is_awarded]
    return bool(expected) and (max(expected) >= SEASON or last >= SEASON)


def _is_lower_bound(world: World, student: Student, courses: list[Entry], first: str) -> bool:
    began = [one.began for one in courses if one.began]
    if not began:
        return True
    start = int(min(first, *began)[:4])
    there_were = {f"{month}E{year + 1 - 2000:02d}" for month, year in product("16", range(start, 2026))}
    return not there_were <= world.edi | world.marks


def verdict(world: World, student: Student) -> tuple[str, int, bool] | None:
    """Severity, attempts seen, and whether there may have been more; None where nothing is to be said."""
    counted = attempts(student)
    maximum = LEVELS[student.level].most
    if len(counted) < maximum or _achieves(student) or student.status == "result_achieved":
        return None
    held = [SEASONS[series] for series, _ in counted]
    courses = [one for one in student.entries if one.level == student.level]
    if not _matters(student, courses, max(held)):
        return None
    needed = any(one.is_mandatory and one.is_live and not one.is_awarded for one in courses)
    return "error" if needed else "warning", len(counted), _is_lower_bound(world, student, courses, min(held))


def _qualification(entry: Entry) -> str:
    level = LEVELS[entry.level]
    return level.needs if entry.is_mandatory else level.may_have


def _student_rows(name: str, student: Student, tables: dict[str, list[Row]]) -> None:
    unit, option = LEVELS[student.level][:2]
    who = {"centre_number": "99999", "person_id": name}
    about = {**who, "unit_code": unit}
    what = {"board": "72", "suite": "2016", "subject": "IT", "level": str(student.level), "assessment": "examined"}
    tables["candidates"].append({**who, "label": name, "candidate_number": name})
    for line, one in enumerate(student.sittings):
        shown = {"series": one.series, "window_from": one.window, "grade": one.grade, "final_mark": one.mark}
        absent = "true" if one.absent else "false"
        tables["unit_results"].append(
            {**about, **what, **shown, "option_code": option, "is_absent": absent, "line": str(line)}
        )
    if _achieves(student):
        tables["achieved_units"].append(about)
    for series in student.unit_entries:
        tables["entries"].append({**about, "kind": "unit", "series": series, "withdrawn": "false"})
    if student.status:
        tables["tracker"].append({**about, "status": student.status, "as_of": student.status_day})
    for entry in student.entries:
        course = {**who, "qualification_code": _qualification(entry)}
        tables["qualification_entries"].append(
            {
                **course,
                "suite": "2016",
                "subject": "IT",
                "level": str(entry.level),
                "is_live": "true" if entry.is_live else "false",
                "entered_from": f"{entry.began[:4]}-09-01" if entry.began else "",
                "expected_season": entry.expected,
            }
        )
        if entry.is_awarded:
            tables["qualification_results"].append({**course, "grade": "P"})


def _case(world: World) -> Case:
    names = (
        *("candidates", "unit_results", "achieved_units", "entries", "tracker"),
        *("qualification_entries", "qualification_results", "coverage", "series_seen", "combinations"),
    )
    tables: dict[str, list[Row]] = {name: [] for name in names}
    for place, student in enumerate(world.students):
        _student_rows(f"p{place}", student, tables)
    for series in sorted(world.edi):
        tables["coverage"].append({"centre_number": "99999", "carrier": "edi", "series": series})
    for series, level in product(sorted(world.marks), LEVELS.values()):
        tables["coverage"].append(
            {"centre_number": "99999", "carrier": "marks", "series": series, "unit_code": level.unit}
        )
    tables["series_seen"] = [{"board": "72", "series": code, "season": season} for code, season in SEASONS.items()]
    tables["combinations"] = [
        {
            "qualification_code": code,
            "unit_code": level.unit,
            "requirement": "mandatory" if code == level.needs else "optional",
            "confidence": "inferred",
        }
        for level in LEVELS.values()
        for code in (level.needs, level.may_have)
    ]
    drawn = {name: rows for name, rows in tables.items() if rows}
    return Case("a world", tables=drawn, columns={name: list(rows[0]) for name, rows in drawn.items()})


def said(world: World) -> dict[str, tuple[str, int, bool]]:
    """What the rule says of each student it speaks of."""
    found, _, _ = run_case(RULE, _case(world))
    verdicts = {}
    for row in found:
        words = re.match(r"(at least )?(\d+) attempts? seen", row["found"] or "")
        assert words, row["found"]
        verdicts[row["person_id"] or ""] = (row["severity"] or "", int(words[2]), words[1] is not None)
    return verdicts


GRADES = st.sampled_from(["U", "U", "U", "U", "U", "X", "Q", "", "R", "P"])
SITTINGS = st.builds(
    Sitting,
    series=st.sampled_from(SERIES),
    window=st.sampled_from(["", "", "2026-07-01"]),
    grade=GRADES,
    mark=st.sampled_from(["", "", "0", "7"]),
    absent=st.sampled_from([False, False, False, True]),
)
ENTRIES = st.builds(
    Entry,
    is_mandatory=st.booleans(),
    level=st.sampled_from([3, 3, 2]),
    is_live=st.sampled_from([True, True, False]),
    began=st.sampled_from(["", "2023-24", "2024-25", "2025-26"]),
    expected=st.sampled_from(["", "2024-25", "2025-26", "2026-27"]),
    is_awarded=st.sampled_from([False, False, True]),
)
STUDENTS = st.builds(
    Student,
    level=st.sampled_from([3, 2]),
    # one row a series and window, as `unit_results` has it
    sittings=st.lists(SITTINGS, min_size=2, max_size=5, unique_by=lambda one: (one.series, one.window)).map(tuple),
    entries=st.lists(ENTRIES, max_size=2, unique_by=_qualification).map(tuple),
    unit_entries=st.lists(st.sampled_from(SERIES), max_size=1).map(tuple),
    status=st.sampled_from(["", "", "absent", "entered", "result_achieved"]),
    status_day=st.sampled_from(["2025-02-20", "2025-07-23", "2026-02-20", "2026-07-23"]),
)
WORLDS = st.builds(
    World,
    students=st.lists(STUDENTS, min_size=1, max_size=8).map(tuple),
    edi=st.frozensets(st.sampled_from(("1E24", *SERIES))),
    marks=st.frozensets(st.sampled_from(("1E24", *SERIES))),
)
THREE = (Sitting("6E25", grade="U"), Sitting("1E26", grade="U"), Sitting("6E26", grade="U"))
ALL = frozenset({"1E25", "6E25", "1E26", "6E26"})


@settings(max_examples=40, deadline=None)
@given(world=WORLDS)
@example(World((Student(sittings=THREE, entries=(Entry(began="2024-25"),)),), edi=ALL))
@example(World((Student(sittings=THREE, entries=(Entry(began="2024-25"),)),), edi=ALL - {"1E25"}))
@example(World((Student(sittings=THREE, entries=(Entry(is_mandatory=False),)),), edi=ALL))
@example(World((Student(sittings=THREE[1:], level=2),), edi=ALL))
def test_the_rule_says_what_counting_by_hand_says(world: World) -> None:
    wanted = {f"p{place}": verdict(world, student) for place, student in enumerate(world.students)}
    assert said(world) == {name: one for name, one in wanted.items() if one is not None}


def test_the_twin_itself_speaks_where_it_should() -> None:
    world = World((Student(sittings=THREE, entries=(Entry(began="2024-25"),)),), edi=ALL)
    assert verdict(world, world.students[0]) == ("error", 3, False)
    missed = Student(sittings=THREE, status="absent", status_day="2026-07-23")
    assert attempts(missed) == {("6E25", ""), ("1E26", "")}
    assert verdict(world, missed) is None


@settings(max_examples=25, deadline=None)
@given(world=WORLDS)
def test_the_ready_question_says_how_many_attempts_are_left(world: World) -> None:
    everybody = {"centre": None, "unit": None, "left": None}
    query, bound = load_sql_file(resources.sql() / "questions" / "attempts_left.sql").bound(everybody)
    con: Any = _database(_case(world))
    try:
        asked = f"SELECT candidate_number, attempts_seen, attempts_left FROM ({query.rstrip(';')})"
        answer = {row[0]: (row[1], row[2]) for row in con.execute(asked, bound).fetchall()}
    finally:
        con.execute("ROLLBACK")
        con.close()
    wanted = {}
    for place, student in enumerate(world.students):
        used = len(attempts(student, knows_absence=False))
        if used and not _achieves(student) and student.status != "result_achieved":
            wanted[f"p{place}"] = (used, max(LEVELS[student.level].most - used, 0))
    assert answer == wanted
