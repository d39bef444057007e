"""The whole centre as files: the shipped sample, or one of another size and with other people in it.

Takes nothing but the makers and the reference tables; gives the bytes of every file by its path. Promises the same
bytes on every machine for the same size and word, and those of the shipped sample where neither is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.rehearsal import (
    cohorts,
    crowd,
    faults_awards,
    faults_claims,
    faults_entries,
    faults_files,
    faults_marks,
    faults_near_people,
    faults_people,
    faults_reports,
    faults_results,
    faults_series,
    faults_tracker,
    inbox,
    quiet,
    weeks_second,
    weeks_third,
)
from pipelines.rehearsal.model import MAIN, SECOND, World
from pipelines.rehearsal.others import Others

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20260810
#: quiet students of the sample
QUIET = 150
#: how many more the main centre takes before further centres are opened
ROOM = 2_000


@dataclass(frozen=True)
class Wish:
    """What centre is wanted: how many quiet students, and a word that other people are drawn from."""

    students: int = QUIET
    word: str = ""

    @property
    def more(self) -> int:
        """Students beyond those of the sample."""
        return max(0, self.students - QUIET)

    @property
    def further(self) -> tuple[tuple[str, int], ...]:
        """Further centres and how many students each has."""
        return crowd.spread(self.more - ROOM)

    @property
    def centres(self) -> tuple[str, ...]:
        """Every centre there is."""
        return tuple(sorted([MAIN, SECOND, *(centre for centre, _ in self.further)]))


def make(wish: Wish = Wish()) -> Iterator[dict[str, bytes]]:
    """Files by their path, a few at a time: `inbox/`, `weeks/`, `as_of.txt`, `planted.csv` and `quiet.csv`.

    Of what further centres add to `quiet.csv` every part but the first gives lines without a header, to be put at
    the end. Raises ValueError for more students than there are numbers for.
    """
    yield _main(wish)
    for centre, students in wish.further:
        yield crowd.centre(centre, students, wish.word)


def _main(wish: Wish) -> dict[str, bytes]:
    world = World(SEED, Others(wish.word) if wish.word else None)
    for part in (cohorts, quiet, faults_people, faults_entries, faults_claims, faults_results, faults_awards):
        part.everyone(world)
    crowd.send_home(world, QUIET - wish.students)
    faults_files.rows_first(world)
    # what came later comes last, so that everybody before stays who they were
    for later in (faults_marks, faults_tracker, faults_reports, faults_near_people, faults_series):
        later.everyone(world)
    crowd.join(world, MAIN, min(wish.more, ROOM), wish.word)
    made = inbox.files(world)
    # each Monday changes the rows of the one before, so its files are written before the next begins
    second = weeks_second.everyone(world)
    made |= second.files()
    return made | weeks_third.everyone(world, second).files()
