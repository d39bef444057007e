"""What a person types after `resultsday query`.

Takes arguments; hands them to `query`. `--format` knows more here than elsewhere: an answer may be a file.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands import completing
from pipelines.options import Data, Shared, data_folder


class QueryFormat(StrEnum):
    """How an answer is given."""

    TABLE = "table"
    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


def query(
    sql: Annotated[
        str | None, typer.Argument(help="SQL, a file that holds it, or - for stdin. None opens a shell.")
    ] = None,
    questions: Annotated[bool, typer.Option("--list", help="Show the ready questions.")] = False,
    question: Annotated[
        str | None, typer.Option(help="Run a ready question.", autocompletion=completing.questions)
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", help="A parameter of the question: unit=05838/01; repeatable."),
    ] = None,
    shows_sql: Annotated[
        bool, typer.Option("--sql", help="Print the SQL of the question instead, for another program.")
    ] = False,
    tables: Annotated[bool, typer.Option("--tables", help="Show the tables, and what one row of each is.")] = False,
    describe: Annotated[
        str | None, typer.Option(help="Show the columns of a table.", autocompletion=completing.tables)
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="Write the answer to this file: .csv, .json, .parquet or .xlsx.")
    ] = None,
    limit_seconds: Annotated[
        float | None,
        typer.Option("--limit-seconds", min=0, help="Stop a question after so long; 0: never. [default: 300]"),
    ] = None,
    data: Data = None,
    output: Annotated[
        QueryFormat | None,
        typer.Option("--format", help="How to answer; parquet and xlsx with --to. [default: table, or as --to says]"),
    ] = None,
) -> None:
    """Ask the published run in SQL: read-only, and sealed off from files and network."""
    from pipelines.commands import query as command

    wanted = command.Wanted(
        sql, questions, question, tuple(values or ()), tables, describe, shows_sql, to, limit_seconds
    )
    before = Shared.output.value if Shared.output is not None else None
    raise typer.Exit(command.show(data_folder(data), wanted, output.value if output is not None else before))
