"""`docs/query.md`: what stands there is run, or checked as far as the tools at hand allow."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shlex
from pathlib import Path

import duckdb
import pytest

from pipelines.commands.shell import _DOING
from tests import narrow
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

PAGE = (Path(__file__).parent.parent / "docs" / "query.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]
PYTHON = [text for language, text in BLOCKS if language == "python"]
#: programs of others that are not here, and are not needed
GUESTS = {"duckdb", "uvx"}


@pytest.fixture
def beside_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has the tiny centre's data in `data`, as where people stand when they type."""
    (tmp_path / "data").symlink_to(tiny().resolve(), target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    (own,) = [text for language, text in BLOCKS if language == "sql" and text.startswith("/*")]
    (tmp_path / "mine.sql").write_text(own, encoding="utf-8")
    return tmp_path


def ask(sql: str) -> list[tuple[object, ...]]:
    """Any SQL, asked as another program asks it."""
    with duckdb.connect("data/current/results.duckdb", read_only=True) as con:
        return con.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql.rstrip().rstrip(';')})").fetchall()


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    assert {language for language, _ in BLOCKS} == {"sh", "sql", "python", "r", "text"}
    assert {shlex.split(line)[0] for line in COMMANDS} == {"resultsday", *GUESTS}


@pytest.mark.skipif(os.name == "nt", reason="needs links")
@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("resultsday ")])
def test_a_command_of_the_page_runs(line: str, beside_data: Path) -> None:
    typed = shlex.split(line)[1:]
    said = call(*typed)
    assert said.code == 0, said.err
    if "--to" in typed:
        made = beside_data / typed[typed.index("--to") + 1]
        assert made.stat().st_size > 0
        assert said.out == ""
    else:
        assert said.out


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_the_sql_of_the_page_runs_in_a_plain_duckdb(beside_data: Path) -> None:
    asked = [text for language, text in BLOCKS if language == "sql" and not text.startswith("/*")]
    statements = [one for text in asked for one in text.split(";") if one.strip()]
    assert len(statements) >= 6
    for statement in statements:
        ask(statement)


@pytest.mark.skipif(os.name == "nt", reason="needs links")
@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("duckdb ")])
def test_what_the_duckdb_command_line_is_given_runs_in_the_library(line: str, beside_data: Path) -> None:
    *options, sql = shlex.split(line)[1:]
    assert Path("data/current/results.duckdb").is_file()
    assert options in (["-readonly", "data/current/results.duckdb"], ["-c"])
    assert ask(sql)


@pytest.mark.skipif(os.name == "nt", reason="needs links")
@pytest.mark.parametrize("text", PYTHON)
def test_the_python_of_the_page_runs_or_its_sql_does(text: str, beside_data: Path) -> None:
    tree = ast.parse(text)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    missing = {name for name in imported if importlib.util.find_spec(name) is None}
    assert missing <= {"pandas", "marimo"}
    if not missing:
        known: dict[str, object] = {}
        exec(compile(tree, "query.md", "exec"), known)
        assert len(known) > 2
        return
    found = [
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sql"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert found
    for sql in found:
        ask(sql)


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_every_file_the_page_names_is_there_and_the_sql_of_r_runs(beside_data: Path) -> None:
    named = set(re.findall(r"data/current/[a-z_/.]+\.(?:duckdb|parquet)", PAGE))
    assert len(named) >= 3
    assert [name for name in named if not Path(name).is_file()] == []
    (r,) = [text for language, text in BLOCKS if language == "r"]
    (sql,) = re.findall(r'dbGetQuery\(con, "([^"]+)"\)', r)
    assert ask(sql)


def test_the_page_has_every_command_of_the_shell() -> None:
    assert [command for command in (*_DOING, ".quit") if command not in PAGE] == []


def test_somebody_who_has_a_run_open_keeps_it_while_the_next_is_published(tmp_path: Path) -> None:
    from pipelines import files
    from pipelines.publish import published as published_run
    from tests.cli_helpers import AS_OF, write_inbox

    write_inbox(tmp_path / "inbox")
    options: list[str | Path] = ["--data", tmp_path, "--centre", "99999", "--quiet"]
    with narrow.only():
        assert call("run", "--as-of", AS_OF, *options).code == 0
    first = files.current_run(tmp_path)
    assert first is not None
    with duckdb.connect(str(first / "results.duckdb"), read_only=True) as con:
        before = con.execute("SELECT count(*) FROM results_by_carrier").fetchall()
        (file,) = (tmp_path / "inbox").glob("*entries*")
        file.unlink()
        with narrow.only():
            assert call("run", "--as-of", AS_OF, *options).code == 0
        second = published_run(tmp_path)
        assert second is not None
        assert second.name != first.resolve().name
        assert con.execute("SELECT count(*) FROM results_by_carrier").fetchall() == before
    assert call("query", "SELECT 1", "--data", tmp_path).err.startswith(f"run {second.name}, ")
