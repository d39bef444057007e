"""What the Tab key offers after `resultsday`: codes, ready questions, tables, runs.

Takes what is typed so far; gives the names that begin so. Names of files alone are looked at: a person who presses
Tab waits for nothing else. Whatever goes wrong, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from pipelines import resources


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(incomplete))


def _stems(folder: Path, pattern: str) -> list[str]:
    try:
        return [path.stem for path in folder.glob(pattern)]
    except OSError:
        return []


def codes(incomplete: str) -> list[str]:
    """The codes of discrepancies."""
    return _beginning(incomplete, _stems(resources.sql() / "rules", "*.sql"))


def questions(incomplete: str) -> list[str]:
    """The ready questions."""
    return _beginning(incomplete, _stems(resources.sql() / "questions", "*.sql"))


def _data(ctx: typer.Context) -> Path:
    """The data folder that is typed so far, after or before the command."""
    given = [level.params.get("data") for level in (ctx, ctx.parent) if level is not None]
    return next((Path(one) for one in given if one), Path("data"))


def tables(ctx: typer.Context, incomplete: str) -> list[str]:
    """The tables of the published run."""
    from pipelines import files

    try:
        run = files.current_run(_data(ctx))
    except OSError:
        run = None
    return _beginning(incomplete, _stems(run / "tables", "*.parquet") if run is not None else [])


def runs(ctx: typer.Context, incomplete: str) -> list[str]:
    """The runs there are."""
    try:
        found = [path.name for path in (_data(ctx) / "runs").iterdir() if not path.name.startswith(".")]
    except OSError:
        found = []
    return _beginning(incomplete, found)
