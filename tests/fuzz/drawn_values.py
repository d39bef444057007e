"""Values that a column may hold, drawn together with a text that says them: what is read of the text must be the value.

Takes a column of a format and what the tables it fills ask of it; gives hypothesis strategies of `Said`. Nothing here
is read from the decoders: each writing is one that `docs/formats-howto.md` promises to understand.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl
from hypothesis import strategies as st

from pipelines.formats import Column, Format, table_columns
from schemas.tables.incoming import Check, Filled, checks_of

#: letters of names, what separates their parts, and what a delimited file, XML or a spreadsheet may stumble over
_SIGNS = "abcXYZ 019éßŁøÖç'’-.,;:\"&/()=+@#*<>|\t\u2028\u00ad日本"
_ASCII = "ABCDEFGHKLMRTVWXY0123456789"
_WORDS_OF_FRAMING = re.compile(r"(?i)total|number|count|rows|records|end|no\b|no\.")
_FIRST, _LAST = dt.date(1901, 1, 1), dt.date(2099, 12, 31)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Said:
    """A value, the text that says it, and whether a mark's text says absent."""

    value: Any
    text: str
    is_absent: bool = False
    also: tuple[tuple[str, Any], ...] = ()  #: of a name in one field: the values it is made into


@dataclass(frozen=True)
class Demands:
    """What the tables ask of a column."""

    filled: bool
    longest: int
    words: tuple[str, ...]
    low: int
    high: int


def targets(layout: Format, column: str) -> list[tuple[str, str]]:
    """The tables and their columns that say what a column of the layout says."""
    return [
        (fill.table, target)
        for fill in layout.fills
        for target in table_columns(fill.table)
        if target not in {*fill.fixed, *fill.any_of, *fill.blank} and fill.columns.get(target, target) == column
    ]


def _meets(checks: list[Check], value: object) -> bool:
    return all(pl.select(check.holds(pl.lit(value))).item() for check in checks)


@cache
def demands(layout_name: str, wanted: tuple[tuple[str, str], ...], decode: str) -> Demands:
    """Ask the checks of the tables what they let through; `layout_name` keeps the answers of formats apart."""
    every = [check for table, target in wanted for check in checks_of(table).get(target, ())]
    checks = [check for check in every if isinstance(check, Check)]
    filled = any(isinstance(check, Filled) for check in every)
    words = tuple(word for check in checks if "not one of" in check.reason for word in check.expected.split(" or "))
    if decode in ("integer", "level", "mark"):
        cast = Decimal if decode == "mark" else int
        fine = [number for number in (9, 99, 999, 9999, 99999) if _meets(checks, cast(number))]
        return Demands(filled, 0, words, 0 if _meets(checks, cast(0)) else 1, max(fine))
    if decode in ("text", "code", "identifier", "series", "edi_name"):
        long = [n for n in range(1, 61) if words or _meets(checks, "x" * n)]
        return Demands(filled, max(long), words, 0, 0)
    return Demands(filled, 0, words, 0, 0)


def said_by(layout: Format, column: Column, created: dt.date | None, must: bool = False) -> st.SearchStrategy[Said]:
    """What a column may say when it is not blank; where it must say something, a mark is not absent."""
    asked = demands(layout.name, tuple(targets(layout, column.name)), column.decode)
    edi = layout.shape == "fixed_width"
    most = min(column.width or 60, asked.longest or 60)
    if column.name == "uci":
        return _ucis()
    if asked.words:
        return st.sampled_from(asked.words).map(lambda word: Said(word, word))
    strategies: dict[str, Any] = {
        "text": lambda: _texts(most, edi),
        "code": lambda: _codes(most),
        "identifier": lambda: _identifiers(column.pad, most, edi),
        "series": lambda: _series(edi or layout.shape == "xml"),
        "edi_name": lambda: _names(most),
        "mark": lambda: _marks(asked.high, column.width, must),
        "integer": lambda: st.integers(asked.low, min(asked.high, 10 ** (column.width or 5) - 1)).map(
            lambda number: Said(number, str(number))
        ),
        "level": _levels,
        "date": _dates,
        "ddmmyy": lambda: _short_dates(dt.date(1980, 1, 1), dt.date(2079, 12, 31)),
        "birth_ddmmyy": lambda: _births(created),
        "partial_absence": lambda: st.just(Said(value=True, text="#")),
        "withdrawn": _withdrawals,
        "word": lambda: _words(column.values),
    }
    made: st.SearchStrategy[Said] = strategies[column.decode]()
    return made


def _texts(most: int, edi: bool) -> st.SearchStrategy[Said]:
    signs = st.sampled_from([sign for sign in _SIGNS if not (edi and sign in "\t\u2028")])
    odd = st.characters(min_codepoint=0xA1, max_codepoint=0x2FFF, exclude_categories=("C", "Z"))
    text = st.text(signs | odd, min_size=1, max_size=most).map(str.strip)
    # words that end a sheet, what a spreadsheet wraps round a number, and a line end beside a delimiter are framing
    return text.filter(
        lambda one: bool(one) and not _WORDS_OF_FRAMING.search(one) and not one.startswith('="') and one[0] != "\ufeff"
    ).map(lambda one: Said(one, one))


