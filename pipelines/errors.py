"""What can go wrong that a person must know of: the exit codes, and the exceptions that carry them.

Takes nothing, gives the vocabulary. Every message says what happened, where, what was expected and what to do
next; none holds a name, a date of birth, a UCI or a ULN.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended; scripts rely on the numbers."""

    DONE = 0  #: done, whatever was found
    FINDINGS = 1  #: findings at or above --fail-on
    USAGE = 2  #: a wrong option, argument or configuration
    NO_INPUT = 10  #: no usable input file
    SUMS = 11  #: the sums did not agree; nothing published
    BUSY = 12  #: another run is going
    DISK = 13  #: disk full, or no permission
    EMBARGO = 14  #: refused: results are embargoed
    BUG = 70  #: a fault of ours


class ResultsdayError(Exception):
    """A fault that a person can act on: what happened, and what to do next."""

    exit_code = ExitCode.BUG

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what}\n{self.todo}" if self.todo else self.what


class UsageError(ResultsdayError):
    """A wrong option, argument or configuration."""

    exit_code = ExitCode.USAGE


class NoInputError(ResultsdayError):
    """There is no file that could be used."""

    exit_code = ExitCode.NO_INPUT


class SumsError(ResultsdayError):
    """Two counts that must agree do not; nothing is published."""

    exit_code = ExitCode.SUMS


class BusyError(ResultsdayError):
    """Another run holds the lock."""

    exit_code = ExitCode.BUSY


class DiskError(ResultsdayError):
    """The disk is full, or a file or folder may not be written or read."""

    exit_code = ExitCode.DISK


class EmbargoError(ResultsdayError):
    """The results asked for may not be shown yet."""

    exit_code = ExitCode.EMBARGO
