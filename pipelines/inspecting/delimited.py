"""Delimited files and sheets: where the header is, and which of its columns is which of a layout.

Takes what is looked at of a file; gives the fit of every delimited layout, the nearest first, and a proposal for one.
Promises: a line is taken for a header only where no cell of it looks like a value, so no row's values are shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.formats import Format, fold_header
from pipelines.inspecting.cells import Cells
from pipelines.inspecting.fits import FITS, ColumnFit, LayoutFit, Proposal
from pipelines.inspecting.known import Known
from pipelines.inspecting.looks import look_of
from pipelines.inspecting.masks import masks_of
from pipelines.inspecting.naming import Naming, name_columns, open_questions
from pipelines.inspecting.writing import CONFIRMED, tables_of
from pipelines.readers.delimited import cut_cells
from pipelines.readers.headers import Header, candidates, mapping
from pipelines.readers.text import BLANK, read_lines

#: A cell that looks like this is of a row, not of a header.
_VALUE = re.compile(r"\d{3,}|\d[/.-]\d|@")
_FEWEST = 3  #: columns that make a table
_BELOW = 20  #: lines below a header that must have as many cells


@dataclass(frozen=True)
class Table:
    """The rows that are looked at, under a header."""

    header: Header
    cells: Cells
    rows: int


def looks_like_header(row: Header) -> bool:
    """Whether a line could be a header: names, not values, and hardly one of them blank."""
    names = [cell.strip(BLANK) for cell in row.cells]
    filled = [name for name in names if name]
    return (
        len(filled) >= max(_FEWEST, len(names) * 2 // 3)
        and len(set(filled)) == len(filled)
        and not any(_VALUE.search(name) for name in filled)
        and all(len(name) <= 80 for name in filled)
    )


def find_header(text: str) -> Header | None:
    """The first line that could be a header and has as many cells as most lines below it."""
    lines = text.split("\n")
    for row in candidates(text):
        below = [line for line in lines[row.line + row.lines - 1 :] if line.strip()][:_BELOW]
        usual = Counter(line.count(row.delimiter) for line in below).most_common(1)
        if looks_like_header(row) and usual and abs(usual[0][0] + 1 - len(row.cells)) <= 1:
            return row
    return None


def find_header_in_sheet(rows: Iterable[Header]) -> Header | None:
    """The first row of a sheet that could be a header."""
    return next((row for row in rows if looks_like_header(row)), None)


def width_of(header: Header) -> int:
    """Cells up to the last that has a name."""
    return max((place + 1 for place, cell in enumerate(header.cells) if cell.strip(BLANK)), default=0)


def table_of_text(stretches: Sequence[bytes], header: Header, known: Known) -> Table:
    """The rows of a text file under its header; only the first stretch has it."""
    frame = read_lines(list(stretches), keep_blank=True).frame
    body = frame.filter((pl.col("file") > 0) | (pl.col("line") > header.line + header.lines - 1))
    width = width_of(header)
    rows = cut_cells(body.filter(pl.col("raw").str.strip_chars(BLANK) != ""), header.delimiter, width).cells
    return _table(rows, header, width, known)


def table_of_sheet(rows: pl.DataFrame, header: Header, known: Known) -> Table:
    """The rows of a sheet under its header."""
    return _table(rows, header, width_of(header), known)


def _table(rows: pl.DataFrame, header: Header, width: int, known: Known) -> Table:
    whole = rows.filter(pl.col(str(width - 1)).is_not_null()) if width else rows
    return Table(header, Cells(whole, [cell.strip() for cell in header.cells[:width]], known), whole.height)


def aliases_of(layout: Format) -> dict[str, tuple[str, ...]]:
    """The headers that each column of a layout goes by."""
    return {column.name: column.headers for column in layout.columns}


def fit_of(table: Table, layout: Format, places: Mapping[str, int], how: Mapping[str, str], show: bool) -> LayoutFit:
    """How a layout fits, its columns being at these places."""
    found = []
    for column in layout.columns:
        look, place = look_of(column), places.get(column.name)
        if place is None:
            found.append(ColumnFit(column, "", 0, 0, look.says))
            continue
        cells = table.cells
        right = cells.fitting(place, column)
        shown = masks_of(cells.raw.select(str(place))) if show else ""
        found.append(
            ColumnFit(
                column,
                cells.names[place],
                cells.filled[place],
                right,
                look.says,
                look.telling,
                how.get(column.name, ""),
                shown,
            )
        )
    return LayoutFit(layout, tuple(found), table.rows)


def as_it_stands(table: Table, layout: Format, show: bool) -> LayoutFit:
    """How a layout fits by the headers it accepts."""
    places = {name: there[0] for name, there in mapping(table.cells.names, layout).items()}
    return fit_of(table, layout, places, {}, show)


def named(table: Table, layout: Format, said: Mapping[str, str]) -> Naming:
    """The columns of a layout found by name and values; `said` maps columns to headers."""
    by_header = {fold_header(name): place for place, name in reversed(list(enumerate(table.cells.names)))}
    chosen = {
        column: by_header[fold_header(header)] for column, header in said.items() if fold_header(header) in by_header
    }
    return name_columns(layout.columns, aliases_of(layout), table.cells, chosen)


def ranked(table: Table, layouts: Sequence[Format], said: Mapping[str, str]) -> list[tuple[Format, Naming]]:
    """The layouts with what was found of each, the nearest first."""
    found = [(layout, named(table, layout, said)) for layout in layouts]
    return sorted(found, key=lambda pair: (nearness(pair[1]), pair[0].name))


def nearness(naming: Naming) -> int:
    """Less is nearer: what is found of a layout counts for it, what no column can be counts three times against it."""
    possible = sum("could be" in question for question in open_questions(naming))
    return 3 * (len(naming.missing) - possible) - len(naming.places) - possible


def proposal_of(table: Table, layout: Format, naming: Naming, show: bool, is_beside: bool) -> Proposal | None:
    """The re-mapped layout, still to be tried; None where the layout accepts every header that it needs already.

    One that is to stand beside the shipped one accepts this file's headers alone, or both would read the next file.
    """
    accepted = mapping(table.cells.names, layout)
    added = {name: place for name, place in naming.places.items() if place not in accepted.get(name, [])}
    if not added:
        return None
    fit = fit_of(table, layout, naming.places, naming.how, show)
    headers = table.cells.names
    changes = [f"{name} is the column {headers[place]!r}, {naming.how[name]}" for name, place in added.items()]
    written = _written(layout, added, fit, headers, is_beside)
    return Proposal(fit, written, tuple(changes), tuple(open_questions(naming)))


def unused(table: Table, naming: Naming) -> tuple[str, ...]:
    """Headers that stand for nothing."""
    used = set(naming.places.values())
    return tuple(name for place, name in enumerate(table.cells.names) if name and place not in used)


def _written(
    layout: Format, added: Mapping[str, int], fit: LayoutFit, headers: Sequence[str], is_beside: bool
) -> dict[str, Any]:
    tables = tables_of(layout)
    taken = {fold_header(headers[place]) for place in added.values()}
    fits = {one.column.name: one for one in fit.columns}
    for row in tables["columns"]:
        kept = [header for header in row["headers"] if fold_header(header) not in taken]
        mine = [headers[added[row["name"]]]] if row["name"] in added else []
        if mine and is_beside:
            kept = []
        # The file's own header comes first; a column whose only header went to another keeps a name nobody uses.
        row["headers"] = [*mine, *kept] or [f"(no {row['headers'][0]})"]
        if mine and fits[row["name"]].verdict == FITS and row["sure"] == "ours":
            row["sure"] = CONFIRMED
    tables["example"] = list(_examples(tables.get("example", []), is_beside or bool(taken & set(_old_headers(layout)))))
    return tables


def _examples(examples: Sequence[dict[str, Any]], is_contradicted: bool) -> Iterator[dict[str, Any]]:
    """The shipped examples still hold, unless a header that they use stands for something else now."""
    if not is_contradicted:
        yield from examples


def _old_headers(layout: Format) -> Iterator[str]:
    for column in layout.columns:
        yield from map(fold_header, column.headers)
