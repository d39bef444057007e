"""The published run, opened for questions: it can be read, and nothing else can be read, changed or reached.

Takes the `results.duckdb` of a run; lends a connection, and gives the answer to a statement as a frame of text.
Promises: no other file, no network, no extension and no variable of this program is within reach of a question, no
setting can be changed back, and memory is bounded. The database is opened read-only, so any number of people may ask
at once and a run may be published meanwhile. It is no wall against an attacker who can already run programs here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipelines.errors import DiskError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

DATABASE = "results.duckdb"
MEMORY = "2GB"

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "python_scan_all_frames": "false",
    "memory_limit": MEMORY,
    # a run is never changed once published: nothing may spill beside its database
    "temp_directory": "",
}

#: kinds of fault whose words are about the SQL alone; those of any other kind may quote a value of a row
_ABOUT_SQL = ("ParserException", "BinderException", "CatalogException", "PermissionException", "SyntaxException")


@contextmanager
def sealed(run: Path) -> Iterator[Any]:
    """Lend a sealed connection to a run folder's database; times show in London.

    Raises DiskError where the database cannot be opened.
    """
    import duckdb

    path = run / DATABASE
    try:
        con = duckdb.connect(str(path), read_only=True, config=_CONFIG)
    except duckdb.Error:
        raise DiskError(
            f"{path}: the database of the published run cannot be opened.",
            "Run again; if it recurs, check the drive.",
        ) from None
    try:
        con.execute("SET TimeZone = 'Europe/London'")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()


def statements(con: Any, sql: str) -> Sequence[Any]:
    """The statements of a text; UsageError, with a caret, where it cannot be parsed or holds none."""
    import duckdb

    try:
        found: Sequence[Any] = con.extract_statements(sql)
    except duckdb.Error as fault:
        raise UsageError(in_words(fault)) from None
    if not found:
        raise UsageError("There is no SQL in that.", "Try: resultsday query --list")
    return found


def answer(con: Any, statement: Any) -> pl.DataFrame:
    """The rows of one statement, every column as text, NULL as null; no column of a name twice.

    Raises UsageError, with a caret where the database knows the place.
    """
    import duckdb

    try:
        try:
            # a time with a zone cannot be fetched into Python as such, and text is what people read
            relation = con.sql(statement)
            frame: pl.DataFrame | None = (
                None if relation is None else relation.select("CAST(COLUMNS(*) AS VARCHAR)").pl()
            )
        except duckdb.Error:
            # the same fault again, this time with its place in the text
            con.execute(statement)
            raise
    except duckdb.Error as fault:
        raise UsageError(in_words(fault)) from None
    if frame is None:
        import polars as pl

        return pl.DataFrame()
    return frame


def tables(con: Any) -> pl.DataFrame:
    """Every table of the run: its name, its rows, and what one row is."""
    return answer(
        con,
        'SELECT table_name AS "table", estimated_size AS "rows", comment AS holds '
        "FROM duckdb_tables() WHERE NOT temporary ORDER BY table_name",
    )


def columns(con: Any, table: str) -> pl.DataFrame:
    """The columns of one table, with types and words; UsageError where there is no such table."""
    name = table.strip().strip('"').replace("'", "''")
    found = answer(
        con,
        'SELECT column_name AS "column", data_type AS type, comment AS holds '
        f"FROM duckdb_columns() WHERE table_name = '{name}' ORDER BY column_index",
    )
    if not found.height:
        raise UsageError(f"There is no table {table}.", "`.tables` lists them.")
    return found


def in_words(fault: Exception) -> str:
    """What the database says, in one line, then the line of SQL and a caret where it gives them."""
    if type(fault).__name__ == "OutOfMemoryException":
        return f"The question needs more than the {MEMORY} it may use. Ask for fewer rows or columns, or count them."
    what, _, place = str(fault).partition("\n\nLINE ")
    told = " ".join(line.strip() for line in what.splitlines() if line.strip())
    if type(fault).__name__ not in _ABOUT_SQL:
        told = _without_values(told)
    return f"{told}\nLINE {place.rstrip()}" if place else told


def _without_values(told: str) -> str:
    """The same words without anything quoted: it may be a name or a number of a student."""
    kept, _, rest = told.partition("'")
    return f"{kept}'…'{rest.rpartition(chr(39))[2]}" if rest else told
