"""What every stage after check shares: a DuckDB connection, names and constants in SQL, and files made into tables.

Takes SQL files; gives tables of their names. Promises a connection that loads nothing from outside, keeps the time in
UTC, and spills into the folder it is given.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pipelines.sql_files import SqlFile


@dataclass(frozen=True)
class Made:
    """What was made: rows and seconds of each table."""

    rows: Mapping[str, int]
    seconds: Mapping[str, float]


def connect(spill: Path, memory_limit: str = "", threads: int = 0) -> Any:
    """An in-memory DuckDB that spills into `spill`, in UTC, with nothing loaded from outside."""
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
    con = duckdb.connect(config=config)
    con.execute("SET TimeZone = 'UTC'")
    return con


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
    files: Iterable[SqlFile],
    values: Mapping[str, object],
    progress: Callable[[str], None] | None = None,
) -> Made:
    """Run each file as CREATE TABLE; the connection then holds a table of the file's name."""
    rows: dict[str, int] = {}
    seconds: dict[str, float] = {}
    for file in files:
        if progress is not None:
            progress(file.name)
        started = time.perf_counter()
        query, bound = file.bound(values)
        con.execute(f"CREATE TABLE {identifier(file.name)} AS {query}", bound or None)
        seconds[file.name] = time.perf_counter() - started
        rows[file.name] = con.execute(f"SELECT count(*) FROM {identifier(file.name)}").fetchone()[0]
    return Made(rows, seconds)
