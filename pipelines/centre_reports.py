"""The reports of a run: of all centres together, and of each by itself where there are several.

Takes the connection after everything is joined and found, and what a report is told; writes `report.html`,
`summary.html` and `discrepancies.xlsx`, and with two centres or more `trust.html` and the same three in
`centres/<centre>/`. Promises that a centre's folder holds nothing of another centre's students, that two centres are
written at the same time and each costs what its own rows cost, and that equal tables and facts give equal bytes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.centre_tables import centres_of, of_centre, prepare, sums_of
from pipelines.database import AT_ONCE
from pipelines.html.page import folder_name
from pipelines.html.report import write_report
from pipelines.html.summary import write_centre_summary, write_summary
from pipelines.html.trust import NAME as TRUST
from pipelines.html.trust import write_trust
from pipelines.workbooks.discrepancies import NAME as WORKBOOK
from pipelines.workbooks.discrepancies import write_discrepancies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.centre_tables import CentreTables
    from pipelines.html.facts import ReportFacts, Week
    from pipelines.html.summary import Page

    #: the weeks before, as they were at one centre
    WeeksOf = Callable[[str], tuple[Week, ...]]


def write_reports(
    con: Any, reports: Path, facts: ReportFacts, weeks_of: WeeksOf = lambda _centre: (), of_each: bool = True
) -> None:
    """Write every page and workbook of a run, those of each centre where they are asked for.

    Raises DiskError where the disk fails.
    """
    write_report(con, reports / "report.html", facts)
    write_discrepancies(con, reports / WORKBOOK, facts)
    pages: tuple[Page, ...] = ()
    if of_each and len(centres_of(con)) > 1:
        pages = _of_each(con, reports / "centres", facts, weeks_of)
    write_summary(con, reports / "summary.html", facts, pages)
    if pages:
        write_trust(con, reports / TRUST, facts, pages)


def _of_each(con: Any, folder: Path, facts: ReportFacts, weeks_of: WeeksOf) -> tuple[Page, ...]:
    tables = prepare(con)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [
            pool.submit(_of_one, con.cursor(), tables, centre, folder, replace(facts, weeks=weeks_of(centre)))
            for centre in tables.centres
        ]
        return tuple(one.result() for one in waiting)


def _of_one(con: Any, tables: CentreTables, centre: str, folder: Path, facts: ReportFacts) -> Page:
    """The folder of one centre."""
    mine = files.make_folder(folder / folder_name(centre))
    with of_centre(con, tables, centre) as theirs:
        own = replace(facts, sums=sums_of(theirs))
        write_report(theirs, mine / "report.html", own)
        write_discrepancies(theirs, mine / WORKBOOK, own)
        return write_centre_summary(theirs, mine / "summary.html", own, centre)
