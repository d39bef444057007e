"""The reference tables row by row, each with the line it stands on: what a check-up needs and a run does not.

Takes the shipped tables and a centre's own, gives `Tables`: the rows that count (a local row in place of the shipped
one with the same key) and every fault of form, not only the first. A run reads the same files with polars
(`pipelines.reference`) and stops at the first fault; a test holds the two to the same answers. Loading polars would
take longer than reading these few hundred lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.checkup import Check, wrong
from pipelines.errors import ExitCode
from pipelines.reference import TIMESTAMP, ZONE, ReferenceColumn, ReferenceTable, reference_tables

NAME = "reference files"
_SAVE = "Save it as CSV (UTF-8)."
_DATES = ("%Y-%m-%d", "%d/%m/%Y")
_INTEGERS = range(-(1 << 31), 1 << 31)


@dataclass(frozen=True)
class Row:
    """One row of a reference table: its cells (blank is None), and where it stands."""

    cells: Mapping[str, str | None]
    where: str
    is_local: bool

    def text(self, column: str) -> str:
        """The cell as text, '' where it is blank."""
        return self.cells.get(column) or ""

    def number(self, column: str) -> int | None:
        """The cell as a whole number; None where it is blank or is none."""
        return whole_number(self.text(column))


@dataclass(frozen=True)
class Tables:
    """Every reference table as a run would see it, and what is wrong with the files."""

    rows: Mapping[str, tuple[Row, ...]]
    faults: tuple[Check, ...]
    places: Mapping[str, str]  #: of each table, the file to which a missing row is to be added

    def of(self, table: str) -> tuple[Row, ...]:
        """The rows of one table."""
        return self.rows[table]


def whole_number(text: str) -> int | None:
    """A whole number as the tables write it, or None."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return None
    return int(text) if int(text) in _INTEGERS else None


def day(text: str) -> date | None:
    """A date as the tables write it, ISO or as Excel shows it in Britain; or None."""
    for form in _DATES if re.search(r"\d{4}", text) else ():
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def moment(text: str) -> datetime | None:
    """A wall-clock time of London as the tables write it, as a moment; or None."""
    for form in _DATES if re.search(r"\d{4}", text) else ():
        for gap in ("T", " "):
            try:
                return datetime.strptime(text, f"{form}{gap}%H:%M").replace(tzinfo=ZoneInfo(ZONE))
            except ValueError:
                continue
    return None


def read_tables(shipped: Path, local: Path) -> Tables:
    """Read every table and what is wrong with each file; a fault in one keeps none of the others from being read."""
    tables = reference_tables()
    own = {path.stem: path for path in sorted(local.glob("*.csv"))} if local.is_dir() else {}
    faults = [_no_table(path, tables) for name, path in own.items() if name not in tables]
    rows: dict[str, tuple[Row, ...]] = {}
    places: dict[str, str] = {}
    for name, table in tables.items():
        merged: dict[tuple[str, ...], Row] = {}
        for path, is_local in ((shipped / f"{name}.csv", False), (own.get(name), True)):
            if path is not None:
                found, its_faults = _read(path, table, is_local)
                merged |= found
                faults += its_faults
        rows[name] = tuple(merged.values())
        places[name] = str(local / f"{name}.csv")
    return Tables(rows, tuple(faults), places)


def _no_table(path: Path, tables: Mapping[str, ReferenceTable]) -> Check:
    return wrong(NAME, f"There is no reference table {path.stem}.", str(path), _nearest(path.stem, tables, "tables"))


def _nearest(name: str, known: Mapping[str, object], what: str) -> str:
    near = get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else f"The {what} are: {', '.join(known)}."


def _read(path: Path, table: ReferenceTable, is_local: bool) -> tuple[dict[tuple[str, ...], Row], list[Check]]:
    """The rows of one file by their key, and its faults; a file without a usable header has no rows."""
    try:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        todo = "Check that you may read it." if is_local else "Install resultsday again."
        return {}, [wrong(NAME, f"Cannot be read: {error.strerror}.", str(path), todo, ExitCode.DISK)]
    try:
        lines = list(_lines(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        return {}, [wrong(NAME, "Not UTF-8.", f"{path}:{data[: error.start].count(10) + 1}", _SAVE)]
    except csv.Error:
        return {}, [wrong(NAME, "Not CSV: a cell is far too long, or a quote is never closed.", str(path), _SAVE)]
    header = [cell for cell in lines[0][1] if cell] if lines else []
    if faults := list(_header_faults(path, header, table)):
        return {}, faults
    faults = []
    found: dict[tuple[str, ...], Row] = {}
    for line, cells in lines[1:]:
        row = Row({name: cell or None for name, cell in zip(header, cells, strict=False)}, f"{path}:{line}", is_local)
        faults += _row_faults(row, table, any(cells[len(header) :]), len(header))
        key = tuple(_key_cell(row, name, table) for name in table.key)
        if first := found.get(key):
            what = f"The same {', '.join(table.key)} as in line {first.where.rpartition(':')[2]}."
            faults.append(wrong(NAME, what, row.where, "Keep one of them."))
        elif any(key):
            found[key] = row
    return found, faults


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that have a cell, trimmed, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells) or begins == 1:
            yield begins, cells
        begins = reader.line_num + 1


def _key_cell(row: Row, name: str, table: ReferenceTable) -> str:
    number = row.number(name) if table.columns[name].type == "INTEGER" else None
    return row.text(name) if number is None else str(number)


def _header_faults(path: Path, header: list[str], table: ReferenceTable) -> Iterator[Check]:
    where = f"{path}:1"
    for name in dict.fromkeys(header):
        if name not in table.columns:
            yield wrong(NAME, f"There is no column {name}.", where, _nearest(name, table.columns, "columns"))
        elif header.count(name) > 1:
            yield wrong(NAME, f"Column {name} is there twice.", where, "Keep one of them.")
    if missing := [name for name in table.columns if name not in header]:
        todo = f"The columns are: {', '.join(table.columns)}."
        yield wrong(NAME, f"Lacks column {', '.join(missing)}.", where, todo)


def _row_faults(row: Row, table: ReferenceTable, is_long: bool, width: int) -> Iterator[Check]:
    if is_long:
        what = f"More cells than the header has ({width})."
        yield wrong(NAME, what, row.where, "A cell that holds a comma stands in quotes.")
    for name, column in table.columns.items():
        if row.text(name) and not _fits(row.text(name), column):
            what = f"{name} is not {column.expected}."
            yield wrong(NAME, what, row.where, "Correct the cell; Excel takes leading zeros away.")
    if not any(row.text(name) for name in table.key):
        yield wrong(NAME, f"{', '.join(table.key)} is blank.", row.where, "Fill it in.")


def _fits(text: str, column: ReferenceColumn) -> bool:
    if column.values and text not in column.values:
        return False
    if column.pattern and not re.fullmatch(column.pattern, text):
        return False
    match column.type:
        case "INTEGER":
            return whole_number(text) is not None
        case "DATE":
            return day(text) is not None
        case "BOOLEAN":
            return text in ("true", "false")
        case _:
            return column.type != TIMESTAMP or moment(text) is not None
