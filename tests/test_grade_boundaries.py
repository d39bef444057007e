"""The published boundaries as they were typed: which row stands, how series and grades are read, and the setting."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests import narrow
from tests.cli_helpers import call
from tests.test_joins import Row, made

FILES = [
    {"file_id": "old", "is_used": "true", "stated_on": "2026-08-10"},
    {"file_id": "new", "is_used": "true", "stated_on": "2026-08-13"},
    {"file_id": "one", "is_used": "true", "stated_on": ""},
    {"file_id": "refused", "is_used": "false", "stated_on": ""},
]
UNIT = {
    "code_as_sent": "05838/01",
    "kind": "unit",
    "unit_code": "05838/01",
    "option_code": "583801",
    "is_technical": "true",
}
SERIES = [
    {"series_as_sent": "6E26", "code": "6E26", "month": "6", "year": "2026"},
    {"series_as_sent": "June 2026", "code": "", "month": "6", "year": "2026"},
    {"series_as_sent": "Jan-26", "code": "", "month": "1", "year": "2026"},
    {"series_as_sent": "soon", "code": "", "month": "", "year": ""},
]


def typed(mark: str, file_id: str = "one", line: str = "2", **more: str) -> Row:
    """One row of a table of boundaries."""
    usual = {"series_as_sent": "6E26", "unit_code": "05838/01", "maximum_mark": "80", "grade": "M", "line": line}
    return {**usual, "minimum_mark": mark, "file_id": file_id, **more}


def boundaries(columns: str, *rows: Row, **more: list[Row]) -> list[tuple[object, ...]]:
    tables = {"file_facts": FILES, "series_spellings": SERIES, "code_spellings": [UNIT], **more}
    return made("grade_boundaries", columns, incoming_boundaries=list(rows), **tables)


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        ([typed("44")], ["stands"]),
        ([typed("44"), typed("44", line="3")], ["stands", "repeated"]),
        ([typed("44"), typed("45", line="3")], ["contradicted", "contradicted"]),
        ([typed("45", "old"), typed("44", "new")], ["superseded", "stands"]),
        ([typed("45", "one"), typed("44", "new")], ["superseded", "stands"]),
        ([typed("45", "old"), typed("46", "old", "3"), typed("44", "new")], ["superseded", "superseded", "stands"]),
        ([typed("44", "refused")], []),
    ],
)
def test_of_two_rows_about_one_boundary_the_later_file_stands_and_of_one_day_neither(
    rows: list[Row], states: list[str]
) -> None:
    assert sorted(str(row[0]) for row in boundaries("state", *rows)) == sorted(states)


def test_no_row_of_a_used_file_is_lost() -> None:
    rows = [
        typed("44", "old"),
        typed("44", "new"),
        typed("45", "new", "3"),
        typed("9", unit_code="ODD"),
        typed("50", series_as_sent="soon"),
    ]
    assert len(boundaries("line", *rows)) == len(rows)


@pytest.mark.parametrize(
    ("spelled", "series"), [("6E26", "6E26"), ("June 2026", "6E26"), ("Jan-26", "1E26"), ("soon", None)]
)
def test_a_series_in_words_is_the_examined_series_of_that_month(spelled: str, series: str | None) -> None:
    assert boundaries("series, option_code", typed("44", series_as_sent=spelled)) == [(series, "583801")]


def test_a_month_says_no_series_of_a_unit_that_nobody_knows() -> None:
    row = typed("44", unit_code="F451", series_as_sent="June 2026")
    assert boundaries("series, unit_code", row) == [(None, "F451")]


def test_a_grade_in_words_is_decoded_by_the_scale_of_the_unit() -> None:
    scale = {"board": "72", "series": "6E26", "option_code": "583801", "kind": "unit", "gradeset": "unit_level3_2016"}
    decoded = {"gradeset": "unit_level3_2016", "code": "MERIT", "grade": "M"}
    row = typed("44", grade="Merit")
    assert boundaries("grade_as_sent, grade", row, gradesets=[scale], grade_decodings=[decoded]) == [("Merit", "M")]
    assert boundaries("grade", row) == [("Merit",)]


MARKS = (
    "Series,Centre Number,Qualification Code,Unit Code,OCR Candidate Number,Surname,Forename(s),"
    "Raw Mark,Final Mark,Maximum Mark,Grade\n"
    "6E26,99999,05839,05838/01,40000001,Quillfeather,Ada,40,40,80,Pass\n"
    "6E26,99999,05839,05838/01,40000002,Nightingrove,Ben,43,43,80,Pass\n"
    "6E26,99999,05839,05838/01,40000003,Oddsworthy,Cam,44,44,80,Pass\n"
)
BOUNDARIES = (
    "Series,Unit Code,Maximum Mark,Grade,Minimum Mark\nJune 2026,05838-01,80,Pass,32\nJune 2026,05838-01,80,Merit,44\n"
)


@pytest.mark.parametrize(
    ("setting", "near"), [("", 1), ("near_boundary_marks = 4\n", 2), ("near_boundary_marks = 0\n", 0)]
)
def test_the_setting_says_how_many_marks_are_near(tmp_path: Path, setting: str, near: int) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    data.mkdir()
    (inbox / "marks.csv").write_text(MARKS, encoding="utf-8")
    (inbox / "boundaries.csv").write_text(BOUNDARIES, encoding="utf-8")
    (data / "resultsday.toml").write_text(setting, encoding="utf-8")
    with narrow.only("grade_boundary_differs", "near_boundary"):
        said = call("run", "--inbox", inbox, "--data", data, "--as-of", "2026-08-10T08:30", "--centre", "99999")
    assert said.code == 0, said.err
    found = pl.read_parquet(data / "current" / "tables" / "discrepancies.parquet")
    assert found.filter(pl.col("code") == "near_boundary").height == near
    assert found.filter(pl.col("code") == "grade_boundary_differs")["found"].to_list() == ["mark 44, grade P"]
