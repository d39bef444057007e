"""The small shell of `resultsday query`: a prompt, SQL over several lines up to a semicolon, a few dot commands.

Takes a sealed connection; reads stdin, a terminal or a pipe, until its end or `.quit`. A fault of one statement does
not end the shell; from a pipe it makes the exit code 2. Nothing typed is kept: it may hold a student's number.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from pipelines import sealed
from pipelines.commands import printing, query
from pipelines.errors import ExitCode, UsageError

_PROMPT, _MORE = "results> ", "    ...> "
_HELP = """SQL ends with a semicolon and may take several lines.
.tables           the tables, and what one row of each is
.schema TABLE     its columns
.questions        the ready questions
.question NAME    run one
.quit             leave"""

#: texts, names and comments, in which a semicolon ends nothing
_OPAQUE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


def is_complete(sql: str) -> bool:
    """Whether what is typed so far ends a statement: its last character that counts is a semicolon."""
    bare = _OPAQUE.sub(" ", sql)
    return bare.rstrip().endswith(";") and "'" not in bare and '"' not in bare


def start(con: Any, output: str) -> int:
    """Run the shell; give the exit code."""
    is_talking = sys.stdin.isatty()
    if is_talking:
        _edit_lines()
        printing.say("Ends with .quit; .tables, .schema TABLE and .questions help.")
    typed, faults = "", 0
    while True:
        try:
            line = _line(_MORE if typed else _PROMPT, is_talking)
            if line is None:
                break
            if not typed and line.strip().startswith("."):
                if not _command(con, line.strip(), output):
                    typed = ""
                    break
                continue
            typed = f"{typed}{line}\n" if typed or line.strip() else ""
            if is_complete(typed):
                ready, typed = typed, ""
                query.ask(con, ready, output)
        except UsageError as fault:
            faults += 1
            printing.say(str(fault))
        except KeyboardInterrupt:
            if not is_talking:
                raise
            typed = ""
            printing.say("")
    if typed.strip():
        # a pipe need not end its last statement with a semicolon
        faults += _last(con, typed, output)
    return int(ExitCode.USAGE if faults and not is_talking else ExitCode.DONE)


def _last(con: Any, typed: str, output: str) -> int:
    try:
        query.ask(con, typed, output)
    except UsageError as fault:
        printing.say(str(fault))
        return 1
    return 0


def _edit_lines() -> None:
    """Arrow keys and recall within this sitting, where the system has them; nothing is written to disk."""
    try:
        import readline
    except ImportError:
        return
    readline.clear_history()


def _line(prompt: str, is_talking: bool) -> str | None:
    """The next line; None at the end."""
    if not is_talking:
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None
    sys.stdout.flush()
    try:
        return input(prompt)
    except EOFError:
        printing.say("")
        return None


def _command(con: Any, line: str, output: str) -> bool:
    """Obey a dot command; whether the shell goes on."""
    name, _, rest = line.partition(" ")
    rest = rest.strip().rstrip(";")
    if name in (".quit", ".exit", ".q"):
        return False
    if name == ".tables":
        printing.show(sealed.tables(con), output)
    elif name == ".schema" and rest:
        printing.show(sealed.columns(con, rest), output)
    elif name == ".questions":
        printing.show(query.question_list(), output)
    elif name == ".question" and rest:
        query.ask(con, query.question(rest).query, output)
    elif name in (".help", ".h"):
        printing.say(_HELP)
    else:
        raise UsageError(f"{name} is no command of this shell.", _HELP)
    return True
