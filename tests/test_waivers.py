"""Waivers: for how long they hold, who is held no longer, what is said of those that do not count."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines.local_files import read_local
from tests.cli_helpers import published, write_inbox
from tests.waiver_runs import HEADER, add, finding, run, states, table, write

FIXTURE = Path(__file__).parent / "fixtures" / "local_0_1_0"


def test_a_waived_error_stays_in_the_tables_and_holds_nobody(tmp_path: Path) -> None:
    before = finding("missing_uci", "0777")
    held = dict(table(published(), "readiness").select("person_id", "readiness").iter_rows())
    assert held[before["person_id"]] == "hold"
    errors = table(published(), "discrepancies").filter(person_id=before["person_id"], severity="error")
    # what follows from the missing UCI is waived by its own rows, not by the root's
    write(tmp_path, *(f"w{i},{one},,,,,,,,r,A,2026-08-01,2026-08-31" for i, one in enumerate(errors["fingerprint"])))
    manifest = run(tmp_path, is_whole=True)
    after = table(tmp_path, "discrepancies").filter(person_id=before["person_id"], severity="error")
    assert sorted(after["fingerprint"]) == sorted(errors["fingerprint"])
    assert set(after["state"]) == {"waived"}
    now = dict(table(tmp_path, "readiness").select("person_id", "readiness").iter_rows())
    assert now[before["person_id"]] != "hold"
    assert manifest["findings"]["by_severity"]["error"]["waived"] == errors.height


def test_what_follows_from_a_waived_finding_is_open_and_stands_for_itself(tmp_path: Path) -> None:
    root = finding("missing_uci", "0777")
    following = table(published(), "discrepancies").filter(root=root["fingerprint"])
    assert following.height
    write(tmp_path, f"w1,{root['fingerprint']},,,,,,,,r,A,2026-08-01,2026-08-31")
    run(tmp_path, is_whole=True)
    found = table(tmp_path, "discrepancies")
    assert found.filter(fingerprint=root["fingerprint"])["state"].to_list() == ["waived"]
    again = found.filter(pl.col("fingerprint").is_in(following["fingerprint"].to_list()))
    assert set(again["state"]) <= {"open", "pending"}
    assert again["root"].null_count() == again.height
    hold = table(tmp_path, "readiness").filter(person_id=root["person_id"])
    assert hold["readiness"].to_list() == ["hold"]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2026-08-12T08:30", "live"), ("2026-08-12T23:59", "live"), ("2026-08-13T00:01", "expired")],
)
def test_the_last_day_counts_to_its_end_and_the_next_does_not(as_of: str, state: str, tmp_path: Path) -> None:
    write(tmp_path, "w1,,missing_uci,,,0777,,,,r,A,2026-08-01,2026-08-12")
    run(tmp_path, as_of)
    assert states(tmp_path) == {"w1": state}
    found = table(tmp_path, "discrepancies")
    assert found.filter(code="missing_uci", candidate_number="0777")["state"].to_list() == [
        "waived" if state == "live" else "open"
    ]
    said = found.filter(code="waiver_expired")
    assert said["key"].to_list() == ([] if state == "live" else ["99999·w1"])
    assert set(said["severity"]) <= {"warning"}


def test_a_waiver_that_runs_out_makes_another_run_of_the_same_files(tmp_path: Path) -> None:
    write(tmp_path, "w1,,missing_uci,,,0777,,,,r,A,2026-08-01,2026-08-10")
    first = run(tmp_path)
    assert run(tmp_path, "2026-08-10T18:00")["identity"] == first["identity"]
    assert run(tmp_path, "2026-08-11T08:30")["identity"] != first["identity"]


def test_without_the_file_and_with_its_header_alone_the_run_is_the_same(tmp_path: Path) -> None:
    first = run(tmp_path)
    write(tmp_path)
    again = run(tmp_path)
    assert again["is_unchanged"]
    write(tmp_path, "w1,,missing_uci,,,0777,,,,r,A,2026-08-01,2026-08-31")
    assert run(tmp_path)["identity"] != first["identity"]


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
    write(tmp_path, *(f"w{place},{row}" for place, (row, _, _) in enumerate(BAD_ROWS)))
    run(tmp_path)
    found = table(tmp_path, "discrepancies")
    assert "waived" not in set(found["state"])
    assert states(tmp_path) == {f"w{place}": state for place, (_, state, _) in enumerate(BAD_ROWS)}
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
    path = write(tmp_path)
    path.write_bytes(content)
    read = read_local(path.parent)
    assert read.waivers.select("line", "id").rows() == [(1, None)]
    assert read.waivers["fault"].null_count() == 0
    refused = add(tmp_path, "--code", "missing_uci", "--candidate-number", "0777")
    assert refused.code == 2
    assert path.read_bytes() == content


def test_a_file_that_is_no_table_of_ours_stops_no_run_and_is_told(tmp_path: Path) -> None:
    write(tmp_path).write_bytes(b"id,reason\n1,2\n")
    run(tmp_path)
    assert table(tmp_path, "discrepancies").filter(code="waiver_expired")["key"].to_list() == ["99999·waivers.csv:1"]


def test_a_rule_that_had_nothing_to_look_at_makes_no_waiver_of_it_look_unused(tmp_path: Path) -> None:
    write(tmp_path, "w1,,claim_without_result,,,0777,,,,r,A,2026-08-01,2026-08-31")
    run(tmp_path)
    assert states(tmp_path) == {"w1": "not_judged"}
    assert table(tmp_path, "discrepancies").filter(code="waiver_expired").is_empty()


def test_rows_of_a_centre_that_this_run_is_not_about_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "w1,,missing_uci,99998,,0777,,,,r,A,2026-08-01,2026-08-31")
    run(tmp_path)
    assert states(tmp_path) == {}


def test_a_waiver_holds_when_the_person_comes_to_go_by_another_number(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox)
    entries = inbox / "entries.csv"
    text = entries.read_text(encoding="utf-8")
    # before: no candidate number, so the OCR number stands in the key
    entries.write_text(text.replace("00000808,0808,", "00000808,,"), encoding="utf-8")
    run(tmp_path / "one", inbox=inbox)
    before = table(tmp_path / "one", "discrepancies").filter(code="missing_uci", ocr_candidate_number="00000808")
    assert before["key"].to_list() == ["99999·00000808"]
    said = add(tmp_path / "one", "--fingerprint", before["fingerprint"][0])
    assert said.code == 0, said
    bare = f"w2,{before['fingerprint'][0]},,,,,,,,r,A,2026-08-01,2026-08-31"
    for data, rows in (("one", ()), ("two", (bare,))):
        if rows:
            write(tmp_path / data, *rows)
        entries.write_text(text, encoding="utf-8")
        run(tmp_path / data, inbox=inbox)
        after = table(tmp_path / data, "discrepancies").filter(code="missing_uci", ocr_candidate_number="00000808")
        assert after["key"].to_list() == ["99999·0808"]
        assert after["state"].to_list() == ["waived"]
        assert set(states(tmp_path / data).values()) == {"live"}


def test_waivers_and_changes_of_version_0_1_0_are_still_read(tmp_path: Path) -> None:
    tables = read_local(FIXTURE)
    assert tables.waivers["fault"].null_count() == 3
    assert tables.manual_changes["fault"].null_count() == 3
    shutil.copytree(FIXTURE, tmp_path / "local")
    run(tmp_path, is_whole=True)
    assert states(tmp_path) == {"W20260810-1": "live", "W20260810-2": "live", "W20260810-3": "badly_dated"}
    changes = dict(table(tmp_path, "manual_changes").select("id", "state").iter_rows())
    assert changes == {"M20260810-1": "contradicted", "M20260810-2": "agrees", "M20260810-3": "no_result"}
