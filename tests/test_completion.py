"""Tab at the command line of bash, zsh, fish and PowerShell, and an example in every help."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from pipelines import resources
from pipelines.cli import app
from pipelines.publish import published as published_run
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_RUN = "import sys; sys.argv = ['resultsday', *sys.argv[1:]]; from pipelines.cli import main; main()"


def completed(shell: str, typed: str) -> tuple[list[str], str]:
    """What a shell offers after this line, and the modules that were loaded for it."""
    words, last = shlex.split(typed), "" if typed.endswith(" ") else shlex.split(typed)[-1]
    told = {
        "bash": {"COMP_WORDS": typed, "COMP_CWORD": str(len(words) - (0 if not last else 1))},
        "zsh": {"_TYPER_COMPLETE_ARGS": typed},
        "fish": {"_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_WORD_TO_COMPLETE": last},
        "pwsh": {"_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_WORD_TO_COMPLETE": last},
    }[shell]
    environment = {**os.environ, **told, "_RESULTSDAY_COMPLETE": f"complete_{shell}", "RESULTSDAY_DATA": str(tiny())}
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", _RUN], capture_output=True, text=True, check=True, env=environment
    )
    return said.stdout.splitlines(), said.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_codes_complete_in_every_shell(shell: str) -> None:
    offered, _ = completed(shell, "resultsday findings --code missing_f")
    assert "missing_from_edi" in " ".join(offered)
    assert "missing_uci" not in " ".join(offered)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("resultsday query --question two_", ["two_numbers"]),
        ("resultsday query --describe readi", ["readiness"]),
        ("resultsday explain grades_", ["grades_conflict"]),
        ("resultsday waive add --code grades_", ["grades_conflict"]),
        ("resultsday find", ["findings"]),
        ("resultsday query --limit", ["--limit-seconds"]),
    ],
)
def test_names_complete(typed: str, words: list[str]) -> None:
    assert completed("bash", typed)[0] == words


def test_runs_complete() -> None:
    run = published_run(tiny())
    assert run is not None
    assert run.name in completed("bash", "resultsday diff 2")[0]


def test_tables_are_those_of_the_data_folder_that_is_typed(tmp_path: os.PathLike[str]) -> None:
    assert completed("bash", f"resultsday query --data {tmp_path} --describe readi")[0] in ([], [""])


def test_completion_loads_nothing_that_takes_long() -> None:
    _, loaded = completed("bash", "resultsday query --describe readi")
    modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in loaded.splitlines()}
    assert "typer" in modules
    slow = {"polars", "duckdb", "lxml", "pandera", "pyarrow", "prompt_toolkit", "jinja2", "xlsxwriter"}
    assert modules & slow == set()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_shown(shell: str) -> None:
    environment = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    said = subprocess.run(
        [sys.executable, "-c", _RUN, "--show-completion", shell],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert "_RESULTSDAY_COMPLETE" in said.stdout
    assert "complete_" in said.stdout


def commands() -> Iterator[tuple[str, Any]]:
    """Every command and group there is, by its words."""
    waiting: list[tuple[str, Any]] = list(typer.main.get_group(app).commands.items())
    while waiting:
        words, command = waiting.pop(0)
        if not command.hidden:
            yield words, command
            waiting += [(f"{words} {part}", one) for part, one in getattr(command, "commands", {}).items()]


COMMANDS = dict(commands())


@pytest.mark.parametrize("words", COMMANDS)
def test_every_help_ends_with_an_example_that_can_be_typed(words: str) -> None:
    said = " ".join(call(*words.split(), "--help", env={"COLUMNS": "200"}).out.split())
    epilog = COMMANDS[words].epilog or ""
    examples = [line for line in epilog.split("\n\n") if line.startswith("resultsday ")]
    assert examples, f"{words} has no example: pipelines/commands/examples.py"
    for example in examples:
        assert example in said
        typed = shlex.split(example)
        assert typed[1 : 1 + len(words.split())] == words.split()
        # raises where an option or an argument is none of this command's
        _parsed(typed[1:])


def _parsed(typed: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    context = typer.Context(command, info_name="resultsday")
    while commands := getattr(command, "commands", None):
        name, *typed = typed
        command = commands[name]
        if not getattr(command, "commands", None):
            command.make_context(name, typed, parent=context)


def test_codes_and_questions_of_the_examples_are_there() -> None:
    rules = {path.stem for path in (resources.sql() / "rules").glob("*.sql")}
    ready = {path.stem for path in (resources.sql() / "questions").glob("*.sql")}
    for command in COMMANDS.values():
        for example in (command.epilog or "").split("\n\n"):
            words = shlex.split(example)
            for option, known in (("--code", rules), ("--question", ready)):
                assert option not in words or words[words.index(option) + 1] in known


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["fndings"], "findings"),
        (["findings", "--cod", "missing_uci"], "--code"),
        (["findings", "--code", "mising_uci"], "missing_uci"),
        (["explain", "mising_ucis"], "missing_uci"),
        (["query", "--question", "on_holt"], "on_hold"),
        (["query", "--describe", "readines"], "readiness"),
        (["query", "FROM readines"], "readiness"),
        (["query", "on_holt"], "--question on_hold"),
        (["query", "SELECT ownr FROM readiness"], "owner"),
    ],
)
def test_a_word_that_is_not_there_is_answered_with_the_nearest(arguments: list[str], hint: str) -> None:
    said = call(*arguments, "--data", tiny())
    assert hint in said.out + said.err
