"""Apache Spark as the engine: the same files, translated, over the same Parquet, on this machine or on many.

Takes the run's DuckDB connection, a folder that every machine of the cluster sees by the same path, and the address of
the master. Every table is written there as Parquet once it is made: Spark goes on from it, and the connection reads it,
in the types the file declares. Small tables that exist in the connection alone are lent to Spark when a statement first
reads them. Promises that no value of a row stands in what it says of a fault, and that its log says nothing.
"""

from __future__ import annotations

import re
import time
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any

from pipelines import files, people
from pipelines.database import column_types, identifier, make_each, text
from pipelines.engines.dialect import spark_sql
from pipelines.errors import ResultsdayError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipelines.database import Made
    from pipelines.engines import Progress
    from pipelines.engines.dialect import Translated
    from pipelines.sql_files import SqlFile

_CREATE = re.compile(r"\s*CREATE TABLE (\w+) AS (.*)", re.DOTALL)
_DROP = re.compile(r"\s*DROP TABLE IF EXISTS (\w+)\s*")

#: what must be so wherever it runs, for the answers to be DuckDB's
_ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    # a cast that fails is an error, as in DuckDB, and not NULL
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # days before 1582 stay the days they are
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    # a log, or a page that anybody on the network may open, would show values of rows
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def _settings(master: str, memory: str, folder: Path) -> dict[str, str]:
    """Spark's settings for a master: on one machine it listens to itself alone, and shuffles in few pieces."""
    settings = {**_ALWAYS, "spark.driver.memory": memory, "spark.sql.warehouse.dir": (folder / "warehouse").as_uri()}
    if master.startswith("local"):
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": str(folder / "scratch"),
            "spark.sql.shuffle.partitions": "4",
        }
    return settings


def start(master: str, memory: str, folder: Path, more: Mapping[str, str] | None = None) -> Any:
    """A Spark session. Raises UsageError where pyspark or Java is missing, or the master cannot be reached."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise UsageError(
            "--engine spark needs the package pyspark, which is not installed here.",
            "Install resultsday[spark], and Java 17; or run without --engine: DuckDB makes the same tables.",
        ) from None
    builder = SparkSession.builder.master(master).appName("resultsday")
    for name, value in {**_settings(master, memory, folder), **(more or {})}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except faults() as fault:
        raise UsageError(
            f"Spark does not start at {master} ({type(fault).__name__}).",
            "It needs Java 17, and a master that answers: see spark_master in resultsday.toml.",
        ) from None


def faults() -> tuple[type[BaseException], ...]:
    """What Spark raises where a statement fails."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (PySparkException, Py4JError)


