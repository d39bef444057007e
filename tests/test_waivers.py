"""Waivers: what they cover and for how long, who is held no longer, what is said of those that do not count."""

from __future__ import annotations

import csv
import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
import pytest

from pipelines import resources
from pipelines.local_files import WAIVERS, fill_given, read_local
from pipelines.sql_files import load_sql_file
from tests.cli_helpers import AS_OF, CANARIES, Said, call, published, write_inbox
from tests.rule_cases import Case, _database


def database() -> Any:
    """Every table, empty, to be rolled back."""
    return _database(Case("a database", tables={"run": []}, columns={"run": []}))


FIXTURE = Path(__file__).parent / "fixtures" / "local_0_1_0"
HEADER = ",".join(WAIVERS.columns)
HAND_MADE = ("--reason", "asked in July", "--by", "A. Officer", "--on", "2026-08-01", "--expires", "2026-08-31")


@cache
def _inbox() -> Path:
    folder = Path(mkdtemp(prefix="resultsday-waivers-")) / "inbox"
    write_inbox(folder)
    return folder


def _run(data: Path, as_of: str = AS_OF, inbox: Path | None = None) -> dict[str, Any]:
    said = call(
        "run", "--data", data, "--inbox", inbox or _inbox(), "--as-of", as_of, "--centre", "99999", "--format", "json"
    )
    assert said.code == 0, said
    return dict(json.loads(said.out))


