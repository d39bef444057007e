"""The check-up behind `resultsday doctor`: whether this machine, its settings and its figures are fit for results day.

Takes a data folder and a moment, gives one `Check` a question asked, or one a fault found. Promises: nothing of a
student is read; nothing is changed, but for a probe folder that is gone again; no frame library and no database are
loaded for it, unless a local format has to be tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.errors import ExitCode, ResultsdayError


class State(StrEnum):
    """How a question came out."""

    OK = "ok"
    LOOK = "look"  #: it works, and a person should know
    WRONG = "wrong"  #: a run would fail, or would judge by a figure that contradicts another


@dataclass(frozen=True)
class Check:
    """One answer: which question, how it came out, what is the case, where it stands, what to do."""

    name: str
    state: State
    what: str
    where: str = ""  #: a path, or path:line
    todo: str = ""
    exit_code: ExitCode = ExitCode.DONE  #: how the command ends because of it


def ok(name: str, what: str, where: str = "") -> Check:
    """All is well."""
    return Check(name, State.OK, what, where)


def look(name: str, what: str, where: str, todo: str) -> Check:
    """A person should look; nothing fails because of it."""
    return Check(name, State.LOOK, what, where, todo)


def wrong(name: str, what: str, where: str, todo: str, exit_code: ExitCode = ExitCode.USAGE) -> Check:
    """A fault that has to be mended; `exit_code` says of which sort: settings and figures, or the disk."""
    return Check(name, State.WRONG, what, where, todo, exit_code)


def said(name: str, error: ResultsdayError) -> Check:
    """A fault as the rest of the program says it, `place: what`, with its exit code."""
    where, _, what = error.what.partition(": ")
    where, what = (where, what) if what else ("", where)
    return wrong(name, what[:1].upper() + what[1:], where, error.todo, error.exit_code)


def ends_with(checks: Sequence[Check]) -> ExitCode:
    """The exit code of all checks together: a disk that fails comes before a figure that is wrong."""
    codes = {check.exit_code for check in checks if check.state is State.WRONG}
    return next((code for code in (ExitCode.DISK, ExitCode.USAGE) if code in codes), ExitCode.DONE)
