"""Stage 2, read: what a file is, and its bytes as text columns.

Takes a received file and the formats, gives the format it is of or why it is refused, from its content alone: the
name of a file decides nothing. Takes the files of one format, gives their records cut into text columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.formats import Format
from pipelines.readers import delimited, fixed_width, headers, spreadsheet, xml
from pipelines.readers.cut import Caps, Cut
from pipelines.readers.headers import Header
from pipelines.readers.text import BLANK, CTRL_Z, head_text

__all__ = ["Caps", "Cut", "Recognised", "read", "recognise"]

_HEAD = 1 << 16  #: bytes of a file that are looked at to recognise it
_START = 1 << 12  #: bytes that show whether every line begins with a record type
_LINES_LOOKED_AT = 30


@dataclass(frozen=True)
class Recognised:
    """What a file is: a format, or the reason and the evidence why it is refused."""

    format: Format | None
    reason: str = ""
    detail: str = ""
    header: Header | None = None  #: of a delimited file or a sheet
    sheet: str = ""  #: of a workbook


def recognise(path: Path, formats: Sequence[Format], caps: Caps) -> Recognised:
    """Say what a file is, from its first bytes; a workbook is opened."""
    size = path.stat().st_size
    if size > caps.file_bytes:
        return Recognised(None, "over a cap", f"{size} bytes; the most that is read is {caps.file_bytes}")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe" + CTRL_Z):
        return Recognised(None, "the file is empty", "there is nothing in it but blanks" if size else "0 bytes")
    if head.startswith(spreadsheet.SIGNATURE):
        return _workbook(path.read_bytes(), formats, caps)
    if _starts_as_xml(head):
        return _xml(head, formats)
    # A few lines show a fixed-width file; a header may stand below a page of titles.
    start = head_text(head[:_START], whole=size <= _START)
    if "\x00" in start:
        return Recognised(None, "no layout fits", "it is not a text file")
    return _fixed_width(start, formats) or _delimited(head_text(head, whole=size <= _HEAD), formats)


def _starts_as_xml(head: bytes) -> bool:
    start = head[:512].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return start.replace(b"\x00", b"").lstrip().startswith(b"<")


def _xml(head: bytes, formats: Sequence[Format]) -> Recognised:
    root, has_document_type = xml.root_of(head)
    if has_document_type:
        return Recognised(None, "a document type", "the XML declares a document type (DOCTYPE), which is never read")
    layouts = [layout for layout in formats if layout.shape == "xml"]
    fitting = [layout for layout in layouts if layout.root == root]
    if not fitting:
        known = ", ".join(sorted({layout.root for layout in layouts}))
        what = f"its root element is not one of: {known}" if root else f"no root element in its first {_HEAD} bytes"
        return Recognised(None, "no layout fits", what)
    return _one_of(fitting)


def _one_of(fitting: Sequence[Format], header: Header | None = None) -> Recognised:
    if len(fitting) > 1:
        return Recognised(None, "two layouts fit", " and ".join(layout.name for layout in fitting))
    return Recognised(fitting[0], header=header)


def _fixed_width(text: str, formats: Sequence[Format]) -> Recognised | None:
    """The format of a file whose lines all begin with one data type and a record type; None for another file."""
    lines = [line for line in text.split("\n")[:_LINES_LOOKED_AT] if line.strip(BLANK + "\x1a")]
    data_type = lines[0][:1].upper() if lines else ""
    layouts = [layout for layout in formats if layout.shape == "fixed_width" and layout.data_type == data_type]
    if not layouts:
        return None
    framing = layouts[0].framing
    types = {*(framing.types.values() if framing else ()), *(layout.body for layout in layouts)}
    typed = re.compile(rf"(?i){data_type}[{''.join(sorted(types))}]")
    if sum(bool(typed.match(line)) for line in lines) * 2 <= len(lines) or not typed.match(lines[0]):
        return None
    if len(layouts) == 1:
        return Recognised(layouts[0])
    # Several layouts read this data type: the body says whose it is.
    content = (text[: text.rfind("\n") + 1] or text).encode()
    refusals = [(layout, fixed_width.read([content], layout, Caps()).files[0]) for layout in layouts]
    fitting = [layout for layout, seen in refusals if not seen.refused]
    if not fitting:
        return Recognised(None, "no layout fits", "; ".join(seen.detail for _, seen in refusals))
    return _one_of(fitting)


def _delimited(text: str, formats: Sequence[Format]) -> Recognised:
    found = headers.match(headers.candidates(text), formats)
    return Recognised(found.layout, found.reason, found.detail, found.header)


def _workbook(content: bytes, formats: Sequence[Format], caps: Caps) -> Recognised:
    if fault := spreadsheet.fault(content, caps):
        return Recognised(None, "no layout fits", fault)
    first = None
    try:
        for name, cells in spreadsheet.sheets(content):
            found = headers.match(spreadsheet.candidates(cells), formats)
            if found.layout or found.reason == "two layouts fit":
                return Recognised(found.layout, found.reason, found.detail, found.header, name)
            first = first or found
    except spreadsheet.UNREADABLE:
        return Recognised(None, "no layout fits", "it begins like a workbook, but cannot be opened")
    return Recognised(None, "no layout fits", first.detail if first else "the workbook has no sheet")


def read(contents: Sequence[bytes], found: Sequence[Recognised], layout: Format, caps: Caps) -> Cut:
    """Cut the files of one format, all by its shape's reader, into text columns."""
    if layout.shape == "fixed_width":
        return fixed_width.read(contents, layout, caps)
    if layout.shape == "xml":
        return xml.read(contents, layout, caps)
    sheets = [one.sheet for one in found]
    tops = [one.header or Header((), 0) for one in found]
    if not any(sheets):
        return delimited.read(contents, tops, layout, caps)
    return _mixed(contents, tops, sheets, layout, caps)


def _mixed(contents: Sequence[bytes], tops: Sequence[Header], sheets: Sequence[str], layout: Format, caps: Caps) -> Cut:
    """Read text files and workbooks of one format; each keeps its place."""
    cuts = []
    for position, (content, top, sheet) in enumerate(zip(contents, tops, sheets, strict=True)):
        if sheet:
            cells = next(cells for name, cells in spreadsheet.sheets(content) if name == sheet)
            cut = delimited.read_sheet(cells, top, layout, caps)
        else:
            cut = delimited.read([content], [top], layout, caps)
        cuts.append((position, cut))

    def place(frame: pl.DataFrame, position: int) -> pl.DataFrame:
        return frame.with_columns(file=pl.lit(position, pl.UInt32))

    return Cut(
        rows={"": pl.concat([place(cut.rows[""], position) for position, cut in cuts])},
        rejects=pl.concat([place(cut.rejects, position) for position, cut in cuts]),
        repairs=pl.concat([place(cut.repairs, position) for position, cut in cuts]),
        files=tuple(cut.files[0] for _, cut in cuts),
        decimal_comma=frozenset(position for position, cut in cuts if cut.decimal_comma),
    )
