"""XML files: elements to text columns, by the element paths of a format.

Takes the contents of some files of one format, gives a `Cut`. Elements are known by their local name, in any
namespace. Streamed: one whole element (`whole` of the format, a candidate) is held at a time. Promises: no entity is
resolved, nothing is fetched, a document type is refused; what is cut short keeps its whole candidates and says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl
from lxml import etree

from pipelines.formats import Column, Format
from pipelines.readers.cut import PLACE, Caps, Cut, Seen, empty_rejects, empty_repairs
from pipelines.readers.text import to_utf8
from pipelines.readers.values import date_of

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["'](?!utf-?8["'])""", re.IGNORECASE)
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_STEP = 1 << 12  #: bytes in which the root is looked for
_CHUNK = 1 << 18  #: bytes that are parsed before what they held is forgotten
_ROWS_HELD = 50_000  #: records held as Python values before they become a frame


#: what the parser says of a text of ten million bytes, of a name of fifty thousand
_LIMITS = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG)


class _OverCapError(Exception):
    """The file is larger in some way than a cap allows."""


class _UnusualError(Exception):
    """There is something in the file for which it may be refused."""


class _DocumentTypeError(Exception):
    """The file declares a document type, where entities and files to fetch can be hidden."""


def root_of(head: bytes) -> tuple[str, bool]:
    """The local name of the root that the first bytes of a file show ('' for none), and if a document type does."""
    parser = etree.XMLPullParser(events=("start",), **_SAFE)
    text = _utf8(head)
    with suppress(etree.XMLSyntaxError):  # what is wrong may stand behind the root
        for start in range(0, len(text), _STEP):
            parser.feed(text[start : start + _STEP])
            element: Any
            for _, element in parser.read_events():
                return _local(element), bool(element.getroottree().docinfo.doctype)
    for _, element in parser.read_events():
        return _local(element), bool(element.getroottree().docinfo.doctype)
    return "", b"<!DOCTYPE" in head


