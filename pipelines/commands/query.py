"""`resultsday query`: ask the published run in SQL, sealed off from everything else.

Takes SQL as text, as a file, or from stdin; or the name of a ready question and values for its parameters; or nothing,
which opens a shell. Gives the answer on stdout or as a file, and on stderr which run gave it. A fault of the SQL is
told in one line, with a caret where the database knows the place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import questions as ready_questions
from pipelines import resources, sealed
from pipelines.commands import answering, printing, published
from pipelines.config import load_config
from pipelines.database import column_types, empty_table, identifier
from pipelines.errors import ExitCode, UsageError
from pipelines.sql_files import SqlFile, load_sql_file, load_sql_folder

if TYPE_CHECKING:
    import polars as pl

#: how a file of a question opens
_HEADER = re.compile(r"/\*\n(?:[^*]*\n)?summary *=")


@dataclass(frozen=True)
class Wanted:
    """What is asked: SQL (text, a file, or -), a ready question, or a list of what there is; and how to answer."""

    sql: str | None = None
    lists_questions: bool = False
    question: str | None = None
    set: tuple[str, ...] = ()
    lists_tables: bool = False
    describe: str | None = None
    shows_sql: bool = False
    to: Path | None = None
    seconds: float | None = None

    @property
    def things(self) -> int:
        """How many things are asked at once."""
        told = (self.sql, self.question, self.describe, self.lists_questions or None, self.lists_tables or None)
        return sum(one is not None for one in told)


def question_list() -> pl.DataFrame:
    """The ready questions: name, the parameters it takes, and the question in words."""
    import polars as pl

    known = ready_questions.questions()
    rows = [
        (name, " ".join(one.name for one in ready_questions.parameters(file)), file.summary)
        for name, file in known.items()
    ]
    return pl.DataFrame(rows, schema={"question": pl.String, "takes": pl.String, "asks": pl.String}, orient="row")


def show(data: Path, wanted: Wanted, output: str | None) -> int:
    """Answer, and give the exit code.

    Raises UsageError for SQL at fault or a question that took too long, NoInputError where nothing is published.
    """
    if wanted.things > 1:
        raise UsageError("Ask one thing at a time: SQL, --question NAME, --list, --tables or --describe TABLE.")
    seconds = wanted.seconds if wanted.seconds is not None else load_config(data).query_seconds
    how = answering.manner(output, wanted.to, seconds)
    if wanted.lists_questions:
        _listed(question_list(), how)
        return int(ExitCode.DONE)
    ready, sql, values = _asked(wanted)
    if wanted.shows_sql:
        printing.write(shown_sql(sql or "", values))
        return int(ExitCode.DONE)
    run = published.needed(data)
    with sealed.sealed(run.folder) as con:
        printing.say(published.greeting(run))
        if is_restricted(con):
            printing.say("RESTRICTED: results that candidates may not be told yet are among these tables.")
        if wanted.lists_tables or wanted.describe is not None:
            _listed(sealed.tables(con) if wanted.describe is None else sealed.columns(con, wanted.describe), how)
        elif sql is None:
            from pipelines.commands import shell

            return shell.start(con, how)
        else:
            if ready is not None:
                stand_in(con, ready)
            answering.ask(con, sql, how, values)
    return int(ExitCode.DONE)


def _listed(frame: pl.DataFrame, how: answering.Manner) -> None:
    if how.to is not None or how.format not in ("table", "text", "csv", "json"):
        raise UsageError("A list is printed, as a table, csv or json.", "Leave --to out, and say --format csv.")
    printing.show(frame, how.format)


def _asked(wanted: Wanted) -> tuple[SqlFile | None, str | None, Mapping[str, object]]:
    """The question, where it is one, its SQL, and the values of its parameters."""
    ready = ready_questions.question(wanted.question) if wanted.question is not None else _own_question(wanted.sql)
    given = ready_questions.settings(wanted.set)
    if ready is not None:
        return ready, *ready_questions.statement(ready, given)
    if given or wanted.shows_sql:
        raise UsageError("--set and --sql go with --question NAME.", "`resultsday query --list` shows the questions.")
    return None, _sql(wanted.sql), {}


def _own_question(given: str | None) -> SqlFile | None:
    """A file that is written as a ready question is, with a header; None for any other."""
    path = _file(given) if given is not None else None
    if path is None or not _HEADER.match(_text(path)):
        return None
    return load_sql_file(path)


def shown_sql(sql: str, values: Mapping[str, object]) -> str:
    """The SQL of a question as other programs take it: every parameter a variable that is set before."""
    lines = []
    for name, value in values.items():
        text = "NULL" if value is None else str(value) if isinstance(value, int) else _quoted(str(value))
        lines.append(f"SET VARIABLE {name} = {text};\n")
        sql = re.sub(rf"\${name}\b", f"getvariable('{name}')", sql)
    return "".join(lines) + sql.rstrip() + ";\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def stand_in(con: Any, ready: SqlFile) -> None:
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


def _file(given: str) -> Path | None:
    """The file that is meant, None where it is SQL."""
    path = Path(given)
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None  # SQL can be longer than any path, or hold characters that no path may


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not text in UTF-8.", "Save it as UTF-8: Notepad, Save as, Encoding.") from None


def _sql(given: str | None) -> str | None:
    if given is None:
        return None
    if given == "-":
        return sys.stdin.read()
    if path := _file(given):
        return _text(path)
    if Path(given).suffix == ".sql" and not any(character.isspace() for character in given):
        raise UsageError(f"There is no file {given}.", "Give SQL in quotes, a file that is there, or - for stdin.")
    if given.isidentifier():
        # one word is no SQL: a question or a table is meant
        _meant(given)
    return given


def _meant(word: str) -> None:
    known = ready_questions.questions()
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    todo = f"resultsday query --question {near[0]}" if near else f'resultsday query "FROM {word}", or --list.'
    raise UsageError(f"{word} is no SQL.", f"Did you mean: {todo}" if near else f"Try: {todo}")
