"""`resultsday init`: three questions, one commented file that the program itself can read, never over another."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.config import Config, inboxes, load_config
from pipelines.errors import ExitCode
from tests import narrow
from tests.cli_helpers import AS_OF, call, write_inbox

SETTING = re.compile(r"^(?:# )?([a-z_]+) = ", re.MULTILINE)


def written(data: Path) -> str:
    return (data / "resultsday.toml").read_text(encoding="utf-8")


def test_three_answers_become_settings_and_an_inbox(tmp_path: Path) -> None:
    arriving = tmp_path / "arriving"
    arriving.mkdir()
    typed = f"99999, 0x998\n{tmp_path / 'inbox'}; {arriving}\n2016 general; aqa\n"
    said = call("init", "--data", tmp_path, "--audience", "staff", stdin=typed)
    assert said.code == ExitCode.DONE
    assert said.err.count("]: ") == 3
    assert said.out == f"{tmp_path / 'resultsday.toml'}\n"
    config = load_config(tmp_path)
    assert (config.centres, config.audience) == (("99999", "0X998"), "staff")
    assert (tmp_path / "inbox").is_dir()
    assert inboxes(tmp_path) == (tmp_path / "inbox", arriving)
    assert re.findall(r"^#   (\w+) ", written(tmp_path), re.MULTILINE) == ["2016", "general", "70"]


@pytest.mark.parametrize("typed", ["", "\n\n\n"])
def test_without_an_answer_every_default_stands(typed: str, tmp_path: Path) -> None:
    assert call("init", "--data", tmp_path, stdin=typed).code == ExitCode.DONE
    assert load_config(tmp_path) == Config()
    assert inboxes(tmp_path) == (tmp_path / "inbox",)
    assert re.findall(r"^#   (\w+) ", written(tmp_path), re.MULTILINE) == ["2016", "2012", "general"]


def test_a_folder_that_is_not_there_is_asked_for_again_or_refused(tmp_path: Path) -> None:
    said = call("init", "--data", tmp_path, stdin=f"99999\n{tmp_path / 'nowhere'}\n\n")
    assert said.code == ExitCode.USAGE
    assert f"There is no folder {tmp_path / 'nowhere'}." in said.err
    assert not (tmp_path / "resultsday.toml").exists()


def test_where_files_arrive_elsewhere_no_inbox_is_made_beside_the_settings(tmp_path: Path) -> None:
    data = tmp_path / "data"
    said = call("init", "--data", data, stdin=f"99999\n{tmp_path}\n\n")
    assert said.code == ExitCode.DONE, said.err
    assert inboxes(data) == (tmp_path,)
    assert not (data / "inbox").exists()
    assert f"into {tmp_path}, then" in said.err


def test_a_run_reads_the_folders_of_the_settings_unless_others_are_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_inbox(tmp_path / name)
    (tmp_path / "two" / "notes.csv").write_text("c,d\n3,4\n", encoding="utf-8")
    (tmp_path / "resultsday.toml").write_text(f'inboxes = ["one", {json.dumps(str(tmp_path / "two"))}]\n', "utf-8")
    at = ("--data", tmp_path, "--as-of", AS_OF, "--centre", "99999", "--format", "json")
    with narrow.only():
        both = call("run", "--dry-run", *at)
        said = call("run", "--dry-run", "--inbox", tmp_path / "one", *at)
    assert json.loads(both.out)["sums"]["files"]["received"] == 8
    assert json.loads(said.out)["sums"]["files"]["received"] == 4


def test_what_options_answer_is_not_asked(tmp_path: Path) -> None:
    options = ["--centre", "99999", "--centre", "99998", "--suite", "70", "--suite", "2012", "--inbox", str(tmp_path)]
    said = call("init", "--data", tmp_path, *options, "--format", "json")
    assert "[" not in said.err
    assert json.loads(said.out) == {
        "written": str(tmp_path / "resultsday.toml"),
        "centres": ["99999", "99998"],
        "inboxes": [str(tmp_path)],
        "audience": "exams_office",
        "suites": ["2012", "70"],
    }
    assert load_config(tmp_path).centres == ("99999", "99998")


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "resultsday.toml").write_text('centres = ["99998"]\n', encoding="utf-8")
    said = call("init", "--data", tmp_path, "--centre", "99999", "--suite", "01", "--audience", "staff")
    assert said.code == ExitCode.USAGE
    assert "already" in said.err
    assert written(tmp_path) == 'centres = ["99998"]\n'
    assert not (tmp_path / "inbox").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--centre", "9999"], "9999 is not a centre number"),
        (["--suite", "AQB"], "There is no awarding body AQB.\nDid you mean AQA?"),
        (["--suite", "99"], "There is no awarding body 99."),
    ],
)
def test_a_wrong_answer_is_told_with_the_right_ones_and_nothing_is_written(
    options: list[str], words: str, tmp_path: Path
) -> None:
    said = call("init", "--data", tmp_path, *options)
    assert said.code == ExitCode.USAGE
    assert words in said.err
    assert not (tmp_path / "resultsday.toml").exists()


def test_every_setting_stands_in_the_file_and_can_be_switched_on_as_it_stands(tmp_path: Path) -> None:
    call("init", "--data", tmp_path, stdin="99999\n\n\n")
    text = written(tmp_path)
    assert SETTING.findall(text) == [item.name for item in fields(Config)]
    (tmp_path / "resultsday.toml").write_text(re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE), "utf-8")
    config = load_config(tmp_path)
    unset = {"centres", "inboxes", "season", "fail_on", "duckdb_memory", "duckdb_threads"}
    assert all(getattr(config, item.name) == item.default for item in fields(Config) if item.name not in unset)
