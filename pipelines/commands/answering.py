"""Ask the published run and hand over the answer: on the screen, to a program, or as a file.

Takes a sealed connection and SQL of one or more statements; gives a table, CSV, JSON, Parquet or a workbook, on stdout
or as a file that is there whole or not at all. Promises that Ctrl-C and the time limit stop a question, that whatever
is left out is said, and that nothing but the rows goes to stdout.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.commands import printing
from pipelines.errors import UsageError
from pipelines.sealed import answer, statements, write_parquet

if TYPE_CHECKING:
    import polars as pl

#: how an answer may be had; `text` is another word for a table
FORMATS = ("table", "text", "csv", "json", "parquet", "xlsx")
#: those that are no text: a terminal cannot show them
_BINARY = ("parquet", "xlsx")
#: the rows of a sheet, its header aside
_SHEET_ROWS = 1_048_575

Values = Mapping[str, object]


@dataclass(frozen=True)
class Manner:
    """How answers are given: the format, the file or else stdout, the seconds allowed (0: all), whether timed."""

    format: str = "table"
    to: Path | None = None
    seconds: float = 0
    is_timed: bool = False

    @property
    def is_table(self) -> bool:
        """Whether people read it: then every statement is shown, not only the last."""
        return self.format in ("table", "text") and self.to is None


def manner(wanted: str | None, to: Path | None, seconds: float) -> Manner:
    """How to answer, the format taken from the name of the file where it is not given.

    Raises UsageError for a file of no such kind, and for what a terminal cannot show.
    """
    suffix = to.suffix.lower().removeprefix(".") if to is not None else ""
    name = wanted or ({"txt": "table"}.get(suffix, suffix) if to is not None else "table")
    if name not in FORMATS:
        raise UsageError(f"{to}: the name does not say what it is to be.", "Name it .csv, .json, .parquet or .xlsx.")
    if name in _BINARY and to is None and (printing.is_terminal() or name == "xlsx"):
        raise UsageError(f"A terminal cannot show {name}.", f"Say where to: --to answer.{name}")
    if to is not None and (to.is_dir() or not to.parent.is_dir()):
        raise UsageError(f"{to}: no file can be written there.", "Name a file in a folder that is there.")
    return Manner(name, to, seconds)


def ask(con: Any, sql: str, how: Manner, values: Values | None = None) -> None:
    """Run every statement of a text; show each answer as a table, or hand over the last one."""
    begun = time.monotonic()
    rows: int | None = None
    found = statements(con, sql)
    for place, statement in enumerate(found, 1):
        if how.format == "parquet" and place == len(found):
            rows = _parquet(con, statement, how, values)
            continue
        frame = answer(con, statement, values, how.seconds)
        rows = frame.height
        if how.is_table:
            printing.show(frame, "text")
        elif place == len(found):
            _hand_over(frame, how)
    told = [] if rows is None else [f"{rows:,} row{'' if rows == 1 else 's'}"]
    told += [f"in {how.to}"] if how.to is not None else []
    told += [f"{time.monotonic() - begun:.2f} s"] if how.is_timed else []
    printing.say(", ".join(told))


def _parquet(con: Any, statement: Any, how: Manner, values: Values | None) -> int:
    if how.to is not None:
        with files.writing(how.to) as temporary:
            return write_parquet(con, statement, temporary, values, how.seconds)
    sys.stdout.flush()
    return write_parquet(con, statement, sys.stdout.buffer, values, how.seconds)


def _hand_over(frame: pl.DataFrame, how: Manner) -> None:
    if how.to is None:
        printing.show(frame, how.format)
    elif how.format == "xlsx":
        files.write_bytes(how.to, _workbook(frame))
    else:
        spelled: dict[str, Callable[[pl.DataFrame], str]] = {
            "csv": printing.rows_as_csv,
            "json": printing.rows_as_json,
        }
        files.write_text(how.to, spelled.get(how.format, _as_table)(frame))


def _as_table(frame: pl.DataFrame) -> str:
    return "\n".join(printing.table_lines(frame)) + "\n"


def _workbook(frame: pl.DataFrame) -> bytes:
    """A sheet of text alone: 0042 stays 0042, and nothing is a formula, a link or a number by accident.

    None of `pipelines.workbooks`, whose sheets have a title above a table: this one is read by programs, which take the
    first row for the header, and the columns of an answer may bear one name, which a table of Excel's refuses.
    """
    from datetime import UTC, datetime

    import xlsxwriter

    if frame.height > _SHEET_ROWS:
        raise UsageError(f"A sheet holds {_SHEET_ROWS:,} rows.", "Ask for fewer, or take --format parquet or csv.")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # equal answers have equal bytes
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    sheet, bold, text = (
        book.add_worksheet("answer"),
        book.add_format({"bold": True}),
        book.add_format({"num_format": "@"}),
    )
    for place, name in enumerate(frame.columns):
        values: Sequence[str | None] = frame[name].to_list()
        widest = frame[name].str.len_chars().max()
        sheet.set_column(place, place, min(60, max(len(name), int(str(widest or 0))) + 2), text)
        sheet.write_string(0, place, name, bold)
        sheet.write_column(1, place, values, text)
    sheet.freeze_panes(1, 0)
    if frame.width:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)
    book.close()
    return stream.getvalue()
