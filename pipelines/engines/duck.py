"""DuckDB as the engine: every statement runs in the run's own connection.

Takes that connection; adds nothing to what `pipelines/database.py` and `pipelines/people.py` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import people
from pipelines.database import make_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipelines.database import Made
    from pipelines.engines import Progress
    from pipelines.sql_files import SqlFile


class Duck:
    """DuckDB, in this process."""

    def __init__(self, con: Any) -> None:
        self._con = con

    @property
    def faults(self) -> tuple[type[BaseException], ...]:
        """What DuckDB raises where a statement fails."""
        import duckdb

        return (duckdb.Error,)

    def take_parts(self, parts: Mapping[str, Sequence[Path]], columns: Mapping[str, Mapping[str, str]]) -> None:
        """Nothing to learn: the connection's views over the parts are what the statements read."""

    def make_tables(self, files: Sequence[SqlFile], values: Mapping[str, object], progress: Progress = None) -> Made:
        """Run each file as CREATE TABLE, some at a time."""
        return make_tables(self._con, files, values, progress)

    def resolve(self, load_sql: Callable[[str], SqlFile]) -> None:
        """Resolve people in the connection."""
        people.resolve(self._con, load_sql)

    def look(self, con: Any, file: SqlFile, values: Mapping[str, object]) -> None:
        """Run a rule's query where the run's tables are."""
        query, bound = file.bound(values)
        con.execute(f"CREATE OR REPLACE TEMP TABLE looked AS {query}", bound or None)

    def close(self) -> None:
        """Nothing is held beside the connection."""
