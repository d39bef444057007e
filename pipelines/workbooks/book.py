"""Sheets put together into a workbook: a frame a sheet, each a real Excel table with its header in view.

Takes `Sheet` and `Book` records; gives the bytes of an .xlsx, or writes them. xlsxwriter makes the shell (styles,
tables, print set-up) with one row to take the styles from; the rows themselves are made a column at a time and put in
its place, since a call for each cell would make a run wait. Promises: equal sheets give equal bytes; no cell is a
formula; what a sheet has no room for is counted and said.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.workbooks.sheet import LINE, LONG_WIDTH, sheet_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from pipelines.workbooks.cells import Block
    from pipelines.workbooks.sheet import Book, Column, Sheet

HEADER = 4  #: the row the header of every table stands in, counted from 1
MOST_ROWS = 100_000  #: of a sheet: Excel has room for ten times as many, which nobody reads there
_MOST_LINKS = 65_530  #: of one sheet
_EARLIEST = (1980, 1, 1, 0, 0, 0)  #: of a file in an archive
_STEPS_WIDTH, _MOST_STEPS = 110, 12  #: characters in a line of what to do, and lines of it
_STYLE = "Table Style Light 1"
_NO_FORMULA: Mapping[str, object] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "ddd d mmm yyyy",
}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "long": {"text_wrap": True},
    "identifier": {"num_format": "@", "font_name": "Consolas"},
    "number": {"num_format": "#,##0"},
    "decimal": {"num_format": "#,##0.00"},
    "date": {"num_format": "ddd d mmm yyyy"},
    "moment": {"num_format": "ddd d mmm yyyy hh:mm", "align": "left"},
    "sheet": {"font_color": "#0B5394", "underline": 1},
}
#: word → colours with a contrast above 4.5 : 1
_SEVERITIES: Mapping[str, Mapping[str, object]] = {
    "error": {"font_color": "#8B0000", "bg_color": "#FDE7E7", "bold": True},
    "warning": {"font_color": "#7A4100", "bg_color": "#FFF2DC"},
    "info": {"font_color": "#1F4E79", "bg_color": "#EAF2FA"},
}
_DOUBTS: Mapping[str, Mapping[str, object]] = {
    "?": {"font_color": "#8B0000", "bg_color": "#FDE7E7", "bold": True},
    "†": {"font_color": "#4B2A7B", "bg_color": "#F1EAFA"},
    "RESTRICTED": {"font_color": "#7A4100", "bg_color": "#FFF2DC"},
}
_BOUNDS = {"long": (LONG_WIDTH, LONG_WIDTH), "identifier": (9, 28), "text": (8, 40), "doubt": (6, 24)}


@dataclass(frozen=True)
class _Laid:
    """A sheet as it is written: its name in the file, where its rows are, what was left out."""

    sheet: Sheet
    name: str
    number: int
    rows: int
    widths: Sequence[int]
    filled: Sequence[bool]
    note: str

    def hides(self, place: int) -> bool:
        """Whether a column is not shown, because it holds nothing."""
        return self.sheet.hides_empty and self.rows > 0 and not self.filled[place]

    @property
    def last(self) -> int:
        """The last row of the table; one without rows keeps a blank one."""
        return HEADER + max(self.rows, 1)


def write_book(path: Path, book: Book, sheets: Sequence[Sheet]) -> int:
    """Write a workbook, there whole or not at all; gives its size in bytes. DiskError where the disk fails."""
    data = book_bytes(book, sheets)
    files.write_bytes(path, data)
    return len(data)


def book_bytes(book: Book, sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook; ValueError where it has no sheet or a sheet no column."""
    if not sheets or not all(sheet.columns for sheet in sheets):
        raise ValueError("a workbook has a sheet, and a sheet a column")
    from pipelines.workbooks.cells import block

    alike: dict[tuple[Column, ...], list[int]] = {}
    for number, sheet in enumerate(sheets):
        alike.setdefault(sheet.columns, []).append(number)
    names = sheet_names(sheet.name for sheet in sheets)
    laid: dict[int, _Laid] = {}
    blocks: list[tuple[list[_Laid], Block]] = []
    for columns, numbers in alike.items():
        made = block([sheets[number].frame.head(MOST_ROWS) for number in numbers], columns)
        mine = [_lay(sheets[number], names[number], number + 1, made, place) for place, number in enumerate(numbers)]
        laid.update(zip(numbers, mine, strict=True))
        blocks.append((mine, made))
    return _filled(_shell(book, [laid[number] for number in range(len(sheets))]), blocks)


