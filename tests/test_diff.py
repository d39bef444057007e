"""`resultsday diff` and what `resultsday status` says of the week: two runs, or new files that nothing is done with."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
import pytest

from pipelines import publish
from pipelines.compare import compare
from pipelines.database import connect
from tests import narrow
from tests.cli_helpers import Said, call
from tests.test_changes import ALL, BASE, MONDAY
from tests.weeks import UCIS, WEEKLY, Weeks, edi

#: the two weeks are run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("diff")

GONE = "Withdrawn: gone from the later issue of their file: 1"
UPS = "▲ 1 up  ▼ 0 down  + 1 new  − 1 withdrawn"


@cache
def _two_weeks() -> Weeks:
    """Two Mondays, made once; not to be changed."""
    weeks = Weeks(Path(mkdtemp(prefix="resultsday-diff-")))
    with narrow.without_reports():
        weeks.week(R9999972__X01=edi(BASE), entries__csv=ALL)
        weeks.week(R9999972__X02=edi(MONDAY, "170826", 2))
    return weeks


def _diff(*arguments: str | Path) -> Said:
    data = _two_weeks().data
    with narrow.without_reports():  # a preview's run writes them where nobody sees them
        return call("diff", *arguments, "--data", data)


def _state(data: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in data.rglob("*") if "cache" not in path.parts}


def test_the_first_line_sums_it_up_and_the_students_follow_by_what_became_of_them() -> None:
    told = _diff()
    assert told.code == 0
    assert told.lines[0] == f"{UPS} | findings: 1 new, 1 resolved | files: 1 in, 0 out"
    up, new, gone = (told.lines.index(head) for head in ("Up: 1", "New: 1", GONE))
    assert told.lines[up + 1 : up + 3] == [
        "  Quillfeather, Ada  0001 · 40000001",
        "    05838/01 in 6E26: M → D, mark 49 → 60  (EDI, R9999972.X02:3)",
    ]
    assert told.lines[new + 2] == "    05838/05 in 6E26: P  (EDI, R9999972.X02:14)"
    assert told.lines[gone + 2] == "    05838/03 in 6E26: M  (EDI, R9999972.X02)"
    assert "  R9999972.X01  edi_results  6E26  replaced by R9999972.X02" in told.lines
    assert told.err.endswith("3 results changed.\n")


def test_a_program_reads_the_same_as_csv_and_json() -> None:
    rows = list(csv.DictReader(io.StringIO(_diff("--format", "csv").out)))
    told = json.loads(_diff("--format", "json").out)
    assert [[row[name] or None for name in row] for row in rows] == [list(row.values()) for row in told["rows"]]
    assert told["summary"]["results"] == {"up": 1, "down": 0, "other": 0, "new": 1, "withdrawn": 1}
    results = {
        (row["option_code"], row["change"], row["before"], row["after"]) for row in rows if row["part"] == "result"
    }
    assert results == {
        ("583801", "up", "M", "D"),
        ("583801", "up", "49.00", "60.00"),
        ("583805", "new", "", "P"),
        ("583803", "withdrawn", "M", ""),
    }
    assert {row["change"] for row in rows if row["part"] == "finding"} == {"new", "resolved"}


def test_two_runs_are_named_in_either_order_and_by_their_beginning() -> None:
    first, second = (run.name for run in publish.runs(_two_weeks().data))
    assert _diff(first, second).lines[0] == _diff().lines[0]
    assert _diff(first).lines[0] == _diff().lines[0]
    back = _diff(second, first).lines
    # the later issue is not there in the first run: its file is out, and what it alone held is unknown
    assert back[0].startswith("▲ 0 up  ▼ 1 down  + 0 new  − 0 withdrawn")
    assert "  R9999972.X02  edi_results  6E26  1 result of it is in no file here" in back


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere",), "There is no run nowhere."),
        (("20", "20", "20"), "Two runs are compared, not more."),
        (("20",), "2 runs begin with 20."),
        (("a", "b", "--inbox", "."), "A preview is compared with one run."),
    ],
)
def test_a_run_that_is_not_there_is_a_fault_of_usage(arguments: tuple[str, ...], says: str) -> None:
    told = _diff(*arguments)
    assert told.code == 2
    assert says in told.err


def test_new_files_are_tried_out_and_nothing_is_published(tmp_path: Path) -> None:
    weeks = _two_weeks()
    before = _state(weeks.data)
    (tmp_path / "monday").mkdir()
    (tmp_path / "monday" / "R9999972.X03").write_text(
        edi([MONDAY[0].replace("D ", "M "), *MONDAY[1:]], "240826", 3), encoding="ascii", newline=""
    )
    told = _diff("--inbox", weeks.inbox, "--inbox", tmp_path / "monday", "--as-of", "2026-08-24T08:30")
    assert told.code == 0, told.err
    assert told.lines[0].startswith("▲ 0 up  ▼ 1 down  + 0 new  − 0 withdrawn")
    assert "Nothing was published." in told.err
    assert _state(weeks.data) == before


def test_monday_s_file_alone_still_shows_what_became_of_the_results_and_says_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "R9999972.X03").write_text(edi([*MONDAY[:-2], MONDAY[-1]], "240826", 3), encoding="ascii", newline="")
    told = _diff("--inbox", tmp_path, "--as-of", "2026-08-24T08:30")
    assert told.lines[0].startswith("▲ 0 up  ▼ 0 down  + 0 new  − 1 withdrawn")
    assert "name their folder too" in told.err


def test_an_inbox_without_a_file_and_a_data_folder_without_a_run_are_no_input(tmp_path: Path) -> None:
    assert _diff("--inbox", tmp_path).code == 10
    assert call("diff", "--data", tmp_path).code == 10


def test_the_first_run_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    weeks = Weeks(tmp_path, WEEKLY)
    weeks.week(R9999972__X01=edi(BASE))
    told = call("diff", "--data", weeks.data)
    assert (told.code, told.out) == (0, "Nothing to compare with: this is the first run.\n")
    assert json.loads(call("diff", "--data", weeks.data, "--format", "json").out)["rows"] == []
    assert "results  " not in call("status", "--data", weeks.data).out


def test_the_status_says_in_a_line_what_changed_this_week() -> None:
    told = call("status", "--data", _two_weeks().data)
    line = f"1 file new; 0 gone; results {UPS} (resultsday diff); students -2 ready, +2 on hold"
    assert line in told.out
    for private in ("Quillfeather", UCIS["0001"]):
        assert private not in told.out


def _made() -> Any:
    """A comparison of the two weeks."""
    first, second = publish.runs(_two_weeks().data)
    con = connect(Path(mkdtemp(prefix="resultsday-diff-")))
    compare(con, first, second, [first, second])
    return con


def test_a_comparison_says_what_the_later_run_said_of_itself() -> None:
    second = publish.runs(_two_weeks().data)[-1]
    said = pl.read_parquet(second.folder / "tables" / "changes.parquet")
    shown = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in said.columns)
    con = _made()
    made = con.execute(f"SELECT {shown} FROM changes ORDER BY ALL").fetchall()
    kept = con.execute(
        f"SELECT {shown} FROM read_parquet('{second.folder / 'tables' / 'changes.parquet'}') ORDER BY ALL"
    ).fetchall()
    con.close()
    assert made == kept
    assert len(made) == 4
