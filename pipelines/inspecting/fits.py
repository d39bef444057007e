"""How well a layout fits a file: one record a column, one a layout, and a proposal where another fits better.

Takes nothing, gives the vocabulary that every shape's inspection answers in. No record holds a value of the file but
its headers, element names and the masks that were asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipelines.formats import Column, Format

FITS, DOUBTFUL, WRONG = "fits", "doubtful", "does not fit"
BLANK, ABSENT, UNTOLD = "blank", "not there", "nothing to tell by"
#: From this share of right values a column fits; below the other it does not.
FITTING, FAILING = 0.95, 0.5


@dataclass(frozen=True)
class ColumnFit:
    """How one column of a layout fits the file."""

    column: Column
    where: str  #: characters 12-24, the header, or the path; '' where it is not there
    filled: int  #: values that are not blank
    right: int  #: values that look right
    evidence: str  #: what right means, in words that follow a share
    is_telling: bool = True  #: whether a right value says anything
    how: str = ""  #: in a proposal: why it is this one
    kind: str = ""  #: fixed width: the variant of the record that it is of
    mask: str = ""  #: sample values with letters as x and digits as 9, where asked for

    @property
    def label(self) -> str:
        """Its name, with the kind of record where only some have it."""
        return f"{self.column.name} ({self.kind})" if self.kind else self.column.name

    @property
    def share(self) -> float:
        """The share of the values that are right."""
        return self.right / self.filled if self.filled else 0.0

    @property
    def verdict(self) -> str:
        """Fits, or why it cannot be said to."""
        if not self.where:
            return ABSENT
        if not self.filled:
            return BLANK
        if self.share < FAILING:
            return WRONG
        if self.share < FITTING:
            return DOUBTFUL
        return FITS if self.is_telling else UNTOLD

    @property
    def says(self) -> str:
        """The evidence in words."""
        if not self.where or not self.filled:
            return ""
        if not self.is_telling and self.right == self.filled:
            return f"{self.filled:,} values"
        return f"{_percent(self.share)} of {self.filled:,} {self.evidence}"


def _percent(share: float) -> str:
    # 99.96 % is not all of them
    return (
        "100 %" if share == 1 else f"{min(share * 100, 99.9):.1f} %" if share > FITTING else f"{share:.0%}"[:-1] + " %"
    )


@dataclass(frozen=True)
class LayoutFit:
    """How one layout fits the file."""

    layout: Format
    columns: tuple[ColumnFit, ...]
    rows: int  #: rows looked at
    faults: tuple[str, ...] = ()  #: what does not fit beside the columns, in sentences
    notes: tuple[str, ...] = ()  #: what was looked for and found elsewhere

    @property
    def fitting(self) -> int:
        """Columns that fit."""
        return sum(one.verdict == FITS for one in self.columns)

    @property
    def failing(self) -> tuple[ColumnFit, ...]:
        """Columns that are not what the layout says, or required and not there."""
        return tuple(
            one for one in self.columns if one.verdict == WRONG or (one.verdict == ABSENT and one.column.required)
        )


@dataclass(frozen=True)
class Trial:
    """What became of the rows that were looked at when they were read by a layout."""

    read: int
    kept: int
    refused: str = ""  #: why, in a few words
    detail: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the layout reads the file; one that holds no row is read too."""
        return not self.refused and (self.kept > 0 or self.read == 0)


@dataclass(frozen=True)
class Proposal:
    """A layout that fits better than the one there is."""

    fit: LayoutFit
    written: dict[str, Any]  #: the format file, as TOML tables
    changes: tuple[str, ...]  #: what is different, a sentence each
    open: tuple[str, ...] = ()  #: what the values do not settle, and how the person can
    trial: Trial | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it may be kept: rows were read with it."""
        return self.trial is not None and self.trial.is_good and self.trial.kept > 0


@dataclass(frozen=True)
class Ruler:
    """A masked line of a fixed-width file, to be shown with its columns marked."""

    line: int
    mask: str
    kind: str = ""  #: of which variant it is


@dataclass(frozen=True)
class Inspection:
    """Everything that is said of one file."""

    name: str
    size: int  #: bytes
    shape: str  #: in a few words
    looked_at: str  #: how much of it, where not all
    fits: tuple[LayoutFit, ...] = ()  #: the nearest first
    current: str = ""  #: the format that reads it now
    refused: str = ""  #: why no format does
    detail: str = ""
    trial: Trial | None = None
    proposal: Proposal | None = None
    questions: tuple[str, ...] = ()  #: what kept a proposal from being made
    rulers: tuple[Ruler, ...] = ()
    elements: tuple[tuple[str, int, int], ...] = ()  #: xml: path, how many, how many hold text
    unused: tuple[str, ...] = field(default_factory=tuple)  #: headers or elements that nothing asks for

    @property
    def is_read(self) -> bool:
        """Whether a run uses this file as things stand."""
        return self.trial is not None and self.trial.is_good
