"""What a drive refuses, in words: takes any exception, gives a `DiskError` that says what happened and what to do.

Promises None where the disk is not at fault, so that a fault of ours is never taken for one of the drive.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from pipelines.errors import DiskError

_FREE_SPACE = "Free some space on this drive (`resultsday purge` removes old runs), then run again."
_GIVE_RIGHTS = "Check that you may write there and that no other program has the file open, then run again."
_CHECK_DRIVE = "Check that the drive is not full, and its cable, or use --data to choose another."
MOVE = "Move it elsewhere, then run again."
_FAULTS = {
    errno.ENOSPC: ("the disk is full", _FREE_SPACE),
    errno.EDQUOT: ("your disk quota is used up", _FREE_SPACE),
    errno.EFBIG: ("the file would be larger than this system allows", _FREE_SPACE),
    errno.EACCES: ("no permission", _GIVE_RIGHTS),
    errno.EPERM: ("no permission", _GIVE_RIGHTS),
    errno.EROFS: ("the drive is read-only", "Use --data to choose a folder that can be written."),
    errno.EIO: ("the drive reports a fault", _CHECK_DRIVE),
    errno.ENOTDIR: ("a file is in the way of a folder", MOVE),
    errno.EEXIST: ("something of that name is in the way", MOVE),
}
#: What polars and DuckDB say of a write or a sync that failed where they lost the system's words too.
_LOST_WORDS = ("Invalid thrift: transport error", "fsync failed")


def disk_error(error: BaseException, path: Path) -> DiskError | None:
    """Say `error` as a `DiskError` about `path`, or None where the disk is not at fault.

    polars and DuckDB lose the error number on the way and keep only the system's words for it.
    """
    if isinstance(error, DiskError):
        return error
    number = error.errno if isinstance(error, OSError) else None
    if number is None:
        words = str(error)
        other = errno.ENOSPC if "os error 112" in words else None  # Windows, in the words of a Rust library
        other = errno.EIO if any(lost in words for lost in _LOST_WORDS) else other
        number = next((n for n in _FAULTS if os.strerror(n) in words), other)
    if number not in _FAULTS:
        return None
    what, todo = _FAULTS[number]
    return DiskError(f"{path}: {what}.", todo)
