"""Stage 5, second half: from the tables in memory to the files of a run.

Takes the connection and a run folder still being built; writes `tables/`, `rejects/`, `results.duckdb` and the CSV
reports into it, and gives the number of rows of each table. Promises a total order in every file, so that equal
tables have equal bytes, and that nothing a spreadsheet could take for a formula leaves unmarked. For the audience
`staff` no row is written whose embargo is not past.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.database import AT_ONCE, column_words, identifier, text
from pipelines.reference import reference_tables
from pipelines.sql_files import SqlFile, load_sql_folder
from pipelines.system import file_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import polars as pl

#: the columns of `discrepancies.csv`, in the order that programs rely on
CSV_COLUMNS = (
    "severity", "code", "key", "fingerprint", "root", "owner", "state", "change", "centre_number", "person_id",
    "candidate_number", "ocr_candidate_number", "uci", "surname", "forenames", "other_person_id", "subject", "board",
    "series", "qualification_code", "unit_code", "option_code", "expected", "found", "cause", "message", "action",
    "confidence", "due", "file", "file_id", "line", "evidence", "embargo_until",
)  # fmt: skip

#: characters of a text in the CSV: Excel takes 32,767 units in a cell, and a character may be two of them
LONGEST_CELL = 16_000
CUT = " … [cut to fit a cell; whole in tables/discrepancies.parquet]"

#: of those, the ones that hold free text, which a spreadsheet might run
_FREE_TEXT = (
    "key",
    "surname",
    "forenames",
    "expected",
    "found",
    "cause",
    "message",
    "action",
    "file",
    "evidence",
)


@dataclass(frozen=True)
class Table:
    """A table as it is published: its total order, its columns in words, and what one row is."""

    name: str
    summary: str
    order: tuple[str, ...]
    columns: Mapping[str, str]
    is_embargoed: bool


def published_tables(sql: Path) -> tuple[Table, ...]:
    """The tables of `sql/joins/` and `sql/findings/` that a run publishes, by name."""
    found = [file for folder in ("joins", "findings") for file in load_sql_folder(sql / folder)]
    return tuple(sorted(map(_table, filter(_is_published, found)), key=lambda table: table.name))


def every_table(sql: Path) -> tuple[Table, ...]:
    """Every table a run writes: those it publishes, and the reference data it went by."""
    reference = (
        Table(
            table.name,
            table.summary,
            table.key,
            {name: column.says for name, column in table.columns.items()},
            is_embargoed=False,
        )
        for table in reference_tables().values()
    )
    return (*published_tables(sql), *reference)


def _is_published(file: SqlFile) -> bool:
    return bool(file.header.get("publish"))


def _table(file: SqlFile) -> Table:
    columns = column_words(file)
    return Table(file.name, file.summary, tuple(file.header["order"]), columns, "embargo_until" in columns)


def _select(table: Table, only_released: bool, as_of: datetime) -> str:
    columns = ", ".join(identifier(name) for name in table.columns)
    order = ", ".join(f"{identifier(name)} ASC NULLS FIRST" for name in table.order)
    kept = ""
    if only_released and table.is_embargoed:
        moment = f"CAST({text(as_of.isoformat())} AS TIMESTAMP WITH TIME ZONE)"
        kept = f" WHERE embargo_until IS NULL OR embargo_until <= {moment}"
    return f"SELECT {columns} FROM {identifier(table.name)}{kept} ORDER BY {order}"


def write_parquet(con: Any, query: str, path: Path) -> int:
    """Write the rows of a query, in its order; gives how many."""
    with files.writing(path, durable=False) as temporary:
        written = con.execute(f"COPY ({query}) TO {text(temporary)} (FORMAT parquet, COMPRESSION zstd)").fetchone()
    return int(written[0])


def write_tables(
    con: Any, folder: Path, tables: Sequence[Table], only_released: bool, as_of: datetime
) -> dict[str, int]:
    """Write `tables/<name>.parquet` for each table; gives the rows of each."""
    files.make_folder(folder)

    def write(table: Table) -> int:
        mine = con.cursor()
        try:
            return write_parquet(mine, _select(table, only_released, as_of), folder / f"{table.name}.parquet")
        finally:
            mine.close()

    con.execute("SET GLOBAL preserve_insertion_order = true")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip((table.name for table in tables), pool.map(write, tables), strict=True))


def write_rejects(con: Any, folder: Path, tables: Path) -> None:
    """Write the rows set aside, `rejects/<kind of file>.parquet`, each with its file, line, text and reason."""
    files.make_folder(folder)
    rejects, received = (f"read_parquet({text(tables / f'{name}.parquet')})" for name in ("rejects", "files"))
    joined = f"{rejects} AS r LEFT JOIN {received} AS f ON f.file_id = r.file_id"
    kinds = con.execute(f"SELECT DISTINCT coalesce(f.kind, 'unknown') FROM {joined} ORDER BY 1").fetchall()
    for (kind,) in kinds:
        mine = f"coalesce(f.kind, 'unknown') = {text(kind)}"
        order = "r.file_id, r.line, r.reason, r.column_name, r.raw"
        query = f"SELECT r.* FROM {joined} WHERE {mine} ORDER BY {order}"
        write_parquet(con, query, folder / f"{file_name(kind, '_')}.parquet")


def write_database(con: Any, path: Path, parquet: Path, tables: Sequence[Table], macros: Iterable[str] = ()) -> None:
    """Write `results.duckdb`: every table as a real one, with a comment on it and on each of its columns."""
    import duckdb

    with files.writing(path, durable=False) as temporary:
        (home,) = con.execute("SELECT current_database()").fetchone()
        con.execute(f"ATTACH {text(temporary)} AS published")
        con.execute("BEGIN TRANSACTION")  # one for all: each statement by itself would wait for the disk
        try:
            for table in tables:
                _publish(con, table, parquet)
            con.execute("USE published")
            for macro in macros:
                con.execute(macro)
            con.execute("COMMIT")
        except BaseException:
            # a commit that failed has ended its transaction; what the drive said then is what counts
            with suppress(duckdb.TransactionException):
                con.execute("ROLLBACK")
            raise
        finally:
            con.execute(f"USE {identifier(home)}")
            con.execute("DETACH published")


def _publish(con: Any, table: Table, parquet: Path) -> None:
    name = f"published.{identifier(table.name)}"
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet({text(parquet / f'{table.name}.parquet')})")
    con.execute(f"COMMENT ON TABLE {name} IS {text(table.summary)}")
    for column, words in table.columns.items():
        con.execute(f"COMMENT ON COLUMN {name}.{identifier(column)} IS {text(words)}")


def _bounded(value: pl.Expr) -> pl.Expr:
    """Text that a cell of a spreadsheet takes: what is longer runs over into other cells there, so it is cut."""
    import polars as pl

    return pl.when(value.str.len_chars() > LONGEST_CELL).then(value.str.head(LONGEST_CELL) + CUT).otherwise(value)


def _cells(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the CSV as programs read them: times in ISO form, and no cell that a spreadsheet would run."""
    import polars as pl

    times = [pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%SZ") for name in ("due", "embargo_until")]
    text = {name: _bounded(pl.col(name)) for name in _FREE_TEXT}
    guarded = [
        pl.when(value.str.contains(r"^[=+@\t\r-]")).then("'" + value).otherwise(value).alias(name)
        for name, value in text.items()
    ]
    return frame.with_columns(*times, *guarded).select(CSV_COLUMNS)


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write rows of `discrepancies` as CSV that Excel opens and programs read: UTF-8 with BOM, CRLF."""
    with files.writing(path, durable=False) as temporary:
        _cells(frame).write_csv(temporary, include_bom=True, line_terminator="\r\n")


def write_csv_reports(reports: Path, parquet: Path) -> None:
    """Write `discrepancies.csv`, one CSV a rule that found something, and one a centre where there are several.

    The rows of the Parquet file are in their total order already; only their spelling changes here. The centres are
    those of `rules_run`, so that one where nothing is found has its file too.
    """
    import polars as pl

    files.make_folder(reports / "by-rule")
    frame = pl.read_parquet(parquet)
    write_csv(frame, reports / "discrepancies.csv")
    for (code,), rows in frame.group_by("code", maintain_order=True):
        write_csv(rows, reports / "by-rule" / f"{file_name(str(code), '_')}.csv")
    ran = pl.read_parquet(parquet.with_name("rules_run.parquet"), columns=["centre_number"])["centre_number"]
    centres = sorted(set(ran.to_list()) - {"all"})
    if len(centres) > 1:
        by_centre = frame.partition_by("centre_number", as_dict=True, maintain_order=True)
        for centre in centres:
            folder = files.make_folder(reports / "centres" / file_name(centre, ""))
            write_csv(by_centre.get((centre,), frame.clear()), folder / "discrepancies.csv")
