"""Files that are bad in one way each: how they are made, and in `expected.toml` what must be said of them.

A maker writes one entry of an inbox below the folder it is given. Nothing of it is kept in the repository: the large
ones are made when they are asked for. Every candidate in them is invented, of centre 99999, and none is of the good
files beside them.
"""

from __future__ import annotations

import io
import os
import stat
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Maker = Callable[[Path], None]

HEAD = "Centre Number,Candidate Number,UCI,Surname,Forename(s),Series,Entry Code"
ROW = "99999,0{n:03d},99999025{n:04d}{letter},Brindlewick,Osric,6E26,05838/02"
#: of nobody in the good inbox; nothing that is said, as against tabled, may hold one of them
CANARIES = ("Brindlewick", "Osric", "999990250901")


def row(number: int, surname: str = "Brindlewick") -> str:
    """One line of an entries report."""
    return ROW.format(n=number, letter="A").replace("Brindlewick", surname)


def entries(*rows: str, head: str = HEAD, end: str = "\n") -> str:
    """An entries report."""
    return end.join([head, *(rows or (row(901), row(902), row(903), row(904))), ""])


def result(number: int, kind: str = "M") -> str:
    """One line of an EDI results file."""
    return f"R5999990{number:03d}99999025{number:04d}A583802583802{kind}0050M           "


def edi(*lines: str, said: int | None = None, end: str = "\r\n") -> str:
    """An EDI results file; `said` is how many body lines its trailers speak of."""
    count = len(lines) if said is None else said
    every = ["R114726E26001100826", "R3999996E26", *lines, f"R799999{count + 2:07d}", f"R9{count + 4:07d}"]
    return end.join([*every, ""])


def four() -> tuple[str, ...]:
    """Four lines of results."""
    return tuple(result(number) for number in (901, 902, 903, 904))


