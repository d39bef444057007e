"""What a person types after `resultsday rehearse`.

Takes arguments; hands them to `rehearse`. `--format` may stand before the command or after it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.options import Output, output_format


def rehearse(
    students: Annotated[
        int,
        typer.Option("--students", min=0, max=58_000, help="How many students of whom nothing may be said."),
    ] = 150,
    seed: Annotated[
        str, typer.Option("--seed", help="A word for other people and numbers. [default: those of the sample]")
    ] = "",
    keep: Annotated[
        Path | None, typer.Option("--keep", help="A new folder that keeps the files and the run, to practise with.")
    ] = None,
    weeks: Annotated[bool, typer.Option("--weeks", help="Go on with the two Mondays after, of other files.")] = False,
    output: Output = None,
) -> None:
    """Make a centre with every discrepancy planted, run, and show that each was found; leaves nothing behind."""
    from pipelines.commands import rehearse as command

    wanted = command.Wanted(students, seed.strip(), keep, weeks)
    raise typer.Exit(command.show(wanted, output_format(output).value))
