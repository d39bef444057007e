"""The workbook of a run: its sheets are what the run's tables say, nothing restricted is in that for staff."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import fastexcel
import polars as pl
import pytest

from pipelines import resources
from pipelines.formats import load_formats
from pipelines.html.facts import ReportFacts
from pipelines.rules import load_rules
from pipelines.workbooks.book import HEADER
from pipelines.workbooks.discrepancies import NAME, ask, write_discrepancies
from pipelines.workbooks.queries import Answers
from pipelines.workbooks.sheet import Column
from tests import sample_run, test_embargo

FIRST = ["Summary", "Do now", "On hold"]
LAST = ["Students × units", "Awards", "Changes", "Files", "What was checked"]


#: option code → the minute from which staff may see it
RELEASES = {
    **{option: at for option, (_, _, at) in test_embargo.RESTRICTED.items()},
    test_embargo.XML_ONLY: test_embargo.AFTER,
    test_embargo.NOBODYS: "9999",
}


def _facts(manifest: dict[str, Any], audience: str = "exams_office") -> ReportFacts:
    return ReportFacts(
        is_sample=True,
        audience=audience,
        season=str(manifest["season"]),
        as_of=datetime.fromisoformat(manifest["as_of"]),
        identity=str(manifest["identity"]),
        sums={},
        rules=tuple(load_rules(resources.sql() / "rules")),
        formats=tuple(load_formats(resources.formats())),
    )


@cache
def _answers() -> Answers:
    """What the published database answers; the file was made of the tables in memory."""
    with duckdb.connect(str(sample_run.folder() / "results.duckdb"), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return ask(con, _facts(sample_run.outcome().manifest))


def _book() -> bytes:
    return (sample_run.folder() / "reports" / NAME).read_bytes()


def _texts(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def _shown(column: Column, value: object) -> object:
    """A value as a reader of the file gets it."""
    if value is None or value == "":
        return None
    if column.kind == "boolean":
        return "yes" if value else "no"
    if column.kind in ("number", "decimal"):
        return float(str(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value if isinstance(value, datetime) else str(value).replace("\r\n", "\n")


def test_the_sheets_follow_the_order_of_the_report_with_one_for_each_code_that_found_something() -> None:
    names = fastexcel.read_excel(_book()).sheet_names
    codes = sample_run.table("discrepancies").group_by("code").agg(pl.col("severity_rank").min(), pl.len())
    ranked = codes.sort("severity_rank", pl.col("len"), "code", descending=[False, True, False])
    assert names == [*FIRST, *ranked["code"].to_list(), *LAST]


def test_every_cell_of_every_sheet_is_what_the_tables_say() -> None:
    book = fastexcel.read_excel(_book())
    for sheet in _answers().sheets:
        back = book.load_sheet(sheet.name, header_row=HEADER - 1, dtypes=None).to_polars()
        assert back.columns == [column.header for column in sheet.columns], sheet.name
        assert back.height == sheet.frame.height, sheet.name
        for column in sheet.columns:
            told = [_shown(column, value) for value in sheet.frame[column.name].to_list()]
            assert back[column.header].to_list() == told, f"{sheet.name}: {column.header}"


def test_identifiers_keep_their_noughts_and_every_finding_is_on_the_sheet_of_its_code() -> None:
    book = fastexcel.read_excel(_book())
    found = sample_run.table("discrepancies")
    numbers: set[str] = set()
    for (code,), rows in found.group_by("code"):
        back = book.load_sheet(str(code), header_row=HEADER - 1, dtypes="string").to_polars()
        assert back.height == rows.height
        assert sorted(back["Key"].to_list()) == sorted(rows["key"].to_list())
        numbers |= set(back["Candidate no."].drop_nulls().to_list())
    assert numbers == set(found["candidate_number"].drop_nulls().to_list())
    assert any(number.startswith("0") for number in numbers)


def test_a_finding_that_follows_from_another_names_its_root() -> None:
    found = sample_run.table("discrepancies")
    follows = found.filter(pl.col("root").is_not_null())
    assert follows.height, "the sample has none"
    roots = dict(found.select("fingerprint", pl.concat_str("code", pl.lit(": "), "key")).iter_rows())
    book = fastexcel.read_excel(_book())
    for row in follows.iter_rows(named=True):
        back = book.load_sheet(row["code"], header_row=HEADER - 1, dtypes="string").to_polars()
        told = back.filter(pl.col("Key") == row["key"])["Follows from"].to_list()
        assert roots[row["root"]] in told


def test_the_file_holds_no_formula_and_says_that_it_is_a_sample() -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(_book())) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                tree = etree.fromstring(archive.read(name))
                assert not tree.xpath("//*[local-name()='f']"), name
                assert tree.xpath("contains(//*[local-name()='oddHeader'], 'SAMPLE')"), name


def test_a_workbook_of_one_centre_has_that_centre_alone(tmp_path: Path) -> None:
    with duckdb.connect(str(sample_run.folder() / "results.duckdb"), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        write_discrepancies(con, tmp_path / NAME, _facts(sample_run.outcome().manifest), "99998")
    book = fastexcel.read_excel(tmp_path / NAME)
    seen = set()
    for name in book.sheet_names:
        back = book.load_sheet(name, header_row=HEADER - 1, dtypes="string").to_polars()
        if "Centre" in back.columns:
            seen |= set(back["Centre"].drop_nulls().to_list())
    assert seen == {"99998"}
    mine = sample_run.table("discrepancies").filter(pl.col("centre_number") == "99998")
    assert set(mine["code"].to_list()) == set(book.sheet_names) - {*FIRST, *LAST}


# the runs are those of the embargo's tests, which that process has made
@pytest.mark.xdist_group("embargo")
@pytest.mark.parametrize("moment", [test_embargo.BEFORE, test_embargo.AFTER])
def test_staff_get_no_row_under_embargo_and_the_exams_office_gets_it_marked(moment: str) -> None:
    for audience in ("staff", "exams_office"):
        _, folder, _ = test_embargo._made(moment, audience)
        told = _texts((folder / "reports" / NAME).read_bytes())
        for option, release in RELEASES.items():
            is_told = option in told
            if audience == "staff":
                assert not is_told or release <= moment, option
            elif option in test_embargo.RESTRICTED:
                assert is_told, option
        assert ("RESTRICTED" in told) == (audience == "exams_office")


@pytest.mark.xdist_group("embargo")
def test_what_only_the_exams_office_may_know_is_left_out_for_staff_by_the_sheets_alone() -> None:
    """A second lock: the tables for staff hold nothing restricted, and the sheets would not show it if they did."""
    _, folder, manifest = test_embargo._made(test_embargo.BEFORE, "exams_office")
    with duckdb.connect(str(folder / "results.duckdb"), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        answers = ask(con, _facts(manifest, "staff"))
    told = "".join(sheet.frame.write_csv() for sheet in answers.sheets)
    assert "05838/01" in told, "a vocational result is told at once"
    assert not [option for option, at in RELEASES.items() if at > test_embargo.BEFORE and option in told]
    assert answers.heads["restricted"]["until"] is None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_another_program_opens_the_workbook_of_the_sample(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(_book())
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", "ods"]
    done = subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / NAME)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "Error" not in done.stderr
    assert fastexcel.read_excel(tmp_path / "discrepancies.ods").sheet_names == fastexcel.read_excel(_book()).sheet_names
