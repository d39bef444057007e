"""A lock on a folder: the operating system's where the drive has one, else a marker that says who is at work.

Takes the path of the lock; gives what releases it, and what is to be said of it. Promises that the system's lock ends
with its process, however that ends, and that a marker left by a killed process of this computer is taken away by the
next one here. What another computer left cannot be told from work that goes on, so a person is told which file it is.
A temporary folder whose lock is free is a killed program's.
"""

from __future__ import annotations

import errno
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

#: What a drive answers that cannot lock: some network drives, some of memory sticks.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
#: seconds in which a program takes the lock of the temporary folder it has made
_MOMENT = 60
TEMPORARY = ".temporary.lock"  #: in a temporary folder: its lock, and the sign that the folder is one
MARKER = ".held"  #: after the name of the lock: a marker in its place
NOTE = (
    "this drive cannot lock files, so a marker stands in for the lock: it keeps out other runs of this computer and of "
    "others, unless two begin in the same moment on a drive that is slow to show new files"
)


class HeldError(Exception):
    """Somebody else holds the lock."""


def acquire(path: Path) -> tuple[Any, str]:
    """Hold it; gives the lock, which has `release()`, and what is to be said, or "".

    Raises HeldError at once where it is held, OSError where neither a lock nor a marker can be had.
    """
    # Only commands that write pay for this import.
    from filelock import FileLock, SoftFileLock, Timeout

    lock: Any = FileLock(path, mode=0o600)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we say in our own words that there are no locks
            lock.acquire(blocking=False)
    except Timeout:
        raise HeldError from None
    except (OSError, NotImplementedError) as error:
        if getattr(error, "errno", errno.ENOSYS) not in _NO_LOCKS:
            raise
        lock = SoftFileLock(marker(path), mode=0o600)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise HeldError from None
    return lock, NOTE if isinstance(lock, SoftFileLock) else ""


def marker(path: Path) -> Path:
    """Where the marker is that stands in for a lock."""
    return path.with_name(path.name + MARKER)


def abandoned(place: Path, begins: str) -> Iterator[Path]:
    """Of the folders in `place` whose names begin so: those of this user whose programs were killed.

    The lock that we alone put there is within and is free, beside it lies nothing but the folder `work`, and the folder
    is not so young that its program may be about to take the lock. Whatever else is called so is somebody's own.
    """
    mine = getattr(os, "getuid", lambda: None)()
    for folder in sorted(place.glob(f"{begins}*")):
        with suppress(OSError, HeldError):
            told = folder.lstat()
            if folder.is_symlink() or mine not in (None, told.st_uid) or time.time() - told.st_mtime < _MOMENT:
                continue
            lock, names = folder / TEMPORARY, {path.name for path in folder.iterdir()}
            if names & {TEMPORARY, marker(lock).name} and not names - {TEMPORARY, marker(lock).name, "work"}:
                acquire(lock)[0].release()
                yield folder
