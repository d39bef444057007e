"""`resultsday broadsheet` and `resultsday slips`: the published run as a sheet for staff and as slips for students.

Takes the published run; writes `broadsheet.xlsx` or `slips.html` and says where it is. A run is never changed: what is
made here lies in the data folder, or where `--to` says. Nothing that is printed names a student.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines import files
from pipelines.commands import printing, published
from pipelines.errors import ExitCode, UsageError
from pipelines.result_cells import Picked, shown

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """Where to, and of whom."""

    to: Path | None
    picked: Picked


def wanted(to: Path | None, centre: str | None, person: str | None) -> Wanted:
    """What was asked for on the command line."""
    return Wanted(to, Picked((centre or "").strip(), (person or "").strip()))


def broadsheet(data: Path, asked: Wanted, output: str) -> int:
    """Write the broadsheet. Raises NoInputError where nothing is published, UsageError, DiskError."""
    from pipelines.workbooks.broadsheet import broadsheet as made_of

    printing.refuse_csv(output, "broadsheet")
    run = published.needed(data)
    path = _path(asked.to, data / "broadsheet.xlsx", ".xlsx")
    found = shown(run, asked.picked, published.now())
    _write(path, made_of(found))
    students = found.cells["person_id"].n_unique()
    doubted = int(found.cells["is_doubted"].sum())
    told = f"{students:,} students, {found.cells.height:,} results, {doubted:,} with a mark of doubt"
    _say(path, told, {"students": students, "results": found.cells.height, "doubted": doubted}, output)
    return int(ExitCode.DONE)


def slips(data: Path, asked: Wanted, output: str) -> int:
    """Write the slips of what is released. Raises NoInputError where nothing is published, UsageError, DiskError."""
    from pipelines.html.slips import slips as made_of

    printing.refuse_csv(output, "slips")
    run = published.needed(data)
    path = _path(asked.to, data / "slips.html", ".html")
    page, students = made_of(shown(run, asked.picked, published.now(), is_slip=True))
    _write(path, page.encode("utf-8"))
    told = f"{students:,} {'slip' if students == 1 else 'slips'}, of results that candidates may have"
    _say(path, told, {"students": students}, output)
    return int(ExitCode.DONE)


def _path(to: Path | None, usual: Path, ending: str) -> Path:
    path = to or usual
    if path.is_dir() or path.suffix.lower() != ending:
        raise UsageError(f"{path} is not the name of a file that ends in {ending}.", f"Try: --to {usual.name}")
    return path


def _write(path: Path, data: bytes) -> None:
    files.make_folder(path.parent)
    files.write_bytes(path, data)


def _say(path: Path, told: str, counts: dict[str, int], output: str) -> None:
    if output == "json":
        printing.write_exactly(json.dumps({"file": str(path), **counts}, indent=2) + "\n")
    else:
        printing.write(f"{path}\n")
    printing.say(f"written   {path}: {told}.")
