"""What a question may be, and what database it may be asked of; the rest is refused before it is run.

Takes the statements of a text, and the database of a run with its manifest; gives nothing, or raises. Promises: no
statement passes that could reach a file, a setting, a secret or an extension, whatever the database would do with
it; a database that holds other tables than its run wrote, or anything that could stand in for one, is not asked.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import DiskError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

MANIFEST = "run.json"
#: they read, or change what is temporary: whatever else they name is read-only, and the database says so itself
_KINDS = {
    "SELECT",
    "EXPLAIN",
    "RELATION",
    "MULTI",
    "CREATE",
    "INSERT",
    "UPDATE",
    "DELETE",
    "DROP",
    "ALTER",
    "MERGE_INTO",
    "TRANSACTION",
    "SET",
    "VARIABLE_SET",
}
_NOT_CODE = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
#: a variable is the only setting, and a secret no table; a CREATE is of something temporary, or fails for itself
_FIRST_WORDS = {
    "SET": re.compile(r"(?:SET|RESET)\s+VARIABLE\b", re.IGNORECASE),
    "CREATE": re.compile(r"(?!CREATE\b[^(']*\bSECRET\b)", re.IGNORECASE),
    "DROP": re.compile(r"(?!DROP\b[^(']*\bSECRET\b)", re.IGNORECASE),
}
_OBJECTS = """
    SELECT table_name, estimated_size FROM duckdb_tables() WHERE schema_name = 'main' AND NOT temporary
    UNION ALL SELECT 'another schema ' || schema_name, 0 FROM duckdb_tables() WHERE schema_name <> 'main'
    UNION ALL SELECT 'a view ' || view_name, 0 FROM duckdb_views() WHERE NOT internal
    ORDER BY 1, 2"""


def admit(statements: Sequence[Any]) -> None:
    """Raise UsageError for the first statement that no question needs."""
    for place, statement in enumerate(statements, 1):
        text = _NOT_CODE.sub(" ", str(statement.query)).strip()
        kind, shape = _kind(statement), None
        if kind in _KINDS:
            shape = _FIRST_WORDS.get(kind, re.compile(""))
        if shape is None or not shape.match(text):
            word = re.match(r"[A-Za-z]*", text)
            said = word[0].upper() if word and word[0] else "That"
            raise UsageError(
                f"{said} is refused (statement {place}): a question reads the published run, and reaches nothing else.",
                "Write a SELECT; --format and --to write its answer to a file.",
            )


def _kind(statement: Any) -> str:
    try:
        return str(statement.type.name)
    except ValueError:
        return ""  # the database knows kinds that its own list for Python does not


def recognise(con: Any, run: Path) -> None:
    """Raise DiskError unless the database holds the tables that the manifest of its run says, as long as it says."""
    try:
        told = json.loads((run / MANIFEST).read_text(encoding="utf-8"))["tables"]
    except (OSError, ValueError, KeyError, TypeError):
        told = None
    if not isinstance(told, dict) or dict(con.execute(_OBJECTS).fetchall()) != told:
        raise DiskError(
            f"{run}: the database there is not the one that was published with this run.",
            "Put the run folder back from a backup, or make a new run: resultsday run.",
        )
