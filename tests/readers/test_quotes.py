"""Lines to records and cells where values are quoted, against Python's own csv module; and what stray quotes cost."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.readers import quotes
from pipelines.readers.delimited import cut_cells
from pipelines.readers.text import read_lines

ALPHABET = st.sampled_from(["a", "é", " ", ",", ";", "\t", '"', '""', "\n", "\n\n", "'", "="])
CELL = st.lists(ALPHABET, max_size=6).map("".join)


def cut(text: str, delimiter: str, width: int) -> tuple[dict[int, list[str]], dict[int, str], dict[int, int]]:
    """Rows by their first line, rejects by theirs, and how many lines each row takes."""
    sheet = cut_cells(read_lines([text.encode()], keep_blank=True).frame, delimiter, width)
    names = [str(n) for n in range(width)]
    rows = {row["line"]: [row[name] for name in names] for row in sheet.cells.iter_rows(named=True)}
    taken = dict(sheet.cells.select("line", "lines").iter_rows())
    return rows, dict(sheet.rejects.select("line", "reason").iter_rows()), taken


@given(
    st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=6)),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_well_formed_text_is_cut_as_pythons_csv_module_cuts_it(
    table: list[list[str]], delimiter: str, quoting: Literal[0, 1]
) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(table)
    text, width = stream.getvalue(), len(table[0])
    twin = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    # A line inside a record that is a full row by itself cannot be told from a row between two stray quotes.
    by_itself = [len(row) for line in text.split("\n") for row in csv.reader([line], delimiter=delimiter)]
    assume(width < 4 or sum(cells >= width for cells in by_itself) == sum("\n" not in "".join(row) for row in table))
    rows, rejects, _ = cut(text, delimiter, width)
    assert rejects == {}
    assert list(rows.values()) == twin


ROWS = [f"9999{n},{n:04d},Sample,Ann,M" for n in range(6)]


@given(st.integers(0, 5), st.integers(0, 40), st.sampled_from(['"', '","', '"\n', '\n"', ',"', '"""', '",']))
def test_one_stray_quote_costs_no_other_row(row: int, place: int, stray: str) -> None:
    lines = [*ROWS]
    lines[row] = lines[row][:place] + stray + lines[row][place:]
    rows, rejects, taken = cut("\n".join(lines), ",", 5)
    kept = {tuple(cells) for cells in rows.values()}
    for other, line in enumerate(ROWS):
        if other != row:
            assert tuple(line.split(",")) in kept
    # Every line is in a row or in a reject: nothing is lost in silence.
    seen = set(rejects) | {line + n for line, count in taken.items() for n in range(count)}
    assert seen == set(range(1, len("\n".join(lines).removesuffix("\n").split("\n")) + 1))


@given(st.lists(st.sampled_from([*'ab",;\n\n ', "1,2,3,4", '"x"', '""']), max_size=60).map("".join), st.integers(2, 5))
def test_whatever_the_quotes_every_line_is_in_one_row_or_one_reject(text: str, width: int) -> None:
    rows, rejects, taken = cut(text, ",", width)
    covered = [line + n for line, count in taken.items() for n in range(count)] + list(rejects)
    assert sorted(covered) == list(range(1, len(text.removesuffix("\n").split("\n")) + 1 if text else 1))
    assert set(rows) & set(rejects) == set()


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('="0042",b,c,d', ['="0042"', "b", "c", "d"]),
        ('"=""0042""",b,c,d', ['="0042"', "b", "c", "d"]),
        ('Ann "Nan" Lee,b,c,d', ['Ann "Nan" Lee', "b", "c", "d"]),
        ('a, "b, c" ,d,e', ["a", "b, c", "d", "e"]),
        ('a,"",c,', ["a", "", "c", ""]),
    ],
)
def test_quotes_in_pairs_are_understood(line: str, cells: list[str]) -> None:
    rows, rejects, _ = cut(f"{line}\n1,2,3,4", ",", 4)
    assert rejects == {}
    assert list(rows.values()) == [cells, ["1", "2", "3", "4"]]


def test_a_record_over_several_lines_stands_where_it_begins() -> None:
    rows, rejects, taken = cut('1,2,3,4\n"a\n\nb",2,3,"c\nd"\n5,6,7,8', ",", 4)
    assert rejects == {}
    assert rows == {1: ["1", "2", "3", "4"], 2: ["a\n\nb", "2", "3", "c\nd"], 6: ["5", "6", "7", "8"]}
    assert taken == {1: 1, 2: 4, 6: 1}


def test_a_broken_record_before_a_good_one_of_several_lines_costs_only_itself() -> None:
    rows, rejects, _ = cut('1,2,3,4\na,"b,c,d\n"e\nf",2,3,4\n5,6,7,8', ",", 4)
    assert list(rejects) == [2]
    assert rows == {1: ["1", "2", "3", "4"], 3: ["e\nf", "2", "3", "4"], 5: ["5", "6", "7", "8"]}
    assert "quote" in rejects[2]


def test_a_full_row_between_two_stray_quotes_stands_for_itself_from_four_columns_on() -> None:
    """With fewer it is too easily a line of a quoted value."""
    rows, rejects, _ = cut('1,"a,b,c\n2,b,c,d\n3,x",y,z', ",", 4)
    assert (rows, list(rejects)) == ({2: ["2", "b", "c", "d"]}, [1, 3])
    rows, rejects, _ = cut('1,"a,b,c\n2,"",c,d\n3,x",y,z', ",", 4)
    assert (rows, list(rejects)) == ({2: ["2", "", "c", "d"]}, [1, 3])
    rows, rejects, _ = cut('1,"a,b\n2,b,c\n3,x",y', ",", 3)
    assert (rows, list(rejects)) == ({1: ["1", "a,b\n2,b,c\n3,x", "y"]}, [])


def test_a_line_of_too_few_cells_within_quotes_is_part_of_the_value() -> None:
    rows, rejects, _ = cut('0,1,2,3\n1,"a\nx,y,z\nb",2,3', ",", 4)
    assert (rows, rejects) == ({1: ["0", "1", "2", "3"], 2: ["1", "a\nx,y,z\nb", "2", "3"]}, {})


def test_spaces_round_quotes_are_none_of_the_value_whatever_parts_the_cells() -> None:
    for delimiter in (",", ";", "\t"):
        rows, rejects, _ = cut(delimiter.join(["a", ' "b ""c""" ', "d", 'e "f" g']), delimiter, 4)
        assert (rows, rejects) == ({1: ["a", 'b "c"', "d", 'e "f" g']}, {})


def test_when_the_tries_are_used_up_what_is_left_is_rejected_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "_TRIES", 3)
    rows, rejects, _ = cut("\n".join(f'a{n} "b' for n in range(8)), ",", 2)
    assert (rows, list(rejects)) == ({}, list(range(1, 9)))


def test_many_broken_lines_cost_only_themselves_however_many_there_are() -> None:
    lines = [f'{n},"b",c,d' if n % 7 else f'{n},"b,c' for n in range(1, 400)]
    rows, rejects, _ = cut("\n".join(lines), ",", 4)
    assert list(rejects) == [n for n in range(1, 400) if not n % 7]
    assert list(rows) == [n for n in range(1, 400) if n % 7]
