"""EDI files at their edges: caps, half a last line, headers that stand twice or elsewhere, where a reject points to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.read import Caps
from pipelines.readers import fixed_width
from tests.readers.reading import edi, read, result, shipped

WHOLE = edi(result("0042"), result("0043"))


def _open(*body: str, head: str = "R114726E26001100826", group: str = "R3999996E26") -> str:
    """A file that ends behind its body."""
    return "\r\n".join([head, group, *body])


def _framed(head: str, *groups: str) -> str:
    """A whole file with a result in each of its groups, each of centre 99999."""
    lines = [head]
    for group in groups:
        lines += [group, result(), "R7999990000003"]
    return "".join(f"{line}\r\n" for line in [*lines, f"R9{len(lines) + 1:07d}"])


def test_a_line_may_be_as_long_as_the_cap_and_no_longer(tmp_path: Path) -> None:
    longest = max(len(line) for line in WHOLE.splitlines())
    assert not read(tmp_path / "at", WHOLE, caps=Caps(line_bytes=longest)).file()["is_refused"]
    file = read(tmp_path / "over", WHOLE, caps=Caps(line_bytes=longest - 1)).file()
    assert (file["reason"], file["detail"], file["rows_kept"]) == (
        *("over a cap", f"a line has {longest} bytes; the most that is read is {longest - 1}", 0),
    )


def test_a_format_without_framing_is_not_read_as_fixed_width() -> None:
    layout = next(one for one in shipped() if one.shape == "delimited")
    with pytest.raises(ValueError, match=f"{layout.name} has no framing"):
        fixed_width.read([b""], layout, Caps())


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\n\x1a", "\r\n \x1a", "\r\n\t\x1a ", "\n  \x1a\x1a"], ids=repr)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_short_last_line_that_is_ended_is_a_whole_one(end: str, encoding: str, tmp_path: Path) -> None:
    text = _open(result("0042"), result("0043", uln="", block="M0042D").rstrip()) + end
    tables = read(tmp_path, text.encode(encoding))
    assert tables.column("results", "candidate_number") == ["0042", "0043"]
    assert tables.rows("rejects") == []


@pytest.mark.parametrize("end", ["", " ", "\x1a"], ids=repr)
def test_a_short_last_line_that_is_not_ended_is_half_a_line(end: str, tmp_path: Path) -> None:
    tables = read(tmp_path, _open(result("0042"), result("0043", uln="", block="M0042D").rstrip()) + end, WHOLE)
    assert tables.column("results", "candidate_number", 0) == ["0042"]
    assert tables.column("rejects", "reason") == ["the file ends within this line"]
    assert len(tables.rows("results", 1)) == 2


def test_one_line_of_another_centre_refuses_the_file(tmp_path: Path) -> None:
    file = read(tmp_path, edi(result("0042"), result("0043", centre="99998"))).file()
    assert (file["is_refused"], file["reason"]) == (True, "no layout fits")
    assert "centre_number (characters 3-7): in 1 of 2 body lines (first: line 4)" in file["detail"]


def test_a_header_of_no_centre_is_no_centre(tmp_path: Path) -> None:
    text = _framed("R114726E26001100826", "R3999996E26").replace("R9", "R3000006E26\r\nR7000000000002\r\nR9")
    tables = read(tmp_path, text.replace("R90000005", "R90000007"))
    assert [row["centre_number"] for row in tables.rows("file_centres")] == ["99999"]


def test_the_boards_number_may_be_in_small_letters(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE.replace("R11472", "R114e2")).file()["board"] == "E2"


@pytest.mark.parametrize(
    ("head", "groups", "series", "of_lines"),
    [
        pytest.param("R114726E26001100826", ["R3999999I25"], "6E26", ["9I25"], id="the file's own goes before"),
        pytest.param(
            "R11472??26001100826", ["R3999996E26", "R3999999I25"], "6E26", ["6E26", "9I25"], id="then the first group's"
        ),
        pytest.param("R16E26????001100826", ["R399999"], "6E26", ["6E26"], id="right behind the record type"),
        pytest.param("R1B7272??26001100826", ["R3999996E26"], "6E26", ["6E26"], id="not with the record type's digit"),
        pytest.param("R114726E26001100826", ["R399999E25"], "6E26", ["6E26"], id="not with the centre's last digit"),
        pytest.param("R114726E26001100826", ["R399999 9I25"], "6E26", ["9I25"], id="one to the right"),
    ],
)
def test_whose_series_it_is(head: str, groups: list[str], series: str, of_lines: list[str], tmp_path: Path) -> None:
    tables = read(tmp_path, _framed(head, *groups))
    assert tables.file()["series_as_sent"] == series
    assert tables.column("results", "series_as_sent") == of_lines


def test_of_two_file_headers_the_first_is_the_files(tmp_path: Path) -> None:
    other = "R114729I25002110826\r\n"
    file = read(tmp_path, WHOLE.replace("R3", f"{other}R3").replace("R90000006", "R90000007")).file()
    assert (file["series_as_sent"], file["sequence"], str(file["created_at"])) == ("6E26", "001", "2026-08-10")


def test_of_two_centre_trailers_the_first_is_the_groups(tmp_path: Path) -> None:
    text = WHOLE.replace("R7999990000004", "R7999990000009\r\nR7999990000004").replace("R90000006", "R90000007")
    assert "the centre trailer at line 5 says 9 records, 4 are there" in read(tmp_path, text).file()["detail"]
    text = WHOLE.replace("R7999990000004", "R7999990000004\r\nR7999990000009").replace("R90000006", "R90000007")
    assert not read(tmp_path / "other", text).file()["is_truncated"]


@pytest.mark.parametrize(
    ("line", "column", "first", "last"),
    [
        (result(block="M00X2D"), "mark", 38, 41),
        (result(option="      ", entry="583402"), "option_code", 31, 36),
    ],
)
def test_a_reject_points_to_the_characters(line: str, column: str, first: int, last: int, tmp_path: Path) -> None:
    reject = read(tmp_path, edi(line, result(), result("0043"))).rows("rejects")[0]
    assert (reject["column_name"], reject["column_from"], reject["column_to"]) == (column, first, last)


def test_a_wrapper_of_a_spreadsheet_means_nothing_here(tmp_path: Path) -> None:
    tables = read(tmp_path, edi(result(option='="58" '), result("0043")))
    assert tables.column("results", "option_code") == ['="58"', "583402"]
    assert tables.rows("repairs") == []


@pytest.mark.parametrize("space", ["\t", "\x0b", "\x0c"], ids=repr)
def test_an_odd_space_is_trimmed_where_every_other_value_fills_its_column(space: str, tmp_path: Path) -> None:
    lines = [result("0042"), result(f"42{space}{space}"), result("0043")]
    assert read(tmp_path, edi(*lines)).column("results", "candidate_number") == ["0042", "42", "0043"]


def test_a_wide_space_is_trimmed_beside_small_letters_too(tmp_path: Path) -> None:
    lines = [result("0042", option="5834ab"), result("42\u2003\u2003"), result("0043")]
    assert read(tmp_path, edi(*lines)).column("results", "candidate_number") == ["0042", "42", "0043"]
