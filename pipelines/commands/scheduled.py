"""The run that nobody watches: `resultsday run --scheduled`, as the timer, the cron line or the task starts it.

Takes what `resultsday run` takes; does that, then writes `last_run.json` however it ended: when, the exit code, the
outcome in words, what is awaited. Promises: where nothing changed it ends with 0 in seconds; where a Monday file is
overdue and nothing else is wrong it ends with 10, so that whoever watches timers sees it; no name of a student or of
a file is written down.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.commands import last_run, printing, published, running, weekly
from pipelines.config import inboxes
from pipelines.errors import DiskError, ExitCode, ResultsdayError
from pipelines.sealed import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pipelines.commands.running import Manner, Request
    from pipelines.commands.weekly import Weekly
    from pipelines.publish import PublishedRun

_OUTCOMES = {
    ExitCode.DONE: "published a new run",
    ExitCode.FINDINGS: "published a new run; findings reach the severity that counts as a failure",
    ExitCode.USAGE: "nothing was run: the settings or the options are wrong",
    ExitCode.NO_INPUT: "nothing was run: there is no file that can be used",
    ExitCode.SUMS: "nothing was published: the sums did not agree",
    ExitCode.BUSY: "nothing was run: another run was going",
    ExitCode.DISK: "nothing was published: disk or permission",
    ExitCode.EMBARGO: "nothing was published: results are embargoed",
    ExitCode.BUG: "nothing was published: a fault of ours",
}
_UNCHANGED = "nothing changed"
_LATE = "no results file has come in the week of {day}"


def start(request: Request, manner: Manner, engine: str) -> int:
    """Run, note how it ended, give the exit code; whatever `running.start` raises is noted and raised again."""
    began = published.now()
    try:
        before = publish.published(request.data)
        code = ExitCode(running.start(request, manner, engine))
        run = published.needed(request.data)
        late = _weekly(run, request)
    except Exception as fault:
        code = fault.exit_code if isinstance(fault, ResultsdayError) else ExitCode.BUG
        # what it was about is said on stderr; a full disk may refuse the note as well
        with suppress(DiskError, OSError):
            last_run.note(request.data, _told(began, code, _OUTCOMES[code]))
        raise
    is_unchanged = before is not None and before.name == run.name
    outcome = _UNCHANGED if is_unchanged else _OUTCOMES[code]
    if late.is_overdue and late.due is not None:
        outcome += f"; {_LATE.format(day=published.day_words(late.due))}"
        printing.say(f"resultsday: {weekly.in_words(late)}")
        printing.say(weekly.FETCH.format(inbox=_inboxes(request)[0]))
        code = code or ExitCode.NO_INPUT
    last_run.note(request.data, _told(began, code, outcome, run, late, is_unchanged))
    return int(code)


def _inboxes(request: Request) -> list[Path]:
    return list(inboxes(request.data, request.inboxes))


def _weekly(run: PublishedRun, request: Request) -> Weekly:
    with sealed(run.folder) as con:
        return weekly.weekly(con, run, request.data, _inboxes(request), running.moment(request.as_of))


def _told(
    began: datetime,
    code: ExitCode,
    outcome: str,
    run: PublishedRun | None = None,
    found: Weekly | None = None,
    is_unchanged: bool = False,
) -> dict[str, Any]:
    return {
        "started_at": began.isoformat(timespec="seconds"),
        "ended_at": published.now().isoformat(timespec="seconds"),
        "exit_code": int(code),
        "outcome": outcome,
        "run": run.name if run else None,
        "is_unchanged": is_unchanged,
        "weekly": found.as_dict() if found else None,
        "awaited": _awaited(run.manifest["file_board"]) if run else [],
    }


def _awaited(board: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    words = ("centre_number", "what", "series", "state", "due")
    return [{word: one.get(word) for word in words} for one in board]
