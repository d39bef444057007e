"""The three Mondays of the sample in one data folder, run once for all tests that look at them."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines.config import Config
from pipelines.run import Options, Outcome, run
from tests import narrow
from tests.cli_helpers import call
from tests.sample_run import CENTRES, SAMPLE

if TYPE_CHECKING:
    from types import ModuleType


@cache
def walk() -> ModuleType:
    """The script that lays the Mondays out; it is no module of the program."""
    path = SAMPLE / "three_mondays.py"
    spec = importlib.util.spec_from_file_location("sample_three_mondays", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@dataclass
class Monday:
    """One Monday: what a preview said of it and left behind, and the run."""

    day: str
    outcome: Outcome
    preview: dict[str, Any] = field(default_factory=dict)
    untouched: bool = True
    said: str = ""

    @property
    def folder(self) -> Path:
        """The published run's folder."""
        assert self.outcome.folder is not None
        return self.outcome.folder

    def table(self, name: str) -> pl.DataFrame:
        """One of its tables."""
        return pl.read_parquet(self.folder / "tables" / f"{name}.parquet")

    def rows(self, name: str) -> list[dict[str, str]]:
        """A CSV of this Monday's folder, blank cells as empty text."""
        with (SAMPLE / "weeks" / self.day / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@dataclass
class Three:
    """The data folder, its Mondays, and a run more over the last one's files."""

    place: Path
    mondays: list[Monday]
    once_more: Outcome


def _state(place: Path) -> dict[str, int]:
    kept = [path for path in place.rglob("*") if "cache" not in path.relative_to(place).parts]
    return {path.relative_to(place).as_posix(): path.lstat().st_mtime_ns for path in kept}


def _run(place: Path, day: str) -> Outcome:
    moment = walk().as_of(day)
    return run(Options((place / "inbox",), place, moment, Config(centres=CENTRES), is_sample=True))


@cache
def three() -> Three:
    """Every Monday looked at before it is taken in, as the README tells it; then the last one's files once more."""
    place = Path(mkdtemp(prefix="resultsday-mondays-"))
    mondays: list[Monday] = []
    for day in walk().days():
        walk().lay_out(place, day)
        preview, untouched, said = {}, True, ""
        if mondays:
            before = _state(place)
            asked = ("--inbox", place / "inbox", "--data", place, "--as-of", f"{day}T08:30", "--format", "json")
            with narrow.without_reports():  # it writes into a folder that nobody sees
                told = call("diff", *asked)
            assert told.code == 0, told.err
            preview, untouched, said = json.loads(told.out), _state(place) == before, told.err
        mondays.append(Monday(day, _run(place, day), preview, untouched, said))
    return Three(place, mondays, _run(place, mondays[-1].day))
