"""The tables of a run as one centre's own: its rows alone stand in front of the tables, for one cursor at a time.

Takes the connection of a run of several centres; gives cursors on which every statement of the report and the workbook
sees one centre's rows alone, though it names no centre. Promises to fail closed: a table that is neither reference data
nor has a centre is an error, a row without a centre is nobody's, and of files only those that speak of the centre and
the boards' own, which speak of no centre. What a file of several centres holds of the others is not counted.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.database import identifier, text
from pipelines.errors import UsageError
from pipelines.reference import reference_tables
from pipelines.sql_files import load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

#: rows that DuckDB looks through or leaves out together; what has more is sorted by centre once, so that each centre
#: is found without looking through all the others
_ROW_GROUP = 122_880
_SORTED = "sorted_by_centre"
_FOLDERS = ("report", "workbook")
#: kinds of files that a board makes for every centre alike
_OF_BOARDS = (
    "basedata_syllabuses", "basedata_options", "basedata_components", "basedata_links", "grade_boundaries",
)  # fmt: skip

#: of a file of several centres, a row a centre with the lines that are its own
_FILES = """
WITH kept AS (
    SELECT file_id, centre_number, CAST(sum(rows_kept) AS INTEGER) AS rows_kept
    FROM incoming_file_centres
    GROUP BY file_id, centre_number
),

rejected AS (
    SELECT file_id, centre_number, CAST(count(DISTINCT line) AS INTEGER) AS rows_rejected
    FROM rejects
    WHERE centre_number IS NOT NULL
    GROUP BY file_id, centre_number
),

shares AS (
    SELECT
        coalesce(k.file_id, r.file_id) AS file_id,
        coalesce(k.centre_number, r.centre_number) AS centre_number,
        coalesce(k.rows_kept, 0) AS rows_kept,
        coalesce(r.rows_rejected, 0) AS rows_rejected
    FROM kept AS k
    FULL JOIN rejected AS r ON r.file_id = k.file_id AND r.centre_number = k.centre_number
)

SELECT f.*, f.centre_number AS of_centre
FROM files AS f
WHERE f.centre_number IS NOT NULL OR {of_boards}
UNION ALL
SELECT
    f.* REPLACE (
        s.rows_kept AS rows_kept,
        s.rows_rejected AS rows_rejected,
        s.rows_kept + s.rows_rejected AS rows_read,
        CAST(NULL AS VARCHAR) AS detail
    ),
    s.centre_number AS of_centre
FROM files AS f
INNER JOIN shares AS s ON s.file_id = f.file_id
WHERE f.centre_number IS NULL AND NOT {of_boards}
"""


@dataclass(frozen=True)
class CentreTables:
    """Which tables are one centre's, and where their rows are read."""

    centres: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  #: table → the place its rows of all centres are in


def centres_of(con: Any) -> tuple[str, ...]:
    """The centres of a run, in their order."""
    rows = con.execute(
        "SELECT DISTINCT centre_number FROM rules_run WHERE centre_number <> 'all' ORDER BY centre_number"
    ).fetchall()
    return tuple(centre for (centre,) in rows)


def prepare(con: Any) -> CentreTables:
    """Make ready what `of_centre` needs, in one pass over each table. UsageError where a table has no centre."""
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {_SORTED}")
    con.execute("SET GLOBAL preserve_insertion_order = true")
    of_boards = f"coalesce(f.kind IN ({', '.join(map(text, _OF_BOARDS))}) AND f.centre_number IS NULL, FALSE)"
    con.execute(f"CREATE OR REPLACE TABLE {_SORTED}.files AS {_FILES.format(of_boards=of_boards)} ORDER BY of_centre")
    views = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    places = []
    for table in _with_a_centre(con):
        name = f"main.{identifier(table)}"
        # a view reads its files anew for each centre
        if table in views or con.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > _ROW_GROUP:
            copied = f"{_SORTED}.{identifier(table)}"
            con.execute(f"CREATE OR REPLACE TABLE {copied} AS SELECT * FROM {name} ORDER BY centre_number")
            name = copied
        places.append((table, name))
    return CentreTables(centres_of(con), tuple(places))


def _with_a_centre(con: Any) -> list[str]:
    """The tables that the statements read and a run makes, but `files` and `rules_run`, which are told apart."""
    statements = [file for folder in _FOLDERS for file in load_sql_folder(resources.sql() / folder)]
    made = {file.name for file in statements if file.header.get("makes")}
    read = {table for file in statements for table in file.reads if not table.startswith("book_")}
    wanted = read - made - set(reference_tables()) - {"files", "rules_run"}
    found = con.execute("SELECT table_name FROM duckdb_columns() WHERE column_name = 'centre_number'").fetchall()
    unknown = wanted - {name for (name,) in found}
    if unknown:
        raise UsageError(f"{min(unknown)} has no centre_number: the report of one centre may not read it.")
    return sorted(wanted)


@contextmanager
def of_centre(con: Any, tables: CentreTables, centre: str) -> Iterator[Any]:
    """A cursor of its own that sees this centre's rows alone: a temporary table stands before one of the same name."""
    mine = con.cursor()
    wanted = text(centre)
    try:
        for table, place in tables.places:
            query = f"SELECT * FROM {place} WHERE centre_number = {wanted}"
            mine.execute(f"CREATE TEMP TABLE {identifier(table)} AS {query}")
        mine.execute(
            "CREATE TEMP TABLE files AS SELECT * EXCLUDE (of_centre) "
            f"FROM {_SORTED}.files WHERE of_centre = {wanted} OR of_centre IS NULL"
        )
        # what the rules did over "all" is what they did at this centre
        both = f"centre_number = {wanted}"
        mine.execute(
            f"CREATE TEMP TABLE rules_run AS SELECT * FROM main.rules_run WHERE {both} UNION ALL "
            f"SELECT * REPLACE ('all' AS centre_number) FROM main.rules_run WHERE {both}"
        )
        yield mine
    finally:
        mine.close()


def sums_of(con: Any) -> dict[str, dict[str, int]]:
    """The lines of the files that a cursor of `of_centre` sees, as far as its page tells them."""
    row = con.execute(
        "SELECT coalesce(sum(rows_kept), 0), coalesce(sum(rows_rejected), 0) FROM files "
        f"WHERE coalesce(kind, '') NOT IN ({', '.join(map(text, _OF_BOARDS))})"
    ).fetchone()
    return {"lines": {"kept": int(row[0]), "rejected": int(row[1])}}
