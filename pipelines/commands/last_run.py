"""What an unattended run leaves behind: `last_run.json`; and what was scheduled: `schedule.json`.

Takes the data folder; reads and writes the two notes, each whole or not at all. Neither holds a name, a number of a
student, or a path that does not belong to the schedule itself.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipelines import files
from pipelines.commands import published

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LAST_RUN = "last_run.json"
SCHEDULE = "schedule.json"
#: after so long without a run a weekly schedule has missed one
_LONGEST = timedelta(days=8)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Scheduled:
    """What was set up."""

    kind: str  #: `systemd`, `cron` or `task`
    days: tuple[str, ...]  #: `mon`, …
    at: str  #: `08:30`
    inboxes: tuple[str, ...]  #: those asked for; none means the data folder's own
    installed_at: str

    def in_words(self) -> str:
        """`Mon and Tue 08:30 (systemd)`."""
        return f"{' and '.join(day.capitalize() for day in self.days)} {self.at} ({self.kind})"


def remember(data: Path, scheduled: Scheduled) -> None:
    """Write down what was set up."""
    _write(data / SCHEDULE, asdict(scheduled))


def forget(data: Path) -> None:
    """Delete that note."""
    files.remove(data / SCHEDULE)


def scheduled(data: Path) -> Scheduled | None:
    """What was set up for this data folder; None where nothing was, or the note cannot be read."""
    told = _read(data / SCHEDULE)
    try:
        is_zoned = datetime.fromisoformat(told["installed_at"]).tzinfo is not None
        days, inboxes = (tuple(map(str, told[word])) for word in ("days", "inboxes"))
        found = Scheduled(str(told["kind"]), days, str(told["at"]), inboxes, told["installed_at"])
    except (KeyError, TypeError, ValueError):
        return None
    return found if is_zoned else None


def note(data: Path, told: Mapping[str, Any]) -> None:
    """Write `last_run.json`."""
    _write(data / LAST_RUN, told)


def last_run(data: Path) -> dict[str, Any] | None:
    """What the last unattended run said of itself; None where there was none, or its note cannot be read."""
    told = _read(data / LAST_RUN)
    try:
        is_zoned = datetime.fromisoformat(told["ended_at"]).tzinfo is not None
    except (KeyError, TypeError, ValueError):
        return None
    if not is_zoned:
        return None
    return told if "outcome" in told and "exit_code" in told else None


def _write(path: Path, told: Mapping[str, Any]) -> None:
    files.make_folder(path.parent)
    files.write_text(path, json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def in_words(setup: Scheduled | None, last: Mapping[str, Any] | None, moment: datetime) -> str | None:
    """One line: when it runs, when it ran, how that ended; None where nothing was ever scheduled."""
    if setup is None and last is None:
        return None
    when = setup.in_words() if setup else "no longer scheduled"
    since = datetime.fromisoformat(str(last["ended_at"] if last else setup.installed_at if setup else ""))
    late = setup is not None and moment - since > _LONGEST
    told = "has not run yet" if last is None else f"last ran {published.clock(since, moment.year)}: {last['outcome']}"
    warning = " LATE: no run for more than a week; was the machine off? resultsday schedule show" if late else ""
    return f"{when}; {told}{warning}"
