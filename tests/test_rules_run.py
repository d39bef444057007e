"""What a rule could not look at is said: how many rows, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from pipelines import findings, resources
from pipelines.engines.duck import Duck
from pipelines.rules import load_rules
from pipelines.sql_files import load_sql_folder

CENTRES = ("99998", "99999")
#: the tables that `rules_run` reads, with the columns it reads of them
TABLES = {
    "centres": "centre_number VARCHAR",
    "coverage": "carrier VARCHAR, centre_number VARCHAR",
    "file_facts": "file_id VARCHAR, carrier VARCHAR, is_used BOOLEAN",
    "incoming_file_centres": "file_id VARCHAR, centre_number VARCHAR",
    "fingerprinted": "code VARCHAR, centre_number VARCHAR",
    "rule_texts": "code VARCHAR, population VARCHAR",
    "rule_needs": "code VARCHAR, place INTEGER, carrier VARCHAR, words VARCHAR",
    "rule_failures": "code VARCHAR, reason VARCHAR",
    "rule_counts": "code VARCHAR, centre_number VARCHAR, not_evaluated VARCHAR, rows_checked BIGINT",
}


@pytest.fixture
def con() -> Any:
    """A rule `wrong_size` at two centres, which has not run yet."""
    with duckdb.connect() as connection:
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.executemany("INSERT INTO centres VALUES (?)", [[centre] for centre in CENTRES])
        connection.execute("INSERT INTO rule_texts VALUES ('wrong_size', 'awards entered')")
        yield connection


def _counted(con: Any, *rows: tuple[str, str | None, int]) -> dict[str, tuple[str, str | None, int]]:
    """Per centre: status, reason and rows looked at, when the rule counted these rows."""
    con.executemany("INSERT INTO rule_counts VALUES ('wrong_size', ?, ?, ?)", [list(row) for row in rows])
    (file,) = (file for file in load_sql_folder(resources.sql() / "findings") if file.name == "rules_run")
    found = con.execute(f"SELECT centre_number, status, reason, rows_checked FROM ({file.query})").fetchall()
    return {centre: (status, reason, rows) for centre, status, reason, rows in found}


class _Refusing:
    """A connection whose drive is full."""

    def execute(self, query: str, *_: object) -> None:
        if query.startswith("CREATE"):
            raise duckdb.IOException('IO Error: Could not write file "duckdb_temp": No space left on device')

    def close(self) -> None: ...


def test_a_full_disk_is_not_taken_for_a_rule_that_could_not_run() -> None:
    rule = load_rules(resources.sql() / "rules")[0]
    with pytest.raises(duckdb.IOException, match="No space left"):
        findings._attempt(_Refusing(), rule, datetime(2026, 8, 10, tzinfo=UTC), Duck(_Refusing()))


def test_rows_left_out_are_counted_with_their_reason_beside_those_looked_at(con: Any) -> None:
    told = _counted(con, ("99999", None, 7), ("99999", "no points for 05877", 3), ("99998", None, 2))
    assert told["99999"] == ("clean", "not evaluated for 3: no points for 05877", 7)
    assert told["99998"] == ("clean", None, 2)
    assert told["all"] == ("clean", "not evaluated for 3: no points for 05877", 9)


def test_a_rule_that_could_look_at_nothing_is_not_evaluated_and_says_why(con: Any) -> None:
    told = _counted(con, ("99999", "no points for 05877", 3))
    assert told["99999"] == ("not_evaluated", "not evaluated for 3: no points for 05877", 0)
    assert told["99998"] == ("not_evaluated", "there are no awards entered", 0)
    assert told["all"][0] == "not_evaluated"


def test_the_same_reason_at_two_centres_is_one_reason_in_all(con: Any) -> None:
    told = _counted(con, ("99999", "no points for 05877", 3), ("99998", "no points for 05877", 4))
    assert told["all"] == ("not_evaluated", "not evaluated for 7: no points for 05877", 0)


def test_of_many_reasons_the_commonest_three_are_said_and_the_rest_counted(con: Any) -> None:
    reasons = [("99999", f"reason {number}", number) for number in (2, 5, 1, 4, 3)]
    told = _counted(con, *reasons, ("99999", None, 1))
    assert told["99999"] == (
        "clean",
        "not evaluated for 15: reason 5 / reason 4 / reason 3 / 2 more reasons",
        1,
    )


def test_what_is_left_out_hides_no_finding(con: Any) -> None:
    con.execute("INSERT INTO fingerprinted VALUES ('wrong_size', '99999')")
    told = _counted(con, ("99999", None, 7), ("99999", "no points for 05877", 3))
    assert told["99999"] == ("found", "not evaluated for 3: no points for 05877", 7)
