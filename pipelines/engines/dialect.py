"""A statement of ours as Apache Spark reads it.

Takes a statement in the portable subset and the values it asks for; gives the same statement in Spark's dialect and
the names of the tables it may read. sqlglot spells it out; nothing of ours is rewritten beside the values, because
`pipelines/sql_subset.py` keeps out what comes out wrong. What sqlglot knows it cannot say is an error, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOUND = re.compile(r"(?<![:\w]):([a-z_]+)\b")


@dataclass(frozen=True)
class Translated:
    """A statement for Spark, and the tables it may read (a CTE may be among them)."""

    sql: str
    tables: frozenset[str]


def spark_sql(query: str, values: Mapping[str, object]) -> Translated:
    """The statement in Spark's dialect, with each `:name` as a constant.

    Raises UsageError where a value is not known or is no time, or where Spark has no words for the statement.
    """
    import sqlglot
    from sqlglot import exp

    text = _BOUND.sub(lambda found: _constant(found[1], values), query)
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
        tables = frozenset(table.name for table in tree.find_all(exp.Table))
        return Translated(tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE), tables)
    except sqlglot.errors.SqlglotError as fault:
        line = str(fault).splitlines()[0]
        raise UsageError(f"A statement cannot be put into Spark's dialect: {line}", "Keep to the subset.") from None


def _constant(name: str, values: Mapping[str, object]) -> str:
    value = values.get(name)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise UsageError(f":{name} is not a time that is bound.")
    return f"CAST('{value.isoformat()}' AS TIMESTAMP WITH TIME ZONE)"
