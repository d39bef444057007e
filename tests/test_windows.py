"""Series, windows and coverage, end to end: which file speaks for what, and what an absence may mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.config import Config
from pipelines.run import Options, run
from tests import narrow
from tests.sample_run import as_of

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
UNITS = ("583804", "583805", "583806", "583807", "583808", "583809", "583810", "583811", "583812", "583813")
REPORT = (
    "Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Qualification Code,Unit Code,"
    "Unit Grade,Unit Series,Unit Award Date,Qualification Grade,Qualification Award Date\n"
)


def edi(options: tuple[str, ...], created: str, sequence: int, series: str = "9I25", grade: str = "M") -> str:
    """One student's results as an EDI file of a series, created DDMMYY."""
    lines = [f"R5999990001999990250001H{code}{code}M    {grade}".ljust(52) for code in options]
    head = [f"R11472{series}{sequence:03d}{created}", f"R399999{series}"]
    return "\r\n".join([*head, *lines, f"R799999{len(lines) + 2:07d}", f"R9{len(lines) + 4:07d}"]) + "\r\n"


def report(rows: list[tuple[str, str, str]]) -> str:
    """An achievement report of the same student: unit, series as spelled, award date."""
    identity = "99999,40000001,0001,999990250001H,Quillfeather,Ada,05839"
    return REPORT + "".join(f"{identity},{unit},M,{series},{day},,\n" for unit, series, day in rows)


def tables(tmp_path: Path, **contents: str) -> dict[str, pl.DataFrame]:
    """The tables of a run over these files."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, content in contents.items():
        (inbox / name.replace("__", ".")).write_text(content, encoding="ascii")
    with narrow.only(tables=("unit_results",)):
        done = run(Options((inbox,), tmp_path / "data", as_of(), Config(centres=("99999",))))
    assert done.folder is not None
    return {path.stem: pl.read_parquet(path) for path in (done.folder / "tables").glob("*.parquet")}


def windows(found: dict[str, pl.DataFrame], carrier: str = "edi") -> dict[str, set[object]]:
    """The windows of each option's statements by one carrier."""
    rows = found["results_by_carrier"].filter(pl.col("carrier") == carrier)
    return {str(option): set(part["window_from"].to_list()) for (option,), part in rows.group_by("option_code")}


def test_files_of_one_series_take_the_windows_in_the_order_the_board_made_them(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        R9999972__X09=edi(UNITS[:4], "010826", 2),
        R9999972__X01=edi(UNITS[4:6], "060826", 3),
    )
    assert windows(found) == {**{u: {JULY} for u in UNITS[:4]}, **{u: {AUGUST} for u in UNITS[4:6]}}
    covered = found["coverage"].filter(pl.col("carrier") == "edi")
    assert sorted(covered["window_from"].to_list()) == [JULY, AUGUST]


def test_a_file_with_nine_tenths_of_an_earlier_one_replaces_it_and_keeps_its_window(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        R9999972__X01=edi(UNITS, "010826", 2),
        R9999972__X02=edi(UNITS[:1], "060826", 3, grade="P"),
        R9999972__X03=edi(UNITS[1:], "170826", 4, grade="D"),
    )
    statements = found["results_by_carrier"].filter(pl.col("carrier") == "edi")
    first = statements.filter(pl.col("sequence") == 2)
    assert first["superseded_by"].null_count() == 0
    assert statements.filter(pl.col("sequence") == 4)["window_from"].unique().to_list() == [JULY]
    assert statements.filter(pl.col("sequence") == 3)["window_from"].unique().to_list() == [AUGUST]
    folded = found["unit_results"].filter(pl.col("window_from") == JULY)
    assert set(folded["grade"].to_list()) == {"D"}


def test_less_than_nine_tenths_is_the_next_window(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        R9999972__X01=edi(UNITS, "010826", 2),
        R9999972__X02=edi(UNITS[2:], "060826", 3),
    )
    assert found["results_by_carrier"]["superseded_by"].null_count() == 18
    assert windows(found)[UNITS[5]] == {JULY, AUGUST}


