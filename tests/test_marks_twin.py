"""Marks in bulk: on generated lines the rules about boundaries and special consideration equal their slow twins."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import resources
from pipelines.rules import Rule, load_rules
from tests.marks_twin import Boundary, Line, grades_that_differ, special_consideration_that_differs
from tests.rule_cases import Case, run_case

RULES: dict[str, Rule] = {rule.code: rule for rule in load_rules(resources.sql() / "rules")}
PERMITTED = range(6)
COLUMNS = {
    "grade": "grade", "is_on_scale": "is_on_scale", "mark": "mark", "raw_mark": "raw_mark",
    "tariff": "special_consideration_tariff", "added": "special_consideration_mark", "maximum": "maximum_mark",
    "is_absent": "is_absent", "partial_absence": "partial_absence",
}  # fmt: skip
WORDS = {"sum": "the final mark is", "mark": "the special consideration mark is", "tariff": "the tariff of"}


def _row(number: int, line: Line) -> dict[str, str]:
    given = {column: getattr(line, name) for name, column in COLUMNS.items()}
    fixed = {
        "centre_number": "99999", "person_id": line.person_id, "board": "72", "series": "6E26", "kind": "unit",
        "unit_code": "05838/01", "option_code": "583801", "is_technical": "true", "carrier": line.carrier,
        "file_id": line.carrier, "line": str(number),
    }  # fmt: skip
    return fixed | {column: "" if value is None else str(value) for column, value in given.items()}


def _asked(code: str, lines: list[Line], boundaries: list[Boundary]) -> tuple[dict[str, dict[str, str | None]], int]:
    """What the rule finds, by person, and how many rows it looked at."""
    drawn = {
        "latest_statements": [_row(number, line) for number, line in enumerate(lines, 2)],
        "grade_boundaries": [
            {
                "series": "6E26", "unit_code": "05838/01", "option_code": "583801", "grade": one.grade,
                "minimum_mark": str(one.minimum), "state": one.state,
            }
            for one in boundaries
        ],
    }  # fmt: skip
    tables = {name: rows for name, rows in drawn.items() if rows}
    case = Case("drawn", tables, {name: list(rows[0]) for name, rows in tables.items()})
    found, looked_at, _left = run_case(RULES[code], case)
    people = {str(row["person_id"]): row for row in found}
    assert len(people) == len(found)
    return people, looked_at


def boundary_lines(rnd: random.Random, people: int) -> tuple[list[Line], list[Boundary]]:
    """A unit with a table of boundaries that may have gaps, and lines whose grades go with them more often than not."""
    grades = rnd.choice((("R", "P", "M", "D"), ("P", "M", "D"), ("Achieved",), ()))
    ladder = sorted(Decimal(rnd.randint(2, 158)) / 2 for _ in grades)
    boundaries = [
        Boundary(grade, minimum, rnd.choice(("stands",) * 6 + ("contradicted", "superseded")))
        for grade, minimum in zip(grades, ladder, strict=True)
    ]
    if boundaries and rnd.random() < 0.3:
        boundaries.append(replace(rnd.choice(boundaries), minimum=Decimal(5), state="superseded"))
    lines = []
    for number in range(people):
        base = rnd.choice([one.minimum for one in boundaries] or [Decimal(40)])
        mark = max(Decimal(0), base + Decimal(rnd.randint(-4, 4)) / 2)
        earned = [one.grade for one in boundaries if one.minimum <= mark] or ["U"]
        for carrier in rnd.sample(("marks", "edi", "achievement"), rnd.randint(1, 3)):
            grade = earned[-1] if rnd.random() < 0.7 else rnd.choice(("U", "R", "P", "M", "D", "X", "Q", "Z", None))
            lines.append(
                Line(
                    f"p{number}",
                    carrier,
                    grade,
                    None if grade is None or rnd.random() < 0.2 else grade != "Z",
                    None if carrier == "achievement" or rnd.random() < 0.1 else mark + rnd.choice((0, 0, 0, 1)),
                    is_absent=rnd.random() < 0.03,
                    partial_absence=rnd.random() < 0.03,
                )
            )
    return lines, boundaries


def consideration_lines(rnd: random.Random, people: int) -> list[Line]:
    """Lines of one report, right, wrong by a little, cut at the maximum, or with something missing."""
    usual = Decimal(rnd.choice((49, 50, 60, 70, 80, 90)))
    lines = []
    for number in range(people):
        maximum = rnd.choice((usual, usual, usual, usual, None, usual + 10 if rnd.random() < 0.1 else usual))
        raw = usual - rnd.choice((0, 1, 2, 3, 4, 20, 30)) - Decimal(rnd.randint(0, 1)) / 2
        tariff = rnd.choice((None, None, *map(Decimal, (0, 1, 2, 3, 4, 5, 7)), Decimal("2.5")))
        added = None if tariff is None else Decimal(int(tariff * usual / 100 + Decimal("0.5")))
        added = rnd.choice((added, added, added, added, None, Decimal(rnd.randint(0, 5)), usual - raw))
        final = min(raw + (added or 0), usual) + rnd.choice((0, 0, 0, 0, 1, -1))
        blank = rnd.random()
        lines.append(
            Line(
                f"p{number}",
                "edi" if rnd.random() < 0.05 else "marks",
                "P",
                mark=None if blank < 0.05 else final,
                raw_mark=None if 0.05 <= blank < 0.1 else raw,
                tariff=tariff,
                added=added,
                maximum=maximum,
                is_absent=rnd.random() < 0.03,
            )
        )
    return lines


def _compare_boundaries(lines: list[Line], boundaries: list[Boundary]) -> int:
    found, looked_at = _asked("grade_boundary_differs", lines, boundaries)
    wrong, judged = grades_that_differ(lines, boundaries)
    assert set(found) == wrong
    assert looked_at == len(judged)
    # where half of a unit's marks disagree with its boundaries, the boundaries are in doubt
    doubted = len(wrong) >= 3 and len(wrong) * 2 >= len(judged)
    assert {row["severity"] for row in found.values()} <= {"info" if doubted else "warning"}
    return len(wrong)


def _compare_considerations(lines: list[Line]) -> set[str]:
    found, _looked_at = _asked("special_consideration_differs", lines, [])
    expected = special_consideration_that_differs(lines, PERMITTED)
    assert set(found) == set(expected)
    for person, word in expected.items():
        assert str(found[person]["cause"]).startswith(WORDS[word])
    return set(expected.values())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_grades_beside_marks_are_judged_as_the_twin_judges_them(rnd: random.Random, people: int) -> None:
    _compare_boundaries(*boundary_lines(rnd, people))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_special_consideration_is_judged_as_the_twin_judges_it(rnd: random.Random, people: int) -> None:
    _compare_considerations(consideration_lines(rnd, people))


def test_on_many_people_the_rules_equal_their_twins_and_have_something_to_say() -> None:
    rnd = random.Random(20260810)
    differing = [_compare_boundaries(*boundary_lines(rnd, 150)) for _ in range(4)]
    assert sum(1 for number in differing if number > 5) >= 2
    said = set().union(*(_compare_considerations(consideration_lines(rnd, 300)) for _ in range(3)))
    assert said == {"sum", "mark", "tariff"}