def _table(data: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(data / "current" / "tables" / f"{name}.parquet")


def _write(data: Path, *rows: str) -> Path:
    path = data / "local" / "waivers.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def _states(data: Path) -> dict[str, str]:
    return dict(_table(data, "waivers").select("id", "state").iter_rows())


def _finding(code: str, number: str) -> dict[str, Any]:
    found = _table(published(), "discrepancies").filter(code=code, candidate_number=number)
    assert found.height == 1
    return found.row(0, named=True)


def _add(data: Path, *arguments: str) -> Said:
    return call("waive", "add", "--data", data, *arguments, *HAND_MADE)


def test_a_waived_error_stays_in_the_tables_and_holds_nobody(tmp_path: Path) -> None:
    before = _finding("missing_uci", "0777")
    held = dict(_table(published(), "readiness").select("person_id", "readiness").iter_rows())
    assert held[before["person_id"]] == "hold"
    errors = _table(published(), "discrepancies").filter(person_id=before["person_id"], severity="error")
    # what follows from the missing UCI is waived by its own rows, not by the root's
    _write(tmp_path, *(f"w{i},{one},,,,,,,,r,A,2026-08-01,2026-08-31" for i, one in enumerate(errors["fingerprint"])))
    manifest = _run(tmp_path)
    after = _table(tmp_path, "discrepancies").filter(person_id=before["person_id"], severity="error")
    assert sorted(after["fingerprint"]) == sorted(errors["fingerprint"])
    assert set(after["state"]) == {"waived"}
    now = dict(_table(tmp_path, "readiness").select("person_id", "readiness").iter_rows())
    assert now[before["person_id"]] != "hold"
    assert manifest["findings"]["by_severity"]["error"]["waived"] == errors.height


def test_what_follows_from_a_waived_finding_is_open_and_stands_for_itself(tmp_path: Path) -> None:
    root = _finding("missing_uci", "0777")
    following = _table(published(), "discrepancies").filter(root=root["fingerprint"])
    assert following.height
    _write(tmp_path, f"w1,{root['fingerprint']},,,,,,,,r,A,2026-08-01,2026-08-31")
    _run(tmp_path)
    found = _table(tmp_path, "discrepancies")
    assert found.filter(fingerprint=root["fingerprint"])["state"].to_list() == ["waived"]
    again = found.filter(pl.col("fingerprint").is_in(following["fingerprint"].to_list()))
    assert set(again["state"]) <= {"open", "pending"}
    assert again["root"].null_count() == again.height
    hold = _table(tmp_path, "readiness").filter(person_id=root["person_id"])
    assert hold["readiness"].to_list() == ["hold"]


#: findings of four people at two centres; Ada and Ben share no number, Cyd and Dee share a UCI
PEOPLE = [
    ("99999", "ada", "ocr_candidate_number", "00000042", ""),
    ("99999", "ada", "candidate_number", "0042", "2025-26"),
    ("99999", "ada", "uci", "999990250042X", ""),
    ("99999", "ben", "ocr_candidate_number", "00000043", ""),
    ("99999", "ben", "candidate_number", "0043", "2025-26"),
    ("99999", "ben", "candidate_number", "0042", "2023-24"),
    ("99999", "cyd", "uci", "999990250099W", ""),
    ("99999", "cyd", "candidate_number", "0099", "2025-26"),
    ("99999", "dee", "uci", "999990250099W", ""),
    ("99999", "dee", "candidate_number", "0098", "2025-26"),
    ("99998", "eve", "candidate_number", "0042", "2025-26"),
]
FOUND = [
    ("missing_uci", "99999", "ada", "", "", "", ""),
    ("missing_uci", "99999", "ben", "", "", "", ""),
    ("missing_uci", "99999", "cyd", "", "", "", ""),
    ("missing_uci", "99998", "eve", "", "", "", ""),
    ("entry_without_result", "99999", "ada", "", "", "05838/01", "583801"),
    ("award_missing", "99999", "ada", "", "05839", "", ""),
    ("possible_duplicate_person", "99999", "ben", "ada", "", "", ""),
]


def _covered(tmp_path: Path, *rows: str) -> set[str]:
    """The findings that rows of waivers.csv cover, as code and person."""
    _write(tmp_path, *rows)
    con = database()
    try:
        fill_given(con, read_local(tmp_path / "local"))
        con.execute("INSERT INTO centres VALUES ('99999'), ('99998')")
        con.executemany(
            "INSERT INTO candidate_identities (centre_number, person_id, identifier, value, academic_year) "
            "VALUES (?, ?, ?, ?, nullif(?, ''))",
            PEOPLE,
        )
        con.executemany(
            "INSERT INTO waivable_findings (fingerprint, code, centre_number, person_id, other_person_id, "
            "qualification_code, unit_code, option_code) "
            "VALUES ($1 || ' ' || $3, $1, $2, $3, nullif($4, ''), nullif($5, ''), nullif($6, ''), nullif($7, ''))",
            FOUND,
        )
        for folder, name in (("joins", "local_people"), ("findings", "waiver_hits")):
            query = load_sql_file(resources.sql() / folder / f"{name}.sql").query
            con.execute(f"INSERT INTO {name} SELECT * FROM ({query})")
        return {one for (one,) in con.execute("SELECT fingerprint FROM waiver_hits").fetchall()}
    finally:
        con.execute("ROLLBACK")
        con.close()


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ("missing_uci,99999,,0042,,,", {"missing_uci ada"}),
        ("missing_uci,99999,,,,,", {"missing_uci ada", "missing_uci ben", "missing_uci cyd"}),
        ("missing_uci,,00000042,,,,", {"missing_uci ada"}),
        # 0042 is somebody at each centre: without the centre it is nobody
        ("missing_uci,,,0042,,,", set()),
        # a spreadsheet drops zeros
        ("missing_uci,99999,42,42,,,", {"missing_uci ada"}),
        # a UCI without its check letter
        ("missing_uci,,,,999990250042,,", {"missing_uci ada"}),
        # the strong number decides; a candidate number of somebody else beside it does not
        ("missing_uci,99999,00000042,0043,,,", {"missing_uci ada"}),
        # two strong numbers of two people: nobody is meant
        ("missing_uci,99999,00000043,,999990250042X,,", set()),
        # one UCI on two people; the candidate number tells them apart
        ("missing_uci,99999,,,999990250099W,,", set()),
        ("missing_uci,99999,,0099,999990250099W,,", {"missing_uci cyd"}),
        # nobody has it
        ("missing_uci,,12345678,,,,", set()),
        ("missing_uci,99998,,0043,,,", set()),
        # a finding about two people is about both
        ("possible_duplicate_person,,00000042,,,,", {"possible_duplicate_person ben"}),
        # a unit's findings, however its code is spelled
        ("entry_without_result,,,,,,05838-01", {"entry_without_result ada"}),
        ("entry_without_result,,,,,,583801", {"entry_without_result ada"}),
        ("entry_without_result,,,,,,05838/02", set()),
        ("entry_without_result,,,,,05839,", set()),
        ("award_missing,,,,,5839,", {"award_missing ada"}),
    ],
)
def test_a_code_covers_what_every_other_column_fits(scope: str, covered: set[str], tmp_path: Path) -> None:
    assert _covered(tmp_path, f"w1,,{scope},r,A,2026-08-01,2026-08-31") == covered


