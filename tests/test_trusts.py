"""A run of two centres: nothing of one is in the other's folder, and the roll-up says no more than their own pages."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from itertools import product
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipelines import centre_tables
from pipelines.database import text
from pipelines.html.disclosure import Told, small, together, told
from tests import narrow, sample_run, trust_run
from tests.cli_helpers import call

if TYPE_CHECKING:
    from pathlib import Path

#: the two centres are run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("trusts")

NAMES = {"report.html", "summary.html", "discrepancies.xlsx", "discrepancies.csv"}


def _text(path: Path) -> str:
    """Everything a file holds; of a workbook, of every part of it."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())


def _table(path: Path, name: str) -> list[list[str]]:
    page: Any = html.document_fromstring(path.read_text(encoding="utf-8"))
    rows = page.xpath(f"//table[caption/@id='t-{name}']/tbody/tr")
    return [[" ".join(cell.xpath("string()").split()) for cell in row.xpath("th|td")] for row in rows]


def _number(said: str) -> int | None:
    """A figure of a page without names; None where it is not told."""
    return None if said.startswith("–") else int(said.replace(",", ""))


@pytest.mark.parametrize("centre", trust_run.OURS)
def test_nothing_of_another_centre_occurs_in_a_centres_folder(centre: str) -> None:
    folder = trust_run.reports() / "centres" / centre
    assert {path.name for path in folder.iterdir()} == NAMES
    foreign = [value for other in trust_run.STUDENTS if other != centre for value in trust_run.canaries(other)]
    for path in folder.iterdir():
        said = _text(path)
        assert [value for value in foreign if value in said] == [], path.name


@pytest.mark.parametrize("centre", trust_run.OURS)
def test_a_centres_report_and_workbook_hold_all_of_its_own_students(centre: str) -> None:
    folder = trust_run.reports() / "centres" / centre
    surnames = [trust_run.person(centre, number)[0] for number in range(trust_run.STUDENTS[centre])]
    for name in ("report.html", "discrepancies.xlsx"):
        said = _text(folder / name)
        assert [surname for surname in surnames if surname not in said] == []


@pytest.mark.parametrize("centre", sample_run.CENTRES)
def test_in_the_sample_too_no_ones_numbers_and_surname_reach_the_other_centre(centre: str) -> None:
    con = duckdb.connect(str(sample_run.folder() / "results.duckdb"), read_only=True)
    values = (
        "SELECT value FROM candidate_identities WHERE identifier <> 'candidate_number' AND {0} "
        "UNION SELECT surname FROM candidates WHERE surname IS NOT NULL AND {0}"
    )
    mine, theirs = (
        {value for (value,) in con.execute(values.format(f"centre_number {sign} {text(centre)}")).fetchall()}
        for sign in ("=", "<>")
    )
    con.close()
    # a student who moved took a UCI along; a name both have tells nothing
    foreign = theirs - mine
    assert foreign
    for path in sorted((sample_run.folder() / "reports" / "centres" / centre).iterdir()):
        words = set(re.findall(r"[\w'’-]+", _text(path)))
        assert not {value for value in foreign if value in words}, path.name


@pytest.mark.parametrize("centre", trust_run.OURS)
def test_the_numbers_of_a_centres_report_are_its_own(centre: str) -> None:
    told_there = _text(trust_run.reports() / "centres" / centre / "report.html")
    count = trust_run.STUDENTS[centre]
    # a line each of the report, the entries and the EDI file
    assert f"{3 * count} read = {3 * count} kept + 0 set aside" in told_there
    assert f"centre {centre}" in told_there
    assert "trust.html" not in told_there
    con = duckdb.connect(str(trust_run.reports().parent / "results.duckdb"), read_only=True)
    query = f"SELECT count(*) FROM discrepancies WHERE code = 'grades_conflict' AND centre_number = {text(centre)}"
    found = con.execute(query).fetchall()
    con.close()
    assert found == [(trust_run.CONFLICTS[centre],)]
    page: Any = html.document_fromstring(told_there)
    row = next(
        one
        for one in page.xpath("//table[caption/@id='t-checked']/tbody/tr")
        if "grades conflict" in one.text_content()
    )
    assert [one.text_content().strip() for one in row.xpath("td[@class='figure']")][1] == str(
        trust_run.CONFLICTS[centre]
    )


def test_the_trust_page_names_nobody_and_leads_to_each_centre() -> None:
    path = trust_run.reports() / "trust.html"
    said = path.read_text(encoding="utf-8")
    assert [value for centre in trust_run.STUDENTS for value in trust_run.canaries(centre) if value in said] == []
    page: Any = html.document_fromstring(said)
    links = page.xpath("//table[caption/@id='t-centres']//a/@href")
    assert set(links) >= {f"centres/{centre}/report.html" for centre in trust_run.OURS}
    assert all((path.parent / link).is_file() for link in links)
    whole = (path.parent / "report.html").read_text(encoding="utf-8")
    assert re.search(r'href="?trust\.html', whole)


