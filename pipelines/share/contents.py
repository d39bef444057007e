"""What of the published run goes into a bundle: tables as Parquet, findings as CSV, rows counted.

Takes a run's folder and what is asked for; writes into a folder that is private and will be deleted, and gives what
was written. Promises that no row is among it whose embargo is not past, whoever the run was made for, and none that
was made of such a row; that only the centres asked for are in it; and that the same run gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import files, resources
from pipelines.database import connect, identifier, text
from pipelines.embargo import hold_back
from pipelines.errors import EmbargoError, UsageError
from pipelines.export import CSV_COLUMNS, Table, published_tables, write_parquet
from pipelines.packs.writing import csv_bytes
from pipelines.share.columns import make_grades, make_macro, pseudonymous

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

#: what somebody here wrote of a finding may tell what was found, and is for this office alone
OURS = frozenset({"waivers", "waived_findings"})
#: every statement about a result
_STATEMENTS = ("results_by_carrier", "component_results")
CSV = "reports/discrepancies.csv"

# Who is told what holds or delays a student: made again of the findings that may be told, as a run for staff does.
_READINESS = """
CREATE TABLE readiness_told AS
WITH about AS (
    SELECT centre_number, person_id, d.* EXCLUDE (centre_number, person_id) FROM discrepancies AS d
    UNION ALL
    SELECT centre_number, other_person_id, d.* EXCLUDE (centre_number, person_id) FROM discrepancies AS d
),
told AS (
    SELECT DISTINCT centre_number, person_id, fingerprint, root, code, key, message, owner, due, state
    FROM about
    WHERE person_id IS NOT NULL AND (embargo_until IS NULL OR embargo_until <= {moment})
    AND ((severity = 'error' AND state = 'open') OR state = 'pending')
),
placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY centre_number, person_id
        ORDER BY state ASC,
            CASE WHEN state = 'pending' THEN due END ASC NULLS LAST,
            CASE WHEN state = 'open' AND root IS NOT NULL THEN 1 ELSE 0 END ASC,
            code ASC NULLS LAST, key ASC NULLS LAST
    ) AS place
    FROM told
)
SELECT r.centre_number, r.person_id,
    CASE p.state WHEN 'open' THEN 'hold' WHEN 'pending' THEN 'waiting' ELSE 'ready' END AS readiness,
    p.code, p.message AS reason, p.owner, p.due
FROM readiness AS r
LEFT JOIN placed AS p ON p.centre_number = r.centre_number AND p.person_id = r.person_id AND p.place = 1
"""


@dataclass(frozen=True)
class Wanted:
    """Of which centres, none for all; under which key, none where names stay; what was released by when."""

    moment: datetime
    centres: tuple[str, ...] = ()
    key: bytes | None = None


@dataclass(frozen=True)
class Contents:
    """What was written: the rows of each table, and how many were held back."""

    rows: Mapping[str, int]
    held_back: int  #: rows of all tables that candidates may not be told yet
    centres: tuple[str, ...]


def write_contents(run: Path, wanted: Wanted, folder: Path, spill: Path) -> Contents:
    """Write the tables and the findings of a run into `folder`.

    Raises UsageError for a centre that is not in the run, or a run of an older version that lacks a table; and
    EmbargoError where every result asked for is under embargo.
    """
    con = connect(spill)
    try:
        con.execute("SET preserve_insertion_order = true")
        tables = _load(con, run / "tables")
        centres = _only(con, tables, wanted.centres)
        held_back = _hold_back(con, tables, wanted.moment)
        if wanted.key is not None:
            make_macro(con, wanted.key)
            make_grades(con)
        rows = {table.name: _write(con, table, wanted, folder / "tables") for table in tables if table.name not in OURS}
        _write_findings(folder)
    finally:
        con.close()
    return Contents(rows, held_back, centres)


def _load(con: Any, folder: Path) -> tuple[Table, ...]:
    """Every table of the run, in memory, where rows can be taken out; gives those that are published today."""
    there = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    known = tuple(table for table in published_tables(resources.sql()) if table.name in there)
    needed = {"discrepancies", "finding_history", "readiness", "rules_run", "candidates", *OURS, *_STATEMENTS}
    if lacking := sorted(needed - set(there)):
        raise UsageError(f"The published run was made by an older version: no {', '.join(lacking)}.", "Run again.")
    for name in (*(table.name for table in known), "grade_codes", "grade_thresholds"):
        con.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM read_parquet({text(there[name])})")
    return known


def _columns(con: Any, table: str) -> dict[str, str]:
    described = con.execute(f"DESCRIBE {identifier(table)}").fetchall()
    return {str(name): str(kind) for name, kind, *_ in described}


def _only(con: Any, tables: tuple[Table, ...], asked: tuple[str, ...]) -> tuple[str, ...]:
    """Take out what is of other centres, and what is of none: it may be anybody's."""
    seen = tuple(
        str(centre) for (centre,) in con.execute("SELECT DISTINCT centre_number FROM candidates ORDER BY 1").fetchall()
    )
    if unknown := sorted(set(asked) - set(seen)):
        raise UsageError(f"Centre {unknown[0]} has no student in this run.", f"It has {', '.join(seen)}.")
    if not asked:
        return seen
    kept = ", ".join(text(centre) for centre in asked)
    for table in tables:
        if "centre_number" in _columns(con, table.name):
            con.execute(
                f"DELETE FROM {identifier(table.name)} WHERE centre_number IS NULL OR centre_number NOT IN ({kept})"
            )
    return tuple(sorted(set(asked)))


