"""What a person types after `resultsday broadsheet` and `resultsday slips`.

Takes arguments; hands them to `broadsheet`. `--data` and `--format` may stand before the command or after it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.options import Data, Output, data_folder, output_format

Person = Annotated[
    str | None, typer.Option("--person", help="Only this student: a candidate number, OCR number or UCI.")
]
OfCentre = Annotated[str | None, typer.Option("--centre", help="Only of this centre.")]


def broadsheet(
    to: Annotated[Path | None, typer.Option("--to", help="The file to write. [default: DATA/broadsheet.xlsx]")] = None,
    person: Person = None,
    centre: OfCentre = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Write candidates by qualifications and units as a workbook, with marks of doubt."""
    from pipelines.commands import broadsheet as command

    wanted = command.wanted(to, centre, person)
    raise typer.Exit(command.broadsheet(data_folder(data), wanted, output_format(output).value))


def slips(
    to: Annotated[Path | None, typer.Option("--to", help="The file to write. [default: DATA/slips.html]")] = None,
    person: Person = None,
    centre: OfCentre = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Write a slip a student to print, of released results; one with an open error says that it is being checked."""
    from pipelines.commands import broadsheet as command

    wanted = command.wanted(to, centre, person)
    raise typer.Exit(command.slips(data_folder(data), wanted, output_format(output).value))