def _lay(sheet: Sheet, name: str, number: int, made: Block, place: int) -> _Laid:
    rows = made.starts[place + 1] - made.starts[place]
    notes = [sheet.note] if sheet.note else []
    if sheet.frame.height > rows:
        where = f"; the rest is in {sheet.rest}" if sheet.rest else ""
        notes.append(f"Here are the first {rows:,} of {sheet.frame.height:,} rows{where}.")
    if cut := made.cut[place]:
        texts = "text was" if cut == 1 else "texts were"
        notes.append(f"{cut:,} {texts} longer than a cell takes and cut.")
    return _Laid(sheet, name, number, rows, made.widths[place], made.filled[place], " ".join(notes))


def _shell(book: Book, laid: Sequence[_Laid]) -> bytes:
    """The workbook with one row on each sheet."""
    import xlsxwriter

    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, dict(_NO_FORMULA))
    day = datetime.combine(book.created, time(), UTC)  # of which the file keeps the day and a Z
    made.set_properties({"title": book.title, "author": "resultsday", "created": day})
    looks = _Looks(made)
    names = {one.sheet.name: one.name for one in reversed(laid)}
    for one in laid:
        _lay_out(made.add_worksheet(one.name), one, book, looks, names)
    made.close()
    return stream.getvalue()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._known: dict[str, Any] = {}

    def of(self, name: str, look: Mapping[str, object]) -> Any:
        """The format of this name."""
        if name not in self._known:
            self._known[name] = self._made.add_format(dict(look))
        return self._known[name]

    def cell(self, kind: str) -> Any:
        """The format of a cell of this kind."""
        return self.of(kind, {"valign": "top", **_LOOKS.get(kind, {})})


def _lay_out(made: Any, one: _Laid, book: Book, looks: _Looks, names: Mapping[str, str]) -> None:
    sheet, last = one.sheet, one.last
    _head(made, one, book, looks, names)
    for place, (column, longest) in enumerate(zip(sheet.columns, one.widths, strict=True)):
        hidden = {"hidden": True} if one.hides(place) else {}
        made.set_column(place, place, _width(column, longest), None, hidden)
        style = looks.cell(column.kind)
        if column.kind in ("number", "decimal", "date", "moment"):
            made.write_number(HEADER, place, 1, style)
        else:
            made.write_string(HEADER, place, "x", style)
        if one.filled[place]:
            _colour(made, column, place, last, looks)
        if column.kind == "sheet":
            _link(made, sheet.frame[column.name], place, names, style)
    heading = looks.of(
        "heading", {"bold": True, "bottom": 1, "bg_color": "#E8EDF3", "text_wrap": True, "valign": "top"}
    )
    headers = [{"header": header, "header_format": heading} for header in _headers(sheet.columns)]
    made.set_row(HEADER - 1, LINE * _heading_lines(one))
    # over one row only: xlsxwriter would remember every cell of the rest
    table = {"name": _table_name(one), "style": _STYLE, "columns": headers}
    made.add_table(HEADER - 1, 0, HEADER, len(headers) - 1, table)
    made.freeze_panes(HEADER, sheet.frozen)
    made.ignore_errors({"number_stored_as_text": f"A{HEADER + 1}:{_letter(len(headers) - 1)}{last}"})
    _print_setup(made, book)


