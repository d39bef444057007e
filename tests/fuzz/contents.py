"""A drawn season as the bytes of a file: fixed width with its framing, delimited text or a workbook, or XML."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from pipelines.formats import Column, Format
from tests.fuzz.drawn_values import Said
from tests.fuzz.written import BOARD, CENTRE, NO_CENTRE, SERIES, Element, Record, Season


def content(season: Season, rows: Sequence[Any] | None = None) -> bytes:
    """These rows of a season, or all, as a whole file."""
    write = {"fixed_width": _fixed_width, "delimited": _delimited, "xml": _xml}[season.layout.shape]
    return write(season, season.rows if rows is None else rows)


def _encoded(text: str, style: dict[str, Any]) -> bytes:
    """In the encoding asked for; where that cannot say it, or would be taken for another, in UTF-8."""
    if style["encoding"] == "cp1252":
        try:
            data = text.encode("cp1252")
        except UnicodeEncodeError:
            return text.encode()
        try:
            return data if data.decode() == text else text.encode()
        except UnicodeDecodeError:
            return data
    return text.encode(style["encoding"])


def _put(line: str, column: Column, text: str) -> str:
    line = line.ljust(column.start - 1)
    return line[: column.start - 1] + text.ljust(column.width) + line[column.start - 1 + column.width :]


def _framed(season: Season, key: str, values: dict[str, str]) -> str:
    framing = season.layout.framing
    assert framing is not None
    line = f"{season.layout.data_type}{framing.types[key]}"
    for name, column in framing.records[key].items():
        text = values.get(name, "")
        line = _put(line, column, text.zfill(column.width) if name == "records" else text)
    return line


def _columns_of(layout: Format, record: Record) -> dict[str, Column]:
    """Where the values of a record stand: one name may stand elsewhere in another variant."""
    mine = [one.columns for one in layout.variants if one.when == record[layout.variant_by].value]
    return {column.name: column for columns in (layout.columns, *mine) for column in columns}


def _fixed_width(season: Season, rows: Sequence[Any]) -> bytes:
    layout, style = season.layout, season.style
    framing = layout.framing
    assert framing is not None
    body = []
    for record, several in rows:
        line = f"{layout.data_type}{layout.body}"
        columns = _columns_of(layout, record)
        for name, said in record.items():
            line = _put(line, columns[name], said.text)
        if layout.repeat:
            line = line.ljust(layout.repeat.start - 1)
            line += "".join(said.text.ljust(layout.repeat.width) for said in several)
        body.append(line.rstrip(" ") if style["is_trimmed"] else line)
    centre = CENTRE if "centre_number" in layout.all_columns else NO_CENTRE
    head = {"board": BOARD, "series": SERIES[:2], "year": SERIES[2:], "sequence": "001", "version": "14"}
    lines = [
        _framed(season, "file_header", {**head, "created_at": season.created.strftime("%d%m%y")}),
        _framed(season, "centre_header", {**head, "centre_number": centre}),
        *([""] if style["blank_line"] else []),
        *body,
        _framed(
            season, "centre_trailer", {"centre_number": centre, "records": str(len(body) + framing.counted_besides)}
        ),
        _framed(season, "file_trailer", {"records": str(len(body) + 4)}),
    ]
    return _encoded(style["newline"].join(lines) + style["newline"] + style["end"], style)


def _delimited(season: Season, rows: Sequence[Any]) -> bytes:
    style = season.style
    names = list(style["headers"])
    table = [[title] for title in style["titles"]] + [list(style["headers"].values())]
    for record in rows:
        table.append([_cell(record.get(name), style) for name in names])
        if style["blank_line"]:
            table.append([""])
    if style["has_total"]:
        table.append([f"Total: {len(rows)}"])
    if style["delimiter"] == "workbook":
        return _workbook(table)
    text = io.StringIO()
    delimiter = style["delimiter"]
    if style["is_quoted"]:
        writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    else:
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    for row in table:
        # a line of one blank cell is a blank line, not a quoted nothing
        writer.writerow(row) if row != [""] else text.write("\n")
    return _encoded(text.getvalue().replace("\n", style["newline"]) + style["end"], style)


def _cell(said: Said | None, style: dict[str, Any]) -> str:
    if said is None:
        return ""
    has_comma = style["delimiter"] == ";" and style["is_trimmed"] and said.text == str(said.value)
    return said.text.replace(".", ",") if has_comma and not isinstance(said.value, str) else said.text


def _workbook(table: Sequence[Sequence[str]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return data.getvalue()


def _xml(season: Season, rows: Sequence[Any]) -> bytes:
    layout, style = season.layout, season.style
    prefix, gap = style["prefix"] if style["namespace"] else "", style["gap"]
    space = f' xmlns{":" + prefix[:-1] if prefix else ""}="{style["namespace"]}"' if style["namespace"] else ""
    once = {"board": BOARD, "centre_number": CENTRE, "series_as_sent": SERIES, "created_at": season.created.isoformat()}
    heads: dict[str, str] = {}
    for column in layout.header:
        parent, _, name = column.path.rpartition("/")
        heads[parent] = heads.get(parent, "") + f"<{prefix}{name}>{once[column.name]}</{prefix}{name}>{gap}"
    top = gap.join(f"<{prefix}{name}>{inside}</{prefix}{name}>" for name, inside in heads.items())
    body = gap.join(_element(season, layout.whole, one) for one in rows)
    root = f"{prefix}{layout.root}"
    text = f"{style['comment']}<{root}{space}>{gap}{top}{gap}{body}{gap}</{root}>"
    encoding = style["encoding"]
    if encoding in ("none", "utf-8-sig"):
        return text.encode("utf-8-sig" if encoding == "utf-8-sig" else "utf-8")
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{gap}{text}'
    return declared.encode({"windows-1252": "cp1252"}.get(encoding, encoding), errors="xmlcharrefreplace")


def _element(season: Season, path: str, one: Element) -> str:
    style, prefix = season.style, season.style["prefix"] if season.style["namespace"] else ""
    name, attributes, inside = path.rpartition("/")[2], "", ""
    for column in season.layout.columns:
        if column.parent != path or column.name not in one.values:
            continue
        child, text = column.path.rpartition("/")[2], one.values[column.name].text
        if child.startswith("@"):
            attributes += f" {child[1:]}={quoteattr(text)}"
            continue
        # a CDATA section cannot hold what another encoding has to spell as a reference
        is_cdata = style["is_cdata"] and text.isascii()
        body = f"<![CDATA[{text}]]>" if is_cdata else escape(text)
        inside += f"<{prefix}{child}>{body}</{prefix}{child}>{style['gap']}"
    for child, several in one.below.items():
        inside += style["gap"].join(_element(season, f"{path}/{child}", each) for each in several)
    return f"<{prefix}{name}{attributes}>{style['gap']}{inside}</{prefix}{name}>"
