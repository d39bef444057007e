"""What the incoming tables share: the identity columns, the checks in words, and the pandera schema made of both.

Each `incoming_<name>.py` gives `COLUMNS` (name → (type, what it is), in order), `CHECKS` (name → checks) and
`schema()`. Types are those of DuckDB. A check carries the words a reject is explained with; pandera is imported only
when a schema is asked for.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, cast

import polars as pl

Columns = dict[str, tuple[str, str]]

TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "INTEGER": pl.Int32(),
    "DECIMAL(7,2)": pl.Decimal(7, 2),
    "DATE": pl.Date(),
    "BOOLEAN": pl.Boolean(),
}


@dataclass(frozen=True)
class Check:
    """A condition that each value of a column meets, blank ones aside, and the words for a value that does not."""

    holds: Callable[[pl.Expr], pl.Expr]
    reason: str  #: follows the name of the column: "has more than six characters"
    expected: str  #: what would do: "at most six characters"


@dataclass(frozen=True)
class Filled:
    """The column is never blank."""

    reason: str = "is blank"
    expected: str = "a value"


Checks = Mapping[str, tuple[Check | Filled, ...]]
FILLED = Filled()


def longest(characters: int) -> Check:
    """At most so many characters."""
    return Check(
        lambda column: column.str.len_chars() <= characters,
        f"has more than {characters} characters",
        f"at most {characters} characters",
    )


def one_of(*values: str) -> Check:
    """One of a closed list."""
    return Check(lambda column: column.is_in(list(values)), "is not one of its values", " or ".join(values))


def between(low: int, high: int) -> Check:
    """A number from `low` to `high`."""
    return Check(
        lambda column: (column >= low) & (column <= high),
        f"is not between {low} and {high}",
        f"{low} to {high}",
    )


#: A date a school deals in: the oldest candidate was born after 1900.
SENSIBLE_DATE = Check(
    lambda column: column.is_between(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    "is not a date between 1900 and 2099",
    "a date between 1900 and 2099",
)
LINE = (FILLED, Check(lambda column: column >= 1, "is below 1", "1 or more"))
MARK = between(0, 99999)

ID: Columns = {
    "centre_number": ("VARCHAR", "centre number, five characters, zeros kept"),
    "candidate_number": ("VARCHAR", "candidate number, four digits, unique in a centre and series"),
    "ocr_candidate_number": ("VARCHAR", "eight-digit number that OCR gives a person"),
    "uci": ("VARCHAR", "unique candidate identifier, as sent"),
    "uln": ("VARCHAR", "unique learner number, as sent"),
    "surname": ("VARCHAR", "surname as sent"),
    "forenames": ("VARCHAR", "forenames as sent"),
    "date_of_birth": ("DATE", "date of birth"),
    "surname_key": ("VARCHAR", "surname folded for comparison"),
    "surname_sorted": ("VARCHAR", "surname folded, its parts in alphabetical order"),
    "forename_key": ("VARCHAR", "first forename folded"),
    "forenames_key": ("VARCHAR", "all forenames folded"),
    "name_truncated": ("BOOLEAN", "the name filled its 40 characters and may be cut"),
}
ID_CHECKS: Checks = {
    "centre_number": (FILLED, longest(10)),
    "candidate_number": (longest(10),),
    "ocr_candidate_number": (longest(20),),
    "uci": (longest(20),),
    "uln": (longest(20),),
    "surname": (longest(200),),
    "forenames": (longest(200),),
    "date_of_birth": (SENSIBLE_DATE,),
    "name_truncated": (FILLED,),
}
WHERE_FROM: Columns = {
    "file_id": ("VARCHAR", "file it stands in: the first 16 characters of its sha256"),
    "line": (
        "INTEGER",
        "line it stands on, from 1; in a spreadsheet the row, in XML the line of the element",
    ),
}
WHERE_FROM_CHECKS: Checks = {"file_id": (FILLED,), "line": LINE}


def polars_schema(columns: Columns) -> dict[str, pl.DataType]:
    """The polars types of a table, in order."""
    return {name: TYPES[kind] for name, (kind, _) in columns.items()}


def build(columns: Columns, checks: Checks) -> Any:
    """Make the pandera schema of a table: its columns of which more is asked than their type.

    The types of all columns, and their order, are compared in one step before (`polars_schema`): pandera takes some
    milliseconds a column, which on a school's files is most of the time that checking takes.
    """
    pa = pandera_alone()
    if unknown := set(checks) - set(columns):
        raise KeyError(f"checks for columns that are not there: {sorted(unknown)}")
    made = {}
    for name, mine in checks.items():
        kind, doc = columns[name]
        made[name] = pa.Column(
            TYPES[kind],
            checks=[_pandera_check(check) for check in mine if isinstance(check, Check)],
            nullable=not any(isinstance(check, Filled) for check in mine),
            description=doc,
        )
    return pa.DataFrameSchema(made)


@cache
def pandera_alone() -> Any:
    """Import pandera without hypothesis, which its data generators load: 0.4 s for nothing."""
    held = sys.modules.get("hypothesis")
    if held is None:
        # None in its place is Python's way to say that a module must not be imported
        cast("dict[str, ModuleType | None]", sys.modules)["hypothesis"] = None
    try:
        import_module("pandera.strategies.base_strategies")
        return import_module("pandera.polars")
    finally:
        if held is None:
            del sys.modules["hypothesis"]


def _pandera_check(check: Check) -> Any:
    pa = pandera_alone()
    # A blank meets every check but `Filled`; pandera sees the null of a comparison as met.
    return pa.Check(
        lambda data: data.lazyframe.select(check.holds(pl.col(data.key))),
        name=check.reason,
        error=check.reason,
    )


@cache
def gate_of(table: str) -> Any:
    """The same demands as `schema_of` in one check over the whole frame: it says whether all is well, not what is not.

    pandera takes some ten steps a column; a school's files are small and nearly always sound, so asking all columns at
    once first is most of the difference between a tenth of a second and one.
    """
    pa = pandera_alone()
    asked = [
        pl.col(name).is_not_null() if isinstance(check, Filled) else check.holds(pl.col(name)).fill_null(value=True)
        for name, checks in checks_of(table).items()
        for check in checks
    ]
    sound = pa.Check(lambda data: data.lazyframe.select(sound=pl.all_horizontal(asked)), name="every column is sound")
    return pa.DataFrameSchema(checks=[sound])


@cache
def schema_of(table: str) -> Any:
    """The pandera schema of an incoming table, made once a process."""
    return import_module(f"schemas.tables.{table}").schema()


def checks_of(table: str) -> Checks:
    """The checks of an incoming table, by column."""
    checks: Checks = import_module(f"schemas.tables.{table}").CHECKS
    return checks
