"""A rehearsal: the centre is made, the real run reads it, and what it found is held against what was planted.

Takes a folder and a wish; leaves `inbox/`, `data/`, `planted.csv`, `quiet.csv` and `as_of.txt` in the folder, gives the
comparison of each Monday. Promises that the run is the one that every school has, and that it is marked as a sample.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines import files
from pipelines.rehearsal import comparing
from pipelines.rehearsal.comparing import Comparison, Row
from pipelines.rehearsal.making import Wish, make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.run import Outcome

LONDON = ZoneInfo("Europe/London")
_LINE = b"\n"


@dataclass(frozen=True)
class Monday:
    """One Monday: by when its run judged, and how found and planted compare."""

    as_of: str
    comparison: Comparison


@dataclass(frozen=True)
class Rehearsed:
    """How it went."""

    mondays: tuple[Monday, ...]
    quiet: int  #: students of whom nothing may be said
    centres: tuple[str, ...]


def rehearse(place: Path, wish: Wish, has_weeks: bool, tell: Callable[[str], None]) -> Rehearsed:
    """Make the centre in a folder, run, and compare. Raises what a run raises."""
    weeks, quiet = _lay_out(place, wish, tell)
    known = comparing.quiet_uci(quiet)
    if len(quiet) > wish.students:
        tell("Students who have a story of their own are always there.")
    count = sum(path.is_file() for path in (place / "inbox").rglob("*"))
    tell(f"The centre is made: {len(quiet):,} quiet students, {count:,} files.")
    as_of = (place / "as_of.txt").read_text(encoding="ascii").strip()
    outcome = _run(place, as_of, wish)
    found = _said(outcome)
    mondays = [Monday(as_of, comparing.compared(_rows((place / "planted.csv").read_bytes()), found, known))]
    for day in sorted({name.split("/")[1] for name in weeks}) if has_weeks else ():
        tell(f"{as_of} is read; on to {day}.")
        part = {name.split("/", 2)[2]: data for name, data in weeks.items() if name.startswith(f"weeks/{day}/")}
        _next_monday(place, part)
        as_of = part["as_of.txt"].decode("ascii").strip()
        before, outcome = outcome, _run(place, as_of, wish)
        planted = _rows(part["planted.csv"])
        # of whom something is planted now is not quiet any more
        known -= {uci for row in planted for uci in row["uci"].split()}
        found = [*_said(outcome), *_resolved(outcome, before)]
        mondays.append(Monday(as_of, comparing.compared_since(planted, found, known)))
    return Rehearsed(tuple(mondays), len(quiet), wish.centres)


def _rows(data: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def _lay_out(place: Path, wish: Wish, tell: Callable[[str], None]) -> tuple[dict[str, bytes], list[Row]]:
    """Write the first Monday; give the files of those after, and who is quiet."""
    weeks: dict[str, bytes] = {}
    quiet = b""
    for made in make(wish):
        quiet += made.pop("quiet.csv")
        if wish.further:
            tell(f"{quiet.count(_LINE) - 1:,} of {wish.students:,} students are made.")
        weeks |= {name: data for name, data in made.items() if name.startswith("weeks/")}
        _write(place, {name: data for name, data in made.items() if name not in weeks})
    _write(place, {"quiet.csv": quiet})
    return weeks, _rows(quiet)


def _write(place: Path, made: dict[str, bytes]) -> None:
    for name, data in made.items():
        path = place / name
        files.make_folder(path.parent)
        files.write_bytes(path, data)


def _next_monday(place: Path, part: dict[str, bytes]) -> None:
    """Lay the files of a Monday over those of the one before, and take away what is gone."""
    _write(place, {name: data for name, data in part.items() if name.startswith("inbox/")})
    _write(place / "data", {name: data for name, data in part.items() if name.startswith("local/")})
    _write(place, {"planted.csv": part["planted.csv"], "as_of.txt": part["as_of.txt"]})
    for name in part["gone.txt"].decode("ascii").splitlines():
        files.remove(place / "inbox" / name)


def _run(place: Path, as_of: str, wish: Wish) -> Outcome:
    from pipelines.config import Config
    from pipelines.run import Options, run

    moment = datetime.fromisoformat(as_of).replace(tzinfo=LONDON)
    return run(Options((place / "inbox",), place / "data", moment, Config(centres=wish.centres), is_sample=True))


def _said(outcome: Outcome) -> list[Row]:
    import polars as pl

    tables = _folder(outcome) / "tables"
    return comparing.said(
        pl.read_parquet(tables / "discrepancies.parquet"), pl.read_parquet(tables / "candidates.parquet")
    )


def _resolved(outcome: Outcome, before: Outcome) -> list[Row]:
    """Findings of the Monday before that a run says are resolved."""
    import polars as pl

    history = pl.read_parquet(_folder(outcome) / "tables" / "finding_history.parquet")
    gone = set(history.filter(pl.col("state") == "resolved")["fingerprint"].to_list())
    return [row | {"change": "resolved"} for row in _said(before) if row["fingerprint"] in gone]


def _folder(outcome: Outcome) -> Path:
    if outcome.folder is None:
        raise RuntimeError("a rehearsal publishes its run, in its own folder")
    return outcome.folder
