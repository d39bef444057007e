"""The seasons whose outcome is kept, and the runs they are made by: the sample, and each later Monday of it.

Every season is a run that other tests look at too, so holding it to what is kept costs no run of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests import sample_run, sample_weeks

HERE = Path(__file__).parent


def later_mondays() -> Iterator[tuple[str, Path]]:
    """The season of each Monday after the first, and its run."""
    for monday in sample_weeks.three().mondays[1:]:
        yield monday.day, monday.folder


def all_seasons() -> Iterator[tuple[str, Path]]:
    """Every season and its run."""
    yield "sample", sample_run.folder()
    yield from later_mondays()
