"""The summary for governors: nobody can be found in it, nor worked out from it, nor what is under embargo."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipelines import resources
from pipelines.database import identifier, text
from pipelines.html.disclosure import LEAST, Told, told, told_of_grades
from pipelines.html.report import Compared, ReportFacts
from pipelines.html.summary import write_summary
from pipelines.rules import load_rules
from tests import sample_run
from tests.report_database import LATER, add, database, finding, person, rule_ran, small_centre

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

AS_OF = datetime.fromisoformat("2026-08-12T09:00:00+01:00")
SUMS = {"lines": {"lines": 24, "framing": 4, "kept": 18, "rejected": 2}}
FACTS = ReportFacts(False, "exams_office", "2025-26", AS_OF, "0123456789abcdef", SUMS, (), ())
BEFORE = Compared("fedcba9876543210", date(2026, 8, 3))
Counts = tuple[int, ...]


@pytest.fixture
def con() -> Iterator[Any]:
    """Every published table, empty; the reference data in. What a test adds is rolled back."""
    cursor = database().cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.execute("BEGIN TRANSACTION")
    yield cursor
    cursor.execute("ROLLBACK")
    cursor.close()


def _page(con: Any, folder: Path, facts: ReportFacts = FACTS) -> Any:
    path = folder / "summary.html"
    assert write_summary(con, path, facts) == path.stat().st_size
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def _said(node: Any) -> str:
    return " ".join(str(node.text_content()).split())


def _table(page: Any, name: str) -> list[list[str]]:
    return [[_said(cell) for cell in row] for row in page.xpath(f"//table[caption/@id='t-{name}']/tbody/tr")]


def _as_told(counts: Counts) -> Told[int]:
    return told(dict(enumerate(counts)))


def _seen(found: Told[int]) -> Hashable:
    return tuple(found.counts.items()), found.total, found.left_out


def _seen_of_grades(counts: Counts) -> Hashable:
    """What the page shows of a qualification's grades: those that are told, or not even that it was awarded."""
    found = told_of_grades(dict(enumerate(counts)))
    if found.total is None:
        return None
    return tuple((grade, count) for grade, count in found.counts.items() if count), found.total, found.left_out


@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_whoever_knows_the_rule_and_all_that_is_told_cannot_tell_a_count_that_is_not(cells: int) -> None:
    """Every table there is, grouped by what is told of it: a count left out could always be another one."""
    tables: dict[Hashable, list[Counts]] = defaultdict(list)
    for counts in product(range(9), repeat=cells):
        tables[_seen(_as_told(counts))].append(counts)
    checked = 0
    for alike in tables.values():
        # a table with no larger count in it has all its likes among these
        for key, count in _as_told(alike[0]).counts.items():
            if count is None:
                checked += 1
                assert len({counts[key] for counts in alike}) > 1, alike
    assert checked


@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_a_grade_that_is_not_told_could_have_been_given_to_another_number_of_students(cells: int) -> None:
    tables: dict[Hashable, list[Counts]] = defaultdict(list)
    for counts in product(range(8), repeat=cells):
        tables[_seen_of_grades(counts)].append(counts)
    for alike in tables.values():
        if cells == 1 and alike[0][0] >= LEAST:
            continue  # one grade alone on its scale is no secret
        found = told_of_grades(dict(enumerate(alike[0])))
        for key, count in found.counts.items():
            if count is None:
                assert len({counts[key] for counts in alike}) > 1, alike


@given(st.lists(st.one_of(st.integers(0, 9), st.integers(0, 400)), min_size=1, max_size=12))
def test_in_a_large_table_too_any_count_left_out_could_be_another(drawn: list[int]) -> None:
    counts = tuple(drawn)
    found = _as_told(counts)
    hidden = [key for key, count in found.counts.items() if count is None]
    for key in hidden:
        others = [other for other in hidden if counts[other] != counts[key]]
        if others:
            alternative = list(counts)
            alternative[key], alternative[others[0]] = counts[others[0]], counts[key]
        else:
            alternative = [
                1 + count % (LEAST - 1) if number in hidden else count for number, count in enumerate(counts)
            ]
        assert alternative[key] != counts[key]
        assert _seen(_as_told(tuple(alternative))) == _seen(found)


