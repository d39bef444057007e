"""Being told to stop: by the system as it shuts down, by `kill`, by a timer whose time is up, by a terminal that goes.

Takes the block that is a whole command. Promises that within it such a signal ends the command as Ctrl-C does: every
`finally` runs, so no temporary folder and nothing half-built stays; a second signal does not cut that short. What was
told to ignore a signal, as `nohup` does, goes on ignoring it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

#: how a command ends that Ctrl-C stopped, as every shell knows it: 128 and the number of the signal
INTERRUPTED = 130
_SHELL = 128
#: of these a system has some; Ctrl-C is not among them, since a shell within a command goes on after it
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")
#: what DuckDB says when a signal came while it was at work; the signal's own exception is lost there
_QUERY = "Query interrupted"


@dataclass
class Stop:
    """The signal that told this command to stop; None as long as none has."""

    number: int | None = None

    @property
    def code(self) -> int:
        """The exit code of a command that was stopped."""
        return INTERRUPTED if self.number is None else _SHELL + self.number

    def ended(self, fault: BaseException) -> bool:
        """Tell whether `fault` is only how the stop came through."""
        return self.number is not None or (isinstance(fault, RuntimeError) and str(fault) == _QUERY)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Turn the signals into SystemExit with their code for as long as the block runs."""
    stop, before = Stop(), dict[int, Any]()

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        stop.number = number
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(stop.code)

    # only the main thread may say what a signal does
    is_main = threading.current_thread() is threading.main_thread()
    for name in _SIGNALS if is_main else ():
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(OSError, ValueError):
                before[number] = signal.signal(number, end)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
