"""The generated pages: everything is in them, their links lead somewhere, and a page out of date is noticed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipelines import catalogue, resources
from pipelines.commands.scaffold import checkout
from pipelines.errors import ExitCode
from pipelines.export import CSV_COLUMNS, published_tables
from pipelines.formats import load_formats
from pipelines.reference import reference_tables
from pipelines.rules import Rule, load_rules
from pipelines.sql_files import load_sql_folder

PAGES = catalogue.pages()
RULES = load_rules(resources.sql() / "rules")


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_is_on_its_page_with_all_that_a_person_needs(rule: Rule) -> None:
    page = " ".join(PAGES["rules.md"].split())
    for words in ("summary", "why", "action", "source", "population"):
        assert " ".join(str(getattr(rule, words)).split()) in page
    assert page.count(f"### {rule.code} ") == 1


def test_every_rule_stands_in_exactly_one_group() -> None:
    listed = re.findall(r"^\| \[([a-z_]+)\]", PAGES["rules.md"], re.MULTILINE)
    assert sorted(listed) == sorted(rule.code for rule in RULES)


def test_every_format_is_there_with_every_column_of_its_layout() -> None:
    page = PAGES["formats.md"]
    for one in load_formats(resources.formats()):
        (section,) = re.findall(rf"^## {one.name}$.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        assert one.source.rstrip(".") in section
        for name, column in one.all_columns.items():
            assert f"| `{name}` |" in section
            if one.shape == "fixed_width":
                assert f"| {column.start}–{column.start + column.width - 1} |" in section
            assert all(header in section for header in column.headers)
        for part, sure in one.sureness.items():
            assert f"| {part.replace('_', ' ')} | {sure} |" in section


def test_every_published_and_reference_table_is_there_with_every_column_in_words() -> None:
    page = PAGES["tables.md"]
    described = {table.name: dict(table.columns) for table in published_tables(resources.sql())}
    described |= {
        name: {column: one.says for column, one in table.columns.items()} for name, table in reference_tables().items()
    }
    assert len(described) > 20
    for name, columns in described.items():
        (section,) = re.findall(rf"^## {name}$.*?(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
        for column, words in columns.items():
            assert re.search(rf"^\| `{column}` \| [A-Z].* \| .*", section, re.MULTILINE), (name, column)
            assert " ".join(words.split()).replace("|", "\\|") in section


def test_the_columns_of_the_csv_stand_there_in_their_order() -> None:
    assert ", ".join(f"`{name}`" for name in CSV_COLUMNS) in PAGES["tables.md"]


def test_every_question_is_there_with_its_sql() -> None:
    for file in load_sql_folder(resources.sql() / "questions"):
        assert f"## {file.name}\n" in PAGES["questions.md"]
        assert file.query in PAGES["questions.md"]


def test_every_command_and_every_one_of_its_options_is_there() -> None:
    import typer

    from pipelines.cli import app

    page = PAGES["commands.md"]
    for name, command in typer.main.get_group(app).commands.items():
        if command.hidden:
            continue
        (section,) = re.findall(rf"^## {name}$.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        for parameter in command.params:
            if not getattr(parameter, "hidden", False):
                assert any(option in section for option in (*parameter.opts, (parameter.name or "").upper()))
    assert "--or-sample" not in page


def test_every_exit_code_is_explained() -> None:
    assert set(catalogue.EXIT_CODES) == set(ExitCode)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_links_within_a_page_lead_to_a_heading_of_it(page: str) -> None:
    text = PAGES[page]
    headings = {heading.strip() for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
    # a rule may name a cause whose own rule is still to be written
    wanted = set(re.findall(r"\(#([a-z_0-9]+)\)", text))
    known_causes = {cause for rule in RULES for cause in rule.follows_from}
    assert wanted - headings - known_causes == set()


@pytest.mark.parametrize("page", sorted(PAGES))
def test_tables_of_a_page_have_as_many_cells_in_each_row_as_in_their_head(page: str) -> None:
    width = 0
    for line in PAGES[page].splitlines():
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)\|", line)) - 1
            width = width or cells
            assert cells == width, line
        else:
            width = 0


def test_pages_are_the_same_whatever_the_screen_and_the_settings_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERMINAL_WIDTH", "50")
    monkeypatch.setenv("RESULTSDAY_DATA", "/somewhere/else")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert catalogue.pages() == PAGES


def test_a_page_that_is_missing_or_changed_is_named(tmp_path: Path) -> None:
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert catalogue.stale(tmp_path) == []
    (tmp_path / "rules.md").write_text(PAGES["rules.md"] + "more\n", encoding="utf-8")
    (tmp_path / "formats.md").unlink()
    assert sorted(catalogue.stale(tmp_path)) == ["formats.md", "rules.md"]


def test_check_ends_with_1_and_names_the_page_and_writing_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(checkout() / "uv.lock", tmp_path)
    monkeypatch.setattr(catalogue, "checkout", lambda: tmp_path)
    (tmp_path / "docs").mkdir()
    assert catalogue.main(["--check"]) == 1
    assert "docs/rules.md is out of date: make docs" in capsys.readouterr().out
    assert catalogue.main([]) == 0
    assert catalogue.main(["--check"]) == 0
    assert catalogue.main(["--nonsense"]) == ExitCode.USAGE
