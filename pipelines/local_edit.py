"""Rows put into, and taken out of, what a person keeps in `data/local/`: `manual_changes.csv` and `waivers.csv`.

Takes a file as `local_files` opens it and what is wanted; changes the file in one step. Promises that every other row
stays where it is, byte for byte, with its byte order mark and its line ends; that a new row is one that can be used;
and that an id, once given, is never changed.
"""

from __future__ import annotations

import csv
import io
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipelines import files
from pipelines.errors import UsageError
from pipelines.local_files import Opened, check_rows, open_local

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.local_files import LocalFile

_MARK = b"\xef\xbb\xbf"


def opened(path: Path, table: LocalFile) -> Opened:
    """The file, to be changed. Raises UsageError where it is no table of ours, so that nothing is made worse."""
    found = open_local(path, table)
    if found.fault is not None:
        line, words = found.fault
        raise UsageError(f"{path}:{line}: {words}.", f"The header is: {','.join(table.columns)}")
    return found


def add(data: Path, table: LocalFile, row: Mapping[str, str | None], day: str) -> tuple[str, int]:
    """Add a row at the end, with a new id made of `day` (2026-08-13); give the id and the line it stands on.

    Raises UsageError where the row could not be used, BusyError while a run is going, DiskError where the disk fails.
    """
    path = data / "local" / table.file
    files.make_folder(path.parent)
    with files.hold_lock(data):
        now = opened(path, table)
        full = {**row, "id": _new_id(now, table, day)}
        _check(full, table)
        before = path.read_bytes() if path.is_file() else b""
        end = _line_end(now)
        text = "" if before.strip(_MARK + b" \r\n") else ",".join(table.columns) + end
        # a last line without its end is ended, or the new row would run on from it
        joint = "" if not before or before.endswith((b"\n", b"\r")) or before == _MARK else end
        text = joint + text + _as_line([full.get(name) or "" for name in table.columns], end)
        files.write_bytes(path, before + text.encode("utf-8"))
        return str(full["id"]), open_local(path, table).rows[-1][0]


def remove(data: Path, table: LocalFile, wanted: str) -> int:
    """Take out the row with an id; give the line it stood on.

    Raises UsageError where no row has it, or two have; BusyError while a run is going.
    """
    path = data / "local" / table.file
    with files.hold_lock(files.make_folder(data)):
        now = opened(path, table)
        found = [(start, end) for start, end, cells in now.rows if cells[0].strip() == wanted]
        if not found:
            known = [cells[0].strip() for _, _, cells in now.rows]
            near = get_close_matches(wanted, known, n=1)
            todo = f"Did you mean {near[0]}?" if near else "The ids are the first column of the file."
            raise UsageError(f"{path}: no row has the id {wanted}.", todo)
        if len(found) > 1:
            lines = " and ".join(str(start) for start, _ in found)
            raise UsageError(f"{path}: lines {lines} have the id {wanted}.", "Take out the one you mean by hand.")
        start, end = found[0]
        kept = "".join((*now.lines[: start - 1], *now.lines[end:]))
        mark = _MARK if path.read_bytes().startswith(_MARK) else b""
        files.write_bytes(path, mark + kept.encode("utf-8"))
        return start


def _new_id(now: Opened, table: LocalFile, day: str) -> str:
    """The day and a number that no row of that day has had as far as the file tells: W20260813-2."""
    stem = f"{table.name[0].upper()}{day.replace('-', '')}-"
    taken = [cells[0].strip().removeprefix(stem) for _, _, cells in now.rows if cells[0].strip().startswith(stem)]
    return f"{stem}{max((int(number) for number in taken if number.isdecimal()), default=0) + 1}"


def _check(row: Mapping[str, str | None], table: LocalFile) -> None:
    import polars as pl

    blank = dict.fromkeys([*table.columns, "fault", "date_fault"])
    kinds = {**dict.fromkeys(blank, pl.String), "line": pl.Int32}
    frame = pl.DataFrame([{**blank, **row, "line": 0}], schema=kinds)
    checked = check_rows(frame, table).row(0, named=True)
    if fault := checked["fault"] or checked["date_fault"]:
        raise UsageError(
            f"{table.file}: {fault}.", "Nothing was written. `docs/local-files.md` says what each column is."
        )


def _line_end(now: Opened) -> str:
    ends = re.search(r"[\r\n]+$", now.lines[0]) if now.lines else None
    return ends.group() if ends else "\n"


def _as_line(cells: list[str], end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()