def xml(inner: str, start: str = "") -> str:
    """An A2C results file."""
    return f'<?xml version="1.0"?>{start}<EDIResults><Header/>{inner}</EDIResults>'


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def encrypted() -> bytes:
    """An archive whose one member says that it needs a password."""
    data = bytearray(zipped({"entries.csv": entries().encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def linked() -> bytes:
    """An archive with a member that is a link."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def lying() -> bytes:
    """An archive with a member that says it unpacks to ten bytes, and unpacks to five million."""
    data = bytearray(zipped({"bomb.csv": b" " * 5_000_000, "padding.bin": os.urandom(60_000)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def _write(name: str, content: bytes | str | Callable[[], bytes | str]) -> Maker:
    def make(folder: Path) -> None:
        made = content() if callable(content) else content
        (folder / name).write_bytes(made if isinstance(made, bytes) else made.encode())

    return make


def _long_line(folder: Path) -> None:
    with (folder / "line.csv").open("wb") as stream:
        stream.write(f"{HEAD}\n99999,0901,".encode())
        for _ in range(100):
            stream.write(b"x" * 1_000_000)
        stream.write(b"\n")


def _long_line_edi(folder: Path) -> None:
    body = edi(*four())
    (folder / "R9999972.X31").write_text(body.replace(result(902), result(902) + "x" * 5_000_000), newline="")


def _link(folder: Path) -> None:
    (folder / "link.csv").symlink_to("/etc/passwd")


def _loop(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")


def _device(folder: Path) -> None:
    (folder / "device.csv").symlink_to("/dev/zero")


def _not_utf_8(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.csv")).write_text("nothing\n", encoding="utf-8")


_MANY = ",".join(f"Column {number}" for number in range(100_000))
_ENTITIES = "<!DOCTYPE EDIResults [" + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)
_VALUES = {
    "formula": '=HYPERLINK(""http://x.invalid"";""a"")',
    "formula_at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula_plus": "+1+cmd|' /C calc'!A0",
    "formula_minus": "-2+3+cmd|' /C calc'!A0",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "html_attribute": '"" onmouseover=""alert(3)"" x=""',
    "template": "{{ 7*7 }}{% for x in y %}",
    "sql": "Robert'); DROP TABLE candidates;--",
    "ansi": "\x1b[31mRed\x1b]0;title\x07\x1b[2J",
    "c1": "\x9b31mRed\x85\x90",
    "bidi": "Red\u202egnp.\u2066x\u2069\u200e",
    "zero_width": "Re\u200bd\ufeff\u2060",
    "shell": "$(touch pwned) `touch pwned` | touch pwned",
    "percent": "%s%n%x%d {0} \\u202e \\x1b[31m",
    "surrogate": "Red \U0001f469\u200d\U0001f393 \U000e0041 \ufffe",
    "rich": "[bold red]Red[/] [link=http://x.invalid]y[/link]",
    "excel_escape": "_x000D_Red_x0007_",
}


def _valued(name: str) -> str:
    # twice the same fault: the value also stands in what is set aside
    bad = row(905, f'"{_VALUES[name]}"').replace("05838/02", "")
    return entries(row(901, f'"{_VALUES[name]}"'), row(902), row(903), row(904), bad)


MAKERS: dict[str, Maker] = {
    "empty": _write("empty.csv", b""),
    "only_nulls": _write("nulls.csv", b"\x00" * 5_000),
    "only_ctrl_z": _write("z.csv", b"\x1a\r\n"),
    "truncated_edi": _write("R9999972.X21", edi(*four())[:-60]),
    "truncated_edi_in_line": _write("R9999972.X22", edi(*four())[:150]),
    "wrong_counts": _write("R9999972.X23", edi(*four(), said=9)),
    "counts_no_number": _write("R9999972.X24", edi(*four()).replace("R90000008", "R9000000x")),
    "count_of_ages": _write("R9999972.X25", edi(*four()).replace("R90000008", "R9" + "9" * 400)),
    "mixed_edi_and_csv": _write("R9999972.X26", edi(*four()) + entries()),
    "mixed_csv_and_edi": _write("both.csv", entries() + edi(*four())),
    "mixed_xml_and_csv": _write("both.xml", xml("") + entries()),
    "nulls_inside": _write("nulls_inside.csv", entries().replace("Osric", "Os\x00ric")),
    "nulls_inside_edi": _write("R9999972.X27", edi(*four()).replace("583802583802", "5838\x00\x00583802", 1)),
    "utf_16": _write("utf16.csv", lambda: entries().encode("utf-16")),
    "utf_16_be": _write("utf16be.csv", lambda: b"\xfe\xff" + entries().encode("utf-16-be")),
    "utf_16_without_mark": _write("utf16none.csv", lambda: entries().encode("utf-16-le")),
    "utf_16_odd": _write("utf16odd.csv", lambda: entries().encode("utf-16")[:-1]),
    "utf_16_edi": _write("R9999972.X28", lambda: edi(*four()).encode("utf-16")),
    "utf_32": _write("utf32.csv", lambda: entries().encode("utf-32")),
    "ebcdic": _write("ebcdic.csv", lambda: entries().encode("cp500")),
    "lone_cr": _write("cr.csv", entries(end="\r")),
    "lone_cr_edi": _write("R9999972.X29", edi(*four(), end="\r")),
    "lone_cr_inside": _write("cr_inside.csv", entries().replace("Osric", "Os\rric", 1)),
    "ctrl_z_inside": _write("R9999972.X30", edi(*four()).replace(result(902), "\x1a" + result(902))),
    "ctrl_z_and_more": _write("z_more.csv", entries().replace("Osric", "Os\x1aric", 1)),
    "line_separators": _write("separators.csv", entries().replace("Osric", "Os\u2028\u2029\x0b\x0c\x85ric", 1)),
    "long_line_edi": _long_line_edi,
    "columns": _write("columns.csv", lambda: f"{_MANY}\n{_MANY}\n"),
    "columns_of_ours": _write("columns_ours.csv", lambda: f"{HEAD},{_MANY}\n{row(901)}{',x' * 100_000}\n"),
    "row_of_many_cells": _write("cells.csv", entries(row(901), row(902), row(903) + ",x" * 100_000)),
    "duplicate_headers": _write(
        "twice.csv", entries(row(901) + ",05838/02", row(902) + ",05838/09", head=f"{HEAD},Entry Code")
    ),
    "duplicate_headers_alike": _write("alike.csv", entries(row(901) + ",05838/02", head=f"{HEAD},Entry Code")),
    "unclosed_quote": _write("quote.csv", entries(row(901), row(902, '"Brindlewick'), row(903), row(904))),
    "unclosed_quote_in_header": _write("quote_head.csv", entries(head=f'"{HEAD}')),
    "quotes_only": _write("quotes.csv", entries(*['"' * 301] * 40)),
    "many_unclosed": _write("quotes_many.csv", lambda: entries(*[row(n % 999, '"Brindlewick') for n in range(3_000)])),
    "delimiters_only": _write("delimiters.csv", ",;\t" * 5_000 + "\n"),
    "xxe": _write("xxe.xml", xml("&x;", '<!DOCTYPE EDIResults [<!ENTITY x SYSTEM "file:///etc/hostname">]>')),
    "xxe_parameter": _write(
        "xxep.xml", xml("", '<!DOCTYPE EDIResults [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>')
    ),
    "xxe_external_dtd": _write("dtd.xml", xml("", '<!DOCTYPE EDIResults SYSTEM "file:///etc/passwd">')),
    "xxe_utf_16": _write(
        "xxe16.xml",
        lambda: xml("&x;", '<!DOCTYPE EDIResults [<!ENTITY x "y">]>').encode("utf-16"),
    ),
    "doctype_far_down": _write(
        "far.xml", "<?xml version='1.0'?>" + "<!-- x -->" * 8_000 + "<!DOCTYPE EDIResults><EDIResults/>"
    ),
    "entity_bomb": _write("bomb.xml", xml("&e9;", f"{_ENTITIES}]>")),
    "xinclude": _write(
        "xi.xml", xml('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>')
    ),
    "deep_xml": _write("deep.xml", xml("<a>" * 200_000)),
    "deep_xml_closed": _write("deep2.xml", xml("<a>" * 100 + "</a>" * 100)),
    "huge_text": _write("text.xml", lambda: xml(f"<Candidate><Surname>{'x' * 3_000_000}</Surname></Candidate>")),
    "huger_text": _write("text11.xml", lambda: xml(f"<Candidate><Surname>{'x' * 11_000_000}</Surname></Candidate>")),
    "huge_attribute": _write("attribute.xml", lambda: xml(f'<Candidate a="{"x" * 3_000_000}"/>')),
    "many_attributes": _write(
        "attributes.xml", lambda: xml("<Candidate " + " ".join(f'a{n}="x"' for n in range(20_000)) + "/>")
    ),
    "xml_encoding_unknown": _write("enc.xml", "<?xml version='1.0' encoding='x-nonsense'?><EDIResults/>"),
    "xml_not_closed": _write("open.xml", "<EDIResults><Candidate>"),
    "zip_bomb": _write("bomb.zip", lambda: zipped({"bomb.csv": b"0" * 30_000_000})),
    "zip_lying": _write("lying.zip", lying),
    "zip_many": _write("many.zip", lambda: zipped({f"{n}.csv": b"" for n in range(10_001)})),
    "zip_slip": _write("slip.zip", lambda: zipped({"../../slipped.csv": entries().encode(), "/etc/slipped": b"x"})),
    "zip_nested": _write("nested.zip", lambda: zipped({"inner.zip": zipped({"a.csv": b"x"})})),
    "zip_encrypted": _write("locked.zip", encrypted),
    "zip_link": _write("linked.zip", linked),
    "zip_damaged": _write("damaged.zip", lambda: zipped({"entries.csv": entries().encode()})[:-30]),
    "zip_empty": _write("none.zip", lambda: zipped({})),
    "zip_of_controls": _write("controls.zip", lambda: zipped({"a\x1b[31m\n\u202eb.csv": entries().encode()})),
    "gzip": _write("entries.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"x" * 200),
    "workbook_broken": _write("book.xlsx", lambda: zipped({"[Content_Types].xml": b"<", "xl/workbook.xml": b"<"})),
    "workbook_bomb": _write(
        "bomb.xlsx", lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b" " * 30_000_000})
    ),
    "link": _link,
    "link_to_the_inbox": _loop,
    "link_to_a_device": _device,
    "pipe": _pipe,
    "name_with_newline": _write("new\nline\x1b[31m.txt", "nothing of ours\n"),
    "name_with_dash": _write("--data", "nothing of ours\n"),
    "name_of_255_bytes": _write("n" * 251 + ".csv", entries()),
    "name_right_to_left": _write("a\u202evsc.exe", "nothing of ours\n"),
    "name_not_utf_8": _not_utf_8,
    "name_html": _write("<img src=x onerror=alert(1)>.csv", "nothing of ours\n"),
    "name_formula": _write("=cmd|' !A0.csv", "nothing of ours\n"),
    **{f"value_{name}": _write(f"value_{name}.csv", _valued(name)) for name in _VALUES},
}
#: what Windows has no such name for, no pipe, or no link without a right that few have
NOT_ON_WINDOWS = {
    "link", "link_to_the_inbox", "link_to_a_device", "pipe", "name_with_newline", "name_not_utf_8", "name_html",
    "name_formula",
}  # fmt: skip
if os.name == "nt":
    MAKERS = {name: make for name, make in MAKERS.items() if name not in NOT_ON_WINDOWS}
#: made only by the tests that watch memory and time
HEAVY: dict[str, Maker] = {"long_line": _long_line}


@dataclass(frozen=True)
class Expected:
    """What must become of one of them."""

    status: str  #: read, truncated, refused or ignored
    reason: str  #: all of it
    detail: str  #: a part of it
    kept: int  #: rows


def expected() -> dict[str, Expected]:
    """The table beside this module."""
    told: dict[str, dict[str, Any]] = tomllib.loads(
        (Path(__file__).parent / "expected.toml").read_text(encoding="utf-8")
    )
    skipped = NOT_ON_WINDOWS if os.name == "nt" else set()
    return {name: Expected(**one) for name, one in told.items() if name not in skipped}
