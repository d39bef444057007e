"""`resultsday pack`: the query sheets to send, one a request type, centre and awarding body, and the centre's own list.

Takes the published run and what a person wants of it; writes a folder of sheets, messages and a page that says what
goes where until when; lists the sheets on stdout. Promises that what may not be told yet goes to nobody but the
awarding body it came from, and that no message and nothing it prints names a student.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines import files, resources
from pipelines.commands import printing, published
from pipelines.errors import ExitCode, UsageError
from pipelines.manifest import reader_of
from pipelines.packs.requests import RECIPIENTS, chosen, load_requests
from pipelines.sealed import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import polars as pl

    from pipelines.packs.asking import Answer, Asked, QuerySheet
    from pipelines.packs.requests import RequestType
    from pipelines.publish import PublishedRun


@dataclass(frozen=True)
class Wanted:
    """What is asked for; nothing means all request types of everybody."""

    to: Path | None = None
    requests: tuple[str, ...] = ()
    centre: str | None = None
    person: str | None = None
    unit: str | None = None
    series: str | None = None
    seed: str | None = None
    cohort: bool = False
    lists: bool = False


def show(data: Path, wanted: Wanted, output: str) -> int:
    """Write the pack and list it; give the exit code.

    Raises UsageError for a request type, student or unit that is not there and for options that do not go together;
    NoInputError where nothing is published; DiskError where the folder cannot be written.
    """
    known = load_requests(resources.sql() / "pack")
    if wanted.lists:
        printing.show(_request_list(known.values()), output)
        return int(ExitCode.DONE)
    _check(wanted)
    requests = chosen(known, wanted.requests, wanted.cohort)
    run = published.needed(data)
    answer = _answer(run, _asked(run, wanted, requests, tuple(known.values())))
    if not answer.sheets:
        printing.show(_sheet_list(answer), output)
        printing.say(f"Nothing to ask{_held(answer)}, in {published.greeting(run)}")
        return int(ExitCode.DONE)
    folder = _write(run, answer, wanted.to, data)
    printing.show(_sheet_list(answer), output)
    _say(answer, folder, run)
    return int(ExitCode.DONE)


def _check(wanted: Wanted) -> None:
    if wanted.cohort and not (wanted.unit or "").strip():
        raise UsageError("A sample is drawn for a unit.", "Name it: resultsday pack --unit 05838/01 --cohort")
    alone = [
        f"--{name}" for name in ("unit", "series", "seed") if getattr(wanted, name) is not None and not wanted.cohort
    ]
    if alone:
        raise UsageError(f"{alone[0]} is for a sample.", "resultsday pack --unit 05838/01 --cohort")
    if wanted.cohort and wanted.person is not None:
        raise UsageError("A sample is drawn of everybody.", "Leave out --person: nobody may pick who is in it.")


def _asked(
    run: PublishedRun, wanted: Wanted, requests: tuple[RequestType, ...], known: tuple[RequestType, ...]
) -> Asked:
    from pipelines.packs.asking import Asked, Draw

    as_of = datetime.fromisoformat(run.manifest["as_of"]).astimezone(published.LONDON)
    audience = run.manifest.get("options", {}).get("audience") or reader_of(run.manifest)
    draw = Draw((wanted.unit or "").strip(), wanted.series, (wanted.seed or "").strip()) if wanted.cohort else None
    return Asked(
        requests=requests,
        known=known,
        as_of=as_of,
        # a run may judge by a day that has not come: what is released on that day may not be told today
        moment=min(as_of, published.now()),
        season=run.manifest["season"],
        is_exams_office=audience == "exams_office",
        person=wanted.person,
        centre=wanted.centre,
        draw=draw,
    )


def _answer(run: PublishedRun, asked: Asked) -> Answer:
    from pipelines.packs.asking import ask

    with sealed(run.folder) as con:
        return ask(con, asked)


def _write(run: PublishedRun, answer: Answer, to: Path | None, data: Path) -> Path:
    from pipelines.packs import writing
    from pipelines.packs.words import Heading

    as_of = datetime.fromisoformat(run.manifest["as_of"]).astimezone(published.LONDON)
    made = writing.contents(
        answer, Heading(run.name, as_of, run.manifest["season"], bool(run.manifest.get("is_sample")))
    )
    if to is not None:
        return writing.put_at(made, to)
    with files.hold_lock(data / writing.PACKS):
        return writing.put(made, data / writing.PACKS / run.name)


def _request_list(requests: Iterable[RequestType]) -> pl.DataFrame:
    import polars as pl

    rows = [
        (one.name, one.title, RECIPIENTS[one.to], "; ".join(one.how), ", ".join(one.deadlines), _takes(one))
        for one in requests
    ]
    columns = ("request", "title", "to", "how", "deadlines", "takes_up")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def _takes(one: RequestType) -> str:
    if one.is_cohort:
        return "a unit, on request: --unit CODE --cohort"
    told = [
        f"what else is for {RECIPIENTS[str(takes.owner)]}" if takes.code is None else takes.code for takes in one.takes
    ]
    return ", ".join(told)


def _sheet_list(answer: Answer) -> pl.DataFrame:
    import polars as pl

    from pipelines.packs.words import recipient

    rows = [
        (one.request.name, recipient(one), one.centre, one.frame.height, one.students, _until(one), f"{one.stem}.xlsx")
        for one in answer.sheets
    ]
    schema = {
        "request": pl.String, "to": pl.String, "centre_number": pl.String, "rows": pl.Int64, "students": pl.Int64,
        "until": pl.String, "sheet": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row").cast(pl.String)


def _until(sheet: QuerySheet) -> str | None:
    return ", ".join(sorted({one.day.isoformat() for one in sheet.last_days})) or None


def _held(answer: Answer) -> str:
    if not answer.held_back:
        return ""
    return f"; {answer.held_back:,} held back, about results that candidates may not be told yet"


def _say(answer: Answer, folder: Path, run: PublishedRun) -> None:
    for one in answer.silent:
        printing.say(f"Nothing to ask: {one.name}.")
    if any(one.is_restricted for one in answer.sheets):
        printing.say("RESTRICTED: some sheets hold results that candidates may not be told yet; each says so.")
    rows = sum(one.frame.height for one in answer.sheets)
    sheets = f"{len(answer.sheets):,} sheet{'' if len(answer.sheets) == 1 else 's'}"
    printing.say(f"{sheets}, {rows:,} rows{_held(answer)}, in {published.greeting(run)}")
    printing.say(f"Begin with {folder / 'README.txt'}")
