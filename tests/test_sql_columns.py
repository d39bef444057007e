"""Over empty files every table is made, with the columns and types that its header declares."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from pipelines import database, findings, resources
from pipelines.database import column_types, empty_table, identifier
from pipelines.findings import find
from pipelines.join import PEOPLE_TABLES, incoming_columns, join
from pipelines.reference import load_reference
from pipelines.rules import load_rules
from pipelines.run_tables import RUN_TABLES, load_reference_tables, make_run_tables
from pipelines.sql_files import load_sql_folder


def test_over_empty_files_every_table_has_the_columns_and_types_that_its_header_declares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # every statement is to run: a table made empty of its declaration would have the types it declares in any case
    monkeypatch.setattr(database, "is_surely_empty", lambda _con, _file: False)
    monkeypatch.setattr(findings, "is_surely_empty", lambda _con, _file: False)
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    reference = load_reference(resources.reference_data(), None)
    for table, columns in incoming_columns().items():
        con.execute(f"CREATE TABLE {identifier(table)} ({empty_table(columns)})")
    load_reference_tables(con, reference)
    make_run_tables(con)
    con.execute("INSERT INTO run SELECT '2025-26', DATE '2025-09-01', DATE '2026-08-31', 'case', 'exams_office', 2")
    as_of = datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
    given = (*incoming_columns(), *reference, *RUN_TABLES)
    joined = join(con, resources.sql(), given, as_of)
    find(con, load_rules(resources.sql() / "rules"), resources.sql(), (*given, *joined.rows, *PEOPLE_TABLES), as_of)
    wrong = {}
    for folder in ("joins", "findings"):
        for file in load_sql_folder(resources.sql() / folder):
            if "columns" not in file.header:
                continue
            made = con.execute(f"DESCRIBE {identifier(file.name)}").fetchall()
            found = [(name, kind) for name, kind, *_ in made]
            declared = list(column_types(file).items())
            if found != declared:
                wrong[file.name] = sorted(set(found) ^ set(declared))
    assert wrong == {}
