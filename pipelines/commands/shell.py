"""The shell of `resultsday query`: SQL over several lines up to a semicolon, and a few commands that begin with a dot.

Takes a sealed connection; reads a terminal or a pipe until its end or `.quit`. At a terminal Tab completes and Ctrl-C
stops a question, never the shell; a fault of one statement does not end it either, but from a pipe makes the exit
code 2. Nothing typed is kept on disk: it may hold a student's number.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from pipelines import questions, sealed
from pipelines.commands import answering, printing, query
from pipelines.commands.suggesting import COMMANDS, SHELL_FORMATS, is_complete, vocabulary
from pipelines.errors import ExitCode, UsageError

PROMPT, MORE = "results> ", "    ...> "
_GREETING = "SQL ends with a semicolon. Tab completes, Ctrl-C stops a question, .help helps, .quit leaves."
_STOPPED = "Stopped."

#: the next line or statement; None at the end
Reader = Callable[[bool], str | None]


@dataclass
class Sitting:
    """What holds from one statement to the next: the connection, and how answers are given."""

    con: Any
    how: answering.Manner


def start(con: Any, how: answering.Manner) -> int:
    """Run the shell; give the exit code. Raises UsageError for a form of answer that only one statement can have."""
    if how.to is not None or how.format not in (*SHELL_FORMATS, "text"):
        raise UsageError("A file is made of one answer.", 'Ask it at once: resultsday query "SELECT …" --to FILE')
    is_talking = sys.stdin.isatty()
    sitting = Sitting(con, how)
    if is_talking:
        printing.say(_GREETING)
    faults = _sit(sitting, _reader(con) if is_talking else _piped, is_talking)
    return int(ExitCode.USAGE if faults and not is_talking else ExitCode.DONE)


def _reader(con: Any) -> Reader:
    """What reads a terminal: with completion, or plainly where the terminal cannot have it."""
    if sys.stdout.isatty() or sys.stderr.isatty():
        from pipelines.commands import terminal

        if reader := terminal.reader(PROMPT, MORE, vocabulary(con)):
            return reader
    return _plain


def _sit(sitting: Sitting, read: Reader, is_talking: bool) -> int:
    """Read and answer until the end; gives how many faults there were."""
    typed, faults = "", 0
    while True:
        try:
            line = read(bool(typed))
            if line is None:
                break
            if not typed and line.strip().startswith("."):
                if not obey(sitting, line.strip()):
                    return faults
                continue
            typed = f"{typed}{line}\n" if typed or line.strip() else ""
            if is_complete(typed):
                ready, typed = typed, ""
                answering.ask(sitting.con, ready, sitting.how)
        except UsageError as fault:
            faults += 1
            printing.say(str(fault))
        except KeyboardInterrupt:
            if not is_talking:
                raise
            typed = ""
            printing.say(_STOPPED)
    # a pipe need not end its last statement with a semicolon
    return faults + (_last(sitting, typed) if typed.strip() else 0)


def _last(sitting: Sitting, typed: str) -> int:
    try:
        answering.ask(sitting.con, typed, sitting.how)
    except UsageError as fault:
        printing.say(str(fault))
        return 1
    return 0


def _piped(_: bool) -> str | None:
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _plain(is_more: bool) -> str | None:
    sys.stdout.flush()
    try:
        return input(MORE if is_more else PROMPT)
    except EOFError:
        printing.say("")
        return None


def obey(sitting: Sitting, line: str) -> bool:
    """Obey a dot command; whether the shell goes on. Raises UsageError, with the nearest, for one there is not."""
    name, _, rest = line.partition(" ")
    name, rest = name.rstrip(";"), rest.strip().rstrip(";").strip()
    if name in (".quit", ".exit", ".q"):
        return False
    doing = {**_DOING, ".schema": _describe, ".h": _help}.get(name)
    if doing is None:
        near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
        raise UsageError(
            f"{name} is no command of this shell.", f"Did you mean {near[0]}?" if near else ".help lists them."
        )
    doing(sitting, rest)
    return True


def _tables(sitting: Sitting, _: str) -> None:
    printing.show(sealed.tables(sitting.con), _form(sitting))


def _describe(sitting: Sitting, rest: str) -> None:
    if not rest:
        raise UsageError("Which table?", "Such as: .describe candidates; .tables lists them.")
    printing.show(sealed.columns(sitting.con, rest), _form(sitting))


def _macros(sitting: Sitting, _: str) -> None:
    printing.show(sealed.macros(sitting.con), _form(sitting))


def _questions(sitting: Sitting, _: str) -> None:
    printing.show(query.question_list(), _form(sitting))


def _question(sitting: Sitting, rest: str) -> None:
    name, _, pairs = rest.partition(" ")
    if not name:
        raise UsageError("Which question?", "Such as: .question on_hold; .questions lists them.")
    ready = questions.question(name)
    sql, values = questions.statement(ready, questions.settings(_pairs(pairs)))
    query.stand_in(sitting.con, ready)
    answering.ask(sitting.con, sql, sitting.how, values)


def _pairs(text: str) -> list[str]:
    """What is set, apart at its blanks, but for blanks in quotes."""
    import shlex

    try:
        return shlex.split(text)
    except ValueError:
        raise UsageError(
            "A quote is not closed.", "Such as: .question not_issued_not_sent_not_imported 'answer=not sent'"
        ) from None


def _format(sitting: Sitting, rest: str) -> None:
    if rest not in (*SHELL_FORMATS, "text"):
        near = get_close_matches(rest, SHELL_FORMATS, n=1)
        todo = f"Did you mean {near[0]}?" if near else f"It is {', '.join(SHELL_FORMATS)}."
        raise UsageError("There is no such format here.", todo + " A file: resultsday query … --to FILE")
    sitting.how = replace(sitting.how, format=rest)


def _timer(sitting: Sitting, rest: str) -> None:
    if rest not in ("", "on", "off"):
        raise UsageError("A timer is on or off.", ".timer on")
    is_timed = not sitting.how.is_timed if not rest else rest == "on"
    sitting.how = replace(sitting.how, is_timed=is_timed)
    printing.say(f"The time of each answer is {'told' if is_timed else 'not told'}.")


def _limit(sitting: Sitting, rest: str) -> None:
    try:
        seconds = float(rest) if rest else sitting.how.seconds
        if not 0 <= seconds < 1e9:
            raise ValueError
    except ValueError:
        raise UsageError("A limit is a number of seconds.", ".limit 900; .limit 0 is no limit.") from None
    sitting.how = replace(sitting.how, seconds=seconds)
    printing.say("A question has no limit." if not seconds else f"A question may take {seconds:,g} s.")


def _help(_: Sitting, __: str) -> None:
    width = max(len(says[0]) for says in COMMANDS.values())
    lines = [f"{written:<{width}}  {says}" for written, says in COMMANDS.values()]
    printing.say("\n".join(["SQL ends with a semicolon and may take several lines.", *lines]))


def _form(sitting: Sitting) -> str:
    return "text" if sitting.how.is_table else sitting.how.format


_DOING: dict[str, Callable[[Sitting, str], None]] = {
    ".tables": _tables,
    ".describe": _describe,
    ".macros": _macros,
    ".questions": _questions,
    ".question": _question,
    ".format": _format,
    ".timer": _timer,
    ".limit": _limit,
    ".help": _help,
}
