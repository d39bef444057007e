"""Bytes to lines of text.

Takes the bytes of some files, gives all their lines in one frame with file and line number. UTF-8 with or without
a byte order mark, else UTF-16 with one, else Windows-1252; bytes that it does not define become U+FFFD and are
counted. CRLF, LF and CR end a line; a Ctrl-Z at the end and blank lines are dropped, and counted as framing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.readers.cut import repaired

_BOMS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM_UTF8 = b"\xef\xbb\xbf"
CTRL_Z = b"\x1a"
UNDEFINED = "\ufffd"
BLANK = " \t\u00a0"


@dataclass(frozen=True)
class Lines:
    """The lines of some files; without the blank ones, unless they were to be kept."""

    frame: pl.DataFrame  #: file, line (from 1), raw
    physical: list[int]  #: lines of each file, blank ones included
    blank: list[int]  #: blank lines of each file that were dropped
    longest: list[int]  #: bytes of the longest line of each file
    repairs: pl.DataFrame
    plain: bool  #: all ASCII, without a small letter


def to_utf8(data: bytes) -> bytes:
    """Turn the bytes of a text file into UTF-8 without a byte order mark."""
    if data.startswith(_BOMS_UTF16):
        return data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(_BOM_UTF8)
    if data.isascii():
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").encode()
    return data


def head_text(head: bytes, whole: bool) -> str:
    """Decode the first bytes of a file, whose last character may be cut; `whole` when it is all there is."""
    if not whole:
        # A cut multi-byte character must not make the rest look like Windows-1252.
        head = head[: len(head) - len(head) % 2] if head.startswith(_BOMS_UTF16) else _whole_characters(head)
    text = to_utf8(head)
    # A Ctrl-Z at the end is no line here either.
    return (_one_line_end(text) if whole else text).decode().replace("\r\n", "\n").replace("\r", "\n")


def _whole_characters(head: bytes) -> bytes:
    # A character has four bytes at most: one that is cut has begun within the last three.
    for back in range(1, min(3, len(head)) + 1):
        byte = head[-back]
        if byte >= 0xC0:
            width = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return head[:-back] if back < width else head
        if byte < 0x80:
            break
    return head


def _one_line_end(data: bytes) -> bytes:
    if data[-8:].rstrip(b" \t\r\n").endswith(CTRL_Z):
        # What stands before the Ctrl-Z is the last row's: in a file of tabs its last cells may be blank.
        end = len(data.rstrip(CTRL_Z + b" \t\r\n"))
        data = data[: data.index(CTRL_Z, end)]
    return data if not data or data.endswith(b"\n") else data + b"\n"


def _without_bare_cr(texts: list[bytes]) -> list[bytes]:
    # The line reader takes LF and CRLF; a CR on its own it does not know.
    return [text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text for text in texts]


def read_lines(contents: Sequence[bytes], keep_blank: bool = False) -> Lines:
    """Decode files and cut all of them into lines at once; a quoted value may hold a blank line to keep."""
    texts = [_one_line_end(to_utf8(content)) for content in contents]
    lines = _lines(b"".join(texts))
    if lines["raw"].str.contains("\r", literal=True).any():
        texts = _without_bare_cr(texts)
        lines = _lines(b"".join(texts))
    physical = [text.count(b"\n") for text in texts]
    plain = all(text.isascii() and text.isupper() for text in texts)
    frame = lines.select(_file_of_each(physical), _line_of_each(physical), "raw")
    files = len(contents)
    blank = [0] * files
    if not keep_blank:
        is_blank = frame["raw"].str.strip_chars(BLANK).str.len_bytes() == 0
        if is_blank.any():
            blank = counts(frame.filter(is_blank), files)
            frame = frame.filter(~is_blank)
    return Lines(
        frame=frame,
        physical=physical,
        blank=blank,
        longest=_longest(frame, files),
        repairs=_undefined(frame, plain),
        plain=plain,
    )


def _lines(whole: bytes) -> pl.DataFrame:
    return pl.read_lines(whole, name="raw").rechunk() if whole else pl.DataFrame(schema={"raw": pl.String})


def _file_of_each(physical: list[int]) -> pl.Series:
    positions = pl.Series(range(len(physical)), dtype=pl.UInt32)
    return positions.repeat_by(pl.Series(physical, dtype=pl.UInt32)).explode(empty_as_null=False).rename("file")


def _line_of_each(physical: list[int]) -> pl.Series:
    total = sum(physical)
    ends = pl.Series(physical, dtype=pl.Int64).cum_sum()
    starts = (ends - pl.Series(physical, dtype=pl.Int64)).repeat_by(pl.Series(physical, dtype=pl.UInt32))
    return (pl.int_range(1, total + 1, eager=True) - starts.explode(empty_as_null=False)).cast(pl.Int32).rename("line")


def counts(frame: pl.DataFrame, files: int) -> list[int]:
    """Rows of each file."""
    found = dict(frame.group_by("file").len().iter_rows())
    return [int(found.get(position, 0)) for position in range(files)]


def _longest(frame: pl.DataFrame, files: int) -> list[int]:
    found = dict(frame.group_by("file").agg(pl.col("raw").str.len_bytes().max()).iter_rows())
    return [int(found.get(position, 0)) for position in range(files)]


def _undefined(frame: pl.DataFrame, plain: bool) -> pl.DataFrame:
    odd = frame.clear() if plain else frame.filter(pl.col("raw").str.contains(UNDEFINED, literal=True))
    return repaired(odd, None, "undefined_byte")
