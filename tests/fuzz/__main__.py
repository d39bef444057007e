"""`python -m tests.fuzz`: a search for inputs that break the readers, guided by what each input makes them do.

Takes the examples of every format and the corpus, damages them again and again; an input that does something no
other did is made as small as it can be and kept in `tests/fuzz/corpus/`. One that breaks a promise is written to
`tests/fuzz/crashes/` with the command that shows it again. Exit code 0 when nothing broke, else 1.
`--again FILE` reads one file and shows what does not hold.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.corpus import FOLDER, SUFFIX, examples, kept, name_of
from tests.fuzz.damage import damaged
from tests.fuzz.tracing import Mark, marks

CRASHES = FOLDER.parent / "crashes"
_LONGEST = 4_000  #: bytes of an input: what matters shows in a few lines
_EVERY = 30.0  #: seconds between two lines of progress
#: tries to make an input smaller: of what is kept, and of what broke a promise
_TRIES, _TRIES_WHERE_BROKEN = 12, 300


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@dataclass
class Search:
    """The inputs that are known, what they do, and what broke."""

    chance: random.Random
    keep: bool
    inputs: list[bytes] = field(default_factory=list)
    known: set[Mark] = field(default_factory=set)
    broken: dict[str, Path] = field(default_factory=dict)
    tried: int = 0
    found: int = 0

    def read(self, content: bytes) -> set[Mark] | None:
        """What an input does; None where it breaks a promise, which is written down."""
        self.tried += 1
        try:
            return marks(content)
        except Exception as error:  # whatever it is: that is what is looked for
            self._broke(content, error)
            return None

    def _broke(self, content: bytes, error: Exception) -> None:
        where = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
        if kind in self.broken:
            return
        small = _shrunk(content, lambda one: _fails_alike(one, type(error)), _TRIES_WHERE_BROKEN)
        CRASHES.mkdir(exist_ok=True)
        path = CRASHES / name_of(small)
        path.write_bytes(small)
        self.broken[kind] = path
        _say(f"BROKEN  {kind}: {str(error)[:200]}\n        python -m tests.fuzz --again {path}")

    def begin(self) -> None:
        """Read what is known."""
        for content in [*examples(), *(path.read_bytes() for path in kept())]:
            done = self.read(content)
            if done is not None:
                self.inputs.append(content)
                self.known |= done

    def step(self) -> None:
        """Damage one input; keep what does something new."""
        # the latest finds lead further than the oldest
        place = max(self.chance.randrange(len(self.inputs)), self.chance.randrange(len(self.inputs)))
        content = damaged(self.inputs[place], self.inputs, self.chance)[:_LONGEST]
        done = self.read(content)
        new = done - self.known if done else set()
        if not new:
            return
        small = _shrunk(content, lambda one: new <= _marks_or_none(one), _TRIES)
        self.known |= _marks_or_none(small) | new
        self.inputs.append(small)
        self.found += 1
        if self.keep:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / name_of(small)).write_bytes(small)


def _marks_or_none(content: bytes) -> set[Mark]:
    try:
        return marks(content)
    except Exception:
        return set()


def _fails_alike(content: bytes, kind: type[Exception]) -> bool:
    try:
        marks(content)
    except kind:
        return True
    except Exception:
        return False
    return False


def _shrunk(content: bytes, still: Callable[[bytes], bool], most: int) -> bytes:
    """The content with pieces taken out for as long as it does the same: lines first, then halves down to bytes."""
    tries, size = 0, max(len(content) // 2, 1)
    while size and tries < most:
        start = 0
        while start < len(content) and tries < most:
            smaller = content[:start] + content[start + size :]
            tries += 1
            if still(smaller):
                content = smaller
            else:
                start += size
        size //= 2
    return content


def search(minutes: float, seed: int, keep: bool) -> int:
    """Search for so many minutes; the exit code."""
    one = Search(random.Random(seed), keep)
    one.begin()
    started = told = time.monotonic()
    _say(f"{len(one.inputs)} inputs known, {len(one.known)} marks; seed {seed}, {minutes:g} minutes")
    while time.monotonic() - started < minutes * 60:
        one.step()
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            _say(
                f"{(told - started) / 60:5.1f} min  {one.tried:>7,} inputs  {len(one.known):>6,} marks  "
                f"{one.found:>4} found  {len(one.broken):>3} broken"
            )
    where = f", kept in {FOLDER}" if keep and one.found else ""
    _say(f"{one.tried:,} inputs read, {one.found} did something new{where}; {len(one.broken)} broke a promise.")
    return 1 if one.broken else 0


def again(path: Path) -> int:
    """Read one file and show what does not hold; the exit code."""
    content = path.read_bytes()
    try:
        marks(content)
    except Exception:
        _say(traceback.format_exc())
        return 1
    _say("Nothing is broken by it.")
    return 0


def smaller_corpus() -> None:
    """Keep of the corpus as few files as do all that it does: each time the one that adds most."""
    left = {path: _marks_or_none(path.read_bytes()) for path in kept()}
    before, known = len(left), set[Mark]()
    for content in examples():
        known |= _marks_or_none(content)
    while left:
        best = max(left, key=lambda path: (len(left[path] - known), path.name))
        if left[best] <= known:
            break
        known |= left.pop(best)
    for path in left:
        path.unlink()
    _say(f"{len(left)} of {before} files taken out of {FOLDER}.")


def main(arguments: Sequence[str]) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(prog="make fuzz", description="Search for files that break the readers.")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=None, help="the same seed and corpus, the same search")
    parser.add_argument("--no-keep", action="store_true", help="add nothing to the corpus")
    parser.add_argument("--again", type=Path, metavar="FILE", help="read one file and show what does not hold")
    parser.add_argument("--tidy", action="store_true", help=f"take out of the corpus ({SUFFIX}) what others do as well")
    asked = parser.parse_args(arguments)
    if asked.again:
        return again(asked.again)
    if asked.tidy:
        smaller_corpus()
        return 0
    seed = asked.seed if asked.seed is not None else time.time_ns() % 2**32
    return search(asked.minutes, seed, keep=not asked.no_keep)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
