"""What a person types after `resultsday manual-change` and `resultsday waive`: add, list, remove.

Takes arguments; hands them to `keeping`. `--data` and `--format` may stand before the command, or after add, list or
remove.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipelines.commands import completing
from pipelines.options import Data, Output, data_folder, output_format

manual_change_app = typer.Typer(no_args_is_help=True, help="What was changed by hand: add, list, remove.")
waive_app = typer.Typer(no_args_is_help=True, help="Findings that are settled for a time: add, list, remove.")


class Field(StrEnum):
    """What of a result was changed."""

    GRADE = "grade"
    MARK = "mark"


Centre = Annotated[str | None, typer.Option("--centre", help="The centre number.")]
OcrNumber = Annotated[str | None, typer.Option("--ocr-candidate-number", help="Their OCR candidate number.")]
Number = Annotated[str | None, typer.Option("--candidate-number", help="Their candidate number.")]
Uci = Annotated[str | None, typer.Option("--uci", help="Their UCI.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
By = Annotated[str, typer.Option("--by", help="Who says so.")]
Wanted = Annotated[str, typer.Argument(metavar="ID", help="The first column of the row.")]


@manual_change_app.command("add")
def add_change(
    series: Annotated[str, typer.Option("--series", help="The series of the result, 6E26.")],
    option: Annotated[str, typer.Option("--option", help="The unit, qualification or option: 583801, 05839, H446.")],
    value: Annotated[str, typer.Option("--value", help="What it was changed to.")],
    reason: Reason,
    by: By,
    field: Annotated[Field, typer.Option("--field", help="What was changed.")] = Field.GRADE,
    on: Annotated[str | None, typer.Option("--on", help="When, 2026-08-13. [default: today]")] = None,
    centre: Centre = None,
    ocr_candidate_number: OcrNumber = None,
    candidate_number: Number = None,
    uci: Uci = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Note what was corrected by hand in the school's own system, so that an import cannot undo it unseen."""
    from pipelines.commands import keeping

    row: dict[str, str | None] = {
        "centre_number": centre,
        "ocr_candidate_number": ocr_candidate_number,
        "candidate_number": candidate_number,
        "uci": uci,
        "series": series,
        "option_code": option,
        "field": field.value,
        "value": value,
        "reason": reason,
        "changed_by": by,
        "changed_on": on,
    }
    raise typer.Exit(keeping.add_change(data_folder(data), row, output_format(output).value))


@manual_change_app.command("list")
def list_changes(data: Data = None, output: Output = None) -> None:
    """List the changes, and how the published run found each."""
    from pipelines.commands import keeping
    from pipelines.local_files import MANUAL_CHANGES

    raise typer.Exit(keeping.show(data_folder(data), MANUAL_CHANGES, output_format(output).value))


@manual_change_app.command("remove")
def remove_change(wanted: Wanted, data: Data = None, output: Output = None) -> None:
    """Take a change out that the board's files have caught up with."""
    from pipelines.commands import keeping
    from pipelines.local_files import MANUAL_CHANGES

    raise typer.Exit(keeping.remove(data_folder(data), MANUAL_CHANGES, wanted, output_format(output).value))


@waive_app.command("add")
def add_waiver(
    reason: Reason,
    by: By,
    expires: Annotated[str, typer.Option("--expires", help="The last day on which it counts, 2026-09-30.")],
    fingerprint: Annotated[str | None, typer.Option("--fingerprint", help="One finding, by its fingerprint.")] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", help="A rule, with at least one of the options below.", autocompletion=completing.codes),
    ] = None,
    centre: Centre = None,
    ocr_candidate_number: OcrNumber = None,
    candidate_number: Number = None,
    uci: Uci = None,
    qualification: Annotated[str | None, typer.Option("--qualification", help="Of this qualification.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Of this unit.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="When, 2026-08-13. [default: today]")] = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Settle a finding, or findings of a code, until a day: they stay visible, and hold nobody."""
    from pipelines.commands import keeping

    row: dict[str, str | None] = {
        "fingerprint": fingerprint,
        "code": code,
        "centre_number": centre,
        "ocr_candidate_number": ocr_candidate_number,
        "candidate_number": candidate_number,
        "uci": uci,
        "qualification_code": qualification,
        "unit_code": unit,
        "reason": reason,
        "waived_by": by,
        "waived_on": on,
        "expires_on": expires,
    }
    raise typer.Exit(keeping.add_waiver(data_folder(data), row, output_format(output).value))


@waive_app.command("list")
def list_waivers(data: Data = None, output: Output = None) -> None:
    """List the waivers, and how the published run found each."""
    from pipelines.commands import keeping
    from pipelines.local_files import WAIVERS

    raise typer.Exit(keeping.show(data_folder(data), WAIVERS, output_format(output).value))


@waive_app.command("remove")
def remove_waiver(wanted: Wanted, data: Data = None, output: Output = None) -> None:
    """Take a waiver out: what it covered is open again."""
    from pipelines.commands import keeping
    from pipelines.local_files import WAIVERS

    raise typer.Exit(keeping.remove(data_folder(data), WAIVERS, wanted, output_format(output).value))