def _utf8(content: bytes) -> bytes:
    """The content as its declaration says it is encoded; where it says nothing, as every text file."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content if is_wide or _DECLARED.match(content[:200]) else to_utf8(content)


def _local(element: Any) -> str:
    return _local_name(element.tag)


@lru_cache(maxsize=10_000)
def _local_name(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _path(element: Any) -> list[str]:
    """The local names from below the root down to the element."""
    names: list[str] = []
    while (parent := element.getparent()) is not None:
        names.append(_local(element))
        element = parent
    return names[::-1]


@lru_cache(maxsize=8)
def _unusual(depth: int, text: int) -> Any:
    """Says of a tree whether anything in it is deeper, or a text longer, than is read."""
    long = f"[string-length() > {text}]"
    return etree.XPath(f"boolean({'/*' * (depth + 1)} | //text(){long} | //@*{long})")


@dataclass
class _Table:
    """Rows of one kind of element, gathered as they are met."""

    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)

    def schema(self) -> dict[str, pl.DataType]:
        return {**PLACE, "ordinal": pl.Int32(), **{column.name: pl.String() for column in self.columns}}

    def add(self, place: tuple[int, int, str, int], values: Mapping[str, str | None]) -> None:
        self.rows.append((*place, *[values.get(column.name) for column in self.columns]))
        if len(self.rows) >= _ROWS_HELD:
            self.flush()

    def flush(self) -> None:
        schema = self.schema()
        texts = zip(*self.rows, strict=True) if self.rows else ([] for _ in schema)
        self.frames.append(pl.DataFrame(dict(zip(schema, texts, strict=True)), schema=schema))
        self.rows = []

    def frame(self) -> pl.DataFrame:
        self.flush()
        return pl.concat(self.frames)


@dataclass(frozen=True)
class _Level:
    """What is wanted of one kind of element: values of its own, rows, and elements within it that make rows."""

    values: dict[str, str]  #: local name of a child, or `@` and that of an attribute → column
    attributes: bool
    table: _Table | None
    within: dict[str, _Level]  #: local name of a child → what is wanted of it
    #: a child's tag, with its namespace → its column and its level, as they are met
    known: dict[Any, tuple[str | None, _Level | None]] = field(default_factory=dict, compare=False)

    def of(self, name: str) -> tuple[str | None, _Level | None]:
        """What a child of that local name is wanted for."""
        return self.values.get(name), self.within.get(name)


def _level(here: str, layout: Format, tables: Mapping[str, _Table]) -> _Level:
    values = {column.path.rpartition("/")[2]: column.name for column in layout.columns if column.parent == here}
    inner = {each[len(here) + 1 :].partition("/")[0] for each in tables if each.startswith(f"{here}/")}
    within = {name: _level(f"{here}/{name}", layout, tables) for name in sorted(inner)}
    return _Level(values, any(name.startswith("@") for name in values), tables.get(here), within)


class _File:
    """Reads one file into the tables of its format."""

    def __init__(self, layout: Format, tables: Mapping[str, _Table], file: int, caps: Caps) -> None:
        self.layout, self.file, self.caps = layout, file, caps
        self.top = _level(layout.whole, layout, tables)
        self.whole, self.wanted = layout.whole.split("/"), {column.path: column.name for column in layout.header}
        self.header: dict[str, str] = {}
        self.ordinal = self.taken = 0

    def read(self, content: bytes) -> None:
        """Gather every whole element. Raises `etree.XMLSyntaxError` where the XML ends too early."""
        text = _utf8(content)
        root, has_document_type = root_of(text)
        if has_document_type:
            raise _DocumentTypeError
        try:
            self._read_plain(text, root)
        except (_UnusualError, etree.XMLSyntaxError):
            self._read_step_by_step(text)

    def _read_plain(self, text: bytes, root: str) -> None:
        """Gather from a file with nothing wrong: the parser tells of the elements that are wanted alone.

        What it has parsed is forgotten a chunk at a time. Raises `_UnusualError` at the first chunk with something it
        may be refused for, before that is gathered, and `etree.XMLSyntaxError`: the other reading then says what it is.
        """
        leaves = {path.rpartition("/")[2] for path in self.wanted}
        names = [f"{{*}}{name}" for name in sorted({root, self.whole[-1], *leaves})]
        parser = etree.XMLPullParser(events=("start", "end"), tag=names, **_SAFE)
        is_unusual = _unusual(self.caps.xml_depth, self.caps.xml_text_bytes)
        top = None
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
            events = list(parser.read_events())
            top = events[0][1] if top is None and events else top  # the first to begin is the root
            if top is not None:
                self._take([element for event, element in events if event == "end"], top, is_unusual)
        parser.close()
        self._take([element for event, element in parser.read_events() if event == "end"], top, is_unusual)

    def _take(self, ended: Sequence[Any], top: Any, is_unusual: Any) -> None:
        """Gather what a chunk has brought to its end, then forget all but what is still open."""
        if is_unusual(top):
            raise _UnusualError
        for element in ended:
            path = _path(element)
            if path == self.whole:
                self._gather(element, self.top, {})
                self.taken += 1
            elif (name := self.wanted.get("/".join(path))) and (element.text or "").strip():
                self.header.setdefault(name, element.text.strip())
        while len(top) and _path(top) != self.whole:
            del top[:-1]
            top = top[0]

    def _read_step_by_step(self, text: bytes) -> None:
        """Look at every element: what is refused, and at which line the XML ends, is said exactly."""
        path: list[str] = []
        depth = inside = met = 0  # inside: the depth of the whole element we are in
        element: Any
        for event, element in etree.iterparse(io.BytesIO(text), events=("start", "end"), **_SAFE):
            if event == "start":
                depth += 1
                if not inside:
                    path.append(_local(element))
                    inside = depth if path[1:] == self.whole else 0
                if depth > self.caps.xml_depth:
                    raise _OverCapError(f"elements are {depth} deep; the most that is read is {self.caps.xml_depth}")
                continue
            depth -= 1
            if depth >= inside > 0:
                continue
            self._check_text(element)
            if inside:
                met += 1
                if met > self.taken:
                    self._gather(element, self.top, {})
                inside = 0
            elif (name := self.wanted.get("/".join(path[1:]))) and (element.text or "").strip():
                self.header.setdefault(name, element.text.strip())
            path.pop()
            # What has been read is forgotten, with the empty shells of those before it.
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]

    def _check_text(self, top: Any) -> None:
        most = self.caps.xml_text_bytes
        if len(etree.tostring(top, encoding="utf-8")) <= most:
            return
        for element in top.iter():
            longest = max(len(text or "") for text in (element.text, element.tail, *element.attrib.values()))
            if longest > most:
                raise _OverCapError(f"a text has {longest} characters; the most that is read is {most}")

    def _gather(self, element: Any, level: _Level, above: Mapping[str, str | None]) -> None:
        """Take the values of this element, then of those below that make a row; outer values go with inner rows."""
        values, inner, known = dict(above), [], level.known
        for child in element:
            tag = child.tag
            if tag not in known:
                known[tag] = level.of(_local(child))
            column, below = known[tag]
            if column is not None:
                values[column] = child.text
            if below is not None:
                inner.append((child, below))
        if level.attributes:
            values |= {
                level.values[f"@{key}"]: text for key, text in element.attrib.items() if f"@{key}" in level.values
            }
        if level.table is not None:
            self.ordinal += 1
            raw = etree.tostring(element, encoding="unicode", with_tail=False)
            level.table.add((self.file, element.sourceline, raw, self.ordinal), values)
        for child, below in inner:
            self._gather(child, below, values)


def read(contents: Sequence[bytes], layout: Format, caps: Caps) -> Cut:
    """Cut the files of one XML format."""
    tables = {fill.each: _Table(_inherited(layout, fill.each)) for fill in layout.fills}
    seen = [_read_one(content, layout, tables, file, caps) for file, content in enumerate(contents)]
    frames = {each: table.frame() for each, table in tables.items()}
    headers = pl.DataFrame(
        [
            {"file": file, "board": one.board, "series_as_sent": one.series_as_sent, "header_centre": one_centre}
            for file, (one, one_centre) in enumerate(seen)
        ],
        schema={"file": pl.UInt32, "board": pl.String, "series_as_sent": pl.String, "header_centre": pl.String},
    )
    numbered = _one_line_each(frames)
    return Cut(
        rows={each: _with_header(frame, headers) for each, frame in numbered.items()},
        rejects=empty_rejects(),
        repairs=empty_repairs(),
        files=tuple(one for one, _ in seen),
        centres=headers.filter(pl.col("header_centre").is_not_null()).select(
            "file", centre_number="header_centre", series_as_sent="series_as_sent"
        ),
    )


def _inherited(layout: Format, each: str) -> tuple[Column, ...]:
    return tuple(c for c in layout.columns if each == c.parent or each.startswith(f"{c.parent}/"))


def _read_one(
    content: bytes, layout: Format, tables: dict[str, _Table], file: int, caps: Caps
) -> tuple[Seen, str | None]:
    reading = _File(layout, tables, file, caps)
    refused, truncated, detail = "", "", ""
    try:
        reading.read(content)
    except _DocumentTypeError:
        refused, detail = "a document type", "the XML declares a document type (DOCTYPE), which is never read"
    except _OverCapError as error:
        refused, detail = "over a cap", str(error)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) in _LIMITS:
            refused, detail = (
                "over a cap",
                f"a text or a name is longer than XML is read at all, at line {error.lineno}",
            )
        truncated = f"the XML ends too early or is broken at line {error.lineno}"
    said = {column.name: column for column in layout.header}
    header = {name: reading.header.get(name) for name in said}
    created = pl.select(date_of(pl.lit(header.get("created_at"), dtype=pl.String))).item()
    seen = Seen(
        board=header.get("board"),
        series_as_sent=(header.get("series_as_sent") or "").upper() or None,
        created_at=created.isoformat() if created else None,
        has_uci_column=any(column.name == "uci" for column in layout.columns),
        truncated=truncated,
        refused=refused,
        detail=detail,
    )
    return seen, header.get("centre_number")


def _one_line_each(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Number the elements of a file by their order where several stand on one line, so that each can be found."""
    places = pl.concat([frame.select("file", "line") for frame in frames.values()])
    crowded = places.group_by("file").agg(is_crowded=pl.col("line").is_duplicated().any()).filter("is_crowded")["file"]
    line = pl.when(pl.col("file").is_in(crowded.implode())).then("ordinal").otherwise("line")
    return {each: frame.with_columns(line.alias("line")).drop("ordinal") for each, frame in frames.items()}


def _with_header(frame: pl.DataFrame, headers: pl.DataFrame) -> pl.DataFrame:
    rows = frame.join(headers, on="file", how="left", maintain_order="left")
    return rows.with_columns(centre_number="header_centre").drop("header_centre").sort("file", "line")