def test_an_old_candidate_number_that_is_somebody_elses_now_means_the_one_who_has_it_now(tmp_path: Path) -> None:
    row = "w1,,missing_uci,99999,,0042,,,,r,A,{},2027-08-31"
    assert _covered(tmp_path, row.format("2026-08-01")) == {"missing_uci ada"}
    # given in the autumn about the summer
    assert _covered(tmp_path, row.format("2026-11-01")) == {"missing_uci ada"}
    assert _covered(tmp_path, row.format("2024-08-01")) == {"missing_uci ben"}
    assert _covered(tmp_path, row.format("2029-08-01")) == set()


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2026-08-12T08:30", "live"), ("2026-08-12T23:59", "live"), ("2026-08-13T00:01", "expired")],
)
def test_the_last_day_counts_to_its_end_and_the_next_does_not(as_of: str, state: str, tmp_path: Path) -> None:
    _write(tmp_path, "w1,,missing_uci,,,0777,,,,r,A,2026-08-01,2026-08-12")
    _run(tmp_path, as_of)
    assert _states(tmp_path) == {"w1": state}
    found = _table(tmp_path, "discrepancies")
    assert found.filter(code="missing_uci", candidate_number="0777")["state"].to_list() == [
        "waived" if state == "live" else "open"
    ]
    said = found.filter(code="waiver_expired")
    assert said["key"].to_list() == ([] if state == "live" else ["99999·w1"])
    assert set(said["severity"]) <= {"warning"}


def test_a_waiver_that_runs_out_makes_another_run_of_the_same_files(tmp_path: Path) -> None:
    _write(tmp_path, "w1,,missing_uci,,,0777,,,,r,A,2026-08-01,2026-08-10")
    first = _run(tmp_path)
    assert _run(tmp_path, "2026-08-10T18:00")["identity"] == first["identity"]
    assert _run(tmp_path, "2026-08-11T08:30")["identity"] != first["identity"]


def test_without_the_file_and_with_its_header_alone_the_run_is_the_same(tmp_path: Path) -> None:
    first = _run(tmp_path)
    _write(tmp_path)
    again = _run(tmp_path)
    assert again["is_unchanged"]
    _write(tmp_path, "w1,,missing_uci,,,0777,,,,r,A,2026-08-01,2026-08-31")
    assert _run(tmp_path)["identity"] != first["identity"]


BAD_ROWS = [
    (",missing_uci,,,,,,,r,A,2026-08-01,2026-08-31", "unusable", "at least one more column"),
    (",,99999,,,,,,r,A,2026-08-01,2026-08-31", "unusable", "neither a fingerprint nor a code"),
    (",no_such_code,99999,,,,,,r,A,2026-08-01,2026-08-31", "unusable", "no such code"),
    (",waiver_expired,99999,,,,,,r,A,2026-08-01,2026-08-31", "unusable", "cannot be waived"),
    ("zz,,99999,,,,,,r,A,2026-08-01,2026-08-31", "unusable", "sixteen"),
    (",missing_uci,99999,,,,,,,A,2026-08-01,2026-08-31", "unusable", "reason is blank"),
    (",missing_uci,99999,,,,,,r,,2026-08-01,2026-08-31", "unusable", "waived_by is blank"),
    (",missing_uci,99999,,42x,,,,r,A,2026-08-01,2026-08-31", "unusable", "four digits"),
    (",missing_uci,99999,,,,,,r,A,2026-08-01,2026-08-31,more", "unusable", "more cells"),
    (",missing_uci,99999,,,,,,r,A,2026-08-01,", "badly_dated", "expires_on is blank"),
    (",missing_uci,99999,,,,,,r,A,2026-08-01,31.8.26", "badly_dated", "not a date"),
    (",missing_uci,99999,,,,,,r,A,2026-08-31,2026-08-30", "badly_dated", "before the day"),
    ("0123456789abcdef,,,,,,,,r,A,2026-08-01,2026-08-31", "unused", "covers nothing"),
    (",missing_uci,,,9999,,,,r,A,2026-08-01,2026-08-31", "unused", "nobody"),
]


