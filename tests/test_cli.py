"""The command line as a person meets it: help, exit codes, what goes to which stream, and what is never said."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from pipelines.cli import app
from pipelines.errors import ExitCode
from pipelines.export import CSV_COLUMNS
from tests import narrow
from tests.cli_helpers import AS_OF, CANARIES, call, published, write_inbox

GROUP = typer.main.get_group(app)
COMMANDS = [name for name, command in GROUP.commands.items() if not command.hidden]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_when_asked(command: str) -> None:
    said = call(command, "--help")
    assert said.code == 0
    assert said.err == ""
    told = GROUP.commands[command].help
    assert told is not None
    assert told.split()[0] in said.out


def test_without_a_command_the_help_is_shown() -> None:
    said = call()
    assert all(command in said.out + said.err for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nonsense"], ExitCode.USAGE),
        (["status", "--nonsense"], ExitCode.USAGE),
        (["findings", "--format", "yaml"], ExitCode.USAGE),
        (["findings", "--code", "no_such_code"], ExitCode.USAGE),
        (["query", "SELECT nothing"], ExitCode.USAGE),
        (["explain", "zzzqqq"], ExitCode.USAGE),
        (["status"], ExitCode.DONE),
        (["findings"], ExitCode.DONE),
        (["explain", "missing_uci"], ExitCode.DONE),
        (["query", "SELECT 1"], ExitCode.DONE),
    ],
)
def test_exit_codes_with_a_run_published(arguments: list[str], code: ExitCode) -> None:
    assert call("--data", published(), *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status"], ExitCode.DONE),
        (["explain", "missing_uci"], ExitCode.DONE),
        (["query", "--list"], ExitCode.DONE),
        (["findings"], ExitCode.NO_INPUT),
        (["query", "SELECT 1"], ExitCode.NO_INPUT),
        (["run"], ExitCode.NO_INPUT),
    ],
)
def test_exit_codes_with_nothing_published_and_what_to_do(arguments: list[str], code: ExitCode, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    said = call("--data", tmp_path, *arguments)
    assert said.code == code
    if code is ExitCode.NO_INPUT:
        assert said.out == ""
        assert "inbox" in said.err


def test_run_ends_with_1_only_where_asked_to_and_check_publishes_nothing(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    options: list[str | Path] = ["--data", tmp_path, "--as-of", AS_OF, "--centre", "99999", "--quiet"]
    with narrow.only("missing_uci"):
        said = call("check", *options)
        assert said.code == ExitCode.FINDINGS
        assert not (tmp_path / "runs").exists()
        assert call("run", *options, "--fail-on", "error").code == ExitCode.FINDINGS
        assert (tmp_path / "current").exists()
        assert call("run", *options, "--fail-on", "never").code == ExitCode.DONE


@pytest.mark.parametrize("command", ["status", "findings"])
def test_data_and_format_mean_the_same_before_and_after_the_command(command: str) -> None:
    data = published()
    before = call("--data", data, "--format", "json", command)
    after = call(command, "--data", data, "--format", "json")
    mixed = call("--data", data, command, "--format", "json")
    assert before.out == after.out == mixed.out
    assert json.loads(before.out)


def test_an_option_after_the_command_wins_over_one_before(tmp_path: Path) -> None:
    said = call("--data", tmp_path, "--format", "csv", "status", "--data", published(), "--format", "json")
    assert json.loads(said.out)["published"]


def test_csv_on_stdout_is_csv_and_nothing_else() -> None:
    said = call("findings", "--data", published(), "--format", "csv")
    rows = list(csv.reader(io.StringIO(said.out, newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert {len(row) for row in rows} == {len(CSV_COLUMNS)}
    assert f"{len(rows) - 1} findings" in said.err


def test_json_on_stdout_is_json_and_nothing_else() -> None:
    for arguments in (["findings"], ["query", "FROM files"], ["query", "--list"], ["status"], ["explain", "uci"]):
        said = call(*arguments, "--data", published(), "--format", "json")
        assert json.loads(said.out), arguments


def test_faults_go_to_stderr_in_words_with_what_to_do() -> None:
    said = call("findings", "--data", published(), "--code", "missing_ucii")
    assert said.out == ""
    assert said.err == "resultsday: There is no code missing_ucii.\nDid you mean missing_uci?\n"


def test_nothing_that_a_run_says_or_keeps_of_itself_holds_a_name_or_a_uci(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    options: list[str | Path] = ["--data", tmp_path, "--as-of", AS_OF, "--centre", "99999"]
    spoken = [call("run", *options), call("run", *options, "--format", "json"), call("--debug", "check", *options)]
    spoken += [call("status", "--data", tmp_path), call("status", "--data", tmp_path, "--format", "json")]
    spoken += [call("explain", "missing_uci", "--data", tmp_path)]
    (folder,) = (tmp_path / "runs").glob("2*")
    kept = [(folder / "run.json").read_text(encoding="utf-8")]
    text = "\n".join([*(said.out + said.err for said in spoken), *kept]).casefold()
    assert "missing_uci" in text
    assert [canary for canary in CANARIES if canary.casefold() in text] == []


def test_messages_and_keys_of_findings_hold_no_name_and_no_uci() -> None:
    said = call("query", "SELECT message, key, action FROM discrepancies", "--data", published(), "--format", "csv")
    assert said.out.count("\n") > 5
    assert [canary for canary in CANARIES if canary.casefold() in said.out.casefold()] == []


def test_a_fault_of_ours_shows_no_value_of_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.commands import status

    def fails(*_: object) -> int:
        raise RuntimeError(f"could not convert {CANARIES[0]}")

    monkeypatch.setattr(status, "show", fails)
    plain, debugged = call("status"), call("--debug", "status")
    assert plain.code == debugged.code == ExitCode.BUG
    assert "--debug" in plain.err
    assert "RuntimeError" in debugged.err
    assert "test_cli.py" in debugged.err
    assert CANARIES[0] not in plain.err + debugged.err + plain.out + debugged.out


def test_as_a_program_of_its_own_it_ends_with_the_same_codes(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "pipelines.cli"]
    ended = subprocess.run([*program, "findings", "--data", tmp_path], capture_output=True, text=True, check=False)
    assert ended.returncode == ExitCode.NO_INPUT
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


def test_findings_piped_into_head_end_quietly() -> None:
    program = [
        sys.executable,
        "-m",
        "pipelines.cli",
        "query",
        "SELECT * FROM range(200000)",
        "--data",
        str(published()),
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert "Traceback" not in running.stderr.read()
    assert running.returncode == ExitCode.DONE
