"""The pictures of the report, over small databases drawn by hand: each answers its question with true numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from pipelines.html import pictures
from pipelines.html.report import ReportFacts, Week, weeks_of, write_report
from tests.report_database import LATER, add, database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AS_OF = datetime.fromisoformat("2026-08-12T09:00:00+01:00")
SUMS = {"lines": {"lines": 24, "framing": 4, "kept": 18, "rejected": 2}}
FACTS = ReportFacts(False, "exams_office", "2025-26", AS_OF, "0123456789abcdef", SUMS, (), ())
WEEKS = (Week(date(2026, 7, 27), 9, 4, 1, 6, 40), Week(date(2026, 8, 3), 5, 2, 1, 4, 41))


@pytest.fixture
def con() -> Iterator[Any]:
    """Every published table, empty; the reference data in. What a test adds is rolled back."""
    cursor = database().cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.execute("BEGIN TRANSACTION")
    yield cursor
    cursor.execute("ROLLBACK")
    cursor.close()


def _section(con: Any, folder: Path, facts: ReportFacts = FACTS) -> Any:
    write_report(con, folder / "report.html", facts)
    page: Any = html.document_fromstring((folder / "report.html").read_text(encoding="utf-8"))
    return page.get_element_by_id("pictures")


def _said(node: Any) -> str:
    return " ".join(str(node.text_content()).split())


def _table(section: Any, name: str) -> list[list[str]]:
    (table,) = section.xpath(f".//table[caption/@id='t-pic-{name}']")
    return [[_said(cell) for cell in row] for row in table.findall(".//tbody/tr")]


def _file(con: Any, state: str, due: str | None = "2026-08-10T08:00+01:00", **values: object) -> None:
    given: dict[str, object] = {
        "season": "2025-26",
        "centre_number": "99999",
        "carrier": "edi",
        "board": "72",
        "series": "6E26",
    }
    given |= {"what": "EDI results", "is_expected": "true", "is_whole": None if state != "arrived" else "true"}
    add(con, "file_board", state=state, due=due, **{**given, **values})


def _result(con: Any, who: str, grade: str | None, series: str = "6E26", **values: object) -> None:
    given = {"centre_number": "99999", "unit_code": "05838/01", "is_technical": "true", "is_absent": "false"}
    add(con, "unit_results", person_id=who, grade=grade, series=series, **{**given, **values})


def _where(con: Any, who: str, *has: bool | None, **values: object) -> None:
    names = ("in_edi", "in_xml", "in_achievement", "in_marks")
    flags = {name: None if one is None else str(one).lower() for name, one in zip(names, has, strict=True)}
    given = {"centre_number": "99999", "kind": "unit", "code": "05838/01", "series": "6E26", "state": "agreed"}
    add(con, "reconciliation", person_id=who, **{**given, **flags, **values})


def _drawn(con: Any) -> None:
    _file(con, "arrived")
    _file(con, "missing", centre_number="99998")
    _file(con, "awaited", "2026-08-20T08:00+01:00", series="6A26", what="GCSE results")
    for who, grade, series in (("p1", "M", "6E26"), ("p2", "D", "6E26"), ("p3", "P", "6E25")):
        _result(con, who, grade, series)
    _where(con, "p1", True, None, True, True)
    _where(con, "p2", True, None, False, None, state="not_in_report")


def test_every_picture_has_a_question_above_and_its_numbers_in_a_table_beneath(con: Any, tmp_path: Path) -> None:
    _drawn(con)
    section = _section(con, tmp_path, replace(FACTS, weeks=WEEKS))
    headings = [_said(one) for one in section.findall("h3")]
    assert len(headings) == 4
    assert all(one.endswith("?") for one in headings)
    drawn = section.xpath(".//svg[@role='img']")
    assert len(drawn) == 4
    for svg in drawn:
        told = svg.get("aria-labelledby").split()
        assert told == [svg.find("title").get("id"), svg.find("desc").get("id")]
        assert all(_said(svg.find(name)) for name in ("title", "desc"))
        beneath = svg.getparent().xpath("following-sibling::*[1]/descendant-or-self::table")
        assert beneath
        assert beneath[0].findall(".//tbody/tr")


def test_a_missing_file_counts_against_those_expected_and_stands_on_the_day_it_is_due(con: Any, tmp_path: Path) -> None:
    _drawn(con)
    _file(con, "unexpected", is_expected="false", what="not asked for")
    _file(con, "missing", season="2024-25", what="of another season")
    section = _section(con, tmp_path)
    assert _table(section, "arrivals") == [
        ["EDI results", "6E26", "Mon 10 Aug 08:00", "2", "1", "0", "1", "0"],
        ["GCSE results", "6A26", "Thu 20 Aug 08:00", "1", "0", "0", "0", "1"],
    ]
    marks = section.xpath(".//svg[title/@id='pic-arrivals-t']/*[starts-with(@class, 'p-')]/@class")
    assert [one for one in marks if one not in ("p-grid", "p-past")] == ["p-missing", "p-awaited"]


def test_a_file_without_a_day_is_in_the_table_and_not_on_the_line(con: Any, tmp_path: Path) -> None:
    _file(con, "awaited", None)
    section = _section(con, tmp_path)
    assert _table(section, "arrivals")[0][2] == "the calendar does not say"
    assert not section.xpath(".//svg[title/@id='pic-arrivals-t']/circle")


def test_due_days_keep_their_order_and_their_distances() -> None:
    day = 86_400
    rows: Any = [
        {"due": due * day, "missing": 0, "cut": 0, "awaited": 0, "lines": 3} for due in (20_000, 20_010, 20_030)
    ]
    drawn = pictures.arrivals(rows, 20_010 * day)
    assert drawn is not None
    places = [float(one.at) for one in drawn["rows"]]
    assert places[2] - places[1] == pytest.approx(2 * (places[1] - places[0]), abs=0.2)
    assert float(drawn["past"]) == places[1]
    assert all(350 <= place <= 730 for place in places)


def test_grades_are_set_beside_the_last_series_of_the_same_sort(con: Any, tmp_path: Path) -> None:
    for who, grade, series in (
        ("p1", "M", "6E26"), ("p2", "D", "6E26"), ("p3", "M", "6E26"), ("p4", None, "6E26"),
        ("p5", "P", "6E25"), ("p6", "U", "6E24"), ("p7", "D", "1E26"),
    ):  # fmt: skip
        _result(con, who, grade, series)
    _result(con, "p8", None, is_absent="true")
    rows = _table(_section(con, tmp_path), "grades")
    assert [row[1:] for row in rows] == [
        ["6E26", "5", "D 1, M 2, absent 1, none 1", "6E25", "1", "P 1"],
        ["1E26", "1", "D 1", "none here", "", ""],
    ]


def test_a_unit_taken_again_in_an_annual_series_counts_once_as_it_stands_in_the_end(con: Any, tmp_path: Path) -> None:
    _result(con, "p1", "P", "9I25", window_from="2026-01-01")
    _result(con, "p1", "M", "9I25", window_from="2026-07-01")
    _result(con, "p1", "D", "9I24", window_from="2025-07-01")
    assert [row[1:] for row in _table(_section(con, tmp_path), "grades")] == [["9I25", "1", "M 1", "9I24", "1", "D 1"]]


def test_the_parts_of_a_bar_fill_it_in_the_order_of_the_grades() -> None:
    grades = [
        {"rank": rank, "grade": grade, "results": results}
        for rank, grade, results in ((1, "D", 3), (2, "M", 5), (5, "U", 1))
    ]
    row = {"grades": grades, "last_grades": None, "lines": 1, "total": 9}
    drawn = pictures.grades([row], left=100, width=450)
    assert drawn is not None
    parts = drawn["rows"][0]["now"]
    assert [(float(one.at), float(one.length), one.said) for one in parts] == [
        (100, 150, "D"),
        (250, 250, "M"),
        (500, 50, "U"),
    ]
    assert drawn["rows"][0]["before"] == []


def test_of_forty_units_the_thirty_with_most_results_are_drawn_and_the_rest_counted(con: Any, tmp_path: Path) -> None:
    con.execute(
        "INSERT INTO unit_results BY NAME SELECT '99999' AS centre_number, 'p' || j AS person_id, '6E26' AS series, "
        "'U' || lpad(CAST(i AS VARCHAR), 2, '0') AS unit_code, 'M' AS grade, true AS is_technical, false AS is_absent "
        "FROM range(40) AS t(i), range(40) AS s(j) WHERE j <= i"
    )
    section = _section(con, tmp_path)
    rows = _table(section, "grades")
    assert [int(row[2]) for row in rows] == list(range(40, 10, -1))
    assert "Drawn are the 30 with most results; 10 more are not." in _said(section)
    assert "820 results of 40 units and series, the 30 with most results here" in _said(section)


def test_what_is_where_counts_each_result_once_and_leaves_out_what_nobody_owes(con: Any, tmp_path: Path) -> None:
    _where(con, "p1", True, None, True, True)
    _where(con, "p2", True, None, True, True, state="differs")
    _where(con, "p3", False, None, True, None, state="not_in_edi")
    _where(con, "p4", None, None, None, None, state="pending", series=None)
    _where(con, "p5", None, None, None, None, state="not_expected")
    _where(con, "p6", True, None, None, None, series="6E25")
    _where(con, "p7", True, None, None, None, state="not_expected", code="05838/02")
    section = _section(con, tmp_path)
    should, silent = "no, and it should", "no file speaks"
    assert _table(section, "carriers") == [
        ["yes", silent, "yes", "yes", "2", "5", "1", "0"],
        ["yes", silent, silent, silent, "1", "5", "0", "0"],
        [should, silent, "yes", silent, "1", "5", "0", "0"],
        [silent, silent, silent, silent, "1", "5", "0", "1"],
    ]
    assert "5 results and awards of 2025-26" in _said(section)


def test_one_run_alone_has_nothing_to_compare_and_draws_no_weeks(con: Any, tmp_path: Path) -> None:
    section = _section(con, tmp_path)
    assert "there is nothing yet to compare it with" in _said(section)
    assert not section.xpath(".//svg")


def test_weeks_show_every_earlier_week_and_this_run_with_the_students_they_are_of(con: Any, tmp_path: Path) -> None:
    values = {"code": "grades_conflict", "centre_number": "99999", "severity_rank": 1, "state": "open"}
    add(con, "discrepancies", fingerprint="f1", severity="error", **values)
    add(con, "discrepancies", fingerprint="f2", severity="error", root="f1", **values)
    add(con, "discrepancies", fingerprint="f3", severity="warning", **{**values, "state": "waived"})
    add(con, "readiness", centre_number="99999", person_id="p1", readiness="hold")
    add(con, "readiness", centre_number="99999", person_id="p2", readiness="ready")
    assert _table(_section(con, tmp_path, replace(FACTS, weeks=WEEKS)), "weeks") == [
        ["Mon 27 Jul", "9", "4", "1", "6", "40"],
        ["Mon 3 Aug", "5", "2", "1", "4", "41"],
        ["this run", "1", "0", "0", "1", "2"],
    ]


def _manifest(as_of: str, errors: int, season: str = "2025-26") -> dict[str, Any]:
    severities = {"error": {"found": 99, "roots": errors}}
    readiness = {"ready": 3, "hold": 2, "waiting": 1}
    return {"as_of": as_of, "season": season, "findings": {"by_severity": severities}, "readiness": readiness}


def test_a_week_is_its_last_run_and_another_season_is_another_story() -> None:
    told = [
        _manifest("2026-08-03T08:00:00+01:00", 9),
        _manifest("2026-08-09T22:30:00+00:00", 7),
        _manifest("2026-08-09T23:30:00+00:00", 6),  # Monday in London
        _manifest("2026-08-04T08:00:00+01:00", 8, "2024-25"),
    ]
    assert weeks_of(told, "2025-26") == (
        Week(date(2026, 8, 9), 7, 0, 0, 2, 6),
        Week(date(2026, 8, 10), 6, 0, 0, 2, 6),
    )


def test_staff_get_pictures_without_what_is_not_released_and_the_exams_office_sees_it_marked(
    con: Any, tmp_path: Path
) -> None:
    _result(con, "p1", "M", embargo_until=LATER)
    _where(con, "p1", True, None, None, None, embargo_until=LATER)
    office, staff = _section(con, tmp_path), _section(con, tmp_path, replace(FACTS, audience="staff"))
    assert len(office.xpath(".//svg[@role='img']")) == 2
    for name in ("grades", "carriers"):
        assert "RESTRICTED until Thu 13 Aug 08:00" in " ".join(_table(office, name)[0])
    assert [_said(one) for one in office.xpath(".//text") if "RESTRICTED" in _said(one)] == [
        "1 result, RESTRICTED",
        "1, RESTRICTED",
    ]
    assert not staff.xpath(".//svg")
    assert "RESTRICTED" not in _said(staff)
