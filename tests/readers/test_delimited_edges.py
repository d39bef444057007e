"""CSV reports and sheets at their edges: caps, totals lines, cells beyond the header, wrappers, who a row is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.read import Caps
from tests.readers.reading import CLAIMS, claim, read

HEADERS = CLAIMS.split(",")


def sheet(*rows: str, header: str = CLAIMS) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_a_row_may_be_as_long_as_the_cap_and_no_longer(tmp_path: Path) -> None:
    text = sheet(claim())
    assert not read(tmp_path / "at", text, caps=Caps(line_bytes=len(CLAIMS))).file()["is_refused"]
    file = read(tmp_path / "over", text, caps=Caps(line_bytes=len(CLAIMS) - 1)).file()
    assert (file["reason"], file["detail"], file["rows_kept"]) == (
        *("over a cap", f"a line has {len(CLAIMS)} bytes; the most that is read is {len(CLAIMS) - 1}", 0),
    )


def test_a_header_may_have_as_many_cells_as_the_cap_and_no_more(tmp_path: Path) -> None:
    text = sheet(claim(), claim("0043"))
    assert read(tmp_path / "at", text, caps=Caps(columns=8)).file()["rows_kept"] == 2
    wide, narrow = sheet(claim() + ",x", header=CLAIMS + ",Other"), sheet(claim())
    tables = read(tmp_path / "over", wide, narrow, caps=Caps(columns=8))
    assert [row["reason"] for row in tables.rows("files")] == ["over a cap", None]
    assert tables.file()["detail"] == "9 columns; the most that is read is 8"
    assert tables.column("claims", "file") == [1]


@pytest.mark.parametrize(("below", "framing"), [(2, 2), (3, 1)])
def test_a_totals_line_is_one_of_the_last_three(below: int, framing: int, tmp_path: Path) -> None:
    rows = [claim(f"{n:04d}") for n in range(1, below + 1)]
    file = read(tmp_path, sheet(claim("0042"), "Total,,,,,,1,", *rows)).file()
    assert (file["rows_framing"], file["rows_read"]) == (framing, below + 3 - framing)


@pytest.mark.parametrize(
    ("last", "framing"),
    [("Total,1,2,3,,,,", 2), ("Total,1,2,3,4,,,", 1), (",,,,,,,,x", 1), (",,,,,,,Total", 2)],
)
def test_a_totals_line_fills_half_its_cells_at_most(last: str, framing: int, tmp_path: Path) -> None:
    file = read(tmp_path, sheet(claim("0042"), claim("0043"), claim("0044"), last)).file()
    assert (file["rows_framing"], file["rows_read"]) == (framing, 5 - framing)


def test_cells_beyond_the_header_may_be_blank_however_many_and_whatever_is_quoted(tmp_path: Path) -> None:
    row = claim("0043", surname='"O, Bo"')
    tables = read(tmp_path, sheet(claim(), row + ",,", row.replace("0043", "0044") + ', ,"", ,'))
    assert tables.column("claims", "candidate_number") == ["0042", "0043", "0044"]
    assert tables.rows("rejects") == []


def test_where_two_columns_contradict_each_other_the_first_line_is_named(tmp_path: Path) -> None:
    rows = [claim() + ",99999", claim("0043") + ",99998", claim("0044") + ",99997"]
    detail = read(tmp_path, sheet(*rows, header=CLAIMS + ",Centre No")).file()["detail"]
    assert detail == (
        "Centre Number (column 1) and Centre No (column 9) are both centre_number, and differ in 2 rows (first: line 3)"
    )


@pytest.mark.parametrize("cell", [' ="0042"', '="0042" ', '\t="0042"'])
def test_a_wrapper_with_a_space_before_it_is_taken_off(cell: str, tmp_path: Path) -> None:
    tables = read(tmp_path, sheet(claim(cell), claim("0043")))
    assert tables.column("claims", "candidate_number") == ["0042", "0043"]
    assert [(row["column_name"], row["repair"]) for row in tables.rows("repairs")] == [
        ("candidate_number", "formula_wrapper")
    ]


def test_a_reject_of_a_cell_has_a_column_and_no_characters(tmp_path: Path) -> None:
    tables = read(tmp_path, sheet(claim(date="17.05.26"), claim("0043"), claim("0044", unit=""), claim("0045")))
    rejects = [
        (row["line"], row["column_name"], row["column_from"], row["column_to"]) for row in tables.rows("rejects")
    ]
    assert rejects == [(2, "claim_date", None, None), (4, "unit_code", None, None)]
    assert tables.column("rejects", "option_code") == ["05834/04", "05878"]  # what it is about, as far as it says


REPORT = (
    "Centre Number,Candidate Number,OCR Candidate Number,UCI,Surname,Forename(s),"
    "Qualification Code,Qualification Grade,Unit Code,Unit Grade"
)


def report(*whom: str, qualification: str = "05838", award: str = "") -> str:
    number, ocr, uci, surname = whom
    return f"99999,{number},{ocr},{uci},{surname},Ann,{qualification},{award},05838/01,M"


FULL = report("0042", "00000042", "999990250042X", "Sample")


@pytest.mark.parametrize("place", range(5))
def test_any_one_thing_that_says_whom_a_row_is_about_is_enough(place: int, tmp_path: Path) -> None:
    """A candidate number, OCR's own, a UCI or a surname; with none of them the row is about nobody."""
    whom = ("0042", "00000042", "999990250042X", "Sample")
    row = report(*(value if n == place else "" for n, value in enumerate(whom)))
    tables = read(tmp_path, "\n".join([REPORT, row, FULL, FULL]))
    assert tables.column("rejects", "reason") == (
        [] if place < 4 else ["it names nobody: no identifier and no surname"]
    )
    assert len(tables.rows("results")) == (3 if place < 4 else 2)


