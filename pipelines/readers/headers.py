"""Where the header of a delimited file or a sheet is, and which column of a format each cell of it is.

Takes the first lines of a file, gives the header and the format whose required columns it has. Headers are compared
folded. Promises: two formats that both fit are both named; where none fits, the nearest one is, with what it lacks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.formats import Column, Format, fold_header
from pipelines.readers.quotes import split_quoted, unquoted
from pipelines.readers.values import date_of

DELIMITERS = (",", ";", "\t")
#: A title block is short; a header further down is not looked for.
ROWS_SEARCHED = 60
#: A header cell may hold line ends.
_LINES_OF_HEADER = 8
_RUN_ON = re.compile(
    r"(?i)\b(?:run on|run date|date run|report date|date of report|exported(?: on)?|export date|generated(?: on)?|"
    r"printed(?: on)?|produced(?: on)?|created(?: on)?|downloaded(?: on)?|as at|data as of|correct as of)\b\W*"
    r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4})"
)


@dataclass(frozen=True)
class Header:
    """A row that may be a header: its cells, and the lines it takes."""

    cells: tuple[str, ...]
    line: int  #: from 1
    lines: int = 1
    delimiter: str = ""
    run_on: str | None = None  #: ISO date of a title line above it


def candidates(text: str) -> Iterable[Header]:
    """Every row near the top of a text that may be a header, by each delimiter, top down."""
    # what stands behind the last line end is no line, for an open quote to run on into
    lines = text.removesuffix("\n").split("\n")[:ROWS_SEARCHED]
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        rows = [line]
        while "".join(rows).count('"') % 2 and len(rows) < _LINES_OF_HEADER and number + len(rows) < len(lines):
            rows.append(lines[number + len(rows)])
        record = "\n".join(rows)
        titles = run_on(lines[:number])
        for delimiter in DELIMITERS:
            if delimiter in record:
                yield Header(_cells(record, delimiter), number + 1, len(rows), delimiter, titles)


def _cells(record: str, delimiter: str) -> tuple[str, ...]:
    if '"' not in record:
        return tuple(record.split(delimiter))
    row = pl.DataFrame({"raw": [record]}).select(split_quoted(pl.col("raw"), delimiter).alias("cell"))
    return tuple(row.explode("cell").select(unquoted(pl.col("cell"))).to_series().to_list())


def run_on(titles: Sequence[str]) -> str | None:
    """The date a title line says the report was run on, as an ISO date."""
    for title in titles:
        found = _RUN_ON.search(re.sub(r'[,;\t"]+', " ", title))
        if found:
            date = pl.select(date_of(pl.lit(found[1]))).item()
            if date is not None:
                return str(date.isoformat())
    return None


def mapping(cells: Sequence[str], layout: Format) -> dict[str, list[int]]:
    """The places of each column of a format in a header; a column that stands twice has two."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        name = layout.accepted.get(fold_header(cell))
        if name is not None:
            places.setdefault(name, []).append(place)
    return places


def missing(cells: Sequence[str], layout: Format) -> list[Column]:
    """The required columns of a format that a header does not have."""
    there = mapping(cells, layout)
    return [column for column in layout.columns if column.required and column.name not in there]


@dataclass(frozen=True)
class Match:
    """The header that was found and the format it is of; or why there is none."""

    header: Header | None = None
    layout: Format | None = None
    reason: str = ""
    detail: str = ""


def match(rows: Iterable[Header], formats: Sequence[Format]) -> Match:
    """Find the first row that has every required column of one format."""
    layouts = [layout for layout in formats if layout.shape == "delimited"]
    nearest: tuple[float, Header, Format] | None = None
    for row in rows:
        fitting = [layout for layout in layouts if not missing(row.cells, layout)]
        if len(fitting) > 1:
            names = " and ".join(layout.title for layout in fitting)
            return Match(reason="two layouts fit", detail=f"the header at line {row.line} is that of {names}")
        if fitting:
            return Match(row, fitting[0])
        for layout in layouts:
            required = sum(column.required for column in layout.columns)
            share = 1 - len(missing(row.cells, layout)) / required
            if nearest is None or share > nearest[0]:
                nearest = share, row, layout
    if nearest is None or nearest[0] == 0:
        return Match(reason="no layout fits", detail="no line near the top has the headers of any layout")
    return Match(reason="no layout fits", detail=_evidence(nearest[1], nearest[2]))


def _evidence(row: Header, layout: Format) -> str:
    """What the nearest format lacks. Only headers that resemble one of ours are shown: a data row holds names."""
    places = {place for found in mapping(row.cells, layout).values() for place in found}
    free = {fold_header(cell): cell.strip() for place, cell in enumerate(row.cells) if place not in places}
    said = []
    for column in missing(row.cells, layout):
        near = difflib.get_close_matches(fold_header(column.headers[0]), list(free), n=1, cutoff=0.75)
        said.append(f"{column.headers[0]}" + (f" (nearest header there: {free[near[0]]})" if near else ""))
    return f"nearest is {layout.title}, by line {row.line}; required columns that are not there: {', '.join(said)}"
