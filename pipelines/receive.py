"""Stage 1: receive. Takes inbox folders, gives every file in them once, by content, in `raw/<sha256>`.

Promises: the inbox is only read; links, pipes and devices are never opened; one bad file never stops the
rest; every entry of the inbox is counted once, as read, refused, repeated or ignored. What a file is called
decides only how it is shown. Zip archives are read as streams, their members taken as files of their own.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from pipelines import archives, files
from pipelines.archives import ZipCaps
from pipelines.errors import UsageError

#: How long a file that changed while it was read gets before it is read again, in seconds.
SETTLE = 0.5
_CHUNK = 1 << 20
_UNFINISHED = (".part", ".crdownload", ".partial", ".opdownload", ".download")
_COPY = re.compile(r"( ?\(\d{1,3}\)| - Copy( \(\d{1,3}\))?)(?=(\.[A-Za-z0-9]{1,5}){0,2}$)", re.IGNORECASE)
_FROM_BOARD = re.compile(r"([A-Z])([1-9ABC][A-Z]\d\d)([_A-Z])([0-9A-Z]{2})\.X(\d\d)(\.txt)?", re.IGNORECASE)
_FOR_CENTRE = re.compile(r"([A-Z])([0-9A-Z]{5})([0-9A-Z]{2})\.X(\d\d)(\.txt)?", re.IGNORECASE)
_A2C = re.compile(r"a2c\.([0-9A-Z]{5})\.([0-9A-Z]{2})\.EDIResults(\..*)?\.xml", re.IGNORECASE)
_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_GROWING = "It changed while it was read, twice. Run again later."
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Received:
    """One content, however many names it came under."""

    file_id: str  #: the first 16 hex digits of the SHA-256
    sha256: str
    name: str  #: one of its names, fit to be shown: its path below the inbox
    other_names: tuple[str, ...]
    path: Path  #: the bytes, in `raw/`
    size: int  #: bytes

    @property
    def is_download_copy(self) -> bool:
        """Tell whether a browser or a file manager numbered one of its names: `R9999901 (1).X01`."""
        return any(_COPY.search(name) for name in (self.name, *self.other_names))


@dataclass(frozen=True, order=True)
class RefusedFile:
    """A file that could not be taken in."""

    name: str
    reason: str  #: a few words, the same for all of a kind
    detail: str  #: a sentence for the person who must act


@dataclass(frozen=True, order=True)
class IgnoredFile:
    """An entry of the inbox that is none of ours to read."""

    name: str
    reason: str


@dataclass(frozen=True)
class Looked:
    """A file of the inbox as it was when its bytes were taken."""

    name: str
    path: Path
    size: int  #: bytes
    written_at: int  #: nanoseconds


@dataclass(frozen=True)
class Reception:
    """What stage 1 found in the inbox."""

    received: tuple[Received, ...]  #: in order of SHA-256, so that no name decides anything later
    refused: tuple[RefusedFile, ...]
    ignored: tuple[IgnoredFile, ...]
    repeated: int  #: files whose bytes had been seen already
    looked: tuple[Looked, ...] = ()  #: every file that was opened, as it was then

    @property
    def sums(self) -> dict[str, int]:
        """Give the counts, in files: received = read + refused + repeated + ignored."""
        parts = {
            "read": len(self.received),
            "refused": len(self.refused),
            "repeated": self.repeated,
            "ignored": len(self.ignored),
        }
        return {"received": sum(parts.values()), **parts}


@dataclass(frozen=True)
class NameHints:
    """What a file's name claims; for display, and where a header is broken. None where it says nothing."""

    letter: str | None = None  #: the data type of a JCQ name: R results, E entries, A amendments, S O C L basedata
    centre: str | None = None
    board: str | None = None
    sequence: str | None = None  #: the last two digits
    series: str | None = None  #: in files that a board makes for all centres


def name_hints(name: str) -> NameHints:
    """Read a JCQ name (`dcccccbb.Xnn`, or `dSSYY_bb.Xnn` from a board) or an A2C name, in any case.

    Source: JCQ "Formats for the exchange of examination related data", version 14, file names.
    """
    base = re.split(r"[/\\!]", name)[-1]
    base = _COPY.sub("", base)
    if match := _FROM_BOARD.fullmatch(base):
        letter, series, _, board, sequence = (part.upper() for part in match.groups()[:5])
        return NameHints(letter=letter, board=board, sequence=sequence, series=series)
    if match := _FOR_CENTRE.fullmatch(base):
        letter, centre, board, sequence = (part.upper() for part in match.groups()[:4])
        return NameHints(letter=letter, centre=centre, board=board, sequence=sequence)
    if match := _A2C.fullmatch(base):
        return NameHints(centre=match[1].upper(), board=match[2].upper())
    return NameHints()


