"""The small tables that say what this run is about: its season, its centres, the names of its files, the run before.

Takes what the run knows before its first join; makes and fills those tables, and the reference tables, in the
connection. They are read by `sql/joins/`, `sql/rules/` and `sql/findings/`.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from pipelines.database import empty_table, identifier, text
from pipelines.local_files import GIVEN_TABLES
from pipelines.previous import PREVIOUS_TABLES
from pipelines.receive import name_hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import polars as pl

    from pipelines.receive import Reception

_CODE = re.compile(r"([1-9ABC])[0-9A-Z](\d\d)")

#: table → column → type
RUN_TABLES: dict[str, dict[str, str]] = {
    "run": {
        "season": "VARCHAR",  # the academic year reported on, 2025-26
        "season_start": "DATE",
        "season_end": "DATE",
        "identity": "VARCHAR",  # hash of inputs, options, local tables, versions and the calendar's state
        "audience": "VARCHAR",  # exams_office or staff
        "near_boundary_marks": "INTEGER",  # how far below the next boundary a mark is near
    },
    "run_centres": {"centre_number": "VARCHAR"},  # the centres given; none means every one seen
    "file_names": {
        "file_id": "VARCHAR",
        "name": "VARCHAR",
        "other_names": "VARCHAR",
        "is_download_copy": "BOOLEAN",  # a browser's ' (1)'
        "copies": "INTEGER",  # how often the same bytes came
        "name_centre": "VARCHAR",
        "name_board": "VARCHAR",
        "name_series": "VARCHAR",
        "name_sequence": "VARCHAR",
        "refused_reason": "VARCHAR",  # of a file that could not be received
        "refused_detail": "VARCHAR",
    },
    **PREVIOUS_TABLES,
    # what a person keeps in data/local/, a row a row of theirs
    **GIVEN_TABLES,
}


def season_of(series: str) -> str | None:
    """The academic year a series code belongs to: an annual series (9…) names the year it began."""
    code = _CODE.fullmatch(series)
    if code is None:
        return None
    first = int(code[2]) - (0 if code[1] in "9ABC" else 1)
    return f"20{first % 100:02d}-{(first + 1) % 100:02d}"


def season_of_run(con: Any, reference: Mapping[str, pl.DataFrame], asked: str | None, as_of: datetime) -> str:
    """The season asked for; else the latest with a release at or before as-of, or with a results file here."""
    if asked:
        return asked
    calendar = reference["release_calendar"]
    released = calendar.filter(calendar["released_to_centres"] <= as_of.astimezone(UTC))["season"].to_list()
    named = con.execute(
        "SELECT DISTINCT c.series_as_sent FROM incoming_file_centres AS c "
        "INNER JOIN incoming_files AS f ON f.file_id = c.file_id "
        "WHERE f.kind IN ('edi_results', 'xml_results') AND NOT f.is_refused AND c.series_as_sent IS NOT NULL"
    ).fetchall()
    arrived = [season for (series,) in named if (season := season_of(series.strip().upper()))]
    today = f"{as_of.year - (as_of.month < 9)}-{(as_of.year + (as_of.month >= 9)) % 100:02d}"
    return max([*released, *arrived], default=today)


def season_days(season: str) -> tuple[str, str]:
    """First and last day of an academic year."""
    first = int(season[:4])
    return f"{first}-09-01", f"{first + 1}-08-31"


def insert(con: Any, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Put rows of constants into a table, a thousand at a time."""
    kinds = RUN_TABLES[table].values()
    values = [
        "("
        + ", ".join(
            "NULL" if cell is None else f"CAST({text(cell)} AS {kind})" for cell, kind in zip(row, kinds, strict=True)
        )
        + ")"
        for row in rows
    ]
    for start in range(0, len(values), 1000):
        con.execute(f"INSERT INTO {identifier(table)} VALUES {', '.join(values[start : start + 1000])}")


def make_run_tables(con: Any) -> None:
    """Make the tables, empty."""
    for table, columns in RUN_TABLES.items():
        con.execute(f"CREATE TABLE {identifier(table)} ({empty_table(columns)})")


def load_reference_tables(con: Any, reference: Mapping[str, pl.DataFrame]) -> None:
    """Make a table of each reference frame."""
    for name, frame in reference.items():
        con.register("frame", frame)
        con.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM frame")
        con.unregister("frame")


def fill_file_names(con: Any, reception: Reception) -> None:
    """One row a content, and one a file that could not be received, with what its name claims."""
    rows: list[Sequence[object]] = []
    for one in reception.received:
        names = (one.name, *one.other_names)
        hints = name_hints(one.name)
        rows.append(
            (one.file_id, one.name, "; ".join(one.other_names) or None, one.is_download_copy, len(names))
            + (hints.centre, hints.board, hints.series, hints.sequence, None, None)
        )
    for refused in reception.refused:
        # never opened or never whole, so it has no content to be named by
        file_id = hashlib.sha256(f"name:{refused.name}".encode()).hexdigest()[:16]
        hints = name_hints(refused.name)
        rows.append(
            (file_id, refused.name, None, False, 1)
            + (hints.centre, hints.board, hints.series, hints.sequence, refused.reason, refused.detail)
        )
    insert(con, "file_names", rows)
