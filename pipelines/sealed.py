"""The published run, opened for questions: it can be read, and nothing else can be read, changed or reached.

Takes the `results.duckdb` of a run; lends a connection, and gives the answer to a statement as a frame of text.
Promises: no other file, no network, no extension and no variable of this program is within reach of a question, no
setting can be changed back, memory is bounded, nothing spills to disk, and what runs too long is stopped. The
database is opened read-only, so any number of people may ask at once and a run may be published meanwhile. It is no
wall against an attacker who can already run programs here.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.admitted import admit, recognise
from pipelines.errors import DiskError, UsageError
from pipelines.watched import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

DATABASE = "results.duckdb"
MEMORY = "2GB"
#: what an answer may fill beside that, on its way to a person
ANSWER_BYTES = 2 << 30
_BATCH = 10_000
T = TypeVar("T")

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "python_scan_all_frames": "false",
    "allow_persistent_secrets": "false",
    # where it is blank the environment says it, password included
    "http_proxy": "none",
    "memory_limit": MEMORY,
    # a run is never changed once published: nothing may spill beside its database
    "temp_directory": "",
}

#: kinds of fault whose words are about the SQL alone; those of any other kind may quote a value of a row
_ABOUT_SQL = ("ParserException", "BinderException", "CatalogException", "PermissionException", "SyntaxException")
#: how the faults of a value begin, of those that quote no value before they begin
_OWN_WORDS = re.compile(
    r"(cannot|casting|could not|date|division|extract|failed|failure|interval|invalid"
    r"|lists larger|malformed|map|max|missing|more than|negative|not|out of|overflow"
    r"|timestamp|type|underflow|unimplemented|unknown|value|year)\b",
    re.IGNORECASE,
)


@contextmanager
def sealed(run: Path, zone: str = "Europe/London") -> Iterator[Any]:
    """Lend a sealed connection to a run folder's database; times show in London, or in another zone.

    Raises DiskError where the database cannot be opened, or is not the one of its run.
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
        con.execute(f"SET TimeZone = '{zone}'")
        # the bar is drawn on stdout, into the answer of whatever takes longer than two seconds
        con.execute("SET enable_progress_bar = false")
        # even then the database and the log beside it may be named as files, and written; they are open already
        con.execute("SET disabled_filesystems = 'LocalFileSystem'")
        con.execute("SET lock_configuration = true")
        recognise(con, run)
        yield con
    finally:
        con.close()


def statements(con: Any, sql: str) -> Sequence[Any]:
    """The statements of a text; UsageError where it cannot be parsed (with a caret), or one is not admitted."""
    import duckdb

    try:
        found: Sequence[Any] = con.extract_statements(sql)
    except duckdb.Error as fault:
        raise UsageError(in_words(fault)) from None
    if not found:
        raise UsageError("There is no SQL in that.", "Try: resultsday query --list")
    admit(found)
    return found


def answer(con: Any, statement: Any, values: Mapping[str, object] | None = None, seconds: float = 0) -> pl.DataFrame:
    """The rows of one statement, every column as text, NULL as null; no column of a name twice.

    `values` are those of its `$name` parameters; `seconds` is how long it may take, 0 without end. Raises UsageError,
    with a caret where the database knows the place, TimeLimitError, and KeyboardInterrupt for Ctrl-C; the connection
    can be asked again after each.
    """
    import polars as pl
    import pyarrow as pa

    def work() -> Any:
        with _asked(con, statement, values, "CAST(COLUMNS(*) AS VARCHAR)") as batches:
            return None if batches is None else pa.Table.from_batches(_within(batches), batches.schema)

    table = _told(lambda: watched(con, work, seconds))
    if table is None:
        return pl.DataFrame()
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame.cast(pl.String)


def write_parquet(
    con: Any, statement: Any, target: Any, values: Mapping[str, object] | None = None, seconds: float = 0
) -> int:
    """Write the rows of one statement as Parquet, in the types the database has; gives how many.

    `target` is a path or a binary stream. However many rows there are, a few thousand of them are in memory. Raises
    as `answer` does.
    """
    import pyarrow.parquet as pq

    def work() -> int:
        rows = 0
        # a name that comes twice is told apart, as in an answer of text
        with _asked(con, statement, values, "COLUMNS(*)") as batches:
            if batches is None:
                raise UsageError("That statement has no answer that could be written.", "Write a SELECT.")
            with pq.ParquetWriter(target, batches.schema, compression="zstd") as writer:
                for batch in _read(batches):
                    writer.write_batch(batch)
                    rows += batch.num_rows
        return rows

    return _told(lambda: watched(con, work, seconds))


