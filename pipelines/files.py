"""Everything the program does to the disk: create, write, rename, link, lock, delete. No other module does.

Takes paths and bytes, gives files that are there whole or not at all. Promises:

* A file gets its name only when it is complete: written beside as `<name>.part`, made durable, then renamed.
* A folder of many files is built under a name that starts with `.building-`, then renamed once. A rename is atomic
  everywhere we run; it is durable once the folder is synced too, which Windows cannot do.
* Folders are 0700 and files 0600: nobody else on the machine reads a candidate's results.
* A full disk or a missing right is a `DiskError` that names the path and says what to do.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import socket
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, TypeVar

from pipelines import locking
from pipelines.disk_faults import MOVE, disk_error
from pipelines.errors import BusyError, DiskError

PART = ".part"  #: a file still being written
BUILDING = ".building-"  #: a folder still being built
REMOVING = ".removing-"  #: a folder on its way out
TEMPORARY = "resultsday-work-"  #: how a folder in the system's temporary place begins
RUNS, CURRENT, CURRENT_TEXT = "runs", "current", "current.txt"
LOCK, HOLDER = ".resultsday.lock", ".resultsday.lock.json"
_CHUNK = 1 << 20
_WINDOWS = os.name == "nt"
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows would turn line ends otherwise

#: What a drive answers that has no links (memory sticks, some networks).
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
#: Windows makes links for some users only, and cannot replace a link to a folder in one step for any.
_LINKS = not _WINDOWS
_held: set[Path] = set()
_T = TypeVar("_T")


def _do(path: Path, operation: Callable[..., _T], *arguments: Any, **options: Any) -> _T:
    """Do one thing to the disk. Every change passes here, so that the tests can make the Nth one fail."""
    try:
        return operation(*arguments, **options)
    except OSError as error:
        if fault := disk_error(error, path):
            raise fault from error
        raise


@contextmanager
def _or_nothing(path: Path, *leftovers: Path, translate: bool = True) -> Iterator[None]:
    """Delete the leftovers after any failure, an interrupt included; say a fault of the disk as one."""
    try:
        yield
    except BaseException as error:
        for leftover in leftovers:
            with suppress(OSError, DiskError):
                remove(leftover)
        if translate and (fault := disk_error(error, path)) and fault is not error:
            raise fault from error
        raise


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, for this user alone (0700); one that is there is left as it is."""
    missing = [folder for folder in (path, *path.parents) if not folder.is_dir()]
    for folder in reversed(missing):
        _do(folder, folder.mkdir, mode=0o700, exist_ok=True)
    return path


def _sync(path: Path) -> None:
    is_folder = path.is_dir()
    if is_folder and _WINDOWS:
        return
    # Windows syncs only a handle that may write.
    handle = os.open(path, os.O_RDWR if _WINDOWS else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives cannot sync a folder; the rename itself is still whole.
        if not (is_folder and error.errno in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}):
            raise
    finally:
        os.close(handle)


def _finish(path: Path, mode: int, durable: bool = True) -> None:
    if stat.S_IMODE(path.stat().st_mode) != mode:
        _do(path, path.chmod, mode)
    if durable:
        _do(path, _sync, path)


def rename(source: Path, target: Path) -> None:
    """Give `source` the name `target`, in one step, in place of a file that has it."""
    # On Windows a virus scanner holds a new file for a moment; the refusal passes.
    for wait in (0.05, 0.2, 0.5, 1.0) if _WINDOWS else ():
        with suppress(PermissionError):
            source.replace(target)
            return
        time.sleep(wait)
    _do(target, source.replace, target)


def remove(path: Path) -> None:
    """Delete a file, a link, or a folder with all below it; what is not there is no fault."""
    if path.is_dir() and not path.is_symlink():
        _do(path, shutil.rmtree, path)
    else:
        _do(path, path.unlink, missing_ok=True)


def remove_folder(path: Path) -> None:
    """Delete a whole folder so that a crash half-way never leaves part of it under its name."""
    aside = path.with_name(REMOVING + path.name)
    remove(aside)
    rename(path, aside)
    remove(aside)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, and durable when this returns."""
    with writing(path) as temporary:
        _copy(io.BytesIO(data), temporary)


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8; line ends stay as given."""
    write_bytes(path, text.encode("utf-8"))


