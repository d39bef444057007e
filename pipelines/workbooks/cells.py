"""Rows of frames as the cells of sheets, a column at a time.

Takes the frames of sheets that have the same columns, and the style of each column; gives the rows of every sheet in
the XML of a sheet, in bounded pieces. Sheets of the same columns are made together, since most of the time of a small
one is its columns, not its rows. Promises: text is text by its type whatever sign it begins with, nothing is a formula,
what XML 1.0 forbids is left out, what reads as an escape to Excel is escaped, text longer than a cell takes is cut, and
dates before Excel's first sound day are text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from pipelines.workbooks.sheet import LINE, LONG_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.workbooks.sheet import Column, Kind

LONGEST_TEXT = 32_767  #: UTF-16 units in a cell
CUT = " … [cut]"
_TEXT: tuple[Kind, ...] = ("text", "long", "identifier", "boolean", "severity", "doubt", "sheet")
_AT_ONCE = 20_000  #: rows in one piece
_MOST_LINES = 27  #: Excel has no taller row
_ROW, _HIGH = "\x00row", "\x00high"  #: columns that no sheet has
_EPOCH = 25_569  #: days from Excel's day nought to 1970-01-01
_SOUND = date(1900, 3, 1)  #: Excel believes in 29 February 1900: days before that are one off

_FORBIDDEN = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
_BEYOND_16_BITS = r"[\x{10000}-\x{10FFFF}]"
#: `_x0041_` in a file is the letter A to Excel: an underscore that would begin one is spelled out
_READS_AS_ESCAPE = r"_(x[0-9A-Fa-f]{4}_)"


@dataclass(frozen=True)
class Block:
    """Sheets of the same columns, one beneath the other: values cleaned, and what is known of each sheet."""

    columns: tuple[Column, ...]
    frame: pl.DataFrame
    starts: tuple[int, ...]  #: of each sheet, its first row; and the end of the last
    widths: tuple[tuple[int, ...], ...]  #: of each sheet, characters of the longest value of each column
    filled: tuple[tuple[bool, ...], ...]  #: of each sheet, whether a column holds anything
    cut: tuple[int, ...]  #: of each sheet, how many texts were cut


def block(frames: Sequence[pl.DataFrame], columns: tuple[Column, ...]) -> Block:
    """Clean and measure the rows of sheets with the same columns."""
    wanted = [column.name for column in columns]
    starts = [0]
    for one in frames:
        starts.append(starts[-1] + one.height)
    frame = pl.concat([one.select(wanted) for one in frames], how="vertical_relaxed")
    frame = frame.select(_plain(column) for column in columns)
    texts = [column.name for column in columns if column.kind in _TEXT]
    cut = [0] * len(frames)
    if texts and max(frame.select(pl.col(texts).str.len_chars().max().fill_null(0)).row(0)) > LONGEST_TEXT // 2:
        units = pl.sum_horizontal((pl.col(name).pipe(_units) > LONGEST_TEXT).fill_null(value=False) for name in texts)
        counts = frame.select(units.alias("cut"))["cut"]
        cut = [int(counts.slice(first, last - first).sum()) for first, last in pairwise(starts)]
        frame = frame.with_columns(_cut(name) for name in texts)
    measured = frame.select(_length(column) for column in columns)
    longest = [measured.slice(first, last - first).max().row(0) for first, last in pairwise(starts)]
    return Block(
        columns,
        frame,
        tuple(starts),
        tuple(tuple(int(value or 0) for value in row) for row in longest),
        tuple(tuple(value is not None for value in row) for row in longest),
        tuple(cut),
    )


def _length(column: Column) -> pl.Expr:
    """The characters of a value, as it is shown; nothing of none."""
    known = {"date": 15, "moment": 21, "decimal": 9}
    value = pl.col(column.name)
    if column.kind in known:
        return pl.when(value.is_not_null()).then(pl.lit(known[column.kind])).alias(column.name)
    return value.cast(pl.String).str.len_chars()


def _plain(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind == "boolean":
        cased = value.cast(pl.Boolean)
        return pl.when(cased).then(pl.lit("yes")).when(~cased).then(pl.lit("no")).alias(column.name)
    if column.kind in _TEXT:
        clean = value.cast(pl.String).str.replace_all("\r\n?", "\n").str.replace_all(_FORBIDDEN, "")
        return pl.when(clean != "").then(clean).alias(column.name)
    if column.kind == "date":
        return value.cast(pl.Date)
    if column.kind == "moment":
        return value.cast(pl.Datetime("ms"))
    return value


def _units(value: pl.Expr) -> pl.Expr:
    """UTF-16 units, which is what Excel counts."""
    return value.str.len_chars() + value.str.count_matches(_BEYOND_16_BITS)


def _cut(name: str) -> pl.Expr:
    value = pl.col(name)
    room = LONGEST_TEXT - len(CUT)
    # where one sign may take two units, half as many signs always fit
    most = pl.when(value.str.contains(_BEYOND_16_BITS)).then(room // 2).otherwise(room)
    return pl.when(_units(value) > LONGEST_TEXT).then(value.str.head(most) + CUT).otherwise(value).alias(name)


def rows_xml(made: Block, letters: Sequence[str], styles: Sequence[int], first: int) -> Iterator[tuple[int, bytes]]:
    """The rows of every sheet, the first of each in row `first`: the place of the sheet in the block, and a piece."""
    tall = pl.when(pl.col(_HIGH) > 1).then(
        pl.concat_str(pl.lit('" ht="'), pl.col(_HIGH) * LINE, pl.lit('" customHeight="1">'))
    )
    lines = pl.concat_str(
        pl.lit('<row r="'),
        pl.col(_ROW),
        tall.otherwise(pl.lit('">')),
        *(
            _cell(column, letter, style, made.frame.schema[column.name])
            for column, letter, style in zip(made.columns, letters, styles, strict=True)
        ),
        pl.lit("</row>"),
    )
    for start in range(0, made.frame.height, _AT_ONCE):
        piece = made.frame.slice(start, _AT_ONCE)
        end = start + piece.height
        parts = [
            (place, max(begins, start), min(ends, end))
            for place, (begins, ends) in enumerate(pairwise(made.starts))
            if begins < end and ends > start
        ]
        numbers = pl.concat(
            [
                pl.int_range(first + begins - made.starts[place], first + ends - made.starts[place], eager=True)
                for place, begins, ends in parts
            ]
        )
        told = piece.with_columns(numbers.cast(pl.String).alias(_ROW), _high(made.columns)).select(lines.alias("xml"))[
            "xml"
        ]
        for place, begins, ends in parts:
            yield place, "".join(told.slice(begins - start, ends - begins).to_list()).encode("utf-8")


def _high(columns: Sequence[Column]) -> pl.Expr:
    """Lines of text that a row shows: not every program works that out of itself."""
    needed = [pl.lit(1, dtype=pl.UInt32)]
    for column in columns:
        if column.kind == "long":
            value, fits = pl.col(column.name), int((column.width or LONG_WIDTH) * 1.1)
            needed.append((value.str.len_chars() + fits - 1) // fits + value.str.count_matches("\n"))
    return pl.max_horizontal(needed).clip(1, _MOST_LINES).cast(pl.Int64).alias(_HIGH)


def _cell(column: Column, letter: str, style: int, kind: pl.DataType) -> pl.Expr:
    value = pl.col(column.name)
    row = pl.col(_ROW)
    if column.kind in _TEXT:
        return _text_cell(value, row, letter, style)
    if column.kind == "date":
        days = (value.dt.epoch("d") + _EPOCH).cast(pl.String)
        sound = value >= _SOUND
        return pl.coalesce(
            pl.when(sound).then(_number_cell(days, row, letter, style)),
            _text_cell(value.dt.strftime("%Y-%m-%d"), row, letter, style),
        )
    if column.kind == "moment":
        days = (value.dt.epoch("ms") / 86_400_000 + _EPOCH).cast(pl.String)
        return _number_cell(days, row, letter, style)
    if kind.is_float():
        value = pl.when(value.is_finite()).then(value)
    return _number_cell(value.cast(pl.String), row, letter, style)


def _number_cell(value: pl.Expr, row: pl.Expr, letter: str, style: int) -> pl.Expr:
    return pl.concat_str(
        pl.lit(f'<c r="{letter}'), row, pl.lit(f'" s="{style}"><v>'), value, pl.lit("</v></c>")
    ).fill_null("")


def _text_cell(value: pl.Expr, row: pl.Expr, letter: str, style: int) -> pl.Expr:
    escaped = (
        value.str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
        .str.replace_all(_READS_AS_ESCAPE, "_x005F_$1")
    )  # fmt: skip
    opened = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
    return pl.concat_str(
        pl.lit(f'<c r="{letter}'), row, pl.lit(opened), escaped, pl.lit("</t></is></c>")
    ).fill_null("")  # fmt: skip
