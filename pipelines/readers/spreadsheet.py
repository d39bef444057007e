"""Spreadsheets (.xlsx) as cells of text, for the same path as delimited files.

Takes the bytes of a workbook, gives the rows of its first sheet that has a header. Dates come as ISO text, whole
numbers without a decimal point. Promises: a workbook that would unpack to more than the caps allow is not opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

import fastexcel
import polars as pl

from pipelines import archives
from pipelines.readers.cut import Caps
from pipelines.readers.headers import ROWS_SEARCHED, Header, run_on

SIGNATURE = b"PK\x03\x04"
UNREADABLE = (fastexcel.FastExcelError, ValueError, OSError)
#: Text in a workbook packs well, but not like this.
_RATIO = 200


def fault(content: bytes, caps: Caps) -> str:
    """Why a zip file is not opened as a workbook; '' where it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except archives.UNREADABLE:
        return "it begins like a workbook, but cannot be opened"
    if not any(member.filename.lower().startswith("xl/workbook") for member in members):
        return "it is a zip archive, but not a workbook"
    unpacked = sum(member.file_size for member in members)
    if unpacked > caps.file_bytes or unpacked > _RATIO * max(len(content), 1 << 16):
        return f"it would unpack to {unpacked} bytes, which is over the cap"
    return ""


def sheets(content: bytes) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every sheet of a workbook as text cells named `0`, `1`, …, every row of it included."""
    book = fastexcel.read_excel(content)
    for name in book.sheet_names:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells = sheet.to_polars() if sheet.width else pl.DataFrame()
        yield name, cells.rename({old: str(n) for n, old in enumerate(cells.columns)})


def candidates(cells: pl.DataFrame) -> Iterable[Header]:
    """The rows near the top of a sheet, any of which may be the header."""
    titles: list[str] = []
    for number, row in enumerate(cells.head(ROWS_SEARCHED).iter_rows(), start=1):
        texts = tuple(str(cell or "") for cell in row)
        if any(text.strip() for text in texts):
            yield Header(texts, number, run_on=run_on(titles))
            titles.append(" ".join(texts))


def body(cells: pl.DataFrame, header: Header, file: int, width: int) -> pl.DataFrame:
    """The rows below the header: file, line (the row), raw (tab-separated), lines, cells, and what is beyond them."""
    places = [str(n) for n in range(len(cells.columns))]
    beyond = pl.concat_str([pl.col(n) for n in places[width:]] or [pl.lit("")], ignore_nulls=True)
    rows = cells.with_row_index("line", offset=1).filter(pl.col("line") > header.line)
    return rows.select(
        pl.lit(file, pl.UInt32).alias("file"),
        pl.col("line").cast(pl.Int32),
        pl.concat_str([pl.col(n).fill_null("") for n in places], separator="\t").str.strip_chars_end("\t").alias("raw"),
        pl.lit(1, pl.Int32).alias("lines"),
        *(pl.col(n).fill_null("") for n in places[:width]),
        beyond.alias(str(width)),
    )
