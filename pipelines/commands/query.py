"""`resultsday query`: ask the published run in SQL, sealed off from everything else.

Takes SQL as text, as a file, or from stdin; or the name of a ready question; or nothing, which opens a shell. Gives
the answer on stdout as a table, CSV or JSON, and on stderr which run gave it. A fault of the SQL is told in one line,
with a caret where the database knows the place.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.commands import printing, published
from pipelines.database import column_types, empty_table, identifier
from pipelines.errors import ExitCode, UsageError
from pipelines.sealed import answer, sealed, statements
from pipelines.sql_files import SqlFile, load_sql_folder

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Wanted:
    """What is asked: SQL (text, a file, or -), the list of ready questions, or one of them."""

    sql: str | None = None
    lists_questions: bool = False
    question: str | None = None


def questions() -> dict[str, SqlFile]:
    """The ready questions, by name."""
    return {file.name: file for file in load_sql_folder(resources.sql() / "questions")}


def question(name: str) -> SqlFile:
    """One ready question; UsageError with the nearest name where there is none of that name."""
    known = questions()
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        todo = f"Did you mean {near[0]}?" if near else "`resultsday query --list` shows them."
        raise UsageError(f"There is no ready question {name}.", todo)
    return known[name]


def question_list() -> pl.DataFrame:
    """The ready questions: name and the question in words."""
    import polars as pl

    known = questions()
    return pl.DataFrame(
        {"question": list(known), "asks": [file.summary for file in known.values()]},
        schema={"question": pl.String, "asks": pl.String},
    )


def show(data: Path, wanted: Wanted, output: str) -> int:
    """Answer, and give the exit code. Raises UsageError for SQL at fault, NoInputError where nothing is published."""
    if sum((wanted.sql is not None, wanted.lists_questions, wanted.question is not None)) > 1:
        raise UsageError("Ask one thing at a time: SQL, --list, or --question NAME.")
    if wanted.lists_questions:
        printing.show(question_list(), output)
        return int(ExitCode.DONE)
    ready = question(wanted.question) if wanted.question is not None else None
    sql = ready.query if ready is not None else _sql(wanted.sql)
    run = published.needed(data)
    with sealed(run.folder) as con:
        printing.say(published.greeting(run))
        if is_restricted(con):
            printing.say("RESTRICTED: results that candidates may not be told yet are among these tables.")
        if sql is None:
            from pipelines.commands import shell

            return shell.start(con, output)
        if ready is not None:
            _stand_in(con, ready)
        ask(con, sql, output)
    return int(ExitCode.DONE)


def _stand_in(con: Any, ready: SqlFile) -> None:
    """Where a run of an older version lacks tables that a question reads, make them, empty, and say so."""
    have = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    known = {file.name: file for folder in ("joins", "findings") for file in load_sql_folder(resources.sql() / folder)}
    missing = [name for name in ready.reads if name not in have and name in known]
    for name in missing:
        con.execute(f"CREATE TEMP TABLE {identifier(name)} ({empty_table(column_types(known[name]))})")
    if missing:
        printing.say(f"An older version made this run, without {', '.join(missing)}: resultsday run makes a new one.")


def is_restricted(con: Any) -> bool:
    """Whether the run holds results whose embargo is not past."""
    found = con.execute("SELECT 1 FROM results_by_carrier WHERE embargo_until > now() LIMIT 1").fetchall()
    return bool(found)


def ask(con: Any, sql: str, output: str) -> None:
    """Run every statement of a text; show each answer as a table, or the last as CSV or JSON."""
    frame = None
    for statement in statements(con, sql):
        frame = answer(con, statement)
        if output == "text":
            printing.show(frame, output)
    if frame is not None and output != "text":
        printing.show(frame, output)
    if frame is not None:
        printing.say(f"{frame.height:,} row{'' if frame.height == 1 else 's'}")


def _sql(given: str | None) -> str | None:
    if given is None:
        return None
    if given == "-":
        return sys.stdin.read()
    path = Path(given)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False  # SQL can be longer than any path, or hold characters that no path may
    if is_file:
        return path.read_text(encoding="utf-8-sig")
    if path.suffix == ".sql" and not any(character.isspace() for character in given):
        raise UsageError(f"There is no file {given}.", "Give SQL in quotes, a file that is there, or - for stdin.")
    return given