def test_a_row_that_does_not_count_is_a_finding_and_waives_nothing(tmp_path: Path) -> None:
    _write(tmp_path, *(f"w{place},{row}" for place, (row, _, _) in enumerate(BAD_ROWS)))
    _run(tmp_path)
    found = _table(tmp_path, "discrepancies")
    assert "waived" not in set(found["state"])
    assert _states(tmp_path) == {f"w{place}": state for place, (_, state, _) in enumerate(BAD_ROWS)}
    said = {one["key"].split("·")[1].split(":")[0]: one for one in found.filter(code="waiver_expired").to_dicts()}
    assert len(said) == len(BAD_ROWS)
    for place, (_, _, words) in enumerate(BAD_ROWS):
        assert words in said[f"w{place}"]["message"]
        assert said[f"w{place}"]["severity"] == "warning"


@pytest.mark.parametrize(
    "content",
    [b"id,reason\n1,2\n", b"\xff\xfe\x00", HEADER.replace("id,fingerprint", "fingerprint,id").encode() + b"\nx\n"],
)
def test_a_file_that_is_no_table_of_ours_is_one_row_that_says_so_and_nothing_is_added_to_it(
    content: bytes, tmp_path: Path
) -> None:
    path = _write(tmp_path)
    path.write_bytes(content)
    read = read_local(path.parent)
    assert read.waivers.select("line", "id").rows() == [(1, None)]
    assert read.waivers["fault"].null_count() == 0
    refused = _add(tmp_path, "--code", "missing_uci", "--candidate-number", "0777")
    assert refused.code == 2
    assert path.read_bytes() == content


def test_a_file_that_is_no_table_of_ours_stops_no_run_and_is_told(tmp_path: Path) -> None:
    _write(tmp_path).write_bytes(b"id,reason\n1,2\n")
    _run(tmp_path)
    assert _table(tmp_path, "discrepancies").filter(code="waiver_expired")["key"].to_list() == ["99999·waivers.csv:1"]


def test_a_rule_that_had_nothing_to_look_at_makes_no_waiver_of_it_look_unused(tmp_path: Path) -> None:
    _write(tmp_path, "w1,,claim_without_result,,,0777,,,,r,A,2026-08-01,2026-08-31")
    _run(tmp_path)
    assert _states(tmp_path) == {"w1": "not_judged"}
    assert _table(tmp_path, "discrepancies").filter(code="waiver_expired").is_empty()


def test_rows_of_a_centre_that_this_run_is_not_about_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, "w1,,missing_uci,99998,,0777,,,,r,A,2026-08-01,2026-08-31")
    _run(tmp_path)
    assert _states(tmp_path) == {}


def test_a_waiver_holds_when_the_person_comes_to_go_by_another_number(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox)
    entries = inbox / "entries.csv"
    text = entries.read_text(encoding="utf-8")
    # before: no candidate number, so the OCR number stands in the key
    entries.write_text(text.replace("00000808,0808,", "00000808,,"), encoding="utf-8")
    _run(tmp_path / "one", inbox=inbox)
    before = _table(tmp_path / "one", "discrepancies").filter(code="missing_uci", ocr_candidate_number="00000808")
    assert before["key"].to_list() == ["99999·00000808"]
    said = _add(tmp_path / "one", "--fingerprint", before["fingerprint"][0])
    assert said.code == 0, said
    bare = f"w2,{before['fingerprint'][0]},,,,,,,,r,A,2026-08-01,2026-08-31"
    for data, rows in (("one", ()), ("two", (bare,))):
        if rows:
            _write(tmp_path / data, *rows)
        entries.write_text(text, encoding="utf-8")
        _run(tmp_path / data, inbox=inbox)
        after = _table(tmp_path / data, "discrepancies").filter(code="missing_uci", ocr_candidate_number="00000808")
        assert after["key"].to_list() == ["99999·0808"]
        assert after["state"].to_list() == ["waived"]
        assert set(_states(tmp_path / data).values()) == {"live"}


