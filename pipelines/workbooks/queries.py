"""The sheets of a workbook from the statements of `sql/workbook/`: a file a sheet, its header says how it looks.

Takes a connection that holds the tables of a run, in memory or in `results.duckdb`; gives `Sheet` records in their
order. A statement with `sheet_by` gives a sheet for each value of that column. Statements of `sql/report/` that make a
table are made on the way where a sheet reads them, and are gone afterwards: what a reader may not be told yet is
decided there, for report and workbook alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.database import identifier
from pipelines.errors import UsageError
from pipelines.html.words import moment_words
from pipelines.sql_files import in_order, load_sql_folder
from pipelines.workbooks.sheet import KINDS, Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from pipelines.sql_files import SqlFile

#: from here on a moment stands for one that nobody knows
_NEVER = 221_845_392_000


@dataclass(frozen=True)
class Answers:
    """What the statements gave: the sheets, and one row of each statement that `heads` a workbook."""

    sheets: tuple[Sheet, ...]
    heads: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Words:
    """What a sheet is told that the tables do not say."""

    season: str
    #: of a sheet of one value: its title, and what to do about its rows
    told: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    looked_at: Mapping[str, int] = field(default_factory=dict)  #: value → rows looked at


def ask_sheets(con: Any, folder: str, values: Mapping[str, object], words: Words) -> Answers:
    """Run the statements of a folder of `sql/`; UsageError where a header lacks something.

    Tables that begin with `book_` are given: the caller fills them.
    """
    wanted = load_sql_folder(resources.sql() / folder)
    known = {name for (name,) in con.execute("SELECT DISTINCT table_name FROM duckdb_columns()").fetchall()}
    files = _with_what_they_read(wanted)
    ordered = in_order(files, sorted(known - {file.name for file in files if _makes(file)}))
    names = {file.path for file in wanted}
    sheets: list[tuple[int, int, Sheet]] = []
    heads: dict[str, Mapping[str, Any]] = {}
    made: list[str] = []
    try:
        for file in ordered:
            query, bound = file.bound(values)
            if _makes(file):
                con.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(file.name)} AS {query}", bound or None)
                made.append(file.name)
            elif file.path in names:
                frame = frame_of(con, query, bound)
                if file.header.get("heads"):
                    heads[file.name] = frame.row(0, named=True)
                else:
                    place = int(file.header["place"])
                    sheets += [(place, number, one) for number, one in enumerate(_sheets(file, frame, words))]
    finally:
        for name in made:
            con.execute(f"DROP TABLE IF EXISTS temp.{identifier(name)}")
    return Answers(tuple(sheet for *_, sheet in sorted(sheets, key=lambda one: one[:2])), heads)


def frame_of(con: Any, query: str, bound: Mapping[str, object]) -> pl.DataFrame:
    """The rows of a statement, in its order."""
    relation = con.sql(query, params=dict(bound)) if bound else con.sql(query)
    frame: pl.DataFrame = relation.pl()
    return frame


def _makes(file: SqlFile) -> bool:
    return bool(file.header.get("makes"))


def _with_what_they_read(wanted: tuple[SqlFile, ...]) -> tuple[SqlFile, ...]:
    """The statements, and those of the report that make a table which they or these read."""
    makers = {file.name: file for file in load_sql_folder(resources.sql() / "report") if _makes(file)}
    needed = {file.name: file for file in wanted}
    waiting = list(wanted)
    while waiting:
        for table in waiting.pop().reads:
            if table in makers and table not in needed:
                needed[table] = makers[table]
                waiting.append(makers[table])
    return tuple(needed.values())


def _columns(file: SqlFile) -> tuple[Column, ...]:
    widths = file.header.get("widths", {})
    columns = []
    for name, told in file.header["columns"].items():
        kind, _, header = str(told).partition(":")
        if kind == "restricted":
            kind = "doubt"
        if kind not in KINDS or not header.strip():
            raise UsageError(f"{file.path}: column {name}: write one of {', '.join(KINDS)}, a colon and a header.")
        columns.append(Column(name, header.strip(), kind, widths.get(name)))
    return tuple(columns)


def _spelled(file: SqlFile, frame: pl.DataFrame, season: str) -> pl.DataFrame:
    """Moments, given in seconds, as a day and time in London; what is restricted, in words."""
    import polars as pl

    say = moment_words(int(season[:4]))
    changed = []
    for name, told in file.header["columns"].items():
        kind = str(told).partition(":")[0]
        value = pl.col(name)
        if kind == "restricted":
            moments = frame[name].drop_nulls().unique().sort().to_list()
            said = [f"RESTRICTED until {say(one)}" for one in moments]
            changed.append(value.replace_strict(moments, said, default=None, return_dtype=pl.String))
        elif kind == "moment":
            known = pl.when(value < _NEVER).then(value)
            london = pl.from_epoch(known.cast(pl.Int64), "s").dt.replace_time_zone("UTC")
            changed.append(london.dt.convert_time_zone("Europe/London").dt.replace_time_zone(None).alias(name))
    return frame.with_columns(changed)


def _sheets(file: SqlFile, frame: pl.DataFrame, words: Words) -> list[Sheet]:
    columns, frame = _columns(file), _spelled(file, frame, words.season)
    by = file.header.get("sheet_by")
    title, frozen = str(file.header["title"]), int(file.header.get("frozen", 0))
    if by is None:
        note = f"{file.summary} {_rows(frame.height)}."
        return [Sheet(title, frame, columns, title, note, link=_back(title), frozen=frozen)]
    hides = bool(file.header.get("hides_empty"))
    sheets = []
    for (value,), rows in frame.group_by(by, maintain_order=True):
        said, steps = words.told.get(str(value), (str(value), ""))
        looked_at = words.looked_at.get(str(value))
        note = (
            f"{rows.height:,} of {_rows(looked_at)} looked at." if looked_at is not None else f"{_rows(rows.height)}."
        )
        sheets.append(
            Sheet(str(value), rows, columns, said, note, steps, "Summary", f"by-rule/{value}.csv", frozen, hides)
        )
    return sheets


def _back(title: str) -> str:
    return "" if title == "Summary" else "Summary"


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
