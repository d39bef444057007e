"""Whether clock and calendar make sense together: what is due, and what is embargoed, is judged by both.

Takes a moment, the reference tables and the data folder, gives checks. Times are told in London.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines import files
from pipelines.checkup import Check, look, ok, wrong
from pipelines.checkup.rows import Row, Tables, day, moment
from pipelines.errors import UsageError
from pipelines.reference import ZONE

_SLACK = timedelta(minutes=5)  #: clocks of a machine and a network drive differ
_EARLIEST = 2024  #: the first season of the shipped calendar ends in it
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def check_clock(data: Path, now: datetime, tables: Tables) -> Check:
    """The clock is not behind the newest run, nor years away from every date of the calendar; London is known."""
    try:
        local = now.astimezone(ZoneInfo(ZONE))
    except ZoneInfoNotFoundError:
        return wrong("clock", "This machine does not know the time of London.", "", "pip install tzdata")
    told = f"{local:%Y-%m-%d %H:%M} in London"
    todo = "Set the clock of this machine: what is due and what is embargoed is judged by it."
    newest = _newest_run(data)
    if newest and now + _SLACK < newest:
        what = f"{told} is before the newest run, {newest.astimezone(ZoneInfo(ZONE)):%Y-%m-%d %H:%M}."
        return look("clock", what, str(data / files.RUNS), todo)
    last = max((date.year for row in tables.of("seasons") if (date := day(row.text("last_day")))), default=9999)
    if not _EARLIEST <= local.year <= last:
        return look("clock", f"{told} is no year of results.", "", todo)
    return ok("clock", told)


def _newest_run(data: Path) -> datetime | None:
    """When the newest run was begun, by the names of the run folders."""
    runs = data / files.RUNS
    names = [path.name for path in runs.iterdir()] if runs.is_dir() else []
    stamps = [found[0] for name in names if (found := re.match(r"\d{8}T\d{6}Z", name))]
    return datetime.strptime(max(stamps), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if stamps else None


def check_calendar(as_of: datetime, tables: Tables, asked: str | None = None) -> list[Check]:
    """The calendar knows the season of as-of, says what comes next in it, and contradicts itself nowhere.

    `asked` is the season of the settings, where they fix one.
    """
    faults = [fault for row in tables.of("release_calendar") for fault in _contradictions(row)]
    here = tables.places["release_calendar"]
    season = _season(as_of, tables)
    if season is None:
        what = f"No season holds {as_of:%Y-%m-%d}."
        return [*faults, look("calendar", what, tables.places["seasons"], "Add a row for it.")]
    if asked and asked != season:
        what = f"The settings fix the season {asked}; {as_of:%Y-%m-%d} is in {season}."
        faults.append(
            look("calendar", what, "", "Take season out of resultsday.toml, unless you look back on purpose.")
        )
    released = sorted(
        (when, row.text("series"))
        for row in tables.of("release_calendar")
        if row.text("season") == season and (when := moment(row.text("released_to_centres")))
    )
    if not released:
        what = f"No release dates of {season} are known: nothing of it is due, and nothing is said to be missing."
        return [*faults, look("calendar", what, here, "Add its dates when the key dates are published.")]
    return faults or [ok("calendar", _told(season, as_of, released))]


def _told(season: str, as_of: datetime, released: list[tuple[datetime, str]]) -> str:
    ahead = [(when, series) for when, series in released if when > as_of]
    if not ahead:
        return f"all {len(released)} releases of {season} are past"
    when, series = ahead[0]
    told = f"{_DAYS[when.weekday()]} {when:%Y-%m-%d %H:%M}"
    return f"{len(ahead)} of {len(released)} releases of {season} are ahead, the next {series} on {told}"


def _season(as_of: datetime, tables: Tables) -> str | None:
    today = as_of.astimezone(ZoneInfo(ZONE)).date()
    for row in tables.of("seasons"):
        first, last = day(row.text("first_day")), day(row.text("last_day"))
        if first and last and first <= today <= last:
            return row.text("season")
    return None


def _contradictions(row: Row) -> Iterator[Check]:
    first, last = day(row.text("window_from")), day(row.text("window_to"))
    if first and last and last < first:
        yield wrong("calendar", "window_to is before window_from.", row.where, "Correct one of them.")
    centres, candidates = moment(row.text("released_to_centres")), moment(row.text("released_to_candidates"))
    if centres and candidates and candidates < centres:
        what = "Candidates would have their results before centres."
        yield wrong("calendar", what, row.where, "Correct one of the times: the embargo rests on them.")


def asked_season(data: Path) -> str | None:
    """The season that the settings fix; None where they fix none or cannot be read, which another check says."""
    from pipelines.config import load_config

    try:
        return load_config(data).season
    except (UsageError, OSError):
        return None