def _count(con: Any, tables: tuple[str, ...]) -> int:
    return sum(int(con.execute(f"SELECT count(*) FROM {identifier(name)}").fetchone()[0]) for name in tables)


def _hold_back(con: Any, tables: tuple[Table, ...], moment: datetime) -> int:
    """Leave what candidates may be told; gives how many rows went. Raises EmbargoError where no result is left."""
    names = tuple(table.name for table in tables if "embargo_until" in _columns(con, table.name))
    before, statements = _count(con, names), _count(con, _STATEMENTS)
    con.execute(_READINESS.format(moment=f"CAST({text(moment.isoformat())} AS TIMESTAMP WITH TIME ZONE)"))
    con.execute("DROP TABLE readiness")
    con.execute("ALTER TABLE readiness_told RENAME TO readiness")
    # which rows of waivers.csv bear on what: nothing of them is shared
    con.execute("CREATE TABLE waiver_hits (fingerprint VARCHAR, line INTEGER)")
    hold_back(con, names, moment)
    # of a finding that is no more nobody says until when its result is under embargo
    con.execute("DELETE FROM finding_history WHERE fingerprint NOT IN (SELECT fingerprint FROM discrepancies)")
    if statements and not _count(con, _STATEMENTS):
        raise EmbargoError(
            "Nothing was written: every result asked for is under embargo, and goes to nobody before its release.",
            "`resultsday status` says what is released and when. The embargo cannot be lifted for a bundle.",
        )
    return before - _count(con, names)


def _write(con: Any, table: Table, wanted: Wanted, folder: Path) -> int:
    """Write one table in its total order; gives its rows."""
    there = _columns(con, table.name)
    columns = {name: there[name] for name in table.columns if name in there}
    kept = [(name, identifier(name)) for name in columns]
    if wanted.key is not None:
        kept = list(pseudonymous(table.name, columns))
    told = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in kept)
    query = f"SELECT {told} FROM {identifier(table.name)} ORDER BY {_order(table, there, dict(kept), wanted)}"
    files.make_folder(folder)
    return write_parquet(con, query, folder / f"{table.name}.parquet")


def _order(table: Table, there: Mapping[str, str], kept: Mapping[str, str], wanted: Wanted) -> str:
    """The order of a table: its own; where nobody may be named, none that a name or a number decides."""
    if wanted.key is None:
        return ", ".join(f"{identifier(name)} ASC NULLS FIRST" for name in table.order if name in there)
    return ", ".join(f"{sql} ASC NULLS FIRST" for sql in kept.values())


def _write_findings(folder: Path) -> None:
    """Write the findings as CSV, with the columns that the table has left."""
    import polars as pl

    frame = pl.read_parquet(folder / "tables" / "discrepancies.parquet")
    times = [pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%SZ") for name in ("due", "embargo_until")]
    told = frame.with_columns(*times).select([name for name in CSV_COLUMNS if name in frame.columns])
    files.make_folder((folder / CSV).parent)
    files.write_bytes(folder / CSV, csv_bytes(told))
