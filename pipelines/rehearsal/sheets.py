"""CSV reports, the spreadsheet and the archive.

Takes rows of the world and the columns of a report; gives bytes that are the same every time (fixed dates,
members stored and not compressed, so that no compressor's version shows). Promises to note on each row the
line, or the spreadsheet row, it stands on.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypedDict

import xlsxwriter

from pipelines.rehearsal.model import Row

WHO = ["Centre Number", "OCR Candidate Number", "Candidate Number", "UCI"]
NAME = ["Surname", "Forename(s)", "Date of Birth"]
SPECIFICATION = [
    "Specification Code",
    "Specification Title",
    "Level",
    "GLH Required",
    "Entry Date",
    "Estimated Completion Date",
]
COLUMNS = {
    "achievement": [
        *WHO,
        "ULN",
        *NAME,
        "Qualification Code",
        "Qualification Title",
        "Qualification Grade",
        "Qualification Award Date",
        "Unit Code",
        "Unit Title",
        "Unit GLH",
        "Unit Grade",
        "Unit Points",
        "Unit Series",
        "Unit Award Date",
    ],
    "marks": [
        "Series",
        "Centre Number",
        "Qualification Code",
        "Qualification Title",
        "Unit Code",
        "Unit Title",
        *WHO[1:],
        *NAME,
        "Raw Mark",
        "Special Consideration Tariff",
        "Special Consideration Mark",
        "Final Mark",
        "Maximum Mark",
        "Grade",
    ],
    "summary": [*WHO, *NAME, *SPECIFICATION, "Qualification Result Status"],
    "detail": [
        *WHO,
        *NAME,
        *SPECIFICATION,
        "Unit Code",
        "Unit Title",
        "Unit Type",
        "Unit GLH",
        "Unit Achievement Status",
        "Last Updated",
    ],
    "claim": [
        *WHO,
        *NAME[:2],
        "Qualification Code",
        "Unit Code",
        "Claimed Grade",
        "Claim Date",
        "Claim Type",
        "Assessor",
    ],
    "entry": [
        "Centre Number",
        "Candidate Number",
        "OCR Candidate Number",
        "UCI",
        "ULN",
        *NAME,
        "Series",
        "Entry Code",
        "Entry Type",
        "Intended Level",
        "Entry Date",
        "Expected Completion",
        "Withdrawn",
    ],
    "boundary": ["Series", "Unit Code", "Maximum Mark", "Grade", "Minimum Mark"],
}


def ordered(rows: list[Row]) -> list[Row]:
    """By centre and name, then as made: the order of a report."""
    return sorted(rows, key=lambda r: [r.cells.get(c, "") for c in ("Centre Number", "Surname", "Forename(s)")])


def table(kind: str, rows: list[Row]) -> list[list[str]]:
    """Header and cells, cut short where a row says so."""
    cells = [[row.cells.get(c, "") for c in COLUMNS[kind]] for row in rows]
    return [COLUMNS[kind], *[c[: row.cut or len(c)] for c, row in zip(cells, rows, strict=True)]]


class Spelling(TypedDict, total=False):
    """How a report is written."""

    encoding: str
    delimiter: str
    titles: tuple[str, ...]
    damage: Callable[[str, str], str]
    end: str


def sheet(
    name: str,
    kind: str,
    rows: list[Row],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    titles: tuple[str, ...] = (),
    damage: Callable[[str, str], str] = lambda _, value: value,
    end: str = "\r\n",
) -> bytes:
    """A report as text; `damage` changes a cell of a column the way a spreadsheet program would."""
    out = io.StringIO(newline="")
    for title in titles:
        out.write(title + end)
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    header, *body = table(kind, rows)
    writer.writerow(header)
    for n, (row, cells) in enumerate(zip(rows, body, strict=True), len(titles) + 2):
        row.lines[name] = n
        writer.writerow([damage(c, v) for c, v in zip(header, cells, strict=False)])
    return out.getvalue().encode(encoding)


def spreadsheet(name: str, kind: str, rows: list[Row]) -> bytes:
    """The same as a workbook of one sheet, every cell text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2026, 8, 10, tzinfo=UTC), "author": "sample", "title": name})
    page = book.add_worksheet("Claims")
    as_text = book.add_format({"num_format": "@"})
    for n, cells in enumerate(table(kind, rows)):
        if n:
            rows[n - 1].lines[name] = n + 1
        for column, value in enumerate(cells):
            page.write_string(n, column, value, as_text)
    book.close()
    with zipfile.ZipFile(out) as packed:
        return archive({member: packed.read(member) for member in packed.namelist()})


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of stored members, all dated alike, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, data in members.items():
            about = zipfile.ZipInfo(name, (2026, 8, 10, 8, 0, 0))
            about.create_system = 3
            about.external_attr = 0o600 << 16
            packed.writestr(about, data)
    return out.getvalue()
