"""A pack as files: a CSV and a workbook a sheet, the message that announces it, and the page over all.

Takes the answer to what there is to ask; gives names and bytes, and puts them into a folder. Promises: the same run and
options give the same bytes; nobody else on the machine reads them (0700, 0600); what is there already is never
overwritten, for somebody may have filled it in.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pipelines import files
from pipelines.errors import UsageError
from pipelines.packs.words import README, day_words, message, message_name, readme, recipient, until_lines
from pipelines.workbooks.book import book_bytes
from pipelines.workbooks.sheet import Book, Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from pipelines.packs.asking import Answer, QuerySheet
    from pipelines.packs.words import Heading

PACKS = "packs"


def contents(answer: Answer, heading: Heading) -> dict[str, bytes]:
    """Every file of a pack: name → bytes, by name."""
    made = {README: readme(answer, heading).encode("utf-8")}
    for sheet in answer.sheets:
        made[f"{sheet.stem}.csv"] = csv_bytes(sheet.frame)
        made[f"{sheet.stem}.xlsx"] = workbook_bytes(sheet, heading)
        made[message_name(sheet)] = message(sheet, heading).encode("utf-8")
    return dict(sorted(made.items()))


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """Rows as CSV: UTF-8 with its mark, CRLF, and no cell that a spreadsheet would run."""
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    guarded = frame.with_columns(
        pl.when(pl.col(name).str.contains(r"^[=+@\t\r-]")).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
    stream = io.BytesIO()
    guarded.write_csv(stream, include_bom=True, line_terminator="\r\n")
    return stream.getvalue()


def workbook_bytes(sheet: QuerySheet, heading: Heading) -> bytes:
    """The sheet as a workbook: the rows, and a page about them."""
    request = sheet.request
    banner = " · ".join(
        part
        for part, is_so in (
            ("SAMPLE: invented students, send to nobody", heading.is_sample),
            ("RESTRICTED: holds results that candidates may not be told yet", sheet.is_restricted),
        )
        if is_so
    )
    centre = f"centre {sheet.centre}" if sheet.centre else "no one centre"
    book = Book(f"{request.title}, {centre}", heading.as_of.date(), f"{centre}, run {heading.run}", banner)
    note = f"For {recipient(sheet)}. The layout is ours, not a form of the awarding body."
    rows = Sheet("Rows", sheet.frame, request.columns, f"{request.title}, {centre}", note, frozen=2)
    about = (Column("about", "About", "text", 24), Column("says", "Says", "long", 100))
    return book_bytes(book, [rows, Sheet("About", _about(sheet, heading), about, f"About: {request.title}")])


def _about(sheet: QuerySheet, heading: Heading) -> pl.DataFrame:
    import polars as pl

    request, today = sheet.request, heading.as_of.date()
    told = [
        ("what", request.file.summary),
        ("to", recipient(sheet)),
        ("as of", day_words(today)),
        *(("until", line) for line in until_lines(sheet.last_days, today)),
        *(("how", line) for line in request.how),
        *(("before", line) for line in request.before.splitlines()),
        ("care", "Holds personal data: through a secure channel, to this recipient alone; delete it when answered."),
        *((column.header, request.words[column.name]) for column in request.columns),
    ]
    return pl.DataFrame(told, schema={"about": pl.String, "says": pl.String}, orient="row")


def put(made: Mapping[str, bytes], folder: Path) -> Path:
    """Write a pack into the folder of its run, or beside it where another pack of that run is; gives where it is."""
    number, final = 1, folder
    while final.exists() and not _is_same(made, final):
        number += 1
        final = folder.with_name(f"{folder.name}-{number}")
    if not final.exists():
        files.make_folder(final.parent)
        with files.writing_folder(final) as building:
            for name, data in made.items():
                files.write_bytes(building / name, data)
    return final


def put_at(made: Mapping[str, bytes], folder: Path) -> Path:
    """Write a pack into a folder somebody named. Raises UsageError where other files are there already."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not _is_same(made, folder)):
        raise UsageError(f"{folder}: something else is there already.", "Name a new folder: --to FOLDER")
    files.make_folder(folder)
    for name, data in made.items():
        files.write_bytes(folder / name, data)
    return folder


def _is_same(made: Mapping[str, bytes], folder: Path) -> bool:
    if not folder.is_dir() or {path.name for path in folder.iterdir()} != set(made):
        return False
    return all((folder / name).read_bytes() == data for name, data in made.items())
