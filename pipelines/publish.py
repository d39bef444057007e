"""Stage 6: publish. Takes a run folder that has been built, makes it the published run in one step.

Promises: a run is named by its start and never changed once named; before `current` is switched the run is
read back (its manifest parses, every table has the rows the manifest says); whatever fails, `current` is the
old run or the new one, whole. A run folder without a readable `run.json` is no run, and neither is one whose
publication was cut off: a note says which is being published, so that the next run takes it away, and nothing is ever
compared with what nobody was shown.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines import files
from pipelines.errors import DiskError, SumsError

MANIFEST = "run.json"
PUBLISHING = ".publishing"  #: in `runs/`: the name of the run that is about to become the published one


@dataclass(frozen=True)
class PublishedRun:
    """A run that is whole, with what its manifest says."""

    name: str
    folder: Path
    manifest: dict[str, Any]


def run_name(data: Path, started_at: datetime) -> str:
    """Name a run by its start in UTC: `20260810T070123Z`, with `-2` where that second is taken."""
    stem = started_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    name, number = stem, 1
    while (data / files.RUNS / name).exists():
        number += 1
        name = f"{stem}-{number}"
    return name


def build_folder(data: Path, started_at: datetime) -> Path:
    """Make the empty hidden folder beside the runs in which one is built."""
    folder = data / files.RUNS / f"{files.BUILDING}{run_name(data, started_at)}"
    files.remove(folder)
    return files.make_folder(folder)


def discard(building: Path) -> None:
    """Delete a run that is not to be published: a dry run, or one that equals the last."""
    files.remove(building)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write `run.json`: keys sorted, indented, so that two runs can be compared line by line."""
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    files.write_text(folder / MANIFEST, f"{text}\n")


def publish(building: Path, data: Path, name: str, rows: Mapping[str, int] | None = None) -> PublishedRun:
    """Name the run, read it back, and make it the published one.

    `rows` is the number of rows of each table of `tables/`; every one must be there with as many. Raises
    `SumsError` where one is not: the run is deleted and the old one stays published. Raises `DiskError`
    where the disk fails.
    """
    folder = data / files.RUNS / name
    if folder.exists():  # another run's: before the note says it is ours
        raise FileExistsError(errno.EEXIST, "already there", str(folder))
    note = data / files.RUNS / PUBLISHING
    try:
        files.write_text(note, f"{name}\n")
        files.replace_folder(building, folder)
        manifest = _read_back(folder, rows or {})
        files.switch_current(data, name)
    except BaseException:
        # Past the switch only `current.txt` can have failed: the run is published and must stay.
        with suppress(OSError, DiskError):
            settle(data)
        raise
    with suppress(OSError, DiskError):
        files.remove(note)  # one that stays names the published run, and is taken away by the next
    return PublishedRun(folder.name, folder, manifest)


def settle(data: Path) -> None:
    """Take away a run whose publication was cut off between its naming and the switch; only under the lock."""
    cut_off = _cut_off(data)
    if cut_off is not None and cut_off.exists():
        files.remove_folder(cut_off)
    files.remove(data / files.RUNS / PUBLISHING)


def _cut_off(data: Path) -> Path | None:
    """The folder of the run that the note names, unless it is the published one by now."""
    try:
        name = (data / files.RUNS / PUBLISHING).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
    if not name or name.startswith(".") or Path(name).name != name:
        return None
    folder = data / files.RUNS / name
    return None if files.current_run(data) == folder else folder


def _read_back(folder: Path, rows: Mapping[str, int]) -> dict[str, Any]:
    # Only publishing pays for this import.
    import polars as pl

    todo = "Nothing was published and the run before stays. Run again; if it recurs, check the drive."
    manifest = _manifest(folder)
    if manifest is None:
        raise SumsError(f"{folder.name}: {MANIFEST} cannot be read back.", todo)
    for table, expected in sorted(rows.items()):
        path = folder / "tables" / f"{table}.parquet"
        try:
            found = pl.scan_parquet(path).select(pl.len()).collect().item()
        except (OSError, pl.exceptions.PolarsError):
            raise SumsError(f"{folder.name}: table {table} cannot be read back.", todo) from None
        if found != expected:
            what = f"{folder.name}: table {table} has {found:,} rows on disk, {expected:,} were written."
            raise SumsError(what, todo)
    return manifest


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def published(data: Path) -> PublishedRun | None:
    """Give the published run, or None where there is none.

    Raises `DiskError` where `current` names a run that cannot be read: to take it for none would lose the
    history.
    """
    folder = files.current_run(data)
    if folder is None:
        return None
    manifest = _manifest(folder)
    if manifest is None:
        raise DiskError(
            f"{folder}: the published run has no readable {MANIFEST}.",
            "Put the run folder back from a backup, or delete `current` and `current.txt` to start afresh.",
        )
    return PublishedRun(folder.name, folder, manifest)


def runs(data: Path) -> list[PublishedRun]:
    """Give every whole run, the oldest first, in the order of `started_at` in their manifests."""
    found = []
    parent, cut_off = data / files.RUNS, _cut_off(data)
    for folder in parent.iterdir() if parent.is_dir() else ():
        if folder != cut_off and not folder.name.startswith(".") and (manifest := _manifest(folder)) is not None:
            found.append(PublishedRun(folder.name, folder, manifest))
    return sorted(found, key=_start)


def _start(run: PublishedRun) -> tuple[str, int, str]:
    # Within one second `-10` comes after `-2`.
    stem, _, number = run.name.partition("-")
    return str(run.manifest.get("started_at") or stem), int(number) if number.isdecimal() else 1, run.name
