"""Workbooks: what is read back is what was put in, nothing is a formula, and equal sheets give equal bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import fastexcel
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.workbooks import book as module
from pipelines.workbooks.book import HEADER, book_bytes, write_book
from pipelines.workbooks.sheet import KINDS, Book, Column, Kind, Sheet, sheet_names

BOOK = Book("Findings", date(2025, 9, 1), "centre 99999 & Co", "SAMPLE")

LEAP = date(2008, 2, 29)
#: a moment in a cell has no zone: it is London's
MORNING, NIGHT = datetime.fromisoformat("2026-08-10T08:30"), datetime.fromisoformat("2026-12-31T23:59")

VALUES: dict[Kind, list[object]] = {
    "text": ["plain", "=1+1", "+44", "-x", "@a", " led by a blank", "_x0041_", "<&>\"'", None],
    "long": ["a\nb", "x" * 200, "é😀", "\ttab", "\x00\x1b[31mred\x07", "\r\nb", "", "]]>", "\ufffe"],
    "identifier": ["0042", "00000001", "999990250042X", "1e5", None, "05838/01", "-1", "=2", "0"],
    "number": [1, 0, -3, None, 1_000_000, 7, 8, 9, 10],
    "decimal": [Decimal("1.50"), Decimal("-0.25"), None, *[Decimal("100.00")] * 6],
    "date": [date(2026, 8, 10), date(1899, 12, 31), None, date(1900, 2, 28), date(9999, 12, 31), *[LEAP] * 4],
    "moment": [MORNING, None, *[NIGHT] * 7],
    "boolean": [True, False, None, *[True] * 6],
    "severity": ["error", "warning", "info", *["error"] * 6],
    "doubt": ["M", "M ?", "D †", *[None] * 6],
    "sheet": ["Other", "Nowhere", None, *["Other"] * 6],
}  # fmt: skip


def _frame() -> pl.DataFrame:
    kinds = {"number": pl.Int64(), "decimal": pl.Decimal(7, 2)}
    return pl.DataFrame({kind: pl.Series(values, dtype=kinds.get(kind)) for kind, values in VALUES.items()})


def _columns() -> tuple[Column, ...]:
    return tuple(Column(kind, f"The {kind}", kind) for kind in KINDS)


def _sheets() -> list[Sheet]:
    return [
        Sheet("Other", _frame(), _columns(), "A title", "9 of 9 rows"),
        Sheet("None", _frame().head(0), _columns(), "Without rows", link="Other"),
    ]


def read(data: bytes, sheet: str | int = 0) -> pl.DataFrame:
    """A sheet as its reader sees it: every cell as text."""
    loaded = fastexcel.read_excel(data).load_sheet(sheet, header_row=HEADER - 1, dtypes="string")
    return loaded.to_polars()


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_every_kind_of_value_is_read_back_as_it_was() -> None:
    back = read(book_bytes(BOOK, _sheets()))
    assert back.columns == [column.header for column in _columns()]
    assert back["The text"].to_list() == VALUES["text"]
    assert back["The identifier"].to_list() == VALUES["identifier"]
    expected = ["a\nb", "x" * 200, "é😀", "\ttab", "[31mred", "\nb", None, "]]>", None]
    assert back["The long"].to_list() == expected
    assert back["The boolean"].to_list()[:3] == ["yes", "no", None]
    assert back["The severity"].to_list()[:3] == ["error", "warning", "info"]
    figures = fastexcel.read_excel(book_bytes(BOOK, _sheets())).load_sheet(0, header_row=HEADER - 1).to_polars()
    assert figures["The number"].to_list() == VALUES["number"]
    assert figures["The decimal"].to_list() == [1.5, -0.25, None, *[100.0] * 6]


def test_days_are_days_to_excel_and_those_it_would_misplace_are_text() -> None:
    sheet = _parts(book_bytes(BOOK, _sheets()))["xl/worksheets/sheet1.xml"]
    place = f"{chr(65 + KINDS.index('date'))}{HEADER + 1}"
    assert re.search(rf'<c r="{place}" s="\d+"><v>46244</v>', sheet), "10 August 2026"
    back = read(book_bytes(BOOK, _sheets()))
    assert back["The date"].to_list()[1] == "1899-12-31"
    assert back["The date"].to_list()[3] == "1900-02-28"
    assert back["The moment"].to_list()[0] == "2026-08-10 08:30:00"


def test_nothing_is_ever_a_formula_and_every_part_is_xml() -> None:
    from lxml import etree

    for name, content in _parts(book_bytes(BOOK, _sheets())).items():
        if name.endswith((".xml", ".rels")):
            tree = etree.fromstring(content.encode())
            assert not tree.xpath("//*[local-name()='f']"), name


def test_equal_sheets_have_equal_bytes_whatever_the_time(tmp_path: Path) -> None:
    first = book_bytes(BOOK, _sheets())
    assert write_book(tmp_path / "a.xlsx", BOOK, _sheets()) == len(first)
    assert (tmp_path / "a.xlsx").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2025-09-01T00:00:00Z" in _parts(first)["docProps/core.xml"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_text_too_long_for_a_cell_is_cut_and_said() -> None:
    frame = pl.DataFrame({"a": ["x" * 40_000, "😀" * 17_000, "y" * 32_767, "short"]})
    data = book_bytes(BOOK, [Sheet("S", frame, (Column("a", "A"),), "T", "4 rows")])
    told = read(data)["A"].to_list()
    assert [text.endswith("… [cut]") for text in told] == [True, True, False, False]
    assert all(len(text.encode("utf-16-le")) <= 2 * 32_767 for text in told)
    assert "4 rows 2 texts were longer than a cell takes and cut." in _parts(data)["xl/sharedStrings.xml"]


def test_more_rows_than_a_sheet_has_room_for_are_counted_and_said() -> None:
    frame = pl.DataFrame({"a": ["1", "2", "3", "4"]})
    with patch.object(module, "MOST_ROWS", 3):
        data = book_bytes(BOOK, [Sheet("S", frame, (Column("a", "A"),), "T", rest="discrepancies.csv")])
    assert read(data)["A"].to_list() == ["1", "2", "3"]
    told = _parts(data)["xl/sharedStrings.xml"]
    assert "the first 3 of 4 rows; the rest is in discrepancies.csv." in told


@pytest.mark.parametrize(
    ("wished", "given"),
    [
        (["a/b\\c?d*e[f]g:h"], ["a b c d e f g h"]),
        (["'quoted'", "", "   ", "History"], ["quoted", "Sheet", "Sheet 2", "History 2"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 29 + " 2"]),
        (["Same", "same", "SAME"], ["Same", "same 2", "SAME 3"]),
    ],
)
def test_names_of_sheets_are_what_excel_takes(wished: list[str], given: list[str]) -> None:
    assert sheet_names(wished) == given


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="ab'[]:*?/\\ \x00\x1f😀İß", max_size=40), min_size=1, max_size=8))
def test_any_names_wished_for_become_valid_and_unique(wished: list[str]) -> None:
    names = sheet_names(wished)
    assert len({name.casefold() for name in names}) == len(wished)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
def test_any_text_survives_but_for_what_xml_forbids(texts: list[str]) -> None:
    column = (Column("a", "A"), Column("b", "B"))
    frame = pl.DataFrame({"a": texts, "b": ["end"] * len(texts)})
    forbidden = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
    kept = [forbidden.sub("", re.sub("\r\n?", "\n", text)) or None for text in texts]
    assert read(book_bytes(BOOK, [Sheet("S", frame, column, "T")]))["A"].to_list() == kept


def test_headers_and_columns_of_one_name_are_told_apart() -> None:
    frame = pl.DataFrame({"a": ["1"], "b": ["2"]})
    data = book_bytes(BOOK, [Sheet("S", frame, (Column("a", "Grade"), Column("b", "grade")), "T")])
    assert read(data).columns == ["Grade", "grade 2"]


def test_a_link_leads_to_the_sheet_as_it_is_named_in_the_file() -> None:
    frame = pl.DataFrame({"a": ["it's/one", "gone"]})
    sheets = [
        Sheet("Start", frame, (Column("a", "A", "sheet"),), "T"),
        Sheet("it's/one", frame, (Column("a", "A"),), "T"),
    ]
    sheet = _parts(book_bytes(BOOK, sheets))["xl/worksheets/sheet1.xml"]
    assert re.findall(r'<hyperlink ref="(A\d+)" location="([^"]+)"', sheet) == [("A5", "'it''s one'!A1")]


def test_the_header_is_in_view_and_on_every_page_and_numbers_as_text_raise_no_flag() -> None:
    parts = _parts(book_bytes(BOOK, _sheets()))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert f'ySplit="{HEADER}"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert 'numberStoredAsText="1"' in sheet
    assert "centre 99999 &amp;&amp; Co" in sheet
    assert "Page &amp;P of &amp;N" in sheet
    assert f"$4:${HEADER}" in parts["xl/workbook.xml"]
    table = parts["xl/tables/table1.xml"]
    assert f'ref="A{HEADER}:K{HEADER + 9}"' in table
    assert table.count(f'ref="A{HEADER}:K{HEADER + 9}"') == 2, "the table and its filter"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_another_program_opens_it_and_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "made.xlsx").write_bytes(book_bytes(BOOK, _sheets()))
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to"]
    done = subprocess.run(
        [*command, "csv", "--outdir", str(tmp_path), str(tmp_path / "made.xlsx")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Error" not in done.stderr
    told = (tmp_path / "made.csv").read_text(encoding="latin-1")
    assert "999990250042X" in told
    assert "=1+1" in told
    assert "_x0041_" in told
