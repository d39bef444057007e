"""Reference tables: what the exams domain takes for granted, as CSV files that a centre can correct.

Takes the shipped tables and a centre's own (`local/reference/*.csv`), gives typed frames. Promises: a local
row replaces the shipped row with the same key; a local file that cannot be used is a `UsageError` that names
file, line and column; a table and its columns are described in `schemas/reference/<table>.toml`, and nowhere
else.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import resources
from pipelines.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

#: Wall-clock times in the files are those of the awarding bodies.
ZONE = "Europe/London"
TIMESTAMP = "TIMESTAMP WITH TIME ZONE"
_EXPECTED = {
    "INTEGER": "a whole number",
    "DATE": "a date such as 2026-08-13",
    "BOOLEAN": "true or false",
    TIMESTAMP: "a local time such as 2026-08-13T08:00",
}
_DATES = ("%Y-%m-%d", "%d/%m/%Y")
#: A row with more cells than the header is found by reading this many more.
_SPARE = 32


@dataclass(frozen=True)
class ReferenceColumn:
    """A column: its SQL type, what it is, and what its text may be (blank always is allowed)."""

    type: str
    says: str
    values: tuple[str, ...] = ()  #: the only values, where not empty
    example: str = ""
    pattern: str = ""  #: what the example is an example of; Excel makes 5838 of 05838

    @property
    def expected(self) -> str:
        """Say in words what a cell must hold."""
        if self.values:
            return f"one of {', '.join(self.values)}"
        return f"of the form {self.example}" if self.pattern else _EXPECTED[self.type]


@dataclass(frozen=True)
class ReferenceTable:
    """A table: what a row is told by (`key`), and its columns in their order."""

    name: str
    summary: str
    key: tuple[str, ...]
    columns: Mapping[str, ReferenceColumn]


@cache
def reference_tables() -> dict[str, ReferenceTable]:
    """Give the description of every reference table, by name, in alphabetical order."""
    return {path.stem: _described(path) for path in sorted(resources.reference_schemas().glob("*.toml"))}


def _described(path: Path) -> ReferenceTable:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    values, shapes = written.get("values", {}), written.get("shapes", {})
    columns = {}
    for name, text in written["columns"].items():
        kind, _, says = text.partition(": ")
        columns[name] = ReferenceColumn(kind, says, tuple(values.get(name, ())), *shapes.get(name, ()))
    return ReferenceTable(path.stem, written["summary"], tuple(written["key"]), columns)


def load_reference(shipped: Path, local: Path | None = None) -> dict[str, pl.DataFrame]:
    """Read every table, the local rows in place of the shipped ones with the same key, in order of the key.

    Times become UTC. Raises `UsageError` for a file that is no table of ours, or a row or column that does
    not fit.
    """
    tables = reference_tables()
    local_files = {path.stem: path for path in sorted(local.glob("*.csv"))} if local and local.is_dir() else {}
    for name, path in local_files.items():
        if name not in tables:
            raise UsageError(f"{path}: there is no reference table {name}.", _nearest(name, tables, "tables"))
    loaded = {}
    for name, table in tables.items():
        frame = _read(shipped / f"{name}.csv", table)
        if name in local_files:
            ours = _read(local_files[name], table)
            frame = frame.join(ours, on=table.key, how="anti", nulls_equal=True).vstack(ours)
        loaded[name] = frame.sort(table.key, nulls_last=True)
    return loaded


def reference_hash(tables: Mapping[str, pl.DataFrame]) -> str:
    """Hash the content of tables: the same rows give the same hash, wherever they came from."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(f"{name}\n".encode())
        digest.update(tables[name].write_csv().encode())
    return digest.hexdigest()


