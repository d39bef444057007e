"""What a person types after `resultsday share`.

Takes arguments; hands them to `share`. `--data` and `--format` may stand before the command or after it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.options import Data, Output, data_folder, output_format


def share(
    to: Annotated[Path | None, typer.Option("--to", help="The new file to write; of --open, the new folder.")] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option("--recipient", help="Who may read it: a public key, age1…, or a file of them; repeatable."),
    ] = None,
    centre: Annotated[list[str] | None, typer.Option("--centre", help="Only of this centre; repeatable.")] = None,
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="Name nobody: pseudonyms in place of numbers; needs --key-file.")
    ] = False,
    key_file: Annotated[
        Path | None, typer.Option("--key-file", help="The key that makes pseudonyms the same from bundle to bundle.")
    ] = None,
    new_key: Annotated[Path | None, typer.Option("--new-key", help="Make such a key, and nothing else.")] = None,
    new_identity: Annotated[
        Path | None, typer.Option("--new-identity", help="Make a secret key to receive with; prints the public one.")
    ] = None,
    opens: Annotated[Path | None, typer.Option("--open", help="Open a bundle; needs --identity and --to.")] = None,
    identity: Annotated[Path | None, typer.Option("--identity", help="The file with your secret key.")] = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Write the published run as an encrypted bundle for a centre or a recipient, without results under embargo."""
    from pipelines.commands import share as command

    wanted = command.Wanted(
        to,
        tuple(recipient or ()),
        tuple(centre or ()),
        pseudonymise,
        key_file,
        new_key,
        new_identity,
        opens,
        identity,
    )
    raise typer.Exit(command.show(data_folder(data), wanted, output_format(output).value))
