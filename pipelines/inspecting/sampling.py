"""The bytes that are looked at: all of a file, or of a large one its beginning and some stretches further on.

Takes a path; gives text in whole lines and how much of the file that is. Promises: the memory it takes does not
grow with the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.readers.text import to_utf8

WHOLE = 8 << 20  #: bytes up to which all of a file is looked at
_START = 4 << 20
_STRETCH = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sample:
    """What is looked at of a text file, UTF-8, every stretch whole lines."""

    stretches: tuple[bytes, ...]  #: the first is the beginning of the file
    size: int  #: bytes of the file
    looked_at: int  #: bytes of it that were looked at

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return self.looked_at >= self.size

    @property
    def content(self) -> bytes:
        """The stretches run together, as one file."""
        return b"".join(self.stretches)

    @property
    def says(self) -> str:
        """How much was looked at, for the person; '' where it is all."""
        if self.is_whole:
            return ""
        return f"{self.looked_at / (1 << 20):,.0f} MB of {self.size / (1 << 20):,.0f} MB: the beginning and the middle"


def sample(path: Path, whole: int = WHOLE, start: int = _START, stretch: int = _STRETCH) -> Sample:
    """Read what is looked at. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size <= whole:
            data = stream.read()
            return Sample((_lines(to_utf8(data), True, True),), size, size)
        first = stream.read(start)
        mark = first[:2] if first.startswith(_WIDE) else b""
        stretches = [_lines(to_utf8(first), True, False)]
        for third in (1, 2):
            # Even, for the files of two bytes a character.
            stream.seek(max(start, size * third // 3) & ~1)
            data = mark + stream.read(stretch)
            stretches.append(_lines(to_utf8(data), False, False))
    return Sample(tuple(stretches), size, start + 2 * stretch)


def _lines(text: bytes, from_start: bool, to_end: bool) -> bytes:
    """Whole lines, ended by LF, of a stretch that was cut anywhere."""
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not from_start:
        text = text[text.find(b"\n") + 1 :]
    if not to_end:
        text = text[: text.rfind(b"\n") + 1]
    return text if not text or text.endswith(b"\n") else text + b"\n"
