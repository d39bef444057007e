"""Text columns to values: cleaning, decoding, and the rules that a row must meet on its own.

Takes the records of a `Cut` and their format, gives the decoded rows that hold, the rejects and the repairs.
Promises: a row is rejected once, for its first fault in the order of the layout; every repair is counted; time is
spent only on damage that occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.formats import Column, Format
from pipelines.readers.cut import REJECTS, REPAIRS, Cut, reject, repaired, stack
from pipelines.readers.names import add_keys
from pipelines.readers.values import Decoded, Setting, decode

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
    marks = [
        _Mark(column, number, mask, reason, expected)
        for column in columns
        for number, (mask, reason, expected) in enumerate(_marks_of(decoded[column.name]))
    ]
    values, found = _evaluated(texts, decoded, marks, setting)
    rejects = [
        reject_value(texts.filter(mask), mark.column, mark.what, mark.expected) for mark, mask in found if mark.expected
    ]
    repairs += [repaired(texts.filter(mask), mark.column.name, mark.what) for mark, mask in found if not mark.expected]
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
    if not cut.plain and _occurs(NBSP, rows, names, layout):
        found = pl.col(names).str.contains(NBSP, literal=True)
        repairs += _count(rows, names, found, "non_breaking_space")
        rows = rows.with_columns(pl.col(names).str.replace_all(NBSP, " ", literal=True))
    if layout.shape != "fixed_width" and _occurs('="', rows, names, layout):
        rows = rows.with_columns(_trimmed(names))
        found = pl.col(names).str.contains(_WRAPPER)
        repairs += _count(rows, names, found, "formula_wrapper")
        rows = rows.with_columns(pl.col(names).str.replace(_WRAPPER, "${1}"))
    is_padded_only = layout.shape == "fixed_width" and not _has_odd_space(rows, cut)
    rows = _unpadded(rows, columns) if is_padded_only else rows.with_columns(_trimmed(names))
    return rows.with_columns(pl.when(pl.col(names) != "").then(pl.col(names)).name.keep()), repairs


def _occurs(text: str, rows: pl.DataFrame, names: list[str], layout: Format) -> bool:
    """Whether a text stands anywhere in the values; the raw text is searched where it holds all of them."""
    # An element of XML has values of those around it, which its own text does not show.
    where = names if layout.shape == "xml" else ["raw"]
    return any(bool(rows[name].str.contains(text, literal=True).any()) for name in where)


def _has_odd_space(rows: pl.DataFrame, cut: Cut) -> bool:
    """Whether a space that is not the common one stands anywhere: it is trimmed too, whatever is read beside it."""
    raw = pl.col("raw").str
    odd = raw.contains_any(["\t", "\x0b", "\x0c"]) if cut.plain else raw.contains(r"[^\S ]")
    return bool(rows.select(odd.any()).item())


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


@dataclass(frozen=True)
class _Mark:
    """Rows of a column that have something said of them: a reject where something else was expected, or a repair."""

    column: Column
    number: int
    mask: pl.Expr
    what: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.column.name} {self.number}"


def _marks_of(made: Decoded) -> Iterator[tuple[pl.Expr, str, str]]:
    for fault in made.faults:
        # An optional value that cannot be decoded is left out, and that is counted.
        yield fault.mask, fault.reason if fault.fatal else "undecodable", fault.expected if fault.fatal else ""
    for repair, mask in made.repairs.items():
        yield mask, repair, ""


def _evaluated(
    texts: pl.DataFrame, decoded: Mapping[str, Decoded], marks: Sequence[_Mark], setting: Setting
) -> tuple[pl.DataFrame, list[tuple[_Mark, pl.Series]]]:
    """The decoded rows, and the marks that hold anywhere with the rows they hold in."""
    masks = {mark.name: mark.mask.fill_null(value=False) for mark in marks}
    if setting.edi:
        every = {name: value for made in decoded.values() for name, value in made.values.items()}
        frame = texts.lazy().select(**every, **masks).collect()
    else:
        by_column = []
        for column, made in decoded.items():
            mine = {mark.name: masks[mark.name] for mark in marks if mark.column.name == column}
            by_column.append(_by_distinct(texts, column, {**made.values, **mine}, setting))
        frame = pl.concat(by_column, how="horizontal") if by_column else texts.select()
    holds = frame.select(pl.col(list(masks)).any()).row(0) if masks else ()
    found = [(mark, frame[mark.name]) for mark, any_row in zip(marks, holds, strict=True) if any_row]
    values = frame.drop(list(masks))
    return texts.drop(values.columns, strict=False).hstack(values), found


def _by_distinct(texts: pl.DataFrame, column: str, wanted: Mapping[str, pl.Expr], setting: Setting) -> pl.DataFrame:
    """Decode each text of a column once, however many rows of a report repeat it."""
    key = [column] if setting.decimal_comma is None else [column, "file"]
    distinct = texts.select(key).unique()
    if distinct.height * 2 > texts.height:
        return texts.lazy().select(**wanted).collect()
    renamed = {name: f"{name} as sent" for name in key}
    known = distinct.lazy().select(**{new: pl.col(old) for old, new in renamed.items()}, **wanted).collect()
    keyed = texts.select(key).rename(renamed)
    joined = keyed.join(known, on=list(renamed.values()), how="left", nulls_equal=True, maintain_order="left")
    return joined.drop(list(renamed.values()))


def reject_value(rows: pl.DataFrame, column: Column | None, reason: str, expected: str, name: str = "") -> pl.DataFrame:
    """Reject rows for one value, in words: `date of birth has a two-digit year, …`."""
    name = column.name if column else name
    first = column.start if column else 0
    last = column.start + column.width - 1 if column else 0
    return reject(rows, f"{_in_words(name)} {reason}", expected, name, first, max(last, 0))


def _in_words(name: str) -> str:
    return " ".join(part.upper() if part in ("uci", "uln", "ocr", "glh") else part for part in name.split("_"))


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
