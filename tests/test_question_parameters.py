"""The parameters of a question: what each keeps, how a wrong one is answered, and those of a file of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.questions import parameters, statement
from pipelines.sql_files import load_sql_file
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny
from tests.question_answers import QUESTIONS, asked, sample

SAMPLE = {name: [one.name for one in parameters(file)] for name, file in QUESTIONS.items()}
#: for every parameter that is no centre, a column that shows it, where a row's value is the one to set
SHOWN = {
    "qualification": "qualification_code",
    "unit": "unit_code",
    "points": "points_to_next",
    "left": "attempts_left",
    "centre": "centre_number",
}
#: parameters that let through what is at most, or at least, so much
AT_MOST, AT_LEAST = {"points", "left"}, {"fewest"}


def _kept(row: dict[str, str], name: str, value: str) -> bool:
    if name == "fewest":
        return sum(int(row[column]) for column in ("errors", "warnings", "to_know")) >= int(value)
    shown = row.get(SHOWN.get(name, name), row.get(name, ""))
    return shown != "" and (int(shown) <= int(value) if name in AT_MOST else shown == value)


@pytest.mark.parametrize(("name", "parameter"), [(name, one) for name, takes in SAMPLE.items() for one in takes])
def test_a_parameter_keeps_exactly_the_rows_that_have_its_value(name: str, parameter: str) -> None:
    every = sample(name)
    column = {"tracker_changes": {"centre": "centre"}, "why_no_qualification": {}}.get(name, {}).get(
        parameter, SHOWN.get(parameter, parameter)
    )
    values = ["2"] if parameter == "fewest" else sorted({row[column] for row in every} - {""})
    if not values:
        # the sample has no such row: nothing is kept, and nothing goes wrong
        assert sample(name, f"{parameter}={_some(name, parameter)}") == []
        return
    counted = {"of_this_cause"}  # says how many of those kept there are
    for value in values[:2]:
        mine = [
            row
            for row in every
            if _kept({**row, SHOWN.get(parameter, parameter): row.get(column, "")}, parameter, value)
        ]
        found = sample(name, f"{parameter}={value}")
        strip = [
            [{key: text for key, text in row.items() if key not in counted} for row in rows] for rows in (mine, found)
        ]
        assert strip[0] == strip[1]
        assert found


def _some(name: str, parameter: str) -> str:
    (one,) = [one for one in parameters(QUESTIONS[name]) if one.name == parameter]
    return one.choices[0] if one.choices else {"integer": "1", "date": "2026-08-10"}.get(one.type, "none")


@pytest.mark.parametrize(
    ("pair", "hint"),
    [
        ("centr=99999", "Did you mean centre?"),
        ("points=many", "--set points=3"),
        ("points", "name=value"),
        ("=3", "name=value"),
    ],
)
def test_a_parameter_that_is_wrong_is_answered_with_how_it_is_set(pair: str, hint: str) -> None:
    said = call("query", "--question", "one_unit_away", "--set", pair, "--data", tiny())
    assert said.code == 2
    assert hint in said.err
    assert "many" not in said.err


def test_a_choice_that_is_none_is_answered_with_the_nearest() -> None:
    said = call("query", "--question", "resits_that_went_up", "--set", "direction=Upp", "--data", tiny())
    assert (said.code, "Did you mean up?" in said.err) == (2, True)


def test_a_value_is_only_ever_a_value() -> None:
    assert sample("one_unit_away", "centre=' OR '1'='1") == []


def test_a_parameter_without_a_value_asks_for_all() -> None:
    assert asked("on_hold", "centre=") == asked("on_hold")


def test_set_without_a_question_is_refused() -> None:
    said = call("query", "SELECT 1", "--set", "a=1", "--data", tiny())
    assert (said.code, "--question" in said.err) == (2, True)


OWN = """/*
summary = "How many students of a centre were born since a day?"
why = "To try parameters."
reads = ["candidates"]

[parameters.since]
type = "date"
says = "born on or after this day"
default = 2000-01-01
*/
SELECT centre_number, count(*) AS students FROM candidates
WHERE date_of_birth >= :since GROUP BY centre_number ORDER BY centre_number NULLS FIRST;
"""


def test_a_file_of_ones_own_takes_parameters_as_a_ready_question_does(tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_text(OWN, encoding="utf-8", newline="\r\n")
    assert statement(load_sql_file(path), {})[1] == {"since": date(2000, 1, 1)}
    all_of, none_of = (
        call("query", path, "--set", value, "--data", tiny(), "--format", "csv").out.split()
        for value in ("since=1990-01-01", "since=2030-01-01")
    )
    assert (len(all_of), len(none_of)) == (2, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('type = "date"', 'type = "day"', "no type day"),
        ("default = 2000-01-01", 'default = "x"', "its default is not a day"),
        ('says = "born on or after this day"', "", "has type, says"),
    ],
)
def test_a_parameter_that_is_declared_wrongly_is_named(old: str, new: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        parameters(load_sql_file(path))
