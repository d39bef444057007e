"""Stage 4: parts → tables. Everything of `sql/joins/`, in the order its `reads` ask for.

Takes the parts that check made, the reference tables and what this run is about; gives one DuckDB connection that
holds every table, and how many rows and seconds each took. No row passes through Python. Promises that two runs
over the same parts make the same tables, whatever their order.
"""

from __future__ import annotations

import importlib
import pkgutil
import time
from typing import TYPE_CHECKING, Any

from pipelines.database import Made, empty_table, identifier, text
from pipelines.engines.duck import Duck
from pipelines.sql_files import SqlFile, in_order, load_sql_file, load_sql_folder
from schemas import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.engines import Engine

#: the tables person resolution makes out of `mentions`
PEOPLE_TABLES = ("mention_people", "people", "identity_contradictions")


def open_parts(con: Any, parts: Mapping[str, Sequence[Path]], columns: Mapping[str, Mapping[str, str]]) -> None:
    """Make each incoming table a view over its parts, or an empty table where no part fills it."""
    for table, kinds in columns.items():
        paths = sorted(str(path) for path in parts.get(table, ()))
        if paths:
            listed = ", ".join(text(path) for path in paths)
            names = ", ".join(identifier(name) for name in kinds)
            con.execute(f"CREATE VIEW {identifier(table)} AS SELECT {names} FROM read_parquet([{listed}])")
        else:
            con.execute(f"CREATE TABLE {identifier(table)} ({empty_table(kinds)})")


def incoming_columns() -> dict[str, dict[str, str]]:
    """Every table that check hands over, with its columns and their types."""
    names = sorted(module.name for module in pkgutil.iter_modules(tables.__path__))
    found: dict[str, dict[str, str]] = {}
    for name in names:
        if name.startswith("incoming_"):
            columns = importlib.import_module(f"schemas.tables.{name}").COLUMNS
            found[name] = {column: kind for column, (kind, _words) in columns.items()}
    return found


def _before_people(files: Sequence[SqlFile]) -> set[str]:
    """The tables that `mentions` stands on, itself included."""
    by_name = {file.name: file for file in files}
    wanted, todo = set(), ["mentions"]
    while todo:
        name = todo.pop()
        if name in by_name and name not in wanted:
            wanted.add(name)
            todo.extend(by_name[name].reads)
    return wanted


def join(
    con: Any,
    sql: Path,
    given: Iterable[str],
    as_of: datetime,
    progress: Callable[[str], None] | None = None,
    engine: Engine | None = None,
    only: Collection[str] | None = None,
) -> Made:
    """Make every table of `sql/joins/`, or `only` those, people resolved on the way.

    `given` names the tables that are there already (incoming, reference, the run's own); `as_of` is bound.
    Without an engine DuckDB does it, in `con`.
    """
    files = [file for file in load_sql_folder(sql / "joins") if only is None or file.name in only]
    return join_files(files, sql, given, as_of, engine or Duck(con), progress)


def join_files(
    files: Sequence[SqlFile],
    sql: Path,
    given: Iterable[str],
    as_of: datetime,
    engine: Engine,
    progress: Callable[[str], None] | None = None,
) -> Made:
    """Make the tables of some files, people resolved on the way where `mentions` is one of them."""
    early = _before_people(files)
    values = {"as_of": as_of}
    known = set(given)
    first = engine.make_tables(in_order([file for file in files if file.name in early], known), values, progress)
    seconds = {}
    if early:
        if progress is not None:
            progress("people")
        started = time.perf_counter()
        engine.resolve(lambda name: load_sql_file(sql / "people" / f"{name}.sql"))
        seconds = {"people": time.perf_counter() - started}
        known |= early | set(PEOPLE_TABLES)
    rest = engine.make_tables(in_order([file for file in files if file.name not in early], known), values, progress)
    return Made({**first.rows, **rest.rows}, {**first.seconds, **seconds, **rest.seconds})
