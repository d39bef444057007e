"""What a report is told beside the tables: who reads it, which run it is of, and what the rules and layouts rest on.

Takes nothing; gives frozen records. Of the time only its place in the release calendar reaches the page, so that two
runs of one identity have equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from pipelines.formats import Format
    from pipelines.rules import Rule


@dataclass(frozen=True)
class Compared:
    """The published run that this one is compared with."""

    identity: str
    day: date  #: of its as-of time, in Europe/London


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