def test_of_two_codes_one_must_be_there_and_both_are_named(tmp_path: Path) -> None:
    blank = FULL.replace("05838/01", "").replace("05838", "")
    reject = read(tmp_path, "\n".join([REPORT, blank, FULL, FULL])).rows("rejects")[0]
    assert (reject["reason"], reject["column_name"], reject["column_from"], reject["column_to"]) == (
        *("qualification code and unit code are both blank", "qualification_code", None, None),
    )


def test_the_same_award_in_two_files_is_said_by_both(tmp_path: Path) -> None:
    rows = [report("0042", "00000042", "", "Sample", award="M")] * 2
    texts = ["\n".join([title, REPORT, *rows]) for title in ("one", "two")]
    kinds = [(row["file"], row["kind"]) for row in read(tmp_path, *texts).rows("results")]
    assert sorted(kinds) == [(0, "qualification"), (0, "unit"), (0, "unit"), (1, "qualification"), *[(1, "unit")] * 2]


MARKS = (
    "Series,Centre Number,Qualification Code,Unit Code,OCR Candidate Number,Surname,Forename(s),"
    "Raw Mark,Special Consideration Mark,Final Mark,Grade"
)


@pytest.mark.parametrize(("marks", "absent"), [("40,2,42", False), ("40,ABS,42", True), ("ABS,,", True)])
def test_whichever_mark_says_absent_the_candidate_is(marks: str, absent: bool, tmp_path: Path) -> None:
    rows = [f"6A26,99999,05838,05838/01,0000{number},Sample,Ann,{marks},M" for number in ("0042", "0043")]
    tables = read(tmp_path, "\n".join([MARKS, *rows]))
    assert tables.column("results", "is_absent") == [absent] * 2


BOUNDARIES = "Series,Unit Code,Maximum Mark,Grade,Minimum Mark"


@pytest.mark.parametrize(("last", "framing"), [("Total,1,,,", 2), ("Total,1,2,,", 1)])
def test_a_totals_line_of_a_narrow_sheet_fills_two_cells_at_most(last: str, framing: int, tmp_path: Path) -> None:
    rows = [f"6A26,05838/01,60,{grade},{mark}" for grade, mark in (("D", 50), ("M", 40), ("P", 30))]
    file = read(tmp_path, "\n".join([BOUNDARIES, *rows, last])).file()
    assert (file["kind"], file["rows_framing"], file["rows_read"]) == ("grade_boundaries", framing, 5 - framing)


def test_a_row_refused_by_two_of_its_statements_is_rejected_for_the_first(tmp_path: Path) -> None:
    long = FULL.replace(",,05838/01,M", f",{'Q' * 300},05838/01,{'U' * 300}")
    rejects = read(tmp_path, "\n".join([REPORT, FULL, long, FULL])).rows("rejects")
    assert [(row["line"], row["column_name"]) for row in rejects] == [(3, "unit_grade")]
