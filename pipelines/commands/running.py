"""`resultsday run` and `resultsday check`: from what a person typed to a run, and the story of it.

Takes a `Request` and a `Manner`; gives the exit code. The story goes to stdout, progress to stderr, and only where
that is a terminal.
"""

from __future__ import annotations

import gc
import getpass
import json
import os
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines import files, story
from pipelines.commands import printing, profiling, published
from pipelines.config import Config, inboxes, load_config
from pipelines.embargo import holds_back, lifted, refuse_a_later_moment
from pipelines.errors import ExitCode, NoInputError, UsageError
from pipelines.progress import progress

if TYPE_CHECKING:
    from pipelines.embargo import Lifted
    from pipelines.run import Outcome

LONDON = ZoneInfo("Europe/London")
SAMPLE = Path("data/sample")
SAMPLE_RUNS = Path("data/sample-runs")
SAMPLE_CENTRES = ("99999", "99998")


@dataclass(frozen=True)
class Lift:
    """Whether the embargo is to be lifted for staff, why, and who answers for it."""

    is_wanted: bool
    reason: str | None
    by: str | None


@dataclass(frozen=True)
class Request:
    """What the person asked for; None where they did not say."""

    data: Path
    inboxes: list[Path] | None
    as_of: str | None
    season: str | None
    centres: list[str] | None
    fail_on: str | None
    audience: str | None
    lift: Lift | None = None


@dataclass(frozen=True)
class Manner:
    """How it is done and told."""

    output: str
    quiet: bool
    publishes: bool
    or_sample: bool
    profile: bool = False  #: say on stderr where the time went
    rules: str = ""  #: their codes, commas between: these alone, of a run that is not published


def moment(text: str | None) -> datetime:
    """A moment as typed, London time unless it says otherwise; now where nothing is typed."""
    if text is None:
        return datetime.now(LONDON)
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text} is not a time.", "Write it as 2026-08-10T08:30.") from None
    return typed if typed.tzinfo else typed.replace(tzinfo=LONDON)


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(not path.name.startswith((".", "README")) for path in folder.iterdir())


def _sample(request: Request) -> Request | None:
    """The request for the sample in place of this one, where there is nothing of the user's own."""
    ours = inboxes(request.data, request.inboxes)
    if request.inboxes or any(map(_has_files, ours)):
        return None
    if (request.data / "current").exists() or (request.data / "current.txt").exists():
        raise NoInputError(
            f"{ours[0]} is empty; the run published before is still there.",
            "Put the files there as they were downloaded. The sample is not run beside your own results.",
        )
    if not (SAMPLE / "inbox").is_dir():
        return None
    as_of = request.as_of or (SAMPLE / "as_of.txt").read_text(encoding="utf-8").strip()
    return replace(request, data=SAMPLE_RUNS, inboxes=[SAMPLE / "inbox"], as_of=as_of, centres=list(SAMPLE_CENTRES))


def _config(request: Request) -> Config:
    flags: dict[str, Any] = {
        "season": request.season,
        "centres": tuple(request.centres) if request.centres else None,
        "audience": request.audience,
        "fail_on": request.fail_on,
    }
    return load_config(request.data, flags)


def _lifted(request: Request, config: Config) -> Lifted | None:
    """The override asked for. Raises EmbargoError without a reason, UsageError where there is nothing to lift."""
    lift = request.lift or Lift(False, None, None)
    if not lift.is_wanted:
        if lift.reason or lift.by:
            raise UsageError(
                "--reason and --by say why the embargo is lifted.", "Add --lift-embargo, or leave them out."
            )
        return None
    override = lifted(lift.reason, lift.by or _user())
    if config.audience == "exams_office":
        raise UsageError("The exams office sees everything, marked RESTRICTED.", "Lift it for --audience staff.")
    return override


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a computer that does not know who is at work
        return "unknown user"


def failing(manifest: dict[str, Any], fail_on: str) -> bool:
    """Whether open findings reach the severity that a person calls a failure."""
    severities = {"error": ("error",), "warning": ("error", "warning")}.get(fail_on, ())
    counted = manifest["findings"]["by_severity"]
    return any(counted.get(severity, {}).get("open", 0) for severity in severities)


def _notes(outcome: Outcome, data: Path) -> list[str]:
    """What the drive could not do, and what was done instead. Windows never has the links, and its page says so."""
    notes = [outcome.note] if outcome.note else []
    if outcome.folder is not None and os.name != "nt" and not (data / files.CURRENT).is_symlink():
        notes.append(f"this drive has no links: {data / files.CURRENT_TEXT} names the published run")
    return notes


def start(request: Request, manner: Manner, engine: str) -> int:
    """Run, tell the story, give the exit code."""
    sample = _sample(request) if manner.or_sample else None
    if sample is not None:
        request = sample
        if manner.output == "text":
            sys.stdout.write("data/inbox/ is empty, so this is the SAMPLE: invented centres, invented students.\n")
    from pipelines.run import Options, run

    config, as_of = _config(request), moment(request.as_of)
    folders = inboxes(request.data, request.inboxes, config)
    if not request.inboxes and not folders[0].is_dir():
        raise NoInputError(
            f"There is no folder {folders[0]}.",
            "Make it and put the files there as they were downloaded, or name another with --inbox.",
        )
    override = _lifted(request, config)
    if holds_back(config, override) and sample is None:
        refuse_a_later_moment(as_of, published.now())
    rules = tuple(dict.fromkeys(manner.rules.replace(",", " ").split()))
    if rules and holds_back(config, override):
        raise UsageError("--rules counts what is under embargo too.", "Leave it out, or check for the exams office.")
    options = Options(
        folders, request.data, as_of, config, manner.publishes, sample is not None, override, engine, rules
    )
    # what the libraries make is looked through for rings some hundred times a run, 0.4 s in 6, and there are hardly any
    gc.set_threshold(200_000, 20, 100)
    with progress(manner.quiet) as tell:
        outcome = run(options, tell)
    for note in _notes(outcome, options.data):
        printing.say(f"resultsday: {note}.")
    if manner.profile:
        printing.say("\n".join(profiling.lines(outcome.manifest)))
    fail_on = options.config.fail_on or "never"
    code = ExitCode.FINDINGS if failing(outcome.manifest, fail_on) else ExitCode.DONE
    if manner.output == "json":
        told = {
            **outcome.manifest,
            "folder": str(outcome.folder) if outcome.folder else None,
            "is_unchanged": outcome.is_unchanged,
            "exit_code": int(code),
        }
        sys.stdout.write(json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
        return int(code)
    lines = story.lines(outcome, options.data, fail_on if code else None)
    if override is not None and not manner.quiet:
        lines.insert(-1, f"lifted    the embargo, for staff, by {override.by}: {override.reason}")
    sys.stdout.write("\n".join(lines[-1:] if manner.quiet else lines) + "\n")
    return int(code)
