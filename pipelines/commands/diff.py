"""`resultsday diff`: what changed between two runs, or what new files would change, by student.

Takes the runs a person names, or an inbox; gives one line that sums it up, then the results that went up or down, came
or were withdrawn, the manual changes that would be lost, the findings that came and went, and the files. As text for
the exams office, who may read names; as CSV one row a change; as JSON the same in lists. A preview runs the files in a
temporary place and publishes nothing. Exit code 0 whatever changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pipelines import files, publish
from pipelines.commands import diff_words, printing, published
from pipelines.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.publish import PublishedRun


@dataclass(frozen=True)
class Preview:
    """New files to try out: their folders, and what the run is asked for; as the run compared with, where nothing."""

    inboxes: tuple[Path, ...]
    as_of: str | None = None
    season: str | None = None
    centres: tuple[str, ...] = ()
    audience: str | None = None


@dataclass(frozen=True)
class Wanted:
    """The runs named, none to two; the files to try out, where there are any."""

    runs: tuple[str, ...] = ()
    preview: Preview | None = None


def _named(runs: Sequence[PublishedRun], name: str) -> PublishedRun:
    """The run of a name, or of its beginning where only one begins so. Raises UsageError with the nearest."""
    exact = [run for run in runs if run.name == name]
    begun = exact or [run for run in runs if run.name.startswith(name)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise UsageError(f"{len(begun)} runs begin with {name}.", f"They are {', '.join(run.name for run in begun)}.")
    names = [run.name for run in runs]
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    todo = f"Did you mean {near[0]}?" if near else f"The latest are {', '.join(names[-5:])}."
    raise UsageError(f"There is no run {name}.", todo)


def _before(runs: Sequence[PublishedRun], after: PublishedRun) -> PublishedRun | None:
    """The latest run before one that was another: what that one was compared with."""
    names = [run.name for run in runs]
    earlier = runs[: names.index(after.name)] if after.name in names else runs
    others = [run for run in earlier if run.manifest.get("identity") != after.manifest.get("identity")]
    return others[-1] if others else None


def _two(data: Path, wanted: Wanted) -> tuple[PublishedRun | None, PublishedRun]:
    """The run compared with, and the one it is about; the first may not be there yet."""
    current = published.needed(data)
    runs = publish.runs(data)
    if not wanted.runs:
        return _before(runs, current), current
    first = _named(runs, wanted.runs[0])
    if len(wanted.runs) == 1:
        return first, current
    return first, _named(runs, wanted.runs[1])


def show(data: Path, wanted: Wanted, output: str) -> int:
    """Tell what changed; give the exit code.

    Raises UsageError for a run that is not there or runs too many; NoInputError where nothing is published, or no file
    of the inbox can be used.
    """
    if len(wanted.runs) > (1 if wanted.preview else 2):
        what = "A preview is compared with one run." if wanted.preview else "Two runs are compared, not more."
        raise UsageError(what, "resultsday diff [RUN] [RUN], or resultsday diff --inbox DIR [RUN]")
    if wanted.preview is not None:
        current = published.needed(data)
        before = _named(publish.runs(data), wanted.runs[0]) if wanted.runs else current
        return _preview(data, wanted.preview, before, output)
    before_or_none, after = _two(data, wanted)
    if before_or_none is None:
        if output == "text":
            printing.write("Nothing to compare with: this is the first run.\n")
        else:
            printing.write_exactly(diff_words.nothing(output))
        printing.say(published.greeting(after))
        return int(ExitCode.DONE)
    _tell(data, before_or_none, after, output, is_preview=False)
    return int(ExitCode.DONE)


def _preview(data: Path, request: Preview, before: PublishedRun, output: str) -> int:
    """Run the files as `check` does, look at what came of it, and leave nothing behind."""
    from pipelines.commands.running import moment
    from pipelines.config import load_config
    from pipelines.progress import progress
    from pipelines.run import Options, run

    told = before.manifest.get("options", {})
    # what the run compared with was asked for, unless somebody asks for something else
    flags: dict[str, Any] = {
        "season": request.season or told.get("season"),
        "centres": tuple(request.centres or told.get("centres") or ()) or None,
        "audience": request.audience or told.get("audience"),
    }
    is_sample = bool(before.manifest.get("is_sample"))
    config = load_config(data, flags)
    options = Options(request.inboxes, data, moment(request.as_of), config, publishes=False, is_sample=is_sample)
    with progress(output != "text") as tell:
        run(options, tell, lambda after: _tell(data, before, after, output, is_preview=True))
    return int(ExitCode.DONE)


def _tell(data: Path, before: PublishedRun, after: PublishedRun, output: str, *, is_preview: bool) -> None:
    """Compare the two and write it."""
    from pipelines.compare import compare
    from pipelines.database import connect

    with files.temporary_folder() as spill:
        con: Any = connect(spill)
        try:
            con.execute("SET preserve_insertion_order = true")
            compare(con, before, after, publish.runs(data))
            diff_words.write(con, before, after, output, is_preview)
        finally:
            con.close()
