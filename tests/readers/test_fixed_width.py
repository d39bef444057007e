"""EDI files: framing, fit, variants, and lines that are not what they should be."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.formats import load_formats
from tests.readers.reading import FORMATS, edi, read, result

WHOLE = edi(result("0042"), result("0043", uci="", uln=""))


def test_a_whole_file_is_neither_truncated_nor_refused(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE).file()
    assert (file["board"], file["series_as_sent"], str(file["created_at"]), file["sequence"]) == (
        *("72", "6E26", "2026-08-10", "001"),
    )
    assert (file["rows_read"], file["rows_framing"], file["rows_kept"], file["rows_rejected"]) == (2, 4, 2, 0)
    assert not file["is_truncated"]
    assert not file["is_refused"]
    assert file["has_uci_column"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: re.sub(r"(?m)^R|M(?=\d{4}D)|6E26", lambda found: found[0].lower(), text),
        lambda text: text.replace("\r\n", "\r"),
        lambda text: text.rstrip() + "\r\n\r\n\x1a",
        lambda text: "\ufeff" + text,
        lambda text: re.sub(" +\r\n", "\r\n", text),
    ],
    ids=["small letters", "CR alone", "Ctrl-Z", "byte order mark", "short lines"],
)
def test_how_it_was_sent_changes_no_value(change: Callable[[str], str], tmp_path: Path) -> None:
    tables = read(tmp_path, WHOLE, change(WHOLE))
    values = [{k: v for k, v in row.items() if k not in ("file", "file_id")} for row in tables.rows("results")]
    assert values[:2] == values[2:]
    assert not any(tables.column("files", "is_truncated"))


def test_a_file_may_hold_several_centres_and_series(tmp_path: Path) -> None:
    body = [
        *("R114726E26001100826", "R3999996E26", result("0001"), result("0002"), "R7999990000004"),
        *("R3999989I25", result("0003", centre="99998", uci="999980250003K"), "R7999980000003"),
        *("R3999976E26", "R7999970000002", "R90000011"),
    ]
    tables = read(tmp_path, "\n".join(body[:-1]) + "\nR90000011\n")
    assert not tables.file()["is_truncated"]
    assert tables.column("results", "series_as_sent") == ["6E26", "6E26", "9I25"]
    centres = [(row["centre_number"], row["series_as_sent"], row["rows_kept"]) for row in tables.rows("file_centres")]
    assert sorted(centres) == [("99997", "6E26", 0), ("99998", "9I25", 1), ("99999", "6E26", 2)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace("R90000006\r\n", ""), "the file has no file trailer"),
        (WHOLE.replace("R90000006", "R90000007"), "the file trailer at line 6 says 7 lines, 6 are there"),
        (WHOLE.replace("R7999990000004", "R7999990000009"), "the centre trailer at line 5 says 9 records, 4 are there"),
        (WHOLE.replace("R7999990000004\r\n", ""), "the centre group that starts at line 2 has no trailer"),
        (WHOLE.replace("R90000006", "R9     "), "says no number of lines, 6 are there"),
        ("".join(WHOLE.splitlines(keepends=True)[:3]), "has no trailer; the file has no file trailer"),
    ],
)
def test_a_trailer_that_is_missing_or_wrong_says_the_file_is_cut_short(text: str, said: str, tmp_path: Path) -> None:
    tables = read(tmp_path, text)
    assert tables.file()["is_truncated"]
    assert tables.file()["reason"] == "the file is cut short"
    assert said in tables.file()["detail"]
    assert len(tables.rows("results")) == tables.file()["rows_kept"] > 0


@pytest.mark.parametrize(
    ("header", "group", "series"),
    [
        ("R11472??26001100826", "R3999999I25", "9I25"),
        ("R11472??26001100826", "R399999??26", None),
        ("R114726E26001100826", "R399999", "6E26"),
        ("R1147200000000  9C25 100826", "R399999??26", "9C25"),
        ("R114726E26001100826", "R399999   9I25", "9I25"),
    ],
)
def test_a_series_not_where_it_should_be_is_looked_for_and_otherwise_unknown(
    header: str, group: str, series: str | None, tmp_path: Path
) -> None:
    text = "\n".join([header, group, result(), "R7999990000003", "R90000005"])
    tables = read(tmp_path, text)
    assert tables.column("results", "series_as_sent") == [series]
    assert (tables.file()["detail"] is None) == (series is not None)


def test_a_file_whose_centre_column_is_elsewhere_is_refused_with_the_evidence(tmp_path: Path) -> None:
    shifted = [line[:2] + "  " + line[2:] for line in (result("0042"), result("0043"))]
    tables = read(tmp_path, edi(*shifted))
    file = tables.file()
    assert (file["is_refused"], file["reason"]) == (True, "no layout fits")
    assert "centre_number (characters 3-7): in 2 of 2 body lines (first: line 3)" in file["detail"]
    assert (file["rows_read"], file["rows_kept"], file["rows_rejected"]) == (2, 0, 2)
    for table in ("results", "rejects", "evidence", "repairs"):
        assert tables.rows(table) == []
    assert [(row["centre_number"], row["rows_kept"]) for row in tables.rows("file_centres")] == [("99999", 0)]


@pytest.mark.parametrize(("wrong", "refused"), [(1, False), (2, True)])
def test_one_uci_in_twenty_may_be_out_of_shape(wrong: int, refused: bool, tmp_path: Path) -> None:
    odd = ["SAMPLE,A     ", "1234567890123"]
    body = [result("0001", uci=odd[n]) if n < wrong else result("0002") for n in range(20)]
    tables = read(tmp_path, edi(*body, result("0003", uci="")))
    assert tables.file()["is_refused"] == refused
    if refused:
        assert "uci (characters 12-24): 2 of 20 (first: line 3) do not have the shape" in tables.file()["detail"]


def test_a_body_without_a_centre_header_does_not_fit(tmp_path: Path) -> None:
    tables = read(tmp_path, "R114726E26001100826\n" + result() + "\nR90000003\n")
    assert tables.file()["is_refused"]


def test_a_line_of_an_unknown_type_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [result("0001"), result("0002", block="Z0042D"), "R8 something", "E5" + result()[2:], result("0003")]
    tables = read(tmp_path, edi(*lines, result("0004")))
    assert tables.column("results", "candidate_number") == ["0001", "0003", "0004"]
    assert [
        (row["line"], row["column_name"], row["column_from"], row["column_to"]) for row in tables.rows("rejects")
    ] == [
        (4, "result_type", 37, 37),
        (5, "record_type", 1, 2),
        (6, "record_type", 1, 2),
    ]
    assert tables.rows("rejects")[0]["candidate_number"] == "0002"
    assert tables.rows("rejects")[0]["raw"] == lines[1].rstrip()
    assert tables.file()["rows_read"] == 6
    assert not tables.file()["is_truncated"]


@pytest.mark.parametrize(
    ("block", "mark", "grade", "absent", "partial"),
    [
        ("M0042D", "42.00", "D", False, False),
        ("M    A", None, "A", False, False),
        ("MA   X", None, "X", True, False),
        ("MABS X", None, "X", True, False),
        ("M0042D #", "42.00", "D", False, True),
        ("M0042D#", "42.00", "D#", False, False),
        ("M0042D #B #", "42.00", "D", False, True),
        ("GD3#", None, "D3", False, True),
        ("GA  B #", None, "A", False, True),
        ("G* ", None, "*", False, False),
    ],
)
def test_a_result_block_is_read_as_its_type_says(
    block: str, mark: str | None, grade: str | None, absent: bool | None, partial: bool | None, tmp_path: Path
) -> None:
    row = read(tmp_path, edi(result(block=block))).rows("results")[0]
    assert row["mark"] == (Decimal(mark) if mark else None)
    assert (row["grade_as_sent"], row["is_absent"], row["partial_absence"]) == (grade, absent, partial)


def test_both_grades_and_both_endorsements_are_kept(tmp_path: Path) -> None:
    row = read(tmp_path, edi(result(block="GA  B  1  2 #", entry="8300F", option="8300H"))).rows("results")[0]
    names = ("grade_as_sent", "second_grade_as_sent", "first_endorsement_as_sent", "second_endorsement_as_sent")
    assert [row[name] for name in names] == ["A", "B", "1", "2"]
    assert (row["entry_option_code"], row["option_code"], row["partial_absence"]) == ("8300F", "8300H", True)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (result(block="M00X2D"), "mark", "mark is not a mark"),
        (result(block="M0042D ?"), "first_grade_flag", "neither blank nor #"),
        (result(option="      ", entry="583402"), "option_code", "option code is blank"),
        (result("    ", uci="", uln=""), None, "names nobody"),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected_where_it_is_wrong(
    line: str, column: str | None, reason: str, tmp_path: Path
) -> None:
    tables = read(tmp_path, edi(line, result(), result("0043")))
    assert tables.column("rejects", "line") == [3]
    assert reason in tables.rows("rejects")[0]["reason"]
    assert tables.rows("rejects")[0]["column_name"] == column
    assert len(tables.rows("results")) == 2


def test_a_result_needs_one_identifier_only(tmp_path: Path) -> None:
    lines = [result("    ", uln=""), result("    ", uci=""), result(uci="", uln="")]
    assert len(read(tmp_path, edi(*lines)).rows("results")) == 3


def entry(name: str, options: str, count: str | None = None, candidate: str = "0042") -> str:
    number = f"{len(options.split()):02d}" if count is None else count
    codes = "".join(f"{code:<6}" for code in options.split())
    return f"E599999{candidate} {name:<40}F160508{'':13}{'':10}{number}{codes}"


def test_an_entry_line_makes_a_row_for_each_option_and_counts_once(tmp_path: Path) -> None:
    tables = read(tmp_path, edi(entry("SAMPLE:ANN", "583801 05839 H446"), entry("OTHER:BO", ""), letter="E"))
    assert tables.column("entries", "option_code") == ["583801", "05839", "H446"]
    assert set(tables.column("entries", "line")) == {3}
    assert (tables.file()["rows_read"], tables.file()["rows_kept"]) == (2, 2)
    assert tables.column("evidence", "line") == [3, 4]
    assert tables.rows("file_centres")[0]["rows_kept"] == 2


@pytest.mark.parametrize("count", ["01", "03", "XX"])
def test_an_entry_line_whose_count_disagrees_is_rejected(count: str, tmp_path: Path) -> None:
    lines = [entry("SAMPLE:ANN", "583801 05839", count), entry("OTHER:BO", "05839"), entry("THIRD:CY", "05839", "  ")]
    tables = read(tmp_path, edi(*lines, letter="E"))
    rejects = [(row["line"], row["column_from"], row["column_to"]) for row in tables.rows("rejects")]
    assert rejects == [(3, lines[0].index("F160508") + 31, lines[0].index("F160508") + 32)]
    assert "option count" in tables.rows("rejects")[0]["reason"]
    assert tables.column("entries", "line") == [4, 5]


def test_basedata_speaks_of_no_centre(tmp_path: Path) -> None:
    tables = read(tmp_path, edi("L5583801583801/01", letter="L", centre="00000"))
    assert tables.rows("file_centres") == []
    assert tables.column("links", "component_code") == ["583801/01"]


def other_layout(folder: Path, moved_by: int) -> Path:
    """A second results layout: the same columns, moved along."""
    text = (FORMATS / "edi_results.toml").read_text(encoding="utf-8").partition("[[example]]")[0]
    for start in range(60, 2, -1):
        text = text.replace(f"start = {start},", f"start = {start + moved_by},")
    folder.mkdir()
    (folder / "other_results.toml").write_text(text, encoding="utf-8")
    return folder


def test_of_two_layouts_of_one_data_type_the_one_that_fits_reads_the_file(tmp_path: Path) -> None:
    formats = load_formats(FORMATS, other_layout(tmp_path / "local", 2))
    shifted = edi(*(line[:2] + "  " + line[2:] for line in (result("0042"), result("0043"))))
    tables = read(tmp_path, WHOLE, shifted, formats=formats)
    assert tables.column("files", "format") == ["edi_results", "other_results"]
    assert tables.column("results", "candidate_number") == ["0042", "0043"] * 2


def test_a_file_that_two_layouts_fit_is_refused_with_both_named(tmp_path: Path) -> None:
    formats = load_formats(FORMATS, other_layout(tmp_path / "local", 0))
    file = read(tmp_path, WHOLE, formats=formats).file()
    assert (file["is_refused"], file["reason"]) == (True, "two layouts fit")
    assert file["detail"] == "edi_results and other_results"


CODES = st.text("ABCDEF0123456789", min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(1, 9999), CODES, CODES, st.integers(0, 9999), st.sampled_from(["D", "D*", "X", "#9", ""])
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_field_written_is_read_back(rows: list[tuple[int, str, str, int, str]], tmp_path: Path) -> None:
    lines = [
        result(f"{number:04d}", entry=entered, option=option, block=f"M{mark:04d}{grade}")
        for number, entered, option, mark, grade in rows
    ]
    found = read(tmp_path, edi(*lines)).rows("results")
    assert [
        (
            int(row["candidate_number"]),
            row["entry_option_code"],
            row["option_code"],
            int(row["mark"]),
            row["grade_as_sent"],
        )
        for row in found
    ] == [(number, entered, option, mark, grade or None) for number, entered, option, mark, grade in rows]


def test_a_tab_beside_a_value_is_trimmed_whatever_other_files_are_read_with_it(tmp_path: Path) -> None:
    tabbed = edi(result("42\t\t", option="\t5834"))
    padded = edi(result("0043", option="583402"), result("44  ", option="58    "))
    alone, together = read(tmp_path / "alone", tabbed), read(tmp_path / "together", tabbed, padded)
    for tables in (alone, together):
        assert tables.column("results", "candidate_number", 0) == ["42"]
        assert tables.column("results", "option_code", 0) == ["5834"]
    assert together.column("results", "candidate_number", 1) == ["0043", "44"]
