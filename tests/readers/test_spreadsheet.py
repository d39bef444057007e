"""Workbooks: all cells as text, first sheet that has the header."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipelines.read import Caps
from pipelines.readers import spreadsheet
from tests.readers.reading import CLAIMS, claim, read


def workbook(*sheets: list[list[Any]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
    book.close()
    return stream.getvalue()


ROW: list[Any] = [99999, "0042", "Sample", "Ann", 5878, "05834/04", "M", dt.date(2026, 5, 17)]


def test_the_first_sheet_with_the_header_is_read_as_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Claims"],
        ["Run on 10/08/2026"],
        [],
        CLAIMS.split(","),
        ROW,
        [],
        [99999, 43, *ROW[2:7], "18/05/2026"],
    ]
    tables = read(tmp_path, workbook([["a cover sheet"]], rows))
    file = tables.file()
    assert (file["kind"], str(file["run_on"]), file["rows_read"], file["rows_framing"]) == (
        *("claims", "2026-08-10", 2, 5),
    )
    found = [
        (row["line"], row["centre_number"], row["candidate_number"], row["qualification_code"], str(row["claim_date"]))
        for row in tables.rows("claims")
    ]
    assert found == [(5, "99999", "0042", "05878", "2026-05-17"), (7, "99999", "0043", "05878", "2026-05-18")]
    assert tables.rows("evidence")[0]["raw"].split("\t")[:3] == ["99999", "0042", "Sample"]


def test_a_series_that_is_a_number_in_the_workbook_is_repaired(tmp_path: Path) -> None:
    header = ["Series", "Unit Code", "Maximum Mark", "Grade", "Minimum Mark"]
    tables = read(tmp_path, workbook([header, [6e26, "05838/01", 80, "R", 26.5]]))
    row = tables.rows("boundaries")[0]
    assert (row["series_as_sent"], str(row["maximum_mark"]), str(row["minimum_mark"])) == ("6E26", "80.00", "26.50")
    assert tables.column("repairs", "repair") == ["exponent"]


def test_a_workbook_and_a_text_file_of_one_kind_are_read_together(tmp_path: Path) -> None:
    text = f"{CLAIMS}\n{claim('0001')}\n"
    tables = read(tmp_path, workbook([CLAIMS.split(","), ROW]), text)
    assert tables.column("claims", "candidate_number") == ["0042", "0001"]


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and then nothing of the sort", "cannot be opened"),
        (zipped(readme="hello"), "not a workbook"),
        (zipped(xl__workbook_xml="<workbook/>"), "cannot be opened"),
        (zipped(xl__workbook_xml="<w/>", bomb="0" * (50 << 20)), "over the cap"),
    ],
    ids=["not a zip", "another zip", "a broken workbook", "a bomb"],
)
def test_what_only_begins_like_a_workbook_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    file = read(tmp_path, content).file()
    assert file["is_refused"]
    assert said in file["detail"]


def test_a_workbook_without_a_header_is_refused_with_the_evidence(tmp_path: Path) -> None:
    file = read(tmp_path, workbook([["Student", "Mark"], ["A", 1]])).file()
    assert (file["is_refused"], file["reason"]) == (True, "no layout fits")


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, workbook([])).file()["is_refused"]


def test_a_workbook_over_the_cap_of_columns_is_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[*CLAIMS.split(","), *(f"x{n}" for n in range(20))], ROW]
    file = read(tmp_path, workbook(rows), caps=Caps(columns=20)).file()
    assert (file["is_refused"], file["reason"]) == (True, "over a cap")


def test_the_cells_of_a_title_row_are_read_together(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Report run on", "10/08/2026"], CLAIMS.split(","), ROW]
    assert str(read(tmp_path, workbook(rows)).file()["run_on"]) == "2026-08-10"


def test_blank_cells_are_blank_in_a_header_and_in_a_row(tmp_path: Path) -> None:
    header = [*CLAIMS.split(",")[:2], "UCI", None, *CLAIMS.split(",")[2:], None]
    rows = [header, [*ROW[:2], None, None, *ROW[2:], None], [99999, "0043", "999990250043K", None, *ROW[2:], None]]
    tables = read(tmp_path, workbook(rows))
    assert tables.file()["detail"] is None
    assert tables.column("claims", "uci") == [None, "999990250043K"]
    assert tables.rows("evidence")[0]["raw"].split("\t") == [
        *("99999", "0042", "", "", "Sample", "Ann", "5878", "05834/04", "M"),
        tables.rows("evidence")[0]["raw"].split("\t")[-1],
    ]
    assert not tables.rows("evidence")[0]["raw"].endswith("\t")


def test_what_stands_behind_a_blank_cell_beyond_the_header_rejects_the_row(tmp_path: Path) -> None:
    tables = read(tmp_path, workbook([CLAIMS.split(","), [*ROW, None, "x"], ROW, ROW]))
    assert [(row["line"], row["reason"]) for row in tables.rows("rejects")] == [
        (2, "has something in a cell beyond the last header")
    ]


def packed(unpacked: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * unpacked)
    return stream.getvalue()


def test_a_workbook_may_unpack_to_two_hundred_times_its_size_and_no_more() -> None:
    """A small one is taken for 64 KiB."""
    most = 200 * 65_536
    assert spreadsheet.fault(packed(most), Caps()) == ""
    said = f"it would unpack to {most + 1} bytes, which is over the cap"
    assert spreadsheet.fault(packed(most + 1), Caps()) == said
    assert spreadsheet.fault(packed(1_000), Caps(file_bytes=1_000)) == ""
    assert spreadsheet.fault(packed(1_001), Caps(file_bytes=1_000)).startswith("it would unpack to 1001 bytes")


def test_blank_cells_at_the_end_of_a_row_are_not_in_its_text(tmp_path: Path) -> None:
    rows = [[*CLAIMS.split(","), "Assessor"], [*ROW[:7], "17/05/2026", None], [*ROW[:7], "17/05/2026", "Staff A"]]
    first, second = read(tmp_path, workbook(rows)).column("evidence", "raw")
    assert (first.split("\t")[-1], second.split("\t")[-1]) == ("17/05/2026", "Staff A")
