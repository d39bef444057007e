"""The report and the workbook on paper: what a head teacher gets at nine."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests import sample_run
from tests.browser.tools import program, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.chromium import Chromium


def _first_lines(pages: list[str]) -> list[str]:
    return [
        " ".join(lines[0].split()) for page in pages if (lines := [line for line in page.splitlines() if line.strip()])
    ]


def test_every_student_begins_a_page(
    browser: Chromium, page_path: Callable[[str], Path], printed: Callable[[str], Path]
) -> None:
    with browser.shown(page_path("report")) as page:
        names = page.value(
            "[...document.querySelectorAll('.student h3')].map(e => [...e.childNodes]"
            ".filter(n => n.nodeType !== 1 || !n.classList.contains('state')).map(n => n.textContent).join(''))"
        )
    tops = _first_lines(text_of(printed("report")))
    assert len(names) > 100
    lacking = [name for name in names if not any(top.startswith(" ".join(name.split())) for top in tops)]
    assert lacking == []


@pytest.mark.parametrize(("name", "said"), [("report", "Do now"), ("report", "What is where?"), ("summary", "All")])
def test_the_page_prints_with_its_words(printed: Callable[[str], Path], name: str, said: str) -> None:
    pages = text_of(printed(name))
    assert "SAMPLE" in pages[0]
    assert any(said in page for page in pages)


def test_the_workbook_opens_with_how_many_students_are_ready(tmp_path: Path) -> None:
    book = sample_run.folder() / "reports" / "discrepancies.xlsx"
    profile = (tmp_path / "profile").as_uri()
    command = [program("soffice"), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(book)], check=True, capture_output=True, timeout=300)
    said = " ".join(text_of(tmp_path / "discrepancies.pdf", "-l", "4"))
    counted = sample_run.table("readiness")["readiness"].value_counts()
    for word, count in counted.iter_rows():
        assert str(count) in said, word
    assert "SAMPLE" in said
    for fault in ("#REF!", "#NAME?", "#VALUE!", "Err:5"):
        assert fault not in said