def _head(made: Any, one: _Laid, book: Book, looks: _Looks, names: Mapping[str, str]) -> None:
    made.write_string(0, 0, _clean(one.sheet.title), looks.of("title", {"bold": True, "font_size": 14}))
    warning = looks.of("banner", {"bold": True, "font_color": "#8B0000"})
    told = " · ".join(part for part in (book.banner, one.note) if part)
    made.write_string(1, 0, _clean(told), warning if book.banner else looks.of("note", {"font_color": "#333333"}))
    if one.sheet.link in names:
        back = looks.of("back", {"font_color": "#0B5394", "underline": 1})
        made.write_url(2, 0, _target(names[one.sheet.link]), back, f"← {names[one.sheet.link]}")
    if one.sheet.steps:
        _steps(made, one, looks)
    bold = looks.of("group", {"bold": True, "bottom": 1, "font_color": "#333333"})
    before = ""
    for place, column in enumerate(one.sheet.columns):
        if column.group and column.group != before:
            made.write_string(2, place, _clean(column.group), bold)
        before = column.group


def _steps(made: Any, one: _Laid, looks: _Looks) -> None:
    """What to do, beside the link back, over as many columns as make a readable line."""
    last, room = 0, 0.0
    for place, (column, longest) in enumerate(zip(one.sheet.columns, one.widths, strict=True)):
        if place and room < _STEPS_WIDTH and not one.hides(place):
            last, room = place, room + _width(column, longest)
    words, look = _lines(one.sheet.steps), looks.of("steps", {"text_wrap": True, "valign": "top"})
    if last > 1:
        made.merge_range(2, 1, 2, last, "", look)
    made.write_string(2, min(last, 1), words, look)
    lines = sum(-(-len(line) // max(int(room), 40)) for line in words.split("\n"))
    made.set_row(2, LINE * min(max(lines, 1), _MOST_STEPS))


def _lines(words: str) -> str:
    return re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]+", " ", words)


def _colour(made: Any, column: Column, place: int, last: int, looks: _Looks) -> None:
    """The word says it; the colour follows from the word."""
    where = (HEADER, place, last - 1, place)
    if column.kind == "severity":
        for word, look in _SEVERITIES.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks.of(f"is {word}", look)}
            made.conditional_format(*where, rule)
    if column.kind == "doubt":
        for mark, look in _DOUBTS.items():
            # not "containing": a question mark would then stand for any sign
            found = f'=ISNUMBER(FIND("{mark}",{_letter(place)}{HEADER + 1}))'
            rule = {"type": "formula", "criteria": found, "format": looks.of(f"has {mark}", look)}
            made.conditional_format(*where, rule)


def _link(made: Any, wished: pl.Series, place: int, names: Mapping[str, str], style: Any) -> None:
    # few: a sheet that names sheets has a row for each
    for row, name in enumerate(wished.head(_MOST_LINKS), HEADER):
        if name in names:
            made.write_url(row, place, _target(names[name]), style, "x")


def _target(name: str) -> str:
    return "internal:'" + name.replace("'", "''") + "'!A1"


def _print_setup(made: Any, book: Book) -> None:
    made.set_landscape()
    made.set_paper(9)  # A4
    made.fit_to_pages(1, 0)
    made.repeat_rows(HEADER - 1)
    made.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    if book.banner:
        made.set_header("&C&B" + _page_words(book.banner, 200))
    made.set_footer("&L" + _page_words(book.footer, 150) + "&C&A&RPage &P of &N")


def _page_words(words: str, most: int) -> str:
    """Words for a page margin, where & begins a command."""
    return _clean(words)[:most].replace("&", "&&")


def _clean(words: str) -> str:
    return re.sub(r"[\x00-\x1f\ufffe\uffff]+", " ", words)


def _width(column: Column, longest: int) -> float:
    if column.width is not None:
        return column.width
    least, most = _BOUNDS.get(column.kind, (8, 40))
    heading = min(len(column.header) + 3, 24)  # with room for the filter's button
    return float(max(least, min(longest + 2, most), heading))