def _codes(most: int) -> st.SearchStrategy[Said]:
    code = st.text(_ASCII + "/", min_size=1, max_size=most)
    return st.tuples(code, st.booleans()).map(lambda drawn: Said(drawn[0], drawn[0].lower() if drawn[1] else drawn[0]))


def _identifiers(pad: int, most: int, edi: bool) -> st.SearchStrategy[Said]:
    size = min(pad or 6, most)
    number = st.text("0123456789", min_size=size, max_size=size)
    if edi:
        return number.map(lambda digits: Said(digits, digits))

    def said(drawn: tuple[str, str]) -> Said:
        digits, how = drawn
        bare = digits.lstrip("0") or "0"
        texts = {"whole": digits, "wrapped": f'="{digits}"', "bare": bare if pad else digits, "point": f"{digits}.0"}
        texts["web"] = f"\u00a0{digits}"
        return Said(digits, texts[how])

    return st.tuples(number, st.sampled_from(["whole", "wrapped", "bare", "point", "web"])).map(said)


def _series(plainly: bool) -> st.SearchStrategy[Said]:
    def said(drawn: tuple[str, str, int, str]) -> Said:
        month, letter, year, how = drawn
        code = f"{month}{letter}{year:02d}"
        if how == "damaged" and letter == "E" and month.isdigit():
            return Said(code, f"{month}E+{year:02d}")
        return Said(code, code.lower() if how == "small" else code)

    hows = ["plain"] if plainly else ["plain", "small", "damaged"]
    parts = st.sampled_from("123456789ABC"), st.sampled_from("ABCEI"), st.integers(10, 40), st.sampled_from(hows)
    return st.tuples(*parts).map(said)


def _names(width: int) -> st.SearchStrategy[Said]:
    part = st.text("ABCDEÉ'-. ", min_size=1, max_size=width // 2 - 1).map(str.strip).filter(bool)

    def said(drawn: tuple[str, str]) -> Said:
        text = f"{drawn[0]}:{drawn[1]}"
        return Said(
            text,
            text,
            also=(("surname", drawn[0]), ("forenames", drawn[1] or None), ("name_truncated", len(text) >= width)),
        )

    return st.tuples(part, part | st.just("")).map(said)


def _ucis() -> st.SearchStrategy[Said]:
    digits = st.text("0123456789", min_size=11, max_size=11)
    parts = st.tuples(digits, st.sampled_from("0123456789ABX"), st.sampled_from("ABCDEFGHKLMRTVWXY"))
    return parts.map(lambda drawn: drawn[0][:5] + drawn[1] + drawn[0][5:] + drawn[2]).map(lambda uci: Said(uci, uci))


def _marks(high: int, width: int, must: bool) -> st.SearchStrategy[Said]:
    number = st.decimals(0, min(high, 10 ** (width or 5) - 1), places=2, allow_nan=False, allow_infinity=False)
    if width and width < 8:
        number = number.map(lambda mark: mark.to_integral_value())
    marks = number.map(lambda mark: Said(mark.quantize(Decimal("0.01")), str(mark)))
    if must:
        return marks
    return marks | st.sampled_from(["A", "ABS", "abs"]).map(lambda text: Said(None, text, is_absent=True))


def _levels() -> st.SearchStrategy[Said]:
    writings = st.sampled_from(["{}", "Level {}", "L{}", "level{}", "{}.0"])
    return st.tuples(st.integers(0, 9), writings).map(lambda drawn: Said(drawn[0], drawn[1].format(drawn[0])))


def _dates() -> st.SearchStrategy[Said]:
    def said(drawn: tuple[dt.date, str]) -> Said:
        day, how = drawn
        month = _MONTHS[day.month - 1]
        texts = {
            "numbers": f"{day.day:02d}/{day.month:02d}/{day.year}",
            "iso": day.isoformat(),
            "short": f"{day.day:02d}-{month[:3]}-{day.year}",
            "long": f"{day.day} {month} {day.year}",
            "with a time": f"{day.day}/{day.month}/{day.year} 09:30:00",
        }
        return Said(day, texts[how])

    return st.tuples(st.dates(_FIRST, _LAST), st.sampled_from(["numbers", "iso", "short", "long", "with a time"])).map(
        said
    )


def _short_dates(first: dt.date, last: dt.date) -> st.SearchStrategy[Said]:
    return st.dates(first, last).map(lambda day: Said(day, day.strftime("%d%m%y")))


def _births(created: dt.date | None) -> st.SearchStrategy[Said]:
    latest = created or dt.date(2026, 8, 10)
    return _short_dates(latest.replace(year=latest.year - 99), latest)


def _withdrawals() -> st.SearchStrategy[Said]:
    yes = st.sampled_from(["Y", "yes", "1", "True", "01/02/2026", "W"]).map(lambda text: Said(value=True, text=text))
    return yes | st.sampled_from(["N", "no", "0", "False"]).map(lambda text: Said(value=False, text=text))


def _words(values: tuple[str, ...]) -> st.SearchStrategy[Said]:
    return st.tuples(st.sampled_from(values), st.sampled_from(["small", "large", "title"])).map(
        lambda drawn: Said(
            drawn[0], {"small": drawn[0], "large": drawn[0].upper(), "title": drawn[0].title()}[drawn[1]]
        )
    )
