"""What query and its shell answer, and that a question reaches nothing but the published run."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from pipelines.commands import printing
from pipelines.commands.suggesting import is_complete
from pipelines.errors import DiskError, ExitCode, UsageError
from pipelines.publish import published as published_run
from pipelines.sealed import answer, sealed, statements
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny


def rows(*arguments: str) -> list[dict[str, str]]:
    """A command's CSV as records."""
    said = call(*arguments, "--data", tiny(), "--format", "csv")
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


def test_a_question_is_answered_as_text_of_every_type_null_as_blank() -> None:
    sql = """SELECT '0042' AS n, CAST(NULL AS INTEGER) AS nothing, TIMESTAMPTZ '2026-08-10 07:00:00+00' AS at,
        CAST(1.5 AS DECIMAL(7, 2)) AS mark, DATE '2026-08-10' AS day, TRUE AS yes, '6E26' AS series"""
    (row,) = rows("query", sql)
    assert row == {
        "n": "0042",
        "nothing": "",
        "at": "2026-08-10 08:00:00+01",
        "mark": "1.50",
        "day": "2026-08-10",
        "yes": "true",
        "series": "6E26",
    }
    (told,) = json.loads(call("query", sql, "--data", tiny(), "--format", "json").out)
    assert told["nothing"] is None
    assert told["n"] == "0042"
    assert call("query", sql, "--data", tiny()).lines[2].split() == [
        value for value in row.values() if value for value in value.split()
    ]


def test_sql_may_be_text_a_file_or_stdin(tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_text("SELECT 'from file' AS a -- a comment\n", encoding="utf-8")
    assert rows("query", str(path)) == [{"a": "from file"}]
    assert rows("query", "SELECT 'text' AS a") == [{"a": "text"}]
    assert "piped" in call("query", "-", "--data", tiny(), stdin="SELECT 'piped' AS a").out
    missing = call("query", "gone.sql", "--data", tiny())
    assert missing.code == ExitCode.USAGE
    assert "no file gone.sql" in missing.err


def test_several_statements_are_all_run_and_the_last_one_is_the_csv() -> None:
    assert rows("query", "SELECT 1 AS a; SELECT 2 AS b") == [{"b": "2"}]
    said = call("query", "SELECT 'one' AS a; SELECT 'two' AS b", "--data", tiny())
    assert "one" in said.out
    assert "two" in said.out


def test_the_answer_says_on_stderr_which_run_gave_it() -> None:
    said = call("query", "SELECT 1 AS a", "--data", tiny())
    run = published_run(tiny())
    assert run is not None
    assert f"run {run.name}, " in said.err
    assert "as of Mon 10 Aug 08:30" in said.err
    assert said.err.rstrip().endswith("1 row")


def test_a_fault_of_the_sql_is_one_line_and_a_caret_beneath_the_place() -> None:
    said = call("query", "SELECT surname, nmae FROM candidates", "--data", tiny())
    assert said.code == ExitCode.USAGE
    fault, line, caret = said.err.splitlines()[1:]
    assert "nmae" in fault
    assert line.startswith("LINE 1: SELECT surname, nmae")
    assert line[caret.index("^") :].startswith("nmae")
    assert said.out == ""


def test_a_fault_of_a_value_does_not_show_the_value() -> None:
    said = call("query", "SELECT CAST(surname AS INTEGER) FROM candidates ORDER BY surname", "--data", tiny())
    assert said.code == ExitCode.USAGE
    assert "Nightingrove" not in said.err


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM candidates",
        "UPDATE candidates SET surname = 'x'",
        "DROP TABLE candidates",
        "COPY candidates TO '{there}'",
        "COPY (SELECT 1) TO '{there}' (FORMAT parquet)",
        "EXPORT DATABASE '{there}'",
        "ATTACH '{there}' AS other",
        "SELECT * FROM read_csv('{here}')",
        "SELECT * FROM read_text('{here}')",
        "SELECT * FROM '{here}'",
        "SELECT * FROM glob('*')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "RESET memory_limit",
        "SELECT * FROM said",
        "SELECT * FROM frame",
        "CREATE SECRET s (TYPE s3)",
        "CREATE PERSISTENT SECRET s (TYPE http)",
    ],
)
def test_a_question_reaches_nothing_but_the_run_and_changes_nothing(sql: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here.csv", tmp_path / "there"
    here.write_text("secret\n1\n", encoding="utf-8")
    frame = pl.DataFrame({"secret": [1]})  # a variable, which a query must not see
    run = published_run(tiny())
    assert run is not None
    before = (run.folder / "results.duckdb").read_bytes()
    with sealed(run.folder) as con, pytest.raises(UsageError):
        [answer(con, statement) for statement in statements(con, sql.format(here=here, there=there))]
    assert not there.exists()
    assert (run.folder / "results.duckdb").read_bytes() == before
    assert sorted(path.name for path in run.folder.iterdir() if path.name.startswith("results")) == ["results.duckdb"]
    assert frame.height == 1


def test_somebody_else_may_ask_while_a_question_is_open() -> None:
    run = published_run(tiny())
    assert run is not None
    query = "SELECT count(*) AS n FROM candidates"
    program = [sys.executable, "-m", "pipelines.cli", "query", query, "--format", "csv", "--data", str(tiny())]
    with sealed(run.folder) as con:
        assert answer(con, query).rows() == [("5",)]
        other = subprocess.run(program, capture_output=True, text=True, check=True)
    assert other.stdout.split() == ["n", "5"]


def test_a_run_without_its_database_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="cannot be opened"), sealed(tmp_path):
        pass


