"""Which numbers of students a page without names may tell.

Takes the counts of one table, whose sum is told beside them; gives what of them is told. Promises that no count from 1
to 4 is told, and that none can be had by taking what is told from the sum, not even by someone who knows this rule:
what is left out are the smallest counts of the table, with all that equal them, until they are two different numbers at
least and make 5 together. Any of the counts left out could then be any other of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

LEAST = 5  #: the smallest number of students that is told

Key = TypeVar("Key", bound="Hashable")


@dataclass(frozen=True)
class Told(Generic[Key]):
    """The counts of a table as they are told; None stands for one that is not."""

    counts: Mapping[Key, int | None]
    total: int | None
    left_out: int | None  #: the counts left out, added up; None where the total is left out too


def small(count: int) -> bool:
    """Whether a count is left out by itself; 0 is told, since it is about nobody."""
    return 0 < count < LEAST


def told(counts: Mapping[Key, int]) -> Told[Key]:
    """What of these counts is told beside their sum."""
    total = sum(counts.values())
    hidden = {key for key, count in counts.items() if small(count)}
    others = sorted({count for key, count in counts.items() if count and key not in hidden})
    while hidden and others and not _holds([counts[key] for key in hidden]):
        smallest = others.pop(0)
        hidden |= {key for key, count in counts.items() if count == smallest}
    values = [counts[key] for key in hidden]
    is_open = not hidden or _holds(values)
    return Told(
        {key: None if key in hidden else count for key, count in counts.items()},
        total if is_open else None,
        sum(values) if is_open else None,
    )


def told_of_grades(counts: Mapping[Key, int]) -> Told[Key]:
    """The same for grades, of which none is told either that all of them share: it would be everybody's."""
    shared = [key for key, count in counts.items() if count]
    if len(shared) == 1 and not small(counts[shared[0]]):
        total = counts[shared[0]]
        return Told({key: None if key in shared else count for key, count in counts.items()}, total, total)
    return told(counts)


def together(parts: Sequence[Told[Key]]) -> Told[Key]:
    """The counts of several centres added up, from what each of their own pages tells and from nothing else.

    A count is told where every centre tells its own: or one page taken from the sum would tell another's.
    """
    keys = dict.fromkeys(key for part in parts for key in part.counts)
    counts = {key: added(part.counts.get(key, 0) for part in parts) for key in keys}
    total = added(part.total for part in parts)
    seen = sum(count for count in counts.values() if count is not None)
    return Told(counts, total, None if total is None else total - seen)


def added(counts: Iterable[int | None]) -> int | None:
    """The sum of counts; None where one of them is not told."""
    found = list(counts)
    known = [count for count in found if count is not None]
    return sum(known) if len(known) == len(found) else None


def _holds(hidden: list[int]) -> bool:
    """Whether counts left out cannot be told from their sum."""
    return len(set(hidden)) > 1 and sum(hidden) >= LEAST
