"""What is published, in words: which run, how old it is, and when something is due.

Takes the data folder; gives the published run, or a fault that says what to do where there is none. Times are told
as the exams office reads them: London, `Mon 10 Aug 08:00`. Nothing here names a student.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines import publish
from pipelines.errors import NoInputError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pipelines.publish import PublishedRun

LONDON = ZoneInfo("Europe/London")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: seconds in a unit of age, the longest first
_UNITS = ((86_400 * 7, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute"))

#: what a person can do who has not run anything yet
FIRST_STEPS = "Put the files as they were downloaded into {inbox}, then: resultsday run"


def nothing(data: Path) -> tuple[str, str]:
    """What there is to say where no run is published: the fact, and what to do."""
    return f"Nothing is published in {data}.", FIRST_STEPS.format(inbox=data / "inbox")


def needed(data: Path) -> PublishedRun:
    """The published run. Raises NoInputError where there is none, DiskError where it cannot be read."""
    run = publish.published(data)
    if run is None:
        raise NoInputError(*nothing(data))
    return run


def now() -> datetime:
    """This moment: of what the clock decides, only the age of a run and what is overdue are told."""
    return datetime.now(UTC)


def age(since: datetime, at: datetime) -> str:
    """How long ago, in words, by its two largest units at most: `3 days`, `2 hours`, `less than a minute`."""
    seconds = int((at - since).total_seconds())
    for size, unit in _UNITS:
        if seconds >= size * (2 if unit == "week" else 1):
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def clock(moment: datetime, year: int | None = None) -> str:
    """A moment in London, `Mon 10 Aug 08:00`, with its year where that is not the one given."""
    local = moment.astimezone(LONDON)
    other = "" if year in (None, local.year) else f" {local.year}"
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}{other} {local:%H:%M}"


def day_words(day: date) -> str:
    """A day as the exams office reads it: `Mon 17 Aug`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def started(run: PublishedRun) -> datetime:
    """When the run was started, by its manifest."""
    return datetime.fromisoformat(run.manifest["started_at"])


def greeting(run: PublishedRun) -> str:
    """One line that says which run speaks, how old it is and by what moment it judged."""
    as_of = datetime.fromisoformat(run.manifest["as_of"])
    sample = "SAMPLE " if run.manifest.get("is_sample") else ""
    return f"{sample}run {run.name}, {age(started(run), now())} old, as of {clock(as_of, now().year)}"
