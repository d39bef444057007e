"""Text columns to values: cleaning, decoding, and the rules that a row must meet on its own.

Takes the records of a `Cut` and their format, gives the decoded rows that hold, the rejects and the repairs.
Promises: a row is rejected once, for its first fault in the order of the layout; every repair is counted; time is
spent only on damage that occurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.formats import Column, Format
from pipelines.readers.cut import REJECTS, REPAIRS, Cut, reject, repaired, stack
from pipelines.readers.names import add_keys
from pipelines.readers.values import Decoded, Fault, Setting, decode

NBSP = "\u00a0"
_WRAPPER = r'^="(.*)"$'
_IDENTIFIERS = ("candidate_number", "ocr_candidate_number", "uci", "uln", "surname")
#: Under this name a row says that one of its marks is absent.
ABSENT = " absent"


@dataclass(frozen=True)
class Rows:
    """Decoded rows that hold, and what was set aside or repaired."""

    values: pl.DataFrame  #: file, line, raw and the values
    rejects: pl.DataFrame
    repairs: pl.DataFrame


def decode_rows(rows: pl.DataFrame, layout: Format, cut: Cut) -> Rows:
    """Clean, decode and judge the records of one kind."""
    columns = [column for column in layout.all_columns.values() if column.name in rows.columns]
    texts, repairs = _clean(rows, columns, layout, cut)
    comma = pl.col("file").is_in(sorted(cut.decimal_comma)) if cut.decimal_comma else None
    setting = Setting(plain=cut.plain, edi=layout.shape == "fixed_width", decimal_comma=comma)
    decoded = {column.name: decode(column, setting) for column in columns}
    made = {name: value for one in decoded.values() for name, value in one.values.items()}
    values = texts.with_columns(**made)
    rejects = _faulty(texts, columns, decoded)
    repairs += _mended(texts, columns, decoded)
    rejects += _lacking(values, layout)
    all_rejects = stack(rejects, REJECTS)
    if not all_rejects.is_empty():
        # The first fault of a row is the one it is rejected for.
        all_rejects = all_rejects.unique(["file", "line"], keep="first", maintain_order=True).sort("file", "line")
        values = values.join(all_rejects, on=["file", "line"], how="anti", maintain_order="left")
    if layout.has_people:
        values = add_keys(values)
    return Rows(values, all_rejects, stack(repairs, REPAIRS))


def _clean(
    rows: pl.DataFrame, columns: Sequence[Column], layout: Format, cut: Cut
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Trim every text; take off what a spreadsheet or a web page wrapped round it; make blank null."""
    names = [column.name for column in columns]
    repairs: list[pl.DataFrame] = []
    if not cut.plain and rows["raw"].str.contains(NBSP, literal=True).any():
        found = pl.col(names).str.contains(NBSP, literal=True)
        repairs += _count(rows, names, found, "non_breaking_space")
        rows = rows.with_columns(pl.col(names).str.replace_all(NBSP, " ", literal=True))
    if layout.shape != "fixed_width" and rows["raw"].str.contains('="', literal=True).any():
        rows = rows.with_columns(_trimmed(names))
        found = pl.col(names).str.contains(_WRAPPER)
        repairs += _count(rows, names, found, "formula_wrapper")
        rows = rows.with_columns(pl.col(names).str.replace(_WRAPPER, "${1}"))
    rows = _unpadded(rows, columns) if layout.shape == "fixed_width" else rows.with_columns(_trimmed(names))
    return rows.with_columns(pl.when(pl.col(names) != "").then(pl.col(names)).name.keep()), repairs


