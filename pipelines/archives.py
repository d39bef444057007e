"""Zip archives in the inbox, read as streams. Takes an open file, gives its members or why it is refused.

Promises: nothing is ever extracted by its own path (a member's name is text to show, whatever dots and
slashes it holds); an archive over a cap is refused before a byte of it is unpacked. `zipfile` stops at the
size that a member declares, so the declared sizes bound what can come out.
"""

from __future__ import annotations

import lzma
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_END = b"PK\x05\x06"
#: What `zipfile` raises over bytes that are not what they should be; `OSError` is bz2's way to say so.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


@dataclass(frozen=True)
class ZipCaps:
    """The most that is taken in: beyond it a file, or a whole archive, is refused."""

    members: int = 10_000
    unpacked_bytes: int = 4 << 30
    ratio: int = 200  #: unpacked bytes to the archive's own
    file_bytes: int = 4 << 30  #: of any one file, packed or not


class RefusedArchiveError(Exception):
    """Why an archive is refused (a few words), and what a person can do (a sentence)."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def looks_like_zip(stream: BinaryIO) -> bool:
    """Tell from its first bytes whether a file is a zip archive (a spreadsheet is one too)."""
    stream.seek(0)
    return stream.read(4) in _STARTS


def open_archive(stream: BinaryIO, size: int, caps: ZipCaps) -> zipfile.ZipFile | None:
    """Open an archive of `size` bytes; None where it is a spreadsheet or another document.

    Raises `RefusedArchiveError` for one that is damaged, empty, encrypted or over a cap.
    """
    # Before `zipfile` reads the whole directory into memory; a count that lies is caught below.
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    at = tail.rfind(_END)
    if 0 <= at <= len(tail) - 22 and int.from_bytes(tail[at + 10 : at + 12], "little") > caps.members:
        raise RefusedArchiveError("too large an archive", f"It has more members than the cap of {caps.members:,}.")
    try:
        archive = zipfile.ZipFile(stream)
    except UNREADABLE as error:
        raise RefusedArchiveError("a damaged archive", f"Download it again: {error}.") from error
    if _is_document(archive):
        return None
    _check(archive.infolist(), size, caps)
    return archive


def _is_document(archive: zipfile.ZipFile) -> bool:
    # Spreadsheets are zip archives: Microsoft's have a content list, OpenDocument's begin with `mimetype`.
    names = archive.namelist()
    return "[Content_Types].xml" in names or names[:1] == ["mimetype"]


def _check(members: list[zipfile.ZipInfo], size: int, caps: ZipCaps) -> None:
    unpacked = sum(info.file_size for info in members)
    if not members:
        raise RefusedArchiveError("an empty archive", "There is nothing in it.")
    if any(info.flag_bits & 1 for info in members):
        raise RefusedArchiveError(
            "an encrypted archive", "Unpack it with its password, and put the files in the inbox."
        )
    large = "too large an archive"
    if len(members) > caps.members:
        raise RefusedArchiveError(large, f"{len(members):,} members; the cap is {caps.members:,}.")
    if unpacked > caps.unpacked_bytes:
        raise RefusedArchiveError(large, f"{unpacked:,} bytes unpacked; the cap is {caps.unpacked_bytes:,}.")
    if unpacked > caps.ratio * size:
        raise RefusedArchiveError(large, f"It unpacks to {unpacked // size:,} times its size; the cap is {caps.ratio}.")


def is_archive(path: Path) -> bool:
    """Tell whether the bytes at `path` are an archive, whole or damaged, and no document."""
    with path.open("rb") as stream:
        if not looks_like_zip(stream):
            return False
        try:
            return not _is_document(zipfile.ZipFile(stream))
        except UNREADABLE:
            return True


def member_kind(info: zipfile.ZipInfo) -> int:
    """Give the kind of file a member says it is, as `stat.S_IFMT` does; 0 where it does not say."""
    return stat.S_IFMT(info.external_attr >> 16)


def is_in_hidden_folder(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member lies in a hidden folder, or in the one that a Mac adds."""
    above = re.split(r"[/\\]", info.filename)[:-1]
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in above)