def test_a_question_that_needs_too_much_memory_is_told_so_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import sealed as module

    monkeypatch.setitem(module._CONFIG, "memory_limit", "60MB")
    run = published_run(tiny())
    assert run is not None
    with sealed(run.folder) as con, pytest.raises(UsageError, match="needs more than"):
        answer(con, "SELECT DISTINCT md5(CAST(range AS VARCHAR)) AS a FROM range(3000000) ORDER BY a")
    assert [path.name for path in run.folder.iterdir() if path.name.startswith("results")] == ["results.duckdb"]


@pytest.mark.parametrize(
    ("sql", "complete"),
    [
        ("SELECT 1", False),
        ("SELECT 1;", True),
        ("SELECT 1;  \n", True),
        ("SELECT ';", False),
        ("SELECT ';'", False),
        ("SELECT ';';", True),
        ("SELECT 1 -- no end;", False),
        ("SELECT 1; -- an end", True),
        ("SELECT /* ; */ 1", False),
        ('SELECT 1 AS ";"', False),
        ("SELECT 'it''s';", True),
    ],
)
def test_a_statement_ends_at_a_semicolon_that_counts(sql: str, complete: bool) -> None:
    assert is_complete(sql) is complete


def test_the_shell_takes_statements_over_several_lines_and_dot_commands_from_a_pipe() -> None:
    typed = "SELECT 'first'\n  AS a;\n\n.schema readiness\n.tables\n.questions\nSELECT 'last' AS b"
    said = call("query", "--data", tiny(), stdin=typed)
    assert said.code == ExitCode.DONE
    for word in ("first", "readiness", "results_by_carrier", "on_hold", "last"):
        assert word in said.out


def test_a_fault_in_the_shell_does_not_end_it_and_makes_the_code_2() -> None:
    said = call(
        "query", "--data", tiny(), stdin="SELECT nope;\n.nope\nSELECT 'still here' AS a;\n.quit\nSELECT 'never';\n"
    )
    assert said.code == ExitCode.USAGE
    assert "still here" in said.out
    assert "never" not in said.out
    assert "^" in said.err


def test_a_ready_question_runs_in_the_shell_too() -> None:
    said = call("query", "--data", tiny(), stdin=".question on_hold\n.quit\n")
    assert said.code == ExitCode.DONE
    assert "grades_conflict" in said.out


def test_asking_two_things_at_once_is_refused() -> None:
    assert call("query", "SELECT 1", "--list", "--data", tiny()).code == ExitCode.USAGE


def test_a_table_too_wide_for_the_screen_is_shown_a_row_a_block() -> None:
    frame = pl.DataFrame({"a_long_name": ["1", None], "b": ["x\ny", "z"]})
    assert printing.record_lines(frame) == ["a_long_name  1\nb            x y\n", "b            z\n"]
