"""The cases at the foot of a rule's file, read and run.

A case is a sentence, then tables drawn in text: a name, a bar, the columns; beneath it rows that start with a bar.
A blank cell is NULL. The table named `speaks` is what must be found: no more, no less, compared on the columns
drawn; `speaks nothing` says that the rule must be silent. `looked_at = 2` counts the rows looked at,
`not_evaluated = 1` those it had to leave, `as_of = …` moves the clock. A reference table that is not drawn is the
shipped one; any other is empty. `candidates` and `centres` follow from the rows drawn, unless drawn themselves.
"""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import duckdb

from pipelines import resources
from pipelines.database import column_types, empty_table, identifier, text
from pipelines.findings import prepare, run_rule
from pipelines.join import incoming_columns
from pipelines.reference import load_reference
from pipelines.rules import Rule
from pipelines.run_tables import RUN_TABLES
from pipelines.sql_files import SqlFile, load_sql_folder

#: what person resolution makes
PEOPLE = {
    "mention_people": {"mention_id": "VARCHAR", "person_id": "VARCHAR", "matched_by": "VARCHAR"},
    "people": {
        "person_id": "VARCHAR",
        "centre_number": "VARCHAR",
        "strongest_kind": "VARCHAR",
        "strongest_value": "VARCHAR",
    },
    "identity_contradictions": {
        "centre_number": "VARCHAR",
        "step": "VARCHAR",
        "academic_year": "VARCHAR",
        "value": "VARCHAR",
        "person_id": "VARCHAR",
        "other_person_id": "VARCHAR",
    },
}
AS_OF = "2026-08-10T08:30:00+01:00"
_SETTING = re.compile(r"^\s*(looked_at|not_evaluated|as_of)\s*=\s*(\S+)\s*$")


@dataclass
class Case:
    """One case: its sentence, the tables drawn, and what must come of them."""

    name: str
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    silent: bool = False
    looked_at: int | None = None
    not_evaluated: int | None = None
    as_of: str = AS_OF


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:]]


def read_cases(cases: str) -> list[Case]:
    """The cases of a rule's file; ValueError where one cannot be read."""
    found: list[Case] = []
    table = ""
    for line in cases.splitlines():
        if not line.strip():
            continue
        if not line[0].isspace():
            found.append(Case(line.strip()))
            table = ""
            continue
        case = found[-1]
        setting = _SETTING.match(line)
        if setting:
            if setting[1] == "looked_at":
                case.looked_at = int(setting[2])
            elif setting[1] == "not_evaluated":
                case.not_evaluated = int(setting[2])
            else:
                case.as_of = setting[2]
        elif line.strip() == "speaks nothing":
            case.silent = True
        elif line.split("|")[0].strip():
            table = line.split("|")[0].strip()
            case.columns[table] = _cells(line)
            case.tables.setdefault(table, [])
        elif table:
            cells = _cells(line)
            if len(cells) > len(case.columns[table]):
                raise ValueError(f"{case.name}: a row of {table} has more cells than columns: {line.strip()}")
            case.tables[table].append(dict(zip(case.columns[table], cells, strict=False)))
        else:
            raise ValueError(f"{case.name}: a row without a table: {line.strip()}")
    return found


@cache
def table_types() -> dict[str, dict[str, str]]:
    """Every table a rule may read, with its columns and their types; the reference tables apart."""
    known = incoming_columns()
    known |= {name: dict(columns) for name, columns in RUN_TABLES.items()}
    known |= {name: dict(columns) for name, columns in PEOPLE.items()}
    for folder in ("joins", "findings"):
        for file in load_sql_folder(resources.sql() / folder):
            # a rule about waivers reads what was made of the other rules' findings
            if file.header.get("columns"):
                known[file.name] = column_types(file)
    return known


@cache
def _reference() -> Any:
    return load_reference(resources.reference_data(), None)


@cache
def _base() -> Any:
    """A database with every table empty and the reference data in; each case works on a copy of it."""
    con = duckdb.connect()
    atexit.register(con.close)
    con.execute("SET TimeZone = 'UTC'")
    for name, columns in table_types().items():
        con.execute(f"CREATE TABLE {identifier(name)} ({empty_table(columns)})")
    for name, frame in _reference().items():
        con.register("frame", frame)
        con.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM frame")
        con.unregister("frame")
    return con


def _fill(con: Any, case: Case) -> None:
    for table, rows in case.tables.items():
        if table == "speaks":
            continue
        kinds = dict(
            con.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()
        )
        if not kinds:
            raise ValueError(f"{case.name}: there is no table {table}")
        unknown = set(case.columns[table]) - set(kinds)
        if unknown:
            raise ValueError(f"{case.name}: {table} has no column {min(unknown)}")
        con.execute(f"DELETE FROM {identifier(table)}")
        for row in rows:
            given = {name: value for name, value in row.items() if value != ""}
            columns = ", ".join(identifier(name) for name in given)
            values = ", ".join(f"CAST({text(value)} AS {kinds[name]})" for name, value in given.items())
            con.execute(f"INSERT INTO {identifier(table)} ({columns}) VALUES ({values})")


