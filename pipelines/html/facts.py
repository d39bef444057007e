"""What a report is told beside the tables: who reads it, which run it is of, and what the rules and layouts rest on.

Takes nothing; gives frozen records. Of the time only its place in the release calendar reaches the page, so that two
runs of one identity have equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.formats import Format
    from pipelines.rules import Rule


@dataclass(frozen=True)
class Compared:
    """The published run that this one is compared with."""

    identity: str
    day: date  #: of its as-of time, in Europe/London


@dataclass(frozen=True)
class Week:
    """What an earlier run found, the last one of its week: roots that no waiver covers, and who was on hold."""

    day: date  #: of its as-of time, in Europe/London
    errors: int
    warnings: int
    infos: int
    held: int
    students: int  #: with anything that season


@dataclass(frozen=True)
class ReportFacts:
    """What `write_report` needs to know and the tables do not say."""

    is_sample: bool
    audience: str  #: exams_office sees restricted rows, marked so; staff never does
    season: str  #: the academic year reported on, such as 2025-26
    as_of: datetime  #: with a time zone; decides what is restricted, and is never printed
    identity: str
    sums: Mapping[str, Mapping[str, int]]  #: as `run.json` has them
    rules: tuple[Rule, ...]
    formats: tuple[Format, ...]
    compared: Compared | None = None  #: nothing at the first run
    weeks: tuple[Week, ...] = ()  #: before this run, the oldest first


def _week(told: Mapping[str, Any], counted: Mapping[str, Any]) -> Week:
    day = datetime.fromisoformat(told["as_of"]).astimezone(ZoneInfo("Europe/London")).date()
    found = counted.get("findings", {}).get("by_severity", {})
    errors, warnings, infos = (int(found.get(word, {}).get("roots", 0)) for word in ("error", "warning", "info"))
    readiness = counted.get("readiness", {})
    return Week(day, errors, warnings, infos, int(readiness.get("hold", 0)), sum(map(int, readiness.values())))


def weeks_of(manifests: Iterable[Mapping[str, Any]], season: str, centre: str = "") -> tuple[Week, ...]:
    """The last run of each week, by the manifests of the runs of a season, which come the oldest first.

    Of one centre, or of all; a run of a version that did not count each centre by itself is left out then.
    """
    weeks: dict[date, Week] = {}
    for told in manifests:
        counted = told.get("centres", {}).get(centre) if centre else told
        if told.get("season") == season and counted is not None:
            week = _week(told, counted)
            weeks[week.day - timedelta(days=week.day.weekday())] = week
    return tuple(week for _, week in sorted(weeks.items()))