def _unpadded(rows: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Trim fixed-width columns: of most, every value fills its width and there is nothing to do."""
    names = [column.name for column in columns]
    text = pl.col(names)
    edged = rows.select((text.str.starts_with(" ") | text.str.ends_with(" ")).any()).row(0)
    loose = [column for column, is_edged in zip(columns, edged, strict=True) if is_edged]
    single = [column.name for column in loose if column.width == 1]
    wider = [column.name for column in loose if column.width > 1]
    trimmed = [pl.when(pl.col(single) != " ").then(pl.col(single)).name.keep()] if single else []
    return rows.with_columns(*trimmed, *([_trimmed(wider)] if wider else []))


def _trimmed(names: list[str]) -> pl.Expr:
    return pl.col(names).str.strip_chars()


def _count(rows: pl.DataFrame, names: list[str], found: pl.Expr, repair: str) -> list[pl.DataFrame]:
    masks = rows.select(found.fill_null(value=False))
    return [repaired(rows.filter(masks[name]), name, repair) for name in names if masks[name].any()]


def _masks(texts: pl.DataFrame, masks: Sequence[pl.Expr]) -> dict[int, pl.Series]:
    """Evaluate masks together, and keep those that hold anywhere."""
    if not masks:
        return {}
    named = {str(n): mask.fill_null(value=False) for n, mask in enumerate(masks)}
    frame = texts.select(**named)
    found = frame.select(pl.all().any()).row(0)
    return {n: frame[str(n)] for n, any_row in enumerate(found) if any_row}


def _all_faults(columns: Sequence[Column], decoded: dict[str, Decoded]) -> list[tuple[Column, Fault]]:
    return [(column, fault) for column in columns for fault in decoded[column.name].faults]


def _faulty(texts: pl.DataFrame, columns: Sequence[Column], decoded: dict[str, Decoded]) -> list[pl.DataFrame]:
    faults = [(column, fault) for column, fault in _all_faults(columns, decoded) if fault.fatal]
    masks = _masks(texts, [fault.mask for _, fault in faults])
    return [
        reject_value(texts.filter(mask), faults[n][0], faults[n][1].reason, faults[n][1].expected)
        for n, mask in masks.items()
    ]


def reject_value(rows: pl.DataFrame, column: Column | None, reason: str, expected: str, name: str = "") -> pl.DataFrame:
    """Reject rows for one value, in words: `date of birth has a two-digit year, …`."""
    name = column.name if column else name
    first = column.start if column else 0
    last = column.start + column.width - 1 if column else 0
    return reject(rows, f"{_in_words(name)} {reason}", expected, name, first, max(last, 0))


def _in_words(name: str) -> str:
    return " ".join(part.upper() if part in ("uci", "uln", "ocr", "glh") else part for part in name.split("_"))


def _mended(texts: pl.DataFrame, columns: Sequence[Column], decoded: dict[str, Decoded]) -> list[pl.DataFrame]:
    """Count what the decoders repaired, and optional values that could not be decoded and are left out."""
    what = [(column, repair, mask) for column in columns for repair, mask in decoded[column.name].repairs.items()] + [
        (column, "undecodable", fault.mask) for column, fault in _all_faults(columns, decoded) if not fault.fatal
    ]
    masks = _masks(texts, [mask for _, _, mask in what])
    return [repaired(texts.filter(mask), what[n][0].name, what[n][1]) for n, mask in masks.items()]


def _lacking(values: pl.DataFrame, layout: Format) -> list[pl.DataFrame]:
    """Reject rows without a code they need, and rows about nobody."""
    rejects = []
    for need in layout.needs:
        there = [name for name in need if name in values.columns]
        rows = values.filter(pl.all_horizontal([pl.col(name).is_null() for name in there])) if there else values.clear()
        if not rows.is_empty():
            words = " and ".join(_in_words(name) for name in there)
            column = layout.all_columns.get(there[0])
            first, last = (column.start, column.start + column.width - 1) if column and column.start else (0, 0)
            reason = f"{words} is blank" if len(there) == 1 else f"{words} are both blank"
            rejects.append(reject(rows, reason, "a code", there[0], first, last))
    people = [name for name in _IDENTIFIERS if name in values.columns]
    if layout.has_people and people:
        nobody = values.filter(pl.all_horizontal([pl.col(name).is_null() for name in people]))
        reason = "it names nobody: no identifier and no surname"
        rejects.append(reject(nobody, reason, "an identifier or a surname"))
    return rejects
