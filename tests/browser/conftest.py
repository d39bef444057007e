"""One browser for all tests, and the pages they look at: the sample's two, and a report of some weeks drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from pipelines import resources
from pipelines.formats import load_formats
from pipelines.html.report import Compared, ReportFacts, Week, write_report
from pipelines.rules import load_rules
from tests import sample_run
from tests.browser.chromium import Chromium, chromium
from tests.report_database import database, small_centre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGES = ("report", "summary", "weeks")
AS_OF = datetime.fromisoformat("2026-08-12T09:00:00+01:00")
SUMS = {"lines": {"lines": 24, "framing": 4, "kept": 18, "rejected": 2}}


@cache
def _weeks() -> Path:
    """A report with every sort of row and a picture of weeks."""
    facts = ReportFacts(False, "exams_office", "2025-26", AS_OF, "0123456789abcdef", SUMS, (), ())
    weeks = (Week(date(2026, 7, 27), 9, 4, 1, 6, 40), Week(date(2026, 8, 3), 5, 2, 1, 4, 41))
    rules, formats = load_rules(resources.sql() / "rules"), load_formats(resources.formats())
    compared = Compared("fedcba9876543210", date(2026, 8, 3))
    facts = replace(facts, rules=tuple(rules), formats=tuple(formats), weeks=weeks, compared=compared)
    path = Path(mkdtemp(prefix="resultsday-weeks-")) / "report.html"
    con = database().cursor()
    con.execute("SET TimeZone = 'UTC'")
    con.execute("BEGIN TRANSACTION")
    try:
        small_centre(con)
        write_report(con, path, facts)
    finally:
        con.execute("ROLLBACK")
        con.close()
    return path


def _path(name: str) -> Path:
    return _weeks() if name == "weeks" else sample_run.folder() / "reports" / f"{name}.html"


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """Chromium, started once."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def page_path() -> Callable[[str], Path]:
    """Where a page of PAGES is."""
    return _path


@pytest.fixture(scope="session")
def printed(browser: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A page of PAGES as a PDF, printed once."""
    folder = tmp_path_factory.mktemp("printed")

    def pdf(name: str) -> Path:
        path = folder / f"{name}.pdf"
        if not path.exists():
            with browser.shown(_path(name)) as page:
                path.write_bytes(page.printed())
        return path

    return pdf