def _heading_lines(one: _Laid) -> int:
    """Lines of the tallest header, with a fifth of each line lost to words that do not fit."""
    sized = zip(one.sheet.columns, one.widths, strict=True)
    lines = [-(-int(len(column.header) * 1.2) // max(int(_width(column, longest)) - 2, 1)) for column, longest in sized]
    return min(max(lines), _MOST_STEPS)


def _headers(columns: Sequence[Column]) -> list[str]:
    """Headers unique whatever the case, as a table needs them."""
    taken: set[str] = set()
    headers = []
    for place, column in enumerate(columns, 1):
        header = _clean(column.header).strip()[:200] or f"Column {place}"
        while header.lower() in taken:
            header += f" {place}"
        taken.add(header.lower())
        headers.append(header)
    return headers


def _table_name(one: _Laid) -> str:
    return f"rows_{one.number}_" + re.sub(r"[^a-z0-9]+", "_", one.name.lower()).strip("_")


def _letter(place: int) -> str:
    """The letters of a column, the first being nought."""
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _filled(shell: bytes, blocks: Sequence[tuple[list[_Laid], Block]]) -> bytes:
    """The shell with the rows of every sheet in the place of the one it has."""
    everything = [one for laid, _ in blocks for one in laid]
    sheets = {f"xl/worksheets/sheet{one.number}.xml": one for one in everything}
    tables = {f"xl/tables/table{one.number}.xml": one for one in everything}
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(shell)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for entry in given.namelist():
            if entry not in sheets:
                content = given.read(entry)
                made.writestr(_entry(entry), _table_xml(content, tables[entry]) if entry in tables else content)
        for laid, rows in blocks:
            _add_sheets(given, made, laid, rows)
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _add_sheets(given: zipfile.ZipFile, made: zipfile.ZipFile, laid: Sequence[_Laid], rows: Block) -> None:
    """Write sheets of the same columns, one after the other, a piece at a time."""
    from pipelines.workbooks.cells import rows_xml

    shells = [given.read(f"xl/worksheets/sheet{one.number}.xml").decode("utf-8") for one in laid]
    parts = [_around(shell, one) for shell, one in zip(shells, laid, strict=True)]
    letters = list(parts[0].styles)
    pieces = rows_xml(rows, letters, list(parts[0].styles.values()), HEADER + 1)
    waiting = next(pieces, None)
    for place, (one, part) in enumerate(zip(laid, parts, strict=True)):
        if part.styles != parts[0].styles:
            raise RuntimeError(f"sheet {one.number} has other styles than the sheets of its columns")
        with made.open(_entry(f"xl/worksheets/sheet{one.number}.xml"), mode="w") as target:
            target.write(part.before.encode("utf-8"))
            while waiting is not None and waiting[0] == place:
                target.write(waiting[1])
                waiting = next(pieces, None)
            target.write(part.after.encode("utf-8"))


def _table_xml(content: bytes, one: _Laid) -> bytes:
    letter = _letter(len(one.sheet.columns) - 1)
    return content.replace(f'ref="A{HEADER}:{letter}{HEADER + 1}"'.encode(), _ref(one).encode())


def _ref(one: _Laid) -> str:
    return f'ref="A{HEADER}:{_letter(len(one.sheet.columns) - 1)}{one.last}"'


@dataclass(frozen=True)
class _Around:
    """A sheet of the shell: what comes before its rows and after, and the style of each column by its letters."""

    before: str
    after: str
    styles: Mapping[str, int]


def _around(content: str, one: _Laid) -> _Around:
    letters = [_letter(place) for place in range(len(one.sheet.columns))]
    before, found, rest = content.partition(f'<row r="{HEADER + 1}"')
    pattern, _, after = rest.partition("</sheetData>")
    styles = {letter: int(style) for letter, style in re.findall(rf'<c r="([A-Z]+){HEADER + 1}" s="(\d+)"', pattern)}
    if not found or list(styles) != letters:
        raise RuntimeError(f"sheet {one.number} has no row to take the styles from")
    before = re.sub(r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{letters[-1]}{one.last}"/>', before)
    return _Around(before, f"</sheetData>{after}", styles)
