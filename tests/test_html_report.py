"""The HTML report, over small databases drawn by hand: what it says, what it hides, and that it is a sound page."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from pipelines import resources
from pipelines.database import text
from pipelines.formats import load_formats
from pipelines.html import words
from pipelines.html.report import Compared, ReportFacts, write_report
from pipelines.rules import load_rules
from tests.report_database import LATER, add, database, finding, person, rule_ran, small_centre

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AS_OF = datetime.fromisoformat("2026-08-12T09:00:00+01:00")
SUMS = {"lines": {"lines": 24, "framing": 4, "kept": 18, "rejected": 2}}


@cache
def _rules() -> Any:
    return load_rules(resources.sql() / "rules")


@cache
def _formats() -> Any:
    return load_formats(resources.formats())


FACTS = ReportFacts(False, "exams_office", "2025-26", AS_OF, "0123456789abcdef", SUMS, (), ())


@pytest.fixture
def con() -> Iterator[Any]:
    """Every published table, empty; the reference data in. What a test adds is rolled back."""
    cursor = database().cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.execute("BEGIN TRANSACTION")
    yield cursor
    cursor.execute("ROLLBACK")
    cursor.close()


def _made(con: Any, folder: Path, facts: ReportFacts = FACTS) -> str:
    path = folder / "report.html"
    size = write_report(con, path, facts)
    assert size == path.stat().st_size
    return path.read_text(encoding="utf-8")


def _page(written: str) -> Any:
    return html.document_fromstring(written)


def _said(node: Any) -> str:
    return " ".join(str(node.text_content()).split())


def _with_rules(facts: ReportFacts) -> ReportFacts:
    return replace(facts, rules=_rules(), formats=_formats())


def test_the_page_is_one_sound_document(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    page = _page(_made(con, tmp_path, _with_rules(FACTS)))
    assert page.get("lang") == "en-GB"
    assert [_said(one) for one in page.findall(".//h1")] == ["Results, centre 99999"]
    ids = [one.get("id") for one in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    links = {one.get("href") for one in page.xpath("//a")}
    assert "#s-p1" in links
    assert links <= {f"#{name}" for name in ids}


def test_every_table_has_a_caption_and_scoped_headers(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    tables = _page(_made(con, tmp_path, _with_rules(FACTS))).findall(".//table")
    assert len(tables) > 8
    for table in tables:
        assert _said(table.find("caption"))
        heads = table.findall(".//th")
        assert heads
        assert {head.get("scope") for head in heads} <= {"col", "row", "rowgroup"}
        box = table.getparent()
        assert box.get("tabindex") == "0"
        assert box.get("aria-labelledby") == table.find("caption").get("id")


def test_the_file_asks_nothing_of_the_network_and_runs_only_its_own_script(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    written = _made(con, tmp_path, _with_rules(FACTS))
    page = _page(written)
    assert not page.xpath("//@src | //link | //img | //iframe | //object | //form | //base")
    assert not re.search(r"url\(|@import", page.find(".//style").text)
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert not [name for one in page.iter() for name in getattr(one, "attrib", {}) if name.startswith("on")]
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    scripts = re.findall(r"<script>(.*?)</script>", written, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"


def test_hostile_values_come_out_as_plain_text(con: Any, tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>"
    person(con, "p1", "hold", surname=attack, forenames="=cmd|' /C calc'!A0", candidate_number='"><img src=x>')
    finding(con, "f1", person_id="p1", surname=attack, message="left \u202egnp\u2066 right\x00", evidence=attack)
    add(con, "files", file_id="f1", name="<b>\u202etxt.exe", status="refused", reason="\x1b[31m{{ 7*7 }}")
    add(con, "rejects", name="</table>", line=1, raw="<svg onload=x>", because="row", reason="&amp;")
    written = _made(con, tmp_path)
    assert written.count("<script") == 1
    assert not _page(written).xpath("//svg | //img | //*[@onload]")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", written)
    said = _said(_page(written))
    for expected in (attack, "=cmd|' /C calc'!A0", "left ‹U+202E›gnp‹U+2066› right‹U+0000›", "{{ 7*7 }}", "&amp;"):
        assert expected in said


def test_staff_get_nothing_that_is_not_released(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    secret = "H240 is an A* secretly"
    con.execute(f"UPDATE readiness SET code = 'marks_conflict', reason = {text(secret)} WHERE person_id = 'p2'")
    con.execute("DELETE FROM discrepancies WHERE fingerprint = 'f3'")
    office, staff = _made(con, tmp_path), _made(con, tmp_path, replace(FACTS, audience="staff"))
    for told in ("secretly", "H240", "A*", "R5SECRETROW", "marks conflict: 1 finding"):
        assert told in office
        assert told not in staff
    assert "RESTRICTED until Thu 13 Aug 08:00" in office
    assert "RESTRICTED" not in staff
    # what holds the student may not be told, so the student waits
    assert "2 on hold 1 waiting" in _said(_page(office))
    assert "1 on hold 2 waiting" in _said(_page(staff))
    released = replace(FACTS, audience="staff", as_of=datetime.fromisoformat(LATER))
    assert secret in _made(con, tmp_path, released)


def test_every_restricted_row_is_marked_for_the_exams_office(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    con.execute(
        "UPDATE readiness SET code = 'marks_conflict', reason = 'H240 is an A* secretly' WHERE person_id = 'p2'"
    )
    page = _page(_made(con, tmp_path))
    rows = [row for row in page.xpath("//tr | //li") if re.search(r"H240|SECRETROW", _said(row))]
    assert len(rows) == 5  # on hold, the student's finding and line, the code's row, the row set aside
    assert all("RESTRICTED until Thu 13 Aug 08:00" in _said(row) for row in rows)
    assert "RESTRICTED: " in _said(page.find(".//header"))


def test_same_inputs_give_same_bytes_whatever_the_minute_and_the_order_of_rows(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    facts = replace(_with_rules(FACTS), compared=Compared("fedcba9876543210", date(2026, 8, 3)))
    first = _made(con, tmp_path, facts)
    assert "09:00" not in first
    for table in (
        "discrepancies",
        "results_by_carrier",
        "candidates",
        "readiness",
        "rejects",
        "file_board",
        "rules_run",
    ):
        con.execute(f"CREATE TABLE turned AS SELECT * FROM {table} ORDER BY rowid DESC")
        con.execute(f"DELETE FROM {table}")
        con.execute(f"INSERT INTO {table} SELECT * FROM turned ORDER BY rowid")
        con.execute("DROP TABLE turned")
    assert _made(con, tmp_path, replace(facts, as_of=AS_OF + timedelta(minutes=17))) == first


def test_the_place_in_the_calendar_stands_for_the_clock(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    said = _said(_page(_made(con, tmp_path)).find(".//header"))
    assert "after the release of Wed 12 Aug 00:01, before that of Thu 13 Aug 08:00" in said


def test_counts_are_those_of_the_tables(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    page = _page(_made(con, tmp_path, _with_rules(FACTS)))
    first = _said(page.get_element_by_id("ready"))
    assert "1 ready 2 on hold 1 waiting" in first
    assert "Files 1 of 2 here · 6B26 due now" in first
    assert "Rows 20 read = 18 kept + 2 set aside" in first
    assert "Findings 3 errors, 1 warning, 1 to know" in first
    assert "Rules 4: 1 clean, 3 found something, 0 not evaluated" in first
    for code, found in con.execute("SELECT code, count(*) FROM discrepancies GROUP BY code").fetchall():
        shown = page.get_element_by_id(f"c-{code}").findall(".//tbody/tr")
        assert len(shown) == found
    assert len(page.xpath("//article[@class='student']")) == 4


def test_do_now_counts_open_roots_and_what_follows_stands_beneath(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    page = _page(_made(con, tmp_path, _with_rules(FACTS)))
    todo = page.get_element_by_id("do-now")
    assert [_said(one) for one in todo.xpath(".//th[@scope='rowgroup']")] == ["Ring the board", "Centre"]
    rows = [" ".join(map(_said, row)) for row in todo.xpath(".//tbody/tr[td]")]
    assert len(rows) == 3
    assert rows[0].startswith("● error 1 Two carriers give two grades for one result. 1 more follows. 1 student")
    assert not any("claimed" in row for row in rows)
    root = page.get_element_by_id("f-f1")
    assert "▲ warning follows from it: claimed grade differs: message of f2" in _said(root)
    assert "Follows from grades conflict." in _said(page.get_element_by_id("f-f2"))


def test_a_student_has_a_line_a_result_with_what_each_carrier_says(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    claim = {"centre_number": "99999", "person_id": "p1", "unit_code": "05838/09", "claim_season": "2025-26"}
    add(con, "claims", **claim)
    add(con, "results_by_carrier", carrier="achievement", kind="unit", grade="D", series="9I24", is_technical="true",
         **{name: claim[name] for name in ("centre_number", "person_id", "unit_code")})  # fmt: skip
    student = _page(_made(con, tmp_path)).get_element_by_id("s-p1")
    lines = [[_said(cell) for cell in row] for row in student.xpath(".//table//tbody/tr")]
    assert lines == [
        ["05838/01 Fundamentals of IT", "6E26", "", "P 46", "M", "they differ ● error grades conflict"],
        # the claim of this year is not answered by a result of the year before
        ["05838/09 Product development", "", "claim", "", "", "no result here"],
        ["05838/09 Product development", "9I24", "", "", "D", "one source"],
    ]
    heads = [_said(head) for head in student.xpath(".//table//thead//th")]
    assert heads == ["Award or unit", "Series", "Expected by", "EDI", "Report", "State"]
    assert "UCI 999990240042K" in _said(student)


def test_an_older_or_replaced_statement_is_not_held_against_a_carrier(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    con.execute(
        "INSERT INTO results_by_carrier BY NAME SELECT * REPLACE ('D' AS grade, DATE '2026-08-03' AS stated_on) "
        "FROM results_by_carrier WHERE carrier = 'achievement'"
    )
    con.execute(
        "INSERT INTO results_by_carrier BY NAME SELECT * REPLACE ('U' AS grade, 'f9' AS superseded_by) "
        "FROM results_by_carrier WHERE carrier = 'edi' AND person_id = 'p1'"
    )
    student = _page(_made(con, tmp_path)).get_element_by_id("s-p1")
    assert [_said(cell) for cell in student.xpath(".//tbody/tr")[0]][2:4] == ["P 46", "M"]


def test_every_carrier_that_says_anything_of_a_student_has_its_column(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    con.execute(
        "INSERT INTO results_by_carrier BY NAME SELECT * REPLACE ('marks' AS carrier, 'P' AS grade) "
        "FROM results_by_carrier WHERE carrier = 'achievement'"
    )
    con.execute(
        "INSERT INTO results_by_carrier BY NAME SELECT * REPLACE ('xml' AS carrier) "
        "FROM results_by_carrier WHERE carrier = 'achievement'"
    )
    page = _page(_made(con, tmp_path))
    student = page.get_element_by_id("s-p1")
    heads = [_said(head) for head in student.xpath(".//table//thead//th")]
    assert heads == ["Award or unit", "Series", "EDI", "XML", "Report", "Marks", "State"]
    said = [[_said(cell) for cell in row] for row in student.xpath(".//table//tbody/tr")]
    assert [row[2:6] for row in said] == [["P 46", "M", "M", "P"]]
    other = page.get_element_by_id("s-p2")
    assert "XML" not in [_said(head) for head in other.xpath(".//table//thead//th")]


def test_a_hundred_thousand_findings_are_counted_in_full_and_shown_in_part(con: Any, tmp_path: Path) -> None:
    con.execute(
        "INSERT INTO discrepancies BY NAME SELECT 'error' AS severity, 1 AS severity_rank, 'missing_uci' AS code, "
        "'99999·' || i AS key, 'x' || i AS fingerprint, 'centre' AS owner, 'open' AS state, 'new' AS change, "
        "'99999' AS centre_number, 'p' || (i % 1000) AS person_id, 'row ' || i AS message, "
        "'c.csv' AS file, 'c' AS file_id, i AS line, '99999,0042,' || i AS evidence FROM range(100000) AS t(i)"
    )
    con.execute(
        "INSERT INTO candidates BY NAME SELECT '99999' AS centre_number, 'p' || i AS person_id, "
        "'Name' || i AS surname FROM range(1000) AS t(i)"
    )
    con.execute(
        "INSERT INTO readiness BY NAME SELECT '99999' AS centre_number, 'p' || i AS person_id, "
        "'hold' AS readiness FROM range(1000) AS t(i)"
    )
    add(con, "files", file_id="c", name="c.csv", delimiter="comma", cells="centre_number,candidate_number,uci")
    finding(con, "follows", code="marks_conflict", root="x99999")  # beneath a row that is not shown
    rule_ran(con, "missing_uci", 100_000)
    page = _page(_made(con, tmp_path, _with_rules(FACTS)))
    code = page.get_element_by_id("c-missing_uci")
    assert len(code.findall(".//tbody/tr")) == 200
    assert "100,000 findings, 1,000 students" in _said(code)
    assert "The other 99,800 are in reports/by-rule/missing_uci.csv" in _said(code)
    assert len(page.xpath("//article[@class='student']")) == 400
    assert "400 of 1,000 students are here" in _said(page.get_element_by_id("students"))
    assert "On hold: 1,000 students, the first 400 here" in _said(page.get_element_by_id("on-hold"))
    assert len(code.xpath(".//details/code/mark")) == 200 * 2
    ids = {one.get("id") for one in page.xpath("//*[@id]")}
    assert {href[1:] for href in page.xpath("//a/@href")} <= ids


def test_the_first_screen_names_those_whose_results_can_be_given_to_them(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    first = _page(_made(con, tmp_path)).get_element_by_id("ready")
    assert _said(first.find(".//details")) == "Who is ready: 1 student Zeta, Given"
    con.execute("UPDATE readiness SET readiness = 'waiting'")
    assert _page(_made(con, tmp_path)).get_element_by_id("ready").find(".//details") is None


def test_students_on_hold_or_reported_come_before_those_who_are_ready(con: Any, tmp_path: Path) -> None:
    con.execute(
        "INSERT INTO candidates BY NAME SELECT '99999' AS centre_number, 'p' || i AS person_id, "
        "'A' || i AS surname FROM range(450) AS t(i)"
    )
    con.execute(
        "INSERT INTO readiness BY NAME SELECT '99999' AS centre_number, 'p' || i AS person_id, "
        "'ready' AS readiness FROM range(450) AS t(i)"
    )
    person(con, "held", "hold", surname="Zz")
    person(con, "told", surname="Zz")
    finding(con, "f1", person_id="told", severity="info")
    ids = {one.get("id") for one in _page(_made(con, tmp_path)).xpath("//article[@class='student']")}
    assert len(ids) == 400
    assert {"s-held", "s-told"} <= ids


def test_what_changed_is_counted_against_the_run_compared_with(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    con.execute("UPDATE discrepancies SET change = 'continuing' WHERE fingerprint IN ('f1', 'f2')")
    before = {"centre_number": "99999", "state": "resolved"}
    add(con, "finding_history", fingerprint="g1", last_run="fedcba9876543210", **before)
    add(con, "finding_history", fingerprint="g2", last_run="long before", **before)
    facts = replace(FACTS, compared=Compared("fedcba9876543210", date(2026, 8, 3)))
    said = _said(_page(_made(con, tmp_path, facts)).get_element_by_id("changed"))
    assert said.startswith(
        "Changed since Mon 3 Aug Results: ▲ 0 up · ▼ 0 down · + 0 new · − 0 withdrawn. Findings: 3 new · 0 changed"
    )


def test_an_empty_run_and_the_sample_say_so(con: Any, tmp_path: Path) -> None:
    page = _page(_made(con, tmp_path, replace(FACTS, is_sample=True)))
    assert "SAMPLE" in _said(page.find(".//header"))
    assert "Nothing was found." in _said(page)
    assert "SAMPLE" not in _said(_page(_made(con, tmp_path)))


def test_the_columns_at_fault_are_marked_and_no_table_is_left_behind(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    tables = "SELECT table_name FROM duckdb_tables() ORDER BY ALL"
    before = con.execute(tables).fetchall()
    page = _page(_made(con, tmp_path))
    marked = page.get_element_by_id("files").xpath(".//mark")
    assert [_said(one) for one in marked] == ["Z"]
    assert _said(marked[0].getparent()) == "R5999990042Z"
    assert con.execute(tables).fetchall() == before


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-08-10T07:00:00+00:00", "Mon 10 Aug 08:00"),
        ("2026-08-11T23:01:00+00:00", "Wed 12 Aug 00:01"),
        ("2026-01-15T08:00:00+00:00", "Thu 15 Jan 08:00"),
        ("2025-08-11T07:00:00+00:00", "Mon 11 Aug 2025 08:00"),
        ("9999-12-31T00:00:00+00:00", "a day not known yet"),
    ],
)
def test_a_moment_is_said_in_london_time_and_with_its_year_outside_the_season(moment: str, said: str) -> None:
    seconds = int(datetime.fromisoformat(moment).astimezone(UTC).timestamp())
    assert words.moment_words(2025)(seconds) == said


def _light(colour: str) -> float:
    code = colour.lstrip("#")
    code = "".join(one * 2 for one in code) if len(code) == 3 else code
    parts = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_ink_stands_out_from_its_ground_in_both_schemes() -> None:
    style = (resources.templates() / "report.css").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", one)) for one in re.findall(r":root\{([^}]*)\}", style)]
    assert len(schemes) == 3  # light, dark, paper
    for scheme in schemes:
        pairs = [(ink, ground) for ink in ("ink", "soft", "accent", "error", "warning", "info", "ready")
                 for ground in ("paper", "band")]  # fmt: skip
        for ink, ground in [*pairs, ("mark-ink", "mark")]:
            high, low = sorted((_light(scheme[ink]), _light(scheme[ground])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def _lines(page: Any, fingerprint: str) -> Any:
    (found,) = page.xpath(f"//tr[@id='f-{fingerprint}']//details")
    return found


def test_a_finding_shows_its_line_with_the_values_it_is_about_marked_and_named(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    line = _lines(_page(_made(con, tmp_path, _with_rules(FACTS))), "f1")
    assert _said(line.find("summary")) == "R9999972.X01:12"
    assert line.find("code").text_content() == "R59999900429999902400K583801583801M 46P "
    assert "characters 8–11: candidate number 0042; 12–24: UCI 9999902400K58" in _said(line.find("p"))
    assert line.find(".//mark").text == "0042"


def test_a_hostile_line_is_shown_as_text_and_a_long_one_is_cut_with_a_word(con: Any, tmp_path: Path) -> None:
    con.execute("DELETE FROM files")
    add(con, "files", file_id="h", name="h.csv", status="read", delimiter="comma", cells="surname,uci,candidate_number")
    bad = '<img src=x onerror=alert(1)>,\x1b[31m\u202e</code></table>,\x00"'
    finding(con, "h1", code="missing_uci", file="h.csv", file_id="h", evidence=bad)
    finding(con, "h2", code="missing_uci", file="h.csv", file_id="h", evidence="x," + "y" * 1_000_000)
    rule_ran(con, "missing_uci", 2)
    written = _made(con, tmp_path, _with_rules(FACTS))
    page = _page(written)
    assert not page.xpath("//img")
    assert not re.search("[\u202e\x00\x1b]", written)
    shown = _lines(page, "h1").find("code").text_content()
    assert shown == '<img src=x onerror=alert(1)>,‹U+001B›[31m‹U+202E›</code></table>,‹U+0000›"'
    long = _lines(page, "h2")
    assert "cut to fit; it is whole in tables/discrepancies.parquet" in _said(long)
    assert len(long.text_content()) < 1_000


def test_staff_get_no_line_of_a_finding_that_is_not_released(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    con.execute("UPDATE discrepancies SET evidence = 'R5LINEWITHAGRADE' WHERE fingerprint = 'f5'")
    office, staff = _made(con, tmp_path), _made(con, tmp_path, replace(FACTS, audience="staff"))
    assert "R5LINEWITHAGRADE" in office
    assert "R5LINEWITHAGRADE" not in staff
