"""The part of the report that says what changed: each result once, before and after, and which way it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from pipelines.html import queries
from pipelines.html.report import Compared, write_report
from tests.report_database import LATER, add, database, person
from tests.test_html_report import AS_OF, FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPARED = replace(FACTS, as_of=AS_OF, compared=Compared("fedcba9876543210", date(2026, 8, 3)))


@pytest.fixture
def con() -> Iterator[Any]:
    """Every published table, empty; what a test adds is rolled back."""
    cursor = database().cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.execute("BEGIN TRANSACTION")
    person(cursor, "p1", surname="Quillfeather")
    person(cursor, "p2", surname="Oddsworthy")
    yield cursor
    cursor.execute("ROLLBACK")
    cursor.close()


def _moved(
    con: Any, who: str, compared: str, before: str | None, after: str | None, direction: str, **more: str
) -> None:
    given: dict[str, object] = {
        "centre_number": "99999",
        "carrier": "edi",
        "series": "6E26",
        "kind": "unit",
        "unit_code": "05838/01",
        "option_code": "583801",
        "is_technical": "true",
        "comparison": "changed",
    }
    add(
        con,
        "changes",
        person_id=who,
        compared=compared,
        before=before,
        after=after,
        direction=direction,
        **given | more,
    )


def _told(con: Any, folder: Path, **changes: Any) -> tuple[str, list[list[str]]]:
    """The section in words, and the rows of its table."""
    write_report(con, folder / "report.html", replace(COMPARED, **changes))
    page: Any = html.document_fromstring((folder / "report.html").read_text(encoding="utf-8"))
    section = page.get_element_by_id("changed")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in section.xpath(".//tbody/tr")]
    return " ".join(section.text_content().split()), rows


def test_a_grade_and_its_mark_in_two_carriers_are_one_result_that_went_up(con: Any, tmp_path: Path) -> None:
    _moved(con, "p1", "grade", "P", "M", "up")
    _moved(con, "p1", "mark", "40.00", "45.50", "up")
    _moved(con, "p1", "grade", "P", "M", "up", carrier="achievement")
    said, rows = _told(con, tmp_path)
    assert "Changed since Mon 3 Aug Results: ▲ 1 up · ▼ 0 down · + 0 new · − 0 withdrawn." in said
    assert "1 result, student by student" in said
    (row,) = rows
    assert row[0] == "Quillfeather, Given"
    assert row[2:] == ["05838/01 Fundamentals of IT, 6E26", "P, mark 40", "M, mark 45.5", "▲ up"]


def test_what_came_has_no_before_and_what_was_withdrawn_no_after(con: Any, tmp_path: Path) -> None:
    _moved(con, "p1", "result", None, "D", "new")
    _moved(con, "p2", "result", "M", None, "withdrawn")
    said, rows = _told(con, tmp_path)
    assert "+ 1 new · − 1 withdrawn." in said
    assert [row[3:] for row in rows] == [["M", "–", "− withdrawn"], ["–", "D", "+ new"]]


def test_what_moved_off_the_scale_is_told_where_there_is_any_and_an_absence_in_words(con: Any, tmp_path: Path) -> None:
    _moved(con, "p1", "absence", "absent", "present", "other")
    said, rows = _told(con, tmp_path)
    assert "− 0 withdrawn · ~ 1 otherwise." in said
    assert rows[0][3:] == ["absent", "present", "~ otherwise"]


def test_two_units_two_series_and_two_students_are_results_of_their_own(con: Any, tmp_path: Path) -> None:
    _moved(con, "p1", "grade", "P", "M", "up")
    _moved(con, "p1", "grade", "M", "P", "down", unit_code="05838/02", option_code="583802")
    _moved(con, "p1", "grade", "M", "P", "down", series="1E26")
    _moved(con, "p2", "grade", "M", "P", "down")
    said, rows = _told(con, tmp_path)
    assert "▲ 1 up · ▼ 3 down" in said
    assert [row[-1] for row in rows] == ["▲ up", "▼ down", "▼ down", "▼ down"]
    assert [row[0] for row in rows[1:]] == ["Oddsworthy, Given", "Quillfeather, Given", "Quillfeather, Given"]


def test_a_result_that_one_carrier_moved_and_another_has_now_is_not_new(con: Any, tmp_path: Path) -> None:
    _moved(con, "p1", "result", None, "M", "new", carrier="marks")
    _moved(con, "p1", "grade", "P", "M", "up", carrier="achievement")
    _, rows = _told(con, tmp_path)
    assert [row[3:] for row in rows] == [["P", "M", "▲ up"]]


def test_staff_are_told_nothing_that_is_under_embargo_and_the_exams_office_sees_it_marked(
    con: Any, tmp_path: Path
) -> None:
    general = {"unit_code": "", "option_code": "H240", "is_technical": "false", "series": "6B26"}
    _moved(con, "p1", "grade", "B", "A", "up", **general, embargo_until=LATER)
    con.execute("UPDATE changes SET unit_code = NULL")
    said, rows = _told(con, tmp_path, audience="staff")
    assert "▲ 0 up" in said
    assert rows == []
    assert "H240" not in said
    _, rows = _told(con, tmp_path)
    assert "RESTRICTED until " in rows[0][4]


def test_of_many_the_first_are_shown_and_all_are_counted(
    con: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_ROWS", 2)
    for unit in ("05838/01", "05838/02", "05838/03"):
        _moved(con, "p1", "grade", "P", "M", "up", unit_code=unit, option_code=unit.replace("/", ""))
    said, rows = _told(con, tmp_path)
    assert "▲ 3 up" in said
    assert "the first 2 here; the rest: resultsday diff" in said
    assert len(rows) == 2


def test_nothing_moved_and_no_run_before_have_no_table(con: Any, tmp_path: Path) -> None:
    assert _told(con, tmp_path)[1] == []
    _moved(con, "p1", "grade", "P", "M", "up")
    said, rows = _told(con, tmp_path, compared=None)
    assert "There is no earlier run to compare with" in said
    assert rows == []
