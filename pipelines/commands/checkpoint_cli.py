"""What a person types after `resultsday checkpoint`.

Takes arguments; hands them to `checkpoint`. `--data` and `--format` may stand before the command or after it.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.options import Data, Output, data_folder, output_format


def checkpoint(
    keep: Annotated[bool, typer.Option("--keep", help="Keep a copy of what is declared today.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who declares. [default: the user of this computer]")] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Compare with what was kept for this day. [default: the last of the season]"),
    ] = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Who should get an award this season, who is at risk and why; what has changed since it was declared."""
    from pipelines.commands import checkpoint as command

    wanted = command.Wanted(keep, by, since)
    raise typer.Exit(command.show(data_folder(data), wanted, output_format(output).value))
