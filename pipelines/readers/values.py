"""Column decoders: the text of one column to values of a type.

Takes a polars expression of clean text (trimmed, blank as null), gives expressions: the values, where it cannot be
decoded and why, and where damage was repaired. Promises: nothing that lost digits is guessed, a two-digit year is
never read outside EDI, and a word stays a word (`Null`, `NA`, `True` are surnames).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from pipelines.formats import Column

#: EDI dates without anything to compare with: 00-30 are of this century. Candidates of 2031 are born by then.
PIVOT_WITHOUT_DATE = 30
#: A file is never older than the format: a creation date of 80-99 is of the last century.
PIVOT_OF_FILES = 79
ABSENT = ("A", "ABS", "ABSENT")
NOT_WITHDRAWN = ("N", "NO", "0", "FALSE")
_EXPONENT = r"^[+-]?\d+(?:[.,]\d+)?E\+?-?\d+$"
_YEAR2 = r"^\d{1,2}\s*[-/. ]\s*(?:\d{1,2}|[A-Za-z]{3,9})\s*[-/. ]\s*\d{2}$"
_TIME = r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?$"


@dataclass(frozen=True)
class Fault:
    """Rows whose text cannot be decoded; a fatal one rejects the row whether or not the column is required."""

    mask: pl.Expr
    reason: str
    expected: str
    fatal: bool = True


@dataclass(frozen=True)
class Decoded:
    """What a column says: values by the name they go under, faults, and repairs (name → rows)."""

    values: dict[str, pl.Expr]  #: a mark's absence goes under the name with ` absent` behind it
    faults: tuple[Fault, ...] = ()
    repairs: dict[str, pl.Expr] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """What the decoding of a value depends on beside its text."""

    plain: bool = False  #: nothing to upper-case
    edi: bool = False  #: fixed width: no spreadsheet has been at it
    decimal_comma: pl.Expr | None = None  #: rows in which 72,5 is 72.5; None for no row


def decode(column: Column, setting: Setting) -> Decoded:
    """Decode the clean text of `column`, which stands under its name."""
    return _DECODERS[column.decode](column, pl.col(column.name), setting)


def _undecodable(text: pl.Expr, value: pl.Expr, what: str, column: Column) -> Fault:
    return Fault(text.is_not_null() & value.is_null(), f"is not {what}", what, fatal=column.required)


def _upper(text: pl.Expr, setting: Setting) -> pl.Expr:
    return text if setting.plain else text.str.to_uppercase()


def _text(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    return Decoded({column.name: text})


def _code(column: Column, text: pl.Expr, setting: Setting) -> Decoded:
    return Decoded({column.name: _upper(text, setting)})


def _word(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    """One of a few words, however it is written."""
    word = text.str.to_lowercase().str.replace_all(r"[\s_\-.]+", "")
    value = pl.when(word.is_in(list(column.values))).then(word)
    return Decoded({column.name: value}, (_undecodable(text, value, " or ".join(column.values), column),))


def _identifier(column: Column, text: pl.Expr, setting: Setting) -> Decoded:
    """A number that is a name: `pad` characters, so zeros that a spreadsheet took are put back."""
    code = _upper(text, setting)
    if setting.edi:
        return Decoded({column.name: code})
    lost = Fault(
        code.str.contains(_EXPONENT) & code.str.contains(r"[.+,]"),
        "was turned into a number and lost digits",
        "the digits in full",
    )
    has_point = code.str.contains(r"^\d+\.0$")
    value = code.str.strip_suffix(".0")
    value = pl.when(has_point).then(value).otherwise(code)
    repairs = {"decimal_point": has_point}
    if column.pad:
        short = value.str.contains(r"^\d+$") & (value.str.len_bytes() < column.pad)
        value = pl.when(short).then(value.str.zfill(column.pad)).otherwise(value)
        repairs["leading_zeros"] = short
    return Decoded({column.name: value}, (lost,), repairs)


def _series(column: Column, text: pl.Expr, setting: Setting) -> Decoded:
    """A series; `6E26` that became 6 × 10²⁶ lost nothing."""
    code = _upper(text, setting)
    if setting.edi:
        return Decoded({column.name: code})
    short = code.str.contains(r"^[1-9](?:\.0+)?E\+\d{2}$")
    # A spreadsheet cell gives the number in full, but no more of it is exact than was typed.
    digits = pl.when(code.str.contains(r"^\d{11,100}$")).then(code).cast(pl.Float64, strict=False).cast(pl.String)
    in_full = digits.str.contains(r"^[1-9](?:\.0)?e\+?\d{2}$").fill_null(value=False)
    repair = r"^([1-9])(?:\.0+)?[eE]\+?(\d{2})$"
    value = (
        pl.when(short | in_full)
        .then(pl.when(short).then(code).otherwise(digits).str.replace(repair, "${1}E${2}"))
        .otherwise(code)
    )
    lost = Fault(
        code.str.contains(_EXPONENT) & code.str.contains(r"[.+,]") & ~short,
        "was turned into a number and lost digits",
        "a series such as 6E26",
    )
    return Decoded({column.name: value}, (lost,), {"exponent": short | in_full})


def _edi_name(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    """`SURNAME:FORENAMES` in a field of fixed width; a name that fills it may be cut."""
    surname = text.str.split_exact(":", 1).struct.field("field_0").str.strip_chars()
    forenames = text.str.splitn(":", 2).struct.field("field_1").str.strip_chars()
    return Decoded(
        {
            "surname": pl.when(surname != "").then(surname),
            "forenames": pl.when(forenames != "").then(forenames),
            "name_truncated": (text.str.len_chars() >= column.width).fill_null(value=False),
        }
    )


def _number(text: pl.Expr, setting: Setting) -> tuple[pl.Expr, list[Fault]]:
    """Text with a decimal point, and the rows whose comma cannot be one."""
    if setting.edi:
        return text, []
    comma = text.str.contains(r"^[+-]?\d+,\d+$")
    if setting.decimal_comma is None:
        return text, [_comma_fault(comma)]
    pointed = pl.when(comma & setting.decimal_comma).then(text.str.replace(",", ".", literal=True)).otherwise(text)
    return pointed, [_comma_fault(comma & ~setting.decimal_comma)]


def _comma_fault(mask: pl.Expr) -> Fault:
    return Fault(mask, "has a decimal comma in a file that is not separated by semicolons", "a decimal point")


def _mark(column: Column, text: pl.Expr, setting: Setting) -> Decoded:
    """A mark; `A` or `ABS` is no mark, and says absent."""
    absent = text.is_in(ABSENT) if setting.plain else text.str.to_uppercase().is_in(ABSENT)
    number, faults = _number(text, setting)
    is_number = number.str.contains(r"^\d{1,5}(?:\.\d*)?$")
    value = pl.when(is_number).then(number).cast(pl.Decimal(7, 2), strict=False)
    wrong = Fault(
        text.is_not_null() & ~is_number & ~absent, "is not a mark", "a number, A or ABS", fatal=column.required
    )
    repairs = {} if setting.edi else {"rounded": is_number & number.str.contains(r"\.\d\d\d*[1-9]")}
    return Decoded({column.name: value, f"{column.name} absent": absent}, (*faults, wrong), repairs)


def _integer(column: Column, text: pl.Expr, setting: Setting) -> Decoded:
    number, faults = _number(text, setting)
    plain_number = number if setting.edi else number.str.replace(r"\.0*$", "")
    value = pl.when(plain_number.str.contains(r"^\d{1,9}$")).then(plain_number).cast(pl.Int32, strict=False)
    return Decoded({column.name: value}, (*faults, _undecodable(text, value, "a whole number", column)))


def _level(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    value = text.str.extract(r"(?i)^(?:level|l)?\s*([0-9])(?:\.0)?$", 1).cast(pl.Int32, strict=False)
    return Decoded({column.name: value}, (_undecodable(text, value, "a level such as 3 or Level 3", column),))


def _date(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    """A date with a four-digit year; a time after it does not count."""
    two_digits = text.str.contains(_YEAR2)
    value = date_of(text)
    ambiguous = Fault(two_digits, "has a two-digit year, so the century is unknown", "a date such as 31/12/2026")
    wrong = Fault(
        text.is_not_null() & ~two_digits & value.is_null(),
        "is not a date",
        "a date such as 31/12/2026, 2026-12-31 or 31-Dec-2026",
        fatal=column.required,
    )
    return Decoded({column.name: value}, (ambiguous, wrong))


def date_of(text: pl.Expr) -> pl.Expr:
    """The date that `dd/mm/yyyy`, `yyyy-mm-dd`, `dd-Mon-yyyy` or `dd Month yyyy` says, else null."""
    day = text.str.replace(_TIME, "")
    numeric = pl.when(day.str.contains(r"^\d{1,2}/\d{1,2}/\d{4}$")).then(day).str.to_date("%d/%m/%Y", strict=False)
    iso = pl.when(day.str.contains(r"^\d{4}-\d{1,2}-\d{1,2}$")).then(day).str.to_date("%Y-%m-%d", strict=False)
    words = day.str.replace_all(r"[\s-]+", " ").str.replace(r"(?i) sept ", " Sep ")
    words = pl.when(words.str.contains(r"^\d{1,2} [A-Za-z]{3,9} \d{4}$")).then(words)
    # a month's whole name is read by its first three letters too
    return pl.coalesce(numeric, iso, words.str.to_date("%d %B %Y", strict=False))


def ddmmyy(text: pl.Expr, pivot: int = PIVOT_OF_FILES) -> pl.Expr:
    """An EDI date; years up to `pivot` are of this century. `000000` and what is no date are null."""
    year = text.str.slice(4, 2).cast(pl.Int32, strict=False)
    century = pl.when(year <= pivot).then(pl.lit("20")).otherwise(pl.lit("19"))
    is_date = text.str.contains(r"^\d{6}$")
    whole = pl.concat_str(text.str.slice(0, 4), century, text.str.slice(4, 2))
    return pl.when(is_date).then(whole).str.to_date("%d%m%Y", strict=False)


def _ddmmyy(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    value = ddmmyy(text)
    given = pl.when(text != "000000").then(text)
    return Decoded({column.name: value}, (_undecodable(given, value, "a date DDMMYY", column),))


def _birth_ddmmyy(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    """A birth date: the latest century that is not after the file's own creation date (`created_at`)."""
    this, last = ddmmyy(text, 99), ddmmyy(text, -1)
    by_file = pl.when(this <= pl.col("created_at")).then(this).otherwise(last)
    value = pl.when(pl.col("created_at").is_not_null()).then(by_file).otherwise(ddmmyy(text, PIVOT_WITHOUT_DATE))
    given = pl.when(text != "000000").then(text)
    return Decoded({column.name: value}, (_undecodable(given, value, "a date DDMMYY", column),))


def _partial_absence(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    value = text == "#"
    wrong = Fault(text.is_not_null() & ~value, "is neither blank nor #", "blank or #", fatal=column.required)
    return Decoded({column.name: value.fill_null(value=False)}, (wrong,))


def _withdrawn(column: Column, text: pl.Expr, _setting: Setting) -> Decoded:
    return Decoded({column.name: text.is_not_null() & ~text.str.to_uppercase().is_in(NOT_WITHDRAWN)})


_Decoder = Callable[[Column, pl.Expr, Setting], Decoded]
_DECODERS: dict[str, _Decoder] = {
    "text": _text,
    "code": _code,
    "word": _word,
    "identifier": _identifier,
    "series": _series,
    "edi_name": _edi_name,
    "mark": _mark,
    "integer": _integer,
    "level": _level,
    "date": _date,
    "ddmmyy": _ddmmyy,
    "birth_ddmmyy": _birth_ddmmyy,
    "partial_absence": _partial_absence,
    "withdrawn": _withdrawn,
}