def test_add_repeats_the_finding_and_list_and_remove_keep_every_other_row_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(published(), data, symlinks=True)
    one = _finding("missing_uci", "0777")
    path = data / "local" / "waivers.csv"
    path.parent.mkdir()
    kept = f'\ufeff{HEADER}\r\nmine,,file_refused,99999,,,,,,"two\r\nlines, kept",me,2026-08-01,31/08/2026'
    path.write_bytes(kept.encode())
    added = _add(data, "--fingerprint", one["fingerprint"])
    assert added.out == f"added W20260801-1, line 4 of {path}\n"
    assert path.read_bytes().startswith(kept.encode() + b"\r\nW20260801-1,")
    (_, row) = csv.DictReader(path.read_text("utf-8-sig").splitlines(keepends=True))
    assert {row[name] for name in ("code", "candidate_number", "ocr_candidate_number")} == {
        "missing_uci",
        "0777",
        "00000777",
    }
    assert _add(data, "--code", "missing_uci", "--candidate-number", "0808").out.startswith("added W20260801-2,")
    assert call("waive", "remove", "W20260801-1", "--data", data).code == 0
    assert [one["id"] for one in json.loads(call("--format", "json", "waive", "list", "--data", data).out)] == [
        "mine",
        "W20260801-2",
    ]
    assert call("waive", "remove", "W20260801-2", "--data", data).code == 0
    assert path.read_bytes() == kept.encode() + b"\r\n"
    missing = call("waive", "remove", "mime", "--data", data)
    assert (missing.code, "Did you mean mine?" in missing.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--code", "missing_ucii", "--centre", "99999"), "Did you mean missing_uci?"),
        (("--code", "missing_uci"), "at least one more column"),
        (("--fingerprint", "0123456789abcdef"), "No finding of the published run"),
        (("--code", "missing_uci", "--candidate-number", "canary"), "four digits"),
    ],
)
def test_what_could_not_be_used_is_not_written(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(published(), data, symlinks=True)
    said = _add(data, *arguments)
    assert said.code == 2
    assert words in said.err
    assert "canary" not in said.err
    assert not (data / "local" / "waivers.csv").exists()


def test_findings_status_and_report_show_the_waived_apart_with_why_and_until_when(tmp_path: Path) -> None:
    _write(tmp_path, "w1,,missing_uci,,,0777,,,,agreed with the board,A. Officer,2026-08-01,2026-08-31")
    _run(tmp_path)
    said = call("findings", "--data", tmp_path, "--code", "missing_uci")
    open_part, waived_part = said.out.split("\nwaived  1 found")
    assert "0777" not in open_part
    assert "0808" in open_part
    assert "99999·0777" in waived_part
    assert "waived by A. Officer to the end of 2026-08-31 (w1): agreed with the board" in waived_part
    assert "1 of them waived" in said.err
    status = call("status", "--data", tmp_path).out
    assert "waived    1 finding by 1 waiver, the next runs out after 2026-08-31\n" in status
    page = (tmp_path / "current" / "reports" / "report.html").read_text(encoding="utf-8")
    section = page.split("<section id=waived ")[1].split("</section>")[0]
    assert "agreed with the board" in section
    assert "Mon 31 Aug" in section


def test_nothing_that_a_waiver_says_of_a_person_is_in_the_manifest_or_on_a_stream(tmp_path: Path) -> None:
    _write(tmp_path, f"w1,,missing_uci,99999,,,{CANARIES[-1]},,,secret words,Who Ever,2026-08-01,2026-08-31")
    said = call("run", "--data", tmp_path, "--inbox", _inbox(), "--as-of", AS_OF, "--centre", "99999")
    manifest = (tmp_path / "current" / "run.json").read_text(encoding="utf-8")
    for canary in (*CANARIES, "secret words", "Who Ever"):
        assert canary not in said.out + said.err + manifest
    assert json.loads(manifest)["local"]["waivers"] == {"unused": 1}


def test_waivers_and_changes_of_version_0_1_0_are_still_read(tmp_path: Path) -> None:
    tables = read_local(FIXTURE)
    assert tables.waivers["fault"].null_count() == 3
    assert tables.manual_changes["fault"].null_count() == 3
    shutil.copytree(FIXTURE, tmp_path / "local")
    _run(tmp_path)
    assert _states(tmp_path) == {"W20260810-1": "live", "W20260810-2": "live", "W20260810-3": "badly_dated"}
    changes = dict(_table(tmp_path, "manual_changes").select("id", "state").iter_rows())
    assert changes == {"M20260810-1": "contradicted", "M20260810-2": "agrees", "M20260810-3": "no_result"}
