"""What a workbook is told: its sheets, their columns, what each column holds, and what stands on every page.

Takes nothing; gives frozen records, and names of sheets that Excel accepts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import polars as pl

#: what a column holds, and so how its cells look
#: text: words · long: sentences, wrapped · identifier: figures that are no quantity, kept as text ·
#: number: a whole one · decimal: two places · date · moment: day and time, without a zone ·
#: boolean: yes or no in words · severity: word and colour · doubt: words, coloured where they carry a sign of doubt ·
#: sheet: the name of a sheet, and a link to it
Kind = Literal[
    "text", "long", "identifier", "number", "decimal", "date", "moment", "boolean", "severity", "doubt", "sheet"
]
KINDS: tuple[Kind, ...] = (
    "text", "long", "identifier", "number", "decimal", "date", "moment", "boolean", "severity", "doubt", "sheet",
)  # fmt: skip

LONG_WIDTH = 60  #: characters of a column of sentences, where nothing else is said
LINE = 15  #: points from one line of text to the next
LONGEST_NAME = 31  #: of a sheet, in UTF-16 units
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """A column: where its values come from, the words above it, what it holds."""

    name: str  #: in the frame
    header: str
    kind: Kind = "text"
    width: float | None = None  #: in characters; nothing for one that fits the content, within bounds
    group: str = ""  #: words above the header, over all neighbouring columns of the same group


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table; its header stands in the same row on every sheet."""

    name: str  #: wished for; made valid and unique in the workbook
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    title: str
    note: str = ""  #: one line beneath the title: what was counted, and of how many
    steps: str = ""  #: what to do about the rows, above the table
    link: str = ""  #: the sheet to go back to
    rest: str = ""  #: where the rows are that a sheet has no room for
    frozen: int = 0  #: columns that stay in view at the left
    hides_empty: bool = False  #: columns that hold nothing are there and not shown


@dataclass(frozen=True)
class Book:
    """What every sheet of a workbook shares."""

    title: str
    created: date  #: written into the file as its day of making: fixed, so that equal rows give equal bytes
    footer: str = ""  #: left of the page numbers: centre and run
    banner: str = ""  #: SAMPLE or RESTRICTED, with the reason; heads every sheet and every printed page


def sheet_names(wished: Iterable[str]) -> list[str]:
    """A valid name for each, in order, unique whatever the case: Excel forbids some signs and 32 characters."""
    taken: set[str] = {"history"}  # Excel keeps that one to itself
    names = []
    for wish in wished:
        stem = _FORBIDDEN.sub(" ", wish).strip(" '") or "Sheet"
        name, number = _cut(stem, LONGEST_NAME), 1
        while name.casefold() in taken:
            number += 1
            name = _cut(stem, LONGEST_NAME - len(f" {number}")) + f" {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(name: str, most: int) -> str:
    """As much of it as `most` UTF-16 units hold, without an apostrophe or a blank at the end."""
    units = name.encode("utf-16-le")[: most * 2]
    return units.decode("utf-16-le", errors="ignore").rstrip(" '")
