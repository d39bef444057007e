"""`broadsheet.xlsx`: candidates by qualifications and units, with marks of doubt.

Takes the results that count (`result_cells`); gives a workbook: a row a student, a column a qualification or unit,
grouped by subject, a sheet a centre, and a legend that says how often each sign is used. Promises that a grade about
which anything is open carries a mark, and that what candidates may not be told yet says RESTRICTED.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipelines.html.words import plural
from pipelines.workbooks.book import book_bytes
from pipelines.workbooks.discrepancies import SAMPLE, footer
from pipelines.workbooks.sheet import Book, Column, Sheet

if TYPE_CHECKING:
    import polars as pl

    from pipelines.result_cells import Shown

#: sign → what it says
LEGEND = (
    ("?", "something about this result is open: see discrepancies.xlsx before it is told to anybody"),
    ("†", "changed by hand in the school's own system; the board's files say something else or nothing"),
    ("RESTRICTED", "may not be told to candidates yet"),
    ("missing", "due, and nobody has it"),
    ("awaited", "not due, or the file that should have it is not here"),
    ("not issued", "the board holds it back: X or Q stands in place of the grade"),
    ("absent", "absent from the exam"),
    ("withdrawn", "the entry is withdrawn"),
    ("not known", "the files here do not tell"),
)
_WORDS = {
    "missing": "missing",
    "pending": "awaited",
    "withheld": "not issued",
    "settled": "not issued",
    "absent": "absent",
    "withdrawn": "withdrawn",
}
_PERSON = (
    Column("surname", "Surname", "text"),
    Column("forenames", "Forenames", "text"),
    Column("candidate_number", "Candidate no.", "identifier"),
    Column("uci", "UCI", "identifier"),
    Column("readiness", "Where they stand", "text"),
)
_IDENTITY = ("person_id", *(column.name for column in _PERSON))


def texts(cells: pl.DataFrame) -> pl.DataFrame:
    """The rows with `text`, what a cell of the broadsheet says, and `column`, the column it stands in."""
    import polars as pl

    said = pl.col("state").replace_strict(_WORDS, default="not known", return_dtype=pl.String)
    parts = [
        pl.coalesce("grade", said),
        pl.when(pl.col("is_doubted")).then(pl.lit("?")),
        pl.when(pl.col("is_by_hand")).then(pl.lit("†")),
        pl.when(pl.col("is_restricted")).then(pl.lit("RESTRICTED")),
    ]
    return cells.with_columns(
        text=pl.concat_str(parts, separator=" ", ignore_nulls=True),
        column=pl.concat_str("kind", pl.lit(" "), "code"),
    )


def broadsheet(shown: Shown) -> bytes:
    """The bytes of the workbook; one with a legend alone where there is no result."""
    import polars as pl

    cells = texts(shown.cells)
    centres = cells["centre_number"].unique().sort().to_list()
    sheets = []
    for (centre,), rows in cells.group_by("centre_number", maintain_order=True):
        name = "Broadsheet" if len(centres) == 1 else f"Broadsheet {centre}"
        sheets.append(_sheet(name, str(centre), rows, shown.season))
    restricted = bool(cells["is_restricted"].any())
    parts = [SAMPLE] if shown.is_sample else []
    if restricted:
        parts.append("RESTRICTED: what is marked so may not be told to candidates yet.")
    said = cells["text"].fill_null("")
    counted = [int(said.str.contains(sign, literal=True).sum()) for sign, _ in LEGEND]
    legend = pl.DataFrame(
        {"sign": [sign for sign, _ in LEGEND], "cells": counted, "of": [cells.height] * len(LEGEND)}
    ).with_columns(says=pl.Series([says for _, says in LEGEND]))
    columns = (
        Column("sign", "Sign", "doubt"),
        Column("says", "What it says", "long"),
        Column("cells", "Results with it", "number"),
        Column("of", "Of", "number"),
    )
    note = "A unit stands at its best result, an award at its latest."
    sheets.append(Sheet("Legend", legend, columns, "What the signs say", note))
    book = Book(
        f"Results {shown.season}: broadsheet",
        date(int(shown.season[:4]), 9, 1),
        footer(centres, shown.identity),
        " ".join(parts),
    )
    return book_bytes(book, sheets)


def _sheet(name: str, centre: str, rows: pl.DataFrame, season: str) -> Sheet:
    import polars as pl

    order = pl.col("kind") == "unit"
    known = rows.select("column", "subject", "kind", "code", "title").unique("column")
    heads = known.sort(pl.col("subject") == "General qualifications", "subject", order, "code")
    wide = rows.pivot("column", index=list(_IDENTITY), values="text", on_columns=heads["column"].to_list())
    columns = [
        Column(column, " ".join(filter(None, (code, title))), "doubt", 13, subject)
        for column, subject, _, code, title in heads.iter_rows()  # a column of the sheet each
    ]
    units = int((heads["kind"] == "unit").sum())
    counts = (plural(wide.height, "student"), plural(heads.height - units, "qualification"), plural(units, "unit"))
    note = f"{', '.join(counts)}. The signs: Legend."
    told = wide.with_columns(
        readiness=pl.col("readiness").replace({"hold": "on hold"}),
    )
    title = f"Results {season}, centre {centre}"
    return Sheet(name, told, (*_PERSON, *columns), title, note, link="Legend", frozen=3)
