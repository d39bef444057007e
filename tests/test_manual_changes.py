"""What was changed by hand: whose result it is, what the files say against it, and that no board is made to say it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import local_edit, resources
from pipelines.errors import BusyError
from pipelines.files import hold_lock
from pipelines.local_files import MANUAL_CHANGES, fill_given, open_local, read_local
from pipelines.sql_files import load_sql_file
from tests import narrow
from tests.cli_helpers import AS_OF, CANARIES, call, published, write_inbox
from tests.rule_cases import Case, _database

HEADER = ",".join(MANUAL_CHANGES.columns)
USUAL = {
    "centre_number": "99999", "person_id": "ada", "board": "72", "series": "6E26", "kind": "unit",
    "option_code": "583801", "unit_code": "05838/01", "is_technical": "true", "grade": "P", "carrier": "edi",
    "file_id": "e", "line": "3",
}  # fmt: skip


def _write(data: Path, *rows: str) -> Path:
    path = data / "local" / "manual_changes.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def _row(number: str = "0042", **more: str) -> str:
    usual = {
        "id": "m1", "centre_number": "99999", "candidate_number": number, "series": "6E26", "option_code": "583801",
        "field": "grade", "value": "M", "reason": "r", "changed_by": "A", "changed_on": "2026-08-10",
    }  # fmt: skip
    return ",".join({**usual, **more}.get(name, "") for name in MANUAL_CHANGES.columns)


def _insert(con: Any, table: str, row: dict[str, str]) -> None:
    kept = {name: value for name, value in row.items() if value}
    con.execute(f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({', '.join('?' for _ in kept)})", list(kept.values()))


def _made(tmp_path: Path, rows: list[str], statements: list[dict[str, str]]) -> list[dict[str, Any]]:
    """`manual_changes` of these rows, beside what the carriers say; the file `e` was made on 14 August, `o` on 7."""
    _write(tmp_path, *rows)
    con = _database(Case("a database", tables={"run": []}, columns={"run": []}))
    try:
        fill_given(con, read_local(tmp_path / "local"))
        con.execute("INSERT INTO centres VALUES ('99999')")
        for person, number in (("ada", "0042"), ("ben", "0043")):
            identity = {"identifier": "candidate_number", "value": number, "academic_year": "2025-26"}
            _insert(con, "candidate_identities", {"centre_number": "99999", "person_id": person, **identity})
        con.execute("INSERT INTO file_facts (file_id, stated_on) VALUES ('e', '2026-08-14'), ('o', '2026-08-07')")
        con.execute(
            "INSERT INTO gradesets (board, series, option_code, kind, gradeset) "
            "SELECT '72', '6E26', '583801', 'unit', gradeset FROM grade_codes WHERE code = 'Merit' LIMIT 1"
        )
        for one in ("grade_decodings",):
            con.execute(f"INSERT INTO {one} {load_sql_file(resources.sql() / 'joins' / f'{one}.sql').query}")
        for statement in statements:
            _insert(con, "latest_statements", {**USUAL, **statement})
        for name in ("folded_results", "local_people", "manual_changes", "results_with_manual_changes"):
            query = load_sql_file(resources.sql() / "joins" / f"{name}.sql").query
            con.execute(f"INSERT INTO {name} SELECT * FROM ({query})")
        cursor = con.execute(
            "SELECT m.* EXCLUDE (embargo_until), CAST(m.embargo_until AS VARCHAR) AS embargo_until, "
            "r.board_grade, r.manual_grade, r.school_grade, r.is_by_hand, r.change_state "
            "FROM manual_changes AS m LEFT JOIN results_with_manual_changes AS r ON r.person_id = m.person_id "
            "AND r.series = m.series AND r.option_code = m.option_code "
            "AND r.window_from IS NOT DISTINCT FROM m.window_from "
            "ORDER BY m.given_line"
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, one, strict=True)) for one in cursor.fetchall()]
    finally:
        con.execute("ROLLBACK")
        con.close()


@pytest.mark.parametrize(
    ("statements", "state"),
    [
        ([{"grade": "P"}], "contradicted"),
        ([{"grade": "M"}], "agrees"),
        # a file from before the change is why it was made
        ([{"grade": "P", "file_id": "o"}], "older"),
        ([{"grade": "P", "file_id": "unknown"}], "undated"),
        ([{"grade": ""}], "stands"),
        ([], "no_result"),
        ([{"series": "6E25"}], "no_result"),
        ([{"person_id": "ben"}], "no_result"),
        # X and Q in a file that is imported take the place of the value by hand; in a report they are silence
        ([{"grade": "Q"}], "contradicted"),
        ([{"grade": "Q", "carrier": "achievement"}], "stands"),
        # what no scale decodes is silence
        ([{"grade": "Z1", "is_on_scale": "false"}], "stands"),
        # a report is not imported: with it alone on one's side the row must stay
        ([{"grade": "M", "carrier": "achievement"}], "stands"),
        ([{"grade": "P", "carrier": "achievement"}], "contradicted"),
        ([{"grade": "M"}, {"grade": "P", "carrier": "achievement", "file_id": "o"}], "older"),
        ([{"grade": "P", "file_id": "o"}, {"grade": "M", "carrier": "achievement"}], "older"),
        # a report without a date, beside a dated file, tells nothing of the time
        ([{"grade": "P", "file_id": "o"}, {"grade": "P", "carrier": "marks", "file_id": "m"}], "older"),
        ([{"grade": "P", "carrier": "marks", "file_id": "m"}], "undated"),
    ],
)
def test_a_file_made_after_the_change_contradicts_it_and_one_from_before_does_not(
    statements: list[dict[str, str]], state: str, tmp_path: Path
) -> None:
    (one,) = _made(tmp_path, [_row()], statements)
    assert one["state"] == state


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"value": "Merit"}, "agrees"),
        ({"value": "m"}, "agrees"),
        ({"value": "Pass"}, "contradicted"),
        ({"option_code": "05838/01"}, "agrees"),
        ({"option_code": "05838-01"}, "agrees"),
        ({"field": "mark", "value": "52"}, "agrees"),
        # EDI has whole marks only
        ({"field": "mark", "value": "52.5"}, "agrees"),
        ({"field": "mark", "value": "53"}, "contradicted"),
        ({"candidate_number": "0044"}, "nobody"),
        ({"candidate_number": "42"}, "agrees"),
        ({"candidate_number": "", "uci": ""}, "unusable"),
        ({"value": ""}, "unusable"),
        ({"field": "mark", "value": "about 50"}, "unusable"),
        ({"field": "points"}, "unusable"),
        ({"series": "June 2026"}, "unusable"),
        ({"series": "6Ixx"}, "unusable"),
        ({"changed_on": "10.8.26"}, "unusable"),
        ({"reason": ""}, "unusable"),
    ],
)
def test_a_value_a_code_and_a_number_are_read_as_people_write_them(
    more: dict[str, str], state: str, tmp_path: Path
) -> None:
    (one,) = _made(tmp_path, [_row(**more)], [{"grade": "M", "mark": "52.00"}])
    assert one["state"] == state
    assert (one["fault"] is not None) == (state == "unusable")


def test_the_value_by_hand_stands_beside_what_the_board_said_and_never_in_its_place(tmp_path: Path) -> None:
    rows = [_row(), _row("0043", id="m2")]
    changed, unknown = _made(tmp_path, rows, [{"grade": "P"}])
    assert (changed["board_grade"], changed["manual_grade"], changed["school_grade"]) == ("P", "M", "M")
    assert (changed["is_by_hand"], changed["change_state"]) == (True, "contradicted")
    assert (unknown["board_grade"], unknown["school_grade"], unknown["change_state"]) == (None, "M", "no_result")


def test_of_two_changes_of_one_value_the_later_counts(tmp_path: Path) -> None:
    rows = [_row(value="D"), _row(id="m2", changed_on="2026-08-12"), _row(id="m3", changed_on="2026-08-11")]
    made = _made(tmp_path, rows, [{"grade": "P"}])
    assert [one["state"] for one in made] == ["replaced", "contradicted", "replaced"]
    assert {one["school_grade"] for one in made} == {"M"}


def test_a_resubmission_in_the_next_window_says_nothing_about_a_change_of_the_first(tmp_path: Path) -> None:
    moderated = {"series": "9I25", "option_code": "583817", "unit_code": "05838/17"}
    issued = [
        {**moderated, "grade": "M", "window_from": "2026-07-01"},
        {**moderated, "grade": "D", "window_from": "2026-08-11"},
    ]
    (one,) = _made(tmp_path, [_row(series="6I26", option_code="583817")], issued)
    assert (one["series"], one["state"]) == ("9I25", "agrees")
    (late,) = _made(tmp_path, [_row(series="9I25", option_code="583817", changed_on="2026-08-12")], issued)
    assert late["state"] == "contradicted"


def test_a_general_result_is_held_as_long_as_the_board_holds_it_and_an_unknown_one_for_ever(tmp_path: Path) -> None:
    level = {"series": "6B26", "option_code": "H446", "unit_code": "", "kind": "qualification", "is_technical": "false"}
    level |= {"qualification_code": "H446", "board": "01", "embargo_until": "2026-08-13 07:00:00+00"}
    known, unknown, technical = _made(
        tmp_path,
        [_row(series="6B26", option_code="H446"), _row(id="m2", series="6B26", option_code="H240"), _row(id="m3")],
        [level],
    )
    assert str(known["embargo_until"])[:10] == "2026-08-13"
    assert str(unknown["embargo_until"])[:4] == "9999"
    assert technical["embargo_until"] is None


def _run(data: Path, inbox: Path, *more: str) -> dict[str, Any]:
    said = call(
        "run", "--data", data, "--inbox", inbox, "--as-of", AS_OF, "--centre", "99999", "--format", "json", *more
    )
    assert said.code == 0, said
    return dict(json.loads(said.out))


def test_from_the_command_to_the_report_a_change_that_the_file_would_undo_is_an_error(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    asked: list[str | Path] = [
        "manual-change",
        "add",
        "--data",
        tmp_path,
        "--series",
        "6E26",
        "--option",
        "05838/01",
        "--by",
        "A. Officer",
    ]
    added = call(*asked, "--candidate-number", "0042", "--value", "D", "--reason", "letter", "--on", "2026-08-05")
    assert added.out.startswith("added M20260805-1, line 2 of ")
    assert call(*asked, "--uci", CANARIES[-1], "--value", "D", "--reason", "secret", "--on", "2026-08-05").code == 0
    manifest = _run(tmp_path, tmp_path / "inbox")
    # EDI has P and D for the two: only the first would be lost
    assert manifest["local"]["manual_changes"] == {"agrees": 1, "contradicted": 1}
    tables = tmp_path / "current" / "tables"
    found = pl.read_parquet(tables / "discrepancies.parquet").filter(code="manual_change_overwritten", severity="error")
    assert "99999·0042·6E26·05838/01·grade" in found["key"].to_list()
    assert set(found["owner"]) == {"mis"}
    # whatever a person typed, the boards' own tables do not know of it
    plain = pl.read_parquet(published() / "current" / "tables" / "unit_results.parquet")
    assert pl.read_parquet(tables / "unit_results.parquet").equals(plain)
    page = (tmp_path / "current" / "reports" / "report.html").read_text(encoding="utf-8")
    assert "would be lost" in page
    assert "letter" in page.split("<section id=by-hand ")[1].split("</section>")[0]
    assert "by hand   " in call("status", "--data", tmp_path).out
    listed = json.loads(call("manual-change", "list", "--data", tmp_path, "--format", "json").out)
    assert [one["id"] for one in listed] == ["M20260805-1", "M20260805-2"]
    assert listed[0]["state"] == "contradicted"
    run_json = (tmp_path / "current" / "run.json").read_text(encoding="utf-8")
    assert not [one for one in (*CANARIES, "secret", "A. Officer") if one in run_json + added.out + added.err]
    assert call("manual-change", "remove", "M20260805-1", "--data", tmp_path).code == 0
    with narrow.without_reports():
        assert _run(tmp_path, tmp_path / "inbox")["identity"] != manifest["identity"]


def test_while_a_run_is_going_nothing_is_written(tmp_path: Path) -> None:
    path = _write(tmp_path, _row())
    before = path.read_bytes()
    with hold_lock(tmp_path), pytest.raises(BusyError):
        local_edit.remove(tmp_path, MANUAL_CHANGES, "m1")
    assert path.read_bytes() == before


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELL, CELL), max_size=5),
    end=st.sampled_from(["\n", "\r\n"]),
    has_mark=st.booleans(),
    is_ended=st.booleans(),
)
def test_adding_a_row_and_taking_it_out_again_leaves_every_other_byte(
    rows: list[tuple[str, str]], end: str, has_mark: bool, is_ended: bool, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "local", ignore_errors=True)
    path = _write(tmp_path)
    quoted = [
        ",".join(f'"{cell}"' for cell in (f"x{place}", first.replace('"', '""'), second.replace('"', '""')))
        for place, (first, second) in enumerate(rows)
    ]
    text = end.join([HEADER, *quoted]) + (end if is_ended else "")
    before = (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()
    path.write_bytes(before)
    row = dict(zip(MANUAL_CHANGES.columns, _row().split(","), strict=True))
    made, line = local_edit.add(tmp_path, MANUAL_CHANGES, row, "2026-08-10")
    assert path.read_bytes().startswith(before)
    opened = open_local(path, MANUAL_CHANGES)
    assert opened.rows[-1][2][0] == made
    assert opened.rows[-1][0] == line
    local_edit.remove(tmp_path, MANUAL_CHANGES, made)
    # a header without its end leaves the kind of line end open
    ended = b"" if is_ended else end.encode() if rows else b"\n"
    assert path.read_bytes() == before + ended
