"""Joins that several rules stand on, each on a few rows drawn by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines import resources
from pipelines.sql_files import load_sql_file
from tests.rule_cases import Case, _database

Row = dict[str, str]


def made(join: str, columns: str, **tables: list[Row]) -> list[tuple[Any, ...]]:
    """The rows a join file makes of these tables, as text and in order."""
    rows = {name: drawn for name, drawn in tables.items() if drawn}
    case = Case("a join", tables=rows, columns={name: list(drawn[0]) for name, drawn in rows.items()})
    con = _database(case)
    try:
        query = load_sql_file(resources.sql() / "joins" / f"{join}.sql").query
        found = con.execute(f"SELECT {columns} FROM ({query}) ORDER BY ALL").fetchall()
    finally:
        con.execute("ROLLBACK")
        con.close()
    return [tuple(row) for row in found]


def statement(**more: str) -> Row:
    """One standing statement of a Level 3 unit of 2016."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "series": "9I25", "kind": "unit", "option_code": "583817",
        "unit_code": "05838/17", "suite": "2016", "level": "3", "subject": "IT", "assessment": "moderated",
        "is_technical": "true", "carrier": "edi", "grade": "P", "file_id": "e", "line": "3",
    }  # fmt: skip
    return {**usual, **more}


@pytest.mark.parametrize(
    ("row", "is_achieved"),
    [
        ({"grade": "P"}, True),
        ({"grade": "U"}, False),
        ({"grade": "R"}, False),
        ({"grade": "R", "assessment": "examined", "unit_code": "05838/01", "option_code": "583801"}, True),
        ({"grade": "R", "assessment": "examined", "level": "2"}, False),
        ({"grade": "X"}, False),
        ({"grade": ""}, False),
    ],
)
def test_a_unit_is_achieved_at_a_pass_and_a_near_pass_counts_in_examined_level_3(row: Row, is_achieved: bool) -> None:
    seen = [{"board": "", "series": "9I25", "season": "2025-26"}]
    found = made("achieved_units", "unit_code", latest_statements=[statement(**row)], series_seen=seen)
    assert bool(found) == is_achieved


def test_a_unit_that_one_carrier_fails_and_another_passes_is_achieved() -> None:
    said = [statement(grade="U"), statement(grade="P", carrier="achievement", file_id="a")]
    assert made("achieved_units", "unit_code, grade", latest_statements=said) == [("05838/17", "P")]


def entry(**more: str) -> Row:
    """One qualification entry."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "series": "9I25", "season": "2025-26", "option_code": "05839",
        "kind": "qualification", "qualification_code": "05839", "suite": "2016", "level": "3", "subject": "IT",
        "is_technical": "true", "withdrawn": "false", "is_eligible": "true", "source": "csv", "entry_date": "",
        "expected_season": "", "file_id": "f", "line": "2",
    }  # fmt: skip
    return {**usual, **more}


def test_what_the_school_withdrew_is_withdrawn_although_the_entry_file_still_has_it() -> None:
    rows = [entry(withdrawn="true"), entry(source="edi", file_id="e", line="9")]
    assert made("entered_options", "option_code, withdrawn", entries=rows) == [("05839", True)]
    assert made("qualification_entries", "withdrawn, is_live", entries=rows) == [(True, False)]


def test_what_was_withdrawn_and_entered_again_is_live() -> None:
    rows = [entry(withdrawn="true"), entry(line="7")]
    assert made("entered_options", "option_code, withdrawn", entries=rows) == [("05839", False)]
    assert made("qualification_entries", "withdrawn, is_live", entries=rows) == [(False, True)]


@pytest.mark.parametrize(
    ("completion", "is_expected"), [("2025-26", True), ("2024-25", True), ("2026-27", False), ("", None)]
)
def test_an_award_is_expected_in_its_season_or_later_and_nobody_knows_without_one(
    completion: str, is_expected: bool | None
) -> None:
    rows = [entry(expected_season=completion)]
    assert made("qualification_entries", "is_expected", entries=rows) == [(is_expected,)]


def test_the_tracker_decides_the_season_before_the_entry_does() -> None:
    tracked = {
        "centre_number": "99999", "person_id": "p1", "qualification_code": "05839", "unit_code": "",
        "status": "result_not_yet_achieved", "expected_season": "2026-27", "entry_date": "2025-10-03",
        "file_id": "t", "line": "2",
    }  # fmt: skip
    rows = [entry(expected_season="2025-26")]
    columns = "expected_season, is_expected, by_tracker"
    assert made("qualification_entries", columns, entries=rows, tracker=[tracked]) == [("2026-27", False, True)]


@pytest.mark.parametrize(
    ("spelled", "month", "year"),
    [("6E26", 6, 2026), ("BA12", 11, 2012), ("June 2026", 6, 2026), ("Jun-26", 6, 2026), ("JUN26", 6, 2026),
     ("6/2026", 6, 2026), ("January 2026", 1, 2026), ("nonsense", None, None)],
)  # fmt: skip
def test_a_series_is_read_in_every_spelling(spelled: str, month: int | None, year: int | None) -> None:
    rows = [{"centre_number": "99999", "series_as_sent": spelled, "file_id": "a", "line": "1"}]
    found = made("series_spellings", "month, year", incoming_results=rows)
    assert found == [(month, year)]
