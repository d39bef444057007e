"""Where the header of a delimited file is looked for, and how far."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.readers.headers import ROWS_SEARCHED, candidates
from tests.readers.reading import CLAIMS, claim, read


@pytest.mark.parametrize(("above", "found"), [(59, True), (60, False)])
def test_a_header_is_looked_for_in_the_first_sixty_lines(above: int, found: bool, tmp_path: Path) -> None:
    assert ROWS_SEARCHED == 60
    text = "\n".join([*(f"note {n}" for n in range(above)), CLAIMS, claim()])
    assert read(tmp_path, text).file()["is_refused"] != found


@pytest.mark.parametrize(("ends", "found"), [(7, True), (8, False)])
def test_a_header_takes_eight_lines_at_most(ends: int, found: bool, tmp_path: Path) -> None:
    cell = '"Claim' + "\n" * ends + 'Date"'
    text = "\n".join([CLAIMS.replace("Claim Date", cell), claim(), claim("0043")])
    file = read(tmp_path, text).file()
    assert file["is_refused"] != found
    assert file["rows_kept"] == (2 if found else 0)


def test_every_line_that_can_be_cut_is_a_candidate_by_each_delimiter_in_it() -> None:
    found = [(one.line, one.delimiter, one.cells) for one in candidates("a title\n \nx;y,z\n\nk\tl\n")]
    assert found == [(3, ",", ("x;y", "z")), (3, ";", ("x", "y,z")), (5, "\t", ("k", "l"))]


def test_quoted_cells_of_a_header_come_without_their_quotes() -> None:
    found, *_ = candidates('"a ""b""",,"c\nd" ,e')
    assert (found.cells, found.lines) == (('a "b"', "", "c\nd", "e"), 2)