@contextmanager
def writing(path: Path, durable: bool = True) -> Iterator[Path]:
    """Lend a path beside `path` for a library to write to; rename it to `path` when the block ends well.

    On any failure nothing is left. Libraries never sync what they write: `durable` does, unless the folder will.
    """
    temporary = path.with_name(path.name + PART)
    # DuckDB keeps two files beside its own, and would open the stump that a killed run left there.
    mine = (temporary, Path(f"{temporary}.wal"), Path(f"{temporary}.tmp"))
    for stump in mine:
        remove(stump)
    with _or_nothing(path, *mine):
        yield temporary
        _finish(temporary, 0o600, durable)
        rename(temporary, path)
        if durable:
            _do(path.parent, _sync, path.parent)


@contextmanager
def writing_folder(final: Path) -> Iterator[Path]:
    """Lend a folder beside `final` to fill; give it that name when the block ends well, else delete it.

    For folders named by content: where `final` is there when the block ends, it stays and ours is dropped.
    """
    temporary = final.with_name(BUILDING + final.name)
    remove(temporary)
    make_folder(temporary)
    with _or_nothing(final, temporary):
        yield temporary
        if final.exists():
            remove(temporary)
        else:
            replace_folder(temporary, final)


def replace_folder(temporary: Path, final: Path) -> None:
    """Make every file and folder below durable and private, then give the folder its final name in one step.

    Raises `FileExistsError` where `final` is there, and `RuntimeError` where a file is still half-written.
    """
    if os.path.lexists(final):
        raise FileExistsError(errno.EEXIST, "already there", str(final))
    for folder, _, names in os.walk(temporary, topdown=False):
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(PART):
                raise RuntimeError(f"{path} was never finished")
            _finish(path, 0o600)
        _finish(Path(folder), 0o700)
    rename(temporary, final)
    _do(final.parent, _sync, final.parent)


@dataclass(frozen=True)
class Stored:
    """Bytes kept under the name of their own SHA-256."""

    path: Path
    sha256: str
    size: int  #: bytes
    is_new: bool  #: False where the same bytes were there already


def store(stream: IO[bytes], folder: Path) -> Stored:
    """Copy a stream to `folder/<sha256>`, hashing on the way; durable once `replace_folder` names the folder.

    Only a `DiskError` is the disk's fault; every other exception comes from reading `stream`, untouched.
    """
    temporary = folder / f"incoming{PART}"
    sha256, size = _copy(stream, temporary)
    target = folder / sha256
    is_new = not target.exists()
    if is_new:
        rename(temporary, target)
    else:
        remove(temporary)
    return Stored(target, sha256, size, is_new)


def copy_into(source: Path, target: Path) -> str:
    """Copy a file's bytes under a new name and give their SHA-256; never a link to the source."""
    temporary = target.with_name(target.name + PART)
    with source.open("rb") as stream:
        sha256, _ = _copy(stream, temporary)
    rename(temporary, target)
    return sha256