class Spark:
    """Spark, and the run's connection that reads what it makes."""

    def __init__(
        self, con: Any, folder: Path, master: str, memory: str, settings: Mapping[str, str] | None = None
    ) -> None:
        self._con = con
        self._folder = files.make_folder(folder.absolute())
        self._session = start(master, memory, self._folder, settings)
        self._parts: dict[str, tuple[list[str], list[str]]] = {}
        self._known: set[str] = set()  #: tables that Spark sees
        self._lock = Lock()
        self._numbers = count(1)

    @property
    def faults(self) -> tuple[type[BaseException], ...]:
        """What Spark raises where a statement fails."""
        return faults()

    def take_parts(self, parts: Mapping[str, Sequence[Path]], columns: Mapping[str, Mapping[str, str]]) -> None:
        """Remember the Parquet files of the incoming tables; a table without any is lent empty."""
        for table, kinds in columns.items():
            if paths := sorted(path.absolute().as_uri() for path in parts.get(table, ())):
                self._parts[table] = (paths, list(kinds))

    def make_tables(self, files: Sequence[SqlFile], values: Mapping[str, object], progress: Progress = None) -> Made:
        """Run each file, some at a time: while one is planned another is worked at."""
        return make_each(files, lambda file: self._make(file, values), progress)

    def resolve(self, load_sql: Callable[[str], SqlFile]) -> None:
        """Resolve people: every step on Spark, only its counts come here."""
        try:
            people.resolve(_Desk(self), load_sql)
        except self.faults as fault:
            raise _failed("the tables of people", fault) from None

    def look(self, con: Any, file: SqlFile, values: Mapping[str, object]) -> None:
        """Run a rule's query on Spark, and read what it looked at."""
        written = self._write(spark_sql(file.query, values), file.name)[0]
        con.execute(f"CREATE OR REPLACE TEMP TABLE looked AS SELECT * FROM {_read(written)}")

    def close(self) -> None:
        """End the session; its folder goes with the run's spill folder."""
        self._session.stop()

    def create(self, name: str, query: str) -> None:
        """Make one table of a statement without values; the connection sees it as a view."""
        written = self._see(name, spark_sql(query, {}))
        self._in_connection(f"CREATE OR REPLACE VIEW {identifier(name)} AS SELECT * FROM {_read(written)}")

    def drop(self, name: str) -> None:
        """Forget a table that `create` made, if there is one."""
        self._in_connection(f"DROP VIEW IF EXISTS {identifier(name)}")
        self._session.catalog.dropTempView(name)
        self._known.discard(name)

    def ask(self, query: str) -> Any:
        """Ask the connection about the tables: a count needs no job of the cluster."""
        return self._con.execute(query)

    def _make(self, file: SqlFile, values: Mapping[str, object]) -> tuple[int, float]:
        """One file as a table of both: its rows and seconds."""
        started = time.perf_counter()
        try:
            written = self._see(file.name, spark_sql(file.query, values))
        except self.faults as fault:
            raise _failed(file.name, fault) from None
        columns = ", ".join(
            f"CAST({identifier(name)} AS {kind}) AS {identifier(name)}" for name, kind in column_types(file).items()
        )
        # what is published may lose rows to an embargo, so it is a table; what only leads to it stays where it is
        kind = "TABLE" if file.header.get("publish") else "VIEW"
        name = identifier(file.name)
        self._in_connection(f"CREATE {kind} {name} AS SELECT {columns} FROM {_read(written)}")
        rows = self._in_connection(f"SELECT count(*) FROM {name}")
        return rows, time.perf_counter() - started

    def _see(self, name: str, statement: Translated) -> Path:
        """Write what a statement gives, and let Spark read it by a name from then on."""
        written, schema = self._write(statement, name)
        self._session.read.schema(schema).parquet(written.as_uri()).createOrReplaceTempView(name)
        self._known.add(name)
        return written

    def _write(self, statement: Translated, name: str) -> tuple[Path, Any]:
        """Run a statement into a folder of its own: that, and the columns."""
        self._lend(statement.tables)
        frame = self._session.sql(statement.sql)
        written = self._folder / f"{name}-{next(self._numbers)}"
        frame.write.parquet(written.as_uri())
        return written, frame.schema

    def _lend(self, tables: frozenset[str]) -> None:
        """Let Spark see the tables that the connection has: the parts where they lie, others as a copy."""
        with self._lock:
            for name in sorted(tables - self._known):
                if name in self._parts:
                    paths, columns = self._parts[name]
                    frame = self._session.read.parquet(*paths).select(*columns)
                elif self._has(name):
                    path = self._folder / f"lent-{name}.parquet"
                    self._in_connection(f"COPY {identifier(name)} TO {text(path)} (FORMAT parquet)")
                    frame = self._session.read.parquet(path.as_uri())
                else:  # a CTE
                    continue
                frame.createOrReplaceTempView(name)
                self._known.add(name)

    def _has(self, name: str) -> bool:
        here = f"table_schema = 'main' AND table_name = {text(name)}"
        return bool(self._in_connection(f"SELECT count(*) FROM information_schema.tables WHERE {here}"))

    def _in_connection(self, statement: str) -> int:
        """Run a statement in a cursor of its own, since several threads do; the first figure it gives."""
        con = self._con.cursor()
        try:
            con.execute("SET TimeZone = 'UTC'")
            row = con.execute(statement).fetchone()
        finally:
            con.close()
        return int(row[0]) if row and isinstance(row[0], int) else 0


class _Desk:
    """What person resolution asks of a database, put to Spark."""

    def __init__(self, engine: Spark) -> None:
        self._engine = engine

    def execute(self, query: str, /) -> Any:
        """Make or drop a table on Spark; anything else is a question about one."""
        if made := _CREATE.fullmatch(query):
            return self._engine.create(made[1], made[2])
        if gone := _DROP.fullmatch(query):
            return self._engine.drop(gone[1])
        return self._engine.ask(query)


def _read(folder: Path) -> str:
    return f"read_parquet({text(folder / '*.parquet')})"


def _failed(what: str, fault: BaseException) -> ResultsdayError:
    # Spark's own words may quote a value of a row; the kind of fault never does
    return ResultsdayError(
        f"Spark could not make {what} ({type(fault).__name__}).",
        "Run without --engine: DuckDB makes the same tables. Then please tell us.",
    )