def receive(
    inboxes: Sequence[Path],
    raw: Path,
    previous_raw: Path | None,
    caps: ZipCaps,
    progress: Progress | None = None,
    unsettled: frozenset[str] = frozenset(),
) -> Reception:
    """Take in every file below the inboxes; `progress` is called with each name as it is begun.

    Files named in `unsettled` changed after they were taken, and are refused.
    Raises `UsageError` for an inbox that is no folder or holds `raw`; `DiskError` where `raw` takes nothing.
    """
    files.make_folder(raw)
    intake = _Intake(raw, previous_raw, caps, progress or (lambda _: None), unsettled)
    for inbox in _distinct(inboxes, raw):
        intake.walk(inbox)
    return intake.reception()


def changed(reception: Reception) -> frozenset[str]:
    """The names of files that are not any more what was taken of them: grown, cut, replaced or gone."""
    found = set()
    for one in reception.looked:
        try:
            status = one.path.stat(follow_symlinks=False)
        except FileNotFoundError:
            found.add(one.name)
        except OSError:
            continue  # a drive that went away says nothing of the file
        else:
            if (status.st_size, status.st_mtime_ns) != (one.size, one.written_at):
                found.add(one.name)
    return frozenset(found)


def _distinct(inboxes: Sequence[Path], raw: Path) -> list[Path]:
    for inbox in inboxes:
        if not inbox.is_dir():
            raise UsageError(f"{inbox}: no such folder.", "Give --inbox the folder that holds the files.")
        if raw.resolve().is_relative_to(inbox.resolve()):
            raise UsageError(
                f"{inbox}: the inbox holds the data folder, so a run would read itself.",
                "Give --inbox a folder of its own.",
            )
    folders = sorted({inbox.resolve() for inbox in inboxes})
    return [folder for folder in folders if not any(other in folder.parents for other in folders)]


def _display(name: str) -> str:
    """Make a name fit to be shown anywhere: one spelling, no byte that is not UTF-8, no control character."""
    text = unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", errors="replace"))
    # Cf holds the marks that turn the direction of writing: `tab.exe` shown as `exe.bat`.
    unfit = ("Cc", "Cf", "Zl", "Zp")
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in unfit else c for c in text)


def _why_ignored(name: str, otherwise: str | None) -> str | None:
    if name.startswith("."):
        return "a hidden file"
    if name.startswith("~$"):
        return "an Office lock file"
    if name.casefold() in ("thumbs.db", "desktop.ini"):
        return "a file of the system"
    if name.casefold().startswith("readme"):
        return "a note"
    return otherwise


def _open(path: Path) -> BinaryIO:
    # Between the listing and now a file may have become a link or a pipe: neither is opened.
    flags = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    stream = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError("it is no longer a file")
    return stream


@dataclass
class _Findings:
    """What came of one file of the inbox: itself, or the members of an archive."""

    kept: list[tuple[str, files.Stored]] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    ignored: list[IgnoredFile] = field(default_factory=list)

    def refuse(self, name: str, reason: str, detail: str) -> None:
        self.refused.append(RefusedFile(name, reason, detail))

    def add(self, other: _Findings) -> None:
        self.kept += other.kept
        self.refused += other.refused
        self.ignored += other.ignored


