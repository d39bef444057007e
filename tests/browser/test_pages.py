"""The pages in a browser: axe finds nothing, a phone shows them, and keyboard and no script are enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from tests.browser.conftest import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.chromium import Chromium


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_against_wcag_2_2_aa(
    browser: Chromium, page_path: Callable[[str], Path], name: str, dark: bool
) -> None:
    with browser.shown(page_path(name), dark=dark) as page:
        assert page.value("matchMedia('(prefers-color-scheme: dark)').matches") == dark
        assert page.faults() == []


def test_axe_is_awake(browser: Chromium, tmp_path: Path) -> None:
    """A page with faults, so that finding none above means something."""
    path = tmp_path / "bad.html"
    path.write_text(
        "<!DOCTYPE html><html><head><title>t</title></head><body><p style='color:#ccc;background:#fff'>pale</p>"
        "<img src='data:,'></body></html>",
        encoding="utf-8",
    )
    with browser.shown(path) as page:
        found = {one.split()[0] for one in page.faults()}
    assert {"color-contrast", "image-alt", "html-has-lang"} <= found


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_the_page_does_not_scroll_sideways(
    browser: Chromium, page_path: Callable[[str], Path], name: str
) -> None:
    with browser.shown(page_path(name), width=320) as page:
        assert page.value("innerWidth") == 320
        assert page.value("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_without_script_everything_is_there_to_read(
    browser: Chromium, page_path: Callable[[str], Path], name: str
) -> None:
    path = page_path(name)
    written: Any = html.document_fromstring(path.read_text(encoding="utf-8")).find("body")
    for one in written.xpath(".//script | .//title"):
        one.drop_tree()
    with browser.shown(path, script=False) as page:
        shown = page.value(
            "(b => { b.querySelectorAll('script, title').forEach(e => e.remove()); return b.textContent })"
            "(document.body.cloneNode(true))"
        )
        assert page.value("document.querySelectorAll('.sort, .filter').length") == 0, "made by the script alone"
        hidden = page.value(
            "[...document.querySelectorAll('main *')].filter(e => !e.closest('details, svg, .away') "
            "&& getComputedStyle(e).display === 'none').length"
        )
    assert hidden == 0
    assert "".join(shown.split()) == "".join(written.text_content().split())
    assert len(shown) > 1000


@pytest.mark.parametrize("name", PAGES)
def test_the_first_tab_shows_the_way_past_the_head_and_enter_takes_it(
    browser: Chromium, page_path: Callable[[str], Path], name: str
) -> None:
    with browser.shown(page_path(name)) as page:
        page.press("Tab")
        assert page.value("document.activeElement.className") == "skip"
        place = page.value("(r => [r.left, r.top, r.right])(document.activeElement.getBoundingClientRect())")
        assert place[0] >= 0
        assert place[1] >= 0
        assert place[2] <= 1280
        target = page.value("document.activeElement.getAttribute('href').slice(1)")
        page.press("Enter")
        assert page.value("location.hash") == f"#{target}"
        page.press("Tab")
        after = page.value(
            f"document.getElementById('{target}').compareDocumentPosition(document.activeElement) "
            "& (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)"
        )
        assert after


@pytest.mark.parametrize("name", ["report", "weeks"])
def test_what_is_folded_opens_by_keyboard(browser: Chromium, page_path: Callable[[str], Path], name: str) -> None:
    with browser.shown(page_path(name)) as page:
        page.value("document.querySelector('#pictures [tabindex]').focus()")
        for _ in range(12):
            page.press("Tab")
            if page.value("document.activeElement.tagName") == "SUMMARY":
                break
        assert page.value("document.activeElement.tagName") == "SUMMARY"
        folded = "document.activeElement.parentElement"
        assert page.value(f"{folded}.open") is False
        page.press(" ")
        assert page.value(f"{folded}.open") is True
        assert page.value(f"{folded}.querySelector('tbody tr').getBoundingClientRect().height") > 0


@pytest.mark.parametrize("name", ["report", "weeks"])
def test_every_picture_is_as_wide_as_its_place_and_its_writing_stays_inside(
    browser: Chromium, page_path: Callable[[str], Path], name: str
) -> None:
    with browser.shown(page_path(name)) as page:
        drawn = page.value("document.querySelectorAll('.picture svg').length")
        assert drawn >= 2
        outside = page.value(
            "[...document.querySelectorAll('.picture text')].filter(t => { const b = t.getBBox(); "
            "const v = t.ownerSVGElement.viewBox.baseVal; "
            "return b.x < -1 || b.y < -1 || b.x + b.width > v.width + 1 || b.y + b.height > v.height + 1; })"
            ".map(t => t.textContent)"
        )
        assert outside == []
