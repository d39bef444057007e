"""`destinations.csv`: whose places they are, what is asked for, what the awards here give, and which are at stake."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from pipelines import resources
from pipelines.local_files import DESTINATIONS, fill_given, read_local
from pipelines.sql_files import load_sql_file
from tests import narrow
from tests.cli_helpers import AS_OF, call, write_inbox
from tests.rule_cases import Case, _database

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ",".join(DESTINATIONS.columns)
SIZES = {"05838": "Certificate", "05839": "Extended Certificate", "05842": "Diploma"}
AWARD = {"centre_number": "99999", "suite": "2016", "level": "3", "subject": "IT", "entered": "true"}


def _write(data: Path, *rows: str, header: str = HEADER) -> None:
    path = data / "local" / "destinations.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def _insert(con: Any, table: str, row: dict[str, str]) -> None:
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})", list(row.values()))


def _made(folder: Path, rows: list[str], awards: list[dict[str, str]], header: str = HEADER) -> list[dict[str, Any]]:
    """`destinations` of these rows: ada has the candidate number 0042 this year, 0050 last year; ben 0043."""
    _write(folder, *rows, header=header)
    season = ["2025-26", "2025-09-01", "2026-08-31"]
    con = _database(Case("a database", tables={"run": []}, columns={"run": []}))
    try:
        con.execute("DELETE FROM run")
        _insert(con, "run", dict(zip(("season", "season_start", "season_end"), season, strict=True)))
        fill_given(con, read_local(folder / "local"))
        con.execute("INSERT INTO centres VALUES ('99999')")
        for person, identifier, value, year in (
            ("ada", "candidate_number", "0042", "2025-26"),
            ("ada", "candidate_number", "0050", "2024-25"),
            ("ada", "uci", "999990240042K", "2025-26"),
            ("ben", "candidate_number", "0043", "2025-26"),
        ):
            known = {"identifier": identifier, "value": value, "academic_year": year}
            _insert(con, "candidate_identities", {"centre_number": "99999", "person_id": person, **known})
        for award in awards:
            whole = {**AWARD, "person_id": "ada", **award}
            _insert(con, "award_calculations", {**whole, "size": SIZES[whole["qualification_code"]]})
        for name in ("local_people", "destinations"):
            query = load_sql_file(resources.sql() / "joins" / f"{name}.sql").query
            con.execute(f"INSERT INTO {name} SELECT * FROM ({query})")
        cursor = con.execute("SELECT * EXCLUDE (embargo_until) FROM destinations ORDER BY given_line")
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        con.close()


@pytest.mark.parametrize(
    ("awards", "issued", "calculated", "is_at_stake"),
    [
        ([], None, None, True),
        ([{"qualification_code": "05839", "issued_grade": "M"}], 32, None, True),
        ([{"qualification_code": "05839", "issued_grade": "D"}], 48, None, False),
        ([{"qualification_code": "05839", "issued_grade": "D*"}], 56, None, False),
        # what is reckoned shows nothing to a university
        ([{"qualification_code": "05839", "grade": "D"}], None, 48, True),
        # two sizes of one subject are one piece of work, two subjects are two
        ([{"qualification_code": "05838", "issued_grade": "D*"}, {"qualification_code": "05839", "issued_grade": "M"}],
         32, None, True),
        ([{"qualification_code": "05839", "issued_grade": "M"},
          {"qualification_code": "05838", "issued_grade": "M", "subject": "Business"}], 48, None, False),
        # a size that nobody entered is no award to hope for
        ([{"qualification_code": "05842", "grade": "DD", "entered": "false"}], None, None, True),
        ([{"qualification_code": "05839", "issued_grade": "D", "person_id": "ben"}], None, None, True),
    ],
)  # fmt: skip
def test_a_place_is_at_stake_until_the_awards_issued_reach_what_is_asked(
    tmp_path: Path, awards: list[dict[str, str]], issued: int | None, calculated: int | None, is_at_stake: bool
) -> None:
    (place,) = _made(tmp_path, ["99999,0042,,1234567890,Elm Park,48 points,48"], awards)
    assert (place["person_id"], place["state"], place["firm_choice"]) == ("ada", "held", "Elm Park")
    assert (place["tariff_issued"], place["tariff_calculated"]) == (issued, calculated)
    assert place["is_at_stake"] is is_at_stake
    assert place["tariff_confidence"] == (None if issued is None and calculated is None else "recollection")


def test_an_offer_in_grades_alone_cannot_be_shown_to_be_reached(tmp_path: Path) -> None:
    (place,) = _made(tmp_path, ["99999,0042,,,Elm Park,DMM,"], [{"qualification_code": "05839", "issued_grade": "D*"}])
    assert (place["offer"], place["tariff_asked"], place["is_at_stake"]) == ("DMM", None, True)


@pytest.mark.parametrize(
    ("row", "state", "person", "fault"),
    [
        ("99999,42,,,Elm Park,,48", "held", "ada", None),
        ("99999,,999990240042k,,Elm Park,,48", "held", "ada", None),
        ("99999,0042,,,,,", "no_choice", "ada", None),
        ("99999,0777,,,Elm Park,,48", "nobody", None, None),
        # last year's number may be another student's this year
        ("99999,0050,,,Elm Park,,48", "nobody", None, None),
        ("99999,,,,Elm Park,,48", "unusable", None, "no number says who it is about"),
        ("99999,0042,,,Elm Park,,AAB", "unusable", None, "the tariff_points are no whole number"),
        ("99999,0042x,,,Elm Park,,48", "unusable", None, "the candidate_number is not four digits"),
        ("99999,0042,,,Elm Park,,48,more", "unusable", None, "more cells than the header has"),
    ],
)
def test_a_row_counts_for_the_student_whose_number_it_gives_or_says_why_not(
    tmp_path: Path, row: str, state: str, person: str | None, fault: str | None
) -> None:
    (place,) = _made(tmp_path, [row], [])
    assert (place["state"], place["person_id"], place["fault"]) == (state, person, fault)
    assert place["is_at_stake"] is (state == "held")


def test_of_two_rows_about_one_student_the_later_counts(tmp_path: Path) -> None:
    rows = ["99999,0042,,,Elm Park,,48", "99999,,999990240042K,,Oak Hill,,32", "99999,0042,,,Third,,AAB"]
    places = _made(tmp_path, rows, [])
    assert [(one["given_line"], one["state"]) for one in places] == [(2, "replaced"), (3, "held"), (4, "unusable")]


def test_a_row_of_another_centre_is_left_alone_and_a_wrong_header_told_once(tmp_path: Path) -> None:
    assert _made(tmp_path, ["99998,0042,,,Elm Park,,48"], []) == []
    (told,) = _made(tmp_path, ["99999,0042"], [], header="centre_number,candidate_number")
    assert (told["given_line"], told["state"]) == (1, "unusable")
    assert told["fault"] == "the header lacks uci: no row of the file counts"


def test_a_run_tells_bad_rows_counts_the_file_in_its_identity_and_keeps_it_out_of_run_json(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    run = ("run", "--data", tmp_path, "--as-of", AS_OF)
    with narrow.only("destination_unclear"):
        assert call(*run).code == 0
    before = json.loads((tmp_path / "current" / "run.json").read_text(encoding="utf-8"))["identity"]
    _write(tmp_path, "99999,0777,,,Oak Hill,,48", "99999,,12,1234567890,Elm Park,,48")
    with narrow.only("destination_unclear"):
        assert call(*run).code == 0
    folder = tmp_path / "current"
    written = (folder / "run.json").read_text(encoding="utf-8")
    manifest = json.loads(written)
    assert manifest["identity"] != before
    assert manifest["local"]["destinations"] == {"held": 1, "unusable": 1}
    assert "Elm Park" not in written
    assert "1234567890" not in written
    found = pl.read_parquet(folder / "tables" / "discrepancies.parquet").filter(code="destination_unclear")
    assert [key.rpartition("·")[2] for key in found["key"].to_list()] == ["destinations.csv:3"]
    assert found["severity"].to_list() == ["warning"]