def _copy(stream: IO[bytes], temporary: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    handle = _do(temporary, os.open, temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with _or_nothing(temporary, temporary, translate=False), os.fdopen(handle, "wb", buffering=0) as output:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            rest = memoryview(chunk)
            while rest:  # a nearly full disk takes part of a chunk before it refuses
                rest = rest[_do(temporary, output.write, rest) :]
    return digest.hexdigest(), size


def share(source: Path, target: Path) -> None:
    """Let two runs keep the same raw file: a hard link, or a copy where the drive has none."""
    try:
        _do(target, os.link, source, target)
    except (OSError, DiskError, NotImplementedError):
        # Some drives say "no permission" for "no hard links"; where it was the truth, the copy fails too.
        copy_into(source, target)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Lend a private folder in the system's temporary place, deleted afterwards; what a killed one left goes first."""
    place = Path(tempfile.gettempdir())
    for left in locking.abandoned(place, TEMPORARY):
        with suppress(OSError, DiskError):
            remove(left)
    folder = Path(_do(place, tempfile.mkdtemp, prefix=TEMPORARY))
    with _or_nothing(folder, folder):
        lock, _ = locking.acquire(folder / locking.TEMPORARY)
        try:
            yield make_folder(folder / "work")
        finally:
            lock.release()
    remove(folder)


def switch_current(data: Path, run_name: str) -> None:
    """Make `runs/<run_name>` the published run.

    Where there are links, the link `current` is the authority: the one rename that replaces it is the moment
    of publication, and `current.txt` follows, for people. A crash between the two leaves the text one run
    behind, which `current_run` does not read and `sweep` puts right.
    Elsewhere (Windows, some drives) the text is the authority, itself replaced in one rename.
    """
    link, temporary = data / CURRENT, data / (CURRENT + PART)
    if link.exists() and not link.is_symlink():
        raise DiskError(f"{link}: something of that name is in the way of our link.", MOVE)
    remove(temporary)
    try:
        if not _LINKS:
            raise NotImplementedError
        _do(link, temporary.symlink_to, Path(RUNS, run_name))
    except (OSError, DiskError, NotImplementedError) as error:
        cause = error.__cause__ or error
        number = errno.ENOSYS if isinstance(cause, NotImplementedError) else getattr(cause, "errno", None)
        if number not in _NO_LINKS:
            raise
        write_text(data / CURRENT_TEXT, f"{run_name}\n")
        # A link made by another system would outrank the text: until it is gone, the old run is current.
        remove(link)
        return
    rename(temporary, link)
    _do(data, _sync, data)
    write_text(data / CURRENT_TEXT, f"{run_name}\n")


def current_run(data: Path) -> Path | None:
    """Give the folder of the published run, from the link or else the text; None where there is none."""
    link = data / CURRENT
    name = _text_name(data)
    folder = data / (link.readlink() if link.is_symlink() else Path(RUNS, name or "none"))
    return folder if folder.is_dir() else None


def _text_name(data: Path) -> str | None:
    try:
        name = (data / CURRENT_TEXT).read_text(encoding="utf-8-sig", errors="replace").strip()
    except OSError:
        return None
    return name if Path(name).name == name and not name.startswith(".") else None


@contextmanager
def hold_lock(data: Path) -> Iterator[str]:
    """Hold the data folder for one run; raises `BusyError` at once where another run has it. Gives what to say of it.

    The lock is the operating system's, on an open file: it ends with the process, however that ends, so a
    killed run never has to be cleared by hand. Who holds it stands in a file beside it, for the message only.
    """
    make_folder(data)
    try:
        lock, note = locking.acquire(data / LOCK)
    except locking.HeldError:
        raise _busy(data) from None
    except OSError as error:
        fault = DiskError(f"{data}: this drive cannot lock files.", "Use --data to choose a local drive.")
        raise disk_error(error, data) or fault from error
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = {"host": socket.gethostname(), "pid": os.getpid(), "started_at": now}
    try:
        _held.add(data.resolve())
        write_text(data / HOLDER, json.dumps(holder) + "\n")
        yield note
    finally:
        _held.discard(data.resolve())
        with suppress(OSError, DiskError):
            remove(data / HOLDER)
        lock.release()


def _busy(data: Path) -> BusyError:
    who = "another process"
    # The other run writes its note just after it takes the lock: for a moment the note is missing, or old.
    with suppress(OSError, ValueError, KeyError, TypeError):
        holder = json.loads((data / HOLDER).read_text(encoding="utf-8"))
        who = f"process {holder['pid']} on {holder['host']}, started {holder['started_at']}"
    todo, held = "Wait for it to end, then run again.", locking.marker(data / LOCK)
    if held.exists():
        todo += f" This drive cannot lock files: if nobody runs it there any more, delete {held}."
    return BusyError(f"{data}: another run is going ({who}).", todo)


def sweep(data: Path) -> None:
    """Delete what a killed run left half-done, and let `current.txt` follow the link; only under the lock.

    The inbox is never touched: a `.part` there is somebody's download.
    """
    if data.resolve() not in _held:
        raise RuntimeError("sweep needs the lock: what is half-built may be another process's at work")
    for folder in (data, data / RUNS, data / "cache", data / "local", data / "purged"):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith((BUILDING, REMOVING)) or path.name.endswith((PART, f"{PART}.wal")):
                remove(path)
    run = current_run(data)
    if run and (data / CURRENT).is_symlink() and _text_name(data) != run.name:
        write_text(data / CURRENT_TEXT, f"{run.name}\n")
