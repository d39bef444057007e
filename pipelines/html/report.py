"""The report: asked, filled in, written.

Takes a connection with the tables that a run publishes, in memory or in `results.duckdb`; gives one HTML file.
Promises that equal tables and facts give equal bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.html.facts import Compared, ReportFacts, Week, weeks_of
from pipelines.html.page import render
from pipelines.html.queries import ask

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ("Compared", "ReportFacts", "Week", "weeks_of", "write_report")


def write_report(con: Any, path: Path, facts: ReportFacts) -> int:
    """Write `report.html`; gives its size in bytes. DiskError where the disk fails."""
    page = render(facts, ask(con, facts))
    files.write_text(path, page)
    return len(page.encode("utf-8"))
