"""What a person types after `resultsday pack`.

Takes arguments; hands them to `pack`. `--data` and `--format` may stand before the command or after it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.options import Data, Output, data_folder, output_format


def pack(
    to: Annotated[
        Path | None, typer.Option("--to", help="A new folder for the sheets. [default: DATA/packs/RUN]")
    ] = None,
    request: Annotated[
        list[str] | None, typer.Option("--request", help="Only this request type; repeatable. --list shows them.")
    ] = None,
    centre: Annotated[str | None, typer.Option("--centre", help="Only of this centre.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="A candidate number, OCR number or UCI.")] = None,
    cohort: Annotated[
        bool, typer.Option("--cohort", help="Draw a sample of a unit for a review of marking; needs --unit.")
    ] = False,
    unit: Annotated[str | None, typer.Option("--unit", help="The unit to draw it for: 05838/01.")] = None,
    series: Annotated[str | None, typer.Option("--series", help="Its series, 6E26. [default: the latest]")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="A word for another draw; the sheet says it.")] = None,
    lists: Annotated[bool, typer.Option("--list", help="Show the request types.")] = False,
    data: Data = None,
    output: Output = None,
) -> None:
    """Write the query sheets to send, for awarding bodies, the school's own system and the centre itself."""
    from pipelines.commands import pack as command

    wanted = command.Wanted(to, tuple(request or ()), centre, person, unit, series, seed, cohort, lists)
    raise typer.Exit(command.show(data_folder(data), wanted, output_format(output).value))
