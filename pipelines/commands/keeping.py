"""`resultsday manual-change` and `resultsday waive`: add, list and remove the rows that a person keeps.

Takes arguments and the data folder; changes `local/manual_changes.csv` or `local/waivers.csv`, one row at a time, and
says the id of the row and nothing else of it. What a row means for the results is told by the next run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines import local_edit, publish, resources
from pipelines.commands import printing, published
from pipelines.commands.findings import one_of
from pipelines.database import connect, text
from pipelines.errors import ExitCode, UsageError
from pipelines.local_files import MANUAL_CHANGES, WAIVERS, LocalFile, read_local
from pipelines.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

#: what a waiver of one finding repeats of it, so that it finds the same person under another number
_REPEATED = (
    *("code", "centre_number", "ocr_candidate_number", "candidate_number", "uci"),
    *("qualification_code", "unit_code"),
)
#: the table that a run publishes of each file
_SHOWN = {
    "manual_changes": ("id", "series", "option_code", "field", "value", "changed_by", "changed_on", "reason"),
    "waivers": ("id", "fingerprint", "code", "waived_by", "expires_on", "reason"),
}


@dataclass(frozen=True)
class Kept:
    """One of the two files in a data folder, and how to print."""

    data: Path
    table: LocalFile
    output: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.data / "local" / self.table.file


def today() -> str:
    """The day in London."""
    return published.now().astimezone(published.LONDON).date().isoformat()


def add_change(data: Path, row: Mapping[str, str | None], output: str) -> int:
    """Add a manual change; give the exit code. Raises UsageError where the row could not be used."""
    day = _day(row.get("changed_on") or today())
    return _added(Kept(data, MANUAL_CHANGES, output), {**row, "changed_on": day}, day)


def add_waiver(data: Path, row: Mapping[str, str | None], output: str) -> int:
    """Add a waiver; give the exit code.

    Raises UsageError where the row could not be used, the code is none of ours, or no finding has the fingerprint.
    """
    if row.get("code"):
        one_of(str(row["code"]), {rule.code for rule in load_rules(resources.sql() / "rules")}, "code")
    day = _day(row.get("waived_on") or today())
    expires = _day(row.get("expires_on") or "")
    row = {**row, "waived_on": day, "expires_on": expires}
    if row.get("fingerprint"):
        row = {**_finding(data, str(row["fingerprint"])), **{name: value for name, value in row.items() if value}}
    return _added(Kept(data, WAIVERS, output), row, day)


def _day(typed: str) -> str:
    """A day as typed, as the file has it."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed.strip(), form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    raise UsageError(f"{typed} is not a date.", "Write it as 2026-08-31.")


def _finding(data: Path, fingerprint: str) -> dict[str, str | None]:
    """What the published run says of a finding; nothing where there is no run."""
    run = publish.published(data)
    if run is None:
        return {}
    columns = ", ".join(_REPEATED)
    source = text(run.folder / "tables" / "discrepancies.parquet")
    found = _rows(f"SELECT {columns} FROM read_parquet({source}) WHERE fingerprint = {text(fingerprint)}")
    if not found:
        raise UsageError(
            f"No finding of the published run has the fingerprint {fingerprint}.",
            "resultsday findings --format csv has them; or waive a code with --code and at least one more option.",
        )
    return dict(zip(_REPEATED, found[0], strict=True))


def _rows(query: str) -> list[tuple[Any, ...]]:
    from pipelines import files

    with files.temporary_folder() as spill:
        con = connect(spill)
        try:
            return list(con.execute(query).fetchall())
        finally:
            con.close()


def _added(kept: Kept, row: Mapping[str, str | None], day: str) -> int:
    made, line = local_edit.add(kept.data, kept.table, row, day)
    _tell(kept, {"added": made, "line": line})
    return int(ExitCode.DONE)


def remove(data: Path, table: LocalFile, wanted: str, output: str) -> int:
    """Take a row out by its id; give the exit code. Raises UsageError where no row has it."""
    kept = Kept(data, table, output)
    line = local_edit.remove(data, table, wanted.strip())
    _tell(kept, {"removed": wanted.strip(), "line": line})
    return int(ExitCode.DONE)


def _tell(kept: Kept, told: dict[str, Any]) -> None:
    if kept.output == "json":
        printing.write_exactly(printing.as_json({**told, "file": str(kept.path)}))
    else:
        (word, wanted), (_, line) = told.items()
        printing.write(f"{word} {wanted}, line {line} of {kept.path}\n")
    printing.say("It counts from the next run on: resultsday run")


def show(data: Path, table: LocalFile, output: str) -> int:
    """List the rows as they are in the file, each with how it stood in the published run; give the exit code."""
    import polars as pl

    kept = Kept(data, table, output)
    local = read_local(kept.path.parent)
    frame = local.manual_changes if table is MANUAL_CHANGES else local.waivers
    if "date_fault" in frame.columns:
        frame = frame.with_columns(fault=pl.coalesce("fault", "date_fault")).drop("date_fault")
    frame = frame.join(_states(kept), left_on=["id", "line"], right_on=["id", "given_line"], how="left")
    frame = frame.with_columns(pl.coalesce("state", pl.lit("not run yet"))).sort("line")
    if output == "text":
        frame = frame.select(*_SHOWN[table.name], "line", "state", "fault")
    if frame.height or output != "text":
        printing.show(frame.cast(pl.String), output)
    count = frame.height
    printing.say(f"{count} row{'' if count == 1 else 's'} in {kept.path}")
    return int(ExitCode.DONE)


def _states(kept: Kept) -> pl.DataFrame:
    """How each row stood in the published run; nothing where there is none, or it is older than these files."""
    import polars as pl

    run = publish.published(kept.data)
    path = run.folder / "tables" / f"{kept.table.name}.parquet" if run is not None else None
    if path is None or not path.is_file():
        return pl.DataFrame(schema={"id": pl.String, "given_line": pl.Int32, "state": pl.String})
    return pl.read_parquet(path, columns=["id", "given_line", "state"])
