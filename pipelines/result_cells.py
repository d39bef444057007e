"""What the broadsheet and the slips show of each student: the result that counts, and what speaks against it.

Takes the folder of a published run; gives a row a student and unit or qualification, from `sql/broadsheet/`. Promises
that nothing counts as released that is under embargo at the run's moment or now, whichever is earlier: a run that was
made for a later moment shows candidates nothing sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.errors import UsageError
from pipelines.manifest import reader_of
from pipelines.run_tables import season_of
from pipelines.sealed import sealed
from pipelines.sql_files import load_sql_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from pipelines.publish import PublishedRun

_NUMBERS = ("candidate_number", "ocr_candidate_number", "uci", "person_id")


@dataclass(frozen=True)
class Picked:
    """Which students: of a centre, by a number of theirs; empty means all."""

    centre: str = ""
    person: str = ""


@dataclass(frozen=True)
class Shown:
    """Rows of `result_cells`, and the run they are of."""

    cells: pl.DataFrame
    season: str
    identity: str
    is_sample: bool


def shown(run: PublishedRun, picked: Picked, now: datetime, is_slip: bool = False) -> Shown:
    """The results of the students picked; for slips those of the run's season that are released.

    UsageError where nobody has the number, or the centre no student.
    """
    import polars as pl

    told = run.manifest
    at = min(datetime.fromisoformat(told["as_of"]), now)
    only_released = is_slip or reader_of(told) != "exams_office"
    with sealed(run.folder, "UTC") as con:
        _check(con, picked)
        found = cells(con, at, only_released, picked.centre, told["season"] if is_slip else "")
        if picked.person:
            people = con.execute(_PEOPLE, {"number": picked.person.strip().upper()}).fetchall()
            found = found.filter(pl.col("person_id").is_in([person for (person,) in people]))
    return Shown(found, told["season"], told["identity"], bool(told.get("is_sample")))


def cells(con: Any, at: datetime, only_released: bool, centre: str = "", season: str = "") -> pl.DataFrame:
    """The results that count, of a connection with the tables of a run; empty `centre` and `season` mean all."""
    file = load_sql_file(resources.sql() / "broadsheet" / "result_cells.sql")
    query, bound = file.bound({"at": at, "only_released": only_released, "centre": centre, "season": season})
    con.execute("CREATE OR REPLACE TEMP TABLE book_series (series VARCHAR, season VARCHAR, place VARCHAR)")
    if known := list(_series(con)):
        con.executemany("INSERT INTO book_series VALUES (?, ?, ?)", known)
    found: pl.DataFrame = con.sql(query, params=bound).pl()
    return found


_PEOPLE = "SELECT person_id FROM candidates WHERE " + " OR ".join(
    f"list_contains(string_split(upper({column}), ' '), $number)" for column in _NUMBERS
)


def _check(con: Any, picked: Picked) -> None:
    if picked.person and not con.execute(_PEOPLE, {"number": picked.person.strip().upper()}).fetchall():
        raise UsageError(
            "No student of this run has that number.",
            "Give a candidate number (four digits), an OCR candidate number (eight) or a UCI.",
        )
    centres = [one for (one,) in con.execute("SELECT DISTINCT centre_number FROM candidates ORDER BY 1").fetchall()]
    if picked.centre and picked.centre not in centres:
        raise UsageError(f"Centre {picked.centre} has no student in this run.", f"It has {', '.join(centres)}.")


def _series(con: Any) -> Iterator[tuple[str, str | None, str]]:
    """Each series with its season and what puts it in the order of time: an annual one ends its season."""
    for (series,) in con.execute(
        "SELECT series FROM results_with_manual_changes UNION SELECT series FROM reconciliation ORDER BY 1"
    ).fetchall():
        if series is not None:
            season = season_of(series)
            yield series, season, f"{season or ''}{series[:1]}"
