"""What runs the files of `sql/joins/`, `sql/people/` and `sql/rules/`: DuckDB, or Apache Spark for many machines.

Takes the DuckDB connection of a run, which holds the parts and the small tables that say what the run is about; gives
an `Engine`. Promises that, whichever engine worked, the tables asked for are then in that connection, in the types that
their files declare: what comes after (findings, reports, tables written) is the same code on the same rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipelines.config import Config
    from pipelines.database import Made
    from pipelines.sql_files import SqlFile

    Progress = Callable[[str], None] | None


class Engine(Protocol):
    """The seam: tables made of files, people resolved, and the rows that a rule looked at."""

    @property
    def faults(self) -> tuple[type[BaseException], ...]:
        """What it raises where a statement fails; the words may quote a value of a row, so nobody repeats them."""

    def take_parts(self, parts: Mapping[str, Sequence[Path]], columns: Mapping[str, Mapping[str, str]]) -> None:
        """Learn in which Parquet files the incoming tables lie; the connection has them already."""

    def make_tables(self, files: Sequence[SqlFile], values: Mapping[str, object], progress: Progress = None) -> Made:
        """Run each file into the table of its name; `files` in any order that `in_order` allows."""

    def resolve(self, load_sql: Callable[[str], SqlFile]) -> None:
        """Make the tables of person resolution; `load_sql` gives a file of `sql/people/`."""

    def look(self, con: Any, file: SqlFile, values: Mapping[str, object]) -> None:
        """Run a rule's query into the temporary table `looked` of `con`, a cursor of the run's connection."""

    def close(self) -> None:
        """Let go of what it holds beside the run's connection."""


def open_engine(name: str, con: Any, spill: Path, config: Config) -> Engine:
    """The engine of a name: `duckdb`, or `spark`, which keeps its tables below `spill`.

    Raises UsageError where Spark is asked for and is not installed, or does not start.
    """
    if name == "spark":
        from pipelines.engines.spark import Spark

        return Spark(con, spill / "spark", config.spark_master, config.spark_memory)
    from pipelines.engines.duck import Duck

    return Duck(con)
