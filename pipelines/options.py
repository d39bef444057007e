"""The options that many commands share: their types, their words, and where one was given before the command.

Gives annotated types for typer. Promises that `--data` and `--format` mean the same before and after a command.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a command prints."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class FailOn(StrEnum):
    """From which severity on a run ends with exit code 1."""

    NEVER = "never"
    ERROR = "error"
    WARNING = "warning"


class Audience(StrEnum):
    """Who reads the reports."""

    EXAMS_OFFICE = "exams_office"
    STAFF = "staff"


class ScheduleKind(StrEnum):
    """What starts the weekly run."""

    SYSTEMD = "systemd"
    CRON = "cron"
    TASK = "task"


class Engine(StrEnum):
    """What runs the SQL."""

    DUCKDB = "duckdb"
    SPARK = "spark"


Data = Annotated[
    Path | None,
    typer.Option("--data", envvar="RESULTSDAY_DATA", help="Where inbox, runs and current live. [default: data]"),
]
Output = Annotated[Format | None, typer.Option("--format", help="How to print. [default: text]")]
Inbox = Annotated[
    list[Path] | None,
    typer.Option("--inbox", help="A folder of files as they came; repeatable. [default: DATA/inbox]"),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="The moment to judge by, such as 2026-08-10T08:30, London time. [default: now]"),
]
Season = Annotated[
    str | None, typer.Option("--season", help="Academic year, 2025-26. [default: the latest with results]")
]
Centre = Annotated[
    list[str] | None,
    typer.Option("--centre", help="A centre of ours; repeatable. [default: settings, else all seen]"),
]


class Shared:
    """Options given before the command, and whether tracebacks are asked for."""

    data: Path | None = None
    output: Format | None = None
    debug = False


def data_folder(given: Path | None) -> Path:
    """The data folder asked for, after or before the command; `data` where none is."""
    return given or Shared.data or Path("data")


def output_format(given: Format | None) -> Format:
    """The output format asked for, after or before the command."""
    return given or Shared.output or Format.TEXT
