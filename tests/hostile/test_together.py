"""All bad files in one inbox, through the whole program: sums, tables, reports and what a terminal is shown."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.cli_helpers import AS_OF, Said, call, write_inbox
from tests.cli_helpers import CANARIES as GOOD_CANARIES
from tests.hostile.corpus import CANARIES, HEAVY, MAKERS, expected
from tests.hostile.test_each import CONTROLS

#: the three inboxes are run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("hostile")

#: tables that say something of files, or of what was not looked at for want of one
ABOUT_FILES = {"files", "coverage", "file_board", "rules_run", "finding_history", "rejects", "discrepancies"}
ABOUT_FILES_CODES = "^file_|^row_rejected$|^value_repaired$"
UNUSED = [name for name, one in expected().items() if one.status in ("refused", "ignored") and name != "zip_slip"]


@dataclass(frozen=True)
class Ran:
    """A run: its place, what it said, and the folder it published."""

    place: Path
    said: Said

    @property
    def folder(self) -> Path:
        return (self.place / "data" / "current").resolve()

    @property
    def manifest(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        return told

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "tables" / f"{name}.parquet")


def ran(place: Path, *names: str) -> Ran:
    write_inbox(place / "inbox")
    for name in names:
        MAKERS[name](place / "inbox")
    arguments = ("--inbox", place / "inbox", "--data", place / "data", "--as-of", AS_OF, "--centre", "99999")
    return Ran(place, call("--debug", "run", *arguments))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return ran(tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return ran(tmp_path_factory.mktemp("beside"), *UNUSED)


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return ran(tmp_path_factory.mktemp("every"), *MAKERS)


def test_what_cannot_be_used_changes_no_table_but_those_about_files(alone: Ran, beside: Ran) -> None:
    assert beside.said.code == alone.said.code == 0, beside.said
    for path in sorted((alone.folder / "tables").iterdir()):
        if path.stem not in ABOUT_FILES:
            assert beside.table(path.stem).equals(alone.table(path.stem)), path.stem
    found = [
        one.table("discrepancies").filter(~pl.col("code").str.contains(ABOUT_FILES_CODES)).select("code", "key").rows()
        for one in (alone, beside)
    ]
    assert found[0] == found[1]


def test_every_file_is_accounted_for_and_the_sums_agree(every: Ran) -> None:
    assert every.said.code == 0, every.said
    files = every.manifest["sums"]["files"]
    assert files["received"] == files["read"] + files["refused"] + files["repeated"] + files["ignored"]
    assert files["received"] >= len(MAKERS) + 4
    lines = every.manifest["sums"]["lines"]
    assert lines["lines"] == lines["framing"] + lines["kept"] + lines["rejected"]
    assert every.manifest["sums"]["statements"]["kept"] == every.manifest["sums"]["statements"]["in_tables"]


def test_the_statements_of_the_good_files_are_the_same_beside_all(alone: Ran, every: Ran) -> None:
    ids = alone.table("files").filter(pl.col("status") == "read")["file_id"].to_list()
    for name in ("results_by_carrier", "entries"):
        rows = [
            one.table(name).filter(pl.col("file_id").is_in(ids)).select("file_id", "line", "candidate_number")
            for one in (alone, every)
        ]
        assert rows[0].height
        assert sorted(rows[0].rows(), key=repr) == sorted(rows[1].rows(), key=repr), name


def test_a_terminal_is_sent_no_control_character_and_no_name(every: Ran) -> None:
    data = ("--data", every.place / "data")
    told = [every.said, call("--debug", "status", *data), call("status", *data)]
    for said in told:
        assert said.code == 0, said
        assert not CONTROLS.search(said.out + said.err)
        assert not any(name in said.out + said.err for name in (*CANARIES, *GOOD_CANARIES))
    for arguments in (("findings",), ("query", "FROM entries"), ("query", "FROM rejects"), ("query", "FROM files")):
        said = call(*arguments, *data)
        assert said.code == 0, said
        assert not CONTROLS.search(said.out + said.err), arguments


def test_the_page_runs_nothing_that_stood_in_a_file(every: Ran) -> None:
    for name in ("report.html", "summary.html"):
        page = (every.folder / "reports" / name).read_text(encoding="utf-8")
        assert not re.search(r"<script>alert|<img|onerror=alert\(2\)>|<[^>]*onmouseover", page, re.IGNORECASE), name
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page), name
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page), name
        assert not re.search(r"""(?:src|href)=["']?http""", page), name


def test_no_cell_of_a_report_is_a_formula(every: Ran) -> None:
    csv.field_size_limit(4 << 20)  # the evidence of a finding is a whole line, however long
    for path in sorted((every.folder / "reports").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
        # a number may begin with its sign
        assert not [cell for cell in cells if re.match(r"[=@\t\r]|[+-](?!\d+(\.\d+)?$)", cell)], path.name
    for path in sorted((every.folder / "reports").rglob("*.xlsx")):
        with zipfile.ZipFile(path) as book:
            for member in book.namelist():
                text = book.read(member).decode("utf-8")
                assert "<f>" not in text
                assert 'TargetMode="External"' not in text, member


def test_nothing_is_written_outside_the_data_folder(every: Ran) -> None:
    assert {path.name for path in every.place.iterdir()} == {"inbox", "data"}
    assert not list(every.place.rglob("pwned"))
    assert not list(every.place.rglob("*slipped*"))
    again = every.place.parent / "inbox-again"
    again.mkdir()
    for name, make in MAKERS.items():
        if not name.startswith(("link", "pipe", "zip_lying", "loop")):
            make(again)
    for path in again.iterdir():
        mine = every.place / "inbox" / path.name
        digests = [hashlib.sha256(one.read_bytes()).digest() for one in (path, mine)]
        assert digests[0] == digests[1], path.name


PROGRAM = """
import resource, sys
from pipelines import cli
try:
    cli.main()
except SystemExit as end:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, end.code)
"""


@pytest.mark.parametrize("name", HEAVY)
def test_a_line_of_100_million_bytes_is_refused_within_bounds(name: str, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    write_inbox(tmp_path / "inbox")
    HEAVY[name](tmp_path / "inbox")
    arguments = [
        "run",
        "--inbox",
        tmp_path / "inbox",
        "--data",
        tmp_path / "data",
        "--as-of",
        AS_OF,
        "--centre",
        "99999",
    ]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=True
    )
    kilobytes, code = map(int, done.stdout.splitlines()[-1].split())
    assert code == 0
    assert kilobytes < 2_000_000
    refused = [one for one in Ran(tmp_path, Said(0, "", "")).manifest["inputs"] if one["status"] == "refused"]
    assert sorted(one["name"] for one in refused) == ["line.csv", "notes.csv"]
