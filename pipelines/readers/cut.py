"""What every reader gives: the records of several files of one format, cut into text columns, and what it saw.

`file` is the position of a file in the list the reader was given. Nothing here is decoded or judged by value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

#: Columns of a cut's records beside the text columns of the format.
PLACE = {"file": pl.UInt32(), "line": pl.Int32(), "raw": pl.String()}
#: What a reject shows of whom and what it is about, where its columns could be cut at all.
IDENTITY = ("centre_number", "candidate_number", "ocr_candidate_number", "uci")
_CODES = ("option_code", "unit_code", "qualification_code")
REJECTS = {
    **PLACE,
    "reason": pl.String(),
    "column_name": pl.String(),
    "column_from": pl.Int32(),
    "column_to": pl.Int32(),
    "expected": pl.String(),
    **dict.fromkeys((*IDENTITY, "option_code"), pl.String()),
}
REPAIRS = {
    "file": pl.UInt32(),
    "column_name": pl.String(),
    "repair": pl.String(),
    "rows": pl.Int32(),
    "first_line": pl.Int32(),
}


@dataclass(frozen=True)
class Caps:
    """How large a file and its parts may be; a file over a cap is refused."""

    file_bytes: int = 4 << 30
    line_bytes: int = 1 << 20
    columns: int = 1024
    xml_depth: int = 64
    xml_text_bytes: int = 1 << 20


@dataclass(frozen=True)
class Seen:
    """What a file says of itself, and whether it can be used."""

    board: str | None = None
    series_as_sent: str | None = None
    created_at: str | None = None  #: ISO date
    sequence: str | None = None
    run_on: str | None = None  #: ISO date
    has_uci_column: bool = False
    delimiter: str = ""  #: delimited: what parts the cells of a line, in a word
    cells: str = ""  #: delimited: the column each cell of a line is, with commas; nothing for one that is not used
    rows_framing: int = 0
    truncated: str = ""  #: the evidence, where it is cut short
    refused: str = ""  #: why it is refused, in a few words
    detail: str = ""  #: the evidence for it, or a note

    def refuse(self, reason: str, detail: str) -> Seen:
        """The same file, refused; the first refusal stands."""
        return self if self.refused else replace(self, refused=reason, detail=detail)


@dataclass(frozen=True)
class Cut:
    """The records of some files. `rows` has one frame for each kind of record that a fill may ask for."""

    rows: dict[str, pl.DataFrame]  #: `""`, or an xml path → file, line, raw, text columns
    rejects: pl.DataFrame
    repairs: pl.DataFrame
    files: tuple[Seen, ...]
    centres: pl.DataFrame | None = None  #: file, centre_number, series_as_sent the headers speak of
    plain: bool = False  #: all ASCII without a small letter: nothing to upper-case, no odd spaces
    decimal_comma: frozenset[int] = field(default_factory=frozenset)  #: files in which 72,5 is 72.5


def empty_rejects() -> pl.DataFrame:
    """No rejects."""
    return pl.DataFrame(schema=REJECTS)


def empty_repairs() -> pl.DataFrame:
    """No repairs."""
    return pl.DataFrame(schema=REPAIRS)


def reject(
    rows: pl.DataFrame, reason: str, expected: str = "", column: str = "", first: int = 0, last: int = 0
) -> pl.DataFrame:
    """Set `rows` (file, line, raw, …) aside for one reason; `first` and `last` are character positions."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String()]
    codes = [_trimmed(name) for name in _CODES if name in texts]
    nothing = pl.lit(None, dtype=pl.String)
    return rows.select(
        *PLACE,
        pl.lit(reason).alias("reason"),
        pl.lit(column or None, dtype=pl.String).alias("column_name"),
        pl.lit(first or None, dtype=pl.Int32).alias("column_from"),
        pl.lit(last or None, dtype=pl.Int32).alias("column_to"),
        pl.lit(expected or None, dtype=pl.String).alias("expected"),
        *((_trimmed(name) if name in texts else nothing).alias(name) for name in IDENTITY),
        (pl.coalesce(codes) if codes else nothing).alias("option_code"),
    )


def _trimmed(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def repaired(rows: pl.DataFrame, column: str | None, repair: str) -> pl.DataFrame:
    """Count one kind of repair in `rows`, the rows it was done in, by file."""
    return rows.group_by("file").agg(
        pl.lit(column, dtype=pl.String).alias("column_name"),
        pl.lit(repair).alias("repair"),
        pl.len().cast(pl.Int32).alias("rows"),
        pl.col("line").min().alias("first_line"),
    )


def stack(frames: Sequence[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Put frames of one schema under each other, none included."""
    return pl.concat([pl.DataFrame(schema=schema), *(frame.select(list(schema)) for frame in frames)])