def _derive(con: Any, case: Case) -> None:
    drawn = [name for name in case.tables if name != "speaks"]
    if "run" not in case.tables:
        con.execute("INSERT INTO run SELECT '2025-26', DATE '2025-09-01', DATE '2026-08-31', 'case', 'exams_office', 2")
    with_centre = [name for name in drawn if "centre_number" in case.columns[name]]
    if "centres" not in case.tables and with_centre:
        union = " UNION ".join(f"SELECT centre_number FROM {identifier(name)}" for name in with_centre)
        con.execute(f"INSERT INTO centres SELECT DISTINCT * FROM ({union}) WHERE centre_number IS NOT NULL")
    people = [name for name in with_centre if "person_id" in case.columns[name]]
    if "candidates" not in case.tables and people:
        union = " UNION ".join(f"SELECT centre_number, person_id FROM {identifier(name)}" for name in people)
        con.execute(
            "INSERT INTO candidates (centre_number, person_id, label) "
            f"SELECT DISTINCT centre_number, person_id, person_id FROM ({union})"
        )


@cache
def _beneath() -> dict[str, SqlFile]:
    """The joins that cases are drawn beneath, by name: they are made from what is drawn."""
    files = load_sql_folder(resources.sql() / "joins")
    return {file.name: file for file in files if file.header.get("cases_draw_beneath")}


def _make_beneath(con: Any, case: Case, reads: tuple[str, ...]) -> None:
    for name in reads:
        file = _beneath().get(name)
        if file is not None and name not in case.tables:
            query, bound = file.bound({"as_of": datetime.fromisoformat(case.as_of).astimezone(UTC)})
            columns = ", ".join(identifier(column) for column in column_types(file))
            con.execute(f"INSERT INTO {identifier(name)} ({columns}) SELECT {columns} FROM ({query})", bound or None)


def _database(case: Case) -> Any:
    base = _base()
    con = base.cursor()
    con.execute("BEGIN TRANSACTION")
    con.execute("SET TimeZone = 'UTC'")
    _fill(con, case)
    _derive(con, case)
    return con


@contextmanager
def opened(rule: Rule, case: Case) -> Iterator[Any]:
    """A database that holds what the case draws, ready for the rule; nothing done in it outlives the block."""
    con = _database(case)
    try:
        _make_beneath(con, case, rule.reads)
        prepare(con, [rule])
        yield con
    finally:
        con.execute("ROLLBACK")
        con.close()


#: what a rule finds in a case, as text; how many rows it looked at; how many it could not evaluate
Said = tuple[list[dict[str, str | None]], int, int]


def ask(con: Any, rule: Rule, case: Case) -> Said:
    """What the rule says in an opened case."""
    as_of = datetime.fromisoformat(case.as_of).astimezone(UTC)
    run_rule(con, rule, as_of)
    columns = [row[0] for row in con.execute("DESCRIBE found").fetchall()]
    texts = ", ".join(f"CAST({identifier(name)} AS VARCHAR)" for name in columns)
    found = con.execute(f"SELECT {texts} FROM found").fetchall()
    counts = (
        "SELECT coalesce(sum(CASE WHEN not_evaluated IS NULL THEN rows_checked END), 0), "
        "coalesce(sum(CASE WHEN not_evaluated IS NOT NULL THEN rows_checked END), 0) FROM rule_counts"
    )
    looked, left = con.execute(counts).fetchone()
    return [dict(zip(columns, row, strict=True)) for row in found], int(looked), int(left)


def run_case(rule: Rule, case: Case) -> Said:
    """What the rule says in the case."""
    with opened(rule, case) as con:
        return ask(con, rule, case)


def said_and_wanted(
    case: Case, found: list[dict[str, str | None]], looked_at: int, not_evaluated: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was said and what the case wants said, on what the case draws: equal where the case holds."""
    columns = [] if case.silent else case.columns.get("speaks", [])
    keys = [row["key"] for row in found]
    said: dict[str, Any] = {
        "found": sorted([tuple(row[name] or "" for name in columns) for row in found]),
        "keys found twice": sorted(str(key) for key in set(keys) if keys.count(key) > 1),
    }
    wanted: dict[str, Any] = {
        "found": sorted(tuple(row.get(name, "") for name in columns) for row in case.tables.get("speaks", [])),
        "keys found twice": [],
    }
    if case.looked_at is not None:
        said["looked_at"], wanted["looked_at"] = looked_at, case.looked_at
    if case.not_evaluated is not None:
        said["not_evaluated"], wanted["not_evaluated"] = not_evaluated, case.not_evaluated
    return said, wanted
