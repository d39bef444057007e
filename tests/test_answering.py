"""How an answer is handed over: table, CSV, JSON, Parquet, workbook; on stdout or as a file that is whole."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from pipelines import sealed
from pipelines.commands import printing
from pipelines.errors import ExitCode, UsageError
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

SQL = """SELECT * FROM (VALUES
    ('0042', DATE '2026-08-10', CAST(1.5 AS DECIMAL(7, 2)), TIMESTAMPTZ '2026-08-10 07:00:00+00', TRUE, '=1+1'),
    ('0007', NULL, NULL, NULL, NULL, 'Zoë, "x"')
) AS t(candidate_number, day, mark, due, yes, words) ORDER BY candidate_number DESC"""
NAMES = ["candidate_number", "day", "mark", "due", "yes", "words"]


def as_text() -> list[tuple[str, ...]]:
    return [
        ("0042", "2026-08-10", "1.50", "2026-08-10 08:00:00+01", "true", "=1+1"),
        ("0007", "", "", "", "", 'Zoë, "x"'),
    ]


def test_parquet_on_stdout_has_the_types_of_the_database() -> None:
    # a real pipe: it must hold these bytes and no others
    program = [sys.executable, "-m", "pipelines.cli", "query", SQL, "--format", "parquet", "--data", str(tiny())]
    said = subprocess.run(program, capture_output=True, check=True)
    frame = pl.read_parquet(io.BytesIO(said.stdout))
    assert frame.columns == NAMES
    assert frame["candidate_number"].to_list() == ["0042", "0007"]
    assert frame.schema["day"] == pl.Date
    assert frame.schema["mark"] == pl.Decimal(7, 2)
    assert frame.schema["due"] == pl.Datetime("us", "Europe/London")
    assert said.stderr.decode().rstrip().endswith("2 rows")


def test_parquet_as_a_file_is_the_table_as_it_is_in_the_run(tmp_path: Path) -> None:
    said = call("query", "FROM unit_results", "--to", tmp_path / "some.parquet", "--data", tiny())
    assert said.code == ExitCode.DONE, said.err
    assert said.out == ""
    mine = pl.read_parquet(tmp_path / "some.parquet")
    run = pl.read_parquet(tiny() / "current" / "tables" / "unit_results.parquet")
    times = [name for name, kind in run.schema.items() if isinstance(kind, pl.Datetime)]
    for frame in (mine, run):
        assert frame.height == 5
    assert mine.with_columns(pl.col(times).dt.convert_time_zone("UTC")).equals(
        run.with_columns(pl.col(times).dt.convert_time_zone("UTC"))
    )


def test_every_format_says_the_same(tmp_path: Path) -> None:
    made = {}
    for suffix in ("csv", "json", "xlsx", "txt"):
        to = tmp_path / f"answer.{suffix}"
        assert call("query", SQL, "--to", to, "--data", tiny()).code == ExitCode.DONE
        made[suffix] = to
    table = pl.read_csv(made["csv"], infer_schema=False).fill_null("")
    assert (table.columns, table.rows()) == (NAMES, as_text())
    told = json.loads(made["json"].read_text(encoding="utf-8"))
    assert [tuple(value or "" for value in row.values()) for row in told] == as_text()
    sheet = fastexcel.read_excel(made["xlsx"]).load_sheet(0, dtypes="string").to_polars().fill_null("")
    assert (sheet.columns, sheet.rows()) == (NAMES, as_text())
    assert "Zoë" in made["txt"].read_text(encoding="utf-8")


def test_a_workbook_holds_text_and_nothing_that_is_run(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert call("query", SQL, "--to", tmp_path / f"{name}.xlsx", "--data", tiny()).code == ExitCode.DONE
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_file_is_for_its_owner_alone_and_replaces_the_one_of_its_name(tmp_path: Path) -> None:
    to = tmp_path / "answer.csv"
    to.write_text("old", encoding="utf-8")
    assert call("query", "SELECT 1 AS a", "--to", to, "--data", tiny()).code == ExitCode.DONE
    assert to.read_bytes() == b"a\r\n1\r\n"
    assert to.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


def test_sql_at_fault_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    for suffix in ("csv", "parquet", "xlsx"):
        to = tmp_path / f"answer.{suffix}"
        to.write_text("old", encoding="utf-8")
        assert call("query", "SELECT nope", "--to", to, "--data", tiny()).code == ExitCode.USAGE
        assert to.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 3


def test_the_option_wins_over_the_name_of_the_file(tmp_path: Path) -> None:
    to = tmp_path / "answer.txt"
    assert call("query", "SELECT 1 AS a", "--format", "json", "--to", to, "--data", tiny()).code == ExitCode.DONE
    assert json.loads(to.read_text(encoding="utf-8")) == [{"a": "1"}]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["SELECT 1", "--to", "answer.docx"], ".parquet or .xlsx"),
        (["SELECT 1", "--to", "answer"], ".parquet or .xlsx"),
        (["SELECT 1", "--to", "nowhere/answer.csv"], "a folder that is there"),
        (["SELECT 1", "--format", "xlsx"], "--to answer.xlsx"),
        (["--list", "--to", "list.csv"], "--format csv"),
        (["--list", "--format", "parquet"], "--format csv"),
        (["--tables", "--list"], "one thing at a time"),
        (["SELECT 1", "--describe", "candidates"], "one thing at a time"),
        (["--to", "answer.csv"], "--to FILE"),
        (["--sql"], "--question NAME"),
        (["SET VARIABLE a = 1", "--to", "answer.json", "--limit-seconds", "-1"], "--limit-seconds"),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(
    arguments: list[str], hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("query", *arguments, "--data", tiny().resolve())
    assert said.code == ExitCode.USAGE
    assert hint in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_is_not_sent_parquet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "is_terminal", lambda: True)
    said = call("query", "SELECT 1", "--format", "parquet", "--data", tiny())
    assert (said.code, said.out) == (ExitCode.USAGE, "")
    assert "--to answer.parquet" in said.err


def test_text_and_table_are_one_format_before_the_command_and_after() -> None:
    ways = [["--format", "text"], ["--format", "table"], []]
    told = [call("query", "SELECT 1 AS a", "--data", tiny(), *way).out for way in ways]
    told.append(call("--format", "text", "query", "SELECT 1 AS a", "--data", tiny()).out)
    assert set(told) == {"a\n-\n1\n"}
    assert call("--format", "csv", "query", "SELECT 1 AS a", "--data", tiny()).out == "a\r\n1\r\n"


def test_an_answer_larger_than_memory_may_hold_is_refused_and_parquet_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sealed, "ANSWER_BYTES", 1_000_000)
    sql = "SELECT range AS n FROM range(1000000)"
    said = call("query", sql, "--format", "csv", "--data", tiny())
    assert (said.code, said.out) == (ExitCode.USAGE, "")
    assert "--format parquet" in said.err
    to = tmp_path / "answer.parquet"
    assert call("query", sql, "--to", to, "--data", tiny()).code == ExitCode.DONE
    assert pl.read_parquet(to)["n"].sum() == 499_999_500_000


def test_a_fault_that_comes_late_in_a_long_answer_is_told_without_its_value() -> None:
    sql = (
        "SELECT CASE WHEN range = 900000 THEN CAST('Nightingrove' || range AS INT) ELSE 1 END AS a FROM range(1000000)"
    )
    for output in ("csv", "json", "table"):
        said = call("query", sql, "--format", output, "--data", tiny())
        assert (said.code, said.out) == (ExitCode.USAGE, "")
        assert "Could not convert string '…'" in said.err
        assert "Nightingrove900000" not in said.err


def test_an_answer_without_rows_has_its_columns_and_sql_at_fault_raises(tmp_path: Path) -> None:
    from pipelines.publish import published as published_run

    run = published_run(tiny())
    assert run is not None
    with sealed.sealed(run.folder) as con:
        assert sealed.answer(con, "SELECT 1 AS a WHERE FALSE").columns == ["a"]
        with pytest.raises(UsageError):
            sealed.write_parquet(con, "SELECT nope", tmp_path / "x.parquet")


def test_columns_of_one_name_are_told_apart_in_every_format(tmp_path: Path) -> None:
    sql, to = "SELECT 1 AS a, 2 AS a", tmp_path / "x.parquet"
    assert call("query", sql, "--format", "csv", "--data", tiny()).out == "a,a_1\r\n1,2\r\n"
    assert call("query", sql, "--to", to, "--data", tiny()).code == ExitCode.DONE
    assert pl.read_parquet(to).columns == ["a", "a_1"]
