"""Bytes to lines: encodings, line ends, blank lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers.text import head_text, read_lines


def lines_of(*contents: bytes) -> list[tuple[int, int, str]]:
    return read_lines(contents).frame.rows()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Zoë".encode(), "Zoë"),
        (b"\xef\xbb\xbf" + "Zoë".encode(), "Zoë"),
        ("Zoë".encode("cp1252"), "Zoë"),
        ("Zoë".encode("utf-16"), "Zoë"),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë"),
        (b"\x93Zo\xeb\x94 \x80", "“Zoë” €"),
    ],
)
def test_utf8_utf16_with_a_mark_and_windows_1252_are_read(content: bytes, text: str) -> None:
    assert lines_of(content) == [(0, 1, text)]


def test_a_byte_that_windows_1252_does_not_define_is_replaced_and_counted() -> None:
    lines = read_lines([b"a\n", b"b\n\xe9\x81\n\x8d\n"])
    assert lines.frame["raw"].to_list() == ["a", "b", "é\ufffd", "\ufffd"]
    assert lines.repairs.rows() == [(1, None, "undefined_byte", 2, 2)]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("last", ["", "end", "end\x1a", "end\x1a end"])
def test_each_line_end_counts_and_the_last_line_may_lack_it(end: str, last: str) -> None:
    content = f"a{end}b{end}{last.replace('end', end)}".encode()
    assert lines_of(content) == [(0, 1, "a"), (0, 2, "b")]


def test_blank_lines_are_dropped_counted_and_leave_their_number() -> None:
    lines = read_lines([b"\na\n \t\n\nb", b"", b"c"])
    assert lines.frame.rows() == [(0, 2, "a"), (0, 5, "b"), (2, 1, "c")]
    assert lines.blank == [3, 0, 0]
    assert lines.physical == [5, 0, 1]


PIECES = st.lists(
    st.sampled_from(["a", "é", "R5 x", "", " ", "\r\n", "\n", "\r", "\r\n\r\n", '"', "\u2028", "\x0b"]), max_size=12
)


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_lines_and_their_numbers_are_those_of_a_simple_reader(files: list[list[str]]) -> None:
    """The twin splits each file by itself; only CR LF, LF and CR end a line."""
    expected = []
    for file, pieces in enumerate(files):
        for number, line in enumerate(re.split(r"\r\n|\n|\r", "".join(pieces)), start=1):
            if line.strip(" \t\u00a0"):
                expected.append((file, number, line))
    assert lines_of(*("".join(pieces).encode() for pieces in files)) == expected


@given(st.text(alphabet="aé€😀", max_size=10), st.integers(0, 3))
def test_a_cut_character_at_the_end_of_the_head_does_not_change_the_encoding(text: str, cut: int) -> None:
    content = ("x" + text).encode()
    head = content[: len(content) - cut]
    assert ("x" + text).startswith(head_text(head, whole=False))


def test_the_longest_line_is_a_lines_and_not_the_files_whatever_is_read_beside_it() -> None:
    """A cap on lines below the size of a small file would refuse every such file."""
    short, lone = b"ab\r\nabc\r\n" * 50, b"abcdef\rab\n"
    assert read_lines([short]).longest == [3]
    assert read_lines([short, lone, b""]).longest == [3, 6, 0]


LAST = ["\x7f", "\u0080", "é", "\u07ff", "\u0800", "\u2000", "€", "\uffff", "\U00010000", "😀"]


@pytest.mark.parametrize("last", LAST)
def test_only_the_character_that_is_cut_is_left_out_of_the_head(last: str) -> None:
    """Two, three and four bytes, the first and the last of each kind, cut behind each of their bytes."""
    content = f"x{last}".encode()
    assert head_text(content, whole=False) == f"x{last}"
    for cut in range(1, len(last.encode())):
        assert head_text(content[:-cut], whole=False) == "x"


@pytest.mark.parametrize("text", ["café z", "é\x7f", "éx", "éabc"])
def test_a_head_in_windows_1252_loses_nothing_that_is_followed_by_plain_text(text: str) -> None:
    assert head_text(text.encode("cp1252"), whole=False) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_a_unit_of_utf16_is_left_out_of_the_head(encoding: str) -> None:
    content = "\ufeffZoë!".encode(encoding)
    assert head_text(content, whole=False) == "Zoë!"
    assert head_text(content[:-1], whole=False) == "Zoë"