@given(st.lists(st.one_of(st.integers(0, 9), st.integers(0, 400)), min_size=1, max_size=12))
def test_nothing_that_is_told_is_a_number_from_1_to_4_and_the_numbers_told_add_up(drawn: list[int]) -> None:
    for found in (told(dict(enumerate(drawn))), told_of_grades(dict(enumerate(drawn)))):
        shown = [count for count in found.counts.values() if count is not None]
        for count in (*shown, found.total, found.left_out):
            assert count is None or not 0 < count < LEAST
        if found.total is not None and found.left_out is not None:
            assert sum(shown) + found.left_out == found.total == sum(drawn)
    counts = dict(enumerate(drawn))
    if all(count == 0 or count >= LEAST for count in drawn):
        assert told(counts) == Told(counts, sum(drawn), 0), "where nothing is small all is told"


def test_a_grade_that_everybody_has_is_not_told() -> None:
    assert told_of_grades({"P": 9}) == Told({"P": None}, 9, 9)
    assert told_of_grades({"P": 9, "M": 6}).counts == {"P": 9, "M": 6}


def _crowd(con: Any, *groups: tuple[str, int]) -> None:
    for readiness, count in groups:
        for number in range(count):
            person(con, f"{readiness}{number}", readiness)


def test_the_numbers_are_those_of_the_tables_and_a_dash_where_they_are_small(con: Any, tmp_path: Path) -> None:
    _crowd(con, ("ready", 30), ("hold", 7), ("waiting", 2))
    facts = replace(FACTS, rules=tuple(load_rules(resources.sql() / "rules")))
    for number in range(9):
        finding(con, f"a{number}", code="missing_uci", owner="centre", severity="error")
    for number in range(6):
        finding(con, f"b{number}", code="grades_conflict")
    finding(con, "c1", code="marks_conflict")
    finding(con, "c2", code="marks_conflict", root="a1")
    finding(con, "c3", code="marks_conflict", state="waived")
    finding(con, "d1", code="file_missing", owner="centre")
    page = _page(con, tmp_path, facts)
    dash = "–not told"
    assert _table(page, "ready") == [
        ["ready", "30"], ["on hold", dash], ["waiting", dash], ["Those not told, together", "9"], ["All", "39"],
    ]  # fmt: skip
    assert [(row[0], row[-1]) for row in _table(page, "findings")] == [
        ("Ring the board", dash), ("Ring the board", dash), ("Centre", "9"),
        ("Those not told, together", "7"), ("All", "16"),
    ]  # fmt: skip
    assert [row[-1] for row in _table(page, "of-files")] == ["1"]
    assert "SAMPLE" not in _said(page)


def _awarded(con: Any, code: str | None, grades: str, **values: object) -> None:
    given: dict[str, object] = {"centre_number": "99999", "is_technical": "true", "series": "9I25"}
    for number, grade in enumerate(grades):
        cells = {**given, "qualification_code": code, "person_id": f"p{number}", "grade": grade, **values}
        add(con, "qualification_results", **cells)


def test_awards_are_told_by_grade_only_where_five_have_it(con: Any, tmp_path: Path) -> None:
    _awarded(con, "05838", "PPPPPPMMD")
    _awarded(con, "05835", "MMMM")
    _awarded(con, "05839", "DDDDDDD")
    _awarded(con, "05839", "PPPPPPP", series="9I24")
    page = _page(con, tmp_path)
    assert [[row[0][:5], *row[1:]] for row in _table(page, "awards")] == [
        # three alone would be told by the difference
        ["05838", "none", "9", "9"],
        ["05839", "none", "7", "7"],
    ]
    assert "1 qualification more has awards too few to tell." in _said(page)


