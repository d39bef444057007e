"""The macros of `results.duckdb`, on tables made by hand and on a run."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from pipelines.macros import MACROS, statements
from pipelines.publish import published as published_run
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny


def made() -> Any:
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE candidates (centre_number TEXT, person_id TEXT, candidate_number TEXT, "
        "ocr_candidate_number TEXT, uci TEXT, uln TEXT, surname TEXT, forenames TEXT)"
    )
    con.execute(
        "INSERT INTO candidates VALUES "
        "('99999', 'a', '0042 1042', '00000042', '999990250042X', NULL, 'Ångström', 'Zoë Isolde'), "
        "('99999', 'b', '0421', '00420000 00420001', NULL, '1234567890', 'Oddsworthy', NULL), "
        "('99998', 'c', '0042', NULL, NULL, NULL, NULL, NULL)"
    )
    con.execute(
        "CREATE TABLE readiness "
        "(centre_number TEXT, person_id TEXT, readiness TEXT, code TEXT, reason TEXT, owner TEXT)"
    )
    con.execute("INSERT INTO readiness VALUES ('99999', 'a', 'hold', 'missing_uci', 'why', 'centre')")
    con.execute("CREATE TABLE discrepancies (person_id TEXT, code TEXT, key TEXT, severity_rank INT)")
    con.execute(
        "CREATE TABLE results_by_carrier (centre_number TEXT, person_id TEXT, carrier TEXT, kind TEXT, series TEXT, "
        "option_code TEXT, qualification_code TEXT, unit_code TEXT, window_from DATE, grade TEXT, is_absent BOOLEAN, "
        "mark DECIMAL(7, 2), stated_on DATE, sequence INT, superseded_by TEXT, "
        "embargo_until TIMESTAMPTZ, file_id TEXT, line INT)"
    )
    for statement in statements():
        con.execute(statement)
    return con


@pytest.mark.parametrize(
    ("wanted", "people"),
    [
        ("0042", ["c", "a"]),
        ("1042", ["a"]),
        ("00420001", ["b"]),
        ("999990250042x", ["a"]),
        ("1234567890", ["b"]),
        (" 0421 ", ["b"]),
        ("angstrom", ["a"]),
        ("ÅNGSTRÖM, zoe", ["a"]),
        ("zoë", ["a"]),
        ("odds", ["b"]),
        ("ddsworthy", []),
        ("042", []),
        ("%", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_person_is_found_by_any_number_or_the_beginning_of_a_name(wanted: str, people: list[str]) -> None:
    rows = made().execute("SELECT person_id FROM person($1)", [wanted]).fetchall()
    assert [one for (one,) in rows] == people


def test_a_person_comes_with_what_holds_them() -> None:
    found = made().execute("SELECT readiness, held_by, owner FROM person('1042')").fetchall()
    assert found == [("hold", "missing_uci", "centre")]


def told(con: Any, person: str, carrier: str, on: str | None, grade: str | None, **more: Any) -> None:
    """A statement of a carrier about unit 05838/01 of a student."""
    row = {
        "centre_number": "99999", "person_id": person, "carrier": carrier, "kind": "unit", "series": "6E26",
        "option_code": "583801", "unit_code": "05838/01", "grade": grade, "stated_on": on, "sequence": 1,
        "is_absent": grade is None, "file_id": f"{carrier}{on}", "line": 3, **more,
    }  # fmt: skip
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    con.execute(f"INSERT INTO results_by_carrier ({names}) VALUES ({marks})", list(row.values()))


def since(con: Any, day: str = "2026-08-10") -> list[tuple[Any, ...]]:
    columns = "person_id, carrier, comparison, grade_before, grade, mark_before, mark"
    rows: list[tuple[Any, ...]] = con.execute(f"SELECT {columns} FROM changed_since('{day}')").fetchall()
    return rows


def test_what_changed_since_a_day_is_what_newer_files_say_otherwise() -> None:
    con = made()
    told(con, "a", "edi", "2026-08-03", "P")
    told(con, "a", "edi", "2026-08-10", "M")
    assert since(con) == [("a", "edi", "changed", "P", "M", None, None)]
    assert since(con, "2026-08-03") == [("a", "edi", "new", None, "M", None, None)]
    assert since(con, "2026-08-11") == []


def test_what_is_said_again_or_by_another_carrier_alike_is_no_change() -> None:
    con = made()
    told(con, "a", "edi", "2026-08-03", "P")
    told(con, "a", "edi", "2026-08-10", "P")
    told(con, "a", "achievement", "2026-08-10", "P", option_code=None, qualification_code="05839")
    assert since(con) == []


def test_another_carrier_that_says_otherwise_shows_what_was_said_before() -> None:
    con = made()
    told(con, "a", "edi", "2026-08-03", "P")
    told(con, "a", "achievement", "2026-08-10", "M", option_code=None)
    assert since(con) == [("a", "achievement", "changed", "P", "M", None, None)]


def test_a_mark_alone_an_absence_and_a_first_result_are_changes() -> None:
    con = made()
    told(con, "a", "edi", "2026-08-03", "P", mark=38)
    told(con, "a", "edi", "2026-08-10", "P", mark=40)
    told(con, "b", "edi", "2026-08-03", None)
    told(con, "b", "edi", "2026-08-10", "P")
    told(con, "b", "edi", "2026-08-10", "D", unit_code="05838/02", option_code="583802")
    assert {(row[0], row[2], row[3], row[4]) for row in since(con)} == {
        ("a", "changed", "P", "P"),
        ("b", "changed", "absent", "P"),
        ("b", "new", None, "D"),
    }


def test_a_statement_that_is_replaced_or_of_no_day_is_no_change() -> None:
    con = made()
    told(con, "a", "edi", "2026-08-03", "P")
    told(con, "a", "edi", "2026-08-09", "M", superseded_by="x")
    told(con, "b", "marks", None, "P")
    assert since(con, "2026-08-09") == []


def test_every_macro_is_in_the_database_of_a_run_with_its_words() -> None:
    run = published_run(tiny())
    assert run is not None
    with duckdb.connect(str(run.folder / "results.duckdb"), read_only=True) as con:
        found = con.execute("SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal").fetchall()
    assert dict(found) == {macro.name: macro.says for macro in MACROS}
    assert {"person", "changed_since"} <= set(dict(found))


def test_the_people_and_changes_of_a_run_are_asked_by_name_and_by_day() -> None:
    said = call("query", "SELECT candidate_number, held_by FROM person('4180')", "--data", tiny(), "--format", "csv")
    assert said.out.split() == ["candidate_number,held_by", "4180,duplicate_candidate_number"]
    counted = [
        int(
            call(
                "query", f"SELECT count(*) AS n FROM changed_since('{day}')", "--data", tiny(), "--format", "csv"
            ).out.split()[1]
        )
        for day in ("2020-01-01", "2026-08-11")
    ]
    assert counted[0] > 5
    assert counted[1] == 0
