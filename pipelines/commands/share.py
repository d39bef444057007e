"""`resultsday share`: the published run as one encrypted file for a centre or another recipient; or such a file opened.

Takes the published run, public keys and what is wanted; writes a file that only the recipients can read, and says what
is in it. Promises that no result is in it before candidates may have it, whoever asks, that nothing is overwritten,
and that nothing it prints names a student or shows a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines import files
from pipelines.commands import printing, published
from pipelines.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.share.bundle import About
    from pipelines.share.contents import Contents


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line."""

    to: Path | None = None
    recipients: tuple[str, ...] = ()
    centres: tuple[str, ...] = ()
    pseudonymise: bool = False
    key_file: Path | None = None
    new_key: Path | None = None
    new_identity: Path | None = None
    opens: Path | None = None
    identity: Path | None = None


def show(data: Path, wanted: Wanted, output: str) -> int:
    """Make a bundle, open one, or make a key; give the exit code.

    Raises UsageError for options that do not go together, a key that is none, a name that is taken; EmbargoError where
    every result asked for is under embargo; NoInputError where nothing is published; DiskError where it cannot be
    written.
    """
    _check(wanted)
    if wanted.new_key is not None:
        return _new_key(wanted.new_key)
    if wanted.new_identity is not None:
        return _new_identity(wanted.new_identity)
    if wanted.opens is not None:
        return _open(wanted, output)
    return _share(data, wanted, output)


def _check(wanted: Wanted) -> None:
    """Raise UsageError for options that leave something out, or that do not go together."""
    makes = [name for name in ("new_key", "new_identity", "opens") if getattr(wanted, name) is not None]
    sends = wanted.recipients or wanted.centres or wanted.pseudonymise or wanted.key_file
    if len(makes) > 1 or (makes and sends) or (wanted.identity and not wanted.opens):
        raise UsageError(
            "Those options do not go together.", "One at a time: share, --open, --new-identity or --new-key."
        )
    if makes and makes != ["opens"]:
        return
    if wanted.to is None:
        raise UsageError("Say where to: --to FILE.", "resultsday share --to results.age --recipient age1…")
    if wanted.opens and wanted.identity is None:
        raise UsageError("Opening a bundle needs your secret key.", "Add --identity FILE.")
    if wanted.opens:
        return
    if not wanted.recipients:
        raise UsageError("Say who is to read it: --recipient.", "resultsday share --to results.age --recipient age1…")
    if wanted.pseudonymise != (wanted.key_file is not None):
        raise UsageError(
            "--pseudonymise and --key-file go together: the same key gives the same pseudonyms next time.",
            "`resultsday share --new-key FILE` makes a key; keep it to yourself.",
        )


def _new_key(path: Path) -> int:
    from pipelines.share.sealing import new_key

    new_key(path)
    printing.say(f"written   {path}: a key for pseudonyms. Keep it to yourself: who has it can find out who is who.")
    return int(ExitCode.DONE)


def _new_identity(path: Path) -> int:
    from pipelines.share.sealing import new_identity

    printing.write(f"{new_identity(path)}\n")
    printing.say(f"written   {path}: your secret key. Send the public key above to whoever is to share with you.")
    return int(ExitCode.DONE)


def _open(wanted: Wanted, output: str) -> int:
    import polars as pl

    from pipelines.share.sealing import unseal

    assert wanted.opens is not None
    assert wanted.identity is not None
    assert wanted.to is not None
    names = unseal(wanted.opens, wanted.identity, wanted.to)
    printing.show(pl.DataFrame({"file": names}, schema={"file": pl.String}), output)
    printing.say(
        f"opened    {wanted.to}: {len(names):,} files. Begin with README.txt; delete it all when it has served."
    )
    return int(ExitCode.DONE)


def _share(data: Path, wanted: Wanted, output: str) -> int:
    import polars as pl

    from pipelines.share import bundle, contents, sealing

    assert wanted.to is not None
    sealing.refuse_what_is_there(wanted.to)
    keys = sealing.recipients(wanted.recipients)
    key = sealing.pseudonym_key(wanted.key_file) if wanted.key_file is not None else None
    run = published.needed(data)
    as_of = datetime.fromisoformat(run.manifest["as_of"])
    # a run may judge by a moment that has not come: what is released by then is not released now
    moment = min(as_of, published.now()).astimezone(published.LONDON)
    asked = contents.Wanted(moment, tuple(one.strip() for one in wanted.centres), key)
    about = bundle.About(run.name, run.manifest, moment, key is not None)
    with files.temporary_folder() as place:
        inside = files.make_folder(place / "inside")
        found = contents.write_contents(run.folder, asked, inside, place / "spill")
        files.write_text(inside / bundle.README, bundle.readme(about, found))
        files.write_text(inside / bundle.MANIFEST, bundle.run_json(about, found))
        bundle.write_archive(inside, place / bundle.ARCHIVE)
        sealing.seal(place / bundle.ARCHIVE, wanted.to, keys)
    rows = [(name, str(count)) for name, count in found.rows.items()]
    printing.show(pl.DataFrame(rows, schema={"table": pl.String, "rows": pl.String}, orient="row"), output)
    _say(wanted.to, about, found, len(keys), published.greeting(run))
    return int(ExitCode.DONE)


def _say(to: Path, about: About, found: Contents, readers: int, greeting: str) -> None:
    printing.say(f"inside    centre {', '.join(found.centres)}; {about.audience}.")
    if found.held_back:
        printing.say(f"embargo   {found.held_back:,} rows are left out: candidates may not be told yet.")
    told = (
        f"{sum(found.rows.values()):,} rows of {len(found.rows)} tables for {readers} recipient{'s' * (readers != 1)}"
    )
    printing.say(f"written   {to}: {told}, from {greeting}.")
