"""The tiny centre run with a waivers.csv, written by hand or by `waive add`, and what came of it."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl

from pipelines.local_files import WAIVERS
from tests import narrow
from tests.cli_helpers import AS_OF, Said, call, published, write_inbox

HEADER = ",".join(WAIVERS.columns)
CODES = ("claim_without_result", "missing_uci", "waiver_expired")
HAND_MADE = ("--reason", "asked in July", "--by", "A. Officer", "--on", "2026-08-01", "--expires", "2026-08-31")


@cache
def tiny_inbox() -> Path:
    """The inbox of the tiny centre, made once."""
    folder = Path(mkdtemp(prefix="resultsday-waivers-")) / "inbox"
    write_inbox(folder)
    return folder


def run(data: Path, as_of: str = AS_OF, inbox: Path | None = None, is_whole: bool = False) -> dict[str, Any]:
    """Its manifest, after a run over an inbox, the tiny one unless said; of the rules waived here, or whole."""
    asked = ("--inbox", inbox or tiny_inbox(), "--as-of", as_of, "--centre", "99999", "--format", "json")
    with nullcontext() if is_whole else narrow.only(*CODES):
        said = call("run", "--data", data, *asked)
    assert said.code == 0, said
    return dict(json.loads(said.out))


def table(data: Path, name: str) -> pl.DataFrame:
    """A table of the published run."""
    return pl.read_parquet(data / "current" / "tables" / f"{name}.parquet")


def write(data: Path, *rows: str) -> Path:
    """A waivers.csv of these rows; gives its path."""
    path = data / "local" / "waivers.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def states(data: Path) -> dict[str, str]:
    """Each waiver with what the run said of it."""
    return dict(table(data, "waivers").select("id", "state").iter_rows())


def finding(code: str, number: str) -> dict[str, Any]:
    """The one finding of this code about this candidate number, where nothing is waived."""
    found = table(published(), "discrepancies").filter(code=code, candidate_number=number)
    assert found.height == 1
    return found.row(0, named=True)


def add(data: Path, *arguments: str) -> Said:
    """What `waive add` says."""
    return call("waive", "add", "--data", data, *arguments, *HAND_MADE)
