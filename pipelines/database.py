"""What every stage after check shares: a DuckDB connection, names and constants in SQL, and files made into tables.

Takes SQL files; gives tables of their names. Promises a connection that loads nothing from outside, keeps the time in
UTC, and spills into the folder it is given.
"""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from pipelines.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipelines.sql_files import SqlFile


#: statements that run at the same time
AT_ONCE = 2


@dataclass(frozen=True)
class Made:
    """What was made: rows and seconds of each table."""

    rows: Mapping[str, int]
    seconds: Mapping[str, float]


def connect(spill: Path, memory_limit: str = "", threads: int = 0, on_disk: bool = False) -> Any:
    """A DuckDB that spills into `spill`, in UTC, with nothing loaded from outside.

    Its tables are in memory, or with `on_disk` in a file of that folder: there they are packed, and what does not fit
    into memory is not written again each time it has to make room.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "preserve_insertion_order": "false",
    }
    if memory_limit:
        config["memory_limit"] = memory_limit
    if threads:
        config["threads"] = threads
    if on_disk:
        make_folder(spill)
    con = duckdb.connect(str(spill / "tables.duckdb") if on_disk else ":memory:", config=config)
    # for every cursor at once: a statement each was 0.06 s a run
    con.execute("SET GLOBAL TimeZone = 'UTC'")
    # the bar is drawn on stdout, into what a run says to a program
    con.execute("SET enable_progress_bar = false")
    return con


class Within:
    """A connection whose statements find and make their tables in a schema first, and find the others in `main`."""

    def __init__(self, con: Any, schema: str) -> None:
        self._con, self._schema = con, schema
        self._first = self.cursor()

    def cursor(self) -> Any:
        """A connection of its own to the same database, which looks there first too."""
        mine = self._con.cursor()
        mine.execute(f"SET search_path = {text(f'{self._schema},main')}")
        return mine

    def execute(self, query: str, values: object = None) -> Any:
        """Run a statement."""
        return self._first.execute(query, values)

    def close(self) -> None:
        """End the connection; the schema stays."""
        self._first.close()


def identifier(name: str) -> str:
    """A table or column name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: object) -> str:
    """A text constant as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


def empty_table(columns: Mapping[str, str]) -> str:
    """The columns of a CREATE TABLE, from name → type."""
    return ", ".join(f"{identifier(name)} {kind}" for name, kind in columns.items())


def column_types(file: SqlFile) -> dict[str, str]:
    """The declared columns of a join file: name → type."""
    return {name: str(told).split(":", 1)[0].strip() for name, told in file.header["columns"].items()}


def column_words(file: SqlFile) -> dict[str, str]:
    """What each declared column of a join file is, in words."""
    return {name: str(told).split(":", 1)[1].strip() for name, told in file.header["columns"].items()}


def make_tables(
    con: Any,
    files: Sequence[SqlFile],
    values: Mapping[str, object],
    progress: Callable[[str], None] | None = None,
) -> Made:
    """Run each file as CREATE TABLE; the connection then holds a table of the file's name.

    `files` may come in any order that `in_order` allows.
    """
    return make_each(files, lambda file: _make(con.cursor(), file, values), progress)


def make_each(
    files: Sequence[SqlFile],
    make: Callable[[SqlFile], tuple[int, float]],
    progress: Callable[[str], None] | None = None,
) -> Made:
    """Make the table of each file, those it reads first; `make` gives rows and seconds.

    Files that do not read each other's tables run at the same time: on a school's data most of a statement's time is
    planning, which uses one core.
    """
    names = {file.name for file in files}
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {file.name: [table for table in file.reads if table in names] for file in files}
    )
    by_name = {file.name: file for file in files}
    rows: dict[str, int] = {}
    seconds: dict[str, float] = {}
    sorter.prepare()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running: dict[Future[tuple[int, float]], str] = {}
        while sorter.is_active():
            running |= {pool.submit(make, by_name[name]): name for name in sorter.get_ready()}
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                name = running.pop(one)
                rows[name], seconds[name] = one.result()
                if progress is not None:
                    progress(name)
                sorter.done(name)
    return Made(rows, seconds)


def is_surely_empty(con: Any, file: SqlFile) -> bool:
    """Whether tables that the file's header names under `empty_without` have no row, so that its query has none.

    The linter proves what a header says there. On a school's data planning is most of what a statement costs.
    """
    return any(not any(_has_rows(con, table) for table in tables) for tables in file.header.get("empty_without", ()))


def _has_rows(con: Any, table: str) -> bool:
    return con.execute(f"SELECT 1 FROM {identifier(table)} LIMIT 1").fetchone() is not None


def _make(con: Any, file: SqlFile, values: Mapping[str, object]) -> tuple[int, float]:
    started = time.perf_counter()
    query, bound = file.bound(values)
    try:
        if is_surely_empty(con, file):
            con.execute(f"CREATE TABLE {identifier(file.name)} ({empty_table(column_types(file))})")
            return 0, time.perf_counter() - started
        # the statement itself says how many rows it made
        rows = con.execute(f"CREATE TABLE {identifier(file.name)} AS {query}", bound or None).fetchone()[0]
    finally:
        con.close()
    return int(rows), time.perf_counter() - started