def test_an_award_that_was_raised_within_the_season_counts_once(con: Any, tmp_path: Path) -> None:
    _awarded(con, "05838", "PPPPPPMMMMM", window_from="2026-01-01")
    _awarded(con, "05838", "M", window_from="2026-07-01")
    assert _table(_page(con, tmp_path), "awards")[0][1:] == ["M 6, P 5", "0", "11"]


def test_what_is_under_embargo_is_counted_nowhere_before_its_release_even_for_the_exams_office(
    con: Any, tmp_path: Path
) -> None:
    held: dict[str, object] = {"embargo_until": LATER}
    level = {"option_code": "H240", "is_technical": "false", "series": "6B26"}
    _awarded(con, None, "AAAAAABBBBBB", **level, **held)
    for number in range(8):
        finding(con, f"f{number}", code="marks_conflict", **held)
        who = {"centre_number": "99999", "person_id": f"p{number}", "series": "6B26", "option_code": "H240"}
        add(con, "changes", direction="up", compared="grade", carrier="edi", **who, **held)
    facts = replace(FACTS, compared=BEFORE)
    add(con, "finding_history", centre_number="99999", fingerprint="g", state="resolved", last_run=BEFORE.identity)
    before = _page(con, tmp_path, facts)
    assert not _table(before, "awards")
    assert not _table(before, "findings")
    assert {row[1] for row in _table(before, "changed")} == {"0"}
    assert "H240" not in _said(before)
    after = _page(con, tmp_path, replace(facts, as_of=datetime.fromisoformat(LATER)))
    assert _table(after, "awards")[0][1:] == ["A 6, B 6", "0", "12"]
    assert _table(after, "findings")[0][-1] == "8"
    assert _table(after, "changed")[0] == ["went up", "8"]


def test_what_came_and_went_is_told_together_or_not_at_all(con: Any, tmp_path: Path) -> None:
    for number in range(6):
        finding(con, f"f{number}")
    for number in range(3):
        add(con, "finding_history", fingerprint=f"g{number}", state="resolved", last_run=BEFORE.identity)
    late = replace(FACTS, compared=BEFORE, as_of=datetime.fromisoformat("2026-10-01T09:00:00+01:00"))
    assert "how many came and went is too few to tell" in _said(_page(con, tmp_path, late))
    for number in range(3, 7):
        add(con, "finding_history", fingerprint=f"g{number}", state="resolved", last_run=BEFORE.identity)
    assert "Findings: 6 came, 7 went." in _said(_page(con, tmp_path, late))
    # of what is gone nobody knows whether it was about a result that may not be told yet
    assert "how many went is not told" in _said(_page(con, tmp_path, replace(FACTS, compared=BEFORE)))


def _text_columns(con: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'VARCHAR' AND NOT internal ORDER BY ALL"
    ).fetchall():
        found[table].append(column)
    return found


#: cells that say what sort of a row it is, or which centre, series or qualification it is of: nobody's own
_NOBODYS = {
    *("centre_number", "series", "season", "state", "severity", "owner", "code", "change", "readiness", "direction"),
    *("carrier", "compared", "comparison", "kind", "status", "grade", "qualification_code", "board", "root", "what"),
}
_OF_A_RUN = (
    *("discrepancies", "candidates", "candidate_identities", "readiness", "results_by_carrier", "entries", "rejects"),
    *(
        "files",
        "file_board",
        "qualification_results",
        "changes",
        "finding_history",
        "waivers",
        "manual_changes",
        "rules_run",
    ),
)


