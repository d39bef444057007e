"""Columns of text under names that may mean anything: what the values of each look like, and how columns relate.

Takes a frame of text cells and their names; counts once how many values of each column have each look. Promises: a
column's class comes from its values and the other columns', never from its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial

import polars as pl

from pipelines.formats import Column
from pipelines.inspecting.known import Known
from pipelines.inspecting.looks import LOOK, LOOKS, NEARLY_ALL, Look, cleaned, look_of
from pipelines.readers.values import date_of

#: A column that is the same for a whole centre has few values; a candidate number has many.
_FEW = 5
_HALF = 0.5
#: Years between the earliest and the latest date of a file that speaks of births and results.
_APART = 10
#: Looks of numbers that are right with fewer digits where a spreadsheet took their zeros.
_PADDED = ("candidate", "ocr_number", "centre")
#: So many keys that several rows share show that a column follows from them.
_GROUPS = 8


class Cells:
    """The columns of one file, by their place from 0."""

    def __init__(self, frame: pl.DataFrame, names: Sequence[str], known: Known, said_once: bool = False) -> None:
        """Take a frame with a text column for each name, called `0`, `1`, …; `said_once` is a header of one row."""
        self.said_once = said_once
        self.names = tuple(names)
        self.raw = frame.select(pl.col(str(place)) for place in range(len(names)))
        self.text = self.raw.select(cleaned(pl.all()))
        self.known = self._judged_by(known)
        self.filled = self._counts(lambda text: text.is_not_null())
        self._right = {name: self._counts(partial(_strict, look, self.known)) for name, look in LOOK.items()}
        self._may = {name: self._counts(partial(_lenient, look, self.known)) for name, look in LOOK.items()}

    @property
    def _places(self) -> range:
        return range(len(self.names))

    def _judged_by(self, known: Known) -> Known:
        """The latest date of all the columns is the day to judge ages by, where there are several dates."""
        years = self.text.select(date_of(pl.col(str(place))).dt.year().alias(str(place)) for place in self._places)
        found = [year for year in (*years.max().row(0), *years.min().row(0)) if year is not None] if years.width else []
        # Birth dates and dates of results lie far apart; one kind alone says nothing of today.
        latest, spread = max(found, default=0), bool(found) and max(found) - min(found) >= _APART
        return replace(known, year=latest) if spread else known

    def _counts(self, test: Callable[[pl.Expr], pl.Expr]) -> tuple[int, ...]:
        if not self.names:
            return ()
        row = self.text.select(
            test(pl.col(str(place))).fill_null(value=False).sum().alias(str(place)) for place in range(len(self.names))
        )
        return tuple(int(count) for count in row.row(0))

    def right(self, place: int, look: Look) -> int:
        """Values of a column that have a look."""
        return self._right[look.name][place]

    def share(self, place: int, look: Look) -> float:
        """The share of the values of a column that have a look; 0 where it is blank."""
        return self._right[look.name][place] / self.filled[place] if self.filled[place] else 0.0

    def fitting(self, place: int, column: Column) -> int:
        """Values of a column that are right for a column of a layout, zeros that a spreadsheet took put back."""
        look = look_of(column)
        if not look.telling:
            return self.filled[place]
        return self._may[look.name][place] if column.pad and look.name in _PADDED else self._right[look.name][place]

    def may_hold(self, place: int, look: Look) -> bool:
        """Whether a column could hold values of a kind, going by nearly all of them; a blank one may."""
        return not self.filled[place] or self._may[look.name][place] >= 0.8 * self.filled[place]

    def distinct(self, place: int) -> int:
        """Different values of a column, blank not counted."""
        return int(self.text[str(place)].drop_nulls().n_unique())

    @cached_property
    def uci(self) -> int | None:
        """The one column that holds UCIs, if there is one."""
        found = [place for place in range(len(self.names)) if self.share(place, LOOK["uci"]) >= NEARLY_ALL]
        found = [place for place in found if self.filled[place] >= LOOK["uci"].least]
        return found[0] if len(found) == 1 else None

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """What each column is by its values: the most particular look that nearly all of them have."""
        return tuple(self._class(place) for place in range(len(self.names)))

    def _class(self, place: int) -> str:
        if not self.filled[place]:
            return ""
        for look in LOOKS:
            least = look.least if look.telling and not self.said_once else 1
            if self.filled[place] >= least and self.share(place, look) >= NEARLY_ALL and self._agrees(place, look):
                return look.name
        return "text"

    def _agrees(self, place: int, look: Look) -> bool:
        """Whether the other columns bear out what a column looks like."""
        if look.name == "centre":
            if self.uci is not None and self._agreeing(place, self.uci, 0, 5) >= _HALF:
                return True
            return self.uci is None and self.distinct(place) <= max(_FEW, self.filled[place] // 20)
        if look.name == "grade":
            # A mark of one figure is no grade: some grade must have a letter.
            return bool(self.text[str(place)].str.contains(r"\pL|\*").any())
        if look.name == "candidate":
            if self.uci is not None:
                return self._agreeing(place, self.uci, 8, 4) >= _HALF
            return self.distinct(place) > 1
        return True

    def _agreeing(self, place: int, uci: int, offset: int, width: int) -> float:
        """The share of the rows with both in which a column repeats some characters of the UCI."""
        one, other = pl.col(str(place)), pl.col(str(uci)).str.slice(offset, width)
        both = self.text.filter(one.is_not_null() & other.is_not_null())
        return float(both.select((one == other).mean()).item() or 0.0) if both.height else 0.0

    def follows(self, place: int, keys: Sequence[int], least: int = _GROUPS) -> bool | None:
        """Whether a column always says the same where the keys do; None where too few rows share their keys."""
        by = [str(key) for key in keys]
        rows = self.text.drop_nulls(by)
        groups = rows.group_by(by).agg(rows=pl.len(), values=pl.col(str(place)).n_unique()).filter(pl.col("rows") > 1)
        if bool((groups["values"] > 1).any()):
            return False
        return True if groups.height >= least else None

    def never_below(self, place: int, others: Sequence[int]) -> bool:
        """Whether a column's numbers are nowhere below those of others, and somewhere above."""
        number = {
            n: pl.col(str(n)).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
            for n in (place, *others)
        }
        row = self.text.select(
            *((number[other] <= number[place]).all().alias(f"not below {other}") for other in others),
            *((number[other] < number[place]).any().alias(f"above {other}") for other in others),
        )
        return bool(row.width) and all(bool(value) for value in row.row(0))


def _strict(look: Look, known: Known, text: pl.Expr) -> pl.Expr:
    return look.strict(text, known)


def _lenient(look: Look, known: Known, text: pl.Expr) -> pl.Expr:
    return look.may_hold(text, known)


def _number(place: int) -> pl.Expr:
    return pl.col(str(place)).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