class _Intake:
    """One reception under way."""

    def __init__(
        self, raw: Path, previous_raw: Path | None, caps: ZipCaps, progress: Progress, unsettled: frozenset[str]
    ) -> None:
        self.unsettled, self.looked = unsettled, list[Looked]()
        self.raw, self.previous_raw, self.caps, self.progress = raw, previous_raw, caps, progress
        self.all = _Findings()
        known = previous_raw.iterdir() if previous_raw and previous_raw.is_dir() else iter(())
        self.known_sizes = {path.stat().st_size for path in known}

    def reception(self) -> Reception:
        names: dict[str, list[str]] = {}
        contents = {stored.sha256: stored for _, stored in self.all.kept}
        for name, stored in self.all.kept:
            names.setdefault(stored.sha256, []).append(name)
        received = []
        for sha256 in sorted(contents):
            # the name the board gave is shown, before the one a browser numbered
            first, *others = sorted(set(names[sha256]), key=lambda name: (bool(_COPY.search(name)), name))
            stored = contents[sha256]
            received.append(Received(sha256[:16], sha256, first, tuple(others), stored.path, stored.size))
        repeated = len(self.all.kept) - len(received)
        refused, ignored = tuple(sorted(self.all.refused)), tuple(sorted(self.all.ignored))
        return Reception(tuple(received), refused, ignored, repeated, tuple(self.looked))

    def walk(self, inbox: Path) -> None:
        """Take every entry below an inbox."""
        pending = [(inbox, "")]
        while pending:
            folder, name = pending.pop()
            try:
                with os.scandir(folder) as scan:
                    entries = sorted(scan, key=lambda entry: entry.name)
            except OSError as error:
                self.all.refuse(name or ".", "cannot be read", f"The folder cannot be read: {error.strerror}.")
                continue
            if name:
                self.all.ignored.append(IgnoredFile(name, "a folder, entered"))
            for entry in entries:
                if self.is_folder(entry, name + _display(entry.name)):
                    pending.append((Path(entry.path), f"{name}{_display(entry.name)}/"))

    def is_folder(self, entry: os.DirEntry[str], name: str) -> bool:
        """Take one entry, unless it is a folder to be entered."""
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return False  # gone since the folder was listed
        hidden_on_windows = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
        kind = _KINDS.get(stat.S_IFMT(status.st_mode))
        if reason := kind or _why_ignored(entry.name, "a hidden file" if hidden_on_windows else None):
            self.all.ignored.append(IgnoredFile(name, reason))
        elif stat.S_ISDIR(status.st_mode):
            return True
        else:
            self.progress(name)
            self.file(Path(entry.path), name)
        return False

    def file(self, path: Path, name: str) -> None:
        """Take one file; one that changes while it is read is read once more, then refused."""
        if name.casefold().endswith(_UNFINISHED):
            self.all.refuse(name, "still being written", "An unfinished download: finish or delete it.")
            return
        if name in self.unsettled:
            self.all.refuse(name, "still being written", _GROWING)
            return
        for is_last in (False, True):
            found = _Findings()
            if self.attempt(path, name, found):
                self.all.add(found)
                return
            seen = {stored.sha256 for _, stored in self.all.kept}
            for sha256 in {stored.sha256 for _, stored in found.kept} - seen:
                files.remove(self.raw / sha256)
            if not is_last:
                time.sleep(SETTLE)
        self.all.refuse(name, "still being written", _GROWING)

    def attempt(self, path: Path, name: str, found: _Findings) -> bool:
        """Read one file into `found`; False where it changed meanwhile."""
        try:
            with _open(path) as stream:
                before = os.fstat(stream.fileno())
                self.take(stream, name, before.st_size, found)
                after = os.fstat(stream.fileno())
        except FileNotFoundError:
            return False
        except OSError as error:
            found.refuse(name, "cannot be read", f"The file cannot be read: {error.strerror or error}.")
            return True
        is_same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        if is_same and found.kept:
            self.looked.append(Looked(name, path, after.st_size, after.st_mtime_ns))
        return is_same

    def take(self, stream: BinaryIO, name: str, size: int, found: _Findings) -> None:
        """Take an open file, or the members of the archive that it is."""
        if size > self.caps.file_bytes:
            found.refuse(name, "too large", f"{size:,} bytes; the cap is {self.caps.file_bytes:,}.")
            return
        try:
            archive = archives.looks_like_zip(stream) and archives.open_archive(stream, size, self.caps)
        except archives.RefusedArchiveError as refusal:
            found.refuse(name, refusal.reason, refusal.detail)
            return
        if archive:
            for info in archive.infolist():
                if not info.is_dir():
                    self.member(archive, info, f"{name}!{_display(info.filename)}", found)
        else:
            found.kept.append((name, self.keep(lambda: _rewound(stream), size)))

    def keep(self, reopen: Callable[[], IO[bytes]], size: int) -> files.Stored:
        """Put the bytes into `raw`: shared with the run before where it has them, else copied."""
        if self.previous_raw and size in self.known_sizes:
            digest = hashlib.sha256()
            stream = reopen()
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
            sha256 = digest.hexdigest()
            source, target = self.previous_raw / sha256, self.raw / sha256
            if source.is_file() and source.stat().st_size == size:
                is_new = not target.exists()
                with suppress(OSError):  # the old run's copy cannot be read: take the inbox's
                    if is_new:
                        files.share(source, target)
                    return files.Stored(target, sha256, size, is_new)
        return files.store(reopen(), self.raw)

    def member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, found: _Findings) -> None:
        """Take one member; the name in the archive is for display, never a path."""
        inside = "a hidden file" if archives.is_in_hidden_folder(info) else None
        base = re.split(r"[/\\]", info.filename)[-1]
        if reason := _KINDS.get(archives.member_kind(info)) or _why_ignored(base, inside):
            found.ignored.append(IgnoredFile(name, reason))
            return
        self.progress(name)
        try:
            stored = self.keep(lambda: archive.open(info), info.file_size)
        except archives.UNREADABLE as error:
            found.refuse(name, "damaged in its archive", f"Download the archive again: {error}.")
            return
        if archives.is_archive(stored.path):
            files.remove(stored.path)
            found.refuse(name, "an archive within an archive", "Unpack it, and put its files in the inbox.")
            return
        found.kept.append((name, stored))


def _rewound(stream: BinaryIO) -> BinaryIO:
    stream.seek(0)
    return stream