def test_the_reports_dates_decide_where_they_date_half_of_a_file(tmp_path: Path) -> None:
    dated = [(f"05838/{unit[4:]}", "9I25", "02/08/2026") for unit in UNITS[:2]]
    found = tables(tmp_path, R9999972__X01=edi(UNITS[:4], "060826", 2), report__csv=report(dated))
    assert set().union(*windows(found).values()) == {AUGUST}


def test_the_summer_copy_is_the_annual_series_and_a_report_spells_it_in_five_ways(tmp_path: Path) -> None:
    spelled = [
        ("05838/04", "6I26", "09/07/2026"),
        ("05838/05", "9I25", "09/07/2026"),
        ("05838/06", "June 2026", "09/07/2026"),
        ("05838/07", "", "09/07/2026"),
        ("05838/01", "Jun-26", "10/08/2026"),
        ("05838/02", "6/2026", "10/08/2026"),
        ("05838/03", "", "12/03/2026"),
    ]
    found = tables(tmp_path, R9999972__X01=edi(UNITS[:1], "010826", 2, series="6I26"), report__csv=report(spelled))
    rows = found["results_by_carrier"]
    series = dict(rows.filter(pl.col("carrier") == "achievement").select("unit_code", "series").iter_rows())
    assert {code: series[code] for code in series if code > "05838/03"} == dict.fromkeys(
        ("05838/04", "05838/05", "05838/06", "05838/07"), "9I25"
    )
    assert (series["05838/01"], series["05838/02"], series["05838/03"]) == ("6E26", "6E26", "1E26")
    edi_row = rows.filter(pl.col("carrier") == "edi").to_dicts()[0]
    assert (edi_row["series"], edi_row["series_as_sent"]) == ("9I25", "6I26")
    folded = found["unit_results"].filter(pl.col("unit_code") == "05838/04").to_dicts()
    assert [row["carriers"] for row in folded] == ["achievement edi"]


def test_a_file_cut_short_keeps_its_rows_and_covers_nothing(tmp_path: Path) -> None:
    whole = edi(UNITS, "010826", 2)
    found = tables(tmp_path, R9999972__X01=whole[: whole.index("R799999")])
    assert found["results_by_carrier"].height == 10
    assert found["coverage"].filter(pl.col("carrier") == "edi").height == 0
    assert found["files"]["status"].to_list() == ["truncated"]


@pytest.mark.parametrize("grade", ["M", "P", "D"])
def test_a_whole_download_replaces_the_one_cut_short_and_takes_no_window_more(tmp_path: Path, grade: str) -> None:
    # three contents, so that the order of their hashes cannot make this pass by chance alone
    whole = edi(UNITS, "010826", 2, grade=grade)
    cut = whole[: whole.index("R799999")]
    found = tables(tmp_path, R9999972__X01=cut, copy__X01=whole, R9999972__X02=edi(UNITS[:2], "060826", 3))
    files = {row["name"]: row for row in found["files"].to_dicts()}
    assert files["R9999972.X01"]["superseded_by"] == files["copy.X01"]["file_id"]
    assert windows(found)[UNITS[5]] == {JULY}
    assert windows(found)[UNITS[0]] == {JULY, AUGUST}
    assert sorted(found["coverage"].filter(pl.col("carrier") == "edi")["window_from"].to_list()) == [JULY, AUGUST]


def test_a_date_before_or_after_the_windows_is_in_neither(tmp_path: Path) -> None:
    dated = [("05838/04", "9I25", "03/02/2026"), ("05838/05", "9I25", "20/08/2026"), ("05838/06", "9I25", "31/07/2026")]
    found = tables(tmp_path, report__csv=report(dated))
    assert windows(found, "achievement") == {
        "583804": {date(2025, 9, 1)},
        "583805": {date(2026, 8, 5)},
        "583806": {JULY},
    }