def test_no_cell_that_could_be_of_a_student_reaches_the_page(con: Any, tmp_path: Path) -> None:
    """Six students, so that every table is told; then every cell that could be one's own is marked."""
    small_centre(con)
    for number in range(6):
        person(con, f"q{number}", "hold")
        finding(con, f"q{number}", person_id=f"q{number}")
        add(
            con,
            "changes",
            centre_number="99999",
            person_id=f"q{number}",
            series="6E26",
            direction="up",
            compared="grade",
        )
    _awarded(con, "05838", "PPPPPPMMMMM")
    rule_ran(con, "grades_conflict", 6)
    columns = _text_columns(con)
    for table in _OF_A_RUN:
        marked = [column for column in columns[table] if column not in _NOBODYS]
        assert marked, table
        cells = ", ".join(f"{identifier(column)} = {text(f'ZQ{column}')} || rowid" for column in marked)
        con.execute(f"UPDATE {identifier(table)} SET {cells}")
    written = html.tostring(_page(con, tmp_path, replace(FACTS, compared=BEFORE)), encoding="unicode")
    assert "M 5, P 6" in written
    assert "ZQ" not in written


def test_no_name_number_or_birth_date_of_anybody_in_the_sample_occurs_in_its_summary() -> None:
    page: Any = html.document_fromstring(
        (sample_run.folder() / "reports" / "summary.html").read_text(encoding="utf-8"),
    )
    words = set(re.findall(r"[\w'’*/-]+", _said(page)))
    # what stands on the page of nobody: the words of the program, the unit of a code, a day of the calendar
    candidates, numbers = sample_run.table("candidates"), sample_run.table("candidate_identities")
    strings = {value for value in numbers["value"].to_list() if value}
    for column in ("surname", "forenames", "candidate_number", "ocr_candidate_number", "uci", "uln", "person_id"):
        strings |= {part for value in candidates[column].to_list() if value for part in (value, *str(value).split())}
    strings |= {str(day) for day in candidates["date_of_birth"].to_list() if day}
    assert len(strings) > 500
    assert not strings & words
    for several in (one for one in strings if " " in one):
        assert several not in _said(page)


def test_findings_told_in_full_are_of_nobody() -> None:
    """The rules whose key holds no student: in the sample, where every rule speaks, none names one."""
    from pipelines.html.summary import _is_about_files

    rules = [rule.code for rule in load_rules(resources.sql() / "rules") if _is_about_files(rule)]
    found = sample_run.table("discrepancies").filter(pl.col("code").is_in(rules))
    assert found["code"].n_unique() > 5
    assert found["person_id"].null_count() == found["other_person_id"].null_count() == found.height


def test_the_page_fetches_nothing_and_runs_no_script(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    page = _page(con, tmp_path)
    assert not page.xpath("//@src | //script | //link | //img | //iframe | //object | //form | //base")
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    ids = {one.get("id") for one in page.xpath("//*[@id]")}
    assert {href[1:] for href in page.xpath("//a/@href")} <= ids
    for table in page.xpath("//table"):
        assert _said(table.find("caption"))
        assert {head.get("scope") for head in table.findall(".//th")} <= {"col", "row"}


def test_same_tables_give_same_bytes_whatever_the_order_of_rows_and_leave_no_table_behind(
    con: Any, tmp_path: Path
) -> None:
    small_centre(con)
    _awarded(con, "05838", "PPPPPPMMMMM")
    tables = "SELECT table_name FROM duckdb_tables() ORDER BY ALL"
    before = con.execute(tables).fetchall()
    first = _page(con, tmp_path) is not None and (tmp_path / "summary.html").read_bytes()
    assert con.execute(tables).fetchall() == before
    for table in ("discrepancies", "qualification_results", "readiness", "file_board"):
        con.execute(f"CREATE TABLE turned AS SELECT * FROM {table} ORDER BY rowid DESC")
        con.execute(f"DELETE FROM {table}")
        con.execute(f"INSERT INTO {table} SELECT * FROM turned ORDER BY rowid")
        con.execute("DROP TABLE turned")
    _page(con, tmp_path, replace(FACTS, as_of=datetime.fromisoformat("2026-08-12T09:17:00+01:00")))
    assert (tmp_path / "summary.html").read_bytes() == first
