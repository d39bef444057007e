"""Rows that are valid under a format, drawn and written as the format says.

Takes a format as its TOML file declares it, so that a new file is covered by itself; gives a hypothesis strategy of
`Season`: the rows of a file, their header values, and how they are to be written. `content` writes any of the rows as
a whole file of their own, `expected` says which statements they are to be read as.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from pipelines.formats import IDENTITY, Column, Fill, Format, table_columns
from tests.fuzz.accounts import shipped
from tests.fuzz.drawn_values import Said, demands, said_by, targets

CENTRE, SERIES, BOARD, NO_CENTRE = "99999", "6E26", "01", "00000"
_IDENTIFIERS = ("candidate_number", "ocr_candidate_number", "uci", "uln", "surname")
_MARKS = ("mark", "raw_mark", "special_consideration_mark", "weighted_mark")
#: made of other columns; they have tests of their own
_DERIVED = {"surname_key", "surname_sorted", "forename_key", "forenames_key", "file_id", "line"}

Record = dict[str, Said]


@dataclass(frozen=True)
class Element:
    """An element of XML: its own values, and the elements below that make rows."""

    values: Record
    below: dict[str, list[Element]]


@dataclass(frozen=True)
class Season:
    """What is to be written: rows (elements, of XML), the values a file says once, and choices of how to write."""

    format: str  #: by its name: what is drawn is shown where a test fails, and a whole format is no help there
    rows: tuple[Any, ...]
    created: dt.date
    style: dict[str, Any]

    @property
    def layout(self) -> Format:
        """The format that it is written and read by."""
        return next(layout for layout in shipped() if layout.name == self.format)


def _must(layout: Format) -> set[str]:
    """Columns that are not left blank, so that a row is kept."""
    there = {column.name for column in layout.columns}
    must = {next(name for name in need if name in there) for need in layout.needs if set(need) & there}
    for column in layout.all_columns.values():
        wanted = tuple(targets(layout, column.name))
        if demands(layout.name, wanted, column.decode).filled and column.decode not in ("partial_absence", "withdrawn"):
            must.add(column.name)
    if layout.has_people:
        must |= set([name for name in _IDENTIFIERS if name in there][:1])
    return must


@st.composite
def records(draw: st.DrawFn, layout: Format, columns: Sequence[Column], created: dt.date) -> Record:
    """One row: each column with a value, or blank where it may be."""
    must, record = _must(layout), {}
    for column in columns:
        if column.name == "centre_number" and layout.shape != "delimited":
            record[column.name] = Said(CENTRE, CENTRE)
        elif column.name in must or draw(st.integers(0, 3)):
            record[column.name] = draw(said_by(layout, column, created, column.name in must))
    return record


@st.composite
def seasons(draw: st.DrawFn, layout: Format, most: int = 6) -> Season:
    """Rows of a format, and how they are written."""
    created = draw(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)))
    if layout.shape == "xml":
        wholes = st.lists(_elements(layout, layout.whole, created), min_size=1, max_size=most)
        return Season(layout.name, tuple(draw(wholes)), created, draw(_xml_styles()))
    if layout.shape == "fixed_width":
        lines = draw(st.lists(_fixed_records(layout, created), min_size=1, max_size=most))
        return Season(
            layout.name, tuple(lines), created, draw(_text_styles(("utf-8", "utf-8-sig", "cp1252", "utf-16")))
        )
    rows = draw(st.lists(records(layout, layout.columns, created), min_size=1, max_size=most))
    return Season(layout.name, tuple(rows), created, draw(_sheet_styles(layout)))


@st.composite
def _fixed_records(draw: st.DrawFn, layout: Format, created: dt.date) -> tuple[Record, list[Said]]:
    """A row of fixed width with the columns of its variant, and the values that stand several times at its end."""
    repeat = layout.repeat
    variant = draw(st.sampled_from(layout.variants)) if layout.variants else None
    own = [column for column in layout.columns if repeat is None or column.name not in (repeat.column, repeat.count)]
    record = draw(records(layout, [*own, *(variant.columns if variant else ())], created))
    if variant:
        record[layout.variant_by] = Said(variant.when, draw(st.sampled_from([variant.when, variant.when.lower()])))
    if repeat is None:
        return record, []
    several = draw(st.lists(said_by(layout, layout.all_columns[repeat.column], created), min_size=1, max_size=4))
    if draw(st.booleans()):
        record[repeat.count] = Said(len(several), str(len(several)))
    return record, several


@st.composite
def _elements(draw: st.DrawFn, layout: Format, path: str, created: dt.date) -> Element:
    values = draw(records(layout, [column for column in layout.columns if column.parent == path], created))
    inner = {fill.each[len(path) + 1 :].partition("/")[0] for fill in layout.fills if fill.each.startswith(f"{path}/")}
    below = {name: draw(st.lists(_elements(layout, f"{path}/{name}", created), max_size=3)) for name in sorted(inner)}
    return Element(values, below)


def _text_styles(encodings: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "encoding": st.sampled_from(encodings),
            "newline": st.sampled_from(["\r\n", "\n", "\r"]),
            "end": st.sampled_from(["", "\x1a", "\r\n", "\r\n\x1a"]),
            "is_trimmed": st.booleans(),
            "blank_line": st.booleans(),
        }
    )


@st.composite
def _sheet_styles(draw: st.DrawFn, layout: Format) -> dict[str, Any]:
    """Some headers of those that are accepted, in any order; titles above, a totals line below; csv or a workbook."""
    style = draw(_text_styles(("utf-8", "utf-8-sig", "cp1252", "utf-16")))
    columns = draw(st.permutations(layout.columns))
    return {
        **style,
        "delimiter": draw(st.sampled_from([",", ";", "\t", "workbook"])),
        "is_quoted": draw(st.booleans()),
        "headers": {column.name: draw(st.sampled_from(column.headers)) for column in columns},
        "titles": draw(st.sampled_from([[], ["A report of ours"], ["Report run on 10/08/2026", ""]])),
        "has_total": draw(st.booleans()),
    }


def _xml_styles() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "none"]),
            "prefix": st.sampled_from(["", "r:"]),
            "namespace": st.sampled_from(["", "urn:any"]),
            "gap": st.sampled_from(["", "\n", "\r\n  "]),
            "is_cdata": st.booleans(),
            "comment": st.sampled_from(["", "<!-- made up -->", "<?made up?>"]),
        }
    )


def expected(season: Season, rows: Sequence[Any] | None = None) -> dict[str, Counter[str]]:
    """Of each table, the statements that these rows are read as."""
    found: dict[str, Counter[str]] = {table: Counter() for table in season.layout.tables}
    for fill in season.layout.fills:
        known: set[tuple[Any, ...]] = set()
        for record in _flat(season, fill, season.rows if rows is None else rows):
            if fill.when and not any(name in record for name in fill.when):
                continue
            said = _statement(season, fill, record)
            same = tuple(said.get(name) for name in (*IDENTITY, *fill.distinct))
            if not fill.distinct or same not in known:
                found[fill.table][repr(sorted(said.items()))] += 1
            known.add(same)
    return found


def statements(table: str, rows: Sequence[dict[str, Any]]) -> Counter[str]:
    """Rows of a table, in the spelling of `expected`."""
    names = [name for name in sorted(table_columns(table)) if name not in _DERIVED]
    return Counter(repr([(name, row[name]) for name in names]) for row in rows)


def _flat(season: Season, fill: Fill, rows: Sequence[Any]) -> Iterator[Record]:
    """The records that a fill is made of: a row for each, or for each value that stands several times in it."""
    given = {"series_as_sent": Said(SERIES, SERIES), "board": Said(BOARD, BOARD)}
    if season.layout.shape == "xml":
        steps = fill.each[len(season.layout.whole) + 1 :].split("/")
        for whole in rows:
            yield from ({**given, "centre_number": Said(CENTRE, CENTRE), **one} for one in _inner(whole, {}, steps))
    elif season.layout.shape == "fixed_width":
        for record, several in rows:
            repeat = season.layout.repeat
            yield from (
                {**given, **record, **({repeat.column: one} if repeat and one else {})} for one in several or [None]
            )
    else:
        yield from rows


def _inner(element: Element, above: Record, steps: Sequence[str]) -> Iterator[Record]:
    values = {**above, **element.values}
    if not steps:
        yield values
    else:
        for child in element.below[steps[0]]:
            yield from _inner(child, values, steps[1:])


def _statement(season: Season, fill: Fill, record: Record) -> dict[str, Any]:
    """What one record says of one table."""
    values = {name: said.value for name, said in record.items()}
    for said in record.values():
        values.update(said.also)
    made: dict[str, Any] = {}
    for target, (kind, _) in table_columns(fill.table).items():
        if target in _DERIVED:
            continue
        blank = False if kind == "BOOLEAN" else None
        if target in fill.fixed:
            made[target] = fill.fixed[target]
        elif target in fill.any_of:
            made[target] = any(values.get(name) for name in fill.any_of[target])
        elif target == "is_absent":
            made[target] = any(
                record[name].is_absent for name in (fill.columns.get(m, m) for m in _MARKS) if name in record
            )
        else:
            source = fill.columns.get(target, target)
            made[target] = blank if target in fill.blank else values.get(source, blank)
    return made
