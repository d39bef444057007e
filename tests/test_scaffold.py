"""What a rule and a format begin with: nothing guessed, nothing copied, refused until it is filled in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines import resources
from pipelines.commands import scaffold
from pipelines.errors import ExitCode, UsageError
from pipelines.rules import load_rules
from pipelines.sql_lint import lint_file
from tests.cli_helpers import call


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with nothing in it but the folders that scaffolds write to."""
    (tmp_path / "sql" / "rules").mkdir(parents=True)
    (tmp_path / "schemas" / "formats").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(resources, "sql", lambda: tmp_path / "sql")
    return tmp_path


def test_a_new_rule_is_a_file_that_loads_and_that_the_linter_refuses_until_it_is_filled(checkout: Path) -> None:
    said = call("new-rule", "grade_in_wrong_ink")
    path = checkout / "sql" / "rules" / "grade_in_wrong_ink.sql"
    assert said.code == ExitCode.DONE
    assert said.lines == [str(path)]
    (rule,) = load_rules(path.parent)
    assert rule.code == "grade_in_wrong_ink"
    (message,) = [one for one in lint_file(path, "rules") if "FILL IN" in one.what]
    assert "take the words out" in message.todo


def test_a_new_rule_fails_its_speaking_case_until_its_query_is_written(checkout: Path) -> None:
    from tests.rule_cases import read_cases

    call("new-rule", "grade_in_wrong_ink")
    (rule,) = load_rules(checkout / "sql" / "rules")
    speaking, silent = read_cases(rule.file.cases)
    assert speaking.tables["speaks"]
    assert silent.silent
    assert "FALSE AS speaks" in rule.file.query


@pytest.mark.parametrize("name", ["Grade", "2grades", "a-b", "../evil", "a__b", "_a", "a_", "", "x" * 49, "con/x"])
def test_a_name_that_will_not_do_is_refused(name: str, checkout: Path) -> None:
    with pytest.raises(UsageError, match="no name"):
        scaffold.new_rule(name)
    assert list((checkout / "sql" / "rules").iterdir()) == []


def test_a_rule_or_format_that_is_there_is_not_overwritten(checkout: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.csv"
    sample.write_text("Cand No,Grade\n0042,A\n", encoding="utf-8")
    for command in (["new-rule", "one"], ["new-format", "one", str(sample)]):
        assert call(*command).code == ExitCode.DONE
        again = call(*command)
        assert again.code == ExitCode.USAGE
        assert "there already" in again.err


def test_a_format_drafted_from_a_header_has_every_column_as_text_and_no_row(checkout: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.csv"
    sample.write_bytes('Cand. No;"Name; full";Grade;;Grade\n0042;Quillfeather;A;;B\n'.encode("cp1252"))
    assert call("new-format", "other_board_csv", sample).code == ExitCode.DONE
    text = (checkout / "schemas" / "formats" / "other_board_csv.toml").read_text(encoding="utf-8")
    drafted = tomllib.loads(text)
    assert drafted["shape"] == "delimited"
    assert [(one["name"], one["headers"], one["decode"]) for one in drafted["columns"]] == [
        ("cand_no", ["Cand. No"], "text"),
        ("name_full", ["Name; full"], "text"),
        ("grade", ["Grade"], "text"),
        ("grade_2", ["Grade"], "text"),
    ]
    assert "Quillfeather" not in text
    assert "0042" not in text


def test_a_format_drafted_from_fixed_width_lines_counts_the_records_and_guesses_nothing(
    checkout: Path, tmp_path: Path
) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_text("X1HEAD\nX5AAAAAAAA\nX5BBBB\nX9\n", encoding="utf-8")
    assert call("new-format", "other_board_lines", sample).code == ExitCode.DONE
    text = (checkout / "schemas" / "formats" / "other_board_lines.toml").read_text(encoding="utf-8")
    drafted = tomllib.loads(text)
    assert (drafted["shape"], drafted["data_type"], drafted["body"]) == ("fixed_width", "X", "5")
    assert "record X5: 2 lines, up to 10 characters" in text
    assert drafted["columns"] == [{"name": "rest", "start": 3, "width": 8, "decode": "text", "sure": "ours"}]
    assert "AAAA" not in text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text"),
        (b"<Root/>", "XML"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"one column\nvalue\n", "neither a header"),
        (b"0042,Quillfeather,16/05/2008\n", "looks like a row"),
    ],
)
def test_a_sample_that_cannot_be_drafted_is_refused_in_words(
    content: bytes, why: str, checkout: Path, tmp_path: Path
) -> None:
    sample = tmp_path / "sample"
    sample.write_bytes(content)
    said = call("new-format", "some_format", sample)
    assert said.code == ExitCode.USAGE
    assert why in said.err
    assert list((checkout / "schemas" / "formats").iterdir()) == []


def test_scaffolds_refuse_an_installed_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sql" / "rules").mkdir(parents=True)
    monkeypatch.setattr(resources, "sql", lambda: tmp_path / "sql")
    said = call("new-rule", "some_rule")
    assert said.code == ExitCode.USAGE
    assert "checkout" in said.err
