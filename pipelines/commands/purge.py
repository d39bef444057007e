"""`resultsday purge --before DATE`: runs that are older than a school may keep them, removed for good.

Takes a day; tells which runs began before it, which parts of the cache no run that stays has the files of, which query
sheets were made of a run that goes or is gone, and how much space that gives back. With `--yes` it removes them, under
the lock. Promises: the published run stays whatever its age; of every run removed the manifest stays in `purged/`,
which names nobody; the history of findings is not touched, since each run carries all of it; waivers, manual changes
and the inbox are not touched.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import files, publish
from pipelines.commands import printing, published
from pipelines.commands.weekly import PURGED
from pipelines.errors import ExitCode, UsageError
from pipelines.packs.writing import PACKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.publish import PublishedRun

_FILES_OF_PART = "incoming_files.parquet"
_AGAIN = re.compile(r"-[0-9]+$")


@dataclass(frozen=True)
class Plan:
    """What would go and what stays."""

    runs: tuple[PublishedRun, ...]  #: to be removed, the oldest first
    kept: tuple[PublishedRun, ...]
    protected: str | None  #: the published run, where its age alone would have it go
    parts: tuple[Path, ...]  #: folders of the cache
    packs: tuple[Path, ...]  #: folders of query sheets, which name students
    strangers: tuple[str, ...]  #: folders beside the runs that are none: no manifest can be read
    run_bytes: tuple[int, ...]  #: what each run's going alone or with those before it gives back
    part_bytes: int
    pack_bytes: int

    @property
    def freed(self) -> int:
        """Bytes that are given back."""
        return sum(self.run_bytes) + self.part_bytes + self.pack_bytes


def purge(data: Path, before: str, yes: bool, output: str) -> int:
    """Remove, or tell what would be; give the exit code.

    Raises UsageError for a day that is none, BusyError where a run is going, DiskError where the published run cannot
    be read (which one must stay is not known then) or a file cannot be removed.
    """
    printing.refuse_csv(output, "resultsday purge")
    day = _day(before)
    if not yes:
        plan = planned(data, day)
    elif not data.is_dir():
        raise UsageError(f"There is no folder {data}.", "Name the one that holds the runs with --data.")
    else:
        with files.hold_lock(data):
            files.sweep(data)
            plan = planned(data, day)
            _remove(plan, data)
    if output == "json":
        printing.write_exactly(printing.as_json(_told(plan, day, yes)))
    else:
        printing.write("\n".join(_lines(plan, day, yes)) + "\n")
    return int(ExitCode.DONE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--before {text} is not a day.", "Write it as 2026-09-01.") from None


def planned(data: Path, day: date) -> Plan:
    """What a purge of everything begun before that day, London time, would remove."""
    every = publish.runs(data)
    current = publish.published(data)
    # `current` may have been deleted to start afresh: then the latest run is the one that somebody may want back
    stays = current.name if current else every[-1].name if every else None
    old = [run for run in every if published.started(run).astimezone(published.LONDON).date() < day]
    going = tuple(run for run in old if run.name != stays)
    names = {run.name for run in going}
    kept = tuple(run for run in every if run.name not in names)
    parts = tuple(_unused_parts(data / "cache", kept))
    packs = tuple(_packs_without_run(data / PACKS, {run.name for run in kept}))
    return Plan(
        going,
        kept,
        next((run.name for run in old if run.name == stays), None),
        parts,
        packs,
        tuple(_strangers(data / files.RUNS, {run.name for run in every})),
        _given_back(run.folder for run in going),
        sum(_given_back(parts)),
        sum(_given_back(packs)),
    )


def _strangers(parent: Path, runs: set[str]) -> list[str]:
    found = parent.iterdir() if parent.is_dir() else ()
    return sorted(
        path.name for path in found if path.is_dir() and path.name not in runs and not path.name.startswith(".")
    )


def _unused_parts(cache: Path, kept: Iterable[PublishedRun]) -> list[Path]:
    """The parts that hold a file which no run that stays has beside the part's others.

    A part is named by all its files together, so no run that stays can come out of it again.
    """
    folders = sorted(path for path in cache.iterdir() if path.is_dir()) if cache.is_dir() else []
    if not folders:
        return []
    contents = [{one["file_id"] for one in run.manifest.get("inputs", ())} for run in kept]
    return [folder for folder in folders if not _is_used(folder / _FILES_OF_PART, contents)]


def _packs_without_run(folder: Path, kept: set[str]) -> list[Path]:
    """The folders of query sheets of which no run that stays was the source; a second pack of a run ends in `-2`."""
    found = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [path for path in found if not {path.name, _AGAIN.sub("", path.name)} & kept]


def _is_used(part: Path, contents: Iterable[set[str]]) -> bool:
    import polars as pl

    try:
        held = set(pl.read_parquet(part, columns=["file_id"])["file_id"].to_list())
    except (OSError, pl.exceptions.PolarsError):
        return False
    return any(held <= have for have in contents)


def _given_back(folders: Iterable[Path]) -> tuple[int, ...]:
    """Bytes that the going of each folder gives back, one after the other.

    Runs share the bytes they received by links: they are given back with the last run that has them.
    """
    links: dict[tuple[int, int], int] = {}
    given = []
    for folder in folders:
        size = 0
        for path in _files(folder):
            if path == folder / publish.MANIFEST:
                continue  # it stays, in another place
            facts = path.lstat()
            file = (facts.st_dev, facts.st_ino)
            links[file] = links.get(file, facts.st_nlink) - 1
            size += facts.st_size if links[file] <= 0 else 0
        given.append(size)
    return tuple(given)


def _files(folder: Path) -> Iterable[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in sorted(names))


def _remove(plan: Plan, data: Path) -> None:
    """The manifest is put aside first: whatever happens between, a run is there whole or its manifest is."""
    purged = files.make_folder(data / PURGED) if plan.runs else data
    for run in plan.runs:
        # a link takes no space, which a full disk would not have
        files.share(run.folder / publish.MANIFEST, purged / f"{run.name}.json")
        files.remove_folder(run.folder)
    for folder in (*plan.packs, *plan.parts):
        files.remove_folder(folder)


def _told(plan: Plan, day: date, yes: bool) -> dict[str, Any]:
    return {
        "before": day.isoformat(),
        "is_removed": yes,
        "runs": [
            {"run": run.name, "started_at": run.manifest["started_at"], "bytes": size}
            for run, size in zip(plan.runs, plan.run_bytes, strict=True)
        ],
        "kept": [run.name for run in plan.kept],
        "protected": plan.protected,
        "cache_parts": len(plan.parts),
        "cache_bytes": plan.part_bytes,
        "packs": [path.name for path in plan.packs],
        "pack_bytes": plan.pack_bytes,
        "bytes": plan.freed,
        "without_manifest": list(plan.strangers),
    }


def in_units(size: int) -> str:
    """Bytes in words: `13 MB`."""
    for unit, bytes_each in (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)):
        if size >= bytes_each:
            return f"{size / bytes_each:.{0 if size >= 10 * bytes_each else 1}f} {unit}"
    return f"{size} bytes"


def _lines(plan: Plan, day: date, yes: bool) -> list[str]:
    verb = "removed" if yes else "goes"
    lines = [
        f"{verb:<9} run {run.name}, begun {published.clock(published.started(run), published.now().year)}: "
        f"{in_units(size)}"
        for run, size in zip(plan.runs, plan.run_bytes, strict=True)
    ]
    if plan.parts:
        lines.append(f"{verb:<9} {_count(len(plan.parts), 'part')} of the cache: {in_units(plan.part_bytes)}")
    if plan.packs:
        lines.append(f"{verb:<9} {_count(len(plan.packs), 'pack')} of query sheets: {in_units(plan.pack_bytes)}")
    if plan.protected:
        lines.append(f"stays     run {plan.protected}: it is the published one, whatever its age")
    if plan.strangers:
        folders = _count(len(plan.strangers), "folder")
        lines.append(f"look      {folders} beside the runs without a readable run.json: {', '.join(plan.strangers)}")
        lines.append("          They may hold results. No run can be made of them: delete them by hand.")
    if not plan.runs and not plan.parts and not plan.packs:
        return [
            *lines,
            f"Nothing to remove: no run but the published one began before {published.day_words(day)} {day.year}.",
        ]
    what = f"{_count(len(plan.runs), 'run')}, {in_units(plan.freed)}"
    if yes:
        return [*lines, f"Removed {what}. What each was made of stays in {PURGED}/, without names."]
    return [*lines, f"{what} would go; nothing was removed. To do it: the same command with --yes"]


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"