@contextmanager
def _asked(con: Any, statement: Any, values: Mapping[str, object] | None, columns: str) -> Iterator[Any]:
    """Lend the answer as a reader of batches, None where the statement has none; close it in any case."""
    import duckdb

    try:
        # a time with a zone cannot be fetched into Python as such, and text is what people read
        relation = con.sql(statement, params=dict(values)) if values else con.sql(statement)
        batches = None if relation is None else relation.select(columns).to_arrow_reader(_BATCH)
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        # the same fault again, this time with its place in the text
        con.execute(statement, dict(values)) if values else con.execute(statement)
        raise
    try:
        yield batches
    finally:
        if batches is not None:
            # the connection takes no other question while an answer is open
            batches.close()


def _read(batches: Any) -> Iterator[Any]:
    """The batches; a fault of the database on the way, which the reader gives as one of its own, in words."""
    while True:
        try:
            batch = batches.read_next_batch()
        except StopIteration:
            return
        except Exception as fault:  # of the system, or of the library of the format, as the fault was
            kind, _, _ = str(fault).partition(":")
            raise UsageError(
                _in_words(kind.removesuffix(" Error").replace(" ", "") + "Exception", str(fault))
            ) from None
        yield batch


def _within(batches: Any) -> Iterator[Any]:
    """The batches, as long as they fit; UsageError where the answer is larger than memory may hold."""
    held = 0
    for batch in _read(batches):
        held += batch.nbytes
        if held > ANSWER_BYTES:
            raise UsageError(
                f"The answer is larger than {ANSWER_BYTES >> 30} GB.",
                "Ask for fewer rows or columns, or have it written: --format parquet --to FILE.parquet",
            )
        yield batch


def _told(ask: Callable[[], T]) -> T:
    """What asking gives; UsageError in words for a fault of the database."""
    import duckdb

    try:
        return ask()
    except duckdb.Error as fault:
        raise UsageError(in_words(fault)) from None


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
        f"FROM duckdb_columns() WHERE lower(table_name) = lower('{name}') ORDER BY column_index",
    )
    if not found.height:
        near = get_close_matches(table.strip().strip('"').lower(), table_names(con), n=1, cutoff=0.5)
        todo = f"Did you mean {near[0]}?" if near else "`.tables`, or `resultsday query --tables`, lists them."
        raise UsageError(f"There is no table {table}.", todo)
    return found


def table_names(con: Any) -> list[str]:
    """The tables of the run, by name."""
    return [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()]


def macros(con: Any) -> pl.DataFrame:
    """The macros of the run: how each is written, and what it gives."""
    return answer(
        con,
        "SELECT function_name || '(' || array_to_string(parameters, ', ') || ')' AS macro, comment AS gives "
        "FROM duckdb_functions() WHERE function_type IN ('macro', 'table_macro') AND NOT internal "
        "ORDER BY function_name",
    )


def in_words(fault: Exception) -> str:
    """What the database says, in one line, then the line of SQL and a caret where it gives them."""
    return _in_words(type(fault).__name__, str(fault))


def _in_words(kind: str, said: str) -> str:
    if kind == "OutOfMemoryException":
        return f"The question needs more than the {MEMORY} it may use. Ask for fewer rows or columns, or count them."
    what, _, place = said.partition("\n\nLINE ")
    lines = [line.strip() for line in what.splitlines() if line.strip()]
    told = " ".join(lines) if kind in _ABOUT_SQL else _without_values(lines[0] if lines else kind)
    return f"{told}\nLINE {place.rstrip()}" if place else told


def _without_values(told: str) -> str:
    """The words of the database without any value: it may be a name or a number of a student.

    Values stand in quotes, after a colon or as figures; whatever does not begin as the database's own words do, such
    as the text of `error(surname)`, may be a value altogether.
    """
    kind, colon, words = told.partition(": ")
    if not colon:
        return "The question fails on a value, which is not shown."
    words = re.sub(r"""['"].*['"]""", "'…'", words, flags=re.DOTALL)
    words = re.sub(r": .*", ": …", words, flags=re.DOTALL)
    words = re.sub(r"(?<!\w)[^\sA-Z]*\d{2}\S*", "…", words)
    return f"{kind}: {words if _OWN_WORDS.match(words) else '…'}"
