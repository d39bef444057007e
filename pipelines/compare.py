"""Two whole runs side by side: what the later one says otherwise, by the same SQL that a run compares itself with.

Takes two run folders, of this version or an older one; gives a connection that holds `changes`, `changed_results`,
`files_vanished` and, made for telling, `diff_findings`, `diff_files`, `diff_people`. Promises that neither folder is
written to, and that two runs compare alike whether one of them is published, long past, or only tried out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.database import column_types, identifier, make_tables
from pipelines.previous import PREVIOUS_TABLES, fill_previous, make_previous_tables, shown
from pipelines.sql_files import SqlFile, in_order, load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.publish import PublishedRun

#: what a comparison is asked for; everything else follows from what these read
_WANTED = ("changed_results", "files_vanished", "finding_origins", "finding_matches")

#: findings that are themselves what changed: a comparison shows the results, not the rows about them
OF_THE_WEEK = ("result_changed", "result_added", "result_withdrawn", "file_vanished")

#: of `discrepancies`, what a comparison tells of a finding
FINDING = {
    "severity": "VARCHAR",
    "severity_rank": "INTEGER",
    "code": "VARCHAR",
    "key": "VARCHAR",
    "fingerprint": "VARCHAR",
    "root": "VARCHAR",
    "state": "VARCHAR",
    "centre_number": "VARCHAR",
    "person_id": "VARCHAR",
    "other_person_id": "VARCHAR",
    "candidate_number": "VARCHAR",
    "ocr_candidate_number": "VARCHAR",
    "uci": "VARCHAR",
    "surname": "VARCHAR",
    "forenames": "VARCHAR",
    "series": "VARCHAR",
    "qualification_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "option_code": "VARCHAR",
    "expected": "VARCHAR",
    "found": "VARCHAR",
    "cause": "VARCHAR",
    "message": "VARCHAR",
    "file": "VARCHAR",
    "line": "INTEGER",
    "embargo_until": "TIMESTAMP WITH TIME ZONE",
}

#: of `candidates`, what a comparison tells of a person
PERSON = {
    "centre_number": "VARCHAR",
    "person_id": "VARCHAR",
    "candidate_number": "VARCHAR",
    "ocr_candidate_number": "VARCHAR",
    "uci": "VARCHAR",
    "surname": "VARCHAR",
    "forenames": "VARCHAR",
}

_FINDINGS = """
CREATE TABLE diff_findings AS
SELECT coalesce(o.change, 'new') AS change, d.*
FROM discrepancies AS d
LEFT JOIN finding_origins AS o ON o.fingerprint = d.fingerprint
UNION ALL
SELECT 'resolved' AS change, p.*
FROM previous_discrepancies AS p
WHERE NOT EXISTS (SELECT 1 FROM finding_matches AS m WHERE m.previous_fingerprint = p.fingerprint)
"""


def _needed(files: Iterable[SqlFile], published: set[str]) -> list[SqlFile]:
    """The files that make what is wanted from published tables, and from nothing else."""
    by_name = {file.name: file for file in files}
    kept: dict[str, SqlFile] = {}
    todo = list(_WANTED)
    while todo:
        name = todo.pop()
        if name in by_name and name not in kept and (name in _WANTED or name not in published):
            kept[name] = by_name[name]
            todo.extend(by_name[name].reads)
    return list(kept.values())


def _sources(after: PublishedRun, joins: Sequence[SqlFile]) -> dict[str, dict[str, str]]:
    """The published tables of the later run, with the columns that this version knows."""
    tables = after.folder / "tables"
    known = {file.name: column_types(file) for file in joins if "columns" in file.header}
    return {name: columns for name, columns in known.items() if (tables / f"{name}.parquet").is_file()}


def _show(con: Any, name: str, run: PublishedRun, source: str, columns: dict[str, str]) -> None:
    query, _missing = shown(con, run.folder / "tables" / f"{source}.parquet", columns)
    con.execute(f"CREATE VIEW {identifier(name)} AS {query}")


def _files(con: Any) -> None:
    """What came, what went, and what of it is missed: `diff_files`."""
    con.execute(
        "CREATE TABLE diff_files AS "
        "WITH missed AS (SELECT file_id, max(results) AS results, max(results_unsaid) AS results_unsaid, "
        "max(uncovered) AS uncovered FROM files_vanished WHERE NOT is_here GROUP BY file_id) "
        "SELECT 'came' AS change, f.file_id, f.name, f.kind, f.series, f.status, n.name AS other_name, "
        "FALSE AS is_missed, 0 AS results_unsaid FROM files AS f LEFT JOIN files AS n ON n.file_id = f.superseded_by "
        "WHERE f.file_id NOT IN (SELECT file_id FROM previous_files) UNION ALL "
        "SELECT 'replaced', f.file_id, f.name, f.kind, f.series, f.status, n.name, FALSE, 0 FROM files AS f "
        "INNER JOIN previous_files AS p ON p.file_id = f.file_id AND p.status <> 'superseded' "
        "LEFT JOIN files AS n ON n.file_id = f.superseded_by WHERE f.status = 'superseded' UNION ALL "
        "SELECT 'gone', p.file_id, p.name, p.kind, p.series, p.status, NULL, "
        "coalesce(m.uncovered > 0 OR m.results_unsaid > 0, FALSE), coalesce(m.results_unsaid, 0) "
        "FROM previous_files AS p LEFT JOIN missed AS m ON m.file_id = p.file_id "
        "WHERE p.file_id NOT IN (SELECT file_id FROM files)"
    )


def _people(con: Any, before: PublishedRun) -> None:
    """Everybody of either run, as the later one knows them where it does: `diff_people`."""
    _show(con, "previous_candidates", before, "candidates", PERSON)
    columns = ", ".join(map(identifier, PERSON))
    con.execute(
        f"CREATE VIEW diff_people AS SELECT {columns} FROM candidates UNION ALL SELECT {columns} "
        "FROM previous_candidates AS p WHERE NOT EXISTS (SELECT 1 FROM candidates AS c "
        "WHERE c.centre_number = p.centre_number AND c.person_id = p.person_id)"
    )


def compare(con: Any, before: PublishedRun, after: PublishedRun, earlier: Sequence[PublishedRun] = ()) -> None:
    """Make the tables that say what `after` says otherwise than `before`, in an empty connection."""
    joins = load_sql_folder(resources.sql() / "joins")
    findings = load_sql_folder(resources.sql() / "findings")
    make_previous_tables(con)
    fill_previous(con, before, earlier)
    published = {file.name for file in (*joins, *findings) if file.header.get("publish")} - {"changes"}
    needed = _needed((*joins, *findings), published | {"fingerprinted", "centres", "file_names"})
    read = {"candidates", "files", "discrepancies"} | {table for file in needed for table in file.reads} - {
        file.name for file in needed
    }
    known = _sources(after, (*joins, *findings))
    made = {file.name: column_types(file) for file in joins}
    for name in sorted(read & published - {"discrepancies"}):
        _show(con, name, after, name, known.get(name) or made[name])
    _show(con, "discrepancies", after, "discrepancies", FINDING)
    _show(con, "previous_discrepancies", before, "discrepancies", FINDING)
    _show(con, "kept_history", after, "finding_history", {"fingerprint": "VARCHAR", "key_shape": "VARCHAR"})
    con.execute(
        "CREATE VIEW fingerprinted AS SELECT d.*, h.key_shape FROM discrepancies AS d "
        "LEFT JOIN kept_history AS h ON h.fingerprint = d.fingerprint"
    )
    con.execute("CREATE VIEW file_names AS SELECT file_id, name FROM files")
    con.execute(
        "CREATE VIEW centres AS SELECT centre_number FROM candidates UNION "
        "SELECT reported_to FROM files WHERE reported_to IS NOT NULL"
    )
    given = [*PREVIOUS_TABLES, *read]
    moment = datetime.fromisoformat(after.manifest["as_of"]).astimezone(UTC)
    make_tables(con, in_order(needed, given), {"as_of": moment})
    con.execute(_FINDINGS)
    _files(con)
    _people(con, before)