def test_a_row_of_the_trust_page_is_what_the_centres_own_summary_tells_and_the_sum_is_theirs() -> None:
    reports = trust_run.reports()
    rows = {row[0]: row for row in _table(reports / "trust.html", "centres")}
    each = {}
    for centre in trust_run.OURS:
        own = {row[0]: _number(row[1]) for row in _table(reports / "centres" / centre / "summary.html", "ready")}
        each[centre] = [own["ready"], own["on hold"], own["waiting"], own["All"]]
        assert [_number(cell) for cell in rows[centre][1:5]] == each[centre]
    sums = [None if None in column else sum(column) for column in zip(*each.values(), strict=True)]
    assert [_number(cell) for cell in rows["All"][1:5]] == sums
    whole = {row[0]: _number(row[1]) for row in _table(reports / "summary.html", "ready")}
    assert [whole["ready"], whole["on hold"], whole["waiting"], whole["All"]] == sums
    # six of nine, and two of six: the first is told with its rest left out or both are dashes, the second never
    assert each["99998"][1] is None


def test_what_two_centres_have_at_once_is_listed_with_the_findings_that_may_be_told() -> None:
    found = {row[1].split(" Two ")[0]: row for row in _table(trust_run.reports() / "trust.html", "shared")}
    row = found["grades conflict"]
    assert row[3] == "2 of 2"
    assert row[4] == "99998, 99999"
    own = {
        centre: {
            row[2].split(" Two ")[0]: _number(row[3])
            for row in _table(trust_run.reports() / "centres" / centre / "summary.html", "findings")
            if len(row) == 4
        }["grades conflict"]
        for centre in trust_run.OURS
    }
    seen = sum(count for count in own.values() if count is not None)
    assert row[5].startswith(f"{seen} + –" if seen else "–")
    assert None in own.values()


def _seen(parts: tuple[tuple[int, ...], ...]) -> tuple[Any, ...]:
    """All that the pages of the centres and the page of all of them tell."""
    each = [told(dict(enumerate(counts))) for counts in parts]
    return tuple(_as_seen(one) for one in (*each, together(each)))


def _as_seen(found: Told[int]) -> tuple[Any, ...]:
    return tuple(found.counts.items()), found.total, found.left_out


def test_whoever_has_the_pages_of_all_centres_and_the_roll_up_cannot_tell_a_count_left_out() -> None:
    possible: dict[tuple[Any, ...], list[tuple[tuple[int, ...], ...]]] = {}
    for numbers in product(range(8), repeat=4):
        parts = (numbers[:2], numbers[2:])
        possible.setdefault(_seen(parts), []).append(parts)
    for seen, worlds in possible.items():
        for centre, key in product(range(2), range(2)):
            if dict(seen[centre][0])[key] is None:
                # 7 is the edge of this small world, not a number anybody could rule out
                assert len({world[centre][key] for world in worlds}) > 1, (seen, worlds)


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_roll_up_is_the_sum_of_the_centres_wherever_all_of_them_tell(drawn: list[list[int]]) -> None:
    parts = [told(dict(enumerate(counts))) for counts in drawn]
    found = together(parts)
    for key in range(3):
        whole = sum(counts[key] for counts in drawn)
        told_by_all = all(part.counts[key] is not None for part in parts)
        assert found.counts[key] == (whole if told_by_all else None)
        assert not (told_by_all and any(small(counts[key]) for counts in drawn))
    if found.total is not None:
        assert found.total == sum(map(sum, drawn))
        assert found.total == sum(count for count in found.counts.values() if count is not None) + (found.left_out or 0)


def test_same_inputs_give_the_same_bytes_in_every_folder_however_large_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centre_tables, "_ROW_GROUP", 0)
    trust_run.write_inbox(tmp_path / "inbox")
    again = trust_run.ran(tmp_path, *trust_run.OURS)
    first = trust_run.reports()
    paths = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert [path for path in paths if (first / path).read_bytes() != (again / path).read_bytes()] == []
    assert sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file()) == paths


def test_one_centre_alone_has_no_roll_up_and_no_folder_of_its_own(tmp_path: Path) -> None:
    trust_run.write_inbox(tmp_path / "inbox", ("99999",))
    reports = trust_run.ran(tmp_path)
    assert not (reports / "centres").exists()
    assert not (reports / "trust.html").exists()
    assert "trust.html" not in (reports / "report.html").read_text(encoding="utf-8")
    assert "centres" not in [line.split()[0] for line in call("status", "--data", tmp_path).lines if line.strip()]


def test_status_names_the_centres_with_their_students() -> None:
    said = call("status", "--data", trust_run.published())
    for centre in trust_run.OURS:
        count = trust_run.CONFLICTS[centre]
        assert re.search(rf"  {centre}: \d+ ready, {count} on hold, \d+ waiting", said.out), said.out


def test_the_story_of_several_centres_names_them_and_has_fewer_than_25_lines(tmp_path: Path) -> None:
    trust_run.write_inbox(tmp_path / "inbox")
    centres = ("--centre", "99999", "--centre", "99998")
    with narrow.without_reports():
        said = call("run", "--data", tmp_path, "--as-of", trust_run.AS_OF, "--dry-run", *centres)
    lines = (said.out + said.err).splitlines()
    named = next(line for line in lines if line.startswith("centres "))
    assert re.search(r"99999: \d/6/\d, 99998: \d/2/\d", named), named
    assert len(lines) < 25


@pytest.mark.parametrize("centre", trust_run.OURS)
def test_the_findings_of_one_centre_are_asked_for_by_its_number(centre: str) -> None:
    said = call(
        "findings", "--data", trust_run.published(), "--centre", centre, "--code", "grades_conflict", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(said.out.lstrip("\ufeff"))))
    assert {row["centre_number"] for row in rows} == {centre}
    assert len(rows) == trust_run.CONFLICTS[centre]
    assert [
        one for other in trust_run.OURS if other != centre for one in trust_run.canaries(other) if one in said.out
    ] == []
