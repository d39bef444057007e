"""Decoded rows to the tables they fill, and the validation of those tables by pandera.

Takes decoded rows and the fills of a format, gives each table with exactly the columns of `schemas/tables`, and the
rows that its schema does not accept, with the reason in words. Only eager frames are validated: pandera passes bad
data in a LazyFrame.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipelines.formats import IDENTITY, Fill, Format, table_columns
from pipelines.readers.cut import REJECTS, stack
from pipelines.readers.decoding import ABSENT, reject_value
from schemas.tables.incoming import Check, checks_of, gate_of, polars_schema, schema_of


def statements(rows: pl.DataFrame, fill: Fill, ids: Sequence[str]) -> pl.DataFrame:
    """The statements that decoded rows make of one table."""
    if fill.when:
        rows = rows.filter(pl.any_horizontal([pl.col(name).is_not_null() for name in fill.when]))
    schema = polars_schema(table_columns(fill.table))
    file_id = pl.Series("file_id", list(ids), dtype=pl.String).gather(rows["file"])
    made = {name: _value(name, kind, fill, rows.columns) for name, kind in schema.items() if name != "file_id"}
    said = rows.select(**made).with_columns(file_id).select(list(schema))
    if fill.distinct:
        same = [name for name in ("file_id", *IDENTITY, *fill.distinct) if name in schema]
        said = said.unique(same, keep="first", maintain_order=True)
    return said


def _value(name: str, kind: pl.DataType, fill: Fill, there: Sequence[str]) -> pl.Expr:
    """The expression of one column of a table."""
    if name in fill.fixed:
        return pl.lit(fill.fixed[name], dtype=kind)
    if name in fill.any_of:
        return pl.any_horizontal([pl.col(one).fill_null(value=False) for one in fill.any_of[name]])
    if name == "is_absent":
        taken = {fill.columns.get(mark, mark) for mark in _MARKS}
        marks = [column for column in there if column.endswith(ABSENT) and column.removesuffix(ABSENT) in taken]
        absent = [pl.col(column).fill_null(value=False) for column in marks]
        return pl.any_horizontal(absent) if absent else pl.lit(value=False)
    source = fill.columns.get(name, name)
    if name in fill.blank or source not in there:
        # What no file of the format can say is not so, rather than unknown.
        return pl.lit(False if kind == pl.Boolean() else None, dtype=kind)
    value = pl.col(source)
    return value.fill_null(value=False) if kind == pl.Boolean() else value.cast(kind)


_MARKS = ("mark", "raw_mark", "special_consideration_mark", "weighted_mark")


def validate(table: str, frame: pl.DataFrame, by_line: bool = True) -> pl.DataFrame:
    """The rows that the schema of `table` does not accept, once each: file_id, line, column_name, reason, expected.

    `by_line` false is for a table that has no lines. Raises `TypeError` for a frame not built to its schema.
    """
    if list(frame.schema.items()) != list(polars_schema(table_columns(table)).items()):
        raise TypeError(f"{table} was not built to its schema")
    if frame.is_empty():
        return pl.DataFrame(schema=_FAILURES)
    import pandera.errors

    try:
        gate_of(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors:
        return _explained(table, frame, by_line)
    return pl.DataFrame(schema=_FAILURES)


def _explained(table: str, frame: pl.DataFrame, by_line: bool) -> pl.DataFrame:
    """Which rows the schema does not accept, and why, column by column."""
    import pandera.errors

    try:
        schema_of(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return _failures(table, frame if by_line else frame.with_columns(line=pl.lit(1, pl.Int32)), error.failure_cases)
    raise AssertionError(f"{table}: its schema accepts what its gate does not")


_FAILURES = {
    "file_id": pl.String(),
    "line": pl.Int32(),
    "column_name": pl.String(),
    "reason": pl.String(),
    "expected": pl.String(),
}


def _failures(table: str, frame: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    if cases["index"].is_null().any():
        # A column that is missing or of another type is a fault of ours, never of a file.
        raise TypeError(f"{table} was not built to its schema: {sorted(set(cases['check'].to_list()))}")
    order = {name: place for place, name in enumerate(frame.columns)}
    words = [
        (column, check.reason if isinstance(check, Check) else "not_nullable", check.reason, check.expected)
        for column, checks in checks_of(table).items()
        for check in checks
    ]
    said = pl.DataFrame(words, schema=["column", "check", "reason", "expected"], orient="row")
    rows = frame.select("file_id", "line").with_row_index("index")
    failed = cases.select("column", "check", pl.col("index").cast(pl.UInt32))
    failed = failed.join(said, on=["column", "check"], how="left").join(rows, on="index")
    place = pl.col("column").replace_strict(order, return_dtype=pl.Int32)
    failed = failed.sort("index", place, "check").unique(["file_id", "line"], keep="first", maintain_order=True)
    return failed.select("file_id", "line", column_name="column", reason="reason", expected="expected")


def rejected(
    rows: pl.DataFrame, failures: pl.DataFrame, layout: Format, fill: Fill, ids: Sequence[str]
) -> pl.DataFrame:
    """Set aside the records whose statements a schema did not accept."""
    order = {file_id: place for place, file_id in enumerate(ids)}
    failures = failures.with_columns(file=pl.col("file_id").replace_strict(order, return_dtype=pl.UInt32))
    found = []
    for (name, reason, expected), group in failures.group_by(
        ["column_name", "reason", "expected"], maintain_order=True
    ):
        mine = rows.join(group, on=["file", "line"], how="semi", maintain_order="left")
        column = layout.all_columns.get(fill.columns.get(str(name), str(name)))
        found.append(reject_value(mine, column, str(reason), str(expected), str(name)))
    return stack(found, REJECTS)