def _read(path: Path, table: ReferenceTable) -> pl.DataFrame:
    import polars as pl

    text = _text(path, table)
    frame = text.select("line", *(_typed(name, column) for name, column in table.columns.items()))
    for name, column in table.columns.items():
        wrong = text[name].is_not_null() & frame[name].is_null()
        if column.values:
            wrong |= ~text[name].is_in(column.values).fill_null(value=True)
        if column.pattern:
            wrong |= ~text[name].str.contains(f"^(?:{column.pattern})$").fill_null(value=True)
        if wrong.any():
            line = text["line"].filter(wrong)[0]
            todo = "Correct the cell, then run again."
            raise UsageError(f"{path}:{line}: {name} is not {column.expected}.", todo)
    again = frame.filter(frame.select(table.key).is_duplicated())
    if again.height:
        lines = f"{again['line'][0]} and {again['line'][1]}"
        raise UsageError(f"{path}: lines {lines} have the same {', '.join(table.key)}.", "Keep one of them.")
    blank = frame.filter(pl.all_horizontal(pl.col(table.key).is_null()))
    if blank.height:
        raise UsageError(f"{path}:{blank['line'][0]}: {', '.join(table.key)} is blank.", "Fill it in.")
    return frame.drop("line")


def _text(path: Path, table: ReferenceTable) -> pl.DataFrame:
    """Read a file as text, blank cells null, rows without any cell left out, `line` counted from 1."""
    import polars as pl

    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    todo = "Save it as CSV (UTF-8)."
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}:{data[: error.start].count(10) + 1}: not UTF-8.", todo) from None
    # A header of our own, so wide that no row is too long for polars, which would not say which row it was.
    wide = ",".join(f"cell_{i}" for i in range(len(table.columns) + _SPARE))
    try:
        raw = pl.read_csv(f"{wide}\n".encode() + data, infer_schema=False, row_index_name="line", row_index_offset=1)
    except pl.exceptions.PolarsError:
        raise UsageError(f"{path}: not CSV: a row is far too long, or a quote is never closed.", todo) from None
    cells = pl.String
    cell = pl.col(cells).str.strip_chars()
    raw = raw.with_columns(pl.when(cell != "").then(cell).name.keep())
    header = [name for name in raw.drop("line").row(0) if name] if raw.height else []
    _check_header(path, header, table)
    spare = raw.columns[1 + len(header) :]
    raw = raw.slice(1).filter(~pl.all_horizontal(pl.col(cells).is_null()))
    long = raw.filter(pl.any_horizontal(pl.col(spare).is_not_null()))
    if long.height:
        what = f"{path}:{long['line'][0]}: more cells than the header has ({len(header)})."
        raise UsageError(what, "A cell that holds a comma stands in quotes.")
    return raw.drop(spare).rename(dict(zip(raw.columns[1:], header, strict=False)))


def _check_header(path: Path, header: list[str], table: ReferenceTable) -> None:
    for name in header:
        if name not in table.columns:
            raise UsageError(f"{path}:1: there is no column {name}.", _nearest(name, table.columns, "columns"))
        if header.count(name) > 1:
            raise UsageError(f"{path}:1: column {name} is there twice.", "Keep one of them.")
    if missing := [name for name in table.columns if name not in header]:
        raise UsageError(f"{path}:1: lacks column {missing[0]}.", f"The columns are: {', '.join(table.columns)}.")


def _nearest(name: str, known: Mapping[str, object], what: str) -> str:
    near = get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else f"The {what} are: {', '.join(known)}."


def _typed(name: str, column: ReferenceColumn) -> pl.Expr:
    import polars as pl

    text = pl.col(name)
    match column.type:
        case "TEXT":
            return text
        case "INTEGER":
            return text.cast(pl.Int32, strict=False)
        case "DATE":
            # Excel writes dates back as it shows them. A year of two digits would be of the first century.
            whole = pl.when(text.str.contains(r"\d{4}")).then(text)
            return pl.coalesce(whole.str.to_date(form, strict=False) for form in _DATES)
        case "BOOLEAN":
            return text.replace_strict(["true", "false"], [True, False], default=None, return_dtype=pl.Boolean)
        case _:
            whole = pl.when(text.str.contains(r"\d{4}")).then(text)
            forms = [f"{form}{gap}%H:%M" for form in _DATES for gap in ("T", " ")]
            local = pl.coalesce(whole.str.to_datetime(f, time_unit="us", strict=False) for f in forms)
            zoned = local.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
            return zoned.dt.convert_time_zone("UTC")
