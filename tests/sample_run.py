"""One published run of the shipped sample, made once for all tests that look at it."""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.config import Config
from pipelines.run import Options, Outcome, run

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
CENTRES = ("99998", "99999")


def as_of() -> datetime:
    """The moment the sample pins."""
    text = (SAMPLE / "as_of.txt").read_text(encoding="utf-8").strip()
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


def options(data: Path, **changes: Any) -> Options:
    """What `make results` asks for when there is nothing but the sample."""
    wanted: dict[str, Any] = {
        "inboxes": (SAMPLE / "inbox",),
        "data": data,
        "as_of": as_of(),
        "config": Config(centres=CENTRES),
        "is_sample": True,
    }
    return Options(**{**wanted, **changes})


@cache
def outcome() -> Outcome:
    """The run; it lies in a temporary folder for as long as the tests go on."""
    return run(options(Path(mkdtemp(prefix="resultsday-sample-"))))


def folder() -> Path:
    """The published run's folder."""
    found = outcome().folder
    assert found is not None
    return found


def table(name: str) -> pl.DataFrame:
    """One of its tables."""
    return pl.read_parquet(folder() / "tables" / f"{name}.parquet")


def rows(name: str) -> list[dict[str, str]]:
    """A CSV of the sample (`planted`, `quiet`), blank cells as empty text."""
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
