"""Work that a person, the system or a clock may stop: Ctrl-C, a signal to end, and a limit in seconds.

Takes a connection, and a function that asks it; gives what the function gives. The work goes on in a thread of its
own, so that the one that hears Ctrl-C is always free to hear it, on Windows too. Promises: when this returns or raises
nothing of the work is running, and the connection can be asked again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from pipelines.errors import UsageError

#: seconds between two looks at the clock; on Windows also the longest that Ctrl-C waits to be heard
_STEP = 0.05

T = TypeVar("T")


class TimeLimitError(UsageError):
    """A question ran longer than it may."""


class _Work(Generic[T]):
    """One function in a thread: whether it is over, and what came of it."""

    def __init__(self, function: Callable[[], T]) -> None:
        self.over = threading.Event()
        self.given: list[T] = []
        self.fault: BaseException | None = None
        self._function = function
        threading.Thread(target=self._go, name="question", daemon=True).start()

    def _go(self) -> None:
        try:
            self.given.append(self._function())
        except BaseException as fault:  # handed over to whoever waits
            self.fault = fault
        finally:
            self.over.set()


def watched(con: Any, function: Callable[[], T], seconds: float = 0) -> T:
    """Do it; stop it after so many seconds (0: never). Raises what stopped it, TimeLimitError, or what it raises."""
    ends = time.monotonic() + seconds if seconds else None
    is_late, stop = False, list[BaseException]()
    work = _Work(function)
    while not work.over.is_set():
        try:
            while not work.over.wait(_STEP):
                is_late = is_late or (ends is not None and time.monotonic() >= ends)
                if is_late or stop:
                    # again and again: between two statements there is nothing to interrupt
                    con.interrupt()
        except (KeyboardInterrupt, SystemExit) as end:  # Ctrl-C; or the command was told to stop
            stop.append(end)
            con.interrupt()
    if stop:
        raise stop[0]
    if work.fault is None:
        return work.given[0]
    if is_late:
        raise TimeLimitError(
            f"Stopped: the question took longer than the {seconds:,g} second{'' if seconds == 1 else 's'} it may.",
            "Ask for less (a WHERE, a LIMIT, fewer tables; is an ON missing?), or give it longer: --limit-seconds 900, "
            "in the shell .limit 900, for good query_seconds in resultsday.toml; 0 is no limit.",
        ) from None
    raise work.fault
