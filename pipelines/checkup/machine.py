"""Whether this machine can do a run: Python and its libraries, the disk, rights, the kind of drive, the lock.

Takes the data folder, gives checks. Promises: nothing is changed, but for a probe folder in the data folder that is
gone again (a killed one is swept by the next run); where the data folder is not there yet, nothing is made. What a
check cannot find out on this system it does not guess.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from pipelines import files, publish
from pipelines.checkup import Check, look, ok, said, wrong
from pipelines.config import inboxes
from pipelines.errors import BusyError, DiskError, ExitCode, UsageError

_MIB = 1 << 20
#: below this a run cannot end; below that it may not
_LEAST_FREE, _GOOD_FREE = 200 * _MIB, 2048 * _MIB
_OLDEST = (3, 11)
_LIBRARIES = ("duckdb", "filelock", "jinja2", "lxml", "pandera", "polars", "pydantic-settings", "typer")
#: what a folder is called that a program copies to its maker's machines, and whose that is
_SYNCHRONISED = (
    (r"onedrive( - .+)?", "OneDrive"),
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"google ?drive( .+)?|googledrive-.+|my drive|drivefs", "Google Drive"),
    (r"icloud ?drive|mobile documents|com~apple~clouddocs", "iCloud"),
    (r"cloudstorage", "a cloud drive"),
)
_NETWORK_DRIVES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "davfs", "fuse.davfs2", "ncpfs"}
_REMOTE = 4  # GetDriveTypeW
_PROBE = f"{files.BUILDING}doctor"


def nearest(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    path = path.absolute()
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def check_python(version: tuple[int, ...] = sys.version_info[:3], bits: int = sys.maxsize.bit_length() + 1) -> Check:
    """Python is new enough, of 64 bits, and has the libraries beside it."""
    told = f"Python {'.'.join(map(str, version))}"
    if version[:2] < _OLDEST:
        return wrong("python", f"{told} is too old.", sys.executable, "Install Python 3.11 or later, then resultsday.")
    if bits < 64:
        return wrong("python", f"{told} is of 32 bits.", sys.executable, "Install the 64-bit Python, then resultsday.")
    found, missing = [], []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        todo = "Install resultsday again; in a checkout: make results."
        return wrong("python", f"{told} lacks {', '.join(missing)}.", sys.executable, todo)
    return ok("python", f"{told}, {', '.join(one for one in found if one.startswith(('duckdb', 'polars')))}")


def check_space(data: Path, free: int | None = None) -> Check:
    """There is room for a run: what the last one took, twice, and never less than a floor."""
    folder = nearest(data)
    free = shutil.disk_usage(folder).free if free is None else free
    last = files.current_run(data)
    wanted = max(_GOOD_FREE, 2 * _size(last) + sum(map(_size, _inboxes(data)))) if last else _GOOD_FREE
    told = f"{_told(free)} free"
    todo = "Free some space on this drive (`resultsday purge` removes old runs), or use --data."
    if free < _LEAST_FREE:
        return wrong("disk", f"{told}; a run needs {_told(_LEAST_FREE)} at least.", str(folder), todo, ExitCode.DISK)
    if free < wanted:
        return look("disk", f"{told}; {_told(wanted)} would be safe.", str(folder), todo)
    return ok("disk", told, str(folder))


def _size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _told(size: int) -> str:
    return f"{size / (1 << 30):.1f} GB" if size >= 1 << 30 else f"{size // _MIB} MB"


def check_rights(data: Path) -> list[Check]:
    """The data folder can be written and locked, the inbox read, the runs by nobody else."""
    checks = [_check_writing(data), *map(_check_inbox, _inboxes(data)), *_check_private(data / files.RUNS)]
    try:
        run = publish.published(data)
    except DiskError as error:
        checks.append(said("published", error))
    else:
        checks.append(ok("published", f"run {run.name} can be read" if run else "nothing is published yet", str(data)))
    return checks


def _check_writing(data: Path) -> Check:
    """Write, lock, rename and delete for real: rights told in advance are not to be relied on."""
    folder = nearest(data)
    if folder != data.absolute():
        if os.access(folder, os.W_OK | os.X_OK):
            return ok("rights", f"{data} is not there yet and can be made", str(folder))
        return wrong("rights", "No permission.", str(folder), "Use --data to choose another folder.", ExitCode.DISK)
    probe = data / f"{_PROBE}-{os.getpid()}"
    try:
        try:
            with files.hold_lock(files.make_folder(probe)) as note:
                files.write_bytes(probe / "probe", b"probe\n")
        finally:
            files.remove(probe)
    except DiskError as error:
        return said("rights", error)
    except OSError as error:
        return wrong("rights", f"{error.strerror}.", str(data), "Use --data to choose another folder.", ExitCode.DISK)
    if note:
        return look("rights", f"{note[0].upper()}{note[1:]}.", str(data), "Use --data with a folder on this machine.")
    return ok("rights", "files can be written, locked and renamed", str(data))


def _inboxes(data: Path) -> tuple[Path, ...]:
    try:
        return inboxes(data)
    except UsageError:  # what is wrong with the settings is said of them
        return (data / "inbox",)


def _check_inbox(inbox: Path) -> Check:
    if not inbox.is_dir():
        return look("inbox", "There is no inbox.", str(inbox), "Make it: resultsday init; or name one with --inbox.")
    unreadable = [path for path in sorted(inbox.rglob("*")) if path.is_file() and not os.access(path, os.R_OK)]
    if unreadable:
        others = f" and {len(unreadable) - 1} more" if len(unreadable) > 1 else ""
        what = f"A file{others} cannot be read."
        return wrong("inbox", what, str(unreadable[0]), "Give yourself the right to read it.", ExitCode.DISK)
    return ok("inbox", "every file can be read", str(inbox))


def _check_private(runs: Path) -> Iterator[Check]:
    """On systems with such rights: students' results are for this user alone."""
    if os.name == "nt" or not runs.is_dir():
        return
    if stat.S_IMODE(runs.stat().st_mode) & 0o077:
        yield look("private", "Others on this machine may look into it.", str(runs), f"chmod 700 {runs}")
    else:
        yield ok("private", "nobody else on this machine can look into the runs", str(runs))


