"""Broadsheet and slips: which result counts, what is marked, and what a student may not be told."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import fastexcel
import polars as pl
import pytest
from lxml import html

from pipelines.errors import ExitCode
from pipelines.html.slips import BEING_CHECKED, slip_lines, slips
from pipelines.result_cells import Shown, cells
from pipelines.workbooks.book import HEADER
from pipelines.workbooks.broadsheet import LEGEND, broadsheet, texts
from tests import cli_helpers, sample_run, test_embargo
from tests.cli_helpers import call
from tests.report_database import LATER, add, database, finding, person

MORNING = datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
UNIT = {"kind": "unit", "board": "72", "option_code": "583801"}


@pytest.fixture
def con() -> Iterator[Any]:
    """A run drawn by hand, with one student p1."""
    made = database()
    made.execute("BEGIN TRANSACTION")
    person(made, "p1")
    yield made
    made.execute("ROLLBACK")


def result(con: Any, grade: str | None, series: str = "6E26", state: str = "agreed", **more: object) -> None:
    """A result of unit 05838/01, as the tables of a run have it."""
    given: dict[str, object] = {"centre_number": "99999", "person_id": "p1", "series": series, **UNIT, **more}
    hand = {name: value for name, value in given.items() if name in ("is_by_hand", "board_grade")}
    given = {name: value for name, value in given.items() if name not in hand}
    if grade is not None:
        stated = {"board_grade": grade, "school_grade": grade, "is_by_hand": "false", **hand}
        code = "qualification_code" if given["kind"] == "qualification" else "unit_code"
        given.setdefault("code", "05838/01")
        add(con, "results_with_manual_changes", **{name: v for name, v in given.items() if name != "code"}, **stated,
            **{code: given["code"]})  # fmt: skip
    if state != "nowhere":
        given.setdefault("code", "05838/01")
        add(con, "reconciliation", state=state, is_stated=str(grade is not None), **given)


def best(con: Any, grade: str, series: str) -> None:
    add(
        con,
        "unit_achievements",
        centre_number="99999",
        person_id="p1",
        unit_code="05838/01",
        grade=grade,
        series=series,
    )


def said(con: Any, at: datetime = MORNING, only_released: bool = False) -> dict[str, str]:
    """Code → what the broadsheet says of p1."""
    frame = texts(cells(con, at, only_released)).filter(pl.col("person_id") == "p1")
    return dict(frame.select("code", "text").iter_rows())


def slip(con: Any, at: datetime = MORNING) -> dict[str, str]:
    """Code → what the slip of p1 says."""
    found = cells(con, at, only_released=True, season="2025-26")
    lines = slip_lines(Shown(found, "2025-26", "run", is_sample=False)).filter(pl.col("person_id") == "p1")
    return dict(lines.select("code", "said").iter_rows())


def test_a_unit_stands_at_its_best_on_the_broadsheet_and_at_this_seasons_on_the_slip(con: Any) -> None:
    result(con, "M", "6E25")
    result(con, "P", "6E26")
    best(con, "M", "6E25")
    assert said(con) == {"05838/01": "M"}
    assert slip(con) == {"05838/01": "P"}


def test_of_two_results_of_a_season_the_best_counts_and_without_a_best_the_later(con: Any) -> None:
    result(con, "M", "1E26")
    result(con, "P", "6E26")
    assert said(con) == {"05838/01": "P"}
    best(con, "M", "1E26")
    assert said(con) == slip(con) == {"05838/01": "M"}


def test_a_resit_that_is_missing_does_not_hide_the_grade_there_is(con: Any) -> None:
    result(con, "P", "1E26")
    result(con, None, "6E26", "missing")
    assert said(con) == {"05838/01": "P"}


@pytest.mark.parametrize(
    ("severity", "state", "on_sheet", "on_slip"),
    [
        ("error", "open", "M ?", BEING_CHECKED),
        ("warning", "open", "M ?", "M"),
        ("info", "open", "M", "M"),
        ("error", "waived", "M", "M"),
        ("error", "pending", "M", "M"),
    ],
)
def test_what_is_open_about_a_result_marks_it_and_an_error_takes_its_place_on_the_slip(
    con: Any, severity: str, state: str, on_sheet: str, on_slip: str
) -> None:
    result(con, "M")
    result(con, "P", code="05838/02", option_code="583802")
    finding(con, "f1", person_id="p1", unit_code="05838/01", option_code="583801", severity=severity, state=state)
    assert said(con) == {"05838/01": on_sheet, "05838/02": "P"}
    assert slip(con) == {"05838/01": on_slip, "05838/02": "P"}


def test_a_finding_about_another_student_or_about_the_award_marks_nothing_of_the_unit(con: Any) -> None:
    person(con, "p2")
    result(con, "M")
    result(con, "P", "9I25", kind="qualification", code="05839", option_code="05839")
    finding(con, "f1", person_id="p2", unit_code="05838/01", option_code="583801")
    finding(con, "f2", person_id="p1", qualification_code="05839")
    assert said(con) == {"05838/01": "M", "05839": "P ?"}


def test_a_general_qualification_goes_by_its_option(con: Any) -> None:
    result(con, "A", "6B26", kind="qualification", board="01", code="H240", option_code="H240")
    finding(con, "f1", person_id="p1", qualification_code="60145", option_code="H240")
    assert said(con) == {"H240": "A ?"}


@pytest.mark.parametrize("other", ["person_id", "other_person_id"])
def test_where_it_is_open_whose_results_they_are_all_of_them_are_being_checked(con: Any, other: str) -> None:
    result(con, "M")
    finding(con, "f1", code="shared_uci", **{other: "p1"})
    assert said(con) == {"05838/01": "M ?"}
    assert slip(con) == {"05838/01": BEING_CHECKED}


def test_a_missing_uci_puts_no_result_in_doubt(con: Any) -> None:
    result(con, "M")
    finding(con, "f1", code="missing_uci", person_id="p1")
    assert said(con) == slip(con) == {"05838/01": "M"}


def test_a_change_by_hand_is_marked_and_so_is_one_that_no_file_states(con: Any) -> None:
    result(con, "D", board_grade="M", is_by_hand="true")
    result(con, "P", state="nowhere", code="05838/02", option_code="583802", board_grade=None, is_by_hand="true")
    assert said(con) == {"05838/01": "D †", "05838/02": "P †"}


@pytest.mark.parametrize(
    ("grade", "state", "on_sheet", "on_slip"),
    [
        ("M", "differs", "M ?", BEING_CHECKED),
        ("M", "in_one_carrier", "M", "M"),
        # all agree on the grade: what the school's system takes in is another matter
        ("M", "not_imported", "M", "M"),
        ("X", "withheld", "not issued ?", None),
        (None, "missing", "missing ?", None),
        (None, "pending", "awaited", None),
        (None, "withdrawn", "withdrawn", None),
        (None, "not_known", "not known", None),
        (None, "absent", "absent", "absent"),
        (None, "not_expected", None, None),
        (None, "not_expected_yet", None, None),
        (None, "elsewhere", None, None),
    ],
)
def test_each_state_has_its_words(
    con: Any, grade: str | None, state: str, on_sheet: str | None, on_slip: str | None
) -> None:
    result(con, grade, state=state)
    assert said(con).get("05838/01") == on_sheet
    assert slip(con).get("05838/01") == on_slip


def test_a_result_under_embargo_is_marked_left_out_for_staff_and_on_no_slip_until_its_minute(con: Any) -> None:
    result(con, "A", "6B26", kind="qualification", board="01", code="H240", option_code="H240", embargo_until=LATER)
    release = datetime.fromisoformat(LATER)
    assert said(con) == {"H240": "A RESTRICTED"}
    assert said(con, only_released=True) == slip(con) == {}
    assert said(con, release) == said(con, release, only_released=True) == slip(con, release) == {"H240": "A"}


def test_the_broadsheet_has_a_row_a_student_a_column_a_code_and_a_legend_that_counts(con: Any) -> None:
    person(con, "p2", surname="=Aardvark", candidate_number="0007")
    result(con, "M")
    result(con, "P", "9I25", kind="qualification", code="05839", option_code="05839")
    result(con, "D", person_id="p2")
    finding(con, "f1", person_id="p2", unit_code="05838/01", option_code="583801")
    shown = Shown(cells(con, MORNING, only_released=False), "2025-26", "run", is_sample=True)
    data = broadsheet(shown)
    assert data == broadsheet(shown)
    book = fastexcel.read_excel(data)
    assert book.sheet_names == ["Broadsheet", "Legend"]
    back = book.load_sheet(0, header_row=HEADER - 1, dtypes="string").to_polars()
    assert [header.split()[0] for header in back.columns[5:]] == ["05839", "05838/01"]
    assert back.rows()[0] == ("=Aardvark", "Given", "0007", "999990240042K", "ready", None, "D ?")
    assert back.rows()[1][5:] == ("P", "M")
    legend = book.load_sheet("Legend", header_row=HEADER - 1).to_polars()
    assert dict(zip(legend["Sign"], legend["Results with it"], strict=True))["?"] == 1
    assert legend.height == len(LEGEND)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "SAMPLE" in sheet
    assert "<f>" not in sheet


def test_a_run_without_results_has_a_legend_alone_and_a_page_without_slips(con: Any) -> None:
    shown = Shown(cells(con, MORNING, only_released=False), "2025-26", "run", is_sample=False)
    assert fastexcel.read_excel(broadsheet(shown)).sheet_names == ["Legend"]
    page, students = slips(shown)
    assert students == 0
    assert "No result of 2025-26 has been released" in page


def test_a_slip_says_what_it_is_a_page_a_student_and_shows_a_name_as_text(con: Any) -> None:
    person(con, "p2", surname="<script>alert(1)</script>", forenames="Bobby\u202e", candidate_number="0007")
    result(con, "M")
    result(con, "D", person_id="p2")
    finding(con, "f1", person_id="p1", unit_code="05838/01", option_code="583801")
    found = cells(con, MORNING, only_released=True, season="2025-26")
    page, students = slips(Shown(found, "2025-26", "run", is_sample=False))
    tree: Any = html.fromstring(page)
    assert students == len(tree.xpath("//section")) == 2
    assert not tree.xpath("//script")
    assert "\u202e" not in page
    for section in tree.xpath("//section"):
        words = " ".join(section.text_content().split())
        assert "Provisional. These results are issued by the awarding body." in words
        assert "is not a certificate" in words
    assert re.search(r"break-before: page", page)
    checked = [section for section in tree.xpath("//section") if BEING_CHECKED in section.text_content()]
    assert len(checked) == 1
    assert [cell.text for cell in checked[0].xpath(".//td[@class='grade']")] == [BEING_CHECKED]


def test_quiet_students_of_the_sample_have_no_mark_of_doubt_and_their_grades_on_the_slip(tmp_path: Path) -> None:
    data = sample_run.folder().parent.parent
    quiet = {row["uci"] for row in sample_run.rows("quiet")}
    assert call("broadsheet", "--data", data, "--to", tmp_path / "b.xlsx").code == 0
    book = fastexcel.read_excel(tmp_path / "b.xlsx")
    seen = 0
    for name in book.sheet_names[:-1]:
        back = book.load_sheet(name, header_row=HEADER - 1, dtypes="string").to_polars()
        mine = back.filter(pl.col("UCI").is_in(quiet))
        marked = [cell for row in mine.rows() for cell in row[5:] if cell and "?" in cell]
        assert marked == []
        seen += mine.height
    assert seen > len(quiet) // 2


def test_the_commands_write_where_they_are_told_and_name_nobody_on_the_screen(tmp_path: Path) -> None:
    data = cli_helpers.published()
    for command, ending in (("broadsheet", "xlsx"), ("slips", "html")):
        path = tmp_path / "new" / f"out.{ending}"
        told = call(command, "--data", data, "--to", path, "--format", "json")
        assert told.code == 0, told.err
        assert json.loads(told.out)["file"] == str(path)
        assert json.loads(told.out)["students"] > 0
        assert path.stat().st_mode & 0o777 == 0o600
        assert not [one for one in cli_helpers.CANARIES if one in told.out + told.err]
        first = path.read_bytes()
        assert call(command, "--data", data, "--to", path).code == 0
        assert path.read_bytes() == first


def test_one_student_or_one_centre_can_be_asked_for_and_nobody_is_a_mistake(tmp_path: Path) -> None:
    data = cli_helpers.published()
    to = tmp_path / "s.html"
    one = call("slips", "--data", data, "--to", to, "--person", "0042", "--centre", "99999", "--format", "json")
    assert json.loads(one.out)["students"] == 1
    assert call("slips", "--data", data, "--to", to, "--person", "9876").code == ExitCode.USAGE
    assert call("broadsheet", "--data", data, "--centre", "12345").code == ExitCode.USAGE
    assert call("broadsheet", "--data", data, "--to", to).code == ExitCode.USAGE
    assert call("broadsheet", "--data", data, "--format", "csv").code == ExitCode.USAGE
    assert call("slips", "--data", tmp_path / "empty").code == ExitCode.NO_INPUT


def test_no_slip_and_no_sheet_for_staff_tells_what_is_under_embargo(tmp_path: Path) -> None:
    data, _, _ = test_embargo._made(test_embargo.BEFORE, "exams_office")
    with patch("pipelines.commands.published.now", return_value=test_embargo.CLOCK):
        assert call("slips", "--data", data, "--to", tmp_path / "s.html").code == 0
        assert call("broadsheet", "--data", data, "--to", tmp_path / "b.xlsx").code == 0
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "05838/01" in page
    assert not [option for option in test_embargo.RESTRICTED if option in page]
    back = fastexcel.read_excel(tmp_path / "b.xlsx").load_sheet(0, header_row=HEADER - 1, dtypes="string").to_polars()
    column = next(header for header in back.columns if header.startswith("ZQ7102"))
    assert all(cell.endswith("RESTRICTED") for cell in back[column].drop_nulls())
    staff, _, _ = test_embargo._made(test_embargo.BEFORE, "staff")
    assert call("broadsheet", "--data", staff, "--to", tmp_path / "b.xlsx").code == 0
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        told = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    assert not [option for option in test_embargo.RESTRICTED if option in told]


def test_a_run_made_for_a_later_moment_tells_a_student_nothing_sooner(tmp_path: Path) -> None:
    data, _, _ = test_embargo._made("2026-08-13T08:00", "exams_office")
    told = {}
    for hour in (6, 7):
        with patch("pipelines.commands.published.now", return_value=datetime(2026, 8, 13, hour, 0, tzinfo=UTC)):
            assert call("slips", "--data", data, "--to", tmp_path / "s.html").code == 0
        told[hour] = "ZQ7105" in (tmp_path / "s.html").read_text(encoding="utf-8")
    assert told == {6: False, 7: True}
