"""The ways in which a run is made to fail, laid into the process that is about to do one.

Where only what is done to the disk matters, joins and rules may be taken from a run before (`known`): they read the
same files, give the same tables and change nothing on the disk, but take most of the time.

Takes a fault as a dictionary (`kind`, and what that kind needs); changes this process for good, so it is called in a
forked child alone. A fault is laid where the product has a seam of its own: `files._do`, through which every change of
the disk goes, and the function that a run tells its stages to.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import resource
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from pipelines import files, run
from pipelines.commands import running
from pipelines.database import Made

#: what needs room on the disk; a full one still renames and deletes
NEEDS_ROOM = {"open", "write", "mkdir", "link", "symlink_to", "mkdtemp", "_sync"}
_SIGNALS = {
    "killed": signal.SIGKILL,
    "SIGKILL": signal.SIGKILL,
    "SIGTERM": signal.SIGTERM,
    "SIGINT": signal.SIGINT,
    "SIGHUP": signal.SIGHUP,
}
_NAMES = ((r"\d{8}T\d{6}Z(-\d+)?", "RUN"), (r"[0-9a-f]{64}", "SHA"), (r"[0-9a-f]{32}", "KEY"))

Fault = dict[str, Any]


def place(path: Path, data: Path) -> str:
    """A path as it is in every run: below the data folder, without hashes and the names of runs."""
    told = path.relative_to(data).as_posix() if path.is_relative_to(data) else f"elsewhere/{path.name}"
    for pattern, word in _NAMES:
        told = re.sub(pattern, word, told)
    return told


def lay(fault: Fault, data: Path) -> None:
    """Lay a fault into this process. Raises KeyError where there is no such kind."""
    if "known" in fault:
        _know(Path(fault["known"]))
    {
        "none": lambda: None,
        "remember": lambda: remember(Path(fault["to"])),
        "record": lambda: _record(Path(fault["to"]), data),
        "operation": lambda: _at_operation(fault, data),
        "stage": lambda: _at_stage(fault),
        "size": lambda: _small_files(fault["bytes"]),
        "below": lambda: _below(fault, data),
        "answers": lambda: _answering(fault["answers"]),
    }[fault["kind"]]()


def remember(to: Path) -> None:
    """Keep what stages 4 and 5 make of the files, so that other runs over the same files need not work it out."""
    join, find = vars(run)["join"], vars(run)["find"]
    made = dict[str, Any]()

    def joined(con: Any, *arguments: Any, **options: Any) -> Made:
        made["join"] = join(con, *arguments, **options)
        return cast(Made, made["join"])

    def found(con: Any, *arguments: Any, **options: Any) -> Any:
        told = find(con, *arguments, **options)
        con.execute(f"ATTACH '{to / 'known.duckdb'}' AS known")
        tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'memory'").fetchall()
        for (name,) in tables:
            con.execute(f'CREATE TABLE known."{name}" AS FROM memory."{name}"')
        con.execute("DETACH known")
        (to / "rows.json").write_text(json.dumps(dict(made["join"].rows)), encoding="utf-8")
        return told

    vars(run).update(join=joined, find=found)


def _know(place: Path) -> None:
    """Take what stages 4 and 5 make from a run before this one: they change nothing on the disk."""
    rows = json.loads((place / "rows.json").read_text(encoding="utf-8"))

    def join(con: Any, *_: Any, **__: Any) -> Made:
        con.execute(f"ATTACH '{place / 'known.duckdb'}' AS known (READ_ONLY)")
        mine = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'memory'"
        theirs = f"SELECT table_name FROM duckdb_tables() WHERE database_name = 'known' AND table_name NOT IN ({mine})"
        for (name,) in con.execute(theirs).fetchall():
            con.execute(f'CREATE TABLE memory."{name}" AS FROM known."{name}"')
        con.execute("DETACH known")
        return Made(rows, {})

    vars(run).update(join=join, find=lambda *_, **__: Made({}, {}))


def _replace(do: Callable[..., Any]) -> None:
    files._do = do


def _fail(number: int) -> Callable[..., None]:
    def operation(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return operation


def _record(to: Path, data: Path) -> None:
    """Write down each operation as it is begun: its name and its place."""
    inner, log = files._do, to.open("a", encoding="utf-8", buffering=1)

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        log.write(json.dumps([operation.__name__, place(path, data)]) + "\n")
        return inner(path, operation, *arguments, **options)

    _replace(do)


def _at_operation(fault: Fault, data: Path) -> None:
    """Fail at one operation: once, from then on, as a full disk does, or by a signal."""
    inner, how, lock = files._do, fault["how"], threading.Lock()
    seen: Counter[tuple[str, str]] = Counter()
    wanted = (fault["operation"], fault["place"])
    came = False

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        nonlocal came
        with lock:
            here = (operation.__name__, place(path, data))
            seen[here] += 1
            is_here = here == wanted and seen[here] == fault.get("nth", 1)
            came = came or is_here
        if is_here and how in _SIGNALS:
            os.kill(os.getpid(), _SIGNALS[how])
        elif (is_here and how == "once") or (came and how == "ever"):
            return inner(path, _fail(errno.EIO))
        elif came and how == "full" and operation.__name__ in NEEDS_ROOM:
            return inner(path, _fail(errno.ENOSPC))
        return inner(path, operation, *arguments, **options)

    _replace(do)


def _at_stage(fault: Fault) -> None:
    """Send this process a signal when it announces a stage for the Nth time."""
    seen: Counter[str] = Counter()

    def tell(stage: str, _detail: str) -> None:
        seen[stage] += 1
        if stage == fault["stage"] and seen[stage] == fault.get("nth", 1):
            os.kill(os.getpid(), _SIGNALS[fault["signal"]])

    @contextmanager
    def progress(_quiet: bool) -> Iterator[Callable[[str, str], None]]:
        yield tell

    vars(running).update(progress=progress)


def _small_files(size: int) -> None:
    """No file may grow beyond so many bytes: the system refuses the write, whoever writes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _below(fault: Fault, data: Path) -> None:
    """Have the shim under every library fail the Nth call of one kind below the data folder, or write down all."""
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    how = {"once": 0, "ever": 1, "killed": 2}[fault.get("how", "once")]
    shim.crash_plan(
        os.fsencode(data),
        os.fsencode(fault.get("log", "")),
        fault.get("call", "").encode(),
        fault.get("nth", 0),
        fault.get("errno", 0),
        how,
    )


def _answering(answers: dict[str, int]) -> None:
    """Let the drive answer some operations with an error number, each time: a drive without links, without locks."""
    inner = files._do

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        number = answers.get(operation.__name__)
        return inner(path, operation if number is None else _fail(number), *arguments, **options)

    _replace(do)
