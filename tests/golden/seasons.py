"""The seasons whose outcome is kept, and the runs they are made by: the sample, and each later Monday of it.

Every season is a run that other tests look at too, so holding it to what is kept costs no run of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests import sample_run, sample_weeks
from tests.golden.telling import Told, told_of

HERE = Path(__file__).parent


def sample() -> Told:
    """What is said of the sample, its reports byte for byte."""
    return told_of(sample_run.folder())


def later_mondays() -> Iterator[tuple[str, Told]]:
    """What is said of each Monday after the first; its reports tell the minute of the run before, and are left out."""
    for monday in sample_weeks.three().mondays[1:]:
        yield monday.day, told_of(monday.folder, has_reports=False)


def all_seasons() -> Iterator[tuple[str, Told]]:
    """Every season, by its name."""
    yield "sample", sample()
    yield from later_mondays()
