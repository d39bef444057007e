"""Progress on a terminal: which stage a run is in, and for how long.

Takes nothing; lends a function that is told of each stage and each step. Off a terminal, or where quiet is asked
for, it says nothing. It never shows a name of a student; steps are names of tables, rules and counts of files.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = {
    "receive": "receiving files",
    "read": "reading and checking",
    "join": "joining",
    "rules": "running rules",
    "report": "writing reports",
    "publish": "publishing",
}


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, str], None]]:
    """Lend the function; the line is gone when the block ends."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _detail: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("starting") as line:

        def tell(stage: str, detail: str) -> None:
            line.update(f"{WORDS.get(stage, stage)} {detail}".rstrip())

        yield tell
