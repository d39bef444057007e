"""Who is who, in bulk: on small crowded populations the SQL must equal the slow twin in every respect.

And what holds for any population: order does not matter, nothing is left behind, the SQL stays portable.
"""

from __future__ import annotations

import datetime
import random
import re
from itertools import groupby
from typing import Any

import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import expressions as exp

from pipelines.people import RESULTS, STEPS, resolve
from pipelines.sql_files import SqlFile, load_sql_folder
from tests.people_cases import FOLDER, KNOWN_AS, ask, database, load, says
from tests.people_twin import Mention, Outcome, resolve_slowly

SURNAMES = (("x",), ("y",), ("x", "y"), ("y", "x"), ("xy",), ("yx",), ("xyz",))
VALUES: dict[str, tuple[object, ...]] = {
    "candidate_number": ("0001", "0002", "0003"),
    "ocr_candidate_number": ("10000001", "10000002"),
    "uci": (
        "999990000000",
        "999990000000A",
        "999990000000B",
        "999991111111",
        "999991111111C",
        "ODD",
        "UNKNOWN-UNKNOWN",
    ),
    "uln": ("1000000000", "1234567899", "9999999999", "1234567890"),
    "surname": SURNAMES,
    "forename": ("amy", "a", "am", "robert", "bob", "rob", "b"),
    "date_of_birth": (datetime.date(2006, 1, 2), datetime.date(2006, 2, 1), datetime.date(2006, 3, 3)),
}


def drawn(rnd: random.Random, centre: str, number: int, people: list[dict[str, object]]) -> Mention:
    """What one row says of one of the people: half of it is missing, and now and then a value is another's."""
    person = rnd.choice(people)
    said: dict[str, Any] = {
        name: None if rnd.random() < 0.5 else (rnd.choice(people) if rnd.random() < 0.15 else person)[name]
        for name in VALUES
    }
    surname, forename = said.pop("surname"), said.pop("forename")
    return Mention(
        f"{centre}-{number}",
        centre,
        rnd.choice(("2024-25", "2025-26", "2025-26", None)),
        rnd.choice(("edi", "xml")),
        surname_key="".join(surname) if isinstance(surname, tuple) else None,
        surname_sorted="".join(sorted(surname)) if isinstance(surname, tuple) else None,
        forename_key=str(forename) if forename else None,
        forenames_key=f"{forename}{rnd.choice(('', '', 'jo'))}" if forename else None,
        name_truncated=rnd.random() < 0.1,
        **said,
    )


def population(rnd: random.Random, centres: int) -> list[Mention]:
    """Centres that do not know of each other, each with a few people who collide in almost everything."""
    rows: list[Mention] = []
    for centre in range(centres):
        people = [{name: rnd.choice(values) for name, values in VALUES.items()} for _ in range(rnd.randint(1, 4))]
        rows += [drawn(rnd, f"{centre:05d}", number, people) for number in range(rnd.randint(2, 10))]
    return rows


def slowly(population: list[Mention]) -> Outcome:
    """The twin's answer, centre by centre, put together."""
    parts = [
        resolve_slowly(list(rows), KNOWN_AS)
        for _, rows in groupby(population, key=lambda mention: mention.centre_number)
    ]
    return Outcome(
        frozenset(person for part in parts for person in part.people),
        {mention: step for part in parts for mention, step in part.matched_by.items()},
        {person: found for part in parts for person, found in part.strongest.items()},
        frozenset(found for part in parts for found in part.contradictions),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_the_sql_equals_the_twin(rnd: random.Random, centres: int) -> None:
    rows = population(rnd, centres)
    assert ask(*rows) == slowly(rows)


def test_the_sql_equals_the_twin_on_a_thousand_centres() -> None:
    rows = population(random.Random(20260820), 1000)
    found, expected = ask(*rows), slowly(rows)
    assert found.people == expected.people
    assert found.matched_by == expected.matched_by
    assert found.strongest == expected.strongest
    assert found.contradictions == expected.contradictions
    # a population in which nothing happens would prove nothing
    assert {step for step, *_ in found.contradictions} >= {step.name for step in STEPS[:5]}
    assert set(found.matched_by.values()) == {*(step.name for step in STEPS), "none"}


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [
        says(
            f"m{n}",
            "Smith",
            ("Amy", "Ben")[n % 2],
            uci=f"99999000{n % 5:04d}A",
            candidate_number=f"{n % 7:04d}",
        )
        for n in range(20)
    ]

    def tables(given: list[Mention]) -> list[list[tuple[object, ...]]]:
        with database(given) as con:
            resolve(con, load)
            return [con.execute(f"SELECT * FROM {table}").fetchall() for table in RESULTS]

    assert tables(rows) == tables(rows[::-1]) == tables(rows[7:] + rows[:7])


def test_only_the_three_tables_are_left_and_a_second_run_replaces_them() -> None:
    with database([says("a", uci="999990000000A"), says("b", "Smith", uci="999990000000A")]) as con:
        first, second = resolve(con, load), resolve(con, load)
        tables = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert tables == {"mentions", "known_as", *RESULTS}
    assert first == second
    assert (first.people, first.contradictions) == (1, 0)
    assert dict(first.rounds) == {step.name: 2 if step.name == "uci" else 0 for step in STEPS}


def test_no_mentions_make_no_people() -> None:
    with database([]) as con:
        assert resolve(con, load).people == 0


FORBIDDEN = (exp.Qualify, exp.Pivot, exp.GroupConcat, exp.ArrayAgg, exp.List, exp.RegexpLike, exp.ILike)


def filled(file: SqlFile) -> str:
    """The statement with something in place of each parameter."""
    query = file.query
    for name in file.header.get("parameters", ()):
        query = query.replace(f"{{{name}}}", "TRUE" if name in ("strict", "same_forename") else "given")
    return query


@pytest.mark.parametrize("file", load_sql_folder(FOLDER), ids=lambda file: file.name)
def test_every_file_says_what_it_reads_and_stays_in_the_portable_subset(file: SqlFile) -> None:
    statement = sqlglot.parse_one(filled(file), read="duckdb")
    assert isinstance(statement, exp.Query)
    with_names = {cte.alias for cte in statement.find_all(exp.CTE)}
    read = {table.name for table in statement.find_all(exp.Table)} - with_names
    stated = {"given" if re.fullmatch(r"\{\w+\}", name) else name for name in file.reads}
    assert read == stated
    assert "{" not in filled(file)
    assert [column.alias_or_name for column in statement.selects] == list(file.header["columns"])
    assert not [node for node in statement.walk() if isinstance(node, FORBIDDEN)]
    assert not [with_ for with_ in statement.find_all(exp.With) if with_.recursive]
    assert statement.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
