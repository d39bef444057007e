"""The Monday files: whether this week's has come, since when it is awaited, when the next one is.

Takes the published run, the calendar in its tables, and a moment; gives a `Weekly`. Promises: silent where the calendar
does not say when results were released and when the post-results period ends, where no results file of the suite ever
came, and for the sample; a file counts as come as soon as its content was not here before that Monday, or something
of a results file's name was put into the inbox since.

Source: OCR, "EDI and XML results files": updated files are published each Monday until the end of the post-results
period (documented). That a bank holiday moves one to the Tuesday is inferred.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.commands.published import LONDON, day_words
from pipelines.receive import name_hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipelines.publish import PublishedRun

PURGED = "purged"  #: the folder of manifests whose runs are gone
RESULTS_KINDS = ("edi_results", "xml_results")
OUT_AT = time(8, 0)  #: in London; when files can be had on a morning of results
_WEEK = timedelta(days=7)

#: what to do about one that is not here
FETCH = (
    "Log in to Interchange, hover over Results, click XML/EDI results, download this week's files into {inbox}, "
    "then: resultsday run"
)

_SERIES = """
SELECT DISTINCT series
FROM release_calendar
WHERE season = ? AND strpos(('|' || board || '|'), '|72|') > 0 AND strpos(carrier, 'edi') > 0
ORDER BY series
"""

_RELEASED = """
SELECT
    strftime(max(c.released_to_centres) AT TIME ZONE 'Europe/London', '%Y-%m-%d') AS released,
    (
        SELECT strftime(max(d.deadline), '%Y-%m-%d') FROM deadlines AS d
        WHERE d.season = ? AND d.deadline > max(CAST(c.released_to_centres AT TIME ZONE 'Europe/London' AS DATE))
    ) AS ends
FROM release_calendar AS c
WHERE c.season = ? AND strpos(('|' || c.board || '|'), '|72|') > 0 AND strpos(c.carrier, 'edi') > 0
"""


@dataclass(frozen=True)
class Weekly:
    """How it stands with the weekly files."""

    state: str  #: `none` (no such files here), `before` the first, `came`, `awaited`, `overdue`, or `over`
    due: date | None = None  #: the day from which this week's could be had
    next_due: date | None = None  #: the day of the next; None after the last

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been here by now."""
        return self.state == "overdue"

    def as_dict(self) -> dict[str, str | None]:
        """For JSON: dates as text."""
        return {
            "state": self.state,
            "due": self.due.isoformat() if self.due else None,
            "next_due": self.next_due.isoformat() if self.next_due else None,
        }


def weekly(con: Any, run: PublishedRun, data: Path, inboxes: Sequence[Path], moment: datetime) -> Weekly:
    """How it stands at a moment, by the calendar of the published run that `con` is open on."""
    if run.manifest.get("is_sample"):
        return Weekly("none")
    season = run.manifest["season"]
    series = frozenset(row[0] for row in con.execute(_SERIES, [season]).fetchall())
    released, ends = con.execute(_RELEASED, [season, season]).fetchone()
    kept = [one for one in run.manifest["inputs"] if _is_weekly(one, series)]
    if not (released and ends and kept):
        return Weekly("none")
    due, next_due, is_last_past = due_days(date.fromisoformat(released), date.fromisoformat(ends), moment)
    if is_last_past:
        return Weekly("over")
    if due is None:
        return Weekly("before", None, next_due)
    # whoever takes the file of a bank holiday's week has it on Monday or on Tuesday
    monday = due - timedelta(days=due.weekday())
    since = datetime.combine(monday, time(), LONDON)
    if _is_new(kept, data, since) or _was_put(inboxes, since):
        return Weekly("came", due, next_due)
    is_late = moment.astimezone(LONDON).date() > due
    return Weekly("overdue" if is_late else "awaited", due, next_due)


def due_days(released: date, ends: date, moment: datetime) -> tuple[date | None, date | None, bool]:
    """The day of the latest weekly file, that of the next, and whether the last week of all is over."""
    first = released + timedelta(days=7 - released.weekday())
    latest = None
    monday = first
    while monday <= ends:
        day = _working_day(monday)
        if moment < datetime.combine(day, OUT_AT, LONDON):
            return latest, day, False
        latest, monday = day, monday + _WEEK
    is_over = moment >= datetime.combine(monday, time(), LONDON)
    return latest, None, is_over


def _working_day(monday: date) -> date:
    """That Monday, or the day after where it is the summer bank holiday: the last Monday of August."""
    is_bank_holiday = monday.month == 8 and (monday + _WEEK).month == 9
    return monday + timedelta(days=1) if is_bank_holiday else monday


def _is_weekly(one: dict[str, Any], series: frozenset[str]) -> bool:
    """Whether an input is a results file of these series; a file of several names none."""
    return one["kind"] in RESULTS_KINDS and (one["series"] is None or one["series"] in series)


def _is_new(kept: Iterable[dict[str, Any]], data: Path, since: datetime) -> bool:
    """Whether one of these contents was in no run of before that moment; purged runs count."""
    earlier: set[str] = set()
    for manifest in manifests(data):
        # the later of the two: a run may judge by a moment that is past, or by one to come
        if max(datetime.fromisoformat(manifest[word]) for word in ("started_at", "as_of")) < since:
            earlier.update(one["file_id"] for one in manifest["inputs"])
    return any(one["file_id"] not in earlier for one in kept)


def manifests(data: Path) -> Iterator[dict[str, Any]]:
    """The manifest of every run that is here, and of every one that was purged."""
    yield from (run.manifest for run in publish.runs(data))
    for path in sorted((data / PURGED).glob("*.json")):
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(manifest, dict) and {"started_at", "as_of", "inputs"} <= set(manifest):
            yield manifest


def _was_put(inboxes: Iterable[Path], since: datetime) -> bool:
    """Whether a file with a results file's name was written into an inbox since: also the same bytes once more."""
    return any(
        _is_results_name(path.name) and _written(path) >= since for inbox in inboxes for path in inbox.rglob("*")
    )


def _is_results_name(name: str) -> bool:
    hints = name_hints(name)
    return hints.letter == "R" or (hints.letter is None and hints.board is not None)


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:  # gone since it was listed
        return datetime.fromtimestamp(0, UTC)


def in_words(found: Weekly) -> str | None:
    """One line of text; None where there is nothing to say of weekly files."""
    following = f"; the next can be had on {day_words(found.next_due)}" if found.next_due else ""
    if found.state == "before":
        return f"the first weekly files can be had on {day_words(found.next_due)}" if found.next_due else None
    if found.due is None:
        return "the weeks of updated files are over" if found.state == "over" else None
    if found.state == "came":
        return f"a results file has come in the week of {day_words(found.due)}{following or '; that was the last week'}"
    if found.state == "awaited":
        return f"the files of {day_words(found.due)} can be had and are not here yet"
    return f"LATE: no results file has come in the week of {day_words(found.due)}{following}"
