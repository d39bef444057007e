"""docs/qualifications-howto.md: its example, typed off the page, is known to a run and to `resultsday doctor`."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from tests import narrow
from tests.cli_helpers import call
from tests.test_checkup_figures import BEES, PAGE

#: the two data folders are run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("qualifications_howto")

REPORT = """\
Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Date of Birth,Qualification Code,\
Qualification Title,Qualification Grade,Qualification Award Date,Unit Code,Unit Title,Unit GLH,Unit Grade,Unit Points,\
Unit Series,Unit Award Date
99999,00000042,0042,999990250042X,Quillfeather,Isolde,08/09/2007,09901,Beekeeping,M,03/08/2026,09901/01,x,60,M,12,9I25,03/08/2026
99999,00000042,0042,999990250042X,Quillfeather,Isolde,08/09/2007,09901,Beekeeping,M,03/08/2026,0990102,x,60,M,12,9I25,03/08/2026
99999,00000042,0042,999990250042X,Quillfeather,Isolde,08/09/2007,09901,Beekeeping,M,03/08/2026,09901/04,x,30,P,5,9I25,03/08/2026
99999,00000042,0042,999990250042X,Quillfeather,Isolde,08/09/2007,09901,Beekeeping,M,03/08/2026,09901/05,x,30,P,5,9I25,03/08/2026
"""
ENTRIES = """\
Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Date of Birth,Series,Entry Code,\
Entry Type,Intended Level,Entry Date,Expected Completion,Withdrawn
99999,00000042,0042,999990250042X,Quillfeather,Isolde,08/09/2007,9I25,09901,qualification,2,03/10/2025,31/08/2026,
99999,00000234,0234,999990250234Y,Nightingrove,Barnabas,01/02/2008,9I25,09901,qualification,2,03/10/2025,31/08/2026,
"""
CLAIMS = """\
Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Qualification Code,Unit Code,Claimed Grade,\
Claim Date,Claim Type
99999,00000042,0042,999990250042X,Quillfeather,Isolde,09901,09901/01,M,20/06/2026,claim
99999,00000042,0042,999990250042X,Quillfeather,Isolde,09901,09901/02,M,20/06/2026,claim
99999,00000042,0042,999990250042X,Quillfeather,Isolde,09901,09901/04,P,20/06/2026,claim
99999,00000042,0042,999990250042X,Quillfeather,Isolde,09901,09901/05,P,20/06/2026,claim
99999,00000234,0234,999990250234Y,Nightingrove,Barnabas,09901,09901/02,P,20/06/2026,claim
"""
MADE_UP = {"candidate_achievement_report.csv": REPORT, "entries.csv": ENTRIES, "claims.csv": CLAIMS}


def typed_off(data: Path, tables: dict[str, str]) -> Path:
    folder = data / "local" / "reference"
    folder.mkdir(parents=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return data


@cache
def runs(parent: Path) -> tuple[Path, Path]:
    """The same inbox run with the rows of the page, and without them."""
    found = []
    for name, tables in (("with", BEES), ("without", {})):
        data = typed_off(parent / name, tables)
        (data / "inbox").mkdir()
        for file, text in MADE_UP.items():
            (data / "inbox" / file).write_text(text, encoding="utf-8")
        with narrow.only("unit_not_claimed", tables=("award_calculations", "qualification_results", "unit_results")):
            said = call("run", "--data", data, "--as-of", "2026-08-10T08:30", "--centre", "99999", "--quiet")
        assert said.code == 0, said
        found.append(data)
    return found[0], found[1]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return runs(tmp_path_factory.mktemp("howto"))


def table(data: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(data / "current" / "tables" / f"{name}.parquet")


def findings(data: Path) -> list[dict[str, str]]:
    text = (data / "current" / "reports" / "discrepancies.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_shows_a_file_of_every_table_it_speaks_of() -> None:
    assert set(BEES) == {
        *("qualifications", "units", "combinations", "unit_points", "grade_thresholds", "size_gradesets"),
    }


def test_what_the_page_says_of_doctor_is_what_doctor_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.findall(r"```text\n +((?:ok|wrong) .*)\n", PAGE.read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    folder = typed_off(Path("data"), BEES) / "local" / "reference"
    assert shown[0] in call("doctor").lines
    rows = BEES["unit_points"]
    (folder / "unit_points.csv").write_text(rows.replace("2016,2,30,M,6,documented\n", ""), encoding="utf-8")
    said = call("doctor")
    assert (said.code, shown[1] in said.lines) == (2, True)


def test_a_run_knows_the_codes_the_titles_and_the_grades_of_the_page(data: tuple[Path, Path]) -> None:
    known, unknown = (table(one, "unit_results") for one in data)
    assert known.sort("unit_code").select("unit_code", "option_code", "grade").rows() == [
        ("09901/01", "990101", "M"),
        ("09901/02", "990102", "M"),
        ("09901/04", "990104", "P"),
        ("09901/05", "990105", "P"),
    ]
    assert "990101" not in unknown["option_code"].to_list()
    award = table(data[0], "qualification_results").select("qualification_code", "grade").rows()
    assert award == [("09901", "M")]


def test_with_the_rows_of_the_page_a_mandatory_unit_that_nobody_claimed_is_found(data: tuple[Path, Path]) -> None:
    known, unknown = (
        [one for one in findings(folder) if one["code"] == "unit_not_claimed" and one["unit_code"].startswith("09901")]
        for folder in data
    )
    assert [(one["candidate_number"], one["unit_code"], one["confidence"]) for one in known] == [
        ("0234", "09901/01", "documented"),
    ]
    assert "Keeping a hive" in known[0]["message"]
    assert unknown == []


def test_with_the_rows_of_the_page_the_award_is_recomputed(data: tuple[Path, Path]) -> None:
    award = table(data[0], "award_calculations").filter(
        (pl.col("qualification_code") == "09901") & pl.col("issued_grade").is_not_null()
    )
    assert award.select("glh_counted", "points", "grade", "issued_grade").rows() == [(180, 34, "M", "M")]
