"""Those who are measured beside us are measured by the same faults: of known number, and found by our own run."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from benchmarks.peers import polars_bare
from benchmarks.peers.inputs import CODES, make
from tests.cli_helpers import call

ROOT = Path(__file__).parent.parent


def test_our_own_check_and_the_bare_script_find_what_was_planted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = vars(make(tmp_path / "inbox", 2_000))
    assert all(planted[code] > 3 for code in CODES)
    asked = ("--data", tmp_path / "data", "--as-of", "2026-08-10T08:30", "--rules", ",".join(CODES))
    said = call("check", "--inbox", tmp_path / "inbox", *asked, "--format", "json")
    told = json.loads(said.out)
    assert {code: ran["found"] for code, ran in told["rules"].items()} == planted
    assert told["sums"]["lines"]["rejected"] == 0

    (tmp_path / "out").mkdir()
    polars_bare.main(tmp_path / "inbox", tmp_path / "out")
    assert json.loads(capsys.readouterr().out) == planted
    results = pl.read_parquet(tmp_path / "out" / "results.parquet")
    assert len(results) >= 2_000
    first = results.filter(pl.col("candidate_number") == "0001", pl.col("option_code") == "583802").row(0, named=True)
    assert (first["file"], first["line"], first["series"]) == ("R9999972.X01", 4, "6E26")
    assert (str(first["mark"]), first["grade"]) == ("50.00", "P")


def test_what_the_others_need_is_in_a_group_that_nothing_of_ours_is_in() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'conflicts = [[{ group = "dev" }, { group = "peers" }]]' in text
    for path in [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")]:
        assert "import pandas" not in path.read_text(encoding="utf-8")