def check_lock(data: Path) -> Check:
    """No run is going; a note left by a killed one is cleared here, as the next run would."""
    if not (data / files.HOLDER).exists():
        return ok("lock", "no run is going")
    try:
        with files.hold_lock(data):
            pass
    except BusyError as error:
        fault = said("lock", error)
        return look("lock", fault.what, fault.where, fault.todo)
    except DiskError as error:
        return said("lock", error)
    return ok("lock", "no run is going; the last was killed and has left nothing in the way")


def check_place(data: Path, mounts: str | None = None) -> Check:
    """The folder lies on a drive of this machine, and no program copies it elsewhere."""
    path = nearest(data).resolve()
    if service := synchronised(path):
        what = f"{service} copies this folder: students' results leave the machine, and files change under a run."
        return look("place", what, str(data), "Use --data with a folder that is not synchronised.")
    if kind := network_drive(path, _mounts() if mounts is None else mounts):
        what = f"This is a network drive ({kind}): slow, and locks may fail."
        return look("place", what, str(data), "Use --data with a folder on this machine.")
    return ok("place", "on a drive of this machine, not synchronised", str(data))


def synchronised(path: Path) -> str | None:
    """Whose program synchronises a folder, by the names of the folders it lies in; None where nobody's."""
    for part in path.parts:
        for pattern, service in _SYNCHRONISED:
            if re.fullmatch(pattern, part, re.IGNORECASE):
                return service
    return None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def network_drive(path: Path, mounts: str) -> str | None:
    """The kind of network drive a path lies on, by Windows or by Linux's table of mounts; None where it is local."""
    if str(path).startswith(("\\\\", "//")):
        return "a share"
    if sys.platform == "win32":
        import ctypes

        return "a mapped letter" if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE else None
    found = [line.split(" ")[1:3] for line in mounts.splitlines() if line.count(" ") >= 2]
    points = [(Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), at)), kind) for at, kind in found]
    under = [(len(at.parts), kind) for at, kind in points if path.is_relative_to(at)]
    kind = max(under, key=lambda one: one[0])[1] if under else ""
    return kind if kind in _NETWORK_DRIVES else None
