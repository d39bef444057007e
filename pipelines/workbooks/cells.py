"""Rows of a frame as the cells of a sheet, a column at a time.

Takes a frame and the style of each column; gives the rows in the XML of a sheet, in bounded pieces. Promises: text is
text by its type whatever sign it begins with, nothing is a formula, what XML 1.0 forbids is left out, what reads as an
escape to Excel is escaped, text longer than a cell takes is cut, and dates before Excel's first sound day are text.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.workbooks.sheet import Column, Kind

LONGEST_TEXT = 32_767  #: UTF-16 units in a cell
CUT = " … [cut]"
_TEXT: tuple[Kind, ...] = ("text", "long", "identifier", "boolean", "severity", "doubt", "sheet")
_AT_ONCE = 20_000  #: rows in one piece
_EPOCH = 25_569  #: days from Excel's day nought to 1970-01-01
_SOUND = date(1900, 3, 1)  #: Excel believes in 29 February 1900: days before that are one off

_FORBIDDEN = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
_BEYOND_16_BITS = r"[\x{10000}-\x{10FFFF}]"
#: `_x0041_` in a file is the letter A to Excel: an underscore that would begin one is spelled out
_READS_AS_ESCAPE = r"_(x[0-9A-Fa-f]{4}_)"


def plain(frame: pl.DataFrame, columns: Sequence[Column]) -> tuple[pl.DataFrame, int]:
    """The values as the cells will hold them: text cleaned and cut; and how many were cut."""
    texts = [column.name for column in columns if column.kind in _TEXT]
    frame = frame.select(_plain(column) for column in columns)
    units = frame.select(
        (pl.col(name).str.len_chars() + pl.col(name).str.count_matches(_BEYOND_16_BITS) > LONGEST_TEXT).sum()
        if (frame[name].str.len_chars().max() or 0) > LONGEST_TEXT // 2  # type: ignore[operator]
        else pl.lit(0).alias(name)
        for name in texts
    )
    cut = int(sum(units.row(0))) if texts else 0
    if cut:
        frame = frame.with_columns(_cut(name) for name in texts)
    return frame, cut


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


def _cut(name: str) -> pl.Expr:
    value = pl.col(name)
    astral = value.str.count_matches(_BEYOND_16_BITS)
    room = LONGEST_TEXT - len(CUT)
    # where one sign may take two units, half as many signs always fit
    most = pl.when(astral > 0).then(room // 2).otherwise(room)
    too_long = value.str.len_chars() + astral > LONGEST_TEXT
    return pl.when(too_long).then(value.str.head(most) + CUT).otherwise(value).alias(name)


def widths(frame: pl.DataFrame, columns: Sequence[Column]) -> list[int]:
    """The longest line of each column, in characters, of values as `plain` gives them."""
    known = {"date": 11, "moment": 17, "decimal": 9}
    if not frame.height:
        return [0 for _ in columns]
    longest = frame.select(
        pl.lit(known[column.kind]).alias(column.name)
        if column.kind in known
        else pl.col(column.name).cast(pl.String).str.len_chars().max().fill_null(0)
        for column in columns
    )
    return [int(value) for value in longest.row(0)]


def rows_xml(
    frame: pl.DataFrame, columns: Sequence[Column], letters: Sequence[str], styles: Sequence[int], first: int
) -> Iterator[bytes]:
    """The rows of values as `plain` gives them, the first in row `first` of the sheet, in pieces."""
    for start in range(0, frame.height, _AT_ONCE):
        piece = frame.slice(start, _AT_ONCE)
        numbered = piece.with_columns(
            pl.int_range(first + start, first + start + piece.height, dtype=pl.Int64).cast(pl.String).alias("\x00row")
        )
        cells = [
            _cell(column, letter, style, piece.schema[column.name])
            for column, letter, style in zip(columns, letters, styles, strict=True)
        ]
        line = pl.concat_str(pl.lit('<row r="'), pl.col("\x00row"), pl.lit('">'), *cells, pl.lit("</row>"))
        made = numbered.select(line.alias("xml"))["xml"]
        yield str(made.str.join("").item()).encode("utf-8")


def _cell(column: Column, letter: str, style: int, kind: pl.DataType) -> pl.Expr:
    value = pl.col(column.name)
    row = pl.col("\x00row")
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
