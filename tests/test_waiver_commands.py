"""Waivers by command: added, listed, removed; shown apart in what a person reads, and told nowhere else."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.cli_helpers import AS_OF, CANARIES, call, published
from tests.waiver_runs import HEADER, add, finding, run, tiny_inbox, write


def test_add_repeats_the_finding_and_list_and_remove_keep_every_other_row_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(published(), data, symlinks=True)
    one = finding("missing_uci", "0777")
    path = data / "local" / "waivers.csv"
    path.parent.mkdir()
    kept = f'\ufeff{HEADER}\r\nmine,,file_refused,99999,,,,,,"two\r\nlines, kept",me,2026-08-01,31/08/2026'
    path.write_bytes(kept.encode())
    added = add(data, "--fingerprint", one["fingerprint"])
    assert added.out == f"added W20260801-1, line 4 of {path}\n"
    assert path.read_bytes().startswith(kept.encode() + b"\r\nW20260801-1,")
    (_, row) = csv.DictReader(path.read_text("utf-8-sig").splitlines(keepends=True))
    assert {row[name] for name in ("code", "candidate_number", "ocr_candidate_number")} == {
        "missing_uci",
        "0777",
        "00000777",
    }
    assert add(data, "--code", "missing_uci", "--candidate-number", "0808").out.startswith("added W20260801-2,")
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
    said = add(data, *arguments)
    assert said.code == 2
    assert words in said.err
    assert "canary" not in said.err
    assert not (data / "local" / "waivers.csv").exists()


def test_findings_status_and_report_show_the_waived_apart_with_why_and_until_when(tmp_path: Path) -> None:
    write(tmp_path, "w1,,missing_uci,,,0777,,,,agreed with the board,A. Officer,2026-08-01,2026-08-31")
    run(tmp_path, is_whole=True)
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
    write(tmp_path, f"w1,,missing_uci,99999,,,{CANARIES[-1]},,,secret words,Who Ever,2026-08-01,2026-08-31")
    said = call("run", "--data", tmp_path, "--inbox", tiny_inbox(), "--as-of", AS_OF, "--centre", "99999")
    manifest = (tmp_path / "current" / "run.json").read_text(encoding="utf-8")
    for canary in (*CANARIES, "secret words", "Who Ever"):
        assert canary not in said.out + said.err + manifest
    assert json.loads(manifest)["local"]["waivers"] == {"unused": 1}
