"""What the run before said, as tables beside those of this run: `previous_…`.

Takes the folder of the run compared with, which may have been made by an older version; gives its tables as views over
its Parquet files, so that nothing of it is copied. Promises that a table or a column that the older run did not keep is
empty and named in `previous_gaps`, never a fault: what rests on it says that it could not be evaluated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.database import empty_table, identifier, text
from pipelines.manifest import reader_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.publish import PublishedRun

#: table → the table of the older run it shows, and its columns
_SHOWN: dict[str, tuple[str, dict[str, str]]] = {
    "previous_findings": (
        "discrepancies",
        {
            "fingerprint": "VARCHAR",
            "severity": "VARCHAR",
            "expected": "VARCHAR",
            "found": "VARCHAR",
            "cause": "VARCHAR",
        },
    ),
    "previous_history": (
        "finding_history",
        {
            "centre_number": "VARCHAR",
            "fingerprint": "VARCHAR",
            "code": "VARCHAR",
            "key": "VARCHAR",
            "person_id": "VARCHAR",
            "other_person_id": "VARCHAR",
            "key_shape": "VARCHAR",
            "first_run": "VARCHAR",
            "last_run": "VARCHAR",
            "state": "VARCHAR",
            "reopened": "INTEGER",
            "became": "VARCHAR",
        },
    ),
    "previous_people": ("candidates", {"centre_number": "VARCHAR", "person_id": "VARCHAR"}),
    "previous_identities": (
        "candidate_identities",
        {
            "centre_number": "VARCHAR",
            "person_id": "VARCHAR",
            "identifier": "VARCHAR",
            "value": "VARCHAR",
            "academic_year": "VARCHAR",
        },
    ),
    "previous_files": (
        "files",
        {
            "file_id": "VARCHAR",
            "name": "VARCHAR",
            "kind": "VARCHAR",
            "status": "VARCHAR",
            "reported_to": "VARCHAR",
            "series": "VARCHAR",
        },
    ),
    "previous_coverage": (
        "coverage",
        {
            "centre_number": "VARCHAR",
            "carrier": "VARCHAR",
            "board": "VARCHAR",
            "series": "VARCHAR",
            "window_from": "DATE",
            "file_id": "VARCHAR",
        },
    ),
    "previous_results": (
        "results_by_carrier",
        {
            "centre_number": "VARCHAR",
            "carrier": "VARCHAR",
            "person_id": "VARCHAR",
            "candidate_number": "VARCHAR",
            "ocr_candidate_number": "VARCHAR",
            "board": "VARCHAR",
            "series": "VARCHAR",
            "series_as_sent": "VARCHAR",
            "kind": "VARCHAR",
            "option_code": "VARCHAR",
            "qualification_code": "VARCHAR",
            "unit_code": "VARCHAR",
            "subject": "VARCHAR",
            "is_technical": "BOOLEAN",
            "window_from": "DATE",
            "grade_as_sent": "VARCHAR",
            "grade": "VARCHAR",
            "mark": "DECIMAL(7,2)",
            "award_date": "DATE",
            "partial_absence": "BOOLEAN",
            "is_absent": "BOOLEAN",
            "stated_on": "DATE",
            "sequence": "INTEGER",
            "is_truncated": "BOOLEAN",
            "superseded_by": "VARCHAR",
            "embargo_until": "TIMESTAMP WITH TIME ZONE",
            "file_id": "VARCHAR",
            "line": "INTEGER",
        },
    ),
}

#: table → column → type
PREVIOUS_TABLES: dict[str, dict[str, str]] = {
    **{name: columns for name, (_source, columns) in _SHOWN.items()},
    # the run compared with, by its manifest: one row, or none at the first run
    "previous_run": {
        "identity": "VARCHAR",
        "as_of": "TIMESTAMP WITH TIME ZONE",
        "audience": "VARCHAR",
    },
    # what an older version did not keep
    "previous_gaps": {"table_name": "VARCHAR", "what": "VARCHAR"},
    # every run kept here before this one, the first is 1
    "earlier_runs": {"identity": "VARCHAR", "place": "INTEGER"},
}


def runs_before(data: Path, asked: str, reader: str) -> list[PublishedRun]:
    """The runs of another identity, the oldest first: the last is what this one is compared with.

    Only runs for the same eyes: what was left out for staff is neither new nor resolved, and the findings of a run
    for the exams office may not reach staff as resolved ones.
    """
    return [
        run for run in publish.runs(data) if run.manifest.get("identity") != asked and reader_of(run.manifest) == reader
    ]


def shown(con: Any, path: Path, columns: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """SQL that reads these columns of a Parquet file, NULL where it has none; and the ones it has not."""
    if not path.is_file():
        cells = ", ".join(f"CAST(NULL AS {kind}) AS {identifier(name)}" for name, kind in columns.items())
        return f"SELECT {cells} WHERE FALSE", tuple(columns)
    source = f"read_parquet({text(path)})"
    there = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    cells = ", ".join(
        f"CAST({identifier(name) if name in there else 'NULL'} AS {kind}) AS {identifier(name)}"
        for name, kind in columns.items()
    )
    return f"SELECT {cells} FROM {source}", tuple(name for name in columns if name not in there)


def _replace(con: Any, table: str, query: str) -> None:
    con.execute(f"DROP TABLE IF EXISTS {identifier(table)}")
    con.execute(f"CREATE VIEW {identifier(table)} AS {query}")


def make_previous_tables(con: Any) -> None:
    """Make the tables, empty: there is no run before."""
    for table, columns in PREVIOUS_TABLES.items():
        con.execute(f"CREATE TABLE {identifier(table)} ({empty_table(columns)})")


def fill_previous(con: Any, before: PublishedRun | None, earlier: Sequence[PublishedRun] = ()) -> None:
    """Show the run before in the tables, which are there and empty; nothing where there is none.

    `earlier` are all runs kept, the oldest first.
    """
    places = [f"({text(run.manifest.get('identity'))}, {place})" for place, run in enumerate(earlier, 1)]
    if places:
        con.execute(f"INSERT INTO earlier_runs VALUES {', '.join(places)}")
    if before is None:
        return
    audience = before.manifest.get("options", {}).get("audience") or "exams_office"
    told = [text(before.manifest.get("identity")), text(before.manifest.get("as_of")), text(audience)]
    con.execute(f"INSERT INTO previous_run SELECT {told[0]}, CAST({told[1]} AS TIMESTAMP WITH TIME ZONE), {told[2]}")
    for table, (source, columns) in _SHOWN.items():
        query, missing = shown(con, before.folder / "tables" / f"{source}.parquet", columns)
        _replace(con, table, query)
        if missing:
            what = "the table" if len(missing) == len(columns) else ", ".join(missing)
            con.execute(f"INSERT INTO previous_gaps VALUES ({text(table)}, {text(what)})")
