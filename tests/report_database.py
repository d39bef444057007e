"""A published run drawn by hand, for the tests of the report: every table of a run, and rows for them.

A cell that is not given is NULL. The centre is 99999; nobody here is real.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb

from pipelines import resources
from pipelines.database import column_types, empty_table, identifier, text
from pipelines.reference import load_reference
from pipelines.run_tables import load_reference_tables
from pipelines.sql_files import load_sql_folder

LATER = "2026-08-13T08:00:00+01:00"  # A levels: candidates may be told


@cache
def database() -> Any:
    """Every published table, empty, and the reference data; made once."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for folder in ("joins", "findings"):
        for file in load_sql_folder(resources.sql() / folder):
            if file.header.get("publish"):
                con.execute(f"CREATE TABLE {identifier(file.name)} ({empty_table(column_types(file))})")
    load_reference_tables(con, load_reference(resources.reference_data(), None))
    return con


def add(con: Any, table: str, **values: object) -> None:
    """Add a row."""
    columns = ", ".join(map(identifier, values))
    cells = ", ".join("NULL" if value is None else text(value) for value in values.values())
    con.execute(f"INSERT INTO {identifier(table)} ({columns}) SELECT {cells}")


def person(con: Any, person_id: str, readiness: str = "ready", **values: object) -> None:
    given = {"surname": f"Surname{person_id}", "forenames": "Given", "candidate_number": "0042", "uci": "999990240042K"}
    add(con, "candidates", centre_number="99999", person_id=person_id, label=person_id, **{**given, **values})
    add(con, "readiness", centre_number="99999", person_id=person_id, readiness=readiness)


def finding(con: Any, fingerprint: str, **values: object) -> None:
    given: dict[str, object] = {
        "severity": "error",
        "code": "grades_conflict",
        "key": f"99999·{fingerprint}",
        "owner": "board",
        "state": "open",
        "change": "new",
        "centre_number": "99999",
        "message": f"message of {fingerprint}",
        "confidence": "documented",
        "file": "R9999972.X01",
        "file_id": "f1",
        "line": 12,
    }
    given |= values
    given["severity_rank"] = {"error": 1, "warning": 2, "info": 3}[str(given["severity"])]
    add(con, "discrepancies", fingerprint=fingerprint, **given)


def rule_ran(con: Any, code: str, found: int) -> None:
    for centre in ("99999", "all"):
        status = "found" if found else "clean"
        add(con, "rules_run", code=code, centre_number=centre, status=status, rows_checked=90, found=found)


def small_centre(con: Any) -> None:
    """A centre with a bit of everything: two on hold, one waiting, one ready, one result under embargo."""
    person(con, "p1", "hold")
    person(con, "p2", "hold")
    person(con, "p3", "waiting")
    person(con, "p4", surname="Zeta")
    evidence = "R59999900429999902400K583801583801M 46P "
    finding(con, "f1", person_id="p1", unit_code="05838/01", option_code="583801", series="6E26", evidence=evidence)
    finding(con, "f2", person_id="p1", code="claimed_grade_differs", severity="warning", owner="centre", root="f1")
    finding(con, "f3", person_id="p2", code="missing_uci", owner="centre")
    finding(con, "f4", person_id="p3", code="pending_thing", severity="info", state="pending", due=LATER)
    finding(con, "f5", person_id="p2", code="marks_conflict", message="H240 is an A* secretly", embargo_until=LATER)
    for code, found in (("grades_conflict", 1), ("missing_uci", 1), ("marks_conflict", 1), ("shared_uci", 0)):
        rule_ran(con, code, found)
    statement = {"centre_number": "99999", "person_id": "p1", "series": "6E26", "kind": "unit", "unit_code": "05838/01"}
    statement |= {"option_code": "583801", "is_technical": "true", "is_absent": "false", "partial_absence": "false"}
    add(con, "results_by_carrier", carrier="edi", grade="P", mark="46.00", stated_on="2026-08-10", **statement)
    add(con, "results_by_carrier", carrier="achievement", grade="M", stated_on="2026-08-10", **statement)
    level = {"centre_number": "99999", "person_id": "p2", "series": "6B26", "kind": "qualification"}
    level |= {"option_code": "H240", "is_technical": "false", "embargo_until": LATER}
    add(con, "results_by_carrier", carrier="edi", grade="A*", **level)
    add(con, "entries", season="2025-26", withdrawn="false", **level)
    add(con, "candidate_identities", centre_number="99999", person_id="p1", identifier="uci", value="999990240042K")
    add(con, "files", file_id="f1", name="R9999972.X01", status="read", format="edi_results", rows_rejected=1)
    reject = {"file_id": "f1", "name": "R9999972.X01", "because": "row", "reason": "no such type", "expected": "M or G"}
    add(con, "rejects", line=7, raw="R5999990042Z", column_from=12, column_to=12, **reject)
    add(con, "rejects", line=8, raw="R5SECRETROW", embargo_until=LATER, **reject)
    board = {"season": "2025-26", "centre_number": "99999", "carrier": "edi", "is_expected": "true"}
    add(con, "file_board", what="EDI results", series="6E26", state="arrived", is_whole="true", file_id="f1", **board)
    add(
        con, "file_board", what="A level results", series="6B26", state="missing", due="2026-08-12T00:01+01:00", **board
    )
