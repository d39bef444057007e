"""Bytes damaged: taken out, put in, flipped, doubled, cut off, spliced, or a number made one more.

Takes contents and a source of chance, gives other contents. What is put in is what readers decide by: delimiters,
quotes, record types, line ends, byte order marks, pieces of tags. `ODD` serves hypothesis too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

ODD = (
    *(b"\x00", b"\x1a", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"=", b' ="', b" ", b"\xa0", b"\xff"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xe9", b"\xc3\xa9", b"\xed\xa0\x80", b"\x81", b"\xe2\x80\xa8"),
    *(
        b"R5",
        b"R3",
        b"R7",
        b"R9",
        b"E5",
        b"05",
        b"99999",
        b"00000",
        b"#",
        b"ABS",
        b"1.23E+12",
        b"6E+26",
        b"-1",
        b"72,5",
    ),
    *(b"Total", b"Rows: 3", b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&x;"),
    *(b"<!DOCTYPE a>", b'<?xml version="1.0" encoding="utf-16"?>', b"<?xml version='1.1'?>", b"31/02/2026", b"1/1/26"),
    *(b"<Candidate>", b"</Candidate>", b"<Qualification>", b"<Header>", b"A" * 300, b"\xf0\x9f\x98\x80"),
)


def damaged(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The content with one to eight faults; `others` are what a piece may be taken from."""
    data = content
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        data = chance.choice(_WAYS)(data, others, chance)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    """Anywhere, or where a line or a value begins or ends."""
    edges = [found.start() for found in re.finditer(rb'[\r\n,;\t"<>]', data)] if chance.random() < 0.5 else []
    return chance.choice(edges) if edges else chance.randrange(len(data) + 1)


def _insert(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    place = _place(data, chance)
    return data[:place] + chance.choice(ODD) + data[place:]


def _overwrite(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    place, odd = _place(data, chance), chance.choice(ODD)
    return data[:place] + odd + data[place + len(odd) :]


def _delete(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    place = _place(data, chance)
    return data[:place] + data[place + chance.choice([1, 2, 5, 40, 300]) :]


def _flip(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return data
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _double(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    start = _place(data, chance)
    piece = data[start : start + chance.choice([1, 8, 80, 400])]
    return data[:start] + piece * chance.choice([2, 2, 3, 9]) + data[start + len(piece) :]


def _cut(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    place = _place(data, chance)
    return data[:place] if chance.random() < 0.8 else data[place:]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: _place(data, chance)] + other[_place(other, chance) :]


def _lines(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    """Two lines change places, one goes, or one comes twice."""
    lines = data.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(3)
    if how == 0:
        lines[one], lines[two] = lines[two], lines[one]
    elif how == 1:
        del lines[one]
    else:
        lines.insert(two, lines[one])
    return b"\n".join(lines)


def _number(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = chance.choice(found)
    number = int(one[0]) if len(one[0]) < 30 else 0
    new = chance.choice([number + 1, number - 1, 0, 10 ** len(one[0]), 2**31, 2**63])
    return data[: one.start()] + str(new).zfill(len(one[0])).encode() + data[one.end() :]


def _encoding(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(chance.choice(["utf-16", "utf-8-sig", "cp1252", "utf-16-be"]), errors="replace")


_WAYS = (
    _insert, _insert, _insert, _overwrite, _overwrite, _delete, _delete, _flip, _double, _cut, _splice, _lines, _lines,
    _number, _encoding,
)  # fmt: skip
