"""Templates kept as byte code: taken where they are what they were, made anew where they are not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.html.byte_code import ByteCode
from pipelines.sql_files import load_sql_file

if TYPE_CHECKING:
    from pathlib import Path


def _said(folder: Path) -> str:
    loader = FileSystemLoader(folder)
    environment = Environment(
        loader=loader, bytecode_cache=ByteCode(folder), undefined=StrictUndefined, autoescape=True
    )
    return environment.get_template("page.html").render(who="Ada")


def _kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.jinja"))


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one template, with byte code allowed."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html").write_text("Hello {{ who }}", encoding="utf-8")
    return tmp_path


def test_a_template_is_compiled_once(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _said(templates) == "Hello Ada"
    assert len(_kept(templates)) == 1
    monkeypatch.setattr(Environment, "compile", None)
    assert _said(templates) == "Hello Ada"


def test_a_changed_template_says_what_it_says_now(templates: Path) -> None:
    _said(templates)
    (templates / "page.html").write_text("Goodbye {{ who }}", encoding="utf-8")
    assert _said(templates) == "Goodbye Ada"
    assert len(_kept(templates)) == 1


@pytest.mark.parametrize("keeps", [0, 10, 120, -1])
def test_byte_code_that_is_cut_short_is_made_anew(templates: Path, keeps: int) -> None:
    _said(templates)
    kept = _kept(templates)[0]
    whole = kept.read_bytes()
    kept.write_bytes(whole[:keeps])
    assert _said(templates) == "Hello Ada"
    assert kept.read_bytes() == whole


def test_nothing_is_written_where_python_is_told_to_write_none(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _said(templates) == "Hello Ada"
    assert _kept(templates) == []


def test_a_file_of_sql_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "sums.sql"
    path.write_text('/*\nsummary = "One."\n*/\nSELECT 1', encoding="utf-8")
    first = load_sql_file(path)
    assert load_sql_file(path) is first
    path.write_text('/*\nsummary = "Eleven."\n*/\nSELECT 11', encoding="utf-8")
    assert load_sql_file(path).query == "SELECT 11"
